# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Reads of what is entered by hand: what it can be entered for, what waits, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from mainport.core.rules.permissions import Actor, Permission
from mainport.monitor.models import Dataset, Entry, Feed, Indicator
from mainport.monitor.queries.indicators import ENTERED, PUBLISHED, definition_of
from mainport.monitor.rules.describing import dimensions_from_json, measures_from_json
from mainport.monitor.rules.indicators import Definition
from mainport.monitor.rules.tables import Dimension, Measure


@dataclass(frozen=True)
class Place:
    """What a value can be entered for: an indicator, or the measures of a table that nobody visits."""

    key: str
    indicator: Indicator | None = None
    definition: Definition | None = None
    dataset: Dataset | None = None

    @property
    def measures(self) -> Sequence[Measure]:
        return measures_from_json(self.dataset.measures) if self.dataset else ()

    @property
    def sides(self) -> Sequence[Dimension]:
        """The dimensions besides time."""
        if self.dataset is None:
            return ()
        return [side for side in dimensions_from_json(self.dataset.dimensions) if side.role.value != "time"]


def open_datasets() -> QuerySet[Dataset]:
    """Tables in which a value by hand stays: a source that is visited would take it back."""
    hand = Q(feed__format__in=[Feed.Format.HAND, Feed.Format.SHEET])
    return Dataset.objects.filter(hand).exclude(key__in=(PUBLISHED, ENTERED))


def place_of(key: str) -> Place:
    """Of 'indicator:KEY' or 'dataset:KEY'. Raises Indicator.DoesNotExist, Dataset.DoesNotExist."""
    kind, _, name = key.partition(":")
    if kind == "dataset":
        return Place(key, dataset=open_datasets().get(key=name))
    found = Indicator.objects.get(key=name if kind == "indicator" else "")
    return Place(key, indicator=found, definition=definition_of(found))


def entries(by: Actor) -> QuerySet[Entry]:
    """What was entered by hand, newest first; nothing for who may not see it."""
    found = Entry.objects.select_related("indicator")
    return found if by.may(Permission.MANAGE_FEEDS) else found.none()


def waiting(by: Actor) -> list[Entry]:
    """What waits for a second person, oldest first."""
    return list(entries(by).filter(state=Entry.State.WAITING).order_by("at", "id"))


def decided(by: Actor, most: int = 50) -> list[Entry]:
    """What was decided last."""
    return list(entries(by).exclude(state=Entry.State.WAITING).order_by("-decided_at", "-id")[:most])

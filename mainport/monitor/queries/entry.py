# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Reads of what is entered by hand: what it can be entered for, what waits, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from mainport.core.rules.languages import Text
from mainport.core.rules.permissions import Actor, Permission
from mainport.monitor.models import Dataset, Entry, Feed, Indicator
from mainport.monitor.queries.indicators import ENTERED, PUBLISHED, definition_of
from mainport.monitor.rules.describing import dimensions_from_json, measures_from_json
from mainport.monitor.rules.indicators import Definition, Kind
from mainport.monitor.rules.tables import Dimension, Measure


@dataclass(frozen=True)
class Place:
    """What a value can be entered for: an indicator, or the measures of a table that nobody visits."""

    key: str
    indicator: Indicator | None = None
    definition: Definition | None = None
    dataset: Dataset | None = None

    @property
    def in_words(self) -> bool:
        """Whether what is entered is an answer in words instead of a number."""
        return self.definition is not None and self.definition.kind is Kind.QUALITATIVE

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


@dataclass(frozen=True)
class Named:
    """What an entry is of, and for where, as people call these."""

    title: Text
    where: Sequence[Text]


def named(found: Iterable[Entry]) -> dict[int, Named]:
    """The names of these entries by their id. One query at most, for those that are of no indicator."""
    rows = list(found)
    keys = {row.dataset for row in rows if row.indicator is None}
    tables = Dataset.objects.in_bulk(keys, field_name="key") if keys else {}
    return {row.pk: _named(row, tables.get(row.dataset)) for row in rows}


def _named(row: Entry, table: Dataset | None) -> Named:
    codes = row.coordinates.split("|")
    if row.indicator:
        area = codes[0]
        places = {place.id: place.title for place in definition_of(row.indicator).places}
        return Named(row.indicator.title, [places.get(area, {"mul": area})])
    if table is None:
        return Named({"mul": f"{row.dataset}, {row.measure}"}, [{"mul": code} for code in codes])
    place = Place(row.dataset, dataset=table)
    measure = next((one.title for one in place.measures if one.key == row.measure), row.measure)
    where: list[Text] = [
        {"mul": next((known.title for known in side.codes if known.key == code), code)}
        for code, side in zip(codes, place.sides, strict=False)
    ]
    return Named({"mul": f"{table.title}, {measure}"}, where)

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Who wants to hear of an indicator, and what a visit changed in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from mainport.core.models import Person
from mainport.core.rules.permissions import Actor
from mainport.monitor.models import Dataset, Fetch, Indicator, Subscription
from mainport.monitor.queries.indicators import ENTERED, PUBLISHED, definition_of, find_indicators, values_of
from mainport.monitor.rules.changes import Change, changes
from mainport.monitor.rules.formula import tables
from mainport.monitor.rules.indicators import Definition

#: Moments are kept to the microsecond: this is the last one before.
_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Changed:
    """An indicator, and what a visit changed in its values, newest period first."""

    indicator: Indicator
    definition: Definition
    changes: Sequence[Change]


def is_subscribed(by: Actor, indicator: Indicator) -> bool:
    return by.person_id is not None and indicator.subscriptions.filter(person_id=by.person_id).exists()


def subscribers_of(fetch: Fetch) -> list[tuple[Person, list[Changed]]]:
    """Who is to hear what about this visit: people who may log in, each with what changed of what they follow."""
    follow: dict[Person, set[int]] = {}
    for row in Subscription.objects.filter(person__is_active=True).select_related("person").order_by("person", "id"):
        follow.setdefault(row.person, set()).add(row.indicator_id)
    changed = changed_by(fetch, set().union(*follow.values())) if follow else []
    found = [(person, [one for one in changed if one.indicator.pk in ids]) for person, ids in follow.items()]
    return [(person, mine) for person, mine in found if mine]


def changed_by(fetch: Fetch, indicators: set[int]) -> list[Changed]:
    """Which of these indicators have other values by this visit: as known just before it, and by it.

    Both are read by moment, so that the answer is the same whenever somebody asks.
    """
    touched = set(Dataset.objects.filter(feed=fetch.feed_id).values_list("key", flat=True))
    touched.update(fetch.entries.values_list("dataset", flat=True))
    chosen = [one for one in find_indicators().filter(pk__in=indicators) if touched & _tables(definition_of(one))]
    if not chosen:
        return []
    before, after = values_of(chosen, fetch.at - _MOMENT), values_of(chosen, fetch.at)
    found = [
        Changed(new.indicator, new.definition, changes((old.lines, old.figures), (new.lines, new.figures)))
        for old, new in zip(before, after, strict=True)
    ]
    return [one for one in found if one.changes]


def _tables(definition: Definition) -> set[str]:
    named = tables(definition.formula) if definition.formula else set()
    return named | {PUBLISHED, ENTERED}

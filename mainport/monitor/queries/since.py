# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What changed in the monitor since a moment: values, verdicts, targets, and sources that can't be read any more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter

from django.db.models import F, Min, Q

from mainport.core.rules.languages import Text
from mainport.monitor.models import Feed, Fetch, Indicator, Target
from mainport.monitor.queries.indicators import IndicatorValues, Reads, definition_of, find_indicators, goals_in
from mainport.monitor.queries.observations import values
from mainport.monitor.rules.indicators import Definition
from mainport.monitor.rules.since import Difference, Known, difference
from mainport.monitor.rules.standing import Goal


@dataclass(frozen=True)
class TargetChange:
    """A target that was set, replaced or ended: what stood for its period then, and what stands now."""

    old: Target | None
    new: Target | None


@dataclass(frozen=True)
class IndicatorChanges:
    """One indicator as it is now, with what differs from then."""

    values: IndicatorValues
    difference: Difference
    targets: Sequence[TargetChange]


@dataclass(frozen=True)
class Stale:
    """A feed that could be read then and can't now: since when, and of when its values are."""

    key: str
    title: Text
    since: datetime
    good_at: datetime | None
    problem: str


def changed_since(moment: datetime, *, indicator: str | None = None) -> list[IndicatorChanges]:
    """The indicators in which something changed after a moment, or one of them, in their order. Six queries."""
    chosen = find_indicators().prefetch_related(None)
    found = [(one, definition_of(one)) for one in (chosen if indicator is None else chosen.filter(key=indicator)).all()]
    read = Reads([definition for _one, definition in found])
    targets = list(
        Target.objects.filter(indicator__in=[one.pk for one, _definition in found]).order_by("period", "at", "id")
    )
    stood = [row for row in targets if row.at <= moment and (row.until is None or row.until > moment)]
    stand = [row for row in targets if row.until is None]
    then = _values(read, found, goals_in(stood), moment)
    now = _values(read, found, goals_in(stand), None)
    aims = _changed(stood, stand)
    every = [
        IndicatorChanges(new, difference(_known(old), _known(new)), aims.get(new.indicator.pk, []))
        for old, new in zip(then, now, strict=True)
    ]
    return [one for one in every if one.difference or one.targets]


def _values(
    read: Reads,
    found: Sequence[tuple[Indicator, Definition]],
    goals: Mapping[int, Sequence[Goal]],
    known_at: datetime | None,
) -> list[IndicatorValues]:
    read.fill(values(read.series, known_at) if read.series else [])
    return [read.values_of(one, definition, goals.get(one.pk, ())) for one, definition in found]


def _known(one: IndicatorValues) -> Known:
    return Known(one.lines, one.figures, one.standing)


def _changed(stood: Iterable[Target], stand: Iterable[Target]) -> dict[int, list[TargetChange]]:
    """By indicator the targets that differ, by their period."""
    pairs: dict[tuple[int, str], list[Target | None]] = {}
    for place, rows in enumerate((stood, stand)):
        for row in rows:
            pairs.setdefault((row.indicator_id, row.period), [None, None])[place] = row
    changed: dict[int, list[TargetChange]] = {}
    for (pk, _period), (old, new) in sorted(pairs.items(), key=itemgetter(0)):
        if _said(old) != _said(new):
            changed.setdefault(pk, []).append(TargetChange(old, new))
    return changed


def _said(target: Target | None) -> object:
    return target and (target.value, target.words, target.interim)


def newly_stale(moment: datetime) -> list[Stale]:
    """Feeds whose visits have failed since a time after this moment. One query."""
    failed = Q(fetches__outcome__in=[Fetch.Outcome.FAILED, Fetch.Outcome.REFUSED])
    later = Q(good_at__isnull=True) | Q(fetches__at__gt=F("good_at"))
    feeds = Feed.objects.exclude(problem="").annotate(failing=Min("fetches__at", filter=failed & later))
    return [
        Stale(feed.key, feed.title, feed.failing, feed.good_at, feed.problem)
        for feed in feeds.filter(failing__gt=moment).order_by("-failing", "key")
    ]

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What is measured of each element, for pages that have more to read: one query while nothing changed.

A process keeps the last that it read, with the marks of the moment: the last fetch, indicator and target. As
soon as one of these differs, everything is read anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, Subquery

from mainport.agenda.models import Element
from mainport.agenda.queries import elements
from mainport.agenda.rules.elements import Kind
from mainport.core.models import Source
from mainport.monitor.models import Fetch, Indicator, Target
from mainport.monitor.queries.citing import sources_of
from mainport.monitor.queries.indicators import IndicatorValues, find_indicators, values_of


@dataclass(frozen=True)
class Measured:
    """All indicators by what they measure; and the alliance, with `holds_demo`, that was read along."""

    alliance: Element | None = None
    by_uid: Mapping[str, tuple[IndicatorValues, ...]] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)

    def of(self, uids: Iterable[str]) -> list[IndicatorValues]:
        """The indicators of these elements, each once."""
        found = {one.indicator.key: one for uid in uids for one in self.by_uid.get(uid, ())}
        return list(found.values())


_Kept = tuple[Mapping[str, tuple[IndicatorValues, ...]], Mapping[str, Source]]
_MARKS = ("indicator", "fetch", "fetch_at", "target", "ended")
_kept: dict[tuple[Any, ...], _Kept] = {}


def measured() -> Measured:
    alliance = _alliance()
    if alliance is None or alliance.indicator is None:
        return Measured(alliance)
    marks = tuple(getattr(alliance, name) for name in _MARKS)
    kept = _kept.get(marks)
    if kept is None:
        kept = _read()
        _kept.clear()
        _kept[marks] = kept
    return Measured(alliance, *kept)


def _alliance() -> Any:
    """The alliance with the marks of what is known now. One query."""
    demo = Element.objects.filter(removed_at__isnull=True, demo=True)
    fetches = Fetch.objects.order_by("-id")[:1]
    return (
        elements(Kind.ALLIANCE)
        .annotate(
            holds_demo=Exists(demo),
            indicator=Subquery(Indicator.objects.order_by("-changed_at").values("changed_at")[:1]),
            fetch=Subquery(fetches.values("id")),
            fetch_at=Subquery(fetches.values("at")),
            target=Subquery(Target.objects.order_by("-id").values("id")[:1]),
            ended=Subquery(Target.objects.exclude(until=None).order_by("-until").values("until")[:1]),
        )
        .first()
    )


def _read() -> _Kept:
    found = values_of(find_indicators())
    by_uid: dict[str, list[IndicatorValues]] = {}
    for one in found:
        for uid in one.definition.measures:
            by_uid.setdefault(uid, []).append(one)
    return {uid: tuple(several) for uid, several in by_uid.items()}, sources_of(found)

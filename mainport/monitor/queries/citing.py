# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What a page must name beside an indicator's values: their sources, their owner, what they were before."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, Q

from mainport.agenda.models import Element
from mainport.agenda.queries import elements
from mainport.agenda.rules.elements import Kind
from mainport.core.models import Source
from mainport.monitor.models import Observation
from mainport.monitor.queries.indicators import IndicatorValues
from mainport.monitor.rules.formula import Point, Series, Span


@dataclass(frozen=True)
class Before:
    """What the last revision replaced: the values by period, and when they had been learnt."""

    line: dict[Span, Point]
    learnt_at: datetime | None


@dataclass(frozen=True)
class Named:
    """The alliance (with `holds_demo`) and the elements that a page names, in the agenda's order."""

    alliance: Element | None
    elements: Sequence[Element]

    def one(self, *uids: str) -> Element | None:
        return next((element for element in self.elements if element.uid in uids), None)

    def all(self, uids: Iterable[str]) -> list[Element]:
        """In the order of the uids; what the agenda doesn't have is left out."""
        there = {element.uid: element for element in self.elements}
        return [there[uid] for uid in uids if uid in there]


def with_alliance(*kinds: Kind, keys: Collection[str] | None = None) -> Named:
    """All elements of these kinds, or of them those with one of these keys, and the alliance. One query."""
    wanted = Q(kind__in=kinds) if keys is None else Q(kind__in=kinds, key__in=keys)
    demo = Element.objects.filter(removed_at__isnull=True, demo=True)
    found = elements(*kinds, Kind.ALLIANCE).filter(wanted | Q(kind=Kind.ALLIANCE)).annotate(holds_demo=Exists(demo))
    rows = list(found)
    alliance = next((row for row in rows if row.kind == Kind.ALLIANCE), None)
    return Named(alliance, [row for row in rows if row.kind != Kind.ALLIANCE])


def sources_of(found: Iterable[IndicatorValues]) -> dict[str, Source]:
    """The sources of published figures and targets, by key. One query; none where nothing names one."""
    keys = {figure.source for one in found for figure in one.figures}
    keys |= {goal.source for one in found for goal in one.goals}
    return {source.key: source for source in Source.objects.filter(key__in=keys)} if keys else {}


def before(one: IndicatorValues) -> Before:
    """The values of the indicator's own line that were revised since. One query.

    Known where a line is one series at one code. Where a formula reckons with several, and where one source's
    published figures were corrected, nothing is said.
    """
    formula, place = one.definition.formula, next(iter(one.definition.places), None)
    if not isinstance(formula, Series) or place is None:
        return Before({}, None)
    codes = formula.codes.get(place.id, place.codes) if formula.area else ()
    if len(codes) > 1:
        return Before({}, None)
    wanted = {*formula.at.values(), *codes}
    at = Q(series__dataset__key=formula.table, series__measure=formula.measure)
    for code in wanted:
        at &= Q(series__coordinates__contains=code)
    rows = Observation.objects.filter(at, current=False, value__isnull=False).order_by("fetch__at", "id")
    line: dict[Span, Point] = {}
    learnt_at = None
    for coordinates, start, end, frequency, value, moment in rows.values_list(
        "series__coordinates", "period__start", "period__end", "period__frequency", "value", "fetch__at"
    ):
        if value is not None and set(coordinates.split("|")) == wanted:
            line[Span(start, end, frequency)] = Point(value)
            learnt_at = moment
    return Before(dict(sorted(line.items())), learnt_at)

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What a page must name beside an indicator's values: their sources, their owner, what they were before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from mainport.agenda.queries import Named, with_alliance
from mainport.core.models import Source
from mainport.monitor.models import Observation
from mainport.monitor.queries.indicators import IndicatorValues
from mainport.monitor.rules.formula import Point, Series, Span

__all__ = ["Before", "Named", "before", "sources_of", "with_alliance"]


@dataclass(frozen=True)
class Before:
    """What the last revision replaced: the values by period, and when they had been learnt."""

    line: dict[Span, Point]
    learnt_at: datetime | None


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

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Reads a table from some place on, of the series that are asked for: for answers in pages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

from django.db import connection
from django.db.models import Q

from mainport.monitor.models import Dataset, Series
from mainport.monitor.queries.observations import Calendar

#: Series that are looked at, and of which observations are read, at once.
_LOOKED_AT, _READ = 4000, 500
#: Periods that a question may name; of more, the others are left out here.
_NAMED = 200


class Point(NamedTuple):
    """The current value of one cell."""

    id: int
    period: int
    value: float | None
    text: str | None
    missing: int


class Line(NamedTuple):
    """A series with its values in the order of time."""

    id: int
    measure: str
    codes: list[str]
    points: list[Point]


def scan(
    dataset: Dataset,
    calendar: Calendar,
    *,
    wanted: Callable[[str, list[str]], bool] | None = None,
    measures: Collection[str] | None = None,
    coordinates: Collection[str] | None = None,
    periods: Collection[int] | None = None,
    since: int = 0,
) -> Iterator[Line]:
    """The series of a dataset in their order, from the one with the id `since` on.

    `wanted` tests the measure and the codes of a series; `measures` and `coordinates` say beforehand which
    can pass it, where that is known; `periods` are the periods (ids) that count.
    """
    found = Series.objects.filter(dataset=dataset).order_by("id")
    if measures is not None:
        found = found.filter(measure__in=measures)
    if coordinates is not None:
        found = found.filter(coordinates__in=coordinates)
    at = since - 1
    while batch := list(found.filter(Q(id__gt=at)).values_list("id", "measure", "coordinates")[:_LOOKED_AT]):
        at = batch[-1][0]
        lines = [(pk, measure, codes.split("|") if codes else []) for pk, measure, codes in batch]
        if wanted:
            lines = [line for line in lines if wanted(line[1], line[2])]
        for start in range(0, len(lines), _READ):
            yield from _with_points(lines[start : start + _READ], calendar, periods)
        if len(batch) < _LOOKED_AT:
            return


def _with_points(
    lines: list[tuple[int, str, list[str]]], calendar: Calendar, periods: Collection[int] | None
) -> Iterator[Line]:
    ids = [line[0] for line in lines]
    sql = (
        # Nothing but places for parameters is put in.
        'SELECT series_id, id, period_id, value, text, missing FROM monitor_observation WHERE "current" '  # noqa: S608
        f"AND series_id IN ({', '.join(['%s'] * len(ids))})"
    )
    named = list(periods) if periods is not None and 0 < len(periods) <= _NAMED else []
    if named:
        sql += f" AND period_id IN ({', '.join(['%s'] * len(named))})"
    points: dict[int, list[Point]] = {pk: [] for pk in ids}
    # Plain rows: of a page of a hundred thousand values the ORM would cost most.
    with connection.cursor() as cursor:
        cursor.execute(sql, [*ids, *named])
        for row in cursor.fetchall():
            if periods is None or row[2] in periods:
                points[row[0]].append(Point._make(row[1:]))
    order = calendar.order
    for pk, measure, codes in lines:
        if points[pk]:
            yield Line(pk, measure, codes, sorted(points[pk], key=lambda point: order[point.period]))

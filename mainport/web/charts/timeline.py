# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Milestones on a line of time, today marked: where each mark stands. Plain values in and out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

#: Room at both ends, for half a mark and for the first and last year.
_MARGIN = 26.0
#: Marks nearer to each other than this are put in different rows.
_APART = 26.0
_ROW = 28.0
_TODAY_ROOM = 24.0
_TICK_ROOM = 34.0


@dataclass(frozen=True)
class Point:
    """A milestone as the line shows it: its number in the list below, its day, its state."""

    number: int
    day: date
    state: str


@dataclass(frozen=True)
class Mark:
    number: int
    state: str
    x: float
    y: float
    stem: float  # to the line; the same as y where the mark stands on it

    @property
    def text_y(self) -> float:
        """Where the number's feet stand, so that it lies in the middle of its mark."""
        return self.y + 4.5


@dataclass(frozen=True)
class Tick:
    x: float
    label: str


@dataclass(frozen=True)
class Drawing:
    """All that the SVG needs, in its own units."""

    width: float
    height: float
    line: float  # height of the line of time
    left: float
    right: float
    now: float | None  # None where today lies outside
    done_until: float
    ticks: tuple[Tick, ...]
    marks: tuple[Mark, ...]

    @property
    def tick_y(self) -> float:
        return self.line + 30

    @property
    def tick_end(self) -> float:
        return self.line + 14

    @property
    def now_top(self) -> float:
        return 20

    @property
    def now_bottom(self) -> float:
        return self.line + 14

    @property
    def now_anchor(self) -> str:
        """So that the word stays inside the drawing."""
        if self.now is None or 60 < self.now < self.width - 60:
            return "middle"
        return "start" if self.now <= 60 else "end"


def draw(points: Sequence[Point], *, start: date, end: date, today: date, width: float = 760) -> Drawing:
    """Place the points on a line from `start` to `end`, stretched where a point lies outside."""
    first = min([start, *(point.day for point in points)])
    last = max([end, *(point.day for point in points), first + timedelta(days=30)])
    left, right = _MARGIN, width - _MARGIN

    def x(day: date) -> float:
        share = (day - first).days / (last - first).days
        return round(left + share * (right - left), 1)

    rows = _rows([x(point.day) for point in points])
    line = _TODAY_ROOM + _ROW * (max(rows, default=0) + 0.5)
    inside = first <= today <= last
    return Drawing(
        width=width,
        height=line + _TICK_ROOM + 4,
        line=line,
        left=left,
        right=right,
        now=x(today) if inside else None,
        done_until=x(min(max(today, first), last)),
        ticks=tuple(_ticks(first, last, x, apart=46)),
        marks=tuple(
            Mark(point.number, point.state, x(point.day), line - _ROW * row, line)
            for point, row in zip(points, rows, strict=True)
        ),
    )


def _rows(places: Sequence[float]) -> list[int]:
    """The lowest row in which each mark touches none before it; row 0 is the line itself."""
    taken: list[float] = []
    rows = []
    for place in places:
        row = next((i for i, until in enumerate(taken) if place - until >= _APART), len(taken))
        if row == len(taken):
            taken.append(place)
        taken[row] = place
        rows.append(row)
    return rows


def _ticks(first: date, last: date, x: Callable[[date], float], apart: float) -> list[Tick]:
    """A tick at the beginning of each year, or of every so many years where they would touch."""
    years = [year for year in range(first.year, last.year + 2) if first <= date(year, 1, 1) <= last]
    if not years:
        return [Tick(x(first), str(first.year))]
    step = 1
    while len(years) > 1 and step < len(years) and x(date(years[0] + step, 1, 1)) - x(date(years[0], 1, 1)) < apart:
        step += 1
    return [Tick(x(date(year, 1, 1)), str(year)) for year in years[::step]]

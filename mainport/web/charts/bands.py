# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Several lines, each with the band in which it probably lies: where each part of the drawing stands. Plain values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from mainport.web.charts.plane import BOTTOM, GAP, LETTER, TOP, Label, Plane, Tick, names_at_ends, steps, style

_BETWEEN_TICKS = 46.0


@dataclass(frozen=True)
class Series:
    """A line by place and value; `band` by place, lowest and highest. A line in steps holds until the next place."""

    name: str
    points: Sequence[tuple[float, float]]
    band: Sequence[tuple[float, float, float]] = ()
    steps: bool = False


@dataclass(frozen=True)
class Line:
    """`number` names its colour and dash."""

    number: int
    path: str
    band: str


@dataclass(frozen=True)
class Rule:
    """A line right through the drawing with its words, at a place or at a value."""

    x1: float
    x2: float
    y1: float
    y2: float
    label: Label


@dataclass(frozen=True)
class Drawing:
    """All that the SVG needs, in its own units."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    rows: tuple[Tick, ...]
    ticks: tuple[Tick, ...]
    lines: tuple[Line, ...]
    labels: tuple[Label, ...]
    rules: tuple[Rule, ...]

    @property
    def tick_y(self) -> float:
        return self.bottom + 20

    @property
    def row_x(self) -> float:
        return self.left - 8


@dataclass(frozen=True)
class Scale:
    """What stands along the edges: `say` gives a value in the notation of the page; places have their words.

    `least` and `most` hold the values apart from what the lines need. `at` and `level` draw a line through.
    """

    say: Callable[[float], str]
    ticks: Sequence[tuple[float, str]]
    from_zero: bool = True
    most: float | None = None
    at: tuple[float, str] | None = None
    level: tuple[float, str] | None = None


def draw(series: Sequence[Series], scale: Scale, *, width: float, height: float) -> Drawing:
    """The drawing in this size. Raises ValueError where there is nothing to draw."""
    values = [*_values(series), *([scale.level[0]] if scale.level else [])]
    places = [at for one in series for at, _value in one.points]
    if not places:
        raise ValueError("there is no value to draw")
    most = max(values) if scale.most is None else scale.most
    levels = rounded(min(values), most, int(height // 60), scale.from_zero)
    rows = [scale.say(level) for level in levels]
    room = max((len(one.name) for one in series), default=0) * LETTER + GAP * 1.6
    plane = Plane(
        left=max(map(len, rows)) * LETTER + GAP,
        right=width - min(room, width * 0.34),
        top=TOP,
        bottom=height - BOTTOM,
        first=min(places),
        last=max(places) if max(places) > min(places) else min(places) + 1,
        low=levels[0],
        high=levels[-1],
    )
    return Drawing(
        width=width,
        height=height,
        left=plane.left,
        right=plane.right,
        top=plane.top,
        bottom=plane.bottom,
        rows=tuple(Tick(plane.y(level), row) for level, row in zip(levels, rows, strict=True)),
        ticks=tuple(_ticks(plane, scale.ticks)),
        lines=tuple(Line(style(at), _path(plane, one), _band(plane, one)) for at, one in enumerate(series)),
        labels=tuple(names_at_ends(plane, [(at, s.name, s.points[-1][1]) for at, s in enumerate(series)], width)),
        rules=tuple(_rules(plane, scale)),
    )


def _values(series: Sequence[Series]) -> Iterable[float]:
    for one in series:
        yield from (value for _at, value in one.points)
        for _at, low, high in one.band:
            yield from (low, high)


def rounded(low: float, high: float, rows: int, from_zero: bool) -> list[float]:
    """Round values from the lowest (or zero) to above the highest.

    >>> rounded(3, 47, 5, True), rounded(0.91, 1.02, 3, False)
    ([0.0, 10.0, 20.0, 30.0, 40.0, 50.0], [0.9, 0.95, 1.0, 1.05])
    """
    if from_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        low, high = (low - 0.5, high + 0.5) if low else (0.0, 1.0)
    return steps(low, high, max(rows, 2))


def _ticks(plane: Plane, ticks: Sequence[tuple[float, str]]) -> list[Tick]:
    """So many of the words along the edge that they don't touch."""
    shown = [(at, label) for at, label in ticks if plane.first <= at <= plane.last]
    longest = max((len(label) for _at, label in shown), default=1) * LETTER + GAP
    most = max(2, int((plane.right - plane.left) // max(_BETWEEN_TICKS, longest)) + 1)
    every = next((step for step in (1, 2, 4, 5, 10, 13, 26) if len(shown) / step <= most), 52)
    return [Tick(plane.x(at), label) for at, label in shown[::every]]


def _path(plane: Plane, one: Series) -> str:
    points: list[tuple[float, float]] = []
    for at, value in one.points:
        if one.steps and points:
            points.append((at, points[-1][1]))
        points.append((at, value))
    return plane.path(points)


def _band(plane: Plane, one: Series) -> str:
    if not one.band:
        return ""
    upper = Series("", [(at, high) for at, _low, high in one.band], steps=one.steps)
    lower = Series("", [(at, low) for at, low, _high in one.band], steps=one.steps)
    back = _path(plane, lower).removeprefix("M").split("L")
    return f"{_path(plane, upper)}L{'L'.join(reversed(back))}Z"


def _rules(plane: Plane, scale: Scale) -> list[Rule]:
    found = []
    if scale.at:
        x = plane.x(scale.at[0])
        right = x > (plane.left + plane.right) / 2
        label = Label(x - 6 if right else x + 6, plane.top - 10, scale.at[1], "end" if right else "start")
        found.append(Rule(x, x, plane.top - 4, plane.bottom, label))
    if scale.level:
        y = plane.y(scale.level[0])
        found.append(Rule(plane.left, plane.right, y, y, Label(plane.left + 6, y - 6, scale.level[1])))
    return found

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Values over the years as a line: where each part of the drawing stands. Plain values in and out."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from mainport.web.charts.plane import BOTTOM, GAP, LETTER, TOP, Label, Plane, Tick, names_at_ends, steps, style

#: More points than this make a string of beads: then the line alone is drawn.
_MOST_DOTS = 30
#: The scale begins at this part of the highest value at the latest: a small change must look small.
_LEAST_SPREAD = 0.9


@dataclass(frozen=True)
class Value:
    """What was measured at a moment, a year with its part as fraction; and half the width of its interval."""

    at: float
    value: float
    margin: float = 0.0


@dataclass(frozen=True)
class Ahead:
    """What is expected at a moment, and between what."""

    at: float
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Aim:
    """What must be reached at a moment."""

    at: float
    value: float
    label: str
    interim: bool = False


@dataclass(frozen=True)
class Was:
    """What was known of a moment before, and the value that replaced it; with words where there is room."""

    at: float
    value: float
    now: float
    label: str = ""


@dataclass(frozen=True)
class Subject:
    """All that one drawing shows. The first line is the main one; names are drawn where there are several."""

    lines: Sequence[tuple[str, Sequence[Value]]]
    loose: Sequence[Value] = ()  # points that aren't on the line
    was: Sequence[Was] = ()  # values of the main line that were revised since
    ahead: Sequence[Ahead] = ()
    aims: Sequence[Aim] = ()


@dataclass(frozen=True)
class Dot:
    x: float
    y: float


@dataclass(frozen=True)
class Whisker:
    """The interval of one value."""

    x: float
    top: float
    bottom: float


@dataclass(frozen=True)
class Curve:
    """One line; `number` names its colour and dash."""

    number: int
    path: str
    dots: tuple[Dot, ...]


@dataclass(frozen=True)
class Earlier:
    """A value that was revised: a hollow dot, tied to the one that replaced it."""

    x: float
    y: float
    y_now: float
    label: Label | None


@dataclass(frozen=True)
class Mark:
    """A target: a rhombus, with its words."""

    path: str
    label: Label
    interim: bool


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
    years: tuple[Tick, ...]
    curves: tuple[Curve, ...]
    labels: tuple[Label, ...]
    whiskers: tuple[Whisker, ...] = ()
    loose: tuple[Dot, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    band: str = ""
    expected: str = ""
    way: str = ""  # the straight way from the last value to the target
    marks: tuple[Mark, ...] = field(default_factory=tuple)

    @property
    def year_y(self) -> float:
        return self.bottom + 20

    @property
    def row_x(self) -> float:
        return self.left - 8


def draw(
    subject: Subject, *, width: float, height: float, say: Callable[[float], str], tell: Callable[[float], str]
) -> Drawing:
    """The drawing in this size; `say` gives a value of the scale in the notation of the page, `tell` one measured.

    Raises ValueError where there is nothing to draw.
    """
    values = [*_all_values(subject)]
    if not values:
        raise ValueError("there is no value to draw")
    levels = _levels(min(values), max(values), rows=max(2, int(height // 60)))
    rows = [say(level) for level in levels]
    moments = _moments(subject)
    plane = Plane(
        left=max(map(len, rows)) * LETTER + GAP,
        right=width - _room_right(subject, width, tell),
        top=TOP,
        bottom=height - BOTTOM,
        first=min(moments) if len(set(moments)) > 1 else moments[0] - 1,
        last=max(moments) if len(set(moments)) > 1 else moments[0] + 1,
        low=levels[0],
        high=levels[-1],
    )
    main = subject.lines[0][1] if subject.lines else ()
    return Drawing(
        width=width,
        height=height,
        left=plane.left,
        right=plane.right,
        top=plane.top,
        bottom=plane.bottom,
        rows=tuple(Tick(plane.y(level), row) for level, row in zip(levels, rows, strict=True)),
        years=tuple(_years(plane)),
        curves=tuple(_curve(plane, at, line) for at, (_name, line) in enumerate(subject.lines) if line),
        labels=tuple(_labels(plane, subject, width, tell)),
        whiskers=tuple(
            Whisker(plane.x(v.at), plane.y(v.value + v.margin), plane.y(v.value - v.margin)) for v in main if v.margin
        ),
        loose=tuple(Dot(plane.x(v.at), plane.y(v.value)) for v in subject.loose),
        earlier=tuple(_earlier(plane, was) for was in subject.was),
        band=_band(plane, main, subject.ahead),
        expected=plane.path([*((v.at, v.value) for v in main[-1:]), *((a.at, a.value) for a in subject.ahead)])
        if subject.ahead
        else "",
        way=_way(plane, main, subject.aims),
        marks=tuple(_mark(plane, aim) for aim in subject.aims),
    )


def _all_values(subject: Subject) -> Iterable[float]:
    for _name, line in subject.lines:
        for value in line:
            yield from (value.value - value.margin, value.value + value.margin)
    yield from (value.value for value in subject.loose)
    yield from (was.value for was in subject.was)
    for step in subject.ahead:
        yield from (step.low, step.high)
    for aim in subject.aims:
        yield aim.value


def _moments(subject: Subject) -> list[float]:
    measured = [value.at for _name, line in subject.lines for value in line]
    others = [*(value.at for value in subject.loose), *(was.at for was in subject.was)]
    return [*measured, *others, *(step.at for step in subject.ahead), *(aim.at for aim in subject.aims)]


def _levels(low: float, high: float, rows: int) -> list[float]:
    """Round values from below the lowest to above the highest; from zero, where that isn't far."""
    if low == high:
        low, high = (min(low, 0.0), max(high, 0.0)) if low else (0.0, 1.0)
    if 0 < low < 0.6 * high:
        low = 0.0
    elif low > _LEAST_SPREAD * high > 0:
        low = _LEAST_SPREAD * high
    return steps(low, high, rows)


def _years(plane: Plane) -> list[Tick]:
    """A tick at whole years, so many years apart that they don't touch."""
    years = range(math.ceil(plane.first), math.floor(plane.last) + 1)
    most = max(1, int((plane.right - plane.left) // 52))
    step = next((n for n in (1, 2, 5, 10, 20, 50) if len(years) / n <= most), 100)
    chosen = [year for year in years if year % step == 0] or list(years[:1])
    return [Tick(plane.x(year), str(year)) for year in chosen]


def _room_right(subject: Subject, width: float, say: Callable[[float], str]) -> float:
    """Room for what stands at the ends of the lines."""
    texts = [name for name, line in subject.lines if line] if len(subject.lines) > 1 else []
    if not texts and subject.lines and subject.lines[0][1] and not subject.ahead:
        texts = [say(subject.lines[0][1][-1].value)]
    return min(max([len(text) * LETTER for text in texts], default=0.0) + GAP * 1.6, width * 0.42)


def _curve(plane: Plane, at: int, line: Sequence[Value]) -> Curve:
    dots = line if len(line) <= _MOST_DOTS else line[-1:]
    return Curve(
        number=style(at),
        path=plane.path((value.at, value.value) for value in line) if len(line) > 1 else "",
        dots=tuple(Dot(plane.x(value.at), plane.y(value.value)) for value in dots),
    )


def _labels(plane: Plane, subject: Subject, width: float, say: Callable[[float], str]) -> list[Label]:
    """Names at the ends of the lines, moved apart; of a line alone, its last value."""
    ends = [(name, line[-1]) for name, line in subject.lines if line]
    if len(subject.lines) == 1 and ends:
        last = ends[0][1]
        x, y = plane.x(last.at), plane.y(last.value)
        if subject.ahead:
            return [Label(x, y - 10, say(last.value), "middle")]
        return [Label(x + GAP, y + 5, say(last.value))]
    named = [(at, name, line[-1].value) for at, (name, line) in enumerate(subject.lines) if line]
    return names_at_ends(plane, named, width)


def _band(plane: Plane, main: Sequence[Value], ahead: Sequence[Ahead]) -> str:
    """Out along the upper bounds and back along the lower; it begins at the last value."""
    if not ahead:
        return ""
    begin = [(main[-1].at, main[-1].value)] if main else []
    upper = [(step.at, step.high) for step in ahead]
    lower = [(step.at, step.low) for step in reversed(ahead)]
    return f"{plane.path([*begin, *upper, *lower])}Z"


def _way(plane: Plane, main: Sequence[Value], aims: Sequence[Aim]) -> str:
    whole = [aim for aim in aims if not aim.interim]
    if not main or not whole or whole[-1].at <= main[-1].at:
        return ""
    ahead = sorted((aim.at, aim.value) for aim in aims if aim.at > main[-1].at)
    return plane.path([(main[-1].at, main[-1].value), *ahead])


def _earlier(plane: Plane, was: Was) -> Earlier:
    """Its words stand on the side that is away from the value of now; at the ends of the line, within the drawing."""
    x, y, y_now = plane.x(was.at), plane.y(was.value), plane.y(was.now)
    half = len(was.label) * LETTER / 2
    anchor = "start" if x - half < plane.left else "end" if x + half > plane.right else "middle"
    # Above the dot where they would fall among the years.
    below = y > y_now and y + 24 < plane.bottom
    label = Label(x, y + 20 if below else y - 11, was.label, anchor)
    return Earlier(x, y, y_now, label if was.label else None)


def _mark(plane: Plane, aim: Aim) -> Mark:
    x, y, half = plane.x(aim.at), plane.y(aim.value), 5.0 if aim.interim else 7.0
    path = f"M{x} {y - half}L{x + half} {y}L{x} {y + half}L{x - half} {y}Z"
    anchor = "end" if x > (plane.left + plane.right) / 2 else "start"
    return Mark(path, Label(x, y - half - 6, aim.label, anchor), aim.interim)

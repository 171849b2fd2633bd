# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Lines over time, with the target that was agreed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .drawing import (
    COLOURS,
    DASHES,
    GREY,
    INK,
    LABEL,
    RULE,
    SMALL,
    WIDTH,
    Canvas,
    Drawing,
    Number,
    labelled,
    step_of,
    text_width,
    wrapped,
)  # fmt: skip

HEIGHT, TOP, BOTTOM = 250.0, 14.0, 28.0
#: Labels at the ends of lines stand at least so far apart.
APART = 17.0


@dataclass(frozen=True)
class Line:
    """A series over the periods; None where there is no figure: the line is broken there."""

    name: str
    values: tuple[Number | None, ...]


@dataclass(frozen=True)
class Target:
    """What was agreed to reach in a period, which may lie after the last figure."""

    period: str
    value: Number
    name: str = ""
    #: When that is, where the periods of the chart have their moments too.
    moment: float | None = None


def lines(
    periods: Sequence[str],
    series: Sequence[Line],
    *,
    language: str,
    unit: str = "",
    target: Target | None = None,
    from_zero: bool = False,
    width: float = WIDTH,
    moments: Sequence[float] = (),
) -> Drawing:
    """Lines with a dot a figure, the name and the last figure at their end, and the target as a diamond.

    `moments` say when each period is (2021, 2021.25), so that four years are four times as wide as one; without
    them all periods are as far apart.
    """
    for one in series:
        if len(one.values) != len(periods):
            raise ValueError(f"line {one.name!r} has {len(one.values)} values for {len(periods)} periods")
    axis = [*periods, *([target.period] if target and target.period not in periods else [])]
    at = _places(axis, periods, moments, target)
    figures = [float(value) for one in series for value in one.values if value is not None]
    figures += [float(target.value)] if target else []
    low, high, step = _range(figures, from_zero)
    canvas = Canvas(width)
    ticks = [low + step * number for number in range(round((high - low) / step) + 1)]
    left = max(text_width(labelled(tick, language, unit), SMALL) for tick in ticks) + 8
    room = min(width * 0.26, 190.0)
    right = width - room

    def x_of(place: int) -> float:
        return left + 8 + (right - left - 16) * at[place]

    def y_of(value: Number) -> float:
        return TOP + (HEIGHT - TOP - BOTTOM) * (1 - (float(value) - low) / (high - low))

    for tick in ticks:
        canvas.line(left, y_of(tick), right, y_of(tick), INK if tick == 0 else RULE)
        canvas.text(left - 6, y_of(tick) + 4, labelled(tick, language, unit), size=SMALL, anchor="end", colour=GREY)
    _periods(canvas, axis, x_of)
    ends: list[tuple[float, str, str]] = []
    for number, one in enumerate(series):
        colour = COLOURS[number % len(COLOURS)]
        points = [(x_of(place), y_of(value)) for place, value in enumerate(one.values) if value is not None]
        _draw(canvas, one, x_of, y_of, colour, DASHES[number % len(DASHES)])
        last = next((value for value in reversed(one.values) if value is not None), None)
        if last is not None:
            ends.append((points[-1][1], f"{one.name} {labelled(last, language, unit)}".strip(), colour))
    if target:
        x, y = x_of(axis.index(target.period)), y_of(target.value)
        canvas.line(left, y, right, y, "#0a5f45", 1.5, "5 4")
        canvas.path(f"M{x:.1f},{y - 7:.1f} l7,7 l-7,7 l-7,-7 z", fill="#0a5f45", stroke="#ffffff", width=1.5)
        word = target.name or ("Doel" if language == "nl" else "Target")
        ends.append((y, f"{word} {target.period}: {labelled(target.value, language, unit)}", "#0a5f45"))
    bottom = _ends(canvas, ends, right + 10, room - 10)
    description = _described(axis, periods, series, target, language, unit)
    return Drawing(canvas.svg(max(HEIGHT, bottom), description), description)


def _range(figures: list[float], from_zero: bool) -> tuple[float, float, float]:
    """The lowest and highest line of the grid, and the distance between lines."""
    low, high = (min(figures), max(figures)) if figures else (0.0, 1.0)
    # Close to zero the eye expects zero.
    if from_zero or (low > 0 and low < (high - low) * 0.8):
        low = min(low, 0.0)
    if low == high:
        low, high = (low - abs(low) * 0.1 or -1.0, high + abs(high) * 0.1 or 1.0)
    step = step_of(high - low, 4)
    bottom = step * (low // step)
    top = bottom
    while top < high - step * 1e-6:
        top += step
    return bottom, top, step


def _places(
    axis: Sequence[str], periods: Sequence[str], moments: Sequence[float], target: Target | None
) -> list[float]:
    """Where each period stands, from 0 to 1."""
    if not moments or (len(axis) > len(periods) and (target is None or target.moment is None)):
        return [place / (len(axis) - 1) if len(axis) > 1 else 0.5 for place in range(len(axis))]
    if len(moments) != len(periods):
        raise ValueError(f"{len(moments)} moments for {len(periods)} periods")
    known = [*moments, *([target.moment] if target and target.moment is not None and len(axis) > len(periods) else [])]
    first, last = min(known), max(known)
    return [(moment - first) / (last - first) if last > first else 0.5 for moment in known]


def _periods(canvas: Canvas, axis: Sequence[str], x_of: Callable[[int], float]) -> None:
    """Periods along the foot, as many as fit: always the first and the last."""
    need = max((text_width(period, SMALL) for period in axis), default=0.0) + 10
    *others, last = sorted(range(len(axis)), key=x_of) or [0]
    shown: list[int] = []
    for place in others:
        if x_of(last) - x_of(place) >= need and (not shown or x_of(place) - x_of(shown[-1]) >= need):
            shown.append(place)
    for place in [*shown, last] if axis else []:
        canvas.text(x_of(place), HEIGHT - 8, axis[place], size=SMALL, anchor="middle", colour=GREY)


def _draw(
    canvas: Canvas, one: Line, x_of: Callable[[int], float], y_of: Callable[[Number], float], colour: str, dash: str
) -> None:
    path, drawing = "", False
    for place, value in enumerate(one.values):
        if value is None:
            drawing = False
            continue
        path += f"{'L' if drawing else 'M'}{x_of(place):.1f},{y_of(value):.1f} "
        drawing = True
    canvas.path(path.strip() or "M0,0", stroke=colour, width=2.5, dash=dash)
    for place, value in enumerate(one.values):
        if value is not None:
            x, y = x_of(place), y_of(value)
            canvas.path(f"M{x - 3.5:.1f},{y:.1f} a3.5,3.5 0 1,0 7,0 a3.5,3.5 0 1,0 -7,0 z", fill=colour)


def _ends(canvas: Canvas, ends: list[tuple[float, str, str]], x: float, room: float) -> float:
    """The labels at the right, pushed apart where they would overlap; gives where the last one ends."""
    foot = 0.0
    for y, words, colour in sorted(ends):
        text = wrapped(words, room - 14, LABEL, 3)
        tall = (len(text) - 1) * LABEL * 1.25 + APART
        middle = max(y, foot + tall / 2, tall / 2)
        canvas.rect(x, middle - 4, 8, 8, colour)
        canvas.lines(x + 14, middle, text)
        foot = middle + tall / 2
    return foot + 4


def _described(
    axis: Sequence[str], periods: Sequence[str], series: Sequence[Line], target: Target | None, language: str, unit: str
) -> str:
    dutch = language == "nl"
    parts = []
    for one in series:
        known = [(value, period) for value, period in zip(one.values, periods, strict=True) if value is not None]
        if not known:
            parts.append(f"{one.name}: {'nog geen cijfer' if dutch else 'no figure yet'}")
            continue
        (first, since), (last, until) = known[0], known[-1]
        said = f"{labelled(last, language, unit)} in {until}"
        if since != until:
            word = "van {} in {} naar {}" if dutch else "from {} in {} to {}"
            said = word.format(labelled(first, language, unit), since, said)
        parts.append(f"{one.name}: {said}")
    if target:
        word = "Afgesproken voor" if dutch else "Agreed for"
        parts.append(f"{word} {target.period}: {labelled(target.value, language, unit)}")
    sort = ("Lijn" if len(series) == 1 else "Lijnen") if dutch else ("Line" if len(series) == 1 else "Lines")
    span = f"{axis[0]}–{axis[-1]}" if axis else ""
    return f"{sort}, {span}. {'. '.join(parts)}."

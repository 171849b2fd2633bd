# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What every drawing of lines stands in: its plane, its round values, and names at the ends of its lines."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from textwrap import wrap

TOP, BOTTOM = 30.0, 30.0
#: Mean width of a letter of 14 px, and room around a label.
LETTER, GAP = 7.4, 10.0
_LINE_HEIGHT = 17.0
#: Colours and dashes that the style sheet knows.
_STYLES = 6


@dataclass(frozen=True)
class Tick:
    at: float
    label: str


@dataclass(frozen=True)
class Label:
    x: float
    y: float
    text: str
    anchor: str = "start"
    number: int = 0  # of the line that it names; 0 for none


@dataclass(frozen=True)
class Plane:
    """From moments (or places) and values to where they stand in the drawing."""

    left: float
    right: float
    top: float
    bottom: float
    first: float
    last: float
    low: float
    high: float

    def x(self, at: float) -> float:
        return round(self.left + (at - self.first) / (self.last - self.first) * (self.right - self.left), 1)

    def y(self, value: float) -> float:
        return round(self.bottom - (value - self.low) / (self.high - self.low) * (self.bottom - self.top), 1)

    def path(self, points: Iterable[tuple[float, float]]) -> str:
        places = [f"{self.x(at)} {self.y(value)}" for at, value in points]
        return f"M{'L'.join(places)}" if places else ""


def style(at: int) -> int:
    """The number of the colour and dash of the line at this place, from 0.

    >>> style(0), style(6)
    (1, 1)
    """
    return at % _STYLES + 1


def steps(low: float, high: float, rows: int) -> list[float]:
    """Round values from below the lowest to above the highest, about `rows` of them.

    >>> steps(0, 47, 5), steps(0.91, 1.02, 3)
    ([0.0, 10.0, 20.0, 30.0, 40.0, 50.0], [0.9, 0.95, 1.0, 1.05])
    """
    rough = (high - low) / rows
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * times for times in (1, 2, 2.5, 5, 10) if size * times >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(step * at, 10) for at in range(first, last + 1)]


def names_at_ends(plane: Plane, ends: Sequence[tuple[int, str, float]], width: float) -> list[Label]:
    """Names of lines, given by place, name and last value: moved apart, and up where they'd fall below the drawing."""
    most = max(8, int((width - plane.right - GAP * 1.2) / LETTER))
    placed = sorted((plane.y(value) + 5, at, wrap(name, most)) for at, name, value in ends)
    tops: list[float] = []
    for y, _at, _parts in placed:
        tops.append(max(y, tops[-1] + len(placed[len(tops) - 1][2]) * _LINE_HEIGHT + 3) if tops else y)
    limit = plane.bottom + 4
    for number in range(len(placed) - 1, -1, -1):
        tops[number] = min(tops[number], limit - (len(placed[number][2]) - 1) * _LINE_HEIGHT)
        limit = tops[number] - _LINE_HEIGHT - 3
    return [
        Label(plane.right + GAP, round(top + row * _LINE_HEIGHT, 1), part, number=style(at))
        for (_y, at, parts), top in zip(placed, tops, strict=True)
        for row, part in enumerate(parts)
    ]

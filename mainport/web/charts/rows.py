# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""One row a thing: a dot with its interval, or bars under each other. Where each part stands; plain values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mainport.web.charts.bands import rounded

_LETTER, _GAP = 7.4, 10.0
_TOP, _BOTTOM = 8.0, 30.0


@dataclass(frozen=True)
class Bar:
    """What one row says: a value, and between what it lies where that is known."""

    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class PlacedBar:
    number: int
    x0: float
    x: float
    y: float
    height: float
    low: float | None
    high: float | None
    text: str
    text_x: float


@dataclass(frozen=True)
class Row:
    label: str
    label_y: float
    bars: tuple[PlacedBar, ...]


@dataclass(frozen=True)
class Rows:
    width: float
    height: float
    left: float
    right: float
    bottom: float
    ticks: tuple[tuple[float, str], ...]
    rows: tuple[Row, ...]

    @property
    def tick_y(self) -> float:
        return self.bottom + 20


def draw(
    things: Sequence[tuple[str, Sequence[Bar]]], say: Callable[[float], str], *, width: float, most: float | None = None
) -> Rows:
    """The rows in this width, from zero; a label stands before its row, or above it where there is little room.

    Raises ValueError where there is nothing to draw.
    """
    highest = [bar.value if bar.high is None else bar.high for _label, bars in things for bar in bars]
    if not highest:
        raise ValueError("there is no row to draw")
    narrow = width < 480
    longest = max(len(label) for label, _bars in things) * _LETTER + _GAP
    left = 4.0 if narrow else min(longest, width * 0.36)
    texts = max(len(say(bar.value)) for _label, bars in things for bar in bars) * _LETTER + _GAP
    right = width - texts
    steps = rounded(0.0, most if most is not None else max(highest), 3 if narrow else 5, True)

    def x(value: float) -> float:
        return round(left + value / steps[-1] * (right - left), 1)

    several = max(len(bars) for _label, bars in things)
    thick = 18.0
    above = 20.0 if narrow else 0.0
    slot = above + several * (thick + 3) + 10
    rows = []
    for at, (label, bars) in enumerate(things):
        top = _TOP + at * slot + above
        placed = tuple(
            _placed(number, bar, top + number * (thick + 3), thick, x, say) for number, bar in enumerate(bars)
        )
        label_y = top - 6 if narrow else top + several * (thick + 3) / 2 + 4
        rows.append(Row(label, round(label_y, 1), placed))
    bottom = _TOP + len(things) * slot
    return Rows(
        width, bottom + _BOTTOM, left, right, bottom, tuple((x(step), say(step)) for step in steps), tuple(rows)
    )


def _placed(
    number: int, bar: Bar, y: float, thick: float, x: Callable[[float], float], say: Callable[[float], str]
) -> PlacedBar:
    low, high = (None if one is None else x(one) for one in (bar.low, bar.high))
    end = x(bar.value) if high is None else high
    return PlacedBar(number + 1, x(0.0), x(bar.value), round(y, 1), thick, low, high, say(bar.value), end + 6)

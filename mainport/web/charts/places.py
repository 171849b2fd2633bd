# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Towns on a map, each a circle as large as what it stands for: where each part stands. Plain values in and out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

#: Longitude and latitude.
Point = tuple[float, float]

_MARGIN = 24.0
#: Radius of the circle of one, and what it grows with; a number of two digits fits in the smallest.
_SMALLEST, _LARGEST = 11.0, 30.0
#: Circles are pushed apart until they overlap no more, for so many rounds at most.
_ROUNDS = 80


@dataclass(frozen=True)
class Spot:
    """A town: its number in the list beside the map, where it lies, and how much there is."""

    number: int
    longitude: float
    latitude: float
    count: int


@dataclass(frozen=True)
class Circle:
    """A town on the map. (`x0`, `y0`) is where it lies, (`x`, `y`) where its circle found room."""

    number: int
    x: float
    y: float
    radius: float
    x0: float
    y0: float

    @property
    def text_y(self) -> float:
        """Where the number's feet stand, so that it lies in the middle of its circle."""
        return self.y + 4.5

    @property
    def moved(self) -> bool:
        """Whether a line must show where it lies."""
        return math.hypot(self.x - self.x0, self.y - self.y0) > self.radius


@dataclass(frozen=True)
class Drawing:
    """All that the SVG needs, in its own units. `outlines` are the `d` of a path each."""

    width: float
    height: float
    outlines: tuple[str, ...]
    circles: tuple[Circle, ...]


def draw(spots: Sequence[Spot], rings: Sequence[Sequence[Point]], *, width: float = 480) -> Drawing | None:
    """The map of these towns, north up, with the borders that there are; None without a town to show.

    >>> drawing = draw([Spot(1, 6.57, 53.22, 3), Spot(2, 6.92, 53.33, 1)], [])
    >>> drawing.circles[0].x < drawing.circles[1].x, drawing.circles[0].y > drawing.circles[1].y
    (True, True)
    """
    if not spots:
        return None
    points = [(spot.longitude, spot.latitude) for spot in spots]
    near = [ring for ring in rings if _touches(ring, points)]
    every = [*points, *(point for ring in near for point in ring)]
    west, east = min(x for x, _ in every), max(x for x, _ in every)
    south, north = min(y for _, y in every), max(y for _, y in every)
    # A degree of longitude is shorter than one of latitude, the more so to the north.
    shrink = math.cos(math.radians((south + north) / 2))
    scale = (width - 2 * _MARGIN) / max((east - west) * shrink, 0.2)

    def at(point: Point) -> tuple[float, float]:
        return _MARGIN + (point[0] - west) * shrink * scale, _MARGIN + (north - point[1]) * scale

    most = max(spot.count for spot in spots)
    circles = []
    for spot in spots:
        x, y = at((spot.longitude, spot.latitude))
        radius = _SMALLEST + (_LARGEST - _SMALLEST) * math.sqrt((spot.count - 1) / most) if most > 1 else _SMALLEST
        circles.append(Circle(spot.number, x, y, radius, x, y))
    height = 2 * _MARGIN + max(north - south, 0.1) * scale
    paths = tuple(_path([at(point) for point in ring]) for ring in near)
    return Drawing(width, round(height, 1), paths, tuple(apart(circles, width, height)))


def _touches(ring: Sequence[Point], points: Sequence[Point]) -> bool:
    """Whether this border lies around or near one of the towns: a map of two towns needs no whole country."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return any(min(xs) - 0.1 <= x <= max(xs) + 0.1 and min(ys) - 0.1 <= y <= max(ys) + 0.1 for x, y in points)


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z"


def apart(circles: list[Circle], width: float, height: float) -> list[Circle]:
    """Pushed from each other until each can be read and pressed by itself, within the drawing."""
    for _round in range(_ROUNDS):
        overlap = False
        for i, one in enumerate(circles):
            for j in range(i + 1, len(circles)):
                one, other = circles[i], circles[j]
                between = math.hypot(other.x - one.x, other.y - one.y)
                lacks = one.radius + other.radius + 2 - between
                if lacks <= 0:
                    continue
                overlap = True
                # Two in the same spot part sideways.
                dx, dy = ((other.x - one.x) / between, (other.y - one.y) / between) if between > 0.01 else (1.0, 0.0)
                share = lacks / 2
                circles[i] = replace(one, x=one.x - dx * share, y=one.y - dy * share)
                circles[j] = replace(other, x=other.x + dx * share, y=other.y + dy * share)
        circles = [_inside(circle, width, height) for circle in circles]
        if not overlap:
            break
    return [
        replace(c, **{name: round(getattr(c, name), 1) for name in ("x", "y", "radius", "x0", "y0")}) for c in circles
    ]


def _inside(circle: Circle, width: float, height: float) -> Circle:
    return replace(
        circle,
        x=min(max(circle.x, circle.radius + 1), width - circle.radius - 1),
        y=min(max(circle.y, circle.radius + 1), height - circle.radius - 1),
    )

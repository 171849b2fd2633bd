# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Maps of areas and of places, as plain values: what stands where on a drawing. No page, no database."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from mainport.region.rules import outlines
from mainport.web.charts.places import Circle, apart

WIDTH = 480.0
_MARGIN = 10.0
#: A number of two or three digits fits in a circle as large as this.
_READABLE = 8.5
_KM_A_DEGREE = 111.3


@dataclass(frozen=True)
class Area:
    """An area to draw: a point in it, and what its circle is as large as."""

    code: str
    longitude: float
    latitude: float
    weight: float


@dataclass(frozen=True)
class Shape:
    """An area on the map: `path` where its border is drawn, else a circle; (`x`, `y`) is where its number stands."""

    code: str
    x: float
    y: float
    radius: float
    path: str = ""

    @property
    def text_y(self) -> float:
        return round(self.y + 4, 1)

    @property
    def readable(self) -> bool:
        """Whether its number fits in it."""
        return bool(self.path) or self.radius >= _READABLE


@dataclass(frozen=True)
class Map:
    """All that the SVG needs, in its own units."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    bordered: bool = False


def draw(areas: Sequence[Area], borders: Mapping[str, outlines.Geometry] | None = None) -> Map | None:
    """The map of these areas: their borders where all are there, else Dorling's cartogram. None without areas."""
    if not areas:
        return None
    if borders and all(area.code in borders for area in areas):
        return _bordered(areas, borders)
    return _cartogram(tuple(areas))


def _bordered(areas: Sequence[Area], borders: Mapping[str, outlines.Geometry]) -> Map:
    points = [point for area in areas for ring in outlines.rings(borders[area.code]) for point in ring]
    sheet = outlines.Sheet.around(points, WIDTH, _MARGIN)
    shapes = []
    for area in areas:
        x, y = sheet.place(area.longitude, area.latitude)
        shapes.append(Shape(area.code, round(x, 1), round(y, 1), 0, sheet.path(borders[area.code])))
    return Map(WIDTH, round(sheet.height, 1), tuple(shapes), bordered=True)


@lru_cache(maxsize=64)
def _cartogram(areas: tuple[Area, ...]) -> Map:
    from mainport.region.rules.cartogram import dorling, kilometres  # Compiled code, that not every process needs.

    points = kilometres([area.longitude for area in areas], [area.latitude for area in areas])
    at, radii = dorling(points, [area.weight for area in areas])
    west, north = (at[:, 0] - radii).min(), (at[:, 1] + radii).max()
    east, south = (at[:, 0] + radii).max(), (at[:, 1] - radii).min()
    # One area alone is drawn as a circle of a third of the sheet.
    scale = (WIDTH - 2 * _MARGIN) / (np.ptp([west, east]) if len(areas) > 1 else 6 * radii[0])
    left = _MARGIN if len(areas) > 1 else WIDTH / 2 - radii[0] * scale
    shapes = tuple(
        Shape(
            area.code,
            round(float(left + (x - west) * scale), 1),
            round(float(_MARGIN + (north - y) * scale), 1),
            # A thin area stays visible, and can be pressed.
            round(max(float(radius * scale), 2.5), 1),
        )
        for area, (x, y), radius in zip(areas, at.tolist(), radii.tolist(), strict=True)
    )
    return Map(WIDTH, round(float((north - south) * scale + 2 * _MARGIN), 1), shapes)


# --- Places ---


@dataclass(frozen=True)
class Point:
    """A place to draw: its number, where it lies, its sort (which shape it gets), and how far it may lie from there."""

    number: int
    longitude: float
    latitude: float
    shape: int
    within_km: float | None = None


@dataclass(frozen=True)
class Mark:
    """A place on the map: its shape, where that found room, where the place lies, and the circle it lies within."""

    number: int
    circle: Circle
    path: str
    uncertain: float

    @property
    def moved(self) -> bool:
        """Whether a line must show where it lies."""
        return self.circle.moved


@dataclass(frozen=True)
class PlaceMap:
    width: float
    height: float
    land: tuple[str, ...]
    marks: tuple[Mark, ...]
    kilometre: float  # How long one is on the drawing.


#: Corners of the shapes, by number: a circle, a square, a diamond, a house, a hexagon.
_SHAPES: tuple[tuple[tuple[float, float], ...], ...] = (
    (),
    ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    ((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)),
    ((0, -1.25), (1.05, -0.3), (1.05, 0.95), (-1.05, 0.95), (-1.05, -0.3)),
    ((-0.55, -1), (0.55, -1), (1.1, 0), (0.55, 1), (-0.55, 1), (-1.1, 0)),
)
SHAPES = len(_SHAPES)
_RADIUS = 11.0


def shape_path(shape: int, x: float, y: float, radius: float = _RADIUS) -> str:
    """The outline of a shape around a point.

    >>> shape_path(1, 10, 10, 10)
    'M1.0 1.0L19.0 1.0L19.0 19.0L1.0 19.0Z'
    """
    corners = _SHAPES[shape % SHAPES]
    if not corners:
        left = f"{x - radius:.1f} {y:.1f}"
        return f"M{left}a{radius} {radius} 0 1 0 {2 * radius} 0a{radius} {radius} 0 1 0 -{2 * radius} 0Z"
    return "M" + "L".join(f"{x + radius * dx:.1f} {y + radius * dy:.1f}" for dx, dy in corners) + "Z"


#: Of a map of places how wide it is: on a wide screen and on a narrow one, where shapes are larger beside it.
_SHEETS = {False: WIDTH + 80, True: 380.0}


def draw_places(
    points: Sequence[Point], land: Sequence[Sequence[tuple[float, float]]], *, narrow: bool = False
) -> PlaceMap | None:
    """The map of places, each a shape, moved aside where it would cover another, and a line to where it lies."""
    if not points:
        return None
    known = [(point.longitude, point.latitude) for point in points]
    sheet = outlines.Sheet.around([*known, *(corner for ring in land for corner in ring)], _SHEETS[narrow], 26)
    kilometre = abs(sheet.place(0, 1)[1] - sheet.place(0, 0)[1]) / _KM_A_DEGREE
    circles = []
    for point in points:
        x, y = sheet.place(point.longitude, point.latitude)
        circles.append(Circle(point.number, x, y, _RADIUS + 2, x, y))
    height = round(sheet.height, 1)
    marks = tuple(
        Mark(
            circle.number,
            circle,
            shape_path(point.shape, circle.x, circle.y),
            round((point.within_km or 0) * kilometre, 1),
        )
        for point, circle in zip(points, apart(circles, sheet.width, height), strict=True)
    )
    paths = tuple(
        "M" + "L".join("{:.1f} {:.1f}".format(*sheet.place(*corner)) for corner in ring) + "Z" for ring in land
    )
    return PlaceMap(sheet.width, height, paths, marks, kilometre)


# --- Who works with whom ---


@dataclass(frozen=True)
class Node:
    """One of those who work together, on the ring; `anchor` says on which side its name stands."""

    key: str
    x: float
    y: float
    label_x: float
    label_y: float
    anchor: str


@dataclass(frozen=True)
class Edge:
    first: str
    second: str
    path: str
    width: float


@dataclass(frozen=True)
class Graph:
    width: float
    height: float
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


#: Of a drawing of the ring the middle, the radius and the height: on a wide screen and on a narrow one.
_RINGS = {False: (330.0, 145.0, 390.0), True: (160.0, 66.0, 210.0)}


def draw_graph(keys: Sequence[str], pairs: Mapping[tuple[str, str], int], *, narrow: bool = False) -> Graph | None:
    """Those who work together on a ring, in the given order, with a line between two that is as thick as they share
    much. The same order gives the same drawing. A narrow one has less room beside the ring, for shorter names."""
    if len(keys) < 2:
        return None
    middle, ring, height = _RINGS[narrow]
    angle = {key: 2 * math.pi * place / len(keys) - math.pi / 2 for place, key in enumerate(keys)}
    at = {key: (middle + ring * math.cos(a), height / 2 + ring * math.sin(a)) for key, a in angle.items()}
    nodes = []
    for key, (x, y) in at.items():
        right = math.cos(angle[key])
        anchor = "middle" if abs(right) < 0.15 else "start" if right > 0 else "end"
        out = (1.16 if narrow else 1.12) if anchor != "middle" else (1.26 if narrow else 1.1)
        label_y = height / 2 + ring * out * math.sin(angle[key]) + 5
        nodes.append(
            Node(key, round(x, 1), round(y, 1), round(middle + ring * out * right, 1), round(label_y, 1), anchor)
        )
    most = max(pairs.values(), default=1)
    edges = []
    for (first, second), shared in sorted(pairs.items(), key=lambda pair: (pair[1], pair[0])):
        if first in at and second in at:
            (x1, y1), (x2, y2) = at[first], at[second]
            path = f"M{x1:.1f} {y1:.1f}Q{(x1 + x2 + middle) / 3:.1f} {(y1 + y2 + height / 2) / 3:.1f} {x2:.1f} {y2:.1f}"
            edges.append(Edge(first, second, path, round(1 + 7 * shared / most, 1)))
    return Graph(2 * middle, height, tuple(nodes), tuple(edges))

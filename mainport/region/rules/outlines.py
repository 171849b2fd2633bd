# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Outlines of areas in degrees: checked, made lighter together so that borders stay shared, and laid on a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import cos, radians
from typing import Any

Ring = list[tuple[float, float]]
Geometry = Mapping[str, Any]

#: Decimals of a degree that are kept: 0.001 is some 100 metres, less than a line on a page is wide.
DECIMALS = 3


def faults(geometry: object) -> str:
    """What is wrong with a GeoJSON geometry of an area in degrees; '' for nothing (RFC 7946, 3.1.6 and 3.1.7)."""
    if not isinstance(geometry, Mapping) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        return "no Polygon or MultiPolygon"
    try:
        found = list(rings(geometry))
    except (TypeError, ValueError, KeyError, IndexError):
        return "coordinates that aren't pairs of numbers"
    if not found:
        return "no outline"
    for ring in found:
        if len(ring) < 4 or ring[0] != ring[-1]:
            return "an outline that isn't closed"
        if not all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in ring):
            return "coordinates that aren't degrees (ask for EPSG:4326)"
    return ""


def rings(geometry: Geometry) -> Iterator[Ring]:
    """Every outline, those of holes included."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for polygon in polygons:
        for ring in polygon:
            yield [(float(point[0]), float(point[1])) for point in ring]


def lighter(geometry: Geometry, decimals: int = DECIMALS) -> dict[str, Any]:
    """The geometry with rounded corners, without those that fall together, and without outlines that vanish.

    Areas that share a border share its corners, and those are rounded alike: the border stays shared.
    """
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    kept = []
    for polygon in polygons:
        outlines = [ring for ring in (_rounded(ring, decimals) for ring in polygon) if len(ring) >= 4]
        if outlines:
            kept.append(outlines)
    return {"type": "MultiPolygon", "coordinates": kept}


def _rounded(ring: Sequence[Sequence[float]], decimals: int) -> list[list[float]]:
    found: list[list[float]] = []
    for point in ring:
        corner = [round(float(point[0]), decimals), round(float(point[1]), decimals)]
        if not found or found[-1] != corner:
            found.append(corner)
    return found


class Sheet:
    """A sheet `width` wide on which degrees are laid, north up, with equal scale both ways at its middle."""

    def __init__(self, west: float, south: float, east: float, north: float, width: float, margin: float = 8) -> None:
        self.width, self._margin = width, margin
        self._west, self._north = west, north
        self._stretch = cos(radians((south + north) / 2))
        self._scale = (width - 2 * margin) / max((east - west) * self._stretch, 1e-9)
        self.height = (north - south) * self._scale + 2 * margin

    @classmethod
    def around(cls, points: Sequence[tuple[float, float]], width: float, margin: float = 8) -> Sheet:
        """The sheet on which all these points (longitude, latitude) just lie."""
        longitudes, latitudes = [x for x, _ in points], [y for _, y in points]
        return cls(min(longitudes), min(latitudes), max(longitudes), max(latitudes), width, margin)

    def place(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Where a point lies, from the upper left corner."""
        return (
            self._margin + (longitude - self._west) * self._stretch * self._scale,
            self._margin + (self._north - latitude) * self._scale,
        )

    def path(self, geometry: Geometry) -> str:
        """The outlines as data of an SVG path, to be filled by the even-odd rule."""
        parts = []
        for ring in rings(geometry):
            points = [self.place(*point) for point in ring[:-1]]
            parts.append("M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in points) + "Z")
        return "".join(parts)

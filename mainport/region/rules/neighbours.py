# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Which areas share a border, told from their outlines.

Two areas are neighbours where enough corners of their outlines lie at the same place. That holds for outlines that
were drawn or simplified together, as those of statistical offices are; of outlines that each were simplified apart
the corners differ, and a larger tolerance or none will help.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from mainport.region.rules.flows import Floats, Ints

#: Degrees; some 220 metres from south to north: banks of a river or a canal lie as far apart on a coarse map.
TOLERANCE = 0.002


def neighbours(
    collection: Mapping[str, Any], code: str, tolerance: float = TOLERANCE, corners: int = 1
) -> dict[str, tuple[str, ...]]:
    """Of each area the areas that it shares a border with. `collection` is a GeoJSON FeatureCollection, `code` the
    property that names an area; features of the same code are one area.

    `tolerance` is in the units of the coordinates. With `corners` 2, areas that only meet at a point are no
    neighbours; on a coarse map that takes short borders away as well. Raises ValueError for what is no such collection.
    """
    codes, area, points = _corners(collection, code)
    pairs = _pairs(area, points, tolerance)
    first, counts = np.unique(pairs[:, :2], axis=0, return_counts=True)
    found: dict[str, list[str]] = {name: [] for name in codes}
    for (one, other), count in zip(first.tolist(), counts.tolist(), strict=True):
        if count >= corners:
            found[codes[one]].append(codes[other])
    return {name: tuple(sorted(others)) for name, others in found.items()}


def _corners(collection: Mapping[str, Any], code: str) -> tuple[list[str], Ints, Floats]:
    features = collection.get("features") if isinstance(collection, Mapping) else None
    if not isinstance(features, list) or collection.get("type") != "FeatureCollection":
        raise ValueError("expected a GeoJSON FeatureCollection")
    codes: dict[str, int] = {}
    areas, points = [], []
    for number, feature in enumerate(features, 1):
        properties = (feature.get("properties") if isinstance(feature, Mapping) else None) or {}
        if properties.get(code) in (None, ""):
            raise ValueError(f"feature {number}: no property '{code}'")
        place = codes.setdefault(str(properties[code]), len(codes))
        for ring in _rings(feature.get("geometry") or {}, number):
            try:
                corners = np.asarray([corner[:2] for corner in ring], dtype=np.float64).reshape(-1, 2)
            except (TypeError, ValueError, KeyError) as error:
                raise ValueError(f"feature {number}: expected corners of two numbers") from error
            areas.append(np.full(len(corners), place))
            points.append(corners)
    if not points:
        return list(codes), np.zeros(0, dtype=np.int64), np.zeros((0, 2))
    return list(codes), np.concatenate(areas), np.concatenate(points)


def _rings(geometry: Mapping[str, Any], number: int) -> Iterator[Sequence[Sequence[float]]]:
    kind, coordinates = geometry.get("type"), geometry.get("coordinates", [])
    if kind == "Polygon":
        yield from coordinates
    elif kind == "MultiPolygon":
        for polygon in coordinates:
            yield from polygon
    elif kind is not None:
        raise ValueError(f"feature {number}: a {kind}, expected a Polygon or MultiPolygon")


def _pairs(area: Ints, points: Floats, tolerance: float) -> Ints:
    """Distinct (area, other area, corner of the area's): all corners that lie within the tolerance of another's.

    Two places that near share a cell of twice the tolerance in at least one of four grids, each moved half a cell.
    """
    found = [np.zeros((0, 3), dtype=np.int64)]
    own = np.floor(points / tolerance + 0.5).astype(np.int64)
    corner = np.unique(own, axis=0, return_inverse=True)[1].reshape(-1) if len(own) else np.zeros(0, dtype=np.int64)
    for right in (0.0, 1.0):
        for up in (0.0, 1.0):
            cell = np.floor((points / tolerance + (right, up)) / 2).astype(np.int64)
            order = np.lexsort((cell[:, 1], cell[:, 0]))
            breaks = np.flatnonzero(np.any(np.diff(cell[order], axis=0), axis=1)) + 1
            for group in np.split(order, breaks):
                if len(group) > 1 and np.ptp(area[group]):
                    one, other = np.repeat(group, len(group)), np.tile(group, len(group))
                    near = np.abs(points[one] - points[other]).max(axis=1) <= tolerance
                    apart = near & (area[one] != area[other])
                    found.append(np.column_stack([area[one], area[other], corner[one]])[apart])
    return np.unique(np.concatenate(found), axis=0)

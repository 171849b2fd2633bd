# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Boundaries out of GeoJSON of the shape that PDOK and CBS give."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mainport.core.rules.permissions import system
from mainport.region.actions import boundaries
from mainport.region.feeds import pdok
from mainport.region.feeds.flows_file import Refused
from mainport.region.models import Boundary
from mainport.region.queries.boundaries import outlines
from mainport.region.rules.outlines import Sheet

pytestmark = pytest.mark.django_db
BY = system("tests")
SQUARE = [[6.0, 53.0], [7.0, 53.0], [7.0, 53.5], [6.0, 53.5], [6.0, 53.0]]


def _collection(**changes: Any) -> bytes:
    properties = {"statcode": "GM0014", "statnaam": "Groningen", "jaarcode": 2023} | changes.get("properties", {})
    geometry = changes.get("geometry", {"type": "Polygon", "coordinates": [SQUARE]})
    feature = {"type": "Feature", "properties": properties, "geometry": geometry}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()


def test_pdoks_shape_is_stored_once_for_area_and_year() -> None:
    found = pdok.read(_collection(), name="pdok")
    assert boundaries.put(by=BY, found=found, source="CBS/PDOK") == 1
    assert boundaries.put(by=BY, found=found, source="CBS/PDOK, again") == 1
    assert Boundary.objects.get().source == "CBS/PDOK, again"
    assert list(outlines(["GM0014"], 2023)) == ["GM0014"]
    assert outlines(["GM0014", "GM0106"], 2023) == {}


def test_the_real_map_of_2023_and_no_hole_between_neighbours(shared: Path) -> None:
    path = shared / "data" / "region" / "nl_gemeenten_2023_cbs.geojson"
    found = pdok.read(path.read_bytes(), name=path.name)
    assert len(found) == 342
    assert boundaries.put(by=BY, found=found, source="CBS") == 342
    north = outlines(["GM0014", "GM1966"], 2023)
    corners = [
        {tuple(point) for polygon in one.geometry["coordinates"] for ring in polygon for point in ring}
        for one in north.values()
    ]
    assert len(corners[0] & corners[1]) > 5


def test_a_sheet_keeps_north_up_and_squares_square() -> None:
    sheet = Sheet(6.0, 53.0, 7.0, 53.5, width=316, margin=8)
    assert sheet.place(6.0, 53.5) == (8, 8)
    assert sheet.place(7.0, 53.0) == (pytest.approx(308), pytest.approx(sheet.height - 8))
    assert sheet.height == pytest.approx(300 * 0.5 / 0.5990 + 16, rel=0.01)  # cos(53.25 degrees)
    path = sheet.path({"type": "Polygon", "coordinates": [SQUARE]})
    assert path.startswith("M8.0,")
    assert path.endswith("Z")


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"{", "GeoJSON in UTF-8"),
        (b"[]", "a GeoJSON FeatureCollection"),
        (_collection(properties={"statcode": "14"}), "statcode: found 14, expected a code of CBS"),
        (_collection(properties={"jaarcode": "x"}), "expected a year"),
        (_collection(geometry={"type": "Point", "coordinates": [6, 53]}), "no Polygon or MultiPolygon"),
        (
            _collection(geometry={"type": "Polygon", "coordinates": [[[233000, 582000]] * 5]}),
            "ask for EPSG:4326",
        ),
        (_collection(geometry={"type": "Polygon", "coordinates": [SQUARE[:3]]}), "isn't closed"),
        (_collection(geometry={"type": "Polygon", "coordinates": [["x"]]}), "pairs of numbers"),
    ],
)
def test_a_wrong_collection_is_refused(body: bytes, told: str) -> None:
    with pytest.raises(Refused, match=told):
        pdok.read(body, name="file")

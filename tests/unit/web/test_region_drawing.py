# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Maps of areas, maps of places and the ring of organisations: what stands where."""

from __future__ import annotations

import math

import pytest

from mainport.web.region.drawing import SHAPES, Area, Point, draw, draw_graph, draw_places, shape_path
from mainport.web.region.geography import name_of, places
from mainport.web.region.places import within_km

SQUARE = {"type": "Polygon", "coordinates": [[[6.0, 53.0], [6.2, 53.0], [6.2, 53.2], [6.0, 53.2], [6.0, 53.0]]]}
BESIDE = {"type": "Polygon", "coordinates": [[[6.2, 53.0], [6.4, 53.0], [6.4, 53.2], [6.2, 53.2], [6.2, 53.0]]]}


def test_without_borders_each_area_is_a_circle_and_none_covers_another() -> None:
    areas = [Area(f"A{n}", 6 + n % 3 * 0.1, 53 + n // 3 * 0.1, 100 * (n + 1)) for n in range(9)]
    found = draw(areas)
    assert found is not None
    assert not found.bordered
    assert [shape.code for shape in found.shapes] == [area.code for area in areas]
    for shape in found.shapes:
        assert shape.radius <= shape.x <= found.width - shape.radius
        assert shape.radius - 1 <= shape.y <= found.height - shape.radius + 1
    for n, one in enumerate(found.shapes):
        for other in found.shapes[n + 1 :]:
            assert math.hypot(one.x - other.x, one.y - other.y) >= one.radius + other.radius - 1


def test_the_north_is_up_and_more_people_make_a_larger_circle() -> None:
    found = draw([Area("north", 6.5, 53.4, 400), Area("south", 6.5, 52.7, 100)])
    assert found is not None
    north, south = found.shapes
    assert north.y < south.y
    assert north.radius == pytest.approx(2 * south.radius, rel=0.02)


def test_one_area_alone_stands_in_the_middle() -> None:
    found = draw([Area("A", 6.5, 53.2, 10)])
    assert found is not None
    assert found.shapes[0].x == pytest.approx(found.width / 2)


def test_borders_are_drawn_where_all_are_known_only() -> None:
    areas = [Area("A", 6.1, 53.1, 1), Area("B", 6.3, 53.1, 1)]
    found = draw(areas, {"A": SQUARE, "B": BESIDE})
    assert found is not None
    assert found.bordered
    assert all(shape.path.startswith("M") and shape.readable for shape in found.shapes)
    half = draw(areas, {"A": SQUARE})
    assert half is not None
    assert not half.bordered
    assert draw([]) is None


def test_a_place_is_drawn_with_the_circle_it_lies_within() -> None:
    found = draw_places([Point(1, 6.5, 53.2, 0, within_km=3.0), Point(2, 6.5, 53.2, 1)], [])
    assert found is not None
    exact = next(mark for mark in found.marks if mark.number == 2)
    vague = next(mark for mark in found.marks if mark.number == 1)
    assert exact.uncertain == 0
    assert vague.uncertain == pytest.approx(3 * found.kilometre, abs=0.1)
    assert math.hypot(vague.circle.x - exact.circle.x, vague.circle.y - exact.circle.y) > 22
    assert draw_places([], []) is None


def test_a_kilometre_is_as_long_as_between_two_places() -> None:
    found = draw_places([Point(1, 6.5, 53.0, 0), Point(2, 6.5, 53.5, 0)], [])
    assert found is not None
    first, second = (mark.circle for mark in found.marks)
    assert abs(first.y0 - second.y0) / found.kilometre == pytest.approx(0.5 * 111.3, rel=0.01)


def test_shapes_differ() -> None:
    assert len({shape_path(shape, 10, 10) for shape in range(SHAPES)}) == SHAPES


@pytest.mark.parametrize(
    ("text", "km"),
    [
        ("PC4 centroid, ± 1.5 km (postcode believed)", 1.5),
        ("midden van het PC4-gebied, ± 1,5 km", 1.5),
        ("campus ± 700 m", 0.7),
        ("town centre", None),
        ("", None),
    ],
)
def test_how_far_a_place_may_be_off(text: str, km: float | None) -> None:
    assert within_km(text) == km


def test_the_ring_is_the_same_for_the_same_order() -> None:
    pairs = {("a", "b"): 4, ("b", "c"): 1, ("a", "elsewhere"): 9}
    found = draw_graph(["a", "b", "c"], pairs)
    assert found == draw_graph(["a", "b", "c"], pairs)
    assert found is not None
    assert [(edge.first, edge.second) for edge in found.edges] == [("b", "c"), ("a", "b")]
    assert found.edges[1].width > found.edges[0].width
    assert draw_graph(["a"], {}) is None


def test_a_municipality_that_is_no_more_lies_where_its_successors_do() -> None:
    found = places(["GM0005", "GM0053", "GM0014", "GM9999"], 2014)
    assert set(found) == {"GM0005", "GM0053", "GM0014"}
    later = places(["GM1966", "GM1969"], 2023)
    bedum, winsum = found["GM0005"], found["GM0053"]
    assert (bedum.longitude, bedum.latitude) == (later["GM1966"].longitude, later["GM1966"].latitude)
    assert not bedum.own
    assert found["GM0014"].own
    # Most of Winsum is in Het Hogeland, the rest in Westerkwartier.
    ends = sorted((later["GM1966"].latitude, later["GM1969"].latitude))
    assert ends[0] < winsum.latitude < ends[1]
    assert name_of("GM0053") == "Winsum"
    assert name_of("elsewhere") == "elsewhere"

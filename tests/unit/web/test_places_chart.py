# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Towns on a map: north is up, and each can be read and pressed by itself."""

from __future__ import annotations

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from mainport.web.charts.places import Spot, draw

SQUARE = [(6.0, 53.0), (7.0, 53.0), (7.0, 53.5), (6.0, 53.5)]


def test_nothing_to_draw() -> None:
    assert draw([], [SQUARE]) is None


def test_north_is_up_and_east_is_right() -> None:
    drawing = draw([Spot(1, 6.2, 53.1, 1), Spot(2, 6.8, 53.4, 4)], [SQUARE])
    assert drawing
    south_west, north_east = drawing.circles
    assert south_west.x < north_east.x
    assert south_west.y > north_east.y
    assert south_west.radius < north_east.radius
    assert len(drawing.outlines) == 1


def test_borders_far_away_are_left_out() -> None:
    far = [(x - 3, y) for x, y in SQUARE]
    drawing = draw([Spot(1, 6.2, 53.1, 1)], [SQUARE, far])
    assert drawing
    assert len(drawing.outlines) == 1


def test_two_in_one_place_part() -> None:
    drawing = draw([Spot(1, 6.5, 53.2, 1), Spot(2, 6.5, 53.2, 1)], [SQUARE])
    assert drawing
    one, other = drawing.circles
    assert math.hypot(one.x - other.x, one.y - other.y) >= one.radius + other.radius


SPOTS = st.lists(st.tuples(st.floats(6.0, 7.2), st.floats(52.6, 53.5), st.integers(1, 60)), min_size=1, max_size=25)


@settings(max_examples=40, deadline=None)
@given(SPOTS)
def test_every_circle_lies_within_the_drawing(found: list[tuple[float, float, int]]) -> None:
    drawing = draw([Spot(number, *spot) for number, spot in enumerate(found)], [SQUARE])
    assert drawing
    for circle in drawing.circles:
        assert circle.x - circle.radius >= 0
        assert circle.x + circle.radius <= drawing.width
        assert circle.y - circle.radius >= 0
        assert circle.y + circle.radius <= drawing.height

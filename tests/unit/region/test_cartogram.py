# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Dorling's cartogram."""

from __future__ import annotations

from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from mainport.region.rules.areas import netherlands
from mainport.region.rules.cartogram import dorling, kilometres


def _worst_overlap(at: np.ndarray, radii: np.ndarray) -> float:
    apart = np.sqrt(((at[:, None] - at[None]) ** 2).sum(axis=2))
    np.fill_diagonal(apart, np.inf)
    return float(((radii[:, None] + radii[None] - apart) / np.minimum(radii[:, None], radii[None])).max())


def test_the_north_keeps_its_shape_and_no_circle_is_over_another() -> None:
    north = [
        one for one in netherlands().on(date(2023, 1, 1)) if (one.latitude or 0) > 52.6 and (one.longitude or 0) > 5.6
    ]
    points = kilometres([one.longitude for one in north], [one.latitude for one in north])
    at, radii = dorling(points, [one.inhabitants for one in north])
    assert _worst_overlap(at, radii) < 0.01
    assert np.sqrt(((at - points) ** 2).sum(axis=1)).mean() < 3  # Kilometres.
    areas = radii**2 / np.array([one.inhabitants for one in north])
    assert np.allclose(areas, areas[0])


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100), st.integers(0, 100_000)), max_size=12))
def test_any_points_give_finite_circles(drawn: list[tuple[float, float, int]]) -> None:
    points = np.array([one[:2] for one in drawn]).reshape(-1, 2)
    at, radii = dorling(points, [one[2] for one in drawn], rounds=50)
    assert at.shape == points.shape
    assert np.isfinite(at).all()
    assert np.isfinite(radii).all()


def test_two_at_one_point_go_apart() -> None:
    at, radii = dorling(np.array([[0.0, 0.0], [0.0, 0.0], [50.0, 50.0]]), [10, 10, 10])
    assert _worst_overlap(at, radii) < 0.01

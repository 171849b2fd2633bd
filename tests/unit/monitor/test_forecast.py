# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Forecasts: the book's formulas by hand, the back-test, and what can't be forecast."""

import math
import random

import pytest

from mainport.monitor.rules.forecast import (
    MINIMUM_POINTS,
    Method,
    TooFewPoints,
    back_test,
    forecast,
    student_quantile,
)

STRAIGHT = [(2015.0 + i, 10.0 + 2 * i) for i in range(8)]  # to 24 in 2022
#: Changes of 1, 3, 1, 3 …: a drift of 2 with residuals of -1 and 1.
UNEVEN = list(zip(map(float, range(2010, 2019)), (0.0, 1.0, 4.0, 5.0, 8.0, 9.0, 12.0, 13.0, 16.0), strict=True))


def test_a_straight_line_goes_on_with_drift() -> None:
    found = forecast(STRAIGHT, [2023, 2025])
    assert found.method is Method.DRIFT
    assert [(step.at, step.value) for step in found.steps] == [(2023, 26), (2025, 30)]
    assert found.back_test.mean_absolute_error == pytest.approx(0)
    assert found.back_test.naive_error == 2
    assert found.back_test.forecasts == 4


def test_the_band_of_the_drift_by_hand() -> None:
    # Eight changes with residuals of 1: sigma is the root of 8/7. Two years ahead of 9 points:
    # sigma * sqrt(2 * (1 + 2/8)), times t with 7 degrees of freedom at 90 % (1.415).
    found = forecast(UNEVEN, [2020], level=0.8)
    assert found.method is Method.DRIFT
    half = 1.41492 * math.sqrt(8 / 7) * math.sqrt(2 * 1.25)
    (step,) = found.steps
    assert (step.low, step.value, step.high) == pytest.approx((20 - half, 20, 20 + half), abs=1e-4)


def test_without_direction_nothing_changes_and_the_band_widens_by_the_root() -> None:
    wavering = [(2010.0 + i, 5.0 + (i % 2)) for i in range(8)]
    found = forecast(wavering, [2018, 2021])
    assert found.method is Method.NAIVE
    near, far = found.steps
    assert near.value == far.value == 6
    assert (far.high - 6) / (near.high - 6) == pytest.approx(2)  # four times as far ahead


def test_points_further_apart_count_by_their_time() -> None:
    gaps = [point for point in STRAIGHT if point[0] not in (2017, 2018)]
    assert forecast(gaps, [2023]).steps[0].value == pytest.approx(26)


def test_what_a_value_cannot_pass_bounds_the_band() -> None:
    shares = [(2010.0 + i, value) for i, value in enumerate((90, 94, 91, 97, 95, 99))]
    (step,) = forecast(shares, [2020], floor=0, ceiling=100).steps
    assert step.high == 100
    assert step.value <= 100


def test_the_band_holds_about_as_often_as_it_says() -> None:
    chance = random.Random(1)  # The same walks every time.
    coverage = []
    for _ in range(150):
        value, line = 0.0, []
        for year in range(25):
            value += chance.gauss(1, 2)
            line.append((float(year), value))
        coverage.append(back_test(line, Method.DRIFT, 0.8).coverage)
    assert sum(coverage) / len(coverage) == pytest.approx(0.8, abs=0.02)


def test_too_few_points_are_said_to_be_too_few() -> None:
    with pytest.raises(TooFewPoints, match="4 points; a forecast needs 5"):
        forecast(STRAIGHT[: MINIMUM_POINTS - 1], [2023])
    assert forecast(STRAIGHT[:MINIMUM_POINTS], [2020]).back_test.forecasts == 1


def test_what_is_no_line_is_refused() -> None:
    for points, ahead, words in (
        (STRAIGHT[::-1], [2023], "order"),
        ([*STRAIGHT, (2023.0, math.nan)], [2024], "finite"),
        (STRAIGHT, [2022], "after the last"),
    ):
        with pytest.raises(ValueError, match=words):
            forecast(points, ahead)
    with pytest.raises(ValueError, match="level"):
        forecast(STRAIGHT, [2023], level=1)


@pytest.mark.parametrize(
    ("probability", "freedom", "quantile"),
    # Standard tables of Student's t.
    [(0.9, 1, 3.078), (0.975, 2, 4.303), (0.975, 3, 3.182), (0.9, 4, 1.533), (0.975, 10, 2.228), (0.995, 30, 2.750)],
)
def test_students_t(probability: float, freedom: int, quantile: float) -> None:
    assert student_quantile(probability, freedom) == pytest.approx(quantile, abs=0.0006)
    assert student_quantile(0.5, freedom) == pytest.approx(0, abs=1e-9)
    with pytest.raises(ValueError, match="probability"):
        student_quantile(0.4, freedom)

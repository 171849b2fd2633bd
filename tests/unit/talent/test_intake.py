# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Intake from weekly registrations, and the error on the year that was left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mainport.talent.rules.intake import (
    Method,
    Season,
    TooFewYears,
    by_ratio,
    by_season,
    by_smoothing,
    forecast,
)

PATTERN = (10, 30, 70, 150, 260, 380, 480, 500)


def season(year, level, weeks=8, share=0.8):
    registered = tuple(level * count for count in PATTERN[:weeks])
    return Season(year, registered, level * PATTERN[-1] * share if weeks == 8 else None)


@given(st.floats(0.5, 3), st.integers(1, 8))
def test_years_that_differ_in_level_only_are_forecast_exactly(level, weeks):
    now = season(2024, level, weeks)
    before = [season(2021, 1), season(2022, 1.2), season(2023, 0.9)]
    assert by_ratio(before, now.registered) == pytest.approx(level * 400)
    assert by_season(before, now.registered) == pytest.approx(level * 400)


def test_the_method_that_was_least_wrong_is_taken():
    found = forecast([season(2021, 1), season(2022, 1.4), season(2023, 0.7), season(2024, 2, weeks=5)])
    assert found.method in (Method.RATIO, Method.SEASONAL)
    assert found.expected == pytest.approx(800)
    assert found.by_method[Method.SMOOTHING] < 600
    assert [left.year for left in found.left_out[Method.SMOOTHING]] == [2022, 2023]
    last = found.left_out[Method.SMOOTHING][-1]
    assert (last.forecast, last.enrolled, last.error) == (560, 280, 1)  # Of all levels the last one fits best.
    assert found.spread == 0.02
    assert forecast([season(2021, 1), season(2022, 1.4), season(2023, 2, weeks=5)], Method.SMOOTHING).spread > 0.2


def test_smoothing_by_hand():
    years = [Season(2020 + n, (1,), came) for n, came in enumerate([100, 100, 100])]
    assert by_smoothing(years, (5,)) == 100


def test_registrations_may_fall():
    """Those who registered twice withdraw in summer."""
    before = [Season(2022, (10, 100, 80), 60), Season(2023, (20, 200, 160), 120)]
    assert forecast([*before, Season(2024, (15, 150))]).expected == pytest.approx(90)


@pytest.mark.parametrize(
    ("seasons", "error", "words"),
    [
        ([season(2022, 1), season(2023, 1, 3)], TooFewYears, "1 years"),
        ([season(2023, 1), season(2022, 1), season(2024, 1, 3)], ValueError, "order"),
        ([season(2022, 1), Season(2023, (-1, 2, 3), 5), season(2024, 1, 3)], ValueError, "2023: a count below zero"),
        ([season(2022, 1), Season(2023, (1, 2, 3)), season(2024, 1, 3)], ValueError, "2023: how many came"),
        (
            [season(2022, 1), Season(2023, (1,), 5), season(2024, 1, 3)],
            ValueError,
            "2023: nobody is registered in week 3",
        ),
    ],
)
def test_seasons_that_say_too_little(seasons, error, words):
    with pytest.raises(error, match=words):
        forecast(seasons)

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The two models of a weekly line, on lines of which the end is known."""

from __future__ import annotations

import numpy as np
import pytest

from mainport.talent.rules.intake import Method, Season, by_ets, by_sarima, forecast
from mainport.talent.rules.weekly_series import ets, sarima

PATTERN = np.array([0.0, 1.0, 3.0, 2.0])


@pytest.mark.parametrize("model", [ets, sarima])
def test_a_season_that_repeats_goes_on(model):
    line = np.tile(PATTERN, 4)[:14]
    assert model(line, np.ones(14), 4, 2) == pytest.approx([3.0, 2.0], abs=1e-9)


def test_sarima_by_hand():
    """With a line that is all noise-free, what comes is last week's plus last year's change."""
    line = np.concatenate([PATTERN, PATTERN + 1])[:6]
    assert sarima(line, np.ones(6), 4, 2) == pytest.approx([4.0, 3.0], abs=1e-9)


def test_ets_follows_a_level_that_rises():
    line = np.tile(PATTERN, 6) + np.repeat(np.arange(6.0), 4)
    found = ets(line, np.ones(24), 4, 4)
    assert (found > PATTERN + 4.9).all()
    assert (found < PATTERN + 7.1).all()


@pytest.mark.parametrize("method", [by_ets, by_sarima])
def test_years_that_differ_in_level_only_come_out_nearly_exact(method):
    whole = np.array([10, 30, 70, 150, 260, 380, 480, 500]) * 10
    before = [Season(2020 + at, tuple(whole * size), 4000 * size) for at, size in enumerate((1, 1.2, 0.9))]
    assert method(before, tuple(whole[:5] * 1.1)) == pytest.approx(4400, rel=0.02)
    assert method(before[:1], tuple(whole[:5] * 1.1)) == pytest.approx(4400, rel=0.02)
    assert method(before, tuple(whole * 1.1)) == pytest.approx(4400)


def test_each_is_tried_on_every_year_left_out():
    whole = np.array([10, 30, 70, 150, 260, 380, 480, 500]) * 10
    years = [Season(2020 + at, tuple(whole * size), 4000 * size) for at, size in enumerate((1, 1.2, 0.9))]
    found = forecast([*years, Season(2023, tuple(whole[:5]))])
    assert [left.year for left in found.left_out[Method.SARIMA]] == [2021, 2022]
    assert set(found.by_method) == set(Method)

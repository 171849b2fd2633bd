# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Rooms that September lacks."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mainport.talent.rules.peak import Group, Layer, Leavers, Peak, simulate

SURE = Peak(
    groups=(Group("abroad", 1000, 0.9, {33: 0.25, 35: 0.75}), Group("Dutch", 2000, 0.4, {35: 0.5, 40: 0.5})),
    leavers=Leavers(800, {27: 0.5, 38: 0.5}),
    regular=300,
    flexible=(Layer("harbour", 200, 34, 36),),
    runs=100,
)
UNSURE = replace(
    SURE,
    groups=tuple(replace(group, enrolments_spread=0.1, away_spread=0.05) for group in SURE.groups),
    leavers=replace(SURE.leavers, spread=0.1),
    timing_spread=1.0,
    runs=10_000,
)


def test_by_hand():
    """Week 35: 900 + 400 rooms asked for; 400 given back, 300 regular, 200 flexible: 400 short. Week 37 lacks the
    flexible 200: 600. Week 38: 400 more were given back: 200; week 40: 400 more are asked for: 600."""
    found = simulate(SURE)
    weeks = {week.week: week for week in found.weeks}
    assert (weeks[33].demand, weeks[33].supply, weeks[33].p50) == (225, 700, 0)
    assert (weeks[35].demand, weeks[35].supply, weeks[35].p50) == (pytest.approx(1300), 900, pytest.approx(400))
    assert [weeks[week].p90 for week in (37, 38, 40)] == pytest.approx([600, 200, 600])
    assert (found.p50, found.p90, found.chance) == (pytest.approx(600), pytest.approx(600), 1)
    assert found.peak_week in (37, 40)
    assert found.beds in (600, 601)


def test_enough_rooms():
    found = simulate(replace(UNSURE, regular=9000))
    assert (found.peak_week, found.beds, found.p90, found.chance) == (None, 0, 0, 0)


def test_the_beds_asked_for_are_enough_with_the_certainty():
    found = simulate(UNSURE)
    assert found.p50 < found.p90 <= found.beds < found.beds_by_certainty[0.99]
    more = simulate(replace(UNSURE, regular=UNSURE.regular + found.beds))
    assert 0.05 < more.chance <= 0.1
    fewer = simulate(replace(UNSURE, regular=UNSURE.regular + found.beds - 2))
    assert fewer.chance >= 0.099


def test_the_same_question_gives_the_same_answer():
    assert simulate(UNSURE) == simulate(UNSURE)
    assert simulate(replace(UNSURE, seed=2)).p90 != simulate(UNSURE).p90


def test_shifted_arrivals_are_in_the_band():
    assert simulate(replace(SURE, timing_spread=2.0, runs=2000)).weeks[33].p90 > simulate(SURE).weeks[33].p90


@given(st.integers(0, 500), st.integers(1, 40))
@settings(max_examples=25, deadline=None)
def test_more_beds_never_make_it_worse(beds, start):
    few = replace(UNSURE, runs=300)
    more = replace(few, flexible=(*few.flexible, Layer("more", beds, start, start + 12)))
    before, after = simulate(few), simulate(more)
    assert all(now.p90 <= then.p90 for now, then in zip(after.weeks, before.weeks, strict=True))
    assert after.beds <= before.beds


def test_ten_thousand_autumns_take_less_than_a_second():
    simulate(replace(UNSURE, runs=100))
    least = []
    for _ in range(3):
        before = time.process_time()
        simulate(UNSURE)
        least.append(time.process_time() - before)
    assert min(least) < 1


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Group("x", 1, 1, {35: 0.5}), "arrivals of x add up to 0.5, not to 1"),
        (lambda: Leavers(1, {}), "leave of the leavers add up to 0, not to 1"),
        (lambda: Layer("x", 1, 40, 39), "x ends in week 39 before it starts in week 40"),
    ],
)
def test_what_makes_no_sense(make, words):
    with pytest.raises(ValueError, match=words):
        make()


def test_what_is_asked_for_and_what_there_is_lie_in_their_bands():
    group = Group("a", 1000, 1.0, {30: 1.0}, enrolments_spread=0.1)
    found = simulate(Peak((group,), Leavers(500, {20: 1.0}, spread=0.1), regular=100, runs=2000))
    week = found.weeks[35]
    assert 850 < week.demand_low < 900 < week.demand < 1100 < week.demand_high < 1160
    assert 520 < week.supply_low < week.supply == 600 < week.supply_high < 680
    assert (found.weeks[5].demand_low, found.weeks[5].demand_high, found.weeks[5].supply_low) == (0, 0, 100)

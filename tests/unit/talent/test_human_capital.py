# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""People and jobs to 2030 and beyond."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mainport.talent.rules.back_test import Past, back_test
from mainport.talent.rules.human_capital import (
    Cell,
    Kind,
    Lever,
    Plan,
    Spread,
    flows,
    project,
    with_vacancies,
)

CARE = Cell("care", "mbo", "nursing", 1000, 0.03, 0.05, 100, 0.6, inflow=10, vacancies=50)
ENERGY = Cell("energy", "wo", "engineering", 500, 0.02, 0.04, 80, 0.4, retrained=5)
PLAN = Plan(2025, 2030, (CARE, ENERGY), {"low": {"*": 0.0}, "high": {"care": 0.02, "*": 0.05}}, runs=500)


def line(lines, year, sector="*", level="*", scenario="low"):
    return next(
        one for one in lines if (one.scenario, one.year, one.sector, one.level) == (scenario, year, sector, level)
    )


def test_by_hand():
    """1000 less 8 % is 920; 60 graduates stay and 10 move in: 990 for 1050 jobs. A year on, 910.8 + 70."""
    lines = project(PLAN)
    first, second = (line(lines, year, "care", "mbo") for year in (2026, 2027))
    assert (first.supply, first.demand, first.gap) == (pytest.approx(990), 1050, pytest.approx(-60))
    assert first.ita == pytest.approx(990 / 1050)
    assert second.supply == pytest.approx(980.8)
    assert line(lines, 2027, "care", "mbo", "high").demand == pytest.approx(1050 * 1.02**2)
    assert line(lines, 2030).year == 2030
    assert line(lines, 2025).gap == -50


cells = st.builds(
    Cell,
    sector=st.sampled_from(["care", "energy"]),
    level=st.just("wo"),
    field=st.uuids().map(str),
    stock=st.floats(0, 1e5),
    retirement=st.floats(0, 0.5),
    exit=st.floats(0, 0.5),
    graduates=st.floats(0, 1e4),
    retention=st.floats(0, 1),
    inflow=st.floats(0, 1e3),
    retrained=st.floats(0, 1e3),
)
levers = st.builds(Lever, kind=st.sampled_from(Kind), amount=st.floats(-50, 50))


@given(st.lists(cells, min_size=1, max_size=4), st.lists(levers, max_size=3))
@settings(max_examples=60, deadline=None)
def test_everybody_is_accounted_for(some, moves):
    plan = Plan(2025, 2028, tuple(some), {"one": {"*": 0.01}}, tuple(moves), runs=0)
    for flow in flows(plan):
        left = flow.before - flow.retired - flow.left
        assert flow.after == pytest.approx(left + flow.graduates + flow.inflow + flow.retrained, abs=1e-6)
        assert flow.after >= -1e-9
    lines = project(plan)
    for year in range(2025, 2029):
        sectors = [one for one in lines if one.year == year and one.level == "*" and one.sector != "*"]
        assert sum(one.supply for one in sectors) == pytest.approx(line(lines, year, scenario="one").supply)


def test_levers():
    """Five points of 180 graduates a year are 9 people; 200 are retrained by stock, two thirds of them in care."""
    more = line(project(replace(PLAN, levers=(Lever(Kind.RETENTION, 5),), runs=0)), 2026)
    assert more.supply - line(project(PLAN), 2026).supply == pytest.approx(9)
    retrained = replace(PLAN, levers=(Lever(Kind.RETRAINED, 300, start=2026),), runs=0)
    assert line(project(retrained), 2026).supply == line(project(PLAN), 2026).supply
    found = [flow.retrained for flow in flows(retrained) if flow.year == 2027]
    assert found == pytest.approx([200, 105])
    one = replace(PLAN, levers=(Lever(Kind.EXIT, -10, sector="energy"),), runs=0)
    assert [flow.left for flow in flows(one) if flow.year == 2026] == pytest.approx([50, 0])
    assert Lever(Kind.INFLOW, 1, level="wo").moves(ENERGY)
    assert not Lever(Kind.INFLOW, 1, level="wo", field="nursing").moves(ENERGY)


def test_uncertainty_grows_and_is_repeated():
    lines = project(PLAN)
    widths = [(one := line(lines, year)).ita_band.p90 - one.ita_band.p10 for year in range(2025, 2031)]
    assert widths == sorted(widths)
    assert widths[0] == pytest.approx(0)
    for year in (2026, 2030):
        one = line(lines, year)
        assert one.supply_band.p10 < one.supply < one.supply_band.p90
        assert one.gap_band.p10 < one.gap < one.gap_band.p90
    assert lines == project(PLAN)
    sure = project(replace(PLAN, spread=Spread(0, 0, 0, 0, 0, 0), runs=3))
    assert line(sure, 2030).supply_band.p90 == pytest.approx(line(sure, 2030).supply)


def test_back_test_by_hand():
    """From 2020: 920 + 70 = 990 where 1100 were: a tenth too few. Nothing changes: 1000, an eleventh too few."""
    history = [Past(2020, CARE), Past(2021, replace(CARE, stock=1100)), Past(2022, replace(CARE, stock=980.8))]
    one, two = back_test(history)
    assert (one.ahead, one.projections) == (1, 2)
    on = 1100 * 0.92 + 70
    assert one.error == pytest.approx((0.1 + on / 980.8 - 1) / 2)
    assert one.bias == pytest.approx((-0.1 + on / 980.8 - 1) / 2)
    assert one.naive_error == pytest.approx((1 - 1000 / 1100 + 1100 / 980.8 - 1) / 2)
    assert (two.ahead, two.error) == (2, pytest.approx(0))
    with pytest.raises(ValueError, match="care, mbo, nursing is there twice in 2020"):
        back_test([Past(2020, CARE), Past(2020, CARE)])
    assert back_test([]) == []


def test_vacancies_of_a_sector():
    found = with_vacancies([CARE, replace(CARE, field="other", stock=3000), ENERGY], {"care": 400})
    assert [cell.vacancies for cell in found] == [100, 300, 0]
    with pytest.raises(ValueError, match="vacancies of space"):
        with_vacancies([CARE], {"space": 1})


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"end": 2025}, "end 2025 isn't after start 2025"),
        ({"cells": (CARE, CARE)}, "twice"),
        ({"growth": {"low": {"care": 0.1}}}, "growth of low has nothing for energy"),
        ({"levers": (Lever(Kind.EXIT, 1, sector="space"),)}, "a lever of exit moves no cell"),
    ],
)
def test_what_makes_no_sense(change, words):
    with pytest.raises(ValueError, match=words):
        replace(PLAN, **change)
    with pytest.raises(ValueError, match="more than everybody"):
        replace(CARE, exit=0.99)

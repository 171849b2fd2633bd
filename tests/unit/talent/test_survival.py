# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Staying, leaving and coming back, held to the literature and to counting by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mainport.talent.rules.survival import STATES, Spells, aalen_johansen, kaplan_meier, spells_by_year
from mainport.talent.rules.transitions import yearly

#: Weeks in remission under 6-MP (Freireich et al. 1963, the example of Gehan 1965 and of most textbooks since).
WEEKS = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
RELAPSED = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]


def spells(rows):
    person, start, stop, state, to = zip(*rows, strict=True)
    return Spells(
        np.array(person), np.array(start, float), np.array(stop, float), np.array(state), np.array(to, dtype=np.int64)
    )


def test_kaplan_meier_of_the_literature():
    """Kleinbaum & Klein, Survival Analysis, table 2.2; errors and log-log bands as published with these data."""
    found = kaplan_meier(WEEKS, RELAPSED)
    assert found.time.tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert found.at_risk.tolist() == [21, 17, 15, 12, 11, 7, 6]
    assert found.left.tolist() == [3, 1, 1, 1, 1, 1, 1]
    assert found.share == pytest.approx([0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482], abs=5e-5)
    assert found.error == pytest.approx([0.0764, 0.0869, 0.0963, 0.1068, 0.1141, 0.1282, 0.1346], abs=6e-5)
    assert found.low == pytest.approx([0.6197, 0.5631, 0.5032, 0.4316, 0.3675, 0.2678, 0.1881], abs=6e-5)
    assert found.high == pytest.approx([0.9516, 0.9228, 0.8894, 0.8491, 0.8049, 0.7468, 0.6801], abs=6e-5)
    assert (found.median, found.at(5), found.at(8)) == (23, 1, pytest.approx(0.8067, abs=5e-5))


def test_all_leave():
    found = kaplan_meier([1, 2], [True, True])
    assert found.share.tolist() == [0.5, 0]
    assert (found.low[-1], found.high[-1], found.error[-1]) == (0, 0, 0)
    assert kaplan_meier([], []).median is None


def test_followed_later():
    """By hand: at 2 only the first two are followed, at 4 the second and third: 1/2 times 1/2."""
    assert kaplan_meier([2, 4, 5], [1, 1, 0], entry=[0, 0, 3]).share == pytest.approx([0.5, 0.25])


@pytest.mark.parametrize(("arguments", "words"), [(([0], [1]), "row 1"), (([1, 2], [1]), "2 durations")])
def test_wrong_durations(arguments, words):
    with pytest.raises(ValueError, match=words):
        kaplan_meier(*arguments)


def test_with_two_states_aalen_johansen_is_kaplan_meier():
    rows = [
        (n, 0, week, 0, 1 if relapsed else -1) for n, (week, relapsed) in enumerate(zip(WEEKS, RELAPSED, strict=True))
    ]
    found = aalen_johansen(spells(rows), ("here", "away"), runs=50)
    assert found.chance[1:, 0] == pytest.approx(kaplan_meier(WEEKS, RELAPSED).share)
    assert (found.low <= found.chance + 1e-12).all()
    assert (found.high >= found.chance - 1e-12).all()
    again = aalen_johansen(spells(rows), ("here", "away"), runs=50)
    assert (found.low == again.low).all()


def test_leaving_and_returning_by_hand():
    """Four people. At 1 one of four leaves; at 2 one of three leaves (one is lost after it); at 3 one of the two who
    are away returns. P(here): 3/4, then 3/4 · 2/3 = 1/2; away: 1/4, 1/2, then 1/2 · 1/2; returned 1/4."""
    rows = [(0, 0, 1, 0, 1), (0, 1, 3, 1, 2), (0, 3, 4, 2, -1), (1, 0, 2, 0, 1), (1, 2, 4, 1, -1)]
    rows += [(2, 0, 2, 0, -1), (3, 0, 4, 0, -1)]
    found = aalen_johansen(spells(rows), runs=0)
    assert found.time.tolist() == [0, 1, 2, 3]
    assert found.chance.tolist() == [[1, 0, 0], [0.75, 0.25, 0], [0.5, 0.5, 0], [0.5, 0.25, 0.25]]
    assert found.at(2.5) == {"here": 0.5, "away": 0.5, "returned": 0}


lives = st.lists(st.lists(st.booleans(), min_size=5, max_size=5), min_size=1, max_size=12)


@given(lives)
@settings(max_examples=60, deadline=None)
def test_where_everybody_is_followed_it_is_counting(rows):
    """Andersen et al. 1993, IV.4.1.4: without censoring the estimate is the share that is seen in each state."""
    people = [{2000: True} | dict(enumerate(row, 2001)) for row in rows]
    found = aalen_johansen(spells_by_year(people), runs=0)
    for after in range(6):
        states = []
        for years in people:
            seen = [years[2000 + n] for n in range(after + 1)]
            states.append("away" if not seen[-1] else "here" if all(seen) else "returned")
        assert found.at(after) == pytest.approx({state: states.count(state) / len(states) for state in STATES})


def test_spells_of_years():
    found = spells_by_year([{2000: False, 2001: True, 2002: False, 2003: True, 2005: True}, {2000: False}, {}])
    assert found.person.tolist() == [0, 0]
    assert (found.start.tolist(), found.stop.tolist()) == ([0, 1], [1, 2])
    assert (found.state.tolist(), found.to.tolist()) == ([0, 1], [1, 2])


def test_wrong_spells():
    with pytest.raises(ValueError, match="row 1: from 2 to 1 in state 0, then to 1"):
        aalen_johansen(spells([(0, 2, 1, 0, 1)]))


def test_transitions_by_level():
    person = ["a", "a", "a", "b", "b", "c", "c", "d", "d"]
    year = [2020, 2021, 2022, 2020, 2021, 2020, 2022, 2021, 2020]
    state = ["North", "North", "West", "North", "West", "North", "West", "North", "West"]
    level = ["wo", "wo", "wo", "wo", "wo", "wo", "wo", "hbo", "hbo"]
    hbo, wo, later = yearly(person, year, state, level, runs=200)
    assert (hbo.group, hbo.year, hbo.counts.tolist()) == ("hbo", 2020, [[0, 0], [1, 0]])
    assert np.isnan(hbo.chance[0]).all()
    assert np.isnan(hbo.low[0]).all()
    assert (wo.group, wo.chance[0].tolist()) == ("wo", [0.5, 0.5])
    assert (wo.low[0].tolist(), wo.high[0].tolist()) == ([0, 0], [1, 1])
    assert (later.year, later.counts.tolist()) == (2021, [[0, 1], [0, 0]])
    together = yearly(person, year, state, level, by_year=False, runs=0)
    assert [(one.group, one.year, one.counts.sum()) for one in together] == [("hbo", None, 1), ("wo", None, 3)]
    assert (yearly(person, year, state, level)[1].low[0] == wo.low[0]).all()


def test_nobody_is_in_two_places():
    with pytest.raises(ValueError, match="row 2: person a is there twice in 2020"):
        yearly(["a", "a"], [2020, 2020], ["x", "y"])


@given(st.lists(st.sampled_from("xyz"), min_size=2, max_size=60))
@settings(max_examples=30, deadline=None)
def test_chances_add_up_and_lie_in_their_band(states):
    (found,) = yearly(["p"] * len(states), list(range(len(states))), states, by_year=False, runs=30)
    there = ~np.isnan(found.chance).any(axis=1)
    assert found.counts.sum() == len(states) - 1
    assert found.chance[there].sum(axis=1) == pytest.approx(np.ones(there.sum()))


def test_the_band_of_a_rare_state_holds_the_truth():
    """Of few people draws hardly differ: a band by drawing alone held the truth in one of three."""
    chances = np.array([[0.85, 0.15, 0], [0, 0.8, 0.2], [0, 0.1, 0.9]])
    generator = np.random.default_rng(3)
    held = 0
    for run in range(60):
        person, year, state = [], [], []
        for one in range(120):
            now = 0
            for step in range(4):
                person.append(str(one))
                year.append(2000 + step)
                state.append("abc"[now])
                now = int(generator.choice(3, p=chances[now]))
        (found,) = yearly(person, year, state, by_year=False, runs=100, seed=run)
        held += bool(np.isnan(found.chance[2, 2]) or found.low[2, 2] <= 0.9 <= found.high[2, 2])
    assert held >= 54

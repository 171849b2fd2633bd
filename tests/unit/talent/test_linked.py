# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""All that is told of a table of graduates, attacked at once: no small count can be reckoned from paths, rates, moves
and who came together, by linear programming over every table of people that fits."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from mainport.talent.rules.paths import PATHS, path_of, paths
from mainport.talent.rules.published import Cautious, cautious

COUNTS = [0, 0, 0, 1, 2, 4, 9, 10, 15, 60, 200]
World = dict[tuple[str, str, str], int]


def worlds(places: str, unknown: tuple[str, str, str]) -> st.SearchStrategy[World]:
    """How many people are in each cell; `unknown` is "" where that place may not be known."""
    cells = list(product(*([*places, gap] if gap == "" else [*places] for gap in unknown)))
    return st.lists(st.sampled_from(COUNTS), min_size=len(cells), max_size=len(cells)).map(
        lambda counts: dict(zip(cells, counts, strict=True))
    )


def told(world: World) -> Cautious:
    rows = [(*cell, people) for cell, people in world.items() if people]
    home, study, later, people = zip(*rows, strict=True) if rows else ((), (), (), ())
    return cautious(paths(home, study, later, people))


def figures(world: World, found: Cautious) -> list[tuple[str, list[bool], float | None]]:
    """Every figure that is told or kept back: its name, which cells it counts, and its value."""
    cells = list(world)
    rows: list[tuple[str, list[bool], float | None]] = []

    def add(name, counts, value):
        rows.append((name, [counts(*cell) for cell in cells], value))

    for place in found.counts:
        here = place.place
        add(f"{here} all", lambda home16, study, home28, here=here: home16 == here, place.graduates)
        add(
            f"{here} unknown",
            lambda home16, study, home28, here=here: home16 == here and path_of(home16, study, home28) is None,
            place.unknown,
        )
        for path, count in zip(PATHS, place.counts, strict=True):
            add(
                f"{here} {path}",
                lambda home16, study, home28, here=here, path=path: (
                    home16 == here and path_of(home16, study, home28) == path
                ),
                count,
            )
    for row in found.retention:
        here = row.place
        add(f"{here} kept", lambda home16, study, home28, here=here: home16 == home28 == here, row.retained)
        add(f"{here} came", lambda home16, study, home28, here=here: home28 == here and home16 != here, row.inward)
    moved = {(one.home, one.later): one.people for one in found.moved}
    for home in found.left:
        for later in {cell[2] for cell in cells} - {home, ""}:
            add(
                f"{home} to {later}",
                lambda home16, study, home28, home=home, later=later: (
                    home16 == home and home28 == later and study != ""
                ),
                moved.get((home, later), 0),
            )
    return rows


def exposed(world: World, found: Cautious) -> list[str]:
    """The figures that are small, or are kept back and small and can have one value only. Whoever attacks knows which
    places are never unknown, and that nothing that is kept back is zero."""
    rows = figures(world, found)
    people = np.array(list(world.values()))
    small = [name for name, counts, value in rows if value is not None and 0 < value < 10]
    for name, counts, value in rows:
        assert value is None or value == people[counts].sum(), name
    hidden = [(name, np.array(counts, float)) for name, counts, value in rows if value is None and any(counts)]
    hidden = [(name, counts) for name, counts in hidden if people @ counts > 0]
    known = [(np.array(counts, float), value) for _name, counts, value in rows if value is not None]
    if not hidden:
        return small
    for name, goal in hidden:
        if people @ goal >= 10:
            continue  # It was kept back to protect another; where it follows from what is shown, that is still so.
        ends = []
        for sign in (1, -1):
            answer = linprog(
                sign * goal,
                A_eq=[counts for counts, _value in known] or None,
                b_eq=[value for _counts, value in known] or None,
                A_ub=[-counts for _name, counts in hidden],
                b_ub=[-1.0] * len(hidden),
                bounds=(0, 10_000),
            )
            assert answer.status == 0, answer.message
            ends.append(sign * answer.fun)
        if ends[1] - ends[0] < 0.5:
            small.append(f"{name} = {ends[0]:g}")
    return small


@given(worlds("ABC", ("x", "x", "x")))
@settings(max_examples=60, deadline=None)
def test_nothing_is_exposed_where_every_place_is_known(world):
    assert exposed(world, told(world)) == []


@given(worlds("ABC", ("x", "x", "")))
@settings(max_examples=60, deadline=None)
def test_nothing_is_exposed_where_some_homes_at_28_are_unknown(world):
    assert exposed(world, told(world)) == []


@given(worlds("AB", ("", "", "")))
@settings(max_examples=60, deadline=None)
def test_nothing_is_exposed_where_any_place_may_be_unknown(world):
    assert exposed(world, told(world)) == []


def test_a_small_count_of_unknown_leaves_the_rest_to_be_told():
    """Whoever lives where they grew up is told of, and so is who came, though five homes at 28 aren't known."""
    world = dict.fromkeys(product("ABC", "ABC", ["A", "B", "C", ""]), 20) | {
        ("A", "B", ""): 5,
        ("A", "A", ""): 0,
        ("A", "C", ""): 0,
    }
    found = told(world)
    first = found.counts[0]
    assert first.unknown is None
    assert [count is None for count in first.counts].count(True) == 1
    assert [row.retained for row in found.retention] == [60, 60, 60]
    assert [row.inward for row in found.retention] == [120, 120, 120]
    assert set(found.left) == {"C"}  # What hides five in A hides as much in B.


def test_a_place_where_it_is_not_known_where_somebody_studied_keeps_them():
    world = dict.fromkeys(product("AB", "AB", "AB"), 30) | {("A", "", "A"): 40}
    row = told(world).retention[0]
    assert (row.graduates, row.retained) == (160, 100)


def test_moves_between_places():
    world = dict.fromkeys(product("ABC", "ABC", "ABC"), 20) | {
        ("A", "A", "B"): 0,
        ("A", "B", "B"): 0,
        ("A", "C", "B"): 4,
    }
    found = told(world)
    moved = {(one.home, one.later): one.people for one in found.moved}
    assert moved["A", "B"] is None
    assert list(moved.values()).count(None) == 6  # Without a way from a place to itself there's no smaller cycle.
    assert found.left == {"A": 64, "B": 120, "C": 120}

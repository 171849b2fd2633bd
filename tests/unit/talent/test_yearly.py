# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Tables of persons by year, and of who is graduating: what they hold, or every fault."""

from __future__ import annotations

from importlib import resources

import pytest

from mainport.talent.feeds.graduates import read_graduates
from mainport.talent.feeds.yearly import read_yearly
from mainport.talent.rules.faults import Refused
from mainport.talent.rules.staying import OTHERS, merged, stays

YEARLY = b"person,year,here,level\na,2020,yes,hbo\na,2021,no,hbo\nb,2020,ja,wo\nb,2021,1,hbo\n"


def test_people_with_the_group_of_their_first_year():
    read = read_yearly(YEARLY, "y.csv")
    assert read.people() == [{2020: True, 2021: False}, {2020: True, 2021: True}]
    assert read.group_of_people("level") == ["hbo", "wo"]
    assert read.states == ["here", "away", "here", "here"]
    assert list(read.cuts) == ["level"]


def test_every_fault_of_a_yearly_table_with_its_row():
    with pytest.raises(Refused) as refused:
        read_yearly(b"person,year,here\na,2020,maybe\na,2020,yes\n,1700,no\n", "y.csv")
    assert [(fault.row, fault.field) for fault in refused.value.faults] == [
        (2, "here"),
        (3, "year"),
        (4, "person"),
        (4, "year"),
    ]
    with pytest.raises(Refused, match="a column here"):
        read_yearly(b"person,year\na,2020\n", "y.csv")


def test_every_fault_of_a_table_of_graduates_with_its_row():
    head = b"institution,programme,level,field,sector,month,number\n"
    good = read_graduates(head + b"RUG,AI,wo,software,,2027-07,12\n", "g.csv")
    assert (good[0].sector, good[0].number) == ("", 12)
    with pytest.raises(Refused) as refused:
        read_graduates(head + b"RUG,AI,wo,software,,juli,12\nRUG,AI,wo,software,,2027-13,-1\n", "g.csv")
    assert [(fault.row, fault.field) for fault in refused.value.faults] == [(2, "month"), (3, "month"), (3, "number")]


def test_groups_that_are_too_small_are_taken_together_and_with_the_next():
    assert merged(["a"] * 20 + ["b"] * 12 + ["c"] * 3) == ["a"] * 20 + [OTHERS] * 15
    assert merged(["a"] * 20 + ["b"] * 12) == ["a"] * 20 + ["b"] * 12


def people(leave_in, size, group):
    rows = []
    for number in range(size):
        for year in range(2020, 2025):
            here = "no" if year - 2020 >= leave_in and number < size // 2 else "yes"
            rows.append(f"{group}{number},{year},{here},{group}")
    return rows


def test_a_curve_is_told_only_where_enough_people_left_of_every_group():
    head = "person,year,here,level"
    read = read_yearly("\n".join([head, *people(1, 40, "hbo"), *people(2, 40, "wo")]).encode(), "y.csv")
    found = stays(read)
    hbo, wo = found.curves["level"]
    assert hbo.time == wo.time == (0, 1, 2)
    assert (hbo.share, wo.share) == ((1, 0.5, 0.5), (1, 1, 0.5))
    small = read_yearly("\n".join([head, *people(1, 40, "hbo"), *people(2, 12, "wo")]).encode(), "y.csv")
    # Six left of the second group: after that nothing is told of either, nor of all together.
    assert {curve.time[-1] for curves in stays(small).curves.values() for curve in curves} == {1}


def test_moves_are_protected_over_all_cuts():
    head = "person,year,here,level"
    read = read_yearly("\n".join([head, *people(1, 40, "hbo"), *people(2, 12, "wo")]).encode(), "y.csv")
    moves = stays(read).moves
    left = {move.group: move.people for move in moves["level"] if (move.before, move.after) == ("here", "away")}
    assert left == {"hbo": None, "wo": None}
    by_year = {move.group: move.people for move in moves["year"] if (move.before, move.after) == ("here", "away")}
    assert 6 not in by_year.values()
    assert all(move.chance is None for move in moves["level"] if move.before == "here")


def test_curves_are_told_no_finer_than_a_tenth_of_a_percent():
    read = read_yearly((resources.files("mainport.talent") / "data" / "yearly-demo.csv").read_bytes(), "y.csv")
    found = stays(read)
    for curve in [*(one for several in found.curves.values() for one in several), *found.occupancy]:
        for value in [*curve.share, *curve.low, *curve.high]:
            assert value == round(value, 3)

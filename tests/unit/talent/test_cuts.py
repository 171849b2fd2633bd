# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Several tables of the same people: nothing small comes out of all of them together."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mainport.talent.rules.cuts import joint_steps, protect_cuts

THRESHOLD = 3


def fills(row, total):
    """Every way to fill what a row hides: nothing hidden is zero, and the row adds up."""
    hidden = [at for at, count in enumerate(row) if count is None]
    left = total - sum(count for count in row if count is not None)
    for values in product(range(1, left + 1), repeat=len(hidden)):
        if sum(values) == left:
            filled = list(row)
            for at, value in zip(hidden, values, strict=True):
                filled[at] = value
            yield filled


@st.composite
def same_people(draw):
    people = draw(st.lists(st.tuples(st.integers(0, 1), st.integers(0, 2), st.integers(0, 1)), min_size=1, max_size=16))
    tables = {}
    for name, side, size in (("level", 1, 3), ("sector", 2, 2)):
        counts = np.zeros((2, size), dtype=int)
        for person in people:
            counts[person[0], person[side]] += 1
        tables[name] = counts
    return tables


@settings(max_examples=60, deadline=None)
@given(same_people())
def test_no_hidden_cell_has_only_one_value_that_fits_all_tables(tables):
    found = protect_cuts(tables, THRESHOLD)
    for place, row in enumerate(found.rows):
        total = found.totals[place]
        assert total == 0 or total >= THRESHOLD
        for name, cells in found.tables.items():
            counts = tables[name][row]
            for at, shown in enumerate(cells[place]):
                assert shown is not None or counts[at] > 0
                assert shown is None or shown == counts[at]
                assert shown is None or shown == 0 or shown >= THRESHOLD
            if None in cells[place]:
                # The tables share only totals that everybody sees, so each row can be looked at by itself.
                ways = list(fills(cells[place], total))
                for at, shown in enumerate(cells[place]):
                    assert shown is not None or len({way[at] for way in ways}) > 1


def test_a_total_that_one_table_would_hide_is_in_none():
    """Alone the first table hides its smallest row with its total; the second would have told it."""
    level = [[2, 0], [30, 40]]
    sector = [[1, 1], [35, 35]]
    found = protect_cuts({"level": level, "sector": sector})
    assert found.rows == (1,)
    assert found.tables == {"level": ((30, 40),), "sector": ((35, 35),)}


def test_a_single_hidden_cell_takes_another_with_it():
    found = protect_cuts({"level": [[4, 20, 30]], "sector": [[24, 30, 0]]})
    assert found.tables["level"] == ((None, None, 30),)
    assert found.tables["sector"] == ((24, 30, 0),)


def test_other_people_are_refused():
    with pytest.raises(ValueError, match="same totals"):
        protect_cuts({"level": [[10, 20]], "sector": [[10, 21]]})


def test_steps_are_taken_together_until_nothing_is_small():
    assert joint_steps([[12, 0], [3, 12], [8, 0], [4, 4]]) == [0, 2]
    assert joint_steps([[5], [4]]) == []
    assert joint_steps([[0], [0]]) == []

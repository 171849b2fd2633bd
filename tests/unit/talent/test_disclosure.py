# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What is hidden stays hidden: proved by linear programming and by trying every table that fits."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from mainport.talent.rules.disclosure import CantProtect, Protected, _bridges, _parts, protect, protect_list

tables = st.integers(1, 4).flatmap(
    lambda rows: st.integers(1, 4).flatmap(
        lambda columns: st.lists(
            st.lists(st.sampled_from([0, 0, 1, 2, 5, 9, 10, 12, 40, 300]), min_size=columns, max_size=columns),
            min_size=rows,
            max_size=rows,
        )
    )
)


def bounds(table: Protected, cell: tuple[int, int]) -> tuple[float, float]:
    """Between what the hidden cell lies, for whoever knows all that is shown and that nothing hidden is zero."""
    rows, columns = table.counts.shape
    places = [tuple(at) for at in np.argwhere(table.hidden)]
    known, sums = [], []
    for line in [[(r, c) for c in range(columns)] for r in range(rows)] + [
        [(r, c) for r in range(rows)] for c in range(columns)
    ]:
        signs = dict.fromkeys(line[:-1], 1) | {line[-1]: -1}
        known.append([signs.get(at, 0) for at in places])
        sums.append(-sum(sign * table.counts[at] for at, sign in signs.items() if not table.hidden[at]))
    goal = np.array([1.0 if at == cell else 0.0 for at in places])
    found = []
    for sign in (1, -1):
        # Above all, the cell may be as large as one likes where the totals are hidden: 10,000 stands for that.
        answer = linprog(sign * goal, A_eq=known, b_eq=sums, bounds=(1, 10_000))
        assert answer.status == 0
        found.append(sign * answer.fun)
    return found[0], found[1]


@given(tables)
@settings(max_examples=60, deadline=None)
def test_no_hidden_cell_can_be_reckoned_from_what_is_shown(inner):
    table = protect(inner)
    assert (table.hidden >= table.small).all()
    assert not table.hidden[table.counts == 0].any()
    for at in np.argwhere(table.hidden):
        low, high = bounds(table, tuple(at))
        assert high - low > 0.5, (table.shown(), tuple(at))


@given(tables)
@settings(max_examples=100, deadline=None)
def test_no_line_gives_away_a_sum_under_the_threshold(inner):
    table = protect(inner)
    for counts, hidden in [
        *zip(table.counts, table.hidden, strict=True),
        *zip(table.counts.T, table.hidden.T, strict=True),
    ]:
        together = counts[:-1][hidden[:-1]].sum()
        assert hidden[-1] or together == 0 or together >= 10


def test_every_table_that_fits_is_tried():
    table = protect([[3, 20, 30], [20, 20, 30]])
    shown = table.shown()
    assert shown[0][0] is None
    assert table.hidden.sum() == 4  # A rectangle: the least that protects an inner cell.
    most = 31
    tried = np.repeat(table.counts[np.newaxis], (most - 1) ** 4, axis=0)
    tried[:, table.hidden] = np.stack(np.meshgrid(*[np.arange(1, most, dtype=np.int64)] * 4), axis=-1).reshape(-1, 4)
    inner = tried[:, :-1, :-1]
    fits = (inner.sum(2) == tried[:, :-1, -1]).all(1) & (inner.sum(1) == tried[:, -1, :-1]).all(1)
    for column in tried[fits][:, table.hidden].T:
        assert len(set(column.tolist())) > 10


def test_large_counts_are_left_alone():
    table = protect([[10, 0], [12, 300]])
    assert not table.hidden.any()
    assert table.shown() == [[10, 0, 10], [12, 300, 312], [22, 300, 322]]


def test_two_ones_in_a_column_would_tell_on_each_other():
    """Their sum is 2 and neither is zero: a rectangle of hidden cells isn't enough there."""
    table = protect([[1, 9, 50], [1, 9, 50], [40, 40, 40]])
    assert table.hidden[:, 0].sum() > 2


def test_a_list_hides_its_next_smallest():
    assert protect_list([4, 30, 25, 0]) == ([None, 30, None, 0], 59)
    assert protect_list([4]) == ([None], None)
    assert protect_list([0, 0]) == ([0, 0], 0)


@pytest.mark.parametrize("inner", [[[-1, 2]], [[1.5]], [1, 2]])
def test_only_tables_of_counts(inner):
    with pytest.raises(ValueError, match="whole counts"):
        protect(inner)


arcs = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda arc: arc[0] != arc[1]), unique=True)


@given(arcs)
def test_strong_parts_are_those_that_reach_each_other(given_arcs):
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    start, end = np.array([*zip(*given_arcs, strict=True)] or [[], []], dtype=np.int64)
    found = _parts(start, end, 8)
    _count, other = connected_components(
        coo_array((np.ones(len(start)), (start, end)), shape=(8, 8)), connection="strong"
    )
    assert [[a == b for b in found] for a in found] == [[a == b for b in other] for a in other]


@given(arcs)
def test_a_bridge_is_what_parts_its_ends(given_arcs):
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    edges = sorted({(min(arc), max(arc)) for arc in given_arcs})
    start, end = np.array([*zip(*edges, strict=True)] or [[], []], dtype=np.int64)
    for number, bridge in enumerate(_bridges(start, end, 8)):
        rest = np.arange(len(start)) != number
        net = coo_array((np.ones(rest.sum()), (start[rest], end[rest])), shape=(8, 8))
        _count, part = connected_components(net, directed=False)
        assert bridge == (part[start[number]] != part[end[number]])


def test_totals_that_are_known_stay_and_may_give_away():
    table = protect([[5, 40, 60], [30, 30, 40]], row_totals_known=True)
    assert not table.hidden[:, -1].any()
    assert table.hidden.sum() == 4
    for known in ([[5, 0]], [[3, 4]], [[5, 3, 0], [0, 40, 60]]):
        with pytest.raises(CantProtect):
            protect(known, row_totals_known=True)


def test_a_country_is_protected_in_a_second():
    """343 municipalities by as many, nearly all of it small: by single searches it took minutes."""
    generator = np.random.default_rng(1)
    table = generator.poisson(generator.gamma(0.3, 20, (343, 343)))
    before = time.process_time()
    hidden = protect(table).hidden
    assert time.process_time() - before < 10
    assert hidden[:-1, :-1][(table > 0) & (table < 10)].all()

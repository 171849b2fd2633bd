# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Small counts kept back, together with what would give them away.

A table of counts with its totals is a network: rows and columns (the totals are one more of each) are joined by
cells, and in every row and column what is hidden must add up. So a hidden cell can be other than it is exactly if
it lies on a cycle of hidden cells round which one person more can be sent, with one less where signs turn; the
cheapest such cycle is a shortest path (Cox 1995, "Network models for complementary cell suppression").
A zero is shown: it tells of nobody. Hence everybody knows that what is hidden is at least one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

THRESHOLD = 10

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Cell = tuple[int, int]


class CantProtect(ValueError):
    """What must be shown gives away what must be hidden."""


@dataclass(frozen=True)
class Protected:
    """A table with its totals as last row and last column; `hidden` may not be shown, `small` is why."""

    counts: Ints
    small: Bools
    hidden: Bools

    def shown(self) -> list[list[int | None]]:
        """The table as it may be published, totals included; None is kept back."""
        return [
            [None if hide else int(count) for count, hide in zip(counts, hides, strict=True)]
            for counts, hides in zip(self.counts, self.hidden, strict=True)
        ]


def protect(inner: npt.ArrayLike, threshold: int = THRESHOLD, *, row_totals_known: bool = False) -> Protected:
    """Hide counts under the threshold, and as little else as keeps each of them from being reckoned back.

    Afterwards no hidden cell has only one value that fits what is shown, and no row or column gives away the
    sum of what it hides if that is under the threshold. Raises ValueError for counts below zero or in parts.

    With `row_totals_known` the totals of the rows and of all are known already: nothing is hidden there. Raises
    CantProtect where that gives something away.
    """
    given = np.asarray(inner)
    if given.ndim != 2 or not np.all(given == given.astype(np.int64)) or (given < 0).any():
        raise ValueError("a table of whole counts from zero, in rows and columns")
    counts = given.astype(np.int64)
    counts = np.vstack([counts, counts.sum(axis=0)])
    counts = np.hstack([counts, counts.sum(axis=1, keepdims=True)])
    known = np.zeros(counts.shape, dtype=bool)
    known[:, -1] = row_totals_known
    small = (counts > 0) & (counts < threshold)
    if (small & known).any():
        raise CantProtect("a total that is known is small")
    hidden = small.copy()
    while more := _too_small_together(counts, hidden, known, threshold) or _given_away(counts, hidden, known):
        for cell in more:
            hidden[cell] = True
    return Protected(counts, small, hidden)


def protect_list(values: npt.ArrayLike, threshold: int = THRESHOLD) -> tuple[list[int | None], int | None]:
    """The same for one list and its total."""
    row = protect(np.asarray(values)[np.newaxis, :], threshold).shown()[0]
    return row[:-1], row[-1]


def _too_small_together(counts: Ints, hidden: Bools, known: Bools, threshold: int) -> list[Cell]:
    """What to hide besides in the first row or column that shows its total and hides fewer than the threshold."""
    if cells := _in_rows(counts, hidden, known, threshold):
        return cells
    return [(row, column) for column, row in _in_rows(counts.T, hidden.T, known.T, threshold)]


def _in_rows(counts: Ints, hidden: Bools, known: Bools, threshold: int) -> list[Cell]:
    together = (counts * hidden)[:, :-1].sum(axis=1)
    few = np.flatnonzero((together > 0) & (together < threshold) & ~hidden[:, -1])
    if not few.size:
        return []
    row, last = int(few[0]), counts.shape[1] - 1
    free = ~hidden[row] & ~known[row] & (counts[row] > 0)
    others = [(row, int(column)) for column in np.flatnonzero(free[:-1])]
    enough = [cell for cell in others if counts[cell] + together[row] >= threshold]
    if enough:
        return [min(enough, key=lambda cell: counts[cell])]
    if known[row, last]:
        raise CantProtect("what a known total leaves is small")
    return [*others, (row, last)]


def _given_away(counts: Ints, hidden: Bools, known: Bools) -> list[Cell]:
    """What to hide besides for the hidden cells that have only one value that fits.

    Every cell of a cycle can move along with it, and hiding more takes nothing away: those are safe for good.
    """
    safe = _movable(counts, hidden)
    more: list[Cell] = []
    now = hidden.copy()
    for at in np.argwhere(hidden & ~safe):
        cell = (int(at[0]), int(at[1]))
        if safe[cell]:
            continue
        way = _cycle(counts, now, known, cell, up=True)
        if way is None or way[0]:
            ways = [one for one in (way, _cycle(counts, now, known, cell, up=False)) if one is not None]
            if not ways:
                raise CantProtect("nothing else can be hidden")
            way = min(ways)
        safe[cell] = True
        for step in way[1]:
            safe[step] = True
            if not now[step]:
                now[step] = True
                more.append(step)
    return more


def _movable(counts: Ints, hidden: Bools) -> Bools:
    """Which hidden cells lie on a cycle of hidden cells, all at once.

    A cell of one can only go up: it's an arc; any other is a way both ways. An arc lies on a cycle if both its ends
    are in one strongly connected part; a way both ways does if it's within such a part no bridge. (Were there no way
    round it in either direction, all arcs between its two sides would go one way, and the part were not strong.)
    """
    rows, columns = np.nonzero(hidden)
    height = counts.shape[0]
    size = height + counts.shape[1]
    turned = (rows == height - 1) != (columns == counts.shape[1] - 1)
    both = counts[rows, columns] > 1
    forth, back = both | ~turned, both | turned
    start = np.concatenate([rows[forth], height + columns[back]])
    end = np.concatenate([height + columns[forth], rows[back]])
    part = _parts(start, end, size)
    within = part[rows] == part[height + columns]
    found = np.zeros(counts.shape, dtype=bool)
    inside = np.flatnonzero(within)
    bridge = _bridges(rows[inside], height + columns[inside], size)
    found[rows[inside], columns[inside]] = ~bridge
    return found


def _parts(start: Ints, end: Ints, size: int) -> Ints:
    """The number of the strongly connected part of each node (Kosaraju; Sharir 1981)."""
    ahead: list[list[int]] = [[] for _ in range(size)]
    behind: list[list[int]] = [[] for _ in range(size)]
    for one, other in zip(start.tolist(), end.tolist(), strict=True):
        ahead[one].append(other)
        behind[other].append(one)
    order: list[int] = []
    seen = [False] * size
    for root in range(size):
        if seen[root]:
            continue
        seen[root] = True
        stack = [(root, iter(ahead[root]))]
        while stack:
            node, ways = stack[-1]
            following = next((one for one in ways if not seen[one]), None)
            if following is None:
                order.append(node)
                stack.pop()
            else:
                seen[following] = True
                stack.append((following, iter(ahead[following])))
    part = [-1] * size
    for root in reversed(order):
        if part[root] < 0:
            part[root] = root
            queue = [root]
            while queue:
                for one in behind[queue.pop()]:
                    if part[one] < 0:
                        part[one] = root
                        queue.append(one)
    return np.array(part, dtype=np.int64)


def _bridges(one: Ints, other: Ints, size: int) -> Bools:
    """Which edges are the only way between their two sides (Tarjan 1974)."""
    edges: list[list[tuple[int, int]]] = [[] for _ in range(size)]
    for number, (first, second) in enumerate(zip(one.tolist(), other.tolist(), strict=True)):
        edges[first].append((second, number))
        edges[second].append((first, number))
    found = np.zeros(len(one), dtype=bool)
    order, low = [0] * size, [0] * size
    count = 0
    for root in range(size):
        if order[root] or not edges[root]:
            continue
        count += 1
        order[root] = low[root] = count
        stack: list[tuple[int, int, Iterator[tuple[int, int]]]] = [(root, -1, iter(edges[root]))]
        while stack:
            node, came_by, ways = stack[-1]
            for following, number in ways:
                if not order[following]:
                    count += 1
                    order[following] = low[following] = count
                    stack.append((following, number, iter(edges[following])))
                    break
                if number != came_by:
                    low[node] = min(low[node], order[following])
            else:
                stack.pop()
                if stack:
                    before = stack[-1][0]
                    low[before] = min(low[before], low[node])
                    found[came_by] |= low[node] > order[before]
    return found


def _cycle(counts: Ints, hidden: Bools, known: Bools, cell: Cell, up: bool) -> tuple[int, list[Cell]] | None:
    """The cheapest cycle by which the cell can be one more (or less): its cost, and its other cells."""
    rows, columns = counts.shape
    turned = np.zeros(counts.shape, dtype=bool)
    turned[-1, :-1] = turned[:-1, -1] = True
    # A total goes against the cells that it adds up, and nothing goes under one.
    rises, falls = ~turned | (counts > 1), turned | (counts > 1)
    if not (rises if up else falls)[cell]:
        return None
    free = (counts > 0) & (hidden | ~known)
    free[cell] = False
    cost = np.where(hidden, 0, counts).astype(np.float64)
    # Nodes: rows 0…, then columns. From a row to a column a cell goes the way of `cell`, back the other way.
    forth = np.where(free & (rises if up else falls), cost, np.inf)
    back = np.where(free & (falls if up else rises), cost, np.inf).T
    best, before = np.full(rows + columns, np.inf), np.full(rows + columns, -1)
    done = np.zeros(rows + columns, dtype=bool)
    start, end = rows + cell[1], cell[0]
    best[start] = 0
    while True:
        node = int(np.argmin(np.where(done, np.inf, best)))
        if done[node] or best[node] == np.inf:
            return None
        if node == end:
            break
        done[node] = True
        here = slice(rows, None) if node < rows else slice(0, rows)
        reached = best[node] + (forth[node] if node < rows else back[node - rows])
        nearer = reached < best[here]
        best[here][nearer] = reached[nearer]
        before[here][nearer] = node
    cells = []
    while node != start:
        came = int(before[node])
        cells.append((came, node - rows) if came < rows else (node, came - rows))
        node = came
    return int(best[end]), cells

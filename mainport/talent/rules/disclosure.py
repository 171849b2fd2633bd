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

import heapq
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

THRESHOLD = 10

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Cell = tuple[int, int]


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


def protect(inner: npt.ArrayLike, threshold: int = THRESHOLD) -> Protected:
    """Hide counts under the threshold, and as little else as keeps each of them from being reckoned back.

    Afterwards no hidden cell has only one value that fits what is shown, and no row or column gives away the
    sum of what it hides if that is under the threshold. Raises ValueError for counts below zero or in parts.
    """
    given = np.asarray(inner)
    if given.ndim != 2 or not np.all(given == given.astype(np.int64)) or (given < 0).any():
        raise ValueError("a table of whole counts from zero, in rows and columns")
    counts = given.astype(np.int64)
    counts = np.vstack([counts, counts.sum(axis=0)])
    counts = np.hstack([counts, counts.sum(axis=1, keepdims=True)])
    small = (counts > 0) & (counts < threshold)
    hidden = small.copy()
    safe: set[Cell] = set()
    while more := _too_small_together(counts, hidden, threshold) or _given_away(counts, hidden, safe):
        for cell in more:
            hidden[cell] = True
    return Protected(counts, small, hidden)


def protect_list(values: npt.ArrayLike, threshold: int = THRESHOLD) -> tuple[list[int | None], int | None]:
    """The same for one list and its total."""
    row = protect(np.asarray(values)[np.newaxis, :], threshold).shown()[0]
    return row[:-1], row[-1]


def _too_small_together(counts: Ints, hidden: Bools, threshold: int) -> list[Cell]:
    """What to hide besides in the first row or column that shows its total and hides fewer than the threshold."""
    if cells := _in_rows(counts, hidden, threshold):
        return cells
    return [(row, column) for column, row in _in_rows(counts.T, hidden.T, threshold)]


def _in_rows(counts: Ints, hidden: Bools, threshold: int) -> list[Cell]:
    together = (counts * hidden)[:, :-1].sum(axis=1)
    few = np.flatnonzero((together > 0) & (together < threshold) & ~hidden[:, -1])
    if not few.size:
        return []
    row, last = int(few[0]), counts.shape[1] - 1
    others = [(row, column) for column in range(last) if not hidden[row, column] and counts[row, column]]
    enough = [cell for cell in others if counts[cell] + together[row] >= threshold]
    return [min(enough, key=lambda cell: counts[cell])] if enough else [*others, (row, last)]


def _given_away(counts: Ints, hidden: Bools, safe: set[Cell]) -> list[Cell]:
    """What to hide besides for the first hidden cell that has only one value that fits.

    Every cell of a cycle can move along with it, and hiding more takes nothing away: those are `safe` for good.
    """
    for at in np.argwhere(hidden):
        cell = (int(at[0]), int(at[1]))
        if cell in safe:
            continue
        way = _cycle(counts, hidden, cell, up=True)
        if way is None or way[0]:
            ways = [one for one in (way, _cycle(counts, hidden, cell, up=False)) if one is not None]
            # One more of an inner cell can always be sent round by the totals, so there is a way.
            way = min(ways)
        safe.update((cell, *way[1]))
        if more := [step for step in way[1] if not hidden[step]]:
            return more
    return []


def _cycle(counts: Ints, hidden: Bools, cell: Cell, up: bool) -> tuple[int, list[Cell]] | None:
    """The cheapest cycle by which the cell can be one more (or less): its cost, and its other cells."""
    rows, columns = counts.shape
    if not _may(counts, cell, up):
        return None
    # Nodes: rows 0…, then columns. From a row to a column a cell goes the way of `cell`, back the other way.
    start, end = (rows + cell[1], cell[0])
    best: dict[int, int] = {start: 0}
    before: dict[int, tuple[int, Cell]] = {}
    queue = [(0, start)]
    while queue:
        cost, node = heapq.heappop(queue)
        if node == end:
            break
        if cost > best[node]:
            continue
        from_row = node < rows
        for other in range(columns if from_row else rows):
            step = (node, other) if from_row else (other, node - rows)
            if step == cell or not counts[step] or not _may(counts, step, up == from_row):
                continue
            following = rows + other if from_row else other
            reached = cost + (0 if hidden[step] else int(counts[step]))
            if reached < best.get(following, reached + 1):
                best[following], before[following] = reached, (node, step)
                heapq.heappush(queue, (reached, following))
    if end not in before:
        return None
    cells, node = [], end
    while node != start:
        node, step = before[node]
        cells.append(step)
    return best[end], cells


def _may(counts: Ints, cell: Cell, up: bool) -> bool:
    """Whether the cell can go that way: a total goes against the cells that it adds up, and nothing goes under one."""
    rows, columns = counts.shape
    turned = (cell[0] == rows - 1) != (cell[1] == columns - 1)
    return up != turned or bool(counts[cell] > 1)

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Several tables of the same people side by side: by level, by sector, by nationality.

They share their rows and so the totals of these. What one table hides by hiding a total, another would show; and
two that hide it each leave a range for it, of which the overlap may be a single number. So here every shared total
is shown, and a row of which it can't be is left out of all tables. With the totals known, what one table hides
depends on no other: within a row, any people of the one cut can be any of the other. Each table is then as safe as
it is alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mainport.talent.rules.disclosure import THRESHOLD, protect

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Cuts:
    """What may be shown: of each table its cells by row (None is kept back), and the rows that are shown at all.

    The total of a shown row is shown too, and so may the sum of each table be.
    """

    rows: tuple[int, ...]
    totals: tuple[int, ...]
    tables: Mapping[str, tuple[tuple[int | None, ...], ...]]


def protect_cuts(tables: Mapping[str, npt.ArrayLike], threshold: int = THRESHOLD) -> Cuts:
    """Hide small counts in tables that share their rows. Raises ValueError where their totals aren't the same."""
    counts = {name: np.asarray(table, dtype=np.int64) for name, table in tables.items()}
    sums = [table.sum(axis=1) for table in counts.values()]
    if not sums or any(not np.array_equal(one, sums[0]) for one in sums):
        raise ValueError("tables of the same people have the same rows with the same totals")
    totals = sums[0]
    rows = [row for row in range(len(totals)) if totals[row] == 0 or totals[row] >= threshold]
    while True:
        shown = {name: protect(table[rows], threshold).shown() for name, table in counts.items()} if rows else {}
        hidden = {at for table in shown.values() for at in range(len(rows)) if table[at][-1] is None}
        if not hidden and any(table[-1][-1] is None for table in shown.values()):
            # The sum of all is shared as well; without the smallest row it is another.
            hidden = {min((at for at in range(len(rows)) if totals[rows[at]]), key=lambda at: totals[rows[at]])}
        if not hidden:
            break
        rows = [row for at, row in enumerate(rows) if at not in hidden]
    return Cuts(
        tuple(rows),
        tuple(int(totals[row]) for row in rows),
        {name: tuple(tuple(line[:-1]) for line in table[:-1]) for name, table in shown.items()},
    )


def joint_steps(counts: npt.ArrayLike, threshold: int = THRESHOLD) -> list[int]:
    """Rows of counts over time taken together until no sum is small: the last row of each step.

    What comes after the last one is told of nobody.

    >>> joint_steps([[12, 4], [3, 5], [8, 2], [1, 30]])
    [2]
    """
    table = np.asarray(counts, dtype=np.int64)
    found, so_far = [], np.zeros(table.shape[1], dtype=np.int64)
    for row, line in enumerate(table):
        so_far = so_far + line
        if so_far.any() and ((so_far == 0) | (so_far >= threshold)).all():
            found.append(row)
            so_far = np.zeros_like(so_far)
    return found

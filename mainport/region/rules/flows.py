# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Flows between zones: who lives where and works, studies or shops where, as a sparse matrix kept by row and column.

Totals count all that start or end in a zone, also what goes to or comes from outside the zones: whoever works
abroad or at an unknown place still is a resident who works.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Sparse:
    """One side of the matrix: of zone i the entries start[i]:start[i+1] hold the other zone and the amount."""

    start: Ints
    zone: Ints
    amount: Floats


@dataclass(frozen=True)
class Flows:
    """Flows between `zones` (codes, in their order); amounts are persons, jobs or trips.

    `out` by home, `into` by work; `within` what stays in the zone; `residents` and `workers` the totals of each zone,
    outside included; `suppressed` how many pairs the source kept back, which is not zero.
    """

    zones: tuple[str, ...]
    out: Sparse
    into: Sparse
    within: Floats
    residents: Floats
    workers: Floats
    suppressed: int = 0

    def __len__(self) -> int:
        return len(self.zones)

    def index(self, zone: str) -> int:
        """The place of a zone. Raises KeyError for one that isn't there."""
        place = int(np.searchsorted(np.asarray(self.zones), zone))
        if place == len(self.zones) or self.zones[place] != zone:
            raise KeyError(zone)
        return place


def flows(
    home: Sequence[str] | npt.NDArray[np.str_],
    work: Sequence[str] | npt.NDArray[np.str_],
    amount: npt.ArrayLike,
    *,
    outside: Collection[str] = (),
) -> Flows:
    """The flows of pairs of zones. A pair that is named twice counts as the sum; NaN is a pair that was suppressed.

    `outside` names what is no zone (abroad, unknown): it counts in the totals only. Raises ValueError for a
    negative amount, and where the three differ in length.
    """
    amounts = np.asarray(amount, dtype=np.float64)
    homes, works = np.asarray(home, dtype=np.str_), np.asarray(work, dtype=np.str_)
    if not len(homes) == len(works) == len(amounts):
        raise ValueError(f"{len(homes)} homes, {len(works)} places of work and {len(amounts)} amounts")
    if (negative := np.flatnonzero(amounts < 0)).size:
        row = int(negative[0])
        raise ValueError(f"row {row + 1}: amount {amounts[row]:g} is below zero")
    suppressed = int(np.isnan(amounts).sum())
    amounts = np.nan_to_num(amounts)
    codes, places = np.unique(np.concatenate([homes, works]), return_inverse=True)
    is_zone = ~np.isin(codes, list(outside)) if outside else np.ones(len(codes), dtype=bool)
    number = np.where(is_zone, np.cumsum(is_zone) - 1, -1)
    origin, target = number[places[: len(homes)]], number[places[len(homes) :]]
    return _assembled(tuple(str(code) for code in codes[is_zone]), origin, target, amounts, suppressed)


def _assembled(zones: tuple[str, ...], origin: Ints, target: Ints, amounts: Floats, suppressed: int) -> Flows:
    n = len(zones)
    residents = np.bincount(origin[origin >= 0], amounts[origin >= 0], n)
    workers = np.bincount(target[target >= 0], amounts[target >= 0], n)
    inside = (origin >= 0) & (target >= 0) & (amounts > 0)
    pairs, where = np.unique(origin[inside] * n + target[inside], return_inverse=True)
    sums = np.bincount(where, amounts[inside], len(pairs))
    rows, columns = np.divmod(pairs, max(n, 1))
    within = np.zeros(n)
    diagonal = rows == columns
    within[rows[diagonal]] = sums[diagonal]
    return Flows(
        zones=zones,
        out=_by(rows, columns, sums, n),
        into=_by(columns, rows, sums, n),
        within=within,
        residents=residents,
        workers=workers,
        suppressed=suppressed,
    )


def _by(first: Ints, second: Ints, sums: Floats, n: int) -> Sparse:
    order = np.lexsort((second, first))
    start = np.zeros(n + 1, dtype=np.int64)
    np.cumsum(np.bincount(first, minlength=n), out=start[1:])
    return Sparse(start=start, zone=second[order], amount=sums[order])

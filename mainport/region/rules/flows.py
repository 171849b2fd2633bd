# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Flows between zones: who lives where and works, studies or shops where, as a sparse matrix kept by row and column.

Totals count all that start or end in a zone, also what goes to or comes from outside the zones: whoever works
abroad or at an unknown place still is a resident who works.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

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
    """Flows between `zones` (codes, in the order of numbers where all are numbers); persons, jobs or trips.

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

    def __contains__(self, zone: str) -> bool:
        return zone in self._place

    def index(self, zone: str) -> int:
        """The place of a zone. Raises KeyError for one that isn't there."""
        return self._place[zone]

    @cached_property
    def _place(self) -> dict[str, int]:
        return {zone: place for place, zone in enumerate(self.zones)}


def flows(
    home: Sequence[str] | npt.NDArray[np.str_] | pl.Series,
    work: Sequence[str] | npt.NDArray[np.str_] | pl.Series,
    amount: npt.ArrayLike,
    *,
    outside: Collection[str] = (),
) -> Flows:
    """The flows of pairs of zones. A pair that is named twice counts as the sum; NaN is a pair that was suppressed.

    `outside` names what is no zone (abroad, unknown): it counts in the totals only. Raises ValueError for a
    negative amount, and where the three differ in length.
    """
    amounts = np.asarray(amount, dtype=np.float64)
    if not len(home) == len(work) == len(amounts):
        raise ValueError(f"{len(home)} homes, {len(work)} places of work and {len(amounts)} amounts")
    if (negative := np.flatnonzero(amounts < 0)).size:
        row = int(negative[0])
        raise ValueError(f"row {row + 1}: amount {amounts[row]:g} is below zero")
    suppressed = int(np.isnan(amounts).sum())
    amounts = np.nan_to_num(amounts)
    codes, homes, works = _numbered(_series(home), _series(work))
    is_zone = np.array([code not in outside for code in codes], dtype=bool)
    number = np.where(is_zone, np.cumsum(is_zone) - 1, -1)
    origin, target = number[homes], number[works]
    zones = tuple(code for code, kept in zip(codes, is_zone, strict=True) if kept)
    return of_numbers(zones, origin, target, amounts, suppressed)


def _series(codes: Sequence[str] | npt.NDArray[np.str_] | pl.Series) -> pl.Series:
    given = codes if isinstance(codes, pl.Series) else pl.Series([str(code) for code in codes], dtype=pl.String)
    return given.cast(pl.Categorical).rename("code")


def _numbered(home: pl.Series, work: pl.Series) -> tuple[list[str], Ints, Ints]:
    """The codes that occur, in order, and the place among them of each home and of each place of work."""
    different = pl.concat([home.unique(), work.unique()]).unique()
    found = pl.DataFrame({"code": different.cast(pl.String), "number": different.to_physical()})
    if found["code"].str.contains(r"^\d+$").all():
        # 2 comes before 10, and 007 is 7 also where it doesn't fit a machine's integer.
        digits = pl.col("code").str.strip_chars_start("0")
        found = found.sort(digits.str.len_bytes(), digits, "code")
    else:
        found = found.sort("code")
    numbers = found["number"].to_numpy()
    place = np.zeros(int(numbers.max(initial=0)) + 1, dtype=np.int64)
    place[numbers] = np.arange(len(numbers))
    return found["code"].to_list(), place[home.to_physical().to_numpy()], place[work.to_physical().to_numpy()]


def of_numbers(zones: tuple[str, ...], origin: Ints, target: Ints, amounts: Floats, suppressed: int = 0) -> Flows:
    """The flows of pairs of places in `zones`, without looking at what they are; -1 is outside the zones."""
    n = len(zones)
    # In the order of zones whatever that of the rows: sums of fractions depend on it, and so would regions.
    keys = (origin + 1) * (n + 1) + target + 1
    order = np.argsort(keys, kind="stable")
    if np.any(keys[order][1:] == keys[order][:-1]):
        order = np.lexsort((amounts, keys))
    origin, target, amounts = origin[order], target[order], amounts[order]
    residents: Floats = np.bincount(origin[origin >= 0], amounts[origin >= 0], n).astype(np.float64, copy=False)
    workers: Floats = np.bincount(target[target >= 0], amounts[target >= 0], n).astype(np.float64, copy=False)
    inside = (origin >= 0) & (target >= 0) & (amounts > 0)
    keys = origin[inside] * n + target[inside]
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    sums = np.add.reduceat(amounts[inside], first) if len(first) else np.zeros(0)
    rows, columns = np.divmod(keys[first], max(n, 1))
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

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""How projections of past years turned out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mainport.talent.rules.human_capital import Cell, name_of


@dataclass(frozen=True)
class Past:
    """A cell as it was in a past year."""

    year: int
    cell: Cell


@dataclass(frozen=True)
class BackTest:
    """How projections so many years ahead turned out, each from what was known in the year that it starts from."""

    ahead: int
    projections: int
    #: Mean size of the error as a share of the people that there were, and its mean with its sign.
    error: float
    bias: float
    #: The error of saying that nothing changes.
    naive_error: float


def back_test(history: Sequence[Past]) -> list[BackTest]:
    """Project each past year on and compare with the years that followed. Raises ValueError for a year twice."""
    by_cell: dict[tuple[str, str, str], dict[int, Cell]] = {}
    for past in history:
        years = by_cell.setdefault(name_of(past.cell), {})
        if past.year in years:
            raise ValueError(f"{', '.join(name_of(past.cell))} is there twice in {past.year}")
        years[past.year] = past.cell
    errors: dict[int, list[tuple[float, float]]] = {}
    for years in by_cell.values():
        for start, cell in years.items():
            for year, there in years.items():
                if year > start and there.stock:
                    came = _on(cell, year - start) / there.stock - 1
                    errors.setdefault(year - start, []).append((came, cell.stock / there.stock - 1))
    return [_tested(ahead, pairs) for ahead, pairs in sorted(errors.items())]


def _on(cell: Cell, years: int) -> float:
    stock = cell.stock
    for _year in range(years):
        stock = (
            stock * (1 - cell.retirement - cell.exit) + cell.graduates * cell.retention + cell.inflow + cell.retrained
        )
    return stock


def _tested(ahead: int, pairs: Sequence[tuple[float, float]]) -> BackTest:
    errors, naive = zip(*pairs, strict=True)
    return BackTest(
        ahead,
        len(pairs),
        error=float(np.mean(np.abs(errors))),
        bias=float(np.mean(errors)),
        naive_error=float(np.mean(np.abs(naive))),
    )

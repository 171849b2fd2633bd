# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""From where to where people go from one year to the next: matrices by group, with bands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mainport.talent.rules.retention import wilson

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Transitions:
    """Of a group (a level, a sector, a nationality) in a year: rows are where people were, columns where they go.

    A row in which nobody was has no chances: NaN. `year` is the first of the two; None takes all years together.
    """

    group: str
    year: int | None
    states: tuple[str, ...]
    counts: Floats
    chance: Floats
    low: Floats
    high: Floats


def yearly(
    person: Sequence[str],
    year: Sequence[int],
    state: Sequence[str],
    group: Sequence[str] | None = None,
    *,
    by_year: bool = True,
    runs: int = 500,
    level: float = 0.95,
    seed: int = 1,
) -> list[Transitions]:
    """The matrices of persons observed each year. Only two years in a row count; somebody's group is that of the first.

    The band draws people again with all their years (Efron & Tibshirani 1993, 8.3: what hangs together stays
    together), and is nowhere narrower than Wilson's. Raises ValueError for columns of different lengths and a person
    twice in a year.
    """
    group = [""] * len(person) if group is None else group
    if not len(person) == len(year) == len(state) == len(group):
        raise ValueError(f"{len(person)}, {len(year)}, {len(state)} and {len(group)} rows")
    states, at_state = np.unique(np.asarray(state, dtype=np.str_), return_inverse=True)
    groups, at_group = np.unique(np.asarray(group, dtype=np.str_), return_inverse=True)
    _people, at_person = np.unique(np.asarray(person, dtype=np.str_), return_inverse=True)
    years = np.asarray(year, dtype=np.int64)
    order = np.lexsort((years, at_person))
    who, when, what, which = at_person[order], years[order], at_state[order], at_group[order]
    same = who[1:] == who[:-1]
    if (twice := np.flatnonzero(same & (when[1:] == when[:-1]))).size:
        row = int(max(order[twice[0]], order[twice[0] + 1]))
        raise ValueError(f"row {row + 1}: person {person[row]} is there twice in {year[row]}")
    pairs = np.flatnonzero(same & (when[1:] == when[:-1] + 1))
    k = len(states)
    move = what[pairs] * k + what[pairs + 1]
    found = []
    for number, name in enumerate(groups):
        of_group = which[pairs] == number
        for one in np.unique(when[pairs][of_group]) if by_year else [None]:
            chosen = of_group if one is None else of_group & (when[pairs] == one)
            counts, chance, low, high = _matrix(
                who[pairs][chosen], move[chosen], k, runs, level, (seed, number, int(one or 0))
            )
            year_of = None if one is None else int(one)
            found.append(Transitions(str(name), year_of, tuple(map(str, states)), counts, chance, low, high))
    return found


def _matrix(
    who: npt.NDArray[np.int64], move: npt.NDArray[np.int64], k: int, runs: int, level: float, seed: tuple[int, ...]
) -> tuple[Floats, Floats, Floats, Floats]:
    counts = np.bincount(move, minlength=k * k).astype(np.float64)
    chance = _chances(counts[np.newaxis], k)[0]
    if not runs or not len(move):
        return counts.reshape(k, k), chance, chance, chance
    generator = np.random.default_rng(seed)
    _people, number = np.unique(who, return_inverse=True)
    people = int(number.max()) + 1
    drawn = np.empty((runs, k * k))
    for run in range(runs):
        weight = np.bincount(generator.integers(0, people, people), minlength=people)
        drawn[run] = np.bincount(move, weight[number], k * k)
    chances = _chances(drawn, k)
    bands = np.full((2, k, k), np.nan)
    there = ~np.isnan(chance)
    # A draw in which nobody was in a state says nothing of where people go from there.
    bands[:, there] = np.nanquantile(chances[:, there], [(1 - level) / 2, (1 + level) / 2], axis=0)
    # Where few moved, or all did, draws hardly differ, which doesn't mean that it's sure.
    for cell in np.flatnonzero(there.ravel()):
        share = wilson(counts[cell], counts.reshape(k, k)[cell // k].sum(), level)
        if share is not None:
            bands[0].flat[cell] = min(bands[0].flat[cell], share.low)
            bands[1].flat[cell] = max(bands[1].flat[cell], share.high)
    return counts.reshape(k, k), chance, bands[0], bands[1]


def _chances(counts: Floats, k: int) -> Floats:
    tables = counts.reshape(-1, k, k)
    sums = tables.sum(axis=2, keepdims=True)
    chances: Floats = np.divide(tables, sums, out=np.full_like(tables, np.nan), where=sums > 0)
    return chances

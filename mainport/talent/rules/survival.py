# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""How long people stay, and whether they come back: Kaplan-Meier and Aalen-Johansen.

Kaplan & Meier (1958); Greenwood's variance with the band on the scale log(-log S), which stays between 0 and 1
(Kalbfleisch & Prentice 2002, 1.4); Aalen & Johansen (1978) as in Andersen, Borgan, Gill & Keiding (1993, IV.4).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

#: The states of somebody who grew up or studied in a region.
HERE, AWAY, RETURNED = STATES = ("here", "away", "returned")


@dataclass(frozen=True)
class Survival:
    """The share that still stays after each time at which somebody left, with Greenwood's error and the band."""

    time: Floats
    at_risk: Ints
    left: Ints
    share: Floats
    error: Floats
    low: Floats
    high: Floats

    def at(self, time: float) -> float:
        """The share that still stays at a time."""
        step = int(np.searchsorted(self.time, time, side="right"))
        return float(self.share[step - 1]) if step else 1.0

    @property
    def median(self) -> float | None:
        """The first time at which half or fewer stay; None where more stay to the end."""
        below = np.flatnonzero(self.share <= 0.5)
        return float(self.time[below[0]]) if below.size else None


def kaplan_meier(
    duration: npt.ArrayLike, left: npt.ArrayLike, *, entry: npt.ArrayLike | None = None, level: float = 0.95
) -> Survival:
    """The share that stays, of people who were followed until they left or were lost from sight (left = False).

    `entry` is the time from which somebody is followed. Raises ValueError for who ends before beginning.
    """
    stop = np.asarray(duration, dtype=np.float64)
    event = np.asarray(left, dtype=bool)
    start = np.zeros(len(stop)) if entry is None else np.asarray(entry, dtype=np.float64)
    if not len(stop) == len(event) == len(start):
        raise ValueError(f"{len(stop)} durations, {len(event)} events and {len(start)} entries")
    if (wrong := np.flatnonzero(~((start >= 0) & (stop > start)))).size:
        raise ValueError(f"row {int(wrong[0]) + 1}: followed from {start[wrong[0]]:g} to {stop[wrong[0]]:g}")
    times, left_then = np.unique(stop[event], return_counts=True)
    before = np.searchsorted(np.sort(start), times, side="left") - np.searchsorted(np.sort(stop), times, side="left")
    share = np.cumprod(1 - left_then / before)
    stay = before - left_then
    with np.errstate(divide="ignore", invalid="ignore"):
        sums = np.cumsum(np.where(stay > 0, left_then / (before * stay), np.inf))
        error = np.where(share > 0, share * np.sqrt(sums), 0.0)
        spread = NormalDist().inv_cdf((1 + level) / 2) * np.sqrt(sums) / np.abs(np.log(share))
        low, high = share ** np.exp(spread), share ** np.exp(-spread)
    none = share <= 0
    return Survival(
        times, before, left_then.astype(np.int64), share, error, np.where(none, 0.0, low), np.where(none, 0.0, high)
    )


@dataclass(frozen=True)
class Spells:
    """Times that people spent in a state: from start to stop, then to another state, or (-1) lost from sight."""

    person: Ints
    start: Floats
    stop: Floats
    state: Ints
    to: Ints


@dataclass(frozen=True)
class Occupancy:
    """The chance to be in each state after each time at which somebody moved: rows are times, columns states."""

    states: tuple[str, ...]
    time: Floats
    chance: Floats
    low: Floats
    high: Floats

    def at(self, time: float) -> dict[str, float]:
        step = max(int(np.searchsorted(self.time, time, side="right")) - 1, 0)
        return dict(zip(self.states, map(float, self.chance[step]), strict=True))


def aalen_johansen(
    spells: Spells,
    states: Sequence[str] = STATES,
    *,
    start: int = 0,
    runs: int = 200,
    level: float = 0.95,
    seed: int = 1,
) -> Occupancy:
    """The chance of each state for somebody who begins in the state `start`.

    The band is by drawing people again with all that they did (`runs` times; none with 0), since one person's
    moves aren't apart from each other.
    """
    _checked(spells, len(states))
    times = np.unique(np.concatenate([[0.0], spells.stop[spells.to >= 0]]))
    chance = _product(spells, np.ones(len(spells.stop)), times, len(states), start)
    low = high = chance
    if runs and len(spells.stop):
        generator = np.random.default_rng(seed)
        _people, number = np.unique(spells.person, return_inverse=True)
        people = int(number.max()) + 1
        draws = [
            _product(spells, drawn[number], times, len(states), start)
            for drawn in generator.multinomial(people, np.full(people, 1 / people), size=runs).astype(np.float64)
        ]
        low, high = np.quantile(np.stack(draws), [(1 - level) / 2, (1 + level) / 2], axis=0)
    return Occupancy(tuple(states), times, chance, low, high)


def _checked(spells: Spells, states: int) -> None:
    wrong = ~((spells.start >= 0) & (spells.stop > spells.start)) | (spells.to == spells.state)
    wrong |= (spells.state < 0) | (spells.state >= states) | (spells.to >= states)
    if (rows := np.flatnonzero(wrong)).size:
        row = int(rows[0])
        raise ValueError(
            f"row {row + 1}: from {spells.start[row]:g} to {spells.stop[row]:g} in state {spells.state[row]},"
            f" then to {spells.to[row]}"
        )


def _product(spells: Spells, weight: Floats, times: Floats, states: int, start: int) -> Floats:
    """The product of I + dA over the times, as the row of the first state."""
    steps = len(times)
    at_risk = np.zeros((steps, states))
    for state in range(states):
        of_state = spells.state == state
        begin = np.searchsorted(times, spells.start[of_state], side="right")
        end = np.searchsorted(times, spells.stop[of_state], side="right")
        change = np.bincount(begin, weight[of_state], steps + 1) - np.bincount(end, weight[of_state], steps + 1)
        at_risk[:, state] = np.cumsum(change)[:-1]
    moved = spells.to >= 0
    at = np.searchsorted(times, spells.stop[moved])
    key = (at * states + spells.state[moved]) * states + spells.to[moved]
    moves = np.bincount(key, weight[moved], steps * states * states).astype(np.float64).reshape(steps, states, states)
    risk = at_risk[:, :, np.newaxis]
    rates = np.divide(moves, risk, out=np.zeros_like(moves), where=risk > 0)
    chance = np.zeros((steps, states))
    now = np.eye(states)[start]
    for step in range(steps):
        now = now + now @ rates[step] - now * rates[step].sum(axis=1)
        chance[step] = now
    return chance


def spells_by_year(lived: Sequence[Mapping[int, bool]]) -> Spells:
    """The spells of people of whom is known in which years they lived in the region: here, away, returned.

    Time is counted in years from the first in which somebody is known to live here, and states are places in
    STATES; a year that is missing ends what is known of the person. Who never lived here isn't counted.
    """
    rows: list[tuple[int, float, float, int, int]] = []
    for person, years in enumerate(lived):
        first = min((year for year, here in years.items() if here), default=None)
        if first is None:
            continue
        state, since, last = 0, first, first
        for before, year in pairwise(sorted(year for year in years if year >= first)):
            if year != before + 1:
                break
            last = year
            following = 1 if not years[year] else 2 if state else 0
            if following != state:
                rows.append((person, since - first, year - first, state, following))
                state, since = following, year
        if last > since:
            rows.append((person, since - first, last - first, state, -1))
    table = np.array(rows, dtype=np.float64).reshape(-1, 5)
    person_of, state_of, to = (table[:, column].astype(np.int64) for column in (0, 3, 4))
    return Spells(person_of, table[:, 1], table[:, 2], state_of, to)

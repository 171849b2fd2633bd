# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""How long people stay, whether they return, and where they go from year to year.

As much of it is told as gives away no small count, over all cuts of the same people together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mainport.talent.rules.cuts import joint_steps, protect_cuts
from mainport.talent.rules.disclosure import THRESHOLD
from mainport.talent.rules.survival import AWAY, HERE, STATES, Spells, aalen_johansen, kaplan_meier, spells_by_year
from mainport.talent.rules.transitions import Transitions, yearly

Bools = npt.NDArray[np.bool_]

#: The cut by year of the first of two, beside those of the table.
BY_YEAR = "year"
#: Groups too small to be shown are taken together under this name.
OTHERS = "*"
_RUNS = 200
#: Of the shares of curves.
DECIMALS = 3


@dataclass(frozen=True)
class Yearly:
    """A row for each person and year; a cut has the group of each row ("" where it isn't known)."""

    person: Sequence[str]
    year: Sequence[int]
    here: Sequence[bool]
    cuts: Mapping[str, Sequence[str]]

    @property
    def states(self) -> list[str]:
        """As transitions take them."""
        return [HERE if here else AWAY for here in self.here]

    def people(self) -> list[dict[int, bool]]:
        """Of each person the years that are known, in the order in which people first appear."""
        found: dict[str, dict[int, bool]] = {}
        for person, year, here in zip(self.person, self.year, self.here, strict=True):
            found.setdefault(person, {})[year] = here
        return list(found.values())

    def spells(self) -> Spells:
        return spells_by_year(self.people())

    def group_of_people(self, cut: str) -> list[str]:
        """The group of each person in the first year that is known of them, in the order of `people`."""
        first: dict[str, tuple[int, str]] = {}
        for person, year, group in zip(self.person, self.year, self.cuts[cut], strict=True):
            if person not in first or year < first[person][0]:
                first[person] = (year, group)
        return [group for _year, group in first.values()]


@dataclass(frozen=True)
class Curve:
    """The share still here after each time that may be shown, with its band; it begins at 1.

    To three decimals: from all that a machine reckons, the numbers of the years that are told together could be found.
    """

    group: str
    time: tuple[float, ...]
    share: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True)
class Move:
    """Of who was in a state, the share that was in another a year later. None is kept back."""

    group: str
    before: str
    after: str
    people: int | None
    chance: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Staying:
    """All that may be shown. Curves and moves are by cut; "" is everybody."""

    curves: Mapping[str, tuple[Curve, ...]]
    #: The chance to be in each state, by time.
    occupancy: tuple[Curve, ...]
    moves: Mapping[str, tuple[Move, ...]]

    @property
    def cuts(self) -> list[str]:
        return list(self.moves)


def stays(read: Yearly, threshold: int = THRESHOLD) -> Staying:
    """Curves and moves of a table of persons by year."""
    spells = read.spells()
    groups = {cut: merged(read.group_of_people(cut), threshold) for cut in read.cuts}
    steps = _steps(spells, groups, threshold)
    curves = {
        cut: tuple(_curve(spells, np.asarray(of) == name, name, steps) for name in sorted(set(of)))
        for cut, of in groups.items()
    }
    everybody = _curve(spells, np.ones(len(read.people()), dtype=bool), "", steps)
    return Staying({"": (everybody,), **curves}, _occupancy(spells, steps, threshold), _moves(read, threshold))


def merged(groups: Sequence[str], threshold: int = THRESHOLD) -> list[str]:
    """Groups with those too small taken together, and with the next smallest where that is still too small.

    >>> merged(["a", "a", "b", "c", "c"], 2)
    ['a', 'a', '*', '*', '*']
    """
    sizes = Counter(groups)
    small: set[str] = set()
    for name, size in sorted(sizes.items(), key=lambda one: (one[1], one[0])):
        if size < threshold or (small and sum(sizes[other] for other in small) < threshold):
            small.add(name)
    # One group on its own keeps its name only where it's large enough.
    return [OTHERS if name in small else name for name in groups]


def _first(spells: Spells) -> Bools:
    """Which spells begin the time in the region."""
    found: Bools = (spells.state == STATES.index(HERE)) & (spells.start == 0)
    return found


def _steps(spells: Spells, groups: Mapping[str, Sequence[str]], threshold: int) -> list[int]:
    """Years after which something may be told: up to each, enough people left of every group in every cut, or none."""
    chosen = _first(spells) & (spells.to >= 0)
    years = spells.stop[chosen].astype(int)
    if not len(years):
        return []
    columns = [np.bincount(years, minlength=years.max() + 1)]
    for of in groups.values():
        names = np.asarray(of)[spells.person[chosen]]
        columns += [np.bincount(years[names == name], minlength=years.max() + 1) for name in sorted(set(of))]
    return joint_steps(np.stack(columns, axis=1), threshold)


def _curve(spells: Spells, chosen: Bools, group: str, steps: list[int]) -> Curve:
    first = _first(spells) & chosen[spells.person]
    if not first.any() or not steps:
        return Curve(group, (0.0,), (1.0,), (1.0,), (1.0,))
    found = kaplan_meier(spells.stop[first], spells.to[first] >= 0)
    at = [int(np.searchsorted(found.time, step, side="right")) - 1 for step in steps]
    values = [[float(line[one]) if one >= 0 else 1.0 for one in at] for line in (found.share, found.low, found.high)]
    share, low, high = ((1.0, *(round(one, DECIMALS) for one in line)) for line in values)
    return Curve(group, (0.0, *map(float, steps)), share, low, high)


def _occupancy(spells: Spells, steps: list[int], threshold: int) -> tuple[Curve, ...]:
    """The states over time, told at those steps of the curves up to which enough people moved each way."""
    moved = spells.to >= 0
    if not steps or not moved.any():
        return ()
    ways = sorted({(int(one), int(two)) for one, two in zip(spells.state[moved], spells.to[moved], strict=True)})
    at = np.searchsorted(steps, spells.stop)
    counts = [
        [int((moved & (at == step) & (spells.state == one) & (spells.to == two)).sum()) for one, two in ways]
        for step in range(len(steps))
    ]
    shown = [steps[row] for row in joint_steps(counts, threshold)]
    if not shown:
        return ()
    found = aalen_johansen(spells, runs=_RUNS)
    rows = [int(np.searchsorted(found.time, time, side="right")) - 1 for time in (0, *shown)]
    return tuple(
        Curve(
            state,
            (0.0, *map(float, shown)),
            *(
                tuple(round(float(line[row, number]), DECIMALS) for row in rows)
                for line in (found.chance, found.low, found.high)
            ),
        )
        for number, state in enumerate(STATES)
    )


def _moves(read: Yearly, threshold: int) -> dict[str, tuple[Move, ...]]:
    """From state to state in a year, by each cut and by year, protected together: they're of the same people."""
    found: dict[str, list[Transitions]] = {
        BY_YEAR: yearly(read.person, read.year, read.states, by_year=True, runs=_RUNS)
    }
    for cut, group in read.cuts.items():
        found[cut] = yearly(read.person, read.year, read.states, group, by_year=False, runs=_RUNS)
    tables = {
        cut: np.stack([one.counts.ravel() for one in several], axis=1) for cut, several in found.items() if several
    }
    if not tables:
        return {}
    safe = protect_cuts(tables, threshold)
    return {
        cut: tuple(move for at, one in enumerate(found[cut]) for move in _of_group(one, cut, at, safe.rows, cells))
        for cut, cells in safe.tables.items()
    }


def _of_group(
    one: Transitions, cut: str, at: int, rows: Sequence[int], cells: Sequence[Sequence[int | None]]
) -> list[Move]:
    group = str(one.year) if cut == BY_YEAR else one.group
    size = len(one.states)
    shown = {row: cells[place][at] for place, row in enumerate(rows)}
    moves = []
    for before in range(size):
        line = [shown.get(before * size + after) for after in range(size)]
        for after in range(size):
            # A share would tell what the other cells of its row are: all of them, or none.
            told = all(count is not None for count in line) and sum(count or 0 for count in line) > 0
            numbers = (one.chance, one.low, one.high)
            chances = [float(matrix[before, after]) if told else None for matrix in numbers]
            moves.append(Move(group, one.states[before], one.states[after], line[after], *chances))
    return moves

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The five paths between growing up, studying and living (ONS 2024, "Geographical mobility of young people across
English towns and cities"): each graduate goes along one of them, or isn't known to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from mainport.talent.rules.retention import Retention, Share, wilson

Codes = Sequence[str] | npt.NDArray[np.str_]


class Path(StrEnum):
    """Seen from the place where somebody grew up."""

    MOVED_STAYED = "moved_stayed"
    MOVED_RETURNED = "moved_returned"
    MOVED_ELSEWHERE = "moved_elsewhere"
    STAYED_LEFT = "stayed_left"
    REMAINED = "remained"


PATHS = tuple(Path)
#: Where in the counts of a place the paths stand; whose study or later home isn't known comes last.
UNKNOWN = len(PATHS)


def path_of(home: str, study: str, later: str) -> Path | None:
    """The path of one person; None where a place isn't known ('').

    >>> path_of("Winsum", "Groningen", "Groningen"), path_of("Winsum", "Groningen", "Winsum")
    (<Path.MOVED_STAYED: 'moved_stayed'>, <Path.MOVED_RETURNED: 'moved_returned'>)
    """
    if not (home and study and later):
        return None
    if study == home:
        return Path.REMAINED if later == home else Path.STAYED_LEFT
    if later == home:
        return Path.MOVED_RETURNED
    return Path.MOVED_STAYED if later == study else Path.MOVED_ELSEWHERE


@dataclass(frozen=True)
class PathCounts:
    """Graduates who grew up in a place, by path; None is a count that was kept back, which is not zero."""

    place: str
    graduates: float
    counts: tuple[float | None, ...]
    unknown: float | None = 0

    def share(self, path: Path, level: float = 0.95) -> Share | None:
        """The share of all graduates who grew up there, also those whose path isn't known."""
        count = self.counts[PATHS.index(path)]
        return None if count is None else wilson(count, self.graduates, level)

    @property
    def retained(self) -> float | None:
        """Who lives there later: returned or remained."""
        return _sum(self.counts[1], self.counts[4])

    @property
    def movers(self) -> float | None:
        """Who lives in another place later."""
        return _sum(self.counts[0], self.counts[2], self.counts[3])


def _sum(*counts: float | None) -> float | None:
    known = [count for count in counts if count is not None]
    return sum(known) if len(known) == len(counts) else None


@dataclass(frozen=True)
class Moved:
    """Of who grew up in `home`, whose path is known, how many live in `later`, another place; None is kept back."""

    home: str
    later: str
    people: float | None


@dataclass(frozen=True)
class Paths:
    """The paths of every place where somebody grew up, what each place gained and kept, and who went from where to
    where."""

    counts: tuple[PathCounts, ...]
    retention: tuple[Retention, ...]
    moved: tuple[Moved, ...] = ()


def paths(
    home: Codes,
    study: Codes,
    later: Codes,
    amount: npt.ArrayLike | None = None,
    *,
    areas: Mapping[str, str] | None = None,
    cohorts: Mapping[str, float] | None = None,
) -> Paths:
    """The paths of people (or of flows of `amount` people): where they lived at 16, studied, and lived at 28.

    '' is a place that isn't known; whose home at 16 isn't known can't be counted for a place, only as coming
    to one. `areas` takes codes together (municipality to region); a code that it lacks is a place of its own.
    Raises ValueError for columns of different lengths and amounts below zero.
    """
    people = np.ones(len(home)) if amount is None else np.asarray(amount, dtype=np.float64)
    if not len(home) == len(study) == len(later) == len(people):
        raise ValueError(f"{len(home)}, {len(study)}, {len(later)} and {len(people)} rows")
    if (negative := np.flatnonzero(~(people >= 0))).size:
        raise ValueError(f"row {int(negative[0]) + 1}: {people[negative[0]]:g} people")
    places, numbers = _numbered(home, study, later, areas or {})
    at16, studied, lives = numbers.reshape(3, -1)
    known = (at16 > 0) & (studied > 0) & (lives > 0)
    moved, back, same = studied != at16, lives == at16, lives == studied
    path = np.select([moved & same, moved & back, moved, ~back], [0, 1, 2, 3], 4)
    path = np.where(known, path, UNKNOWN)
    shape = (len(places), UNKNOWN + 1)
    counts = np.bincount(at16 * shape[1] + path, people, shape[0] * shape[1]).reshape(shape)
    stays = (at16 > 0) & (lives == at16)
    kept = np.bincount(at16[stays], people[stays], shape[0])
    comes = (lives > 0) & (lives != at16)
    came = np.bincount(lives[comes], people[comes], shape[0])
    rows = range(1, len(places))
    goes = known & (lives != at16)
    pairs, of_pair = np.unique(at16[goes] * len(places) + lives[goes], return_inverse=True)
    went = np.bincount(of_pair, people[goes], len(pairs))
    return Paths(
        counts=tuple(
            PathCounts(
                places[row], float(counts[row].sum()), tuple(map(float, counts[row, :-1])), float(counts[row, -1])
            )
            for row in rows
            if counts[row].any()
        ),
        retention=tuple(
            Retention(
                place=places[row],
                graduates=float(counts[row].sum()),
                retained=float(kept[row]),
                inward=float(came[row]),
                cohort=(cohorts or {}).get(places[row]),
            )
            for row in rows
            if counts[row].any() or came[row]
        ),
        moved=tuple(
            Moved(places[pair // len(places)], places[pair % len(places)], number)
            for pair, number in zip(pairs.tolist(), went.tolist(), strict=True)
            if number
        ),
    )


def _numbered(
    home: Codes, study: Codes, later: Codes, areas: Mapping[str, str]
) -> tuple[list[str], npt.NDArray[np.int64]]:
    """The places in order, nowhere ('') first, and of each entry the number of its place."""
    entries = [*home, *study, *later]
    area = {code: areas.get(code, code) for code in set(entries)}
    places = ["", *sorted({place for place in area.values() if place})]
    number = {place: at for at, place in enumerate(places)}
    of_code = {code: number[place] for code, place in area.items()}
    return places, np.fromiter((of_code[code] for code in entries), dtype=np.int64, count=len(entries))


def from_shares(place: str, graduates: float, shares: Sequence[float | None]) -> PathCounts:
    """The counts behind published shares of a published total.

    With shares to three decimals, of less than a thousand graduates it's the count itself that comes out.
    """
    if len(shares) != len(PATHS):
        raise ValueError(f"{len(shares)} shares for {len(PATHS)} paths")
    counts = tuple(None if share is None else float(round(share * graduates)) for share in shares)
    rest = _sum(*counts)
    return PathCounts(place, graduates, counts, None if rest is None else max(0.0, graduates - rest))

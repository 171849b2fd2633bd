# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The autumn peak: rooms asked for and rooms there are, week by week, with the chance of a shortage.

In a week are asked for: enrolments of each group times its share away from home times who has arrived by then.
There are: rooms that leavers gave back by then, regular rooms that are free, and the layers of the flexible
shell that are open in that week. What isn't sure is drawn at random, many times.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, ClassVar

import numpy as np
import numpy.typing as npt
from pydantic import ConfigDict, Field

Floats = npt.NDArray[np.float64]

WEEKS = 52
RUNS = 10_000
#: Arrivals are moved by at most so many weeks.
MOST_SHIFT = 4

#: No count here comes near the bound, beyond which sums would be no numbers any more.
Whole = Annotated[float, Field(ge=0, le=1e9)]
Part = Annotated[float, Field(ge=0, le=1)]
Week = Annotated[int, Field(ge=1, le=WEEKS)]
#: Share of the whole by week; the shares of a profile add up to 1.
Profile = dict[Week, Part]

_STRICT = ConfigDict(extra="forbid", allow_inf_nan=False)


@dataclass(frozen=True)
class Group:
    """Newcomers who look for a room alike. Spreads are standard deviations; of a count, as a share of it."""

    name: str
    enrolments: Whole
    away: Part
    arrivals: Profile
    enrolments_spread: Part = 0.0
    away_spread: Part = 0.0

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    def __post_init__(self) -> None:
        _whole(self.arrivals, f"arrivals of {self.name}")


@dataclass(frozen=True)
class Leavers:
    """Students who give back their room, and the week in which they do."""

    rooms: Whole
    leave: Profile
    spread: Part = 0.0

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    def __post_init__(self) -> None:
        _whole(self.leave, "leave of the leavers")


@dataclass(frozen=True)
class Layer:
    """Rooms that are there only for some weeks: from `start` up to and with `end`."""

    name: str
    capacity: Whole
    start: Week
    end: Week

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"{self.name} ends in week {self.end} before it starts in week {self.start}")


@dataclass(frozen=True)
class Peak:
    """A year's question. `regular` are the rooms of the lasting stock that stand free for newcomers."""

    groups: Annotated[tuple[Group, ...], Field(min_length=1)]
    leavers: Leavers
    regular: Whole = 0.0
    flexible: tuple[Layer, ...] = ()
    #: By how many weeks all arrivals may come earlier or later (standard deviation).
    timing_spread: Annotated[float, Field(ge=0, le=MOST_SHIFT)] = 0.0
    certainty: Annotated[float, Field(gt=0, lt=1)] = 0.9
    runs: Annotated[int, Field(ge=100, le=200_000)] = RUNS
    seed: Annotated[int, Field(ge=0)] = 1

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT


def _whole(profile: Mapping[int, float], name: str) -> None:
    if not math.isclose(sum(profile.values()), 1.0, abs_tol=1e-6):
        raise ValueError(f"{name} add up to {sum(profile.values()):g}, not to 1")


@dataclass(frozen=True)
class WeekOf:
    """A week as it is expected, and the shortage that in half, and in nine of ten, of the runs isn't exceeded."""

    week: int
    demand: float
    supply: float
    p50: float
    p90: float
    #: In what share of the runs rooms are short.
    chance: float
    #: What one of ten, and nine of ten, of the runs stay under.
    demand_low: float
    demand_high: float
    supply_low: float
    supply_high: float


@dataclass(frozen=True)
class Outcome:
    weeks: tuple[WeekOf, ...]
    #: The worst week of each run: what isn't exceeded in half and in nine of ten runs.
    p50: float
    p90: float
    #: In what share of the runs rooms are short in any week.
    chance: float
    #: The week in which most runs that fall short are shortest of rooms; None where none is.
    peak_week: int | None
    certainty: float
    #: Beds to be added, so that with this certainty nobody is without in any week.
    beds: int
    #: The same for other certainties.
    beds_by_certainty: Mapping[float, int] = field(default_factory=dict)


#: Between these shares of the runs lies what is asked for, and what there is.
_BAND = (0.1, 0.9)

CERTAINTIES = (0.5, 0.75, 0.8, 0.9, 0.95, 0.99)


def simulate(peak: Peak) -> Outcome:
    """The shortages of `peak.runs` autumns; the same question gives the same answer."""
    generator = np.random.default_rng(peak.seed)
    shift = np.zeros(peak.runs, dtype=np.int64)
    if peak.timing_spread:
        drawn = np.rint(generator.normal(0, peak.timing_spread, peak.runs)).astype(np.int64)
        shift = np.clip(drawn, -MOST_SHIFT, MOST_SHIFT)
    arrived = np.stack([_arrived(group.arrivals) for group in peak.groups])
    amount = np.stack([_amounts(group, peak.runs, generator) for group in peak.groups], axis=1)
    short = np.empty((peak.runs, WEEKS))
    for moved in np.unique(shift):
        runs = shift == moved
        short[runs] = amount[runs] @ _moved(arrived, int(moved))
    asked = [_ranked(short, part) for part in _BAND]
    rooms = _counts(peak.leavers.rooms, peak.leavers.spread, peak.runs, generator)
    given_back, steady = _arrived(peak.leavers.leave), _steady(peak)
    there = [steady + _ranked(rooms, part) * given_back for part in _BAND]
    short -= rooms[:, np.newaxis] * given_back
    short -= steady
    np.maximum(short, 0, out=short)
    expected = sum((group.enrolments * group.away * _arrived(group.arrivals) for group in peak.groups), np.zeros(WEEKS))
    return _told(peak, short, [expected, steady + peak.leavers.rooms * given_back], [*asked, *there])


def _told(peak: Peak, short: Floats, expected: Sequence[Floats], bands: Sequence[Floats]) -> Outcome:
    worst = short.max(axis=1)
    falls = worst > 0
    peaks = np.bincount(short[falls].argmax(axis=1), minlength=WEEKS)
    p50, p90 = _ranked(short, 0.5), _ranked(short, 0.9)
    chance = (short > 0).mean(axis=0)
    beds = {certainty: math.ceil(_ranked(worst, certainty)) for certainty in (*CERTAINTIES, peak.certainty)}
    return Outcome(
        weeks=tuple(
            WeekOf(week + 1, *(float(line[week]) for line in (*expected, p50, p90, chance, *bands)))
            for week in range(WEEKS)
        ),
        p50=float(_ranked(worst, 0.5)),
        p90=float(_ranked(worst, 0.9)),
        chance=float(falls.mean()),
        peak_week=int(peaks.argmax()) + 1 if falls.any() else None,
        certainty=peak.certainty,
        beds=beds[peak.certainty],
        beds_by_certainty={certainty: beds[certainty] for certainty in sorted(beds)},
    )


def _ranked(values: Floats, certainty: float) -> Floats:
    """What the share `certainty` of the runs doesn't exceed: a run that was drawn, never between two."""
    place = max(0, math.ceil(certainty * len(values) - 1e-9) - 1)
    ranked: Floats = np.partition(values, place, axis=0)[place]
    return ranked


def _arrived(profile: Mapping[int, float]) -> Floats:
    """Who is there by each week, as a share."""
    weekly = np.zeros(WEEKS)
    for week, share in profile.items():
        weekly[week - 1] = share
    return np.cumsum(weekly)


def _moved(arrived: Floats, weeks: int) -> Floats:
    """Everybody so many weeks later (earlier where below zero): who would come before the year is there at once."""
    if not weeks:
        return arrived
    at = np.clip(np.arange(WEEKS) - weeks, -1, WEEKS - 1)
    return np.where(at < 0, 0.0, arrived[:, at])


def _steady(peak: Peak) -> Floats:
    rooms = np.full(WEEKS, float(peak.regular))
    for layer in peak.flexible:
        rooms[layer.start - 1 : layer.end] += layer.capacity
    return rooms


def _amounts(group: Group, runs: int, generator: np.random.Generator) -> Floats:
    """Of each run, how many of the group look for a room."""
    away: Floats = np.full(runs, group.away)
    if group.away_spread:
        away = np.clip(generator.normal(group.away, group.away_spread, runs), 0, 1)
    looking: Floats = _counts(group.enrolments, group.enrolments_spread, runs, generator) * away
    return looking


def _counts(mean: float, spread: float, runs: int, generator: np.random.Generator) -> Floats:
    """Counts about a mean, never below zero: lognormal, so that it errs by factors, as forecasts of counts do."""
    if not spread or not mean:
        return np.full(runs, float(mean))
    variance = math.log1p(spread * spread)
    factors: Floats = generator.lognormal(-variance / 2, math.sqrt(variance), runs)
    return mean * factors

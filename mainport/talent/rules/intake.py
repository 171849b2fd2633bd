# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""How many students will come, from who has registered so far; and how wrong each method was on the last year.

Registrations are counts that have come in up to each week of the season, by year. The methods are plain and our
own: the ratio of earlier years, their seasonal pattern with a smoothed level, smoothing of the years' intakes alone
(Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., 8.1 and 8.3), and two models of the weekly
line as a whole (rules.weekly_series).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from mainport.talent.rules import weekly_series

Floats = npt.NDArray[np.float64]


class Method(StrEnum):
    RATIO = "ratio"
    SEASONAL = "seasonal"
    SMOOTHING = "smoothing"
    ETS = "ets"
    SARIMA = "sarima"


@dataclass(frozen=True)
class Season:
    """One year: registered up to and with each week of the season (the year at hand stops early), and who came."""

    year: int
    registered: tuple[float, ...]
    enrolled: float | None = None


@dataclass(frozen=True)
class Left:
    """A year that was left out and forecast from those before it, with what was known in the same week."""

    year: int
    forecast: float
    enrolled: float

    @property
    def error(self) -> float:
        """As a share of who came: positive is too many."""
        return self.forecast / self.enrolled - 1


@dataclass(frozen=True)
class Intake:
    """Who is expected to come; `spread` is the error to reckon with, as a share (standard deviation)."""

    year: int
    method: Method
    expected: float
    spread: float
    #: What each method says, and how each did on every year that can be left out, the last one last.
    by_method: Mapping[Method, float]
    left_out: Mapping[Method, tuple[Left, ...]]


class TooFewYears(ValueError):
    """There are too few years to say how wrong a forecast is."""


#: Nothing is known to be sharper than this: years differ by what no registration tells.
LEAST_SPREAD = 0.02


def forecast(seasons: Sequence[Season], method: Method | None = None) -> Intake:
    """The intake of the last season, by the method given or the one that was least wrong on the years left out.

    Raises TooFewYears under two years that are known whole, ValueError for seasons that aren't in order, whose
    numbers go below zero, or that have nothing in the week that is asked.
    """
    *before, now = _checked(seasons)
    if len(before) < 2:
        raise TooFewYears(f"{len(before)} years with their intake; a forecast with its error needs 2")
    week = len(now.registered)
    left_out = {}
    for one in Method:
        left_out[one] = tuple(
            Left(year.year, _METHODS[one](before[:at], year.registered[:week]), year.enrolled or 0.0)
            for at, year in enumerate(before)
            if at
        )
    errors = {one: float(np.sqrt(np.mean([left.error**2 for left in lefts]))) for one, lefts in left_out.items()}
    chosen = method or min(errors, key=lambda one: errors[one])
    by_method = {one: _METHODS[one](before, now.registered) for one in Method}
    return Intake(now.year, chosen, by_method[chosen], max(errors[chosen], LEAST_SPREAD), by_method, left_out)


def _checked(seasons: Sequence[Season]) -> Sequence[Season]:
    if not seasons or any(one.year >= other.year for one, other in pairwise(seasons)):
        raise ValueError("seasons in the order of their years")
    week = len(seasons[-1].registered)
    for season in seasons:
        if any(count < 0 for count in season.registered) or (season.enrolled or 0) < 0:
            raise ValueError(f"{season.year}: a count below zero")
        if len(season.registered) < week or not week or not season.registered[week - 1]:
            raise ValueError(f"{season.year}: nobody is registered in week {week} of the season")
    for season in seasons[:-1]:
        if not season.enrolled:
            raise ValueError(f"{season.year}: how many came isn't known")
    return seasons


def by_ratio(before: Sequence[Season], registered: Sequence[float]) -> float:
    """Who came for each registration of the same week in earlier years, times the registrations now."""
    week = len(registered)
    came = sum(year.enrolled or 0.0 for year in before)
    return registered[-1] * came / sum(year.registered[week - 1] for year in before)


def by_season(before: Sequence[Season], registered: Sequence[float], alpha: float = 0.3) -> float:
    """Each week still to come brings its share of earlier years, at the level to which this year's weeks are smoothed.

    The level is simple exponential smoothing of this week's number by that of earlier years: the multiplicative
    method of Holt and Winters without trend, whose seasonal indices are known from years that are whole.
    """
    week = len(registered)
    weeks = min(len(year.registered) for year in before)
    pattern = np.mean([_weekly(year.registered[:weeks]) for year in before], axis=0)
    now = _weekly(registered)
    # A week that brought few in earlier years says little, so weeks weigh by what they use to bring.
    level = float(now.sum() / pattern[:week].sum())
    for number, usual in zip(now, pattern[:week], strict=True):
        if usual > 0:
            weight = alpha * min(1.0, usual / float(np.abs(pattern).mean()))
            level += weight * (number / usual - level)
    final = registered[-1] + level * float(pattern[week:].sum())
    conversion = sum(year.enrolled or 0.0 for year in before) / sum(year.registered[weeks - 1] for year in before)
    return max(0.0, float(final * conversion))


def _weekly(registered: Sequence[float]) -> Floats:
    return np.diff(np.asarray(registered, dtype=np.float64), prepend=0.0)


def by_smoothing(before: Sequence[Season], registered: Sequence[float]) -> float:
    """Simple exponential smoothing of the intakes of earlier years; registrations play no part."""
    came = [year.enrolled or 0.0 for year in before]
    # From two years no alpha can be told from another: then the last year stands, which is alpha 1.
    return min((smoothed(came, alpha) for alpha in np.linspace(1.0, 0.1, 10)), key=lambda found: found[1])[0]


def smoothed(line: Sequence[float], alpha: float) -> tuple[float, float]:
    """The level after the line, and the sum of the squared errors on the way.

    >>> smoothed([100, 120, 110], 0.5)
    (110.0, 400.0)
    """
    level, squares = line[0], 0.0
    for value in line[1:]:
        squares += (value - level) ** 2
        level += float(alpha) * (value - level)
    return level, squares


def by_ets(before: Sequence[Season], registered: Sequence[float]) -> float:
    """Level, damped trend and season of the weekly line, ETS(A,Ad,A), run to the end of the season."""
    return _by_series(weekly_series.ets, before, registered)


def by_sarima(before: Sequence[Season], registered: Sequence[float]) -> float:
    """SARIMA(0,1,1)(0,1,1) of the weekly line, run to the end of the season."""
    return _by_series(weekly_series.sarima, before, registered)


def _by_series(
    model: Callable[[Floats, Floats, int, int], Floats], before: Sequence[Season], registered: Sequence[float]
) -> float:
    """Registrations in logarithms, season behind season; of those who register by its end the usual share comes.

    A week counts by the part of a season's registrations that use to be in by then: of the first few nothing is to
    be learnt, and logarithms would make much of them.
    """
    weeks = min(len(year.registered) for year in before)
    now = registered[:weeks]
    share = np.mean([np.asarray(year.registered[:weeks]) / max(year.registered[:weeks]) for year in before], axis=0)
    line = np.log1p(np.concatenate([*(year.registered[:weeks] for year in before), now]))
    ahead = weeks - len(now)
    final = float(np.expm1(model(line, np.resize(share, len(line)), weeks, ahead)[-1])) if ahead else now[-1]
    conversion = sum(year.enrolled or 0.0 for year in before) / sum(year.registered[weeks - 1] for year in before)
    return max(0.0, final * conversion)


_METHODS: Mapping[Method, Callable[[Sequence[Season], Sequence[float]], float]] = {
    Method.RATIO: by_ratio,
    Method.SEASONAL: by_season,
    Method.SMOOTHING: by_smoothing,
    Method.ETS: by_ets,
    Method.SARIMA: by_sarima,
}

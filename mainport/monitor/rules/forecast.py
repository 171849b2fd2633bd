# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Where a line goes if it goes on as it did, with a band, and how wrong such a forecast was before.

The methods are the random walk without and with drift (Hyndman & Athanasopoulos, Forecasting: Principles and
Practice, 3rd ed., 5.2 and 5.5), written for points that needn't lie one step apart. The band takes Student's t
instead of the normal distribution, since a line of yearly figures is short. Which of the two is used, the
back-test decides: each point is forecast from those before it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

#: Fewer points say nothing of how much the line moves.
MINIMUM_POINTS = 5
#: Points before the first that the back-test forecasts: two differences and one to spare.
MINIMUM_TRAINING = 4

#: Drift must earn its place: at an error of at most this share of that without.
DRIFT_GAIN = 0.9

#: Moment (a year, with its part as fraction) and value.
Point = tuple[float, float]


class Method(StrEnum):
    NAIVE = "random-walk"
    DRIFT = "random-walk-with-drift"


@dataclass(frozen=True)
class Step:
    """One moment ahead: what is expected, and between what it falls with the probability of the level."""

    at: float
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class BackTest:
    """How forecasts of known points, each from the points before it, turned out."""

    forecasts: int
    mean_absolute_error: float
    #: The error of forecasting that nothing changes, over the same points.
    naive_error: float
    #: Share of the points that fell within the band; it should be about the level.
    coverage: float
    #: Mean absolute error as a share of the mean size of the values; None where that is zero.
    relative_error: float | None


@dataclass(frozen=True)
class Forecast:
    method: Method
    level: float
    steps: tuple[Step, ...]
    back_test: BackTest


class TooFewPoints(ValueError):
    """The line is too short to say where it goes."""

    def __init__(self, points: int) -> None:
        self.points = points
        super().__init__(f"{points} points; a forecast needs {MINIMUM_POINTS}")


def forecast(
    points: Sequence[Point],
    ahead: Sequence[float],
    *,
    level: float = 0.8,
    floor: float | None = None,
    ceiling: float | None = None,
) -> Forecast:
    """The forecast at the moments `ahead`, which come after the last point.

    `floor` and `ceiling` are what the value can't pass (a share lies between 0 and 100). Raises TooFewPoints,
    and ValueError for points that aren't in order or a level that isn't between 0 and 1.
    """
    line = _checked(points)
    if not 0 < level < 1:
        raise ValueError(f"the level {level} isn't between 0 and 1")
    if any(moment <= line[-1][0] for moment in ahead):
        raise ValueError("a forecast is of moments after the last point")
    tests = {method: back_test(line, method, level) for method in Method}
    naive, drift = tests[Method.NAIVE].mean_absolute_error, tests[Method.DRIFT].mean_absolute_error
    method = Method.DRIFT if drift < DRIFT_GAIN * naive else Method.NAIVE

    def clipped(value: float) -> float:
        value = value if floor is None else max(value, floor)
        return value if ceiling is None else min(value, ceiling)

    steps = [
        Step(step.at, *map(clipped, (step.value, step.low, step.high))) for step in _walk(line, ahead, method, level)
    ]
    return Forecast(method=method, level=level, steps=tuple(steps), back_test=tests[method])


def back_test(points: Sequence[Point], method: Method, level: float = 0.8) -> BackTest:
    """Forecast each point from those before it. Raises TooFewPoints."""
    line = _checked(points)
    errors, naive, within = [], [], 0
    for count in range(MINIMUM_TRAINING, len(line)):
        moment, value = line[count]
        (step,) = _walk(line[:count], [moment], method, level)
        errors.append(abs(value - step.value))
        naive.append(abs(value - line[count - 1][1]))
        within += step.low <= value <= step.high
    size = sum(abs(value) for _moment, value in line[MINIMUM_TRAINING:]) / len(errors)
    error = sum(errors) / len(errors)
    return BackTest(
        forecasts=len(errors),
        mean_absolute_error=error,
        naive_error=sum(naive) / len(naive),
        coverage=within / len(errors),
        relative_error=error / size if size else None,
    )


def _checked(points: Sequence[Point]) -> list[Point]:
    line = list(points)
    if len(line) < MINIMUM_POINTS:
        raise TooFewPoints(len(line))
    if not all(math.isfinite(number) for point in line for number in point):
        raise ValueError("a point isn't finite")
    if any(after[0] <= before[0] for before, after in pairwise(line)):
        raise ValueError("the points aren't in the order of time")
    return line


def _walk(line: Sequence[Point], ahead: Sequence[float], method: Method, level: float) -> list[Step]:
    (start, first), (end, last) = line[0], line[-1]
    span = end - start
    drift = (last - first) / span if method is Method.DRIFT else 0.0
    steps = [(after[0] - before[0], after[1] - before[1]) for before, after in pairwise(line)]
    # Over twice the time a walk spreads by the root of two: each change counts by its own stretch of time.
    squares = sum((change - drift * time) ** 2 / time for time, change in steps)
    freedom = len(steps) - (method is Method.DRIFT)
    deviation = math.sqrt(squares / freedom)
    reach = student_quantile((1 + level) / 2, freedom)
    found = []
    for moment in ahead:
        time = moment - end
        # With drift, what isn't known of the drift itself comes on top (FPP3, table 5.2).
        spread = math.sqrt(time * (1 + time / span)) if method is Method.DRIFT else math.sqrt(time)
        value, half = last + drift * time, reach * deviation * spread
        found.append(Step(moment, value, value - half, value + half))
    return found


@lru_cache(maxsize=256)
def student_quantile(probability: float, freedom: int) -> float:
    """The quantile, at least 0, of Student's t with whole degrees of freedom, for 0.5 up to below 1."""
    if not 0.5 <= probability < 1 or freedom < 1:
        raise ValueError("a probability from 0.5 up to below 1, and at least one degree of freedom")
    low, high = 0.0, 1.0
    while _student(high, freedom) < probability:
        high *= 2
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if _student(middle, freedom) < probability else (low, middle)
    return high


def _student(value: float, freedom: int) -> float:
    """The distribution function (Abramowitz & Stegun, 26.7.3 and 26.7.4)."""
    angle = math.atan(value / math.sqrt(freedom))
    cosine = math.cos(angle)
    odd = freedom % 2 == 1
    term = cosine if odd else 1.0
    total = 0.0 if freedom == 1 else term
    for k in range(3 if odd else 2, freedom - 1, 2):
        term *= cosine * cosine * (k - 1) / k
        total += term
    within = 2 / math.pi * (angle + math.sin(angle) * total) if odd else math.sin(angle) * total
    return (1 + within) / 2

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Whether an indicator moves towards its target fast enough.

The method is the one that Open SDG publishes after Statistics Canada (open-sdg/open-sdg, docs/progress.md;
open-sdg/sdg-build, sdg/ProgressMeasure.py): compound annual growth since the base year. With a target, the
ratio of that growth to the growth that the target needs; without one, the growth itself, counted positive
where it goes the wished way.

What the method has no answer for is named in the notes instead of being guessed: a baseline of zero, values
on both sides of zero, too few points. There the pace along a straight line says what can be said. Margins of
error are carried through to the outcome.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum


class Direction(StrEnum):
    """Which way is better, in the words of Open SDG; neither, where nobody decided that one is."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    NONE = "none"

    @property
    def sign(self) -> int:
        """Zero where neither way is better: that can't be assessed."""
        return {Direction.POSITIVE: 1, Direction.NEGATIVE: -1, Direction.NONE: 0}[self]


class Status(StrEnum):
    """The verdicts of Open SDG, in its words."""

    TARGET_ACHIEVED = "target_achieved"
    SUBSTANTIAL = "substantial_progress"
    MODERATE = "moderate_progress"
    LIMITED = "limited_progress"
    DETERIORATION = "deterioration"
    NOT_AVAILABLE = "not_available"


class Method(StrEnum):
    """What the value of an assessment is."""

    RATIO = "growth-ratio"  # With a target: growth that was, over growth that is needed.
    GROWTH = "growth"  # Without: growth a year.


class Note(StrEnum):
    """What a reader must know beside the verdict; `EXPLANATIONS` says each in full."""

    TOO_FEW_POINTS = "too-few-points"
    TWO_POINTS = "two-points"
    YEARS_OUT_OF_ORDER = "years-out-of-order"
    BASELINE_ZERO = "baseline-zero"
    BASELINE_NEGATIVE = "baseline-negative"
    SIGN_CHANGED = "sign-changed"
    TOO_CLOSE_TO_ZERO = "too-close-to-zero"
    TARGET_ZERO = "target-zero"
    TARGET_ACROSS_ZERO = "target-across-zero"
    BASELINE_MEETS_TARGET = "baseline-meets-target"
    TARGET_REACHED = "target-reached"
    TARGET_YEAR_PASSED = "target-year-passed"
    CHANGE_WITHIN_MARGIN = "change-within-margin"
    STATUS_WITHIN_MARGIN = "status-within-margin"
    TARGET_WITHIN_MARGIN = "target-within-margin"
    NO_DIRECTION = "no-direction"


EXPLANATIONS: Mapping[Note, str] = {
    Note.TOO_FEW_POINTS: "there are fewer than two points; growth needs two years",
    Note.TWO_POINTS: "there are two points only: one unusual year decides the outcome",
    Note.YEARS_OUT_OF_ORDER: "the current year, or the target year, doesn't come after the base year",
    Note.BASELINE_ZERO: "the baseline is zero: compound growth doesn't exist; the straight line is given",
    Note.BASELINE_NEGATIVE: "the baseline is negative: growth is counted in the opposite sense",
    Note.SIGN_CHANGED: "the value crossed zero: compound growth doesn't exist; the straight line is given",
    Note.TOO_CLOSE_TO_ZERO: "a value is so close to zero that growth can't be counted",
    Note.TARGET_ZERO: "the target is zero: the method counts it as 0.001, which depends on the unit; "
    "the straight line is given too",
    Note.TARGET_ACROSS_ZERO: "target and baseline stand on either side of zero: compound growth doesn't exist; "
    "the straight line is given",
    Note.BASELINE_MEETS_TARGET: "the baseline met the target already",
    Note.TARGET_REACHED: "the target has been reached",
    Note.TARGET_YEAR_PASSED: "the target year has passed without the target being reached",
    Note.CHANGE_WITHIN_MARGIN: "the change since the base year is within the margins of error",
    Note.STATUS_WITHIN_MARGIN: "within the margins of error another verdict is possible",
    Note.TARGET_WITHIN_MARGIN: "whether the target has been reached is within the margin of error",
    Note.NO_DIRECTION: "neither way is better, so nothing is judged",
}

#: From here up: substantial, moderate, limited; below the last: deterioration.
THRESHOLDS: Mapping[Method, tuple[float, float, float]] = {
    Method.RATIO: (0.95, 0.6, 0.0),
    Method.GROWTH: (0.015, 0.005, 0.0),
}

#: What the method takes for a target of zero, to which no growth rate leads.
ZERO_TARGET = 0.001


@dataclass(frozen=True, kw_only=True)
class Case:
    """What is assessed. Margins are half the width of the 95 percent interval, in the value's unit."""

    base_value: float
    base_year: float
    current_value: float
    current_year: float
    direction: Direction
    target_value: float | None = None
    target_year: float | None = None
    base_margin: float = 0.0
    current_margin: float = 0.0
    #: How many points there are from the base year on, where that is known.
    points: int | None = None

    @property
    def method(self) -> Method:
        return Method.GROWTH if self.target_value is None else Method.RATIO


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """The verdict, the number that it rests on, and what must be known beside it.

    `value` is the ratio or the growth (`method` says which), None where the method has no answer. `linear`
    is the same along a straight line: the change a year over the change a year that is needed, or, without
    a target, the change a year in the wished direction, in the value's unit. `low` and `high` bound `value`
    within the margins of error, and `statuses` are the verdicts at those bounds.
    """

    status: Status
    method: Method
    value: float | None = None
    linear: float | None = None
    low: float | None = None
    high: float | None = None
    statuses: tuple[Status, Status] | None = None
    notes: tuple[Note, ...] = ()


def growth(value: float, base: float, years: float) -> float:
    """Compound growth a year.

    Raises ValueError where there is none (from zero, and across zero), OverflowError where it is endless.
    """
    if base == 0 or value / base < 0:
        raise ValueError("no growth leads from zero, or across it")
    found = float((value / base) ** (1 / years) - 1)
    if not math.isfinite(found):
        raise OverflowError("the values lie too far apart")
    return found


def status_of(value: float, method: Method) -> Status:
    high, middle, low = THRESHOLDS[method]
    if value >= high:
        return Status.SUBSTANTIAL
    if value >= middle:
        return Status.MODERATE
    return Status.LIMITED if value >= low else Status.DETERIORATION


def assess(case: Case) -> Assessment:
    """The verdict on a case. Raises ValueError for numbers that aren't finite and a target without a year."""
    _check(case)
    notes = _notes(case)
    if Note.TOO_FEW_POINTS in notes or Note.YEARS_OUT_OF_ORDER in notes:
        status = Status.TARGET_ACHIEVED if _reached(case, case.current_value) else Status.NOT_AVAILABLE
        return Assessment(status=status, method=case.method, notes=tuple(notes))
    value, linear = _value(case), _linear(case)
    if value is None and not notes:
        notes.append(Note.TOO_CLOSE_TO_ZERO)
    found = Assessment(status=_status(case, value), method=case.method, value=value, linear=linear)
    found = _with_margins(case, found, notes)
    return replace(found, notes=tuple(notes))


def assess_line(
    points: Mapping[float, float],
    *,
    direction: Direction,
    base_year: float = 2015,
    target_value: float | None = None,
    target_year: float | None = 2030,
    margins: Mapping[float, float] | None = None,
) -> Assessment:
    """The verdict on a line of values by year: from the base year, or the first after it, to the last year.

    2015 and 2030 are what Open SDG takes where an indicator says nothing.
    """
    years = sorted(year for year in points if year >= base_year)
    method = Method.GROWTH if target_value is None else Method.RATIO
    if direction is Direction.NONE:
        return Assessment(status=Status.NOT_AVAILABLE, method=method, notes=(Note.NO_DIRECTION,))
    if not years:
        return Assessment(status=Status.NOT_AVAILABLE, method=method, notes=(Note.TOO_FEW_POINTS,))
    first, last = years[0], years[-1]
    margins = margins or {}
    return assess(
        Case(
            base_value=points[first],
            base_year=first,
            current_value=points[last],
            current_year=last,
            direction=direction,
            target_value=target_value,
            target_year=target_year,
            base_margin=margins.get(first, 0.0),
            current_margin=margins.get(last, 0.0),
            points=len(years),
        )
    )


def _check(case: Case) -> None:
    numbers = (case.base_value, case.base_year, case.current_value, case.current_year)
    known = [number for number in (*numbers, case.target_value, case.target_year) if number is not None]
    margins = (case.base_margin, case.current_margin)
    if not all(map(math.isfinite, (*known, *margins))):
        raise ValueError("a value, year or margin isn't a finite number")
    if min(margins) < 0:
        raise ValueError("a margin of error is negative")
    if case.target_value is not None and case.target_year is None:
        raise ValueError("a target needs its year")


def _reached(case: Case, value: float) -> bool:
    return case.target_value is not None and (value - case.target_value) * case.direction.sign >= 0


def _status(case: Case, value: float | None) -> Status:
    if _reached(case, case.current_value):
        return Status.TARGET_ACHIEVED
    if value is not None:
        return status_of(value, case.method)
    if case.target_value is not None and case.target_value == case.base_value:
        return Status.DETERIORATION  # It was there, and no longer is.
    return Status.NOT_AVAILABLE


def _value(case: Case) -> float | None:
    """What the method rests its verdict on; None where no compound growth exists."""
    # Growth of a negative number that rises is negative.
    sense = case.direction.sign * (-1 if case.base_value < 0 else 1)
    try:
        was = growth(case.current_value, case.base_value, case.current_year - case.base_year)
        if case.target_value is None:
            return sense * was
        assert case.target_year is not None
        target = ZERO_TARGET * (-1 if case.base_value < 0 else 1) if case.target_value == 0 else case.target_value
        needed = growth(target, case.base_value, case.target_year - case.base_year)
    except (ValueError, OverflowError):
        return None
    ratio = sense * was / abs(needed) if needed else math.inf
    return ratio if math.isfinite(ratio) else None


def _linear(case: Case) -> float | None:
    pace = (case.current_value - case.base_value) / (case.current_year - case.base_year) * case.direction.sign
    if case.target_value is not None:
        assert case.target_year is not None
        needed = abs(case.target_value - case.base_value) / (case.target_year - case.base_year)
        pace = pace / needed if needed else math.inf
    return pace if math.isfinite(pace) else None


def _notes(case: Case) -> list[Note]:
    years = case.current_year - case.base_year
    ahead = case.target_year - case.base_year if case.target_value is not None and case.target_year else 1
    reached, target = _reached(case, case.current_value), case.target_value
    found = {
        Note.TOO_FEW_POINTS: years == 0,
        Note.TWO_POINTS: years > 0 and case.points == 2,
        Note.YEARS_OUT_OF_ORDER: years < 0 or ahead <= 0,
        Note.BASELINE_ZERO: case.base_value == 0,
        Note.BASELINE_NEGATIVE: case.base_value < 0,
        Note.SIGN_CHANGED: case.base_value * case.current_value < 0,
        Note.TARGET_ZERO: target == 0,
        Note.TARGET_ACROSS_ZERO: target is not None and case.base_value * target < 0,
        Note.BASELINE_MEETS_TARGET: _reached(case, case.base_value),
        Note.TARGET_REACHED: reached,
        Note.TARGET_YEAR_PASSED: target is not None
        and case.target_year is not None
        and case.current_year >= case.target_year
        and not reached,
    }
    return [note for note, holds in found.items() if holds]


def _with_margins(case: Case, found: Assessment, notes: list[Note]) -> Assessment:
    """The verdict with its bounds, where there are margins; adds the notes that they call for."""
    if not case.base_margin and not case.current_margin:
        return found
    if abs(case.current_value - case.base_value) <= math.hypot(case.base_margin, case.current_margin):
        notes.append(Note.CHANGE_WITHIN_MARGIN)
    ends = (case.current_value - case.current_margin, case.current_value + case.current_margin)
    if _reached(case, ends[0]) != _reached(case, ends[1]):
        notes.append(Note.TARGET_WITHIN_MARGIN)
    if found.value is None:
        return found
    spread = math.hypot(
        _half_range(lambda value: _value(replace(case, base_value=value)), case.base_value, case.base_margin),
        _half_range(lambda value: _value(replace(case, current_value=value)), case.current_value, case.current_margin),
    )
    if not math.isfinite(spread):
        notes.append(Note.STATUS_WITHIN_MARGIN)
        return found
    low, high = found.value - spread, found.value + spread
    statuses = (status_of(low, case.method), status_of(high, case.method))
    if found.status is not Status.TARGET_ACHIEVED and len({*statuses, found.status}) > 1:
        notes.append(Note.STATUS_WITHIN_MARGIN)
    return replace(found, low=low, high=high, statuses=statuses)


def _half_range(outcome: Callable[[float], float | None], value: float, margin: float) -> float:
    """How far the outcome moves when one value moves by its margin; independent margins add in squares.

    Infinite where the margin reaches a value for which there is no outcome.
    """
    if not margin:
        return 0.0
    ends = outcome(value - margin), outcome(value + margin)
    if ends[0] is None or ends[1] is None:
        return math.inf
    return abs(ends[1] - ends[0]) / 2

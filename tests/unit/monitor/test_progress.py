# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The published method on cases that can be worked out by hand, and what Mainport adds to it.

With a target: from 100 in 2020 the target of 133.1 in 2023 needs 10 percent a year (1.1 to the third).
121 in 2022 is 10 percent a year (1.1 squared): ratio 1. 114.49 is 7 percent (1.07 squared): 0.7.
110.25 is 5 percent (1.05 squared): 0.5. 81 is -10 percent (0.9 squared): -1.
Downwards: from 100 the target of 72.9 in 2023 needs -10 percent a year (0.9 to the third).
"""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mainport.monitor.rules.progress import (
    EXPLANATIONS,
    Case,
    Direction,
    Method,
    Note,
    Status,
    assess,
    assess_line,
    growth,
    status_of,
)

UP = Case(
    base_value=100,
    base_year=2020,
    current_value=121,
    current_year=2022,
    target_value=133.1,
    target_year=2023,
    direction=Direction.POSITIVE,
)
DOWN = replace(UP, current_value=81, target_value=72.9, direction=Direction.NEGATIVE)
FREE = replace(UP, target_value=None, target_year=None)


@pytest.mark.parametrize(
    ("case", "ratio", "status"),
    [
        (UP, 1.0, Status.SUBSTANTIAL),  # 10 % of 10 %
        (replace(UP, current_value=114.49), 0.7, Status.MODERATE),  # 7 % of 10 %
        (replace(UP, current_value=110.25), 0.5, Status.LIMITED),  # 5 % of 10 %
        (replace(UP, current_value=100), 0.0, Status.LIMITED),  # nothing of 10 %
        (replace(UP, current_value=81), -1.0, Status.DETERIORATION),  # -10 % of 10 %
        (replace(UP, current_value=133.1), math.sqrt(1.331) * 10 - 10, Status.TARGET_ACHIEVED),  # a year early
        (DOWN, 1.0, Status.SUBSTANTIAL),  # -10 % of -10 %
        (replace(DOWN, current_value=86.49), 0.7, Status.MODERATE),  # -7 % (0.93 squared)
        (replace(DOWN, current_value=90.25), 0.5, Status.LIMITED),  # -5 % (0.95 squared)
        (replace(DOWN, current_value=121), -1.0, Status.DETERIORATION),
        (replace(DOWN, current_value=72), 10 - math.sqrt(0.72) * 10, Status.TARGET_ACHIEVED),
    ],
)
def test_with_a_target_the_ratio_of_growth_to_needed_growth(case: Case, ratio: float, status: Status) -> None:
    found = assess(case)
    assert found.method is Method.RATIO
    assert found.value == pytest.approx(ratio)
    assert found.status is status


@pytest.mark.parametrize(
    ("current", "growth_a_year", "up", "down"),
    [
        (103.2256, 0.016, Status.SUBSTANTIAL, Status.DETERIORATION),  # 1.016 squared
        (102.01, 0.01, Status.MODERATE, Status.DETERIORATION),  # 1.01 squared
        (100.8016, 0.004, Status.LIMITED, Status.DETERIORATION),  # 1.004 squared
        (100, 0.0, Status.LIMITED, Status.LIMITED),
        (99.2016, -0.004, Status.DETERIORATION, Status.LIMITED),  # 0.996 squared
        (98.01, -0.01, Status.DETERIORATION, Status.MODERATE),  # 0.99 squared
        (96.04, -0.02, Status.DETERIORATION, Status.SUBSTANTIAL),  # 0.98 squared
    ],
)
def test_without_a_target_growth_in_the_wished_direction(
    current: float, growth_a_year: float, up: Status, down: Status
) -> None:
    case = replace(FREE, current_value=current)
    upwards, downwards = assess(case), assess(replace(case, direction=Direction.NEGATIVE))
    assert (upwards.method, upwards.status, downwards.status) == (Method.GROWTH, up, down)
    assert upwards.value == pytest.approx(growth_a_year)
    assert downwards.value == pytest.approx(-growth_a_year)


@pytest.mark.parametrize(
    ("method", "at"), [(Method.RATIO, (0.95, 0.6, 0.0)), (Method.GROWTH, (0.015, 0.005, 0.0))], ids=str
)
def test_a_threshold_belongs_to_the_better_verdict(method: Method, at: tuple[float, float, float]) -> None:
    verdicts = [status_of(value, method) for value in at]
    assert verdicts == [Status.SUBSTANTIAL, Status.MODERATE, Status.LIMITED]
    below = [status_of(math.nextafter(value, -1), method) for value in at]
    assert below == [Status.MODERATE, Status.LIMITED, Status.DETERIORATION]


def test_a_baseline_of_zero_is_named_and_gets_the_straight_line_only() -> None:
    # From 0 to 4 in 2 years: 2 a year. From 0 to 10 in 5 years needs 2 a year: 1 along the line.
    found = assess(replace(UP, base_value=0, current_value=4, target_value=10, target_year=2025))
    assert (found.status, found.value, found.linear) == (Status.NOT_AVAILABLE, None, 1.0)
    assert found.notes == (Note.BASELINE_ZERO,)
    free = assess(replace(FREE, base_value=0, current_value=4))
    assert (free.status, free.value, free.linear) == (Status.NOT_AVAILABLE, None, 2.0)


def test_a_baseline_of_zero_whose_target_is_reached_is_reached() -> None:
    found = assess(replace(UP, base_value=0, current_value=10, target_value=10))
    assert found.status is Status.TARGET_ACHIEVED
    assert set(found.notes) == {Note.BASELINE_ZERO, Note.TARGET_REACHED}


def test_a_negative_baseline_that_rises_to_zero_has_improved() -> None:
    # -100 to -81 in 2 years: the size falls 10 % a year; to -72.9 in 3 years needs as much.
    found = assess(replace(UP, base_value=-100, current_value=-81, target_value=-72.9))
    assert found.value == pytest.approx(1.0)
    assert (found.status, found.notes) == (Status.SUBSTANTIAL, (Note.BASELINE_NEGATIVE,))
    worse = assess(replace(FREE, base_value=-100, current_value=-121))
    assert worse.value == pytest.approx(-0.1)
    assert worse.status is Status.DETERIORATION


def test_crossing_zero_is_named() -> None:
    # From -10 to 10 in 2 years, 10 a year; to 20 in 3 years needs 10 a year.
    found = assess(replace(UP, base_value=-10, current_value=10, target_value=20))
    assert (found.status, found.value, found.linear) == (Status.NOT_AVAILABLE, None, 1.0)
    assert {Note.SIGN_CHANGED, Note.TARGET_ACROSS_ZERO} <= set(found.notes)


def test_a_target_of_zero_counts_as_the_published_code_counts_it_and_is_named() -> None:
    # 100 to 81 in 2 years is -10 % a year; 100 to 0.001 in 5 years needs -90 % (0.1 to the fifth): 1/9.
    found = assess(replace(DOWN, target_value=0, target_year=2025))
    assert found.value == pytest.approx(1 / 9)
    assert (found.status, found.notes) == (Status.LIMITED, (Note.TARGET_ZERO,))
    assert found.linear == pytest.approx(9.5 / 20)


def test_one_point_is_too_few_and_two_are_said_to_be_two() -> None:
    line = {2020: 100.0}
    assert assess_line(line, direction=Direction.POSITIVE).notes == (Note.TOO_FEW_POINTS,)
    assert assess_line({}, direction=Direction.POSITIVE).status is Status.NOT_AVAILABLE
    two = assess_line(line | {2022: 121.0}, direction=Direction.POSITIVE)
    assert (two.notes, two.status) == ((Note.TWO_POINTS,), Status.SUBSTANTIAL)


def test_one_point_beyond_the_target_has_reached_it() -> None:
    found = assess_line({2020: 100.0}, direction=Direction.POSITIVE, target_value=90)
    assert (found.status, found.value) == (Status.TARGET_ACHIEVED, None)


def test_a_line_begins_at_the_first_year_from_the_base_year_and_ends_at_the_last() -> None:
    line = {2010: 5.0, 2020: 100.0, 2021: 300.0, 2022: 121.0}
    found = assess_line(line, direction=Direction.POSITIVE, target_value=133.1, target_year=2023)
    assert found.value == pytest.approx(1.0)
    assert found.notes == ()


def test_a_target_year_that_passed_is_named() -> None:
    late = assess(replace(UP, current_year=2024, current_value=110))
    assert late.notes == (Note.TARGET_YEAR_PASSED,)


def test_a_target_that_was_met_and_lost() -> None:
    found = assess(replace(UP, target_value=100, current_value=90))
    assert (found.status, found.value, found.notes) == (Status.DETERIORATION, None, (Note.BASELINE_MEETS_TARGET,))


@pytest.mark.parametrize("case", [replace(UP, current_year=2019), replace(UP, target_year=2020)])
def test_years_out_of_order_are_named(case: Case) -> None:
    found = assess(case)
    assert (found.status, found.value) == (Status.NOT_AVAILABLE, None)
    assert Note.YEARS_OUT_OF_ORDER in found.notes


def test_margins_bound_the_outcome() -> None:
    # A margin on the current value only: 108.16 and 112.36, halfway 110.26, are 4 % and 6 % a year,
    # so the ratio of about 0.5 goes from 0.4 to 0.6.
    found = assess(replace(UP, current_value=110.26, current_margin=2.1))
    assert found.low == pytest.approx(0.4, abs=0.001)
    assert found.high == pytest.approx(0.6, abs=0.001)
    assert found.notes in ((), (Note.STATUS_WITHIN_MARGIN,))
    sure = assess(replace(UP, current_value=110.26, current_margin=0.5))
    assert (sure.statuses, sure.notes) == ((Status.LIMITED, Status.LIMITED), ())


def test_independent_margins_add_in_squares() -> None:
    only_base = assess(replace(FREE, base_margin=3))
    only_current = assess(replace(FREE, current_margin=4))
    both = assess(replace(FREE, base_margin=3, current_margin=4))
    assert both.value is not None
    assert only_base.value == only_current.value == both.value
    assert both.high == pytest.approx(
        both.value + math.hypot(only_base.high - both.value, only_current.high - both.value)  # type: ignore[operator]
    )


def test_a_change_within_the_margins_is_named() -> None:
    # 3 and 4 make 5: a change of 4 may be none.
    found = assess(replace(UP, current_value=104, base_margin=3, current_margin=4))
    assert Note.CHANGE_WITHIN_MARGIN in found.notes
    assert Note.STATUS_WITHIN_MARGIN in found.notes
    assert (
        Note.CHANGE_WITHIN_MARGIN not in assess(replace(UP, current_value=106, base_margin=3, current_margin=4)).notes
    )


def test_a_target_within_the_margin_is_named() -> None:
    assert Note.TARGET_WITHIN_MARGIN in assess(replace(UP, current_value=132, current_margin=2)).notes
    assert Note.TARGET_WITHIN_MARGIN in assess(replace(UP, current_value=134, current_margin=2)).notes


def test_a_margin_that_reaches_zero_leaves_the_bounds_open() -> None:
    found = assess(replace(FREE, base_value=2, base_margin=3, current_value=20))
    assert (found.low, found.high) == (None, None)
    assert Note.STATUS_WITHIN_MARGIN in found.notes


@pytest.mark.parametrize(
    "case",
    [
        replace(UP, base_value=math.nan),
        replace(UP, target_value=math.inf),
        replace(UP, current_margin=-1),
        replace(UP, target_year=None),
    ],
)
def test_numbers_that_say_nothing_are_refused(case: Case) -> None:
    with pytest.raises(ValueError, match=r"finite|negative|year"):
        assess(case)


def test_growth_from_zero_and_across_it_does_not_exist() -> None:
    assert growth(121, 100, 2) == pytest.approx(0.1)
    assert growth(0, 100, 2) == -1
    for value, base in ((1, 0), (1, -1), (-1, 1)):
        with pytest.raises(ValueError, match="no growth"):
            growth(value, base, 2)


numbers = st.floats(-1e9, 1e9)


@given(base=numbers, current=numbers, target=numbers | st.none(), margin=st.floats(0, 1e6), up=st.booleans())
def test_every_case_has_a_verdict_and_finite_numbers(
    base: float, current: float, target: float | None, margin: float, up: bool
) -> None:
    case = replace(
        UP,
        base_value=base,
        current_value=current,
        target_value=target,
        current_margin=margin,
        direction=Direction.POSITIVE if up else Direction.NEGATIVE,
    )
    found = assess(case)
    if found.value is not None:
        assert math.isfinite(found.value)
        if found.status is not Status.TARGET_ACHIEVED:
            assert found.status is status_of(found.value, found.method)
    elif found.status is Status.NOT_AVAILABLE:
        assert found.notes


def test_every_note_is_explained() -> None:
    assert set(EXPLANATIONS) == set(Note)


def test_where_neither_way_is_better_nothing_is_judged() -> None:
    found = assess_line({2020: 100.0, 2024: 120.0}, direction=Direction.NONE)
    assert (found.status, found.value, found.notes) == (Status.NOT_AVAILABLE, None, (Note.NO_DIRECTION,))

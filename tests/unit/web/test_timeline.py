# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Milestones on a line of time."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from mainport.web.charts.timeline import Point, draw

TODAY = date(2026, 11, 24)
DAYS = st.dates(date(2015, 1, 1), date(2045, 12, 31))


def test_marks_stand_in_the_order_of_their_days() -> None:
    points = [Point(1, date(2025, 6, 30), "done"), Point(2, date(2027, 1, 31), "no-report")]
    drawing = draw(points, start=date(2025, 1, 1), end=date(2028, 12, 31), today=TODAY)
    first, second = drawing.marks
    assert drawing.left < first.x < drawing.now < second.x < drawing.right  # type: ignore[operator]
    assert first.y == second.y == drawing.line
    assert drawing.done_until == drawing.now
    assert [tick.label for tick in drawing.ticks] == ["2025", "2026", "2027", "2028"]


def test_marks_of_the_same_day_stand_above_each_other() -> None:
    points = [Point(n, date(2026, 6, 30), "done") for n in (1, 2, 3)]
    drawing = draw(points, start=date(2026, 1, 1), end=date(2026, 12, 31), today=TODAY)
    assert len({mark.y for mark in drawing.marks}) == 3
    assert all(mark.stem == drawing.line for mark in drawing.marks)


def test_today_is_left_out_where_it_lies_outside() -> None:
    points = [Point(1, date(2030, 1, 1), "no-report")]
    drawing = draw(points, start=date(2029, 1, 1), end=date(2031, 1, 1), today=TODAY)
    assert drawing.now is None
    assert drawing.done_until == drawing.left


def test_years_that_would_touch_are_thinned_out() -> None:
    points = [Point(1, date(2026, 6, 30), "done")]
    wide = draw(points, start=date(2020, 1, 1), end=date(2039, 12, 31), today=TODAY)
    narrow = draw(points, start=date(2020, 1, 1), end=date(2039, 12, 31), today=TODAY, width=320)
    assert len(narrow.ticks) < len(wide.ticks)
    assert narrow.ticks[0].label == "2020"


@given(days=st.lists(DAYS, min_size=1, max_size=25), start=DAYS, end=DAYS, width=st.sampled_from([320, 760]))
def test_everything_stays_inside_and_nothing_overlaps(days: list[date], start: date, end: date, width: float) -> None:
    points = [Point(number, day, "done") for number, day in enumerate(sorted(days), start=1)]
    drawing = draw(points, start=start, end=max(start, end), today=TODAY, width=width)
    for mark in drawing.marks:
        assert drawing.left <= mark.x <= drawing.right
        assert 0 < mark.y <= drawing.line < drawing.height
    for at, mark in enumerate(drawing.marks):
        for other in drawing.marks[at + 1 :]:
            assert abs(mark.x - other.x) >= 25 or mark.y != other.y
    assert all(drawing.left <= tick.x <= drawing.right for tick in drawing.ticks)

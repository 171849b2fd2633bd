# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Where the parts of a line chart stand."""

from __future__ import annotations

import itertools

import pytest

from mainport.web.charts.lines import Ahead, Aim, Drawing, Subject, Value, draw


def drawn(subject: Subject, width: float = 760, height: float = 340) -> Drawing:
    return draw(subject, width=width, height=height, say=lambda v: f"{v:g}", tell=lambda v: f"{v:.0f}")


def line(*values: float, start: int = 2015) -> list[Value]:
    return [Value(start + at, value) for at, value in enumerate(values)]


def test_a_line_starts_at_the_left_and_ends_at_the_right() -> None:
    (curve,) = drawn(Subject([("a", line(10, 20, 30))])).curves
    assert len(curve.dots) == 3
    assert curve.dots[0].x < curve.dots[1].x < curve.dots[2].x
    assert curve.dots[0].y > curve.dots[1].y > curve.dots[2].y
    assert curve.path.startswith(f"M{curve.dots[0].x} {curve.dots[0].y}L")


def test_the_scale_holds_every_value_and_starts_at_zero_where_that_is_near() -> None:
    assert next(row.label for row in drawn(Subject([("a", line(10, 30))])).rows) == "0"
    labels = [float(row.label) for row in drawn(Subject([("a", line(50_000, 51_000))])).rows]
    assert labels[0] <= 45_900
    assert labels[-1] >= 51_000
    negative = [float(row.label) for row in drawn(Subject([("a", line(-5, 3))])).rows]
    assert negative[0] <= -5
    assert negative[-1] >= 3


def test_one_value_stands_in_the_middle() -> None:
    drawing = drawn(Subject([("a", line(7))]))
    assert drawing.curves[0].path == ""
    assert drawing.curves[0].dots[0].x == pytest.approx((drawing.left + drawing.right) / 2, abs=0.1)


def test_names_at_the_ends_do_not_touch() -> None:
    drawing = drawn(Subject([("a", line(1, 10)), ("b", line(1, 10)), ("c", line(1, 10.1))]))
    heights = [label.y for label in drawing.labels]
    assert len({label.text for label in drawing.labels}) == 3
    assert all(after - before >= 17 for before, after in itertools.pairwise(heights))


def test_long_names_are_wrapped_where_there_is_little_room() -> None:
    lines = [("Municipality of Groningen", line(1, 10)), ("The North of the Netherlands", line(1, 9))]
    drawing = drawn(Subject(lines), width=360)
    assert [label.text for label in drawing.labels if label.number == 2] == ["The North of the", "Netherlands"]
    assert all(label.x + len(label.text) * 7 <= 360 for label in drawing.labels)


def test_targets_and_forecast_lie_within_the_drawing() -> None:
    subject = Subject(
        [("a", line(10, 12, 14))],
        ahead=[Ahead(2018, 16, 12, 20), Ahead(2019, 18, 10, 26)],
        aims=[Aim(2019, 15, "halfway", interim=True), Aim(2020, 40, "target")],
    )
    drawing = drawn(subject)
    assert drawing.band.startswith("M")
    assert drawing.band.endswith("Z")
    assert drawing.way.count("L") == 2
    assert [mark.interim for mark in drawing.marks] == [True, False]
    assert float(drawing.rows[-1].label) >= 40
    assert drawing.marks[1].label.anchor == "end"
    assert drawing.marks[1].label.x <= drawing.right


def test_nothing_to_draw() -> None:
    with pytest.raises(ValueError, match="no value"):
        drawn(Subject([("a", [])]))


def test_years_do_not_touch_on_a_small_screen() -> None:
    drawing = drawn(Subject([("a", line(*range(1, 40), start=1985))]), width=320, height=170)
    assert len(drawing.years) >= 2
    assert all(b.at - a.at >= 35 for a, b in zip(drawing.years, drawing.years[1:], strict=False))

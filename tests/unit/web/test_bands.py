# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Where the parts of lines with bands, and of rows, stand."""

from __future__ import annotations

import pytest

from mainport.web.charts import rows
from mainport.web.charts.bands import Scale, Series, draw, rounded

SCALE = Scale(lambda value: f"{value:g}", [(year, str(year)) for year in range(2020, 2031)])


def test_lines_lie_within_their_bands_and_the_drawing():
    one = Series("people", [(2020, 10), (2030, 20)], [(2020, 8, 12), (2030, 15, 26)])
    found = draw([one, Series("jobs", [(2020, 11), (2030, 21)])], SCALE, width=760, height=340)
    assert [row.label for row in found.rows] == ["0", "10", "20", "30"]
    assert found.lines[0].band.endswith("Z")
    assert found.lines[1].band == ""
    assert found.ticks[0].label == "2020"
    assert found.ticks[-1].at <= found.right
    assert {label.text for label in found.labels} == {"people", "jobs"}
    assert abs(found.labels[0].y - found.labels[1].y) >= 17
    assert all(label.y <= found.bottom + 5 for label in found.labels)


def test_steps_hold_until_the_next_place():
    found = draw([Series("a", [(2020, 10), (2030, 5)], steps=True)], SCALE, width=360, height=300)
    assert found.lines[0].path.count("L") == 2


def test_marks_through_the_drawing():
    scale = Scale(str, [(1, "1"), (2, "2")], from_zero=False, at=(2, "week 2"), level=(1.0, "even"))
    found = draw([Series("a", [(1, 0.8), (2, 0.9)])], scale, width=360, height=300)
    assert [rule.label.text for rule in found.rules] == ["week 2", "even"]
    assert found.rules[0].label.anchor == "end"
    assert found.rules[0].x1 == found.rules[0].x2


def test_nothing_to_draw():
    with pytest.raises(ValueError, match="no value"):
        draw([], SCALE, width=360, height=300)
    with pytest.raises(ValueError, match="no row"):
        rows.draw([], str, width=360)


def test_a_scale_of_one_value():
    assert rounded(0, 0, 3, True)[0] == 0
    assert rounded(5, 5, 3, False)[0] <= 5 <= rounded(5, 5, 3, False)[-1]


def test_a_dot_lies_in_its_interval_and_its_text_behind_it():
    found = rows.draw([("Emmen", [rows.Bar(0.5, 0.4, 0.6)]), ("Delfzijl", [rows.Bar(1.0)])], str, width=760, most=1.0)
    dot, bar = found.rows[0].bars[0], found.rows[1].bars[0]
    assert dot.low < dot.x < dot.high < dot.text_x
    assert bar.x == found.right
    assert found.rows[0].label_y < found.rows[1].label_y < found.bottom

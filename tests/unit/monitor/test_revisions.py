# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Values that turned out otherwise, and what differs between two moments."""

from __future__ import annotations

from datetime import UTC, date, datetime

from mainport.monitor.rules.formula import Point, Span
from mainport.monitor.rules.revisions import Revision, State, revisions
from mainport.monitor.rules.standing import Figure


def year(number: int) -> Span:
    return Span(date(number, 1, 1), date(number, 12, 31), "A")


def at(day: int) -> datetime:
    return datetime(2026, 11, day, tzinfo=UTC)


def state(day: int, **values: float) -> State:
    return State(at(day), {"city": {year(int(name[1:])): Point(value) for name, value in values.items()}}, [])


def test_a_value_that_came_is_no_revision() -> None:
    assert revisions([]) == []
    assert revisions([state(1, y2020=10), state(2, y2020=10, y2021=11)]) == []


def test_each_value_counted_from_when_it_was_learnt_until_the_next() -> None:
    found = revisions([state(1, y2020=10), state(2, y2020=10, y2021=5), state(3, y2020=12), state(4, y2020=13)])
    assert found == [
        Revision("city", True, year(2021), Point(5), None, at(2), at(3)),
        Revision("city", True, year(2020), Point(12), Point(13), at(3), at(4)),
        Revision("city", True, year(2020), Point(10), Point(12), at(1), at(3)),
    ]


def test_a_value_that_was_taken_back_and_came_again() -> None:
    found = revisions([state(1, y2020=10), state(2), state(3, y2020=11), state(4, y2020=12)])
    assert [(one.old, one.new, one.learnt_at) for one in found] == [
        (Point(11), Point(12), at(3)),
        (Point(10), None, at(1)),
    ]


def test_words_and_figures_of_sources_too() -> None:
    def said(day: int, words: str) -> State:
        return State(at(day), {}, [Figure("press", "2020", year(2020), None, {"en": words})])

    (found,) = revisions([said(1, "some"), said(2, "many")])
    assert (found.where, found.is_area, found.old, found.new) == ("press", False, {"en": "some"}, {"en": "many"})

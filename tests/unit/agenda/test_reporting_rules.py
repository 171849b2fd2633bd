# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Who must report, what may be done with a report by whom, when somebody is late, how periods follow each other."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mainport.agenda.models import Report
from mainport.agenda.rules.reporting import (
    MOVES,
    Duty,
    No,
    PeriodTrouble,
    PeriodView,
    PlanView,
    ReportState,
    Span,
    Verb,
    counting,
    duties,
    is_late,
    next_period,
    period_key,
    refusal,
    sees,
    span,
    trouble_locking,
    trouble_opening,
    waits_for,
)
from mainport.core.rules.permissions import VISITOR, Actor, Grant, Permission, Role, system

ALICE = Actor("Alice", 1, (Grant(Role.REPORTER, "hanze"),))
BOB = Actor("Bob", 2, (Grant(Role.COORDINATOR, "hanze"),))
CHARLIE = Actor("Charlie", 3, (Grant(Role.REPORTER, "rug"),))
DAVE = Actor("Dave", 4, (Grant(Role.PROGRAMME_OFFICE),))
ERIN = Actor("Erin", 5, (Grant(Role.STEERING_GROUP),))

Q = [
    PeriodView(date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 30), key="2026-q1"),
    PeriodView(date(2026, 4, 1), date(2026, 6, 30), date(2026, 7, 31), key="2026-q2"),
    PeriodView(date(2026, 7, 1), date(2026, 9, 30), date(2026, 10, 31), key="2026-q3"),
]


def locked(period: PeriodView) -> PeriodView:
    return PeriodView(period.start, period.end, period.due, True, period.key)


# --- Who must report ---


@pytest.mark.parametrize(
    ("start", "end", "reports"),
    [
        (None, None, True),
        ("2026", None, True),
        ("2026-07", None, False),
        (None, "2026-04", True),
        (None, "2026-03-31", False),
        ("2025", "2025", False),
        ("2026-06-30", "2026-06-30", True),
    ],
)
def test_plans_that_run_in_the_period_are_reported_on(start: str | None, end: str | None, reports: bool) -> None:
    plan = PlanView("task:E3", "hanze", (), start, end)
    assert bool(list(duties([plan], Q[1].start, Q[1].end))) is reports


def test_the_lead_must_and_the_partners_may() -> None:
    plan = PlanView("task:E3", "hanze", ("noorderpoort", "hanze", "noorderpoort"))
    assert list(duties([plan], Q[1].start, Q[1].end)) == [
        Duty("task:E3", "hanze", must=True),
        Duty("task:E3", "noorderpoort", must=False),
    ]


def test_without_a_lead_nobody_reports() -> None:
    assert not list(duties([PlanView("task:E3", None, ("rug",))], Q[1].start, Q[1].end))


def test_who_said_that_it_is_done_must_no_more() -> None:
    plan = PlanView("task:E3", "hanze")
    assert [d.must for d in duties([plan], Q[1].start, Q[1].end, done={("task:E3", "hanze")})] == [False]


# --- What may be done ---


def test_the_states_are_those_that_are_stored() -> None:
    assert {state.value for state in ReportState} - {"missing"} == set(Report.State.values)


@pytest.mark.parametrize("state", ReportState)
@pytest.mark.parametrize("verb", Verb)
def test_only_the_moves_of_the_table_can_be_made(state: ReportState, verb: Verb) -> None:
    may = {
        actor.name: refusal(verb, state, by=actor, organisation="hanze", author_id=1, locked=False) is None
        for actor in (ALICE, BOB, CHARLIE, DAVE, ERIN, VISITOR, system("job"))
    }
    move = MOVES.get((state, verb))
    writes = move is not None and move[1] is Permission.WRITE_REPORT
    assert may == {
        "Alice": writes,
        "Bob": move is not None,
        "Charlie": False,
        "Dave": False,
        "Erin": False,
        "": False,
        "job": False,
    }


def test_four_eyes() -> None:
    no = refusal(Verb.APPROVE, ReportState.SUBMITTED, by=BOB, organisation="hanze", author_id=2, locked=False)
    assert no is No.OWN_REPORT


@pytest.mark.parametrize("verb", Verb)
def test_nothing_moves_in_a_locked_period(verb: Verb) -> None:
    for state in ReportState:
        assert refusal(verb, state, by=BOB, organisation="hanze", author_id=1, locked=True) is No.LOCKED


@pytest.mark.parametrize(
    ("state", "readers"),
    [
        (ReportState.DRAFT, "Alice Bob"),
        (ReportState.RETURNED, "Alice Bob"),
        (ReportState.SUBMITTED, "Alice Bob Dave Erin"),
        (ReportState.APPROVED, "Alice Bob Charlie Dave Erin "),
    ],
)
def test_who_reads(state: ReportState, readers: str) -> None:
    found = [actor.name for actor in (ALICE, BOB, CHARLIE, DAVE, ERIN, VISITOR) if sees(actor, state, "hanze")]
    assert " ".join(found) == readers


# --- Late ---


@pytest.mark.parametrize(
    ("state", "must", "days", "late"),
    [
        (ReportState.MISSING, True, 0, False),
        (ReportState.MISSING, True, 1, True),
        (ReportState.DRAFT, True, 1, True),
        (ReportState.RETURNED, True, 1, True),
        (ReportState.SUBMITTED, True, 1, True),
        (ReportState.APPROVED, True, 1, False),
        (ReportState.MISSING, False, 1, False),
        (ReportState.DRAFT, False, 1, False),
        (ReportState.SUBMITTED, False, 1, True),
    ],
)
def test_late(state: ReportState, must: bool, days: int, late: bool) -> None:
    due = date(2026, 10, 31)
    assert is_late(state, must=must, due=due, today=due + timedelta(days=days)) is late


def test_whose_turn_it_is() -> None:
    assert waits_for(ReportState.RETURNED) is Permission.WRITE_REPORT
    assert waits_for(ReportState.SUBMITTED) is Permission.REVIEW_REPORT
    assert waits_for(ReportState.APPROVED) is None


# --- Periods ---


def test_a_period_counts_until_the_next_is_locked() -> None:
    assert counting([]) == []
    assert counting([Q[2], Q[0], Q[1]]) == Q
    assert counting([locked(Q[0]), locked(Q[1]), Q[2]]) == [locked(Q[1]), Q[2]]
    assert counting([locked(q) for q in Q]) == [locked(Q[2])]


@pytest.mark.parametrize(
    ("new", "others", "trouble"),
    [
        (Q[2], [], None),
        (Q[2], [locked(Q[0]), Q[1]], None),
        (Q[2], [Q[0], Q[1]], PeriodTrouble.TOO_MANY_OPEN),
        (Q[2], [Q[2]], PeriodTrouble.OVERLAPS),
        (PeriodView(date(2026, 3, 31), date(2026, 4, 5), date(2026, 4, 5)), [Q[0]], PeriodTrouble.OVERLAPS),
        (Q[0], [locked(Q[1])], PeriodTrouble.LOCKED),
        (PeriodView(date(2026, 3, 2), date(2026, 3, 1), date(2026, 4, 1)), [], PeriodTrouble.DAYS_OUT_OF_ORDER),
        (PeriodView(date(2026, 3, 1), date(2026, 3, 9), date(2026, 3, 8)), [], PeriodTrouble.DAYS_OUT_OF_ORDER),
    ],
)
def test_opening(new: PeriodView, others: list[PeriodView], trouble: PeriodTrouble | None) -> None:
    assert trouble_opening(new, others) is trouble


def test_periods_are_locked_in_their_order() -> None:
    assert trouble_locking(Q[1], [Q[0]]) is PeriodTrouble.EARLIER_IS_OPEN
    assert trouble_locking(Q[1], [locked(Q[0]), Q[2]]) is None
    assert trouble_locking(locked(Q[1]), []) is PeriodTrouble.LOCKED


@pytest.mark.parametrize(
    ("start", "end", "found", "key"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), (Span.YEAR, 1), "2026"),
        (date(2026, 7, 1), date(2026, 12, 31), (Span.HALF, 2), "2026-h2"),
        (date(2026, 7, 1), date(2026, 9, 30), (Span.QUARTER, 3), "2026-q3"),
        (date(2024, 2, 1), date(2024, 2, 29), (Span.MONTH, 2), "2024-02"),
        (date(2023, 2, 1), date(2023, 2, 27), (Span.OTHER, 0), "20230201-20230227"),
        (date(2026, 2, 1), date(2026, 4, 30), (Span.OTHER, 0), "20260201-20260430"),
        (date(2026, 7, 1), date(2027, 6, 30), (Span.OTHER, 0), "20260701-20270630"),
    ],
)
def test_what_a_period_is_called(start: date, end: date, found: tuple[Span, int], key: str) -> None:
    assert span(start, end) == found
    assert period_key(start, end) == key


def test_the_next_period_is_as_long_as_the_last() -> None:
    assert next_period(None, date(2026, 11, 24)).key == "2026-q4"
    assert next_period(Q[2], date(2026, 11, 24)).key == "2026-q4"
    half = PeriodView(date(2026, 7, 1), date(2026, 12, 31), date(2027, 1, 31))
    assert next_period(half, date(2026, 11, 24)).key == "2027-h1"


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 400))
def test_the_next_period_can_always_be_opened(start: date, days: int) -> None:
    last = PeriodView(start, start + timedelta(days=days), start + timedelta(days=days))
    assert trouble_opening(next_period(last, date(2026, 11, 24)), [last]) is None

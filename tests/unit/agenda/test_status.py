# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The rule by which things stand, sentence by sentence."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mainport.agenda.rules.status import (
    NEWS,
    Reason,
    ReportView,
    Standing,
    State,
    Status,
    latest,
    roll_up,
    standing,
    with_own,
)

Q2, Q3 = date(2026, 6, 30), date(2026, 9, 30)


def stands(state: State) -> Standing:
    reason = {State.NO_PLAN: Reason.NO_LEAD, State.NO_REPORT: Reason.NONE_COUNTS}.get(state, Reason.REPORT)
    return Standing(state, reason, "hanze" if state in NEWS else None, Q3 if state in NEWS else None)


def test_without_a_lead_there_is_no_plan_whatever_was_reported() -> None:
    reports = [ReportView("hanze", Status.ON_TRACK, Q3)]
    assert standing(has_lead=False, reports=reports, overdue=["milestone:a"]) == Standing(State.NO_PLAN, Reason.NO_LEAD)


def test_without_a_report_that_counts_there_is_no_report() -> None:
    assert standing(has_lead=True, reports=[], overdue=[]) == Standing(State.NO_REPORT, Reason.NONE_COUNTS)


def test_the_worst_organisation_decides() -> None:
    reports = [
        ReportView("hanze", Status.ON_TRACK, Q3),
        ReportView("rug", Status.BEHIND, Q2),
        ReportView("umcg", Status.DONE, Q3),
    ]
    assert standing(has_lead=True, reports=reports, overdue=[]) == Standing(State.BEHIND, Reason.REPORT, "rug", Q2)


@pytest.mark.parametrize("said", [None, Status.DONE, Status.ON_TRACK])
def test_a_milestone_past_its_day_is_a_risk_at_the_least(said: Status | None) -> None:
    reports = [ReportView("hanze", said, Q3)] if said else []
    found = standing(has_lead=True, reports=reports, overdue=["milestone:a", "milestone:b"])
    assert (found.state, found.reason, found.because_of) == (State.AT_RISK, Reason.OVERDUE, "milestone:a")


def test_a_milestone_past_its_day_makes_nothing_better() -> None:
    found = standing(has_lead=True, reports=[ReportView("hanze", Status.BEHIND, Q3)], overdue=["milestone:a"])
    assert (found.state, found.reason) == (State.BEHIND, Reason.REPORT)


def test_of_one_organisation_only_the_latest_report_counts() -> None:
    old, new = ReportView("hanze", Status.BEHIND, Q2), ReportView("hanze", Status.ON_TRACK, Q3)
    other = ReportView("rug", Status.AT_RISK, Q2)
    assert latest([old, new, other]) == latest([new, other, old]) == [new, other]


def test_a_group_is_as_its_worst_task_and_names_it() -> None:
    found = roll_up(
        [("task:a", stands(State.ON_TRACK)), ("task:b", stands(State.BEHIND)), ("task:c", stands(State.DONE))]
    )
    assert (found.state, found.reason, found.because_of) == (State.BEHIND, Reason.WORST, "task:b")
    assert found.counts == {State.DONE: 1, State.ON_TRACK: 1, State.BEHIND: 1}


def test_of_equally_bad_tasks_the_first_in_the_agenda_is_named() -> None:
    assert roll_up([("task:b", stands(State.AT_RISK)), ("task:a", stands(State.AT_RISK))]).because_of == "task:b"


@pytest.mark.parametrize(
    ("good", "silent", "state"), [(2, 2, State.NO_REPORT), (3, 2, State.ON_TRACK), (1, 0, State.ON_TRACK)]
)
def test_good_news_counts_from_more_than_half_on(good: int, silent: int, state: State) -> None:
    tasks = [("task:x", stands(State.ON_TRACK))] * good + [("task:y", stands(State.NO_REPORT))] * silent
    assert roll_up(tasks).state is state


def test_bad_news_of_one_in_a_hundred_counts() -> None:
    tasks = [("task:x", stands(State.NO_PLAN))] * 99 + [("task:y", stands(State.BEHIND))]
    found = roll_up(tasks)
    assert (found.state, found.because_of, found.counts[State.NO_PLAN]) == (State.BEHIND, "task:y", 99)


def test_without_any_news_a_group_says_what_is_missing() -> None:
    assert roll_up([]).reason is Reason.NOTHING_BELOW
    assert roll_up([("task:x", stands(State.NO_PLAN))]).state is State.NO_PLAN
    assert roll_up([("task:x", stands(State.NO_PLAN)), ("task:y", stands(State.NO_REPORT))]).state is State.NO_REPORT


def test_where_its_own_plan_decides_a_group_gives_its_own_reason() -> None:
    own = Standing(State.AT_RISK, Reason.OVERDUE, "milestone:a", Q2)
    whole = roll_up([("goal:g", own), ("task:x", stands(State.ON_TRACK))])
    found = with_own("goal:g", own, whole)
    assert (found.reason, found.because_of) == (Reason.OVERDUE, "milestone:a")
    assert found.counts == {State.ON_TRACK: 1, State.AT_RISK: 1}
    other = roll_up([("goal:g", own), ("task:x", stands(State.BEHIND))])
    assert with_own("goal:g", own, other) is other


@given(st.lists(st.sampled_from(State), min_size=1, max_size=30))
def test_no_stuck_task_is_ever_hidden(states: list[State]) -> None:
    found = roll_up([(f"task:{index}", stands(state)) for index, state in enumerate(states)])
    assert sum(found.counts.values()) == len(states)
    for bad in (State.BEHIND, State.AT_RISK):
        if bad in states:
            assert found.state is bad
            assert found.because_of == f"task:{states.index(bad)}"
            break
    else:
        assert found.state not in (State.BEHIND, State.AT_RISK)

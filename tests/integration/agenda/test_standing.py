# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""How things stand, read from the database."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mainport.agenda import actions, queries
from mainport.agenda.models import ReportingPeriod
from mainport.agenda.queries.standing import _counting
from mainport.agenda.rules.elements import Agenda, Kind, in_tree_order
from mainport.agenda.rules.nesting import element_of
from mainport.agenda.rules.nodes import Task
from mainport.agenda.rules.reporting import counting
from mainport.agenda.rules.status import Reason, State, Status
from tests import planning
from tests.conftest import Cast
from tests.planning import BY, PARTNERS, open_period, plan, today, write

pytestmark = pytest.mark.usefixtures("groningen")


def standing(uid: str) -> tuple[State, Reason, str | None]:
    found = queries.standings(today())[uid]
    return found.state, found.reason, found.because_of


def test_without_plans_everything_has_no_plan() -> None:
    standings = queries.standings(today())
    assert {s.state for s in standings.values()} == {State.NO_PLAN}
    assert standings["alliance:akkoord-van-groningen"].counts == {State.NO_PLAN: 33}


def test_only_approved_reports_count(cast: Cast) -> None:
    plan()
    period = open_period()
    assert standing("task:E3") == (State.NO_REPORT, Reason.NONE_COUNTS, None)
    write(cast.alice, period, status=Status.BEHIND)
    assert standing("task:E3") == (State.NO_REPORT, Reason.NONE_COUNTS, None)
    at = planning.place(cast.bob, period)
    assert at.report is not None
    actions.approve_report(by=cast.bob.actor, place=at, revision=at.report.revision)
    assert standing("task:E3") == (State.BEHIND, Reason.REPORT, "hanze")
    assert standing("sector:energy") == (State.BEHIND, Reason.WORST, "task:E3")
    assert standing("alliance:akkoord-van-groningen") == (State.BEHIND, Reason.WORST, "task:E3")
    assert standing("sector:health")[0] is State.NO_PLAN


def test_a_report_counts_until_the_next_period_is_locked(cast: Cast) -> None:
    plan()
    first = open_period(3)
    write(cast.alice, first, status=Status.AT_RISK, reviewer=cast.bob)
    actions.lock_period(by=BY, period=first)
    second = open_period(2)
    assert standing("task:E3")[0] is State.AT_RISK
    actions.lock_period(by=BY, period=second)
    assert standing("task:E3")[0] is State.NO_REPORT


def test_the_latest_report_of_an_organisation_decides(cast: Cast) -> None:
    plan()
    write(cast.alice, open_period(2), status=Status.BEHIND, reviewer=cast.bob)
    write(cast.alice, open_period(1), status=Status.ON_TRACK, reviewer=cast.bob)
    assert standing("task:E3")[0] is State.ON_TRACK


def test_done_counts_for_ever_and_nobody_is_asked_again(cast: Cast) -> None:
    plan()
    for back in (4, 3, 2):
        period = open_period(back)
        if back == 4:
            write(cast.alice, period, status=Status.DONE, reviewer=cast.bob)
        actions.lock_period(by=BY, period=period)
    assert standing("task:E3")[0] is State.DONE
    period = open_period(1, late=True)
    (slot,) = queries.slots(cast.alice.actor, today(), of=[period])
    assert (slot.must, slot.late) == (False, False)
    write(cast.alice, period, status=Status.AT_RISK, reviewer=cast.bob)
    assert standing("task:E3")[0] is State.AT_RISK


def test_a_milestone_past_its_day_until_an_approved_report_says_that_it_was_reached(cast: Cast) -> None:
    yesterday = (today() - timedelta(days=1)).isoformat()
    plan(milestones=[("M-1", yesterday), ("M-2", today().isoformat())])
    period = open_period()
    assert standing("task:E3") == (State.AT_RISK, Reason.OVERDUE, "milestone:M-1")
    reached = {"M-1": actions.Reached(on=today() - timedelta(days=2))}
    report = write(cast.alice, period, milestones=reached)
    assert standing("task:E3")[1] is Reason.OVERDUE
    at = planning.place(cast.bob, period)
    actions.approve_report(by=cast.bob.actor, place=at, revision=report.revision)
    assert standing("task:E3") == (State.ON_TRACK, Reason.REPORT, "hanze")
    views = queries.milestones_of(queries.find("E3"), today())
    assert [(v.element.key, v.reached_on, v.overdue) for v in views] == [
        ("M-1", today() - timedelta(days=2), False),
        ("M-2", None, False),
    ]


def test_a_task_with_tasks_below_it_is_judged_along_with_them(cast: Cast) -> None:
    agenda = queries.agenda()
    assert agenda is not None
    below = [
        element_of(Task(id=key, title={"nl": key, "en": key}), key=key, parent="task:E2", position=i, partners=PARTNERS)
        for i, key in enumerate(["E2a"])
    ]
    elements = in_tree_order([*agenda.elements.values(), *below])
    actions.load(by=BY, agenda=Agenda({e.uid: e for e in elements}, agenda.sources), why="tests")
    plan("task:E2a")
    period = open_period()
    write(cast.alice, period, "task:E2a", status=Status.BEHIND, reviewer=cast.bob)
    assert standing("task:E2") == (State.BEHIND, Reason.WORST, "task:E2a")
    # The task above has no plan of its own: it isn't counted beside those below it.
    assert queries.standings(today())["sector:energy"].counts == {State.BEHIND: 1, State.NO_PLAN: 2}
    plan("task:E2")
    write(cast.alice, period, "task:E2", status=Status.BEHIND, reviewer=cast.bob)
    assert standing("task:E2") == (State.BEHIND, Reason.REPORT, "hanze")
    assert queries.standing_of(queries.find("E2"), today()).counts == {State.BEHIND: 2}


def test_a_sector_is_judged_along_with_its_own_plan(cast: Cast) -> None:
    plan("sector:energy")
    write(cast.alice, open_period(), "sector:energy", status=Status.BEHIND, reviewer=cast.bob)
    assert standing("sector:energy") == (State.BEHIND, Reason.REPORT, "hanze")


def test_the_standing_of_one_is_the_same_as_among_all(cast: Cast) -> None:
    plan()
    plan("task:G1", "umcg")
    write(cast.alice, open_period(), status=Status.AT_RISK, reviewer=cast.bob)
    standings = queries.standings(today())
    for uid in ("task:E3", "task:G1", "sector:energy", "flagship:waterstof-werkt"):
        assert queries.standing_of(queries.find(uid), today()) == standings[uid]


def test_what_counts_in_sql_is_what_counts_by_the_rule() -> None:
    for back in (6, 5, 4):
        actions.lock_period(by=BY, period=open_period(back))
    open_period(3)
    open_period(1)
    for _ in range(3):
        in_sql = set(ReportingPeriod.objects.filter(pk__in=_counting()).values_list("key", flat=True))
        assert in_sql == {period.key for period in counting(queries.periods())}
        still_open = queries.reporting_periods(open_only=True).last()
        if still_open:
            actions.lock_period(by=BY, period=still_open)


def test_queries_do_not_grow(cast: Cast) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            queries.standings(today())
        return len(caught)

    few = asked()
    for key in ("E1", "E2", "E3", "G1", "G2"):
        plan(f"task:{key}", milestones=[(f"M-{key}", "2022")])
    period = open_period()
    for key in ("E1", "E2", "E3"):
        write(cast.alice, period, f"task:{key}", reviewer=cast.bob)
    assert asked() == few <= 4


def test_kinds_that_stand(cast: Cast) -> None:
    kinds = {uid.partition(":")[0] for uid in queries.standings(today())}
    assert kinds == {Kind.ALLIANCE, Kind.GOAL, Kind.SECTOR, Kind.CHAPTER, Kind.THEME, Kind.TASK, Kind.FLAGSHIP}

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Plans, periods and reports for tests, made by the actions themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils import timezone

from mainport.agenda import actions, queries
from mainport.agenda.models import Report, ReportingPeriod
from mainport.agenda.rules.elements import Agenda, in_tree_order, plan_key
from mainport.agenda.rules.nesting import element_of
from mainport.agenda.rules.nodes import Milestone, Plan
from mainport.agenda.rules.status import Status
from mainport.core.models import Person
from mainport.core.rules.permissions import system

BY = system("tests")
PARTNERS = (
    "gemeente-groningen",
    "provincie-groningen",
    "rug",
    "hanze",
    "noorderpoort",
    "alfa-college",
    "umcg",
    "martini",
)


def plan(
    uid: str = "task:E3",
    lead: str | None = "hanze",
    partners: Sequence[str] = (),
    *,
    milestones: Sequence[tuple[str, str]] = (),
    end: str | None = None,
) -> None:
    """Plan an element; milestones as (key, day)."""
    agenda = queries.agenda()
    assert agenda is not None
    node = Plan(lead=lead, partners=tuple(partners), end=end)
    new = [element_of(node, key=plan_key(uid), parent=uid, position=0, partners=PARTNERS)]
    for position, (key, due) in enumerate(milestones):
        milestone = Milestone(id=key, title={"nl": f"{key} bereikt", "en": f"{key} reached"}, due=due)
        new.append(element_of(milestone, key=key, parent=new[0].uid, position=position, partners=PARTNERS))
    elements = in_tree_order([*agenda.elements.values(), *new])
    actions.load(by=BY, agenda=Agenda({e.uid: e for e in elements}, agenda.sources), why="tests")


def today() -> date:
    return timezone.localdate()


def quarter(back: int = 0) -> tuple[date, date]:
    """First and last day of the quarter so many before the one in which we are."""
    month = (today().month - 1) // 3 * 3 - 3 * back
    start = date(today().year + month // 12, month % 12 + 1, 1)
    after = date(start.year + (start.month + 3 > 12), (start.month + 2) % 12 + 1, 1)
    return start, after - timedelta(days=1)


def open_period(back: int = 1, *, late: bool = False) -> ReportingPeriod:
    """A period over a quarter in the past; its reports are due in a week, or were due before today."""
    start, end = quarter(back)
    due = max(end, today() - timedelta(days=1)) if late else max(end, today() + timedelta(days=7))
    return actions.open_period(by=BY, start=start, end=end, due=due)


def place(person: Person, period: ReportingPeriod, uid: str = "task:E3", organisation: str = "hanze") -> queries.Place:
    return queries.place(person.actor, period=period.key, uid=uid, organisation=organisation)


def write(
    person: Person,
    period: ReportingPeriod,
    uid: str = "task:E3",
    organisation: str = "hanze",
    *,
    status: Status | None = Status.ON_TRACK,
    words: str = "Het gaat zoals gepland.",
    submit: bool = True,
    reviewer: Person | None = None,
    milestones: dict[str, actions.Reached] | None = None,
) -> Report:
    """A report that this person writes and, if wanted, hands in and somebody approves."""
    at = place(person, period, uid, organisation)
    content = actions.Content(status=status, words=words, milestones=milestones or {})
    revision = at.report.revision if at.report else None
    report = actions.save_report(by=person.actor, place=at, content=content, revision=revision)
    if submit:
        at = place(person, period, uid, organisation)
        report = actions.submit_report(by=person.actor, place=at, revision=report.revision)
    if reviewer:
        at = place(reviewer, period, uid, organisation)
        report = actions.approve_report(by=reviewer.actor, place=at, revision=report.revision)
    return report

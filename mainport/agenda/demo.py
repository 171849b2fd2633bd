# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Invented plans and reports (demo.yaml), by the invented people of `core.demo`, laid around today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from importlib import resources
from typing import Any

import yaml
from django.db import transaction
from django.utils import timezone

from mainport.agenda import actions, queries
from mainport.agenda.models import Report, ReportingPeriod
from mainport.agenda.rules.elements import Agenda, Element, Kind, in_tree_order, plan_key
from mainport.agenda.rules.nesting import element_of
from mainport.agenda.rules.nodes import Milestone, Plan, Risk
from mainport.agenda.rules.reporting import PeriodTrouble, ReportState, period_key
from mainport.agenda.rules.status import Status
from mainport.core.models import Organisation, Person
from mainport.core.rules.dates import last_day
from mainport.core.rules.permissions import Actor, Permission

WHY = "demonstration"

Sketch = Mapping[str, Any]


@transaction.atomic
def load(*, by: Actor, earlier: Mapping[int, Mapping[str, Sketch]] | None = None) -> dict[str, int]:
    """Make what is missing: plans with milestones, a locked and an open period, reports in every state.

    `earlier` are reports of whole years before, by year and task; they come first, since nobody reports on a
    time before a period that was locked. Tasks and organisations that this agenda doesn't have are passed over;
    so are reports of organisations without invented people. How many of each were made.
    """
    agenda = queries.agenda()
    if agenda is None:
        return {"plans": 0, "periods": 0, "reports": 0}
    sketches = {key: sketch for key, sketch in _sketches().items() if _fits(agenda, key, sketch)}
    before, now = _quarters(timezone.localdate())
    plans = _load_plans(by, agenda, sketches, now)
    periods = reports = 0
    for year, said in sorted((earlier or {}).items()):
        if period := _open(by, date(year, 1, 1), date(year, 12, 31)):
            periods += 1
            reports += _write_year(sketches, period, said)
            actions.lock_period(by=by, period=period)
    if period := _open(by, *before):
        periods += 1
        reports += _write_before(sketches, period)
        actions.lock_period(by=by, period=period)
    if period := _open(by, *now):
        periods += 1
        reports += _write_now(sketches, period)
    return {"plans": plans, "periods": periods, "reports": reports}


def _sketches() -> dict[str, Sketch]:
    found: dict[str, Sketch] = yaml.safe_load((resources.files("mainport.agenda") / "demo.yaml").read_bytes())
    return found


def _parties(agenda: Agenda, kind: Kind) -> set[str]:
    return {element.key for element in agenda.elements.values() if element.kind is kind}


def _fits(agenda: Agenda, key: str, sketch: Sketch) -> bool:
    """Whether this agenda has the task and its lead, and no real plan for it."""
    uid = f"{Kind.TASK}:{key}"
    plan = agenda.elements.get(f"{Kind.PLAN}:{plan_key(uid)}")
    known = _parties(agenda, Kind.PARTNER) | _parties(agenda, Kind.ORGANISATION)
    return uid in agenda.elements and sketch["lead"] in known and (plan is None or plan.demo)


# --- Plans ---


def _load_plans(by: Actor, agenda: Agenda, sketches: Mapping[str, Sketch], now: tuple[date, date]) -> int:
    """The plans that aren't there yet, in one go; those that are keep their days."""
    new: list[Element] = []
    for key, sketch in sketches.items():
        if f"{Kind.PLAN}:{plan_key(f'{Kind.TASK}:{key}')}" not in agenda.elements:
            new += _plan(agenda, key, sketch, now[0])
    if new:
        elements = in_tree_order([*agenda.elements.values(), *new])
        after = Agenda(elements={element.uid: element for element in elements}, sources=agenda.sources)
        actions.load(by=by, agenda=after, why=WHY)
    return sum(element.kind is Kind.PLAN for element in new)


def _plan(agenda: Agenda, key: str, sketch: Sketch, first: date) -> Iterator[Element]:
    partners = _parties(agenda, Kind.PARTNER)
    known = partners | _parties(agenda, Kind.ORGANISATION)
    task = f"{Kind.TASK}:{key}"
    risk = sketch.get("risk")
    text = _in(agenda.languages)
    node = Plan(
        lead=sketch["lead"],
        partners=tuple(partner for partner in sketch["partners"] if partner in known),
        start=f"{first.year - 1}-01",
        end=f"{first.year + 2}-12",
        result=text(sketch["result"]),
        risks=(Risk(title=text(risk)),) if risk else (),
        demo=True,
    )
    plan = element_of(node, key=plan_key(task), parent=task, position=0, partners=partners)
    yield plan
    for position, sketched in enumerate(sketch["milestones"]):
        milestone = Milestone(
            id=_milestone(key, position),
            title=text(sketched),
            due=f"{_month(first, sketched['at']):%Y-%m}",
            owner=sketch["lead"],
            demo=True,
        )
        yield element_of(milestone, key=milestone.id, parent=plan.uid, position=position, partners=partners)


def _in(languages: tuple[str, ...]) -> Any:
    """The text in the languages of the alliance; in one that we haven't got, in English."""
    return lambda text: {language: text.get(language, text["en"]) for language in languages}


def _milestone(key: str, position: int) -> str:
    return f"demo-{key}-{position + 1}"


def _month(first: date, months: int) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, 1)


# --- Periods ---


def _quarters(today: date) -> tuple[tuple[date, date], tuple[date, date]]:
    """First and last day of the two quarters before the one in which we are."""
    start = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    firsts = [_month(start, -6), _month(start, -3)]
    days = [(first, last_day(f"{_month(first, 2):%Y-%m}")) for first in firsts]
    return days[0], days[1]


def _open(by: Actor, start: date, end: date) -> ReportingPeriod | None:
    """The period, unless it is there or there is no room for it. Its last day has passed: somebody is late."""
    if queries.reporting_periods().filter(key=period_key(start, end)).exists():
        return None
    due = max(end, min(end + timedelta(days=31), timezone.localdate() - timedelta(days=7)))
    try:
        return actions.open_period(by=by, start=start, end=end, due=due, demo=True)
    except actions.PeriodRefused as error:
        if error.trouble is PeriodTrouble.DAYS_OUT_OF_ORDER:
            raise
        return None


# --- Reports ---


def _write_before(sketches: Mapping[str, Sketch], period: ReportingPeriod) -> int:
    made = 0
    for key, sketch in sketches.items():
        if said := sketch.get("before"):
            made += _write(period, key, sketch, sketch["lead"], said | {"state": ReportState.APPROVED})
        for partner, theirs in sketch.get("partners_report", {}).items():
            made += _write(period, key, sketch, partner, theirs | {"state": ReportState.APPROVED})
    return made


def _write_year(sketches: Mapping[str, Sketch], period: ReportingPeriod, said: Mapping[str, Sketch]) -> int:
    """What the lead of each task said of a whole year, approved."""
    return sum(
        _write(period, key, sketches[key], sketches[key]["lead"], {**report, "state": ReportState.APPROVED})
        for key, report in said.items()
        if key in sketches
    )


def _write_now(sketches: Mapping[str, Sketch], period: ReportingPeriod) -> int:
    return sum(
        _write(period, key, sketch, sketch["lead"], sketch["now"])
        for key, sketch in sketches.items()
        if "now" in sketch
    )


def _write(period: ReportingPeriod, key: str, sketch: Sketch, organisation: str, said: Sketch) -> int:
    """One report, brought as far as the sketch says, by the people whose turn it is. How many were made."""
    state = ReportState(said["state"])
    writer, reviewer = _people(organisation)
    if state is ReportState.MISSING or writer is None or reviewer is None:
        return 0
    uid = f"{Kind.TASK}:{key}"
    where = {"period": period.key, "uid": uid, "organisation": organisation}

    def place(by: Actor) -> queries.Place:
        return queries.place(by, **where)

    if place(writer).report:
        return 0
    report = actions.save_report(
        by=writer, place=place(writer), content=_content(key, sketch, organisation, said, period), demo=True
    )
    if state is not ReportState.DRAFT:
        report = actions.submit_report(by=writer, place=place(writer), revision=report.revision)
    if state is ReportState.APPROVED:
        actions.approve_report(by=reviewer, place=place(reviewer), revision=report.revision)
    elif state is ReportState.RETURNED:
        actions.return_report(by=reviewer, place=place(reviewer), revision=report.revision, reason=said["reason"])
    assert Report.objects.get(pk=report.pk).state == state
    return 1


def _content(key: str, sketch: Sketch, organisation: str, said: Sketch, period: ReportingPeriod) -> actions.Content:
    """What the report says; of the milestones the lead tells those that were reached in or before its period."""
    milestones = {}
    element = queries.find(f"{Kind.TASK}:{key}")
    stored = {m.element.key: m for m in queries.milestones_of(element, period.end)}
    for position, sketched in enumerate(sketch["milestones"]):
        name = _milestone(key, position)
        if organisation != sketch["lead"] or "reached" not in sketched or name not in stored:
            continue
        day = _month(date(stored[name].due.year, stored[name].due.month, 1), sketched["reached"] - sketched["at"])
        if stored[name].reached_on is None and day <= period.end:
            milestones[name] = actions.Reached(on=day + timedelta(days=13))
    return actions.Content(
        status=Status(said["status"]) if said["status"] else None,
        words=said["words"].strip(),
        language=said.get("language", "nl"),
        milestones=milestones,
    )


def _people(organisation: str) -> tuple[Actor | None, Actor | None]:
    """Somebody invented who writes for this organisation, and another who reviews."""
    if not Organisation.objects.filter(key=organisation).exists():
        return None, None
    people = [
        person.actor
        for person in Person.objects.filter(demo=True, is_active=True, memberships__organisation__key=organisation)
        .distinct()
        .order_by("pk")
    ]
    reviewer = next((p for p in people if organisation in p.organisations(Permission.REVIEW_REPORT)), None)
    writer = next(
        (p for p in people if organisation in p.organisations(Permission.WRITE_REPORT) and p != reviewer), None
    )
    return writer, reviewer

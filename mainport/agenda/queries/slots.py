# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Which reports are expected of whom, and how far each is: also of those that nobody has begun."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q

from mainport.agenda.models import Link, Report, ReportingPeriod
from mainport.agenda.rules import reporting
from mainport.agenda.rules.elements import Kind
from mainport.agenda.rules.reporting import Duty, PlanView, ReportState
from mainport.agenda.rules.status import Status
from mainport.core.rules.languages import EVERY_LANGUAGE
from mainport.core.rules.permissions import Actor, Permission


@dataclass(frozen=True)
class Named:
    """What a slot shows of an element or an organisation."""

    kind: str
    key: str
    title: dict[str, str]
    order: str = ""
    demo: bool = False

    @property
    def uid(self) -> str:
        return f"{self.kind}:{self.key}"


@dataclass(frozen=True)
class Slot:
    """The place of one report: a planned element, an organisation, a period; with the report's outside."""

    period: ReportingPeriod
    element: Named
    organisation: Named
    must: bool
    state: ReportState = ReportState.MISSING
    late: bool = False
    status: str = ""
    reason: str = ""
    author_id: int | None = None
    author: str = ""
    changed_at: datetime | None = None
    submitted_at: datetime | None = None

    @property
    def waits_for(self) -> Permission | None:
        return reporting.waits_for(self.state)


def slots(by: Actor, today: date, *, of: Iterable[ReportingPeriod]) -> list[Slot]:
    """The reports that are expected or were begun in these periods, in the order of the agenda.

    The programme office sees how far every organisation is, others their own organisation only; here
    too a text stays with who may read it (`queries.visible`). Two queries.
    """
    everywhere = by.may(Permission.MANAGE_PERIODS)
    own = by.organisations(Permission.READ_SUBMITTED_REPORT)
    chosen = sorted(of, key=lambda period: period.start, reverse=True)
    if not chosen or not (everywhere or own):
        return []
    board = _board(None if everywhere else own)
    _read_reports(board, chosen, None if everywhere else own)
    found = [slot for period in chosen for slot in board.slots(period, today)]
    return found if everywhere else [slot for slot in found if slot.organisation.key in own]


@dataclass
class _Board:
    """Plans and reports by what they are of, to be laid on each other a period at a time."""

    plans: list[PlanView] = field(default_factory=list)
    elements: dict[str, Named] = field(default_factory=dict)
    organisations: dict[str, Named] = field(default_factory=dict)
    reports: dict[int, dict[tuple[str, str], dict[str, Any]]] = field(default_factory=lambda: defaultdict(dict))
    done: dict[tuple[str, str], date] = field(default_factory=dict)

    def slots(self, period: ReportingPeriod, today: date) -> Iterator[Slot]:
        done = {place for place, start in self.done.items() if start < period.start}
        duties = {
            (duty.element, duty.organisation): duty
            for duty in reporting.duties(self.plans, period.start, period.end, done=done)
        }
        reports = self.reports[period.pk]
        for element, organisation in reports.keys() - duties.keys():
            duties[element, organisation] = Duty(element, organisation, must=False)
        for (element, organisation), duty in sorted(duties.items(), key=self._order):
            report = reports.get((element, organisation), {})
            state = ReportState(report.get("state", ReportState.MISSING))
            yield Slot(
                period=period,
                element=self.elements[element],
                organisation=self.organisations[organisation],
                must=duty.must,
                state=state,
                late=not period.is_locked and reporting.is_late(state, must=duty.must, due=period.due, today=today),
                status=report.get("status", ""),
                reason=report.get("reason", ""),
                author_id=report.get("author_id"),
                author=report.get("author__name", ""),
                changed_at=report.get("changed_at"),
                submitted_at=report.get("submitted_at"),
            )

    def _order(self, item: tuple[tuple[str, str], Duty]) -> tuple[str, bool, str]:
        (element, organisation), duty = item
        return self.elements[element].order, not duty.must, organisation


def _board(own: Collection[str] | None) -> _Board:
    """All plans with who leads and takes part; with `own` only those in which these organisations do."""
    links = Link.objects.filter(
        role__in=("lead", "partners"),
        element__kind=Kind.PLAN,
        element__removed_at=None,
        element__parent__removed_at=None,
    )
    if own is not None:
        links = links.filter(element__in=links.filter(target__key__in=own).values("element"))
    board = _Board()
    plans: dict[str, dict[str, Any]] = {}
    parent = "element__parent__"
    fields = ("kind", "key", "title", "tree_key", "demo")
    for row in links.order_by("element__parent__tree_key", "role", "position").values(
        "role", "element__attributes", "target__kind", "target__key", "target__title", *(parent + f for f in fields)
    ):
        element = Named(*(row[parent + f] for f in fields))
        board.elements[element.uid] = element
        organisation = Named(row["target__kind"], row["target__key"], row["target__title"])
        board.organisations[organisation.key] = organisation
        plan = plans.setdefault(element.uid, {"lead": None, "partners": [], **row["element__attributes"]})
        if row["role"] == "lead":
            plan["lead"] = organisation.key
        else:
            plan["partners"].append(organisation.key)
    board.plans = [
        PlanView(uid, plan["lead"], tuple(plan["partners"]), plan.get("start"), plan.get("end"))
        for uid, plan in plans.items()
    ]
    return board


def _read_reports(board: _Board, chosen: list[ReportingPeriod], own: Collection[str] | None) -> None:
    """Put the reports of these periods on the board, and those that said once and for all that it is done."""
    approved = Report.objects.filter(state=Report.State.APPROVED)
    later = approved.filter(
        element=OuterRef("element"), organisation=OuterRef("organisation"), period__start__gt=OuterRef("period__start")
    )
    done = Q(state=Report.State.APPROVED, status=Status.DONE) & ~Exists(later)
    reports = Report.objects.filter(Q(period__in=[period.pk for period in chosen]) | done)
    if own is not None:
        reports = reports.filter(organisation__key__in=own)
    ids = {period.pk for period in chosen}
    element = tuple(f"element__{f}" for f in ("kind", "key", "title", "tree_key", "demo"))
    for row in reports.order_by().values(
        "period_id",
        "period__start",
        "state",
        "status",
        "reason",
        "author_id",
        "author__name",
        "changed_at",
        "submitted_at",
        "organisation__key",
        "organisation__name",
        *element,
    ):
        named = Named(*(row[f] for f in element))
        place = (named.uid, row["organisation__key"])
        if row["state"] == Report.State.APPROVED and row["status"] == Status.DONE:
            board.done[place] = row["period__start"]
        if row["period_id"] in ids:
            board.elements.setdefault(named.uid, named)
            name = {EVERY_LANGUAGE: row["organisation__name"]}
            board.organisations.setdefault(place[1], Named(Kind.ORGANISATION, place[1], name))
            board.reports[row["period_id"]][place] = row

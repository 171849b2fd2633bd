# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Reads of periods and reports. Approved reports are public; the others are for who may see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, JSONField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat

from mainport.agenda.models import Element, Evidence, Link, Reminder, Report, ReportingPeriod
from mainport.agenda.queries.slots import Slot, slots
from mainport.agenda.queries.standing import reached
from mainport.agenda.rules.elements import Kind
from mainport.agenda.rules.reporting import No, ReportState, Verb, refusal
from mainport.core.models import Person
from mainport.core.queries import people_in
from mainport.core.rules.languages import EVERY_LANGUAGE
from mainport.core.rules.permissions import ORGANISATION_ROLES, Actor, Permission

# --- Reports ---


def visible(by: Actor) -> QuerySet[Report]:
    """The reports that this actor may read; `rules.reporting.sees` says the same of one."""
    own = by.organisations(Permission.READ_SUBMITTED_REPORT)
    allowed = Q(state=Report.State.APPROVED)
    if own:
        allowed |= Q(organisation__key__in=own)
    if by.may(Permission.READ_SUBMITTED_REPORT):
        allowed |= Q(state=Report.State.SUBMITTED)
    return Report.objects.filter(allowed)


def reports_on(element: Element, by: Actor) -> QuerySet[Report]:
    """The reports on an element that this actor may read, the latest period first. Two queries."""
    return (
        visible(by)
        .filter(element=element)
        .select_related("period", "organisation", "element")
        .prefetch_related("evidence")
        .order_by("-period__start", "organisation__name")
    )


# --- Milestones ---


@dataclass(frozen=True)
class MilestoneView:
    """One milestone with what became of it."""

    element: Element
    due: date
    owner: str | None  # uid of the organisation
    owner_title: dict[str, str] | None
    reached_on: date | None
    overdue: bool


def milestones_of(element: Element, today: date) -> list[MilestoneView]:
    """The milestones of an element and of its plan, by day. One query."""
    return _milestones(Q(parent=element) | Q(parent__parent=element, parent__kind=Kind.PLAN), today)


def milestones_within(element: Element, today: date) -> list[MilestoneView]:
    """The milestones of an element, of all below it and of their plans, by day. One query."""
    return _milestones(Q(tree_key__startswith=element.tree_key), today)


def _milestones(wanted: Q, today: date) -> list[MilestoneView]:
    owner = Link.objects.filter(element=OuterRef("pk"), role="owner")
    found = (
        Element.objects.filter(wanted, kind=Kind.MILESTONE, removed_at__isnull=True)
        .annotate(
            reached_on=Subquery(reached().values("reached_on")[:1]),
            owner=Subquery(owner.values(uid=Concat("target__kind", Value(":"), "target__key"))[:1]),
            owner_title=Subquery(owner.values("target__title")[:1], output_field=JSONField()),
        )
        .order_by("due", "tree_key")
    )
    return [_milestone_view(row, today) for row in found]


def _milestone_view(row: Any, today: date) -> MilestoneView:
    assert row.due is not None, "a milestone has a day"
    return MilestoneView(
        element=row,
        due=row.due,
        owner=row.owner,
        owner_title=row.owner_title,
        reached_on=row.reached_on,
        overdue=row.reached_on is None and row.due < today,
    )


# --- Periods ---


def reporting_periods(*, open_only: bool = False) -> QuerySet[ReportingPeriod]:
    """All periods, or those in which something can still be written, the latest first."""
    found = ReportingPeriod.objects.order_by("-start")
    return found.filter(locked_at=None) if open_only else found


def periods_with_counts() -> list[tuple[ReportingPeriod, int]]:
    """All periods with how many reports were approved in each, the latest first. One query."""
    approved = Count("reports", filter=Q(reports__state=Report.State.APPROVED))
    return [(period, period.approved) for period in reporting_periods().annotate(approved=approved)]


# --- Plans ---


def plans_led_by(organisations: Collection[str]) -> list[Element]:
    """What these organisations lead the plan of, in the order of the agenda. One query."""
    if not organisations:
        return []
    led = Link.objects.filter(
        role="lead", element__kind=Kind.PLAN, element__removed_at=None, target__key__in=organisations
    )
    return list(Element.objects.filter(removed_at=None, pk__in=led.values("element__parent")).order_by("tree_key"))


# --- One report ---


class NoSuchReport(LookupError):
    """There is no such report, or this actor may not know of it."""


@dataclass(frozen=True)
class Place:
    """Where one report stands or could stand: a period, an element, an organisation."""

    period: ReportingPeriod
    element: Element
    organisation: str
    organisation_title: dict[str, str]
    expected: bool  # the organisation leads the element's plan or takes part in it
    report: Report | None

    @property
    def state(self) -> ReportState:
        return ReportState(self.report.state) if self.report else ReportState.MISSING

    def refusal(self, by: Actor, verb: Verb) -> No | None:
        """Why this actor can't do this with the report now; None where they can."""
        if verb is Verb.SAVE and self.report is None and not self.expected:
            return No.NOT_ALLOWED
        return refusal(
            verb,
            self.state,
            by=by,
            organisation=self.organisation,
            author_id=self.report.author_id if self.report else None,
            locked=self.period.is_locked,
        )


def place(by: Actor, *, period: str, uid: str, organisation: str) -> Place:
    """The place of one report, for who may see it or may begin it. Three queries at most.

    Raises NoSuchReport.
    """
    kind, _, key = uid.partition(":")
    report = (
        visible(by)
        .filter(period__key=period, element__kind=kind, element__key=key, organisation__key=organisation)
        .select_related("period", "element", "organisation", "author", "reviewer")
        .first()
    )
    links = Link.objects.filter(
        role__in=("lead", "partners"),
        element__kind=Kind.PLAN,
        element__removed_at=None,
        element__parent__kind=kind,
        element__parent__key=key,
        target__key=organisation,
    )
    link = links.select_related("element__parent", "target").first()
    title = link.target.title if link else {}
    if report:
        title = title or {EVERY_LANGUAGE: report.organisation.name}
        return Place(report.period, report.element, organisation, title, link is not None, report)
    found = ReportingPeriod.objects.filter(key=period).first()
    if link is None or found is None or organisation not in by.organisations(Permission.WRITE_REPORT):
        raise NoSuchReport(f"{period} {uid} {organisation}")
    assert link.element.parent is not None, "a plan hangs on what it plans"
    return Place(found, link.element.parent, organisation, title, True, None)


def evidence(by: Actor, pk: int) -> Evidence:
    """A piece of evidence of a report that this actor may read. Raises Evidence.DoesNotExist."""
    return Evidence.objects.select_related("report").get(pk=pk, report__in=visible(by))


def latest_handed_in(by: Actor, limit: int = 10) -> list[Report]:
    """Of the reports that this actor may read, those that were handed in last and wait or are approved."""
    states = (Report.State.SUBMITTED, Report.State.APPROVED)
    return list(
        visible(by)
        .filter(state__in=states, element__removed_at=None)
        .select_related("element", "organisation", "period")
        .order_by("-submitted_at")[:limit]
    )


# --- Reminders ---


@dataclass(frozen=True)
class Letter:
    """What one person is reminded of."""

    person: Person
    to_write: tuple[Slot, ...]
    to_review: tuple[Slot, ...]


def letters(by: Actor, today: date) -> list[Letter]:
    """Whom a round of reminders would reach, and of what. Four queries.

    Who writes is reminded of what isn't handed in; who reviews, of that and of what waits for approval.
    """
    return letters_about([slot for slot in slots(by, today, of=reporting_periods(open_only=True)) if slot.late])


def letters_about(late: Sequence[Slot]) -> list[Letter]:
    """The same for these late reports. One query."""
    writes: dict[Person, set[str]] = defaultdict(set)
    reviews: dict[Person, set[str]] = defaultdict(set)
    for person, role, organisation in people_in({slot.organisation.key for slot in late}):
        if Permission.WRITE_REPORT in ORGANISATION_ROLES[role]:
            writes[person].add(organisation)
        if Permission.REVIEW_REPORT in ORGANISATION_ROLES[role]:
            reviews[person].add(organisation)
    found = [
        Letter(
            person=person,
            to_write=tuple(
                s for s in late if s.waits_for is Permission.WRITE_REPORT and s.organisation.key in writes[person]
            ),
            to_review=tuple(
                s for s in late if s.waits_for is Permission.REVIEW_REPORT and s.organisation.key in reviews[person]
            ),
        )
        for person in writes.keys() | reviews.keys()
    ]
    return sorted((x for x in found if x.to_write or x.to_review), key=lambda x: (x.person.name, x.person.pk))


@dataclass(frozen=True)
class Round:
    """The last round of reminders: when, how many people, how many e-mails went out."""

    asked_at: datetime
    people: int
    sent: int


def last_round() -> Round | None:
    """One query."""
    last = (
        Reminder.objects.order_by()
        .values("asked_at")
        .annotate(people=Count("id"), sent_count=Count("id", filter=Q(sent=True)))
        .order_by("-asked_at")
        .first()
    )
    return Round(last["asked_at"], last["people"], last["sent_count"]) if last else None

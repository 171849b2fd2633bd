# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Reads of periods and reports. Approved reports are public; the others are for who may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import JSONField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat

from mainport.agenda.models import Element, Link, Report, ReportingPeriod
from mainport.agenda.queries.standing import reached
from mainport.agenda.rules.elements import Kind
from mainport.core.rules.permissions import Actor, Permission

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
    """The reports on an element that this actor may read, the latest period first. Three queries."""
    return (
        visible(by)
        .filter(element=element)
        .select_related("period", "organisation", "element")
        .prefetch_related("evidence", "milestones__milestone")
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
    owner = Link.objects.filter(element=OuterRef("pk"), role="owner")
    found = (
        Element.objects.filter(kind=Kind.MILESTONE, removed_at__isnull=True)
        .filter(Q(parent=element) | Q(parent__parent=element, parent__kind=Kind.PLAN))
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


def reporting_periods() -> QuerySet[ReportingPeriod]:
    """All periods, the latest first."""
    return ReportingPeriod.objects.order_by("-start")

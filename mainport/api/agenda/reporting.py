# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What is reported on the agenda, and how it stands. Only what is approved is public."""

from __future__ import annotations

from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Path, Query, Router
from pydantic import Field

from mainport.agenda import models, queries
from mainport.agenda.rules.elements import Kind
from mainport.agenda.rules.nodes import UID_PATTERN
from mainport.agenda.rules.status import State, Status
from mainport.api.agenda import shapes, show
from mainport.api.answers import answer, page_of
from mainport.api.parameters import Key, Number, Page, PageSize
from mainport.api.problems import Refused
from mainport.core.rules.permissions import VISITOR

router = Router(tags=["reports"])

Uid = Annotated[str, Field(pattern=UID_PATTERN, max_length=110)]


@router.get(
    "/reporting-periods",
    response=shapes.ReportingPeriods,
    operation_id="listReportingPeriods",
    summary="Reporting periods",
)
def list_reporting_periods(request: HttpRequest, page: Page, page_size: PageSize) -> HttpResponse:
    """The periods on which organisations report, the latest first."""
    found = queries.reporting_periods()
    return page_of(request, found, lambda rows: [_period(row) for row in rows], page=page, size=page_size)


def _period(row: models.ReportingPeriod) -> dict[str, Any]:
    names = ("start", "end", "due", "locked_at", "demo")
    return {"id": row.key, **{name: getattr(row, name) for name in names}}


@router.get("/reports", response=shapes.Reports, operation_id="listReports", summary="Reports")
def list_reports(
    request: HttpRequest,
    period: Annotated[Key | None, Query(None, description="Over this period.", example="2026-1")],
    organisation: Annotated[Key | None, Query(None, description="Of this organisation (its key).", example="hanze")],
    element: Annotated[Uid | None, Query(None, description="On this element.", example="task:E3")],
    status: Annotated[list[Status], Query([], description="With this status; it may be named again.")],
    page: Page,
    page_size: PageSize,
) -> HttpResponse:
    """The approved reports, the latest period first."""
    found = queries.visible(VISITOR)
    if period is not None:
        found = found.filter(period__key=period)
    if organisation is not None:
        found = found.filter(organisation__key=organisation)
    if element is not None:
        kind, _, key = element.partition(":")
        found = found.filter(element__kind=kind, element__key=key)
    if status:
        found = found.filter(status__in=status)
    return page_of(request, _whole(found), lambda rows: [show.report(row) for row in rows], page=page, size=page_size)


@router.get("/reports/{id}", response=shapes.Report, operation_id="getReport", summary="One report")
def get_report(request: HttpRequest, id: Annotated[Number, Path(description="Its number.")]) -> HttpResponse:
    """One approved report."""
    found = _whole(queries.visible(VISITOR)).filter(pk=id).first()
    if found is None:
        raise Refused(404, f"There is no approved report {id}.")
    return answer(show.report(found))


def _whole(found: QuerySet[models.Report]) -> QuerySet[models.Report]:
    return (
        found.select_related("period", "element", "organisation")
        .prefetch_related("milestones__milestone", "evidence")
        .order_by("-period__start", "element__tree_key", "organisation__name", "pk")
    )


@router.get("/states", response=shapes.Standings, operation_id="listStates", summary="How everything stands")
def list_states(
    request: HttpRequest,
    kind: Annotated[list[Kind], Query([], description="Of one kind, or of several by naming it again.")],
    state: Annotated[list[State], Query([], description="Which stand so; it may be named again.")],
    page: Page,
    page_size: PageSize,
) -> HttpResponse:
    """The state of each element that can be planned, by the rule that the site explains, in the order of the agenda."""
    found = [
        show.standing(uid, standing)
        for uid, standing in queries.standings(timezone.localdate()).items()
        if (not kind or uid.partition(":")[0] in kind) and (not state or standing.state in state)
    ]
    return page_of(request, found, list, page=page, size=page_size)

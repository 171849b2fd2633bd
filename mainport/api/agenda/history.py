# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The agenda as it stood, and what changed."""

from __future__ import annotations

from typing import Annotated

from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Path, Query, Router

from mainport.agenda import queries
from mainport.agenda.models import Version
from mainport.agenda.queries.history import changes_between
from mainport.agenda.rules import elements as rules
from mainport.agenda.rules.summary import counts
from mainport.api.agenda import shapes, show
from mainport.api.agenda.elements import ElementId
from mainport.api.answers import address, answer, page_of
from mainport.api.parameters import Day, Page, PageSize, end_of
from mainport.api.problems import Fault, Refused

router = Router(tags=["history"])


@router.get(
    "/agenda/versions", response=shapes.Moments, operation_id="listAgendaVersions", summary="Versions of the agenda"
)
def list_agenda_versions(
    request: HttpRequest,
    on: Annotated[Day | None, Query(None, description="Only the version in force at the end of this day.")],
    page: Page,
    page_size: PageSize,
) -> HttpResponse:
    """The moments at which the agenda changed, the latest first."""
    found = Version.objects.order_by("-at").values("at").annotate(changes=Count("id"), reason=Max("why"))
    if on is not None:
        found = found.filter(at__lte=end_of(on))[:1]
    return page_of(
        request,
        found if on is None else list(found),
        lambda rows: [
            {
                "at": row["at"],
                "changes": row["changes"],
                "why": row["reason"],
                "url": address(f"agenda/versions/{timezone.localdate(row['at'])}"),
            }
            for row in rows
        ],
        page=page,
        size=page_size,
    )


@router.get(
    "/agenda/versions/{day}",
    response=shapes.AgendaOnDay,
    operation_id="getAgendaVersion",
    summary="The agenda on a day",
)
def get_agenda_version(
    request: HttpRequest, day: Annotated[Day, Path(description="YYYY-MM-DD", example="2026-01-31")]
) -> HttpResponse:
    """The whole agenda as it stood at the end of a day."""
    found = queries.agenda_on(end_of(day))
    if found is None:
        raise Refused(404, f"There was no agenda on {day}.")
    return answer(
        {
            "on": day,
            "counts": counts(found.elements.values()),
            "elements": [show.snapshot(element) for element in found.elements.values()],
            "sources": show.sources(found.sources.values()),
        }
    )


@router.get(
    "/elements/{id}/versions",
    response=shapes.Versions,
    operation_id="listElementVersions",
    summary="Versions of an element",
)
def list_element_versions(request: HttpRequest, id: ElementId, page: Page, page_size: PageSize) -> HttpResponse:
    """An element as it was, the latest version first; also of an element that was removed, by its whole id."""
    uid = id if ":" in id else _uid(id)
    found = queries.versions(uid)
    if not found.exists():
        raise Refused(404, f"There never was an element {uid}.")
    return page_of(request, found, lambda rows: [_version(row) for row in rows], page=page, size=page_size)


def _uid(key: str) -> str:
    try:
        return queries.find(key).uid
    except queries.UnknownElement as error:
        raise Refused(404, f"{str(error)[0].upper()}{str(error)[1:]}.") from error


def _version(row: Version) -> dict[str, object]:
    return {
        "at": row.at,
        "until": row.until,
        "why": row.why,
        "element": show.snapshot(rules.Element.from_json(row.snapshot)) if row.snapshot else None,
    }


@router.get("/changes", response=shapes.Changes, operation_id="listChanges", summary="What changed between two days")
def list_changes(
    request: HttpRequest,
    from_: Annotated[Day, Query(alias="from", description="The day to compare with.", example="2026-01-31")],
    to: Annotated[Day | None, Query(None, description="The later day; today where it is left out.")],
    page: Page,
    page_size: PageSize,
) -> HttpResponse:
    """The elements that differ between the end of one day and the end of another."""
    until = to or timezone.localdate()
    if until < from_:
        fault = Fault("to", str(until), f"a day not before {from_}")
        raise Refused(400, errors=[fault])
    found = changes_between(end_of(from_), end_of(until))
    return page_of(request, found, lambda changes: [change.to_json() for change in changes], page=page, size=page_size)

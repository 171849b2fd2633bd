# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The agenda and its elements."""

from __future__ import annotations

from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Path, Query, Router
from pydantic import Field

from mainport.agenda import models, queries
from mainport.agenda.queries.selection import Selection, select
from mainport.agenda.rules.elements import PLANNED, Kind
from mainport.agenda.rules.summary import counts
from mainport.api.agenda import shapes, show
from mainport.api.answers import address, answer, page_of
from mainport.api.parameters import WITHOUT_NUL, Id, Key, Page, PageSize, YesOrNo, names_of
from mainport.api.problems import Refused
from mainport.core.rules.permissions import VISITOR

router = Router()

NO_AGENDA = "There is no agenda here yet."
LATEST_REPORTS = 20

ElementId = Annotated[Id, Path(description="kind:key; the key alone where no other kind has it.", example="task:E3")]
_FIELDS = "Only these fields, with commas between them; the id always."
Fields = Annotated[
    Annotated[str, *names_of(shapes.Element)] | None, Query(None, description=_FIELDS, example="title,parent")
]
MoreFields = Annotated[
    Annotated[str, *names_of(shapes.ElementWithSurroundings)] | None,
    Query(None, description=_FIELDS, example="title,below"),
]


@router.get("/agenda", response=shapes.Agenda, tags=["agenda"], operation_id="getAgenda", summary="The agenda")
def get_agenda(request: HttpRequest) -> HttpResponse:
    """The alliance, its ambition, what its agenda counts, and where the rest is."""
    found = queries.agenda()
    if found is None:
        raise Refused(404, NO_AGENDA)
    alliance = found.alliance
    fields = show.attributes(alliance.kind, alliance.attributes)
    names = ("languages", "period", "founded", "adopted", "mission", "ambition")
    resources = {name: address(name) for name in ("elements", "organisations", "changes", "states", "reports")}
    return answer(
        {
            "id": alliance.uid,
            "title": alliance.title,
            "summary": alliance.summary,
            **{name: fields.get(name) for name in names},
            "towns": fields.get("towns", []),
            "counts": counts(found.elements.values()),
            "sources": show.sources(found.sources.values()),
            "links": resources | {name: address(f"agenda/{name}") for name in ("versions", "exports")},
        }
    )


@router.get("/elements", response=shapes.Elements, tags=["elements"], operation_id="listElements", summary="Elements")
def list_elements(
    request: HttpRequest,
    kind: Annotated[list[Kind], Query([], description="One kind, or several by naming it again.")],
    parent: Annotated[Id | None, Query(None, description="Directly below this element.", example="sector:energy")],
    goal: Annotated[Key | None, Query(None, description="At any depth below this goal (its key).")],
    sector: Annotated[Key | None, Query(None, description="At any depth below this sector (its key).")],
    partner: Annotated[
        Key | None, Query(None, description="In which this organisation (its key) has a part, or in the plan of it.")
    ],
    demo: Annotated[YesOrNo | None, Query(None, description="Only invented examples, or none of them.")],
    q: Annotated[
        Annotated[str, Field(max_length=200, pattern=WITHOUT_NUL)] | None,
        Query(None, description="Words that stand in the title or summary, all of them.", example="waterstof"),
    ],
    fields: Fields,
    page: Page,
    page_size: PageSize,
) -> HttpResponse:
    """What stands in the agenda today, from top to bottom."""
    above = ((Kind.GOAL, goal), (Kind.SECTOR, sector))
    selection = Selection(
        kinds=tuple(kind),
        parent=parent,
        below=tuple(f"{sort}:{key}" for sort, key in above if key is not None),
        partner=partner,
        demo=demo,
        words=q or "",
    )
    found = _whole(select(selection, _languages()))
    return page_of(
        request, found, lambda rows: [_only(show.element(row), fields) for row in rows], page=page, size=page_size
    )


@router.get(
    "/elements/{id}",
    response=shapes.ElementWithSurroundings,
    tags=["elements"],
    operation_id="getElement",
    summary="One element",
)
def get_element(request: HttpRequest, id: ElementId, fields: MoreFields) -> HttpResponse:
    """An element with what hangs below it, what names it, how it stands and what was reported last."""
    try:
        row = queries.find(id)
    except queries.UnknownElement as error:
        raise Refused(404, f"{str(error)[0].upper()}{str(error)[1:]}.") from error
    row = _whole(queries.elements().filter(pk=row.pk)).get()
    pointing = row.linked_from.filter(element__removed_at__isnull=True).select_related("element")
    reports = queries.reports_on(row, VISITOR).prefetch_related("milestones__milestone")
    planned = row.kind in (Kind.ALLIANCE, *PLANNED)
    found = show.element(row) | {
        "below": [show.reference(one) for one in queries.elements().filter(parent=row)],
        "named_by": [
            {"role": link.role, "id": link.element.uid} for link in pointing.order_by("element__tree_key", "role")
        ],
        "standing": show.standing(row.uid, queries.standing_of(row, timezone.localdate())) if planned else None,
        "reports": [show.report(one) for one in reports[:LATEST_REPORTS]],
    }
    return answer(_only(found, fields))


@router.get(
    "/organisations",
    response=shapes.Organisations,
    tags=["elements"],
    operation_id="listOrganisations",
    summary="Organisations",
)
def list_organisations(
    request: HttpRequest,
    partner: Annotated[YesOrNo | None, Query(None, description="Only partners of the alliance, or none of them.")],
    page: Page,
    page_size: PageSize,
) -> HttpResponse:
    """The partners of the alliance and the other organisations that the agenda names."""
    kinds = {None: (Kind.PARTNER, Kind.ORGANISATION), True: (Kind.PARTNER,), False: (Kind.ORGANISATION,)}
    found = queries.elements(*kinds[partner])
    return page_of(request, found, lambda rows: [_organisation(row) for row in rows], page=page, size=page_size)


def _organisation(row: models.Element) -> dict[str, Any]:
    return {
        "id": row.uid,
        "key": row.key,
        "partner": row.kind == Kind.PARTNER,
        "title": row.title,
        "summary": row.summary,
        **{name: row.attributes.get(name) for name in ("sort", "short", "joined", "website")},
        "demo": row.demo,
        "url": show.element_address(row.uid),
    }


def _whole(found: QuerySet[models.Element]) -> QuerySet[models.Element]:
    return found.select_related("parent", "source").prefetch_related("links__target")


def _languages() -> list[str]:
    alliance = queries.elements(Kind.ALLIANCE).first()
    return list(alliance.attributes["languages"]) if alliance else []


def _only(data: dict[str, Any], fields: str | None) -> dict[str, Any]:
    """The fields asked for, and the id always."""
    return data if fields is None else {name: data[name] for name in dict.fromkeys(["id", *fields.split(",")])}

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The whole agenda as a file."""

from __future__ import annotations

from typing import Annotated, Literal

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Path, Query, Router
from pydantic import Field

from mainport.agenda import queries
from mainport.agenda.exports import FORMATS, Edition
from mainport.api.agenda import shapes
from mainport.api.agenda.elements import NO_AGENDA
from mainport.api.answers import address, page_of
from mainport.api.parameters import Day, Page, PageSize, end_of
from mainport.api.problems import Fault, Refused

router = Router(tags=["exports"])

#: The keys of `FORMATS`.
Name = Literal["yaml", "stratml", "jsonld", "csv", "xlsx"]


@router.get("/agenda/exports", response=shapes.Exports, operation_id="listExports", summary="Formats")
def list_exports(request: HttpRequest, page: Page, page_size: PageSize) -> HttpResponse:
    """The formats in which the whole agenda can be had."""
    found = [
        {
            "format": one.name,
            "media_type": one.media_type,
            "one_language": one.one_language,
            "url": address(f"agenda/exports/{one.name}"),
        }
        for one in FORMATS.values()
    ]
    return page_of(request, found, list, page=page, size=page_size)


@router.get(
    "/agenda/exports/{format}",
    operation_id="getExport",
    summary="The agenda as a file",
    openapi_extra={
        "responses": {
            200: {
                # Files, not JSON: OpenAPI 3.1 has no schema for them.
                "content": {one.media_type: {} for one in FORMATS.values()},
            }
        }
    },
)
def get_export(
    request: HttpRequest,
    format: Annotated[Name, Path(description="The format.", example="yaml")],
    language: Annotated[
        Annotated[str, Field(pattern=r"^[a-z]{2,3}$")] | None,
        Query(None, description="Of a format that speaks only one; else the first of the agenda.", example="nl"),
    ],
    on: Annotated[Day | None, Query(None, description="As it stood at the end of this day.")],
) -> HttpResponse:
    """The whole agenda, today or as it stood at the end of a day. YAML loads again without a difference."""
    found = queries.agenda_on(end_of(on)) if on else queries.agenda()
    if found is None:
        raise Refused(404, f"There was no agenda on {on}." if on else NO_AGENDA)
    if language is not None and language not in found.languages:
        fault = Fault("language", language, f"a language of the agenda: {', '.join(found.languages)}")
        raise Refused(400, errors=[fault])
    edition = Edition(settings.SITE_URL, on or timezone.localdate(), language or found.languages[0])
    one = FORMATS[format]
    if not request.accepts(one.media_type):
        raise Refused(406, f"This file is {one.media_type}.")
    charset = "; charset=utf-8" if one.name in ("yaml", "stratml", "csv") else ""
    header = "; header=present" if one.name == "csv" else ""
    return HttpResponse(
        one.write(found, edition),
        one.media_type + charset + header,
        headers={"Content-Disposition": f'attachment; filename="{one.file_name(found, edition)}"'},
    )

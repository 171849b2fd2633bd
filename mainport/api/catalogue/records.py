# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of files that last, and the schema of our own format."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language_from_request, override
from django.views.decorators.http import require_safe

from mainport.catalogue.exports.mainport_xml import kept_schema
from mainport.catalogue.models import KeptFile
from mainport.catalogue.queries.records import visible
from mainport.core.queries import actor_of


@require_safe
def file(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """The file of this name as it is now, by the page that asks who may have it."""
    record = visible(actor_of(request.user)).filter(key=key)
    kept = KeptFile.objects.filter(record__in=record, name=name, current=True).values_list("pk", flat=True).first()
    if kept is None:
        raise Http404(f"record {key}, file {name}")
    with override(get_language_from_request(request)):
        return redirect("work_file", key=key, pk=kept)


@require_safe
def schema(request: HttpRequest) -> HttpResponse:
    """The schema of oai_mainport."""
    response = HttpResponse(kept_schema(), "application/xml; charset=utf-8")
    response["Cache-Control"] = "public, max-age=86400"
    response["Access-Control-Allow-Origin"] = "*"
    return response

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of records that last, and the schema of our own format."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from mainport.catalogue.exports.mainport_xml import kept_schema


@require_safe
def schema(request: HttpRequest) -> HttpResponse:
    """The schema of oai_mainport."""
    response = HttpResponse(kept_schema(), "application/xml; charset=utf-8")
    response["Cache-Control"] = "public, max-age=86400"
    response["Access-Control-Allow-Origin"] = "*"
    return response

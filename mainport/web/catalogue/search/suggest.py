# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Suggestions while somebody types: words and titles that begin so."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from mainport.catalogue.search import catalogue

LONGEST = 80


@require_safe
def search_suggest(request: HttpRequest) -> HttpResponse:
    """In the shape of OpenSearch's suggestions: what was typed, and a list."""
    typed = request.GET.get("q", "").replace("\0", "").lstrip()[:LONGEST]
    # What was typed itself is nothing to choose.
    found = [one for one in catalogue.suggest(typed) if one.lower() != typed.strip().lower()]
    response = JsonResponse([typed, found], safe=False, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "public, max-age=300"
    return response

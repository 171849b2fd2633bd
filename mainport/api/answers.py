# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Answers: one thing, or a page of many."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

#: Of the document, under the version.
OPENAPI_PATH = "/openapi.json"


def answer(data: Any) -> HttpResponse:
    """Data as JSON."""
    content = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, allow_nan=False)
    return HttpResponse(content, "application/json")


def address(path: str) -> str:
    """The address of a resource, from its path under the version."""
    return f"{settings.SITE_URL}/api/v1/{path}"


def page_of(
    request: HttpRequest,
    found: QuerySet[Any] | Sequence[Any],
    show: Callable[[list[Any]], list[dict[str, Any]]],
    *,
    page: int,
    size: int,
) -> HttpResponse:
    """One page of a list, with the way to the next and the previous; beyond the last page it is empty."""
    count = found.count() if isinstance(found, QuerySet) else len(found)
    start = (page - 1) * size
    items = show(list(found[start : start + size])) if start < count else []
    last = max(1, -(-count // size))
    following = _link(request, page + 1) if page < last else None
    before = _link(request, min(page - 1, last)) if page > 1 else None
    response = answer({"count": count, "next": following, "previous": before, "items": items})
    links = [f'<{url}>; rel="{rel}"' for rel, url in (("next", following), ("prev", before)) if url]
    if links:
        response["Link"] = ", ".join(links)
    return response


def _link(request: HttpRequest, page: int) -> str:
    query = request.GET.copy()
    query["page"] = str(page)
    return f"{settings.SITE_URL}{request.path}?{query.urlencode()}"

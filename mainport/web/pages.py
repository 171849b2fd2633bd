# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Pages that show data offer the same data as JSON and CSV, at the same address with .json or .csv.

A view returns a `Page`; `routes` gives it its three addresses.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.text import format_lazy


@dataclass(frozen=True)
class Page:
    """One page: the template with its context, and the data that it shows.

    `data` is the whole as JSON; `rows` the same as a table, one mapping a row, for CSV.
    """

    template: str
    context: Mapping[str, Any]
    data: Mapping[str, Any]
    rows: Iterable[Mapping[str, Any]]
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


View = Callable[..., Page | HttpResponse]


def routes(route: Any, view: View, name: str) -> list[URLPattern]:
    """The page at `route/` (its name), its data at `route.json` (name_json) and `route.csv` (name_csv).

    `route` has no slashes at its ends and may be lazily translated; a page at the root of its
    folder has '' and gets index.json and index.csv.
    """
    base = route or "index"
    return [
        path(format_lazy("{}/", route) if route else "", _as_html(view), name=name),
        path(format_lazy("{}.json", base), _as_json(view), name=f"{name}_json"),
        path(format_lazy("{}.csv", base), _as_csv(view), name=f"{name}_csv"),
    ]


def _as_html(view: View) -> Callable[..., HttpResponse]:
    def respond(request: HttpRequest, **arguments: Any) -> HttpResponse:
        page = view(request, **arguments)
        if isinstance(page, HttpResponse):
            return page
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        base = request.path.rstrip("/") if request.path.count("/") > 2 else f"{request.path}index"
        data_links = {"json": f"{base}.json{query}", "csv": f"{base}.csv{query}"}
        response = render(request, page.template, {**page.context, "data_links": data_links}, status=page.status)
        for name, value in page.headers.items():
            response[name] = value
        return response

    return respond


def _as_json(view: View) -> Callable[..., HttpResponse]:
    def respond(request: HttpRequest, **arguments: Any) -> HttpResponse:
        page = view(request, **arguments)
        if isinstance(page, HttpResponse):
            return page
        response = JsonResponse(page.data, encoder=DjangoJSONEncoder, json_dumps_params={"ensure_ascii": False})
        return _with_etag(request, response)

    return respond


def _as_csv(view: View) -> Callable[..., HttpResponse]:
    def respond(request: HttpRequest, **arguments: Any) -> HttpResponse:
        page = view(request, **arguments)
        if isinstance(page, HttpResponse):
            return page
        response = HttpResponse(csv_of(page.rows), content_type="text/csv; charset=utf-8; header=present")
        return _with_etag(request, response)

    return respond


def csv_of(rows: Iterable[Mapping[str, Any]]) -> str:
    """RFC 4180, the columns in the order in which the rows first name them."""
    rows = list(rows)
    columns = dict.fromkeys(name for row in rows for name in row)
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, fieldnames=list(columns))
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return out.getvalue()


def _cell(value: Any) -> Any:
    """A cell that a spreadsheet won't take for a formula (OWASP, CSV injection)."""
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return value


def _with_etag(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["Access-Control-Allow-Origin"] = "*"
    response["Vary"] = "Cookie"
    if request.headers.get("If-None-Match") == response["ETag"]:
        response.status_code = 304
        response.content = b""
    return response

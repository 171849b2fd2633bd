# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The way in: the front page of the API, for machines and for people, and its document."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from mainport.api.answers import OPENAPI_PATH, address, answer
from mainport.api.document import document, shape_names
from mainport.api.door import VERSION
from mainport.api.problems import Fault, Refused, of_faults, of_refusal


@csrf_exempt
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Where everything is; a person with a browser is shown the reference instead."""
    if refused := _with_parameters(request):
        return refused
    if request.get_preferred_type(["application/json", "text/html"]) == "text/html":
        return redirect("api_reference")
    if not request.accepts("application/json"):
        return of_refusal(request, Refused(406))
    names = ("agenda", "elements", "organisations", "changes", "reporting-periods", "reports", "states")
    return answer(
        {
            "title": "Mainport",
            "version": VERSION,
            "openapi": address(OPENAPI_PATH.lstrip("/")),
            "reference": f"{settings.SITE_URL}{reverse('api_reference')}",
            "resources": {name: address(name) for name in names} | {"exports": address("agenda/exports")},
        }
    )


@csrf_exempt
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    if refused := _with_parameters(request):
        return refused
    if not request.accepts("application/json"):
        return of_refusal(request, Refused(406))
    return answer(document(settings.SITE_URL))


def _with_parameters(request: HttpRequest) -> HttpResponse | None:
    faults = [Fault(name[:80], str(value)[:80], "no parameters here") for name, value in request.GET.items()]
    return of_faults(faults) if faults else None


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """The document, for people."""
    found = document(settings.SITE_URL)
    groups = [
        {
            **tag,
            "operations": [
                _operation(path, operation)
                for path, operations in found["paths"].items()
                for operation in operations.values()
                if operation["tags"] == [tag["name"]]
            ],
        }
        for tag in found["tags"]
    ]
    context = {
        "groups": groups,
        "version": VERSION,
        "server": found["servers"][0]["url"],
        "openapi_url": reverse("api_openapi"),
        "schemas": [_schema(name, schema) for name, schema in found["components"]["schemas"].items()],
    }
    return render(request, "api/reference.html", context)


def _operation(path: str, operation: dict[str, Any]) -> dict[str, Any]:
    """An operation with an address to try: each parameter in the path by its example."""
    example = path
    for parameter in operation["parameters"]:
        example = example.replace(f"{{{parameter['name']}}}", str(parameter.get("example", "1")))
    required = [p for p in operation["parameters"] if p["in"] == "query" and p["required"]]
    query = "&".join(f"{p['name']}={p.get('example', '')}" for p in required)
    shape = next(iter(operation["responses"]["200"]["content"].values())).get("schema", {}).get("$ref", "")
    return {
        "id": operation["operationId"],
        "path": path,
        "summary": operation["summary"],
        "description": operation.get("description", ""),
        "parameters": [{**p, "type": _type(p["schema"])} for p in operation["parameters"]],
        "example": f"/api/v1{example}" + (f"?{query}" if query else ""),
        "shape": shape.rpartition("/")[2],
    }


def _schema(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    fields = [
        {"name": field, "type": _type(inner), "description": inner.get("description", "")}
        for field, inner in schema.get("properties", {}).items()
    ]
    return {
        "name": name,
        "description": schema.get("description", ""),
        "fields": fields,
        "values": schema.get("enum", []),
    }


def _type(schema: dict[str, Any]) -> str:
    """A schema in a few words."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return ", ".join(_type(one) for one in schema["anyOf"])
    if schema.get("type") == "array":
        return f"array ({_type(schema['items'])})"
    if "enum" in schema:
        named = schema.get("title") in shape_names()
        return str(schema["title"]) if named else " | ".join(map(str, schema["enum"]))
    sort = str(schema.get("type", "any"))
    return f"{sort} ({schema['format']})" if "format" in schema else sort

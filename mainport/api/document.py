# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The OpenAPI document: what the code says of itself, and what holds for every operation."""

from __future__ import annotations

import json
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from mainport.api.answers import OPENAPI_PATH
from mainport.api.door import VERSION
from mainport.api.problems import DETAILS, MEDIA_TYPE
from mainport.api.v1 import api

#: Whose document is committed as openapi.json: that of no installation.
EXAMPLE_SITE = "https://mainport.example.org"

DESCRIPTION = """\
The strategic agenda of a regional alliance as open data: what it promised, who does it, how it stands.

Everything here is public and the same for everybody; there is nothing to log in to and nothing to
write. Texts carry their languages. Errors are problem details (RFC 9457). Each answer has an ETag:
send it back as If-None-Match and an answer that didn't change costs you nothing."""

TAGS = {
    "agenda": "The alliance and its agenda as a whole.",
    "elements": "Goals, sectors, tasks, flagships, partners, places: everything that the agenda holds.",
    "history": "The agenda as it stood on any day, and what changed.",
    "reports": "What organisations reported, and how everything stands.",
    "catalogue": "Research by students and researchers, and courses in the region.",
    "exports": "The whole agenda as one file.",
    "openapi": "This document.",
}

#: Shapes of which a reader may ask a part, with `fields`.
PARTIAL = ("Element", "ElementWithSurroundings")

_HEADERS: dict[str, Any] = {
    "API-Version": {
        "description": "The full version of this API.",
        "schema": {"type": "string", "examples": [VERSION]},
    },
    "Access-Control-Allow-Origin": {
        "description": "Scripts of any site may read this.",
        "schema": {"type": "string", "const": "*"},
    },
    "ETag": {"description": "The hash of the answer.", "schema": {"type": "string"}},
    "Link": {"description": "The next and previous page (RFC 8288).", "schema": {"type": "string"}},
    "Content-Disposition": {"description": "A name for the file.", "schema": {"type": "string"}},
    "Allow": {"description": "What may be asked here.", "schema": {"type": "string"}},
    "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}},
}

_PROBLEM: dict[str, Any] = {
    "type": "object",
    "title": "Problem",
    "description": "What is wrong, after RFC 9457.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "description": "Everything that is wrong with the parameters.",
            "items": {
                "type": "object",
                "required": ["field", "found", "expected"],
                "properties": {name: {"type": "string"} for name in ("field", "found", "expected")},
            },
        },
    },
    "example": {
        "type": "about:blank",
        "title": "Bad Request",
        "status": 400,
        "detail": "These parameters can't be used: page.",
        "errors": [{"field": "page", "found": "zero", "expected": "a whole number"}],
    },
}


def document(site_url: str) -> dict[str, Any]:
    """The document of the installation at this address."""
    found: dict[str, Any] = json.loads(_whole())
    found["info"]["contact"] = {
        "name": "Mainport",
        "url": site_url,
        "email": f"mainport@{urlsplit(site_url).hostname}",
    }
    found["servers"] = [{"url": f"{site_url}/api/v1", "description": "This site."}]
    return found


@cache
def shape_names() -> frozenset[str]:
    """The names of the shapes that the document describes."""
    return frozenset(document(EXAMPLE_SITE)["components"]["schemas"])


@cache
def _whole() -> str:
    made = json.loads(json.dumps(api.get_openapi_schema(path_prefix="")))
    for name in PARTIAL:
        made["components"]["schemas"][name]["required"] = ["id"]
    paths = {OPENAPI_PATH: {"get": _openapi_operation()}} | made["paths"]
    for path, operations in paths.items():
        for operation in operations.values():
            _complete(path, operation)
    return json.dumps(
        {
            "openapi": "3.1.0",
            "info": {
                "title": "Mainport",
                "version": VERSION,
                "summary": "The agenda of a regional alliance as open data.",
                "description": DESCRIPTION,
                "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
            },
            "tags": [{"name": name, "description": description} for name, description in TAGS.items()],
            "paths": dict(sorted(paths.items())),
            "components": {
                "schemas": dict(sorted((made["components"]["schemas"] | {"Problem": _PROBLEM}).items())),
                "headers": _HEADERS,
                "responses": {_name(status): _problem(status) for status in DETAILS},
            },
        }
    )


def _openapi_operation() -> dict[str, Any]:
    return {
        "operationId": "getOpenapi",
        "summary": "This document",
        "description": "The OpenAPI document of this API.",
        "tags": ["openapi"],
        "parameters": [],
        "responses": {"200": {"description": "OK", "content": {"application/json": {"schema": {"type": "object"}}}}},
    }


def _complete(path: str, operation: dict[str, Any]) -> None:
    """Headers, 304 and every error: the same for all."""
    parameters = operation["parameters"]
    for parameter in parameters:
        _plain(parameter)
    fine = operation["responses"]["200"]
    names = ["API-Version", "Access-Control-Allow-Origin", "ETag"]
    own = {"pageSize": "Link", "format": "Content-Disposition"}
    fine["headers"] = _headers(*names, *(own[p["name"]] for p in parameters if p["name"] in own))
    operation["responses"] = {
        "200": fine,
        "304": {"description": "Not Modified: you have it already.", "headers": _headers(*names)},
    } | {str(status): {"$ref": f"#/components/responses/{_name(status)}"} for status in DETAILS}


def _plain(parameter: dict[str, Any]) -> None:
    """A parameter that may be left out is no null; and what is said of it, is said once."""
    schema = parameter["schema"]
    if "anyOf" in schema:
        schema |= next(one for one in schema.pop("anyOf") if one.get("type") != "null")
    for name in ("description", "example", "title"):
        schema.pop(name, None)
    if schema.get("default", "") is None:
        del schema["default"]
    if parameter["in"] == "query" and schema.get("type") == "array":
        parameter |= {"style": "form", "explode": True}


def _headers(*names: str) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _name(status: int) -> str:
    return f"Problem{status}"


def _problem(status: int) -> dict[str, Any]:
    more = {405: ["Allow"], 429: ["Retry-After"]}.get(status, [])
    return {
        "description": DETAILS[status],
        "headers": _headers("API-Version", "Access-Control-Allow-Origin", *more),
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }

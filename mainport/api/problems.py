# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Errors as problem details (RFC 9457), one shape for all of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja.errors import ValidationError

MEDIA_TYPE = "application/problem+json"

#: What each status means here, where the server itself has nothing better to say.
DETAILS = {
    400: "The request can't be understood.",
    404: "There is nothing at this address.",
    405: "This API is for reading: use GET, HEAD or OPTIONS.",
    406: "None of the media types that you accept is on offer here.",
    429: "Too many requests from your address; wait a little.",
    500: "Something went wrong on our side. It has been written down.",
}


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with a request: in which parameter, what was found, what was expected."""

    field: str
    found: str
    expected: str


class Refused(Exception):
    """The request gets this status; `errors` says what is wrong with each parameter."""

    def __init__(self, status: int, detail: str = "", errors: Sequence[Fault] = ()) -> None:
        self.status = status
        self.detail = detail
        self.errors = errors
        super().__init__(detail)


def problem(
    status: int, detail: str = "", errors: Sequence[Fault] = (), headers: Mapping[str, str] | None = None
) -> HttpResponse:
    """The response that tells of an error."""
    content: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail or DETAILS.get(status, HTTPStatus(status).description),
    }
    if errors:
        content["errors"] = [error.__dict__ for error in errors]
    return HttpResponse(json.dumps(content, ensure_ascii=False), MEDIA_TYPE, status, headers=headers)


def of_refusal(request: HttpRequest, error: Refused) -> HttpResponse:
    if error.status == 400 and not error.detail:
        return of_faults(error.errors)
    return problem(error.status, error.detail, error.errors)


def of_validation(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """All that is wrong with the parameters, at once."""
    faults = [fault_of(request, detail) for detail in error.errors]
    if all(detail["loc"][0] == "path" and detail["type"] in _NO_SUCH for detail in error.errors):
        return problem(404, errors=faults)
    return of_faults(faults)


def of_faults(faults: Sequence[Fault]) -> HttpResponse:
    """A request whose parameters can't be used."""
    return problem(400, f"These parameters can't be used: {', '.join(fault.field for fault in faults)}.", faults)


#: Faults by which a path names nothing that could be there.
_NO_SUCH = frozenset({"literal_error", "string_pattern_mismatch", "string_too_long"})


def fault_of(request: HttpRequest, detail: dict[str, Any]) -> Fault:
    """One of Ninja's errors; it doesn't say what was found, so that is looked up."""
    name = str(detail["loc"][1])
    match = request.resolver_match
    given = request.GET.getlist(name) or ([str(match.kwargs[name])] if match and name in match.kwargs else [])
    expected = "a value" if detail["type"] == "missing" else str(detail.get("ctx", {}).get("error") or detail["msg"])
    for opening in ("Input should be ", "Value error, "):
        expected = expected.removeprefix(opening)
    return Fault(name, ", ".join(given)[:80] if given else "nothing", expected)

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Version 1 of the API: what is common to all its operations, and which rooms take part."""

from __future__ import annotations

import functools
from collections.abc import Callable
from functools import partial
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.operation import Operation

from mainport.api.agenda import elements, exports, history, reporting
from mainport.api.catalogue import search
from mainport.api.door import VERSION
from mainport.api.problems import Fault, Refused, fault_of, of_faults, of_refusal, of_validation

Run = Callable[..., HttpResponse]

api = NinjaAPI(title="Mainport", version=VERSION, urls_namespace="api", openapi_url=None, docs_url=None)
# Ninja types a handler as if it were given the class, too.
api.add_exception_handler(Refused, cast(Any, of_refusal))
api.add_exception_handler(ValidationError, cast(Any, of_validation))


def guard(run: Run) -> Run:
    """Refuse parameters that the operation doesn't have, or that stand twice, and media types that it can't give."""
    operation = cast(Operation, cast(Any, run).__self__)
    query = next((model for model in operation.models if model.__ninja_param_source__ == "query"), None)
    known: dict[str, Any] = getattr(query, "__ninja_flatten_map__", {})
    several: list[str] = getattr(query, "__ninja_collection_fields__", [])
    is_json = not operation.path.endswith("/exports/{format}")

    @functools.wraps(run)
    def guarded(request: HttpRequest, **arguments: Any) -> HttpResponse:
        faults = [
            Fault(name[:80], ", ".join(given)[:80], "no such parameter; there are: " + ", ".join(known))
            if name not in known
            else Fault(name, ", ".join(given)[:80], "it once")
            for name, given in request.GET.lists()
            if name not in known or (len(given) > 1 and name not in several)
        ]
        if faults:
            return of_faults(faults + _other_faults(operation, request, arguments, {fault.field for fault in faults}))
        if is_json and not request.accepts("application/json"):
            return of_refusal(request, Refused(406, "Answers here are application/json."))
        return run(request, **arguments)

    return guarded


def _other_faults(
    operation: Operation, request: HttpRequest, arguments: dict[str, Any], known: set[str]
) -> list[Fault]:
    """What is wrong with the parameters that the operation does have, so that all is said at once."""
    try:
        operation._get_values(request, arguments, HttpResponse())
    except ValidationError as error:
        return [fault for fault in map(partial(fault_of, request), error.errors) if fault.field not in known]
    return []


api.add_decorator(guard, mode="view")
for router in (elements.router, history.router, reporting.router, exports.router, search.router):
    api.add_router("", router)

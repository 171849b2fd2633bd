# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What happens around every request."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from mainport.core.context import request_id as current_request_id
from mainport.core.queries import actor_of

Respond = Callable[[HttpRequest], HttpResponse]

log = structlog.get_logger("mainport.request")
_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,36}")


def request_id(respond: Respond) -> Respond:
    """Give each request an id, the caller's own if it sent one: on every line of the log and in the answer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        sent = request.headers.get("X-Request-ID", "")
        known = sent if _REQUEST_ID.fullmatch(sent) else str(uuid.uuid4())
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=known)
        current_request_id.set(known)
        response = respond(request)
        response["X-Request-ID"] = known
        if not request.path.startswith(settings.STATIC_URL):
            log.info("request", method=request.method, path=request.path, status=response.status_code)
        return response

    return middleware


def second_factor(respond: Respond) -> Respond:
    """Send staff without a second factor to where they set one up; they can do nothing else first."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if actor_of(request.user).is_staff and not getattr(request.user, "has_second_factor", False):
            # Setting up asks for the password once more; and confirming one's e-mail address comes before it.
            names = ("mfa_index", "account_logout", "account_reauthenticate", "account_email")
            if not request.path.startswith(tuple(reverse(name) for name in names)):
                return _to_set_up(request)
        return respond(request)

    return middleware


def _to_set_up(request: HttpRequest) -> HttpResponse:
    where = reverse("mfa_index")
    if request.headers.get("HX-Request"):
        # htmx would put the page that it is sent to into a piece of this one.
        return HttpResponse(headers={"HX-Redirect": where})
    return redirect(where)

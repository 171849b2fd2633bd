# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What happens around every request of the API.

The API knows no sessions: what it says is public and the same for everybody, so that it may be
kept by any cache and asked from any other site.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections import Counter
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.http import parse_etags

from mainport.api.problems import MEDIA_TYPE, problem

#: Of the interface, not of Mainport: it rises when the document does (docs/api.md).
VERSION = "1.0.0"
METHODS = "GET, HEAD, OPTIONS"

#: Where words of a question never reach the database, which can't take a NUL; by its specification one may be there.
_IN_MEMORY = "/api/oeapi/"

Respond = Callable[[HttpRequest], HttpResponse]


def door(respond: Respond) -> Respond:
    """Middleware: refuse what can't be meant, answer HEAD and OPTIONS, and give every answer its headers."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith("/api/"):
            return respond(request)
        asked = request.method
        request.COOKIES = {}
        if asked == "HEAD":
            request.method = "GET"
        response = _refusal(request) or (_options(request) if asked == "OPTIONS" else respond(request))
        request.method = asked
        return _finish(request, response)

    return middleware


def _refusal(request: HttpRequest) -> HttpResponse | None:
    if wait := seconds_to_wait(request):
        return problem(429, headers={"Retry-After": str(wait)})
    try:
        texts = [request.path, *request.GET, *(value for values in request.GET.lists() for value in values[1])]
    except SuspiciousOperation:
        return problem(400, "There are too many parameters.")
    if any("\0" in text for text in texts) and not request.path.startswith(_IN_MEMORY):
        return problem(400, "There is a NUL character in the request.")
    return None


def _options(request: HttpRequest) -> HttpResponse:
    """What may be asked here, also to a browser that asks before it lets another site's script in (CORS)."""
    try:
        resolve(request.path_info)
    except Resolver404:
        return problem(404)
    if request.path.endswith("/"):
        return problem(404)
    return HttpResponse(
        status=204,
        headers={
            "Allow": METHODS,
            "Access-Control-Allow-Methods": METHODS,
            "Access-Control-Allow-Headers": "Accept, If-None-Match",
            "Access-Control-Max-Age": "86400",
        },
    )


def _finish(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if response.status_code >= 400 and response["Content-Type"] != MEDIA_TYPE:
        response = problem(response.status_code)
        if response.status_code == 405:
            response["Allow"] = METHODS
    if response.status_code == 200 and response.get("Cache-Control") != "no-store":
        response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        # May be kept, and is asked after each time: an answer of 304 is cheap.
        response["Cache-Control"] = "public, no-cache"
        if _has_it(request, response["ETag"]):
            response.status_code = 304
            response.content = b""
            del response["Content-Type"]
    else:
        response["Cache-Control"] = "no-store"
    response.setdefault("API-Version", VERSION)
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "API-Version, Content-Disposition, ETag, Link, Retry-After"
    response["Vary"] = "Accept"
    response.setdefault("X-Content-Type-Options", "nosniff")
    response.setdefault("X-Frame-Options", "DENY")
    # The middlewares inside speak of the language and length of a page, not of this.
    del response["Content-Language"]
    del response["Content-Length"]
    if response.status_code == 204:
        del response["Content-Type"]
    elif response.status_code != 304:
        response["Content-Length"] = str(len(response.content))
    if request.method == "HEAD":
        response.content = b""
    return response


def _has_it(request: HttpRequest, etag: str) -> bool:
    sent = parse_etags(request.headers.get("If-None-Match", ""))
    return sent == ["*"] or etag in [one.removeprefix("W/") for one in sent]


# --- Not too often ---

_lock = threading.Lock()
_asked: Counter[str] = Counter()
_minute = 0


def seconds_to_wait(request: HttpRequest, *, times: int = 1) -> int:
    """How long who asks must wait; for open data beside the API, which counts with it.

    `times` as many requests may be made of something that is meant to be asked often.
    """
    return _wait(_address(request), times)


def _wait(address: str, times: int) -> int:
    """Seconds that this address must wait; 0 where it needn't.

    Counted in this process alone: a fair limit costs no query, and stops one runaway client.
    """
    global _minute
    now = time.time()
    with _lock:
        if int(now // 60) != _minute:
            _minute = int(now // 60)
            _asked.clear()
        _asked[address] += 1
        return 60 - int(now % 60) if _asked[address] > settings.API_RATE * times else 0


def _address(request: HttpRequest) -> str:
    """Who asks: behind a proxy what that proxy says, which it writes last."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return str(forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", ""))

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The one address at which harvesters ask."""

from __future__ import annotations

import gzip

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.views.decorators.csrf import csrf_exempt

from mainport.api.catalogue.oai.answers import answer, envelope
from mainport.api.catalogue.oai.protocol import Question, Refused, parse
from mainport.api.door import seconds_to_wait
from mainport.catalogue.exports.markup import element

METHODS = "GET, HEAD, POST, OPTIONS"
#: A harvest asks one question after another, each for many records: it may ask more often than others.
TIMES = 5
#: Shorter answers gain nothing by being packed.
_SHORT = 1000


@csrf_exempt
def oai(request: HttpRequest) -> HttpResponse:
    """An answer of OAI-PMH to the arguments of a GET or a POST. Errors of the protocol have status 200."""
    if request.method == "OPTIONS":
        return _open(HttpResponse(status=204, headers={"Allow": METHODS, "Access-Control-Allow-Methods": METHODS}))
    if request.method not in ("GET", "HEAD", "POST"):
        return _open(HttpResponse(status=405, headers={"Allow": METHODS}))
    if wait := seconds_to_wait(request, times=TIMES):
        # By the protocol's own word for it: harvesters know this one, and not 429.
        text = "Too many requests; wait a little.\n"
        return _open(HttpResponse(text, "text/plain; charset=utf-8", 503, headers={"Retry-After": str(wait)}))
    content = _answer(request).encode()
    response = HttpResponse(content_type="text/xml; charset=utf-8")
    if len(content) > _SHORT and _takes_gzip(request):
        content = gzip.compress(content, 1)
        response["Content-Encoding"] = "gzip"
    response.content = content
    response["Vary"] = "Accept-Encoding"
    return _open(response)


def _answer(request: HttpRequest) -> str:
    # The address that was asked, not that of the settings: a harvester compares.
    base = request.build_absolute_uri(request.path)
    question: Question | None = None
    try:
        question = parse(_arguments(request))
        return envelope(base, question.echoed, answer(question, base))
    except Refused as refusal:
        errors = "".join(element("error", error.message, code=error.code) for error in refusal.errors)
        echoed = question.echoed if question and refusal.echoes else {}
        return envelope(base, echoed, errors)


def _arguments(request: HttpRequest) -> list[tuple[str, str]]:
    try:
        sent = [request.GET, request.POST] if request.method == "POST" else [request.GET]
        return [(name, words) for given in sent for name, several in given.lists() for words in several]
    except (SuspiciousOperation, RequestDataTooBig, BadRequest, MultiPartParserError):
        raise Refused.because("badArgument", "The arguments can't be read.") from None


def _takes_gzip(request: HttpRequest) -> bool:
    """Whether the client takes gzip, and doesn't say that it would rather not (RFC 9110, 12.5.3)."""
    for one in request.headers.get("Accept-Encoding", "").lower().split(","):
        name, _, quality = one.partition(";")
        if name.strip() in ("gzip", "x-gzip"):
            return quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def _open(response: HttpResponse) -> HttpResponse:
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "no-cache" if response.status_code == 200 else "no-store"
    return response

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The catalogue of open data, and each table as a file."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from mainport import __version__
from mainport.agenda.queries import alliance
from mainport.api.answers import answer
from mainport.api.catalogue import datasets
from mainport.api.door import seconds_to_wait
from mainport.api.problems import problem
from mainport.core.rules.languages import say
from mainport.monitor import queries
from mainport.monitor.exports import csvw, dcat, jsonstat, sdmx_json, sdmx_ml
from mainport.monitor.exports.prepared import Edition, Prepared, prepare
from mainport.monitor.models import Dataset

TURTLE, JSON_LD = "text/turtle", "application/ld+json"
_CATALOGUES = {"ttl": (TURTLE, dcat.turtle), "jsonld": (JSON_LD, dcat.jsonld)}


@require_safe
def catalog(request: HttpRequest, form: str = "") -> HttpResponseBase:
    """DCAT-AP-NL, in the form that the address names or the client prefers."""
    if wait := seconds_to_wait(request):
        return _open(problem(429, headers={"Retry-After": str(wait)}))
    if not form:
        asked = request.get_preferred_type([TURTLE, JSON_LD, "application/json"])
        if asked is None:
            return _open(problem(406, f"The catalogue is {TURTLE} or {JSON_LD}."))
        form = "ttl" if asked == TURTLE else "jsonld"
    media_type, write = _CATALOGUES[form]
    with translation.override(settings.LANGUAGE_CODE):
        page = f"{settings.SITE_URL}{reverse('open_data')}"
    element = alliance()
    name = element.title if element else {"mul": "Mainport"}
    tables = Dataset.objects.select_related("changed_in", "feed").defer("dimensions", "measures").order_by("key")
    keeper = dcat.Keeper(name, settings.SITE_URL, page)
    with translation.override(settings.LANGUAGE_CODE):
        nodes = datasets.joined(dcat.catalogue(tables, keeper), keeper.catalogue, say(name, settings.LANGUAGE_CODE))
    response = HttpResponse("".join(write(nodes)), f"{media_type}; charset=utf-8")
    response["Vary"] = "Accept"
    response["Link"] = ", ".join(
        f'<{settings.SITE_URL}/catalog.{end}>; rel="alternate"; type="{kind}"'
        for end, (kind, _write) in _CATALOGUES.items()
    )
    return _open(response)


@require_safe
def editions(request: HttpRequest) -> HttpResponseBase:
    """The frozen editions with their moment and checksum, the newest first."""
    if wait := seconds_to_wait(request):
        return _open(problem(429, headers={"Retry-After": str(wait)}))
    found = [
        {"key": one.key, "title": one.title, "known_at": one.known_at.isoformat(), "sha256": one.sha256}
        for one in queries.frozen_editions()
    ]
    return _open(answer({"count": len(found), "items": found}))


Write = Callable[[Prepared, str], Iterable[str]]


def _metadata(ready: Prepared, name: str) -> list[str]:
    return [csvw.metadata(ready, f"{name}.csv", f"{name}.codes.csv")]


def _plain(write: Callable[[Prepared], Iterable[str]]) -> Write:
    return lambda ready, _name: write(ready)


#: The end of an address, the media type, and who writes it; the longer ends first.
FILES: dict[str, tuple[str, Write]] = {
    ".csv-metadata.json": ("application/csvm+json", _metadata),
    ".codes.csv": ("text/csv; charset=utf-8; header=present", _plain(csvw.codes)),
    ".csv": ("text/csv; charset=utf-8; header=present", _plain(csvw.write)),
    ".sdmx.json": ("application/vnd.sdmx.data+json;version=2.0.0", _plain(sdmx_json.write)),
    ".json": ("application/json", _plain(jsonstat.write)),
    ".structure.xml": ("application/vnd.sdmx.structure+xml;version=2.1", _plain(sdmx_ml.structure)),
    ".xml": ("application/vnd.sdmx.structurespecificdata+xml;version=2.1", _plain(sdmx_ml.write)),
}


@require_safe
def dataset_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """A table in one form: as it is now, or with `edition` as a frozen edition has it."""
    if wait := seconds_to_wait(request):
        return _open(problem(429, headers={"Retry-After": str(wait)}))
    end = next((end for end in FILES if name.endswith(end)), "")
    dataset = (
        Dataset.objects.select_related("changed_in", "feed").filter(key=name.removesuffix(end)).first() if end else None
    )
    if not dataset or "\0" in request.GET.get("edition", ""):
        return _open(problem(404))
    known_at = None
    if key := request.GET.get("edition", ""):
        edition = queries.edition(key)
        if not edition:
            return _open(problem(404, "There is no edition of that name."))
        known_at = edition.known_at
    said = (__version__, dataset.pk, dataset.changed_in_id, dataset.feed.demo, known_at, end, settings.SITE_URL)
    etag = f'W/"{hashlib.sha256(repr(said).encode()).hexdigest()[:32]}"'
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return _open(HttpResponse(status=304, headers={"ETag": etag}))
    try:
        response = _file(dataset, end, known_at)
    except ValueError as error:  # A table that this form can't hold; the others can.
        return _open(problem(501, str(error)))
    response["ETag"] = etag
    return _open(response)


def _file(dataset: Dataset, end: str, known_at: datetime | None) -> HttpResponseBase:
    media_type, write = FILES[end]
    at = known_at or (dataset.changed_in.at if dataset.changed_in else None)
    edition = Edition(at=at, site_url=settings.SITE_URL, demo=dataset.feed.demo) if at else None
    pieces = iter(write(prepare(queries.lines(dataset, known_at), edition), dataset.key))
    # What can go wrong goes wrong before the status is sent.
    whole = itertools.chain([next(pieces, "")], pieces)
    response = StreamingHttpResponse(map(partial(str.encode, encoding="utf-8"), _batched(whole)))
    response["Content-Type"] = media_type
    if end == ".csv":
        response["Link"] = f'<{dataset.key}.csv-metadata.json>; rel="describedby"; type="application/csvm+json"'
    return response


def _batched(pieces: Iterator[str]) -> Iterator[str]:
    """Some series at once: a write for each would cost more than the series."""
    while batch := "".join(itertools.islice(pieces, 256)):
        yield batch


def _open(response: HttpResponseBase) -> HttpResponseBase:
    """What is open may be read from any other site, and be kept if one asks whether it is still so."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "public, no-cache" if response.status_code < 400 else "no-store"
    return response

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Answers to questions in OData: lists, one thing of a list, a count, observations page by page."""

from __future__ import annotations

import hashlib
import itertools
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import parse_etags
from django.views.decorators.csrf import csrf_exempt

from mainport import __version__
from mainport.api.door import seconds_to_wait
from mainport.api.odata import options as asked
from mainport.api.odata.filters import BOOLEAN, NUMBER, TEXT
from mainport.api.odata.metadata import document
from mainport.api.odata.observations import Question
from mainport.api.odata.refusal import Refused
from mainport.api.odata.tables import CATALOGS, Item, Shape, find, shaped
from mainport.monitor.models import Series

JSON = "application/json;odata.metadata=minimal;charset=utf-8"
METHODS = "GET, HEAD, OPTIONS"
_KEYED = re.compile(r"(\w+)\((?:\w+=)?'((?:[^']|'')*)'\)")
_NOTHING = Refused(404, "There is nothing at this address.")


@csrf_exempt
def odata(request: HttpRequest, path: str = "") -> HttpResponseBase:
    """Everything under /odata/v1; whatever is wrong is told as OData tells it."""
    try:
        response = _guarded(request, path.strip("/"))
    except Refused as refusal:
        response = _refused(refusal)
    response["OData-Version"] = "4.0"
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "OData-Version, ETag"
    return response


def _guarded(request: HttpRequest, path: str) -> HttpResponseBase:
    if request.method == "OPTIONS":
        headers = {"Allow": METHODS, "Access-Control-Allow-Methods": METHODS}
        return HttpResponse(status=204, headers={**headers, "Access-Control-Allow-Headers": "Accept, OData-MaxVersion"})
    if request.method not in ("GET", "HEAD"):
        raise Refused(405, "This is for reading: use GET, HEAD or OPTIONS.")
    if wait := seconds_to_wait(request):
        raise Refused(429, "Too many requests from your address; wait a little.", wait=wait)
    try:
        texts = [path, *request.GET, *itertools.chain.from_iterable(v for _, v in request.GET.lists())]
    except SuspiciousOperation:
        raise Refused(400, "There are too many parameters.") from None
    if any("\0" in text for text in texts):
        raise Refused(400, "There is a NUL character in the request.")
    return _answer(request, path)


def _refused(refusal: Refused) -> HttpResponse:
    error: Item = {"code": str(refusal.status), "message": refusal.message}
    if refusal.option:
        error["target"] = refusal.option
    response = HttpResponse(json.dumps({"error": error}, ensure_ascii=False), JSON, refusal.status)
    response["Cache-Control"] = "no-store"
    if refusal.status == 405:
        response["Allow"] = METHODS
    if refusal.wait:
        response["Retry-After"] = str(refusal.wait)
    return response


def _answer(request: HttpRequest, path: str) -> HttpResponseBase:
    # The address that was asked, not the one of the settings: the next page is where this one was.
    root = request.build_absolute_uri("/odata/v1")
    match [one for one in path.split("/") if one]:
        case []:
            return _service(f"{root}/$metadata", dict.fromkeys(("Catalogs", "Datasets"), "EntitySet"))
        case ["Catalogs", *rest]:
            return _list(request, root, "Catalogs", _catalogs(), rest)
        case ["Datasets", *rest]:
            return _list(request, root, "Datasets", [row for name in CATALOGS for row in _tables(name)], rest)
        case [first, *_] if (keyed := _KEYED.fullmatch(first)) and keyed[1] in ("Catalogs", "Datasets"):
            items = _catalogs() if keyed[1] == "Catalogs" else [row for name in CATALOGS for row in _tables(name)]
            return _one(root, keyed[1], items, keyed[2])
        case ["$metadata"]:
            return _metadata({"Catalogs": _types(_catalogs()[0]), "Datasets": dict.fromkeys(_DATASET, TEXT)}, {})
        case [catalog, *rest] if (known := catalog.upper()) in CATALOGS:
            return _catalog(request, f"{root}/{known}", known, rest)
    raise _NOTHING


def _catalog(request: HttpRequest, root: str, catalog: str, rest: list[str]) -> HttpResponseBase:
    match rest:
        case []:
            return _service(f"{root}/$metadata", {"Datasets": "EntitySet"})
        case ["Datasets", *more]:
            return _list(request, root, "Datasets", _tables(catalog), more)
        case ["$metadata"]:
            return _metadata({"Datasets": dict.fromkeys(_DATASET, TEXT)}, {})
        case [table, *more] if shape := find(catalog, table):
            return _table(request, f"{root}/{shape.identifier}", shape, more)
    raise Refused(404, f"There is no table {rest[0][:80]} in the catalogue {catalog}.")


def _table(request: HttpRequest, root: str, shape: Shape, rest: list[str]) -> HttpResponseBase:
    if response := _same(request, shape):
        return response
    response = _of_table(request, root, shape, rest)
    response["ETag"] = _etag(request, shape)
    response["Cache-Control"] = "public, no-cache"
    return response


def _of_table(request: HttpRequest, root: str, shape: Shape, rest: list[str]) -> HttpResponseBase:
    match rest:
        case []:
            return _service(f"{root}/$metadata", shape.sets())
        case ["$metadata"]:
            sets = {name: _types(items[0]) for name in shape.sets() if (items := shape.items(name, root))}
            return _metadata({**sets, "Observations": shape.columns}, {"Properties": _types(shape.properties())})
        case ["Properties"]:
            return _json({"@odata.context": f"{root}/$metadata#Properties", **shape.properties()})
        case ["Observations"]:
            return _observations(request, root, shape)
        case ["Observations", "$count"]:
            chosen = asked.parse(request.GET, shape.columns)
            return HttpResponse(str(Question(shape, chosen).count()), "text/plain; charset=utf-8")
        case [name, *more] if (items := shape.items(name, root)) is not None:
            return _list(request, root, name, items, more)
        case [name] if (keyed := _KEYED.fullmatch(name)) and (items := shape.items(keyed[1], root)) is not None:
            return _one(root, keyed[1], items, keyed[2])
    raise _NOTHING


# --- Observations ---


def _observations(request: HttpRequest, root: str, shape: Shape) -> HttpResponseBase:
    chosen = asked.parse(request.GET, shape.columns)
    context = f"{root}/$metadata#Observations" + (f"({','.join(chosen.select)})" if chosen.select else "")
    pieces = Question(shape, chosen).answer(context, f"{root}/Observations")
    # What can go wrong goes wrong before the status is sent.
    first = next(pieces)
    return StreamingHttpResponse(_encoded(itertools.chain([first], pieces)), content_type=JSON)


def _encoded(pieces: Iterator[str]) -> Iterator[bytes]:
    return (piece.encode() for piece in pieces)


def _etag(request: HttpRequest, shape: Shape) -> str:
    dataset = shape.dataset
    said = (__version__, dataset.pk, dataset.changed_in_id, request.build_absolute_uri())
    return f'W/"{hashlib.sha256(repr(said).encode()).hexdigest()[:32]}"'


def _same(request: HttpRequest, shape: Shape) -> HttpResponseBase | None:
    """304 where the client has what it would get; values change only by a fetch that the table names."""
    sent = parse_etags(request.headers.get("If-None-Match", ""))
    etag = _etag(request, shape)
    if etag not in sent:
        return None
    return HttpResponse(status=304, headers={"ETag": etag, "Cache-Control": "public, no-cache"})


# --- Lists ---

_DATASET = (
    *("Identifier", "Title", "Description", "Language", "Modified", "Catalog", "Publisher", "Version", "Frequency"),
    *("Status", "DatasetType", "ObservationCount", "ObservationsModified", "License"),
)


def _catalogs() -> list[Item]:
    return [
        {"Identifier": name, "Index": number, "Title": title, "Description": None, "Language": None}
        for number, (name, title) in enumerate(CATALOGS.items(), 1)
    ]


def _tables(catalog: str) -> list[Item]:
    counted = Series.objects.filter(observations__current=True).values_list("dataset_id")
    counts: dict[int, int] = dict(counted.annotate(number=Count("observations")).order_by())
    return [shape.row(counts.get(shape.dataset.pk, 0)) for shape in shaped(catalog)]


def _list(request: HttpRequest, root: str, name: str, items: list[Item], rest: list[str]) -> HttpResponse:
    columns = _types(*items)
    chosen = asked.parse(request.GET, columns)
    found = [item for item in items if chosen.filter.of(item)] if chosen.filter else items
    if rest == ["$count"]:
        return HttpResponse(str(len(found)), "text/plain; charset=utf-8")
    if rest:
        raise _NOTHING
    value: Callable[[Item, str], Any] = dict.__getitem__
    rows = asked.ordered(found, chosen.order, value)[chosen.skip :]
    page = rows[: asked.PAGE if chosen.top is None else min(asked.PAGE, chosen.top)]
    if chosen.select:
        page = [{column: row[column] for column in chosen.select} for row in page]
    answer: Item = {"@odata.context": f"{root}/$metadata#{name}"}
    if chosen.count:
        answer["@odata.count"] = len(found)
    answer["value"] = page
    if len(page) < len(rows) and (chosen.top is None or len(page) < chosen.top):
        answer["@odata.nextLink"] = chosen.following(f"{root}/{name}", len(page))
    return _json(answer)


def _types(*items: Item) -> dict[str, str]:
    """The columns of a list; one is of numbers or truths where a row shows so, else of texts."""
    types: dict[str, str] = {}
    for item in items:
        for name, value in item.items():
            if value is not None and types.get(name) in (None, ""):
                types[name] = BOOLEAN if isinstance(value, bool) else NUMBER if isinstance(value, int | float) else TEXT
            types.setdefault(name, "")
    return {name: kind or TEXT for name, kind in types.items()}


def _one(root: str, name: str, items: list[Item], key: str) -> HttpResponse:
    key = key.replace("''", "'")
    for item in items:
        if str(item.get("Identifier", item.get("Id"))) == key:
            return _json({"@odata.context": f"{root}/$metadata#{name}/$entity", **item})
    raise Refused(404, f"{name} has no {key[:80]!r}.")


# --- Documents ---


def _service(context: str, sets: dict[str, str]) -> HttpResponse:
    names = [{"name": name, "kind": kind, "url": name} for name, kind in sets.items()]
    return _json({"@odata.context": context, "value": names})


def _metadata(sets: dict[str, dict[str, str]], singletons: dict[str, dict[str, str]]) -> HttpResponse:
    return HttpResponse(document(sets, singletons), "application/xml; charset=utf-8")


def _json(data: Item) -> HttpResponse:
    return HttpResponse(json.dumps(data, ensure_ascii=False), JSON)

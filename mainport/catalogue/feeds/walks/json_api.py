# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Walks lists of JSON:API (Sharekit, Publinova, DataCite) by the address of the next page that each page gives."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final
from urllib.parse import urljoin

from mainport.catalogue.feeds import json_api
from mainport.catalogue.feeds.json import Fields
from mainport.catalogue.feeds.walks import Asked, Found, Get, Json, Part
from mainport.catalogue.feeds.walks.parts import found_item, with_query
from mainport.catalogue.rules.faults import Fault
from mainport.catalogue.rules.works import Provenance

MEDIA_TYPE: Final = "application/vnd.api+json"
ACCEPT: Final = f"{MEDIA_TYPE}, application/json;q=0.9"
_MODULES: Final = {"datacite-json": "datacite_json"}
#: How each is asked for what changed since a moment, and for larger pages.
_SINCE: Final = {"sharekit": "filter[modified][GE]"}
_SIZE: Final = {"sharekit": {"page[size]": 100}, "datacite-json": {"page[size]": 100, "page[cursor]": 1}}


def walk(format: str, asked: Asked) -> JsonApiWalk:
    return JsonApiWalk(format, asked)


class JsonApiWalk:
    """A list from its first page to the one that names no next."""

    lasting = True
    snapshot = True

    def __init__(self, format: str, asked: Asked) -> None:
        self._format, self._asked = format, asked
        self._module: Any = import_module(f"mainport.catalogue.feeds.{_MODULES.get(format, format)}")
        #: Sharekit tells what is gone, but only while it remembers.
        self.whole_every = 30 if format in _SINCE else 0

    def part(self, get: Get, position: Json) -> Part:
        url = position.get("url") or self._first()
        page = json_api.page(get(url, accept=ACCEPT))
        found, faults = [], list(page.faults)
        for item in page.items:
            if one := self._found(item):
                found.append(one)
            else:
                faults.append(Fault(item.where, "", "an id"))
        following = {"url": urljoin(url, page.following)} if page.following and self._asked.url else None
        return Part(tuple(found), following, size=page.total, faults=tuple(faults))

    def _first(self) -> str:
        if not self._asked.url:
            return ""
        query: dict[str, Any] = dict(_SIZE.get(self._format, {}))
        if self._asked.since and self._format in _SINCE:
            query[_SINCE[self._format]] = self._asked.since
        return with_query(self._asked.url, query)

    def _found(self, item: Fields) -> Found | None:
        attributes = item.object("attributes") or item
        number = item.text("id") or item.text("doi", "srn", "external_id")
        stamp = attributes.text("modified", "modified_at", "updated", "updatedAt", "updated_at", "lastModified")
        item.faults.clear()
        if not number:
            return None
        is_gone = getattr(self._module, "deleted", lambda _item: False)
        provenance = Provenance(self._asked.source, self._module.PREFIX, number, stamp[:30])
        return found_item(item, self._module.read, provenance, deleted=is_gone(item), media_type=MEDIA_TYPE)

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Walks the research outputs of a Pure, page by page."""

from __future__ import annotations

from typing import Final

from mainport.catalogue.feeds import pure
from mainport.catalogue.feeds.json import Fields
from mainport.catalogue.feeds.walks import Asked, Found, Get, Json, Part
from mainport.catalogue.feeds.walks.parts import JSON, found_item, with_query
from mainport.catalogue.rules.faults import Fault
from mainport.catalogue.rules.works import Provenance

SIZE: Final = 100


def walk(_format: str, asked: Asked) -> PureWalk:
    return PureWalk(asked)


class PureWalk:
    """All research outputs by their place in the list; `url` is that of /research-outputs."""

    lasting = False
    snapshot = True
    whole_every = 0

    def __init__(self, asked: Asked) -> None:
        self._asked = asked

    def part(self, get: Get, position: Json) -> Part:
        begin = position.get("offset", 0)
        url = (
            with_query(self._asked.url, {"size": SIZE, "offset": begin, "order": "created"}) if self._asked.url else ""
        )
        page = pure.page(get(url, accept=JSON))
        found, faults = [], list(page.faults)
        for item in page.items:
            number = item.text("uuid", "pureId")
            if not number:
                faults.append(Fault(item.where, "", "a uuid"))
                continue
            stamp = item.text("modifiedDate", "createdDate") if "modifiedDate" in item.values else ""
            found.append(self._found(item, number, stamp))
        end = begin + len(page.items)
        goes_on = bool(page.following) or (page.total is not None and end < page.total)
        following = {"offset": end} if page.items and goes_on and url else None
        return Part(tuple(found), following, size=page.total, faults=tuple(faults))

    def _found(self, item: Fields, number: str, stamp: str) -> Found:
        return found_item(item, pure.read, Provenance(self._asked.source, pure.PREFIX, number, stamp[:30]))

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Walks a site: its sitemap, or one page, and the courses and works that the pages describe in schema.org's terms."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from mainport.catalogue.feeds import schema_org, sitemap
from mainport.catalogue.feeds.sitemap import Place, Sitemap
from mainport.catalogue.feeds.walks import Asked, Found, Get, Json, Part
from mainport.catalogue.feeds.walks.parts import found_value, name_of
from mainport.catalogue.rules.contents import Value
from mainport.catalogue.rules.faults import Fault, Refused
from mainport.catalogue.rules.works import Provenance
from mainport.core.fetching.problems import NotReached

HTML: Final = "text/html"
#: Pages that are asked for at a time, and sitemaps that an index may name.
SIZE: Final = 20
SITEMAPS: Final = 500
#: lastmod may be a day, of whatever part of the world.
OVERLAP: Final = timedelta(days=1)


def walk(_format: str, asked: Asked) -> SiteWalk:
    return SiteWalk(asked)


class SiteWalk:
    """The pages of a sitemap, or of those that an index names. `match` is what an address must have in it."""

    lasting = True
    snapshot = True
    #: A sitemap doesn't tell what is gone: all pages are asked for once in so many days.
    whole_every = 14

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._match = str(asked.settings.get("match", ""))
        self._since = datetime.fromisoformat(asked.since).replace(tzinfo=UTC) - OVERLAP if asked.since else None
        self._known: tuple[str, Sitemap] | None = None

    def part(self, get: Get, position: Json) -> Part:
        maps, begin = list(position.get("maps", [self._asked.url])), position.get("from", 0)
        here = self._sitemap(get, maps[0])
        pages = [place for place in here.pages if self._wanted(place)]
        notes = here.faults if not begin else ()
        if not begin:
            maps[1:1] = [place.address for place in here.sitemaps if place.address not in maps]
        if len(maps) > SITEMAPS:
            raise Refused([Fault("", f"{len(maps):,} sitemaps", f"at most {SITEMAPS}")])
        found = [one for place in pages[begin : begin + SIZE] for one in self._page(get, place)]
        end = begin + SIZE
        following: Json | None = {"maps": maps, "from": end} if end < len(pages) else {"maps": maps[1:], "from": 0}
        if following and not following["maps"]:
            following = None
        return Part(tuple(found), following, notes=notes)

    def _sitemap(self, get: Get, url: str) -> Sitemap:
        if self._known is None or self._known[0] != url:
            data = get(url, accept="application/xml, text/html;q=0.9, text/plain;q=0.8")
            if _is_page(data):
                self._known = url, Sitemap(pages=(Place(url),))
            else:
                self._known = url, sitemap.read(data)
        return self._known[1]

    def _wanted(self, place: Place) -> bool:
        if self._match not in place.address:
            return False
        changed = place.moment
        if changed is None and place.changed is not None:
            changed = datetime.combine(place.changed.earliest, datetime.min.time(), UTC)
        return self._since is None or changed is None or changed >= self._since

    def _page(self, get: Get, place: Place) -> list[Found]:
        address = place.address
        stamp = _stamp(place)
        try:
            data = get(address, accept=HTML)
            provenance = Provenance(self._asked.source, "schema_org", address, stamp)
            page = schema_org.read(data, address, provenance=provenance)
        except NotReached as error:
            if error.status in (404, 410):
                return [Found(address, b"", HTML, datestamp=stamp, deleted=True)]
            return [_unread(address, [Fault("", str(error), "a page")])]
        except Refused as error:
            return [_unread(address, error.faults, data)]
        values: list[Value] = [*page.works, *page.courses, *page.programmes]
        if not values:
            return [_unread(address, list(page.faults), data)] if page.faults else []
        if len(values) == 1:
            return [_found(values[0], self._asked.source, address, stamp, page.faults, data)]
        return [
            _found(value, self._asked.source, f"{address}#{name_of(value)}", stamp, page.faults, b"")
            for value in values
        ]


def _found(value: Value, source: str, number: str, stamp: str, faults: tuple[Fault, ...], data: bytes) -> Found:
    one = found_value(value, source, body=data, media_type=HTML if data else "application/json", number=number)
    reading = one.reading
    assert reading is not None

    def told() -> tuple[Value, list[Fault]]:
        return reading()[0], list(faults)

    return Found(number, one.body, one.media_type, told, stamp)


def _unread(address: str, faults: list[Fault], data: bytes = b"") -> Found:
    def reading() -> tuple[Value, list[Fault]]:
        raise Refused(faults)

    return Found(address, data, HTML, reading)


def _stamp(place: Place) -> str:
    if place.moment is not None:
        return place.moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return str(place.changed.earliest) if place.changed else ""


def _is_page(data: bytes) -> bool:
    begin = data[:2000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    return begin.startswith((b"<!doctype html", b"<html")) or b"<html" in begin[:1000]

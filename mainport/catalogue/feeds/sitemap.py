# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Sitemaps: the pages of a site, with the day on which each last changed; and indexes of them, packed or not."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import UTC, datetime

from lxml import etree

from mainport.catalogue.feeds import vocabulary, xml
from mainport.catalogue.rules.faults import Fault, Refused
from mainport.catalogue.rules.texts import Day
from mainport.catalogue.rules.works import is_address

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
#: Addresses that one sitemap may have, and bytes when it is unpacked: the protocol's own bounds.
MOST = 50_000
LIMIT = 50 * 1024 * 1024
#: Faults after which it is no sitemap with faults.
_TOLD = 100


@dataclass(frozen=True)
class Place:
    """An address in a sitemap, and when it changed, as far as that is told."""

    address: str
    changed: Day | None = None
    moment: datetime | None = None  # In UTC, where the sitemap tells the time as well.


@dataclass(frozen=True)
class Sitemap:
    """The pages of a sitemap, or the sitemaps of an index."""

    pages: tuple[Place, ...] = ()
    sitemaps: tuple[Place, ...] = ()
    faults: tuple[Fault, ...] = ()


def read(data: bytes) -> Sitemap:
    """Reads a sitemap, an index of them, or a plain list of addresses. Raises Refused for what is none of these."""
    content = _unpacked(data)
    if content.lstrip(b"\xef\xbb\xbf \r\n\t")[:8].lower().startswith((b"http://", b"https://")):
        return _plain(content)
    root = xml.parse(content)
    name = {"urlset": "url", "sitemapindex": "sitemap"}.get(xml.local(root))
    if name is None:
        raise Refused([Fault("", f"<{xml.local(root)}>", "<urlset> or <sitemapindex>")])
    faults: list[Fault] = []
    found: dict[str, Place] = {}
    for number, node in enumerate(xml.children(root, name)):
        if number >= MOST:
            faults.append(Fault("", f"more than {MOST:,} addresses", f"at most {MOST:,}; the others are left out"))
            break
        place = _place(node, f"{name}[{number}]", faults)
        if place is not None:
            found.setdefault(place.address, place)
    places = tuple(found.values())
    told = tuple(faults[:_TOLD])
    return Sitemap(sitemaps=places, faults=told) if name == "sitemap" else Sitemap(pages=places, faults=told)


def _unpacked(data: bytes) -> bytes:
    """The content, unpacked where it is packed, but never more of it than a sitemap may have."""
    if not data.startswith(b"\x1f\x8b"):
        if len(data) > LIMIT:
            raise Refused([Fault("", f"{len(data):,} bytes", f"at most {LIMIT:,}")])
        return data
    unpacking = zlib.decompressobj(wbits=31)
    try:
        content = unpacking.decompress(data, LIMIT + 1)
    except zlib.error as error:
        raise Refused([Fault("", "gzip that is damaged", "a sitemap")]) from error
    if len(content) > LIMIT:
        raise Refused([Fault("", f"more than {LIMIT:,} bytes, unpacked", f"at most {LIMIT:,}")])
    if not unpacking.eof:
        raise Refused([Fault("", "gzip that breaks off", "a sitemap")])
    return content


def _plain(content: bytes) -> Sitemap:
    """A list of addresses, one a line."""
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise Refused([Fault("", f"byte {error.start} that is no UTF-8", "addresses in UTF-8")]) from error
    told = [(number, line.strip()) for number, line in enumerate(lines, 1) if line.strip()]
    faults = [Fault(f"line {number}", line[:200], "an address") for number, line in told if not is_address(line)]
    right = [line for _, line in told if is_address(line)]
    if len(right) > MOST:
        faults.append(Fault("", f"{len(right):,} addresses", f"at most {MOST:,}; the others are left out"))
    return Sitemap(pages=tuple(map(Place, dict.fromkeys(right[:MOST]))), faults=tuple(faults[:_TOLD]))


def _place(node: etree._Element, where: str, faults: list[Fault]) -> Place | None:
    address, told = xml.text(node, "loc"), xml.text(node, "lastmod")
    if not is_address(address):
        faults.append(Fault(f"{where}/loc", address[:200], "an address that begins with https:// or http://"))
        return None
    changed = vocabulary.day_of(told, f"{where}/lastmod", faults)
    return Place(address, changed, _moment(told) if changed else None)


def _moment(words: str) -> datetime | None:
    """A moment, where the time of day is told with its zone."""
    try:
        moment = datetime.fromisoformat(words) if "T" in words else None
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment and moment.tzinfo else None

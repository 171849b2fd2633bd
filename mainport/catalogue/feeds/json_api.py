# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The envelope of JSON:API, in which Sharekit, Publinova and DataCite send their lists, page by page."""

from __future__ import annotations

from dataclasses import dataclass

from mainport.catalogue.feeds.json import Fields, parse
from mainport.catalogue.rules.faults import Fault, Refused


@dataclass(frozen=True)
class Page:
    """One page of a list, and the address of the next as the server gives it: '' on the last one."""

    items: tuple[Fields, ...]
    following: str = ""
    total: int | None = None
    faults: tuple[Fault, ...] = ()


def page(data: bytes) -> Page:
    """Reads a page of a list, or a single record. Raises Refused for an answer that is none, with its own words."""
    value = parse(data)
    if not isinstance(value, dict):
        raise Refused([Fault("", type(value).__name__, "an object with data")])
    whole = Fields(value)
    if not isinstance(value.get("data"), list | dict):
        raise Refused([Fault("data", problem(whole), "a list")])
    items = whole.objects("data")
    for item in items:
        item.faults = []  # Each record is told off by itself.
    return Page(tuple(items), _following(whole), _total(whole), tuple(whole.faults))


def problem(whole: Fields) -> str:
    """What a server says went wrong."""
    errors = [error for error in whole.items("errors", "error") if isinstance(error, dict)]
    told = [Fields(error) for error in errors] or [whole]
    words = [one.text(name) for one in told for name in ("status", "title", "detail", "message")]
    return ": ".join(filter(None, words))[:500]


def _following(whole: Fields) -> str:
    """The next address: words, or an object with them."""
    links = whole.object("links")
    if links is None:
        return ""
    linked = links.object("next")
    return linked.text("href") if linked else links.text("next")


def _total(whole: Fields) -> int | None:
    meta = whole.object("meta")
    return meta.whole("totalCount", "total", "total_count") if meta else None

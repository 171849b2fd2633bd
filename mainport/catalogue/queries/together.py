# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Which organisations stand behind one work together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import Count, F, Max

from mainport.catalogue.models import Record
from mainport.catalogue.queries.records import published

#: So many of the newest works are looked at.
MOST = 5000
#: Who only pays for a work doesn't work on it.
_PAYS = frozenset({"grantor", "funder", "sponsor"})


@dataclass(frozen=True)
class Together:
    """A work of several organisations, by their names; `keeper` is the key of the one that keeps it here."""

    key: str
    titles: Mapping[str, str]
    names: frozenset[str]
    keeper: str
    demo: bool


def together() -> tuple[Together, ...]:
    """Published works behind which several organisations stand, the newest first. Two queries; one where nothing
    changed since it was last asked."""
    seen = published().filter(kind=Record.Kind.WORK).aggregate(count=Count("pk"), last=Max("changed_at"))
    return _together(seen["count"], seen["last"])


@lru_cache(maxsize=2)
def _together(_count: int, _last: datetime | None) -> tuple[Together, ...]:
    rows = (
        published()
        .filter(kind=Record.Kind.WORK)
        .order_by(F("published").desc(nulls_last=True), "-id")
        .values_list("key", "titles", "content", "provider", "organisation__key", "demo")[:MOST]
    )
    found = []
    for key, titles, content, provider, keeper, demo in rows:
        names = _names(content) | ({provider} if provider else set())
        if len(names) > 1:
            found.append(Together(key, titles, frozenset(names), keeper or "", demo))
    return tuple(found)


def _names(content: Mapping[str, Any]) -> set[str]:
    """The names of those behind a work, and of those whom its authors work for."""
    named = [
        *content.get("organisations", []),
        *(one for author in content.get("authors", []) for one in author.get("organisations", [])),
    ]
    return {one["name"] for one in named if one.get("name") and str(one.get("role", "")).casefold() not in _PAYS}

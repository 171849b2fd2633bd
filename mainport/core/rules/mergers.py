# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Municipalities that merged or were divided: what an area of today was made of before.

CBS tells it in the description of each code of a region, with the inhabitants that went over:

    Opgeheven per 01-01-2019, overgegaan naar:
    - Het Hogeland (GM1966),
    ... 7807 hectare met 5308 woningen en 11947 inwoners
    - Westerkwartier (GM1969),
    ... 2303 hectare met 732 woningen en 1558 inwoners

A municipality that was divided counts for each part by the inhabitants that went there; one that got a new name
got a new code with it, and goes over whole. Corrections of a
border between two that both stay aren't applied: CBS doesn't apply them to older figures either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

_ENDED = re.compile(r"Opgeheven per (\d\d)-(\d\d)-(\d{4}),? *overgegaan naar:")
#: A new name comes with a new code.
_RENAMED = re.compile(
    r"Naamswijziging per (\d\d)-(\d\d)-(\d{4}),\s*nieuwe naam: [^()]*(?:\([^()]*\) *)?\(([A-Z]{2}\d+)\)"
)
_CLOSED = re.compile(r"Opgeheven per (\d\d)-(\d\d)-(\d{4})")
_EVENT = re.compile(r"\bper \d\d-\d\d-\d{4}|^Begindatum")
_BEGAN = re.compile(r"(?:Ontstaan per|Begindatum) (\d\d)-(\d\d)-(\d{4})")
_TO = re.compile(r"-? *[^()]*(?:\([^()]*\) *)?\(([A-Z]{2}\d+)\)")
_PEOPLE = re.compile(r"([\d.]+) inwoner")
_HECTARES = re.compile(r"([\d.]+) hectare")

#: A municipality of which less went over was corrected rather than divided.
SMALLEST_SHARE = 0.01


@dataclass(frozen=True)
class Region:
    """When a region began and ended, and which share of its inhabitants went where."""

    began: date | None = None
    ended: date | None = None
    went_to: Mapping[str, float] | None = None

    def exists(self, day: date) -> bool:
        return (self.began is None or self.began <= day) and (self.ended is None or day < self.ended)


@dataclass(frozen=True)
class Part:
    """One region that belongs to an area, whole or in part."""

    code: str
    share: float
    region: Region


def read_region(description: str) -> Region:
    """What CBS's description of a code tells. One that tells nothing always was, and still is."""
    began = [_day(match) for match in _BEGAN.finditer(description)]
    renamed = _RENAMED.search(description)
    ended = renamed or _CLOSED.search(description)
    return Region(
        began=max(began) if began else None,
        ended=_day(ended) if ended else None,
        went_to=_shares(moved(description)) if renamed or _ENDED.search(description) else None,
    )


def _day(match: re.Match[str]) -> date:
    return date(int(match[3]), int(match[2]), int(match[1]))


def _shares(went: tuple[Moved, ...]) -> dict[str, float]:
    total = sum(one.inhabitants for one in went)
    # Without numbers of inhabitants there is nothing to divide by; one successor has everybody.
    return {one.to: one.inhabitants / total if total else 1 / len(went) for one in went}


@dataclass(frozen=True)
class Moved:
    """What went over to one successor when a region ended; 0 where CBS names no number."""

    to: str
    inhabitants: int = 0
    hectares: int = 0


def moved(description: str) -> tuple[Moved, ...]:
    """What went over to each successor when the region ended, by CBS's description of its code; none if it is there."""
    if renamed := _RENAMED.search(description):
        return (Moved(renamed[4]),)
    ended = _ENDED.search(description)
    return _moved(description[ended.end() :]) if ended else ()


def _moved(text: str) -> tuple[Moved, ...]:
    found: dict[str, Moved] = {}
    code = ""
    for line in map(str.strip, text.strip().splitlines()):
        if not line or _EVENT.search(line):
            break  # The next event: CBS doesn't always leave a line between two.
        if named := _TO.match(line):
            code = named[1]
            found[code] = Moved(code)
        elif code:
            people, land = _PEOPLE.search(line), _HECTARES.search(line)
            if people or land:
                found[code] = Moved(code, _number(people), _number(land))
    return tuple(found.values())


def _number(match: re.Match[str] | None) -> int:
    return int(match[1].replace(".", "")) if match else 0


def parts(code: str, regions: Mapping[str, Region]) -> tuple[Part, ...]:
    """The region itself, and all that went into it, directly or by way of another, with their shares."""
    sources: dict[str, list[tuple[str, float]]] = {}
    for origin, region in regions.items():
        for target, share in (region.went_to or {}).items():
            sources.setdefault(target, []).append((origin, share))
    shares: dict[str, float] = {}
    queue: list[tuple[str, float, tuple[str, ...]]] = [(code, 1.0, ())]
    while queue:
        name, share, way = queue.pop()
        if name in way:  # A source that says that two went into each other.
            continue
        shares[name] = shares.get(name, 0.0) + share
        queue += [(origin, share * part, (*way, name)) for origin, part in sources.get(name, ()) if origin != name]
    return tuple(
        Part(name, share, regions.get(name, Region()))
        for name, share in shares.items()
        if name == code or share >= SMALLEST_SHARE
    )


def read_regions(descriptions: Iterable[tuple[str, str]]) -> dict[str, Region]:
    """The regions of a table, from its (code, description)."""
    return {code: read_region(description) for code, description in descriptions}

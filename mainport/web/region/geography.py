# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What municipalities are called and where they lie, also those that are no more."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache

from mainport.region.rules.areas import FIRST, LAST, Share, netherlands


@dataclass(frozen=True)
class Where:
    """A municipality with a point in it. `own` is false where that is the point of what came after it."""

    code: str
    name: str
    longitude: float
    latitude: float
    own: bool


def name_of(code: str) -> str:
    """The name that goes with a code; the code itself where it is none of ours."""
    known = netherlands().municipalities.get(code)
    return known.name if known else code


@cache
def crosswalk(older: int, newer: int) -> Mapping[str, tuple[Share, ...]]:
    """As `areas.crosswalk`, reckoned once; years outside what is known are taken to be the nearest that is."""
    return netherlands().crosswalk(*(min(max(year, FIRST), LAST) for year in (older, newer)))


def places(codes: Collection[str], year: int) -> dict[str, Where]:
    """Where these municipalities of that year lie; those that nobody knows the place of are left out."""
    found = {}
    for code in codes:
        known = netherlands().municipalities.get(code)
        if known is None:
            continue
        if known.latitude is not None and known.longitude is not None:
            found[code] = Where(code, known.name, known.longitude, known.latitude, own=True)
        elif point := _of_successors(code, year):
            found[code] = Where(code, known.name, *point, own=False)
    return found


def _of_successors(code: str, year: int) -> tuple[float, float] | None:
    """The middle of what came after it, by how much of it went where."""
    parts = [
        (share.share, one.longitude, one.latitude)
        for share in crosswalk(year, LAST).get(code, ())
        if (one := netherlands().municipalities[share.code]).latitude is not None
        and one.longitude is not None
        and one.latitude is not None
    ]
    whole = sum(share for share, _x, _y in parts)
    if not whole:
        return None
    return sum(s * x for s, x, _y in parts) / whole, sum(s * y for s, _x, y in parts) / whole

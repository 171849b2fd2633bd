# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Which areas the places of a table are, as far as Mainport knows them: municipalities, COROP areas, provinces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cache

from mainport.region.queries import boundaries
from mainport.region.rules.areas import LAST, Larger, larger, netherlands
from mainport.region.rules.outlines import Geometry
from mainport.web.region.geography import crosswalk, places


class Level(StrEnum):
    MUNICIPALITY = "municipality"
    COROP = "corop"
    PROVINCE = "province"


@dataclass(frozen=True)
class Spot:
    """An area with a point in it, and how many people live there."""

    code: str
    name: str
    longitude: float
    latitude: float
    inhabitants: float


#: Code, name, a point in the middle, and inhabitants on 1 January 2023 (CBS, 37259ned, CC BY 4.0).
_PROVINCES = (
    Spot("PV20", "Groningen", 6.74, 53.22, 596_075),
    Spot("PV21", "Fryslân", 5.79, 53.11, 659_551),
    Spot("PV22", "Drenthe", 6.62, 52.86, 502_051),
    Spot("PV23", "Overijssel", 6.45, 52.44, 1_184_333),
    Spot("PV24", "Flevoland", 5.60, 52.53, 444_701),
    Spot("PV25", "Gelderland", 5.95, 52.06, 2_133_708),
    Spot("PV26", "Utrecht", 5.17, 52.08, 1_387_643),
    Spot("PV27", "Noord-Holland", 4.79, 52.58, 2_952_622),
    Spot("PV28", "Zuid-Holland", 4.49, 52.02, 3_804_906),
    Spot("PV29", "Zeeland", 3.84, 51.45, 391_124),
    Spot("PV30", "Noord-Brabant", 5.20, 51.56, 2_626_210),
    Spot("PV31", "Limburg", 5.94, 51.21, 1_128_367),
)
#: What else they are called.
_ALSO = {
    "friesland": "PV21",
    "den haag": "GM0518",
    "the hague": "GM0518",
    "den bosch": "GM0796",
    "brabant": "PV30",
}
#: CBS writes GM0014 or 0014; a bare 14 may be the number of anything.
_CODE = re.compile(r"gm(\d{1,4})|(\d{4})|(pv|cr)(\d\d)", re.IGNORECASE)


@dataclass(frozen=True)
class Located:
    """Of which level the areas are, the spot of each place that is one, and the places that are none."""

    level: Level
    spots: Mapping[str, Spot]
    unknown: tuple[str, ...]

    def borders(self) -> tuple[dict[str, Geometry], str]:
        """The border of every area by its code, with their source; nothing where one of them isn't known. One query."""
        found = boundaries.outlines({one.code for one in self.spots.values()}, LAST)
        return {code: one.geometry for code, one in found.items()}, next((one.source for one in found.values()), "")


def located(named: Mapping[str, str]) -> Located | None:
    """The areas of a table's places (key: name). They are of one level: the one that most of them are areas of.

    None where fewer than two places, or fewer than half of them, are areas that are known.
    """
    best: Located | None = None
    for level in Level:
        spots: dict[str, Spot] = {}
        # Other countries have codes of four digits too: those without a name are ours where all of them are.
        bare = [key for key, name in named.items() if key == name and key.isdecimal()]
        foreign = {key for key in bare if not all(_spot(level, one) for one in bare)}
        for key, name in named.items():
            if key in foreign:
                continue
            # Two keys of one area would lie over each other: the second has no place on the map.
            spot = _spot(level, name) if key.isdecimal() else _spot(level, key) or _spot(level, name)
            if spot and spot.code not in {one.code for one in spots.values()}:
                spots[key] = spot
        if best is None or len(spots) > len(best.spots):
            best = Located(level, spots, tuple(key for key in named if key not in spots))
    return best if best and len(best.spots) >= max(2, len(named) / 2) else None


def _spot(level: Level, written: str) -> Spot | None:
    codes, names = _known(level)
    if match := _CODE.fullmatch(written.strip()):
        short, padded, letters, digits = match.groups()
        code = f"{letters.upper()}{digits}" if letters else f"GM{short or padded:0>4}"
        return codes.get(code)
    return names.get(_plain(written))


def _plain(name: str) -> str:
    """A name without what differs between who writes it: capitals, accents, "gemeente" or "provincie"."""
    letters = "".join(one for one in unicodedata.normalize("NFKD", name) if not unicodedata.combining(one))
    plain = " ".join(letters.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").casefold().split())
    plain = re.sub(r"^(gemeente|provincie|province of) ", "", plain)
    return re.sub(r" \((gemeente|provincie|pv|cr)\)$", "", plain)


@cache
def _known(level: Level) -> tuple[Mapping[str, Spot], Mapping[str, Spot]]:
    """The areas of a level by their codes, and by what they are called."""
    spots = _PROVINCES if level is Level.PROVINCE else _corop() if level is Level.COROP else _municipalities()
    codes = {one.code: one for one in spots}
    # Those of today come last: a name that two have had is that of the one that there is.
    names = {_plain(one.name): one for one in spots}
    return codes, names | {name: codes[code] for name, code in _ALSO.items() if code in codes}


def _municipalities() -> Sequence[Spot]:
    """All since 2006. Where one is no more, the middle of what came after it is its place."""
    known = netherlands().municipalities
    usual = sorted(one.inhabitants for one in known.values() if one.inhabitants)
    middle = usual[len(usual) // 2]
    found = []
    for one in sorted(known.values(), key=lambda one: (one.ended is None, one.code)):
        year = LAST if one.ended is None else (one.ended - timedelta(days=1)).year
        parts = crosswalk(year, LAST).get(one.code, ())
        people = one.inhabitants or sum(part.share * (known[part.code].inhabitants or 0) for part in parts) or middle
        if where := places([one.code], year).get(one.code):
            found.append(Spot(one.code, one.name, where.longitude, where.latitude, people))
    return found


def _corop() -> Sequence[Spot]:
    """Those of the North, of which is known which municipalities are in them."""
    known = netherlands().municipalities
    found = []
    for area in larger():
        parts = [known[code] for code in area.municipalities if known[code].latitude is not None]
        people = sum(one.inhabitants or 0 for one in parts)
        if area.kind is Larger.COROP and people:
            middle = [
                sum((one.inhabitants or 0) * (point or 0) for one, point in zip(parts, line, strict=True)) / people
                for line in ([one.longitude for one in parts], [one.latitude for one in parts])
            ]
            found.append(Spot(area.code, area.name, middle[0], middle[1], people))
    return found

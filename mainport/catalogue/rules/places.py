# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Where somebody lives, by postcode, town or municipality, and how far a course is from there: to a few kilometres.

Municipalities: CBS/PDOK, Wijk- en buurtkaart 2023. Towns: data/places.yaml.
"""

from __future__ import annotations

import csv
import io
import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib import resources

import yaml

_EARTH = 6371.0


@dataclass(frozen=True)
class Place:
    """A town, or a municipality as a whole (`town` is '' then)."""

    municipality: str
    latitude: float
    longitude: float
    town: str = ""

    @property
    def name(self) -> str:
        return self.town or self.municipality


def find(text: str) -> Place | None:
    """The place of a postcode (its four digits are enough), a town or a municipality; None where we don't know it.

    >>> find("9671 AB").town, find("het hogeland").municipality, find("Atlantis")
    ('Winschoten', 'Het Hogeland', None)
    """
    if digits := re.match(r"\s*([1-9]\d{3})(?!\d)", text):
        return _postcodes().get(int(digits[1]))
    return _names().get(_plain(text))


def similar(text: str) -> list[str]:
    """Names of places that look like what somebody wrote."""
    names = _names()
    return [names[name].name for name in get_close_matches(_plain(text), names, n=3, cutoff=0.75)]


def suggestions() -> list[str]:
    """Names that somebody may well want to write: the towns, and their municipalities."""
    towns = {place.town for place in _towns()}
    return sorted(towns | {place.municipality for place in _towns()})


def kilometres(one: Place, latitude: float, longitude: float) -> float:
    """As the crow flies, by the haversine formula.

    >>> round(kilometres(find("Groningen"), 53.0, 6.56))
    24
    """
    here, there = math.radians(one.latitude), math.radians(latitude)
    east = math.radians(longitude - one.longitude)
    half = math.sin((there - here) / 2) ** 2 + math.cos(here) * math.cos(there) * math.sin(east / 2) ** 2
    return 2 * _EARTH * math.asin(math.sqrt(half))


def _plain(text: str) -> str:
    """As names are compared: without capitals, accents and signs."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", " ", re.sub(r"^gemeente\s+|'", "", letters)).strip()


@cache
def _rows() -> list[tuple[Place, list[str]]]:
    source = resources.files("mainport.catalogue") / "data" / "places.yaml"
    return [
        (Place(municipality, latitude, longitude, town), [str(part) for part in postcodes])
        for town, municipality, latitude, longitude, *postcodes in yaml.safe_load(source.read_bytes())
    ]


@cache
def _towns() -> list[Place]:
    return [place for place, _postcodes in _rows()]


@cache
def _names() -> Mapping[str, Place]:
    source = resources.files("mainport.core") / "data" / "municipalities.csv"
    # Those that are there today have a centre.
    rows = [row for row in csv.DictReader(io.StringIO(source.read_text("utf-8"))) if row["latitude"]]
    names = {_plain(row["name"]): Place(row["name"], float(row["latitude"]), float(row["longitude"])) for row in rows}
    # The centre of a town is nearer to most people in it than the middle of the land around it.
    return names | {_plain(place.town): place for place in _towns()}


@cache
def _postcodes() -> Mapping[int, Place]:
    found: dict[int, Place] = {}
    for place, ranges in _rows():
        for part in ranges:
            first, _dash, last = part.partition("-")
            found |= dict.fromkeys(range(int(first), int(last or first) + 1), place)
    return found

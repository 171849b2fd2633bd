# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Where courses are given: towns with what can be learnt there."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import resources

from django.db.models import Q

from mainport.catalogue.models import Offering, Record
from mainport.catalogue.rules import places

#: Longitude and latitude.
Point = tuple[float, float]


@dataclass
class Town:
    """A town with the courses that are given there, by whom, and how many of them cost nothing."""

    name: str
    latitude: float | None = None
    longitude: float | None = None
    courses: set[int] = field(default_factory=set)
    free: set[int] = field(default_factory=set)
    providers: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Outlines:
    """The borders of municipalities, to see where a town lies."""

    source: str
    rings: Sequence[Sequence[Point]]


def towns(today: date) -> list[Town]:
    """Towns where a course of today or later is given, those with most courses first. One query.

    A town lies where the first offering that says so says that it does, else where we know it to lie.
    """
    rows = (
        Offering.objects.filter(record__state=Record.State.PUBLISHED, record__merged_into__isnull=True, cancelled=False)
        .filter(Q(ends__isnull=True) | Q(ends__gte=today))
        .exclude(town="")
        .order_by("pk")
        .values_list("town", "latitude", "longitude", "record_id", "price", "record__provider")
    )
    found: dict[str, Town] = {}
    for name, latitude, longitude, record, price, provider in rows.iterator():
        town = found.setdefault(name.strip().casefold(), Town(name.strip()))
        if town.latitude is None and latitude is not None and longitude is not None:
            town.latitude, town.longitude = latitude, longitude
        town.courses.add(record)
        if price == 0:
            town.free.add(record)
        if provider:
            town.providers.add(provider)
    for town in found.values():
        if town.latitude is None and (known := places.find(town.name)):
            town.latitude, town.longitude = known.latitude, known.longitude
    return sorted(found.values(), key=lambda town: (-len(town.courses), town.name))


@cache
def outlines() -> Outlines:
    """The borders that come with Mainport: those of Groningen and Drenthe."""
    source = resources.files("mainport.catalogue") / "data" / "outlines-2023.json"
    data = json.loads(source.read_bytes())
    rings = [[(x, y) for x, y in ring] for area in data["areas"] for ring in area["rings"]]
    return Outlines(data["source"], rings)

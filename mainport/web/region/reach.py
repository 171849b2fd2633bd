# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""How far a city reaches: which part of the jobs of each municipality's residents lies in it, out of a flow table."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from mainport.region.models import FlowTable
from mainport.region.queries import boundaries
from mainport.region.queries import flows as queries
from mainport.region.queries.flows import Opened
from mainport.region.rules.areas import LAST, Basis
from mainport.region.rules.delineation.shading import shares
from mainport.web.region import drawing
from mainport.web.region.geography import crosswalk, name_of, places

#: What lies farther away than this stands in the table, not on the map (kilometres).
FAR = 60.0
#: So many places of work can be chosen as the city.
MOST_CITIES = 60
_ROUNDING = 1e-9


class Step(StrEnum):
    """What a municipality is to the city: the city itself, above the first or second threshold, below, not known."""

    CITY = "city"
    FIRST = "first"
    SECOND = "second"
    BELOW = "below"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Reached:
    """A municipality: its share (NaN where it isn't known), jobs of its residents, those in the city, and those of
    people of the city there. `kept_back` where the source keeps the pair back."""

    code: str
    name: str
    share: float
    residents: float
    to_city: float
    from_city: float
    kept_back: bool
    step: Step
    km: float | None = None
    number: int = 0


@dataclass(frozen=True)
class Reach:
    """All municipalities of a table at the borders of a year, those with the greatest share first."""

    opened: Opened
    city: str
    first: float
    second: float | None
    rows: tuple[Reached, ...]

    @property
    def year(self) -> int:
        return self.opened.year

    def of(self, *steps: Step) -> list[Reached]:
        return [row for row in self.rows if row.step in steps]

    @property
    def above(self) -> list[Reached]:
        """Those at or above the first threshold, the city left out."""
        return self.of(Step.FIRST)


def reach(table: FlowTable, city: str, borders: int, first: float, second: float | None) -> Reach:
    """Raises KeyError where the city isn't in the table at those borders."""
    opened = queries.opened(table, borders)
    flows = opened.flows
    found = shares(flows, city)
    place = flows.index(city)
    hidden = _hidden(opened, city)
    into, out = flows.into, flows.out
    part = slice(into.start[place], into.start[place + 1])
    to_city = dict(zip(into.zone[part].tolist(), into.amount[part].tolist(), strict=True))
    part = slice(out.start[place], out.start[place + 1])
    from_city = dict(zip(out.zone[part].tolist(), out.amount[part].tolist(), strict=True))
    where = places(flows.zones, borders)
    here = where.get(city)
    rows = []
    for number, zone in enumerate(flows.zones):
        if flows.residents[number] <= 0 and zone not in hidden and zone != city:
            continue  # It only stands there as a place of work: of its residents the table says nothing.
        share = math.nan if zone in hidden else float(found[number])
        there = where.get(zone)
        km = (
            math.hypot((there.longitude - here.longitude) * 66.9, (there.latitude - here.latitude) * 111.3)
            if there and here
            else None
        )
        rows.append(
            Reached(
                code=zone,
                name=name_of(zone),
                share=share,
                residents=float(flows.residents[number]),
                to_city=float(to_city.get(number, 0.0)),
                from_city=float(from_city.get(number, 0.0)),
                kept_back=zone in hidden,
                step=_step(zone == city, share, first, second),
                km=km,
            )
        )
    rows.sort(key=lambda row: (row.code != city, -row.share if row.share == row.share else 1, row.name))
    numbered = tuple(Reached(**{**row.__dict__, "number": number}) for number, row in enumerate(rows, 0))
    return Reach(opened, city, first, second, numbered)


def _step(is_city: bool, share: float, first: float, second: float | None) -> Step:
    if is_city:
        return Step.CITY
    if share != share:
        return Step.UNKNOWN
    # 15 in 100 is 15 %, whatever binary fractions make of it.
    if share >= first - _ROUNDING:
        return Step.FIRST
    return Step.SECOND if second is not None and share >= second - _ROUNDING else Step.BELOW


def _hidden(opened: Opened, city: str) -> frozenset[str]:
    """Whose share the source keeps back: homes of which the pair with the city has no amount."""
    rows = opened.pairs.filter((pl.col("work") == city) & pl.col("amount").is_null())
    return frozenset(rows["home"].to_list())


def cities(opened: Opened) -> list[str]:
    """What can be chosen as the city: where people of several municipalities work, those with most jobs first.

    Of a table that holds the flows to and from one city only, it is that one: to other places it knows no more than
    who comes from the city.
    """
    flows = opened.flows
    origins = {zone: int(flows.into.start[n + 1] - flows.into.start[n]) for n, zone in enumerate(flows.zones)}
    most = max(origins.values(), default=0)
    least = max(2, most // 2) if opened.table.partial else 2
    jobs = dict(zip(flows.zones, flows.workers.tolist(), strict=True))
    found = sorted((zone for zone in flows.zones if origins[zone] >= min(least, most)), key=lambda zone: -jobs[zone])
    return found[:MOST_CITIES]


def map_of(found: Reach) -> tuple[drawing.Map | None, int, str]:
    """The map of what isn't far from the city, how many are too far to be on it, and the source of its borders."""
    near = [row for row in found.rows if row.km is not None and row.km <= FAR]
    where = places([row.code for row in near], found.year)
    areas = [
        drawing.Area(row.code, where[row.code].longitude, where[row.code].latitude, row.residents or 1) for row in near
    ]
    borders = boundaries.outlines([row.code for row in near], min(found.year, LAST)) if near else {}
    drawn = drawing.draw(areas, {code: one.geometry for code, one in borders.items()})
    source = next((one.source for one in borders.values()), "")
    return drawn, len(found.rows) - len(near), source


@dataclass(frozen=True)
class Became:
    """A municipality that stood out at its own borders, with one that it is part of at later ones."""

    older: Reached
    newer: Reached | None
    part: float
    basis: Basis
    same: bool  # It is still there, and nothing came to it.


def became(before: Reach, after: Reach) -> list[Became]:
    """What became of the city and of those at or above the threshold, between the borders of two years."""
    newer = {row.code: row for row in after.rows}
    walk = crosswalk(before.year, after.year)
    olds: dict[str, int] = {}
    for parts in walk.values():
        for part in parts:
            olds[part.code] = olds.get(part.code, 0) + 1
    return [
        Became(
            older,
            newer.get(part.code),
            part.share,
            part.basis,
            same=part.code == older.code and olds[part.code] == 1 and part.share == 1,
        )
        for older in before.of(Step.CITY, Step.FIRST)
        for part in walk.get(older.code, ())
    ]


@dataclass(frozen=True)
class Part:
    """An older municipality, or a part of it, in a later one."""

    older: Reached
    part: float
    basis: Basis


def made_of(after: Reach, before: Reach) -> dict[str, list[Part]]:
    """By code of each later municipality what it was made of, where that is more than itself."""
    olds = {row.code: row for row in before.rows}
    found: dict[str, list[Part]] = {}
    for older, parts in crosswalk(before.year, after.year).items():
        for part in parts:
            if older in olds:
                found.setdefault(part.code, []).append(Part(olds[older], part.share, part.basis))
    return {code: parts for code, parts in found.items() if [one.older.code for one in parts] != [code]}


def moved_centres(found: Sequence[str], year: int) -> list[str]:
    """The names of those on the map of which the point is that of what came after them."""
    return sorted(one.name for one in places(found, year).values() if not one.own)

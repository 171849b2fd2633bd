# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Regions as pages show them: drawn by a method or kept, described, mapped, and compared with others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from mainport.region.models import Delineation, FlowTable
from mainport.region.queries import boundaries
from mainport.region.queries import flows as queries
from mainport.region.queries.flows import Opened
from mainport.region.rules.agreement import adjusted_rand, compare
from mainport.region.rules.areas import LAST
from mainport.region.rules.methods import Method
from mainport.web.region import drawing, show
from mainport.web.region.geography import name_of, places

#: More zones than these are for the command line.
MOST_ZONES = 2000
COLOURS = 6
#: Choices of methods to compare with: by value what is asked of rules.methods.
WAYS: dict[str, tuple[str, dict[str, Any]]] = {
    "coombes-bond.strict": (Method.COOMBES_BOND, {"mode": "strict"}),
    "coombes-bond.istat34": (Method.COOMBES_BOND, {"mode": "istat34"}),
    "fua": (Method.FUA, {}),
    "tolbert-sizer": (Method.TOLBERT_SIZER, {}),
    "intramax": (Method.INTRAMAX, {}),
    "leiden": (Method.LEIDEN, {}),
    "shading": (Method.SHADING, {}),
}


class CantDraw(ValueError):
    """The method refuses these flows or parameters; says why."""


@dataclass(frozen=True)
class Regions:
    """A region for each zone ('' for none), out of a table at the borders of a year."""

    opened: Opened
    label: str
    region: Mapping[str, str]
    facts: Mapping[str, Any] = field(default_factory=dict)
    share: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """A region: what it is called after, its zones, its jobs, and how many of its people work in it."""

    number: int
    key: str
    name: str
    zones: tuple[str, ...]
    residents: float
    workers: float
    inside: float

    @property
    def of_residents(self) -> float:
        return self.inside / self.residents if self.residents else float("nan")

    @property
    def of_workers(self) -> float:
        return self.inside / self.workers if self.workers else float("nan")


def drawn(opened: Opened, method: str, options: Mapping[str, Any], label: str, *, one_piece: bool = False) -> Regions:
    """The regions that a method draws. Raises CantDraw."""
    from mainport.region.rules.delineation.fua import Cores
    from mainport.region.rules.methods import Options, delineate

    if len(opened.flows) > MOST_ZONES:
        raise CantDraw(
            _("These are %(count)s zones. A page takes at most %(most)s; use the command line for more.")
            % {"count": len(opened.flows), "most": MOST_ZONES}
        )
    given = dict(options)
    if "cores" in given:
        given["cores"] = Cores(given["cores"])
    if one_piece:
        given["neighbours"] = neighbours(opened)
    try:
        found = delineate(opened.flows, method, Options(**given))
    except KeyError as error:
        raise CantDraw(
            _("%(zone)s isn't in these flows at the borders of %(year)s.")
            % {"zone": error.args[0], "year": str(opened.year)}
        ) from error
    except ValueError as error:
        raise CantDraw(str(error)) from error
    return Regions(opened, label, found.region, found.facts, found.share)


def neighbours(opened: Opened) -> dict[str, tuple[str, ...]] | None:
    """Which zones share a border, where the borders of all are known."""
    from mainport.region.rules.neighbours import neighbours as told

    borders = boundaries.outlines(opened.flows.zones, min(opened.year, LAST))
    if not borders:
        return None
    features = [
        {"type": "Feature", "properties": {"code": code}, "geometry": one.geometry} for code, one in borders.items()
    ]
    return told({"type": "FeatureCollection", "features": features}, "code")


def usual(opened: Opened, way: str, towns: Sequence[str]) -> Regions:
    """The regions of one of WAYS, with what is usual. Raises CantDraw."""
    from mainport.web.region.method_forms import METHODS

    method, options = WAYS[way]
    given = dict(options)
    if method in (Method.FUA, Method.SHADING):
        if not towns:
            raise CantDraw(_("There is no city in these flows."))
        given |= {"cities": {towns[0]: name_of(towns[0])}} if method == Method.FUA else {"city": towns[0]}
    return drawn(opened, method, given, label_of(way, METHODS))


def label_of(way: str, methods: Mapping[str, Any]) -> str:
    method, options = WAYS[way]
    return f"{methods[method]}, {options['mode']}" if "mode" in options else str(methods[method])


def from_kept(kept: Delineation) -> Regions:
    """What was kept. Raises CantDraw where its table can't be brought to the borders that it was drawn at."""
    try:
        opened = queries.opened(kept.table, kept.parameters.get("borders") or None)
    except ValueError as error:
        raise CantDraw(str(error)) from error
    return Regions(opened, kept.title, kept.zones)


def table_of(regions: Regions) -> list[Row]:
    """The regions, the largest first, called after the city that gave its name, or else after their largest zone."""
    flows = regions.opened.flows
    keys = sorted({region for region in regions.region.values() if region})
    number = {key: place for place, key in enumerate(keys)}
    group = np.array([number.get(regions.region.get(zone, ""), -1) for zone in flows.zones], dtype=np.int64)
    inside = np.zeros(len(keys))
    origin = np.repeat(np.arange(len(flows)), np.diff(flows.out.start))
    same = (group[origin] >= 0) & (group[origin] == group[flows.out.zone])
    np.add.at(inside, group[origin[same]], flows.out.amount[same])
    rows = []
    for key, place in number.items():
        members = np.flatnonzero(group == place)
        by_size = members[np.argsort(-np.maximum(flows.residents[members], flows.workers[members]), kind="stable")]
        named = key if key not in flows.zones else name_of(flows.zones[int(by_size[0])]) if len(by_size) else key
        rows.append(
            Row(
                number=0,
                key=key,
                name=named,
                zones=tuple(flows.zones[int(member)] for member in by_size),
                residents=float(flows.residents[members].sum()),
                workers=float(flows.workers[members].sum()),
                inside=float(inside[place]),
            )
        )
    rows.sort(key=lambda row: (-row.residents, row.name))
    return [Row(**{**row.__dict__, "number": place}) for place, row in enumerate(rows, 1)]


@dataclass(frozen=True)
class Mapped:
    """A zone on the map of regions."""

    shape: drawing.Shape
    code: str
    name: str
    region: str
    number: int
    colour: str
    moved: bool


@dataclass(frozen=True)
class RegionMap:
    drawing: drawing.Map
    zones: tuple[Mapped, ...]
    source: str


def map_of(regions: Regions, rows: Sequence[Row], moved: frozenset[str] = frozenset()) -> RegionMap | None:
    """All zones of which it is known where they lie, each with its region's number and colour."""
    flows, year = regions.opened.flows, regions.opened.year
    where = places([zone for zone in flows.zones if zone in regions.region], year)
    size = {zone: max(float(flows.residents[n]), float(flows.workers[n]), 1.0) for n, zone in enumerate(flows.zones)}
    areas = [drawing.Area(code, one.longitude, one.latitude, size[code]) for code, one in where.items()]
    borders = boundaries.outlines(list(where), min(year, LAST)) if where else {}
    found = drawing.draw(areas, {code: one.geometry for code, one in borders.items()})
    if found is None:
        return None
    numbers = {row.key: row for row in rows}
    zones = []
    for shape in found.shapes:
        row = numbers.get(regions.region.get(shape.code, ""))
        zones.append(
            Mapped(
                shape,
                shape.code,
                where[shape.code].name,
                row.name if row else "",
                row.number if row else 0,
                f"region--{(row.number - 1) % COLOURS}" if row else "area--below",
                shape.code in moved,
            )
        )
    zones.sort(key=lambda one: (one.number == 0, one.number, one.name))
    return RegionMap(found, tuple(zones), next((one.source for one in borders.values()), ""))


@dataclass(frozen=True)
class Compared:
    """Two results: how far they agree, and each zone that lies elsewhere, also those that lie in a region in one of
    the two only. `unknown` zones aren't in the flows of both."""

    ari: float
    moved: list[dict[str, str]]
    unknown: list[str]

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(row["code"] for row in self.moved)

    @property
    def equal(self) -> bool:
        return not self.moved and not self.unknown


def compared(one: Regions, other: Regions) -> Compared:
    """How far two agree. Zones in no region don't lie together: for the index each is a region by itself."""
    both = sorted(one.region.keys() & other.region.keys())
    first, second = ({zone: side.region[zone] for zone in both if side.region[zone]} for side in (one, other))
    found = compare(first, second)
    names = [{row.key: row.name for row in table_of(side)} for side in (one, other)]
    none = _("in none")
    moved = [
        {
            "code": zone,
            "name": name_of(zone),
            "first": names[0].get(one.region[zone], none),
            "second": names[1].get(other.region[zone], none),
        }
        for zone in sorted({*found.moved, *found.only_first, *found.only_second})
    ]
    ari = adjusted_rand(*([side.get(zone, f"none {zone}") for zone in both] for side in (first, second)))
    return Compared(ari, moved, sorted(one.region.keys() ^ other.region.keys()))


def numbered_as(rows: Sequence[Row], first: Sequence[Row]) -> list[Row]:
    """The regions of a second result with the numbers of those of the first that they share most zones with, so that
    a region keeps its number and colour; what has no partner gets a number of its own."""
    of_zone = {zone: row.number for row in first for zone in row.zones}
    shared: dict[tuple[str, int], int] = {}
    for row in rows:
        for zone in row.zones:
            if zone in of_zone:
                shared[row.key, of_zone[zone]] = shared.get((row.key, of_zone[zone]), 0) + 1
    number: dict[str, int] = {}
    for (key, theirs), _count in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        if key not in number and theirs not in number.values():
            number[key] = theirs
    free = max((row.number for row in first), default=0)
    for row in rows:
        if row.key not in number:
            free += 1
            number[row.key] = free
    return sorted((Row(**{**row.__dict__, "number": number[row.key]}) for row in rows), key=lambda row: row.number)


def row_json(row: Row) -> dict[str, Any]:
    return {
        "number": row.number,
        "region": row.key,
        "name": row.name,
        "zones": [{"code": zone, "name": name_of(zone)} for zone in row.zones],
        "residents": round(row.residents),
        "workers": round(row.workers),
        "inside": round(row.inside),
        "share_of_residents": show.number_or_none(row.of_residents),
        "share_of_workers": show.number_or_none(row.of_workers),
    }


def zone_rows(regions: Regions, rows: Sequence[Row]) -> list[dict[str, Any]]:
    """One line a zone, for CSV: what `mainport region compare` reads is in it."""
    names = {row.key: row for row in rows}
    return [
        {
            "zone": zone,
            "region": region,
            "zone_name": name_of(zone),
            "region_name": names[region].name if region in names else "",
            "region_number": names[region].number if region in names else "",
            "borders": regions.opened.year,
        }
        for zone, region in regions.region.items()
    ]


def table_named(tables: Sequence[FlowTable], key: str, usual_key: str) -> FlowTable:
    """The table that was asked for; else one with all flows, which most methods need, else the usual one."""
    by_key = {table.key: table for table in tables}
    whole = [table for table in tables if not table.partial]
    whole.sort(key=lambda table: (table.purpose != FlowTable.Purpose.WORK, -table.year))
    return by_key.get(key) or next(iter(whole), None) or by_key.get(usual_key) or tables[0]

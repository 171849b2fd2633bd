# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Functional urban areas of the EU and the OECD: cities with the zones from which people travel to work there.

L. Dijkstra, H. Poelman and P. Veneri (2019), The EU-OECD definition of a functional urban area, OECD Regional
Development Working Papers 2019/11; Eurostat, Methodological manual on territorial typologies, 2018 edition.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from mainport.region.rules.flows import Floats, Flows

#: A share of 15 in 100 is 15 %, whatever binary fractions make of it.
_ROUNDING = 1e-9


class Cores(StrEnum):
    """Whether cities that send each other enough commuters are one core, or each stands for itself."""

    MERGED = "merged"
    SINGLE = "single"


@dataclass(frozen=True)
class UrbanAreas:
    """`area` of each zone: the name of the city, '' where it belongs to none; `share` of its employed residents who
    work in that area's core; `core` marks the zones of the cities themselves. `merged` pairs a city with the one
    that it became part of; `enclaves` came in and `exclaves` fell out by their place and not by their share."""

    area: tuple[str, ...]
    share: Floats
    core: tuple[bool, ...]
    merged: Mapping[str, str]
    enclaves: tuple[str, ...] = ()
    exclaves: tuple[str, ...] = ()


def urban_areas(
    flows: Flows,
    cities: Mapping[str, str],
    *,
    threshold: float = 0.15,
    cores: Cores = Cores.MERGED,
    neighbours: Mapping[str, Sequence[str]] | None = None,
) -> UrbanAreas:
    """Functional urban areas. `cities` names the city of each zone that is part of one.

    With `neighbours` (zones that share a border) an area is kept in one piece: zones that it surrounds come in,
    zones that don't touch it fall out. Raises KeyError for a city's zone that has no flows, ValueError for a threshold.
    """
    if not 0 < threshold < 1:
        raise ValueError(f"threshold {threshold:g}: expected between 0 and 1")
    for zone in cities:
        flows.index(zone)
    names = sorted(set(cities.values()))
    number = {name: place for place, name in enumerate(names)}
    core = np.array([number[cities[zone]] if zone in cities else -1 for zone in flows.zones])
    to_city = _to_cities(flows, core, len(names))
    merged = _merged(flows, core, to_city, threshold, names) if cores is Cores.MERGED else {}
    group = np.array([number[_root(name, merged)] for name in names])
    to_area = np.zeros_like(to_city)
    for place, target in enumerate(group):
        to_area[:, target] += to_city[:, place]
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.nan_to_num(to_area / flows.residents[:, None])
    best = share.argmax(axis=1) if names else np.zeros(len(flows), dtype=int)
    strongest = share[np.arange(len(flows)), best] if names else np.zeros(len(flows))
    area = np.where(strongest >= threshold - _ROUNDING, best, -1)
    area[core >= 0] = group[core[core >= 0]]
    came, fell = _in_one_piece(flows, area, core, neighbours) if neighbours is not None else ((), ())
    return UrbanAreas(
        area=tuple(names[place] if place >= 0 else "" for place in area),
        share=np.where(area >= 0, share[np.arange(len(flows)), np.maximum(area, 0)], strongest) if names else strongest,
        core=tuple(bool(place >= 0) for place in core),
        merged=merged,
        enclaves=came,
        exclaves=fell,
    )


def _to_cities(flows: Flows, core: np.ndarray[tuple[int], np.dtype[np.int64]], count: int) -> Floats:
    """Flows of every zone to each city: zones by cities."""
    origin = np.repeat(np.arange(len(flows)), np.diff(flows.out.start))
    city = core[flows.out.zone]
    found = np.zeros((len(flows), count))
    np.add.at(found, (origin[city >= 0], city[city >= 0]), flows.out.amount[city >= 0])
    return found


def _merged(
    flows: Flows, core: np.ndarray[tuple[int], np.dtype[np.int64]], to_city: Floats, threshold: float, names: list[str]
) -> dict[str, str]:
    """Cities from which enough people work in another are part of that one, and by it of others: its commuters count as
    well."""
    residents = np.bincount(core[core >= 0], flows.residents[core >= 0], len(names))
    between = np.zeros((len(names), len(names)))
    for place in range(len(names)):
        between[place] = to_city[core == place].sum(axis=0)
    np.fill_diagonal(between, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.nan_to_num(between / residents[:, None])
    found: dict[str, str] = {}
    homes, works = np.nonzero(share >= threshold - _ROUNDING)
    # The strongest first: a group goes by the name of the city that it sends most to.
    for link in np.argsort(-share[homes, works], kind="stable"):
        one, into = (_root(names[int(place)], found) for place in (homes[link], works[link]))
        if one != into:
            found[one] = into
    return {name: _root(name, found) for name in found}


def _root(name: str, merged: Mapping[str, str]) -> str:
    while name in merged:
        name = merged[name]
    return name


def _in_one_piece(
    flows: Flows,
    area: np.ndarray[tuple[int], np.dtype[np.int64]],
    core: np.ndarray[tuple[int], np.dtype[np.int64]],
    neighbours: Mapping[str, Sequence[str]],
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Changes `area`: enclaves in, exclaves out. The zones that came in and those that fell out."""
    place = {zone: number for number, zone in enumerate(flows.zones)}
    borders = [[place[n] for n in neighbours.get(zone, ()) if n in place] for zone in flows.zones]
    fell = []
    for name in np.unique(area[area >= 0]):
        reached = set(np.flatnonzero((area == name) & (core >= 0)).tolist())
        queue = list(reached)
        while queue:
            for other in borders[queue.pop()]:
                if area[other] == name and other not in reached:
                    reached.add(other)
                    queue.append(other)
        for zone in np.flatnonzero(area == name):
            if zone not in reached:
                area[zone] = -1
                fell.append(flows.zones[zone])
    came = []
    for zone in np.flatnonzero(area < 0):
        around = {int(area[other]) for other in borders[zone]}
        if len(around) == 1 and (only := around.pop()) >= 0:
            came.append((zone, only))
    for zone, only in came:
        area[zone] = only
    return tuple(flows.zones[zone] for zone, _ in came), tuple(fell)


class Cause(StrEnum):
    """Why a zone isn't where a published list has it."""

    BELOW = "below the threshold"
    ROUNDING = "below the threshold, by less than the source rounds"
    CORES = "above the threshold of a core that the list makes of cities that are held apart here"
    EXCLAVE = "not in one piece with the rest here"
    ABOVE = "above the threshold, but published outside"
    ENCLAVE = "surrounded here"
    ANOTHER = "another city draws more"


@dataclass(frozen=True)
class Difference:
    """A zone that a published list has elsewhere: `ours` and `published` are areas of that list, '' for none;
    `share` works in the cores of ours, `share_published` in those of the published area."""

    zone: str
    ours: str
    published: str
    share: float
    share_published: float
    cause: Cause


def differences(
    flows: Flows,
    cities: Mapping[str, str],
    found: UrbanAreas,
    published: Mapping[str, str],
    *,
    threshold: float = 0.15,
    unit: float = 0,
) -> tuple[Difference, ...]:
    """Zones whose area isn't the published one, with the cause. `published` gives the area of each zone, '' for none,
    and names areas as it likes: ours go by the area that it has the city's own zones in. `unit` is what the source
    rounds amounts to."""
    names = {city: published[zone] for zone, city in sorted(cities.items(), reverse=True) if published.get(zone)}
    areas = sorted({area for area in published.values() if area})
    number = {area: place for place, area in enumerate(areas)}
    core = np.array([number.get(names.get(cities.get(zone, ""), ""), -1) for zone in flows.zones])
    to_area = _to_cities(flows, core, len(areas))
    told = []
    for place, zone in enumerate(flows.zones):
        if zone not in published:
            continue
        ours, theirs = names.get(found.area[place], ""), published[zone]
        if ours == theirs:
            continue
        workers = max(float(flows.residents[place]), 1e-12)
        share, share_published = (
            float(to_area[place, number[area]]) / workers if area else 0.0 for area in (ours, theirs)
        )
        cause = _cause(zone, ours, theirs, found, share_published * workers, threshold * workers - _ROUNDING, unit / 2)
        told.append(Difference(zone, ours, theirs, share, share_published, cause))
    return tuple(told)


def _cause(zone: str, ours: str, theirs: str, found: UrbanAreas, there: float, enough: float, rounding: float) -> Cause:
    """`there` work in the published area's cores, `enough` would be the threshold."""
    if ours and theirs:
        return Cause.ANOTHER
    if ours:
        return Cause.ENCLAVE if zone in found.enclaves else Cause.ABOVE
    if zone in found.exclaves:
        return Cause.EXCLAVE
    if there >= enough:
        return Cause.CORES
    return Cause.ROUNDING if there + rounding >= enough else Cause.BELOW

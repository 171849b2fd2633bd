# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""One door to every method that draws regions: a name and its options in, a region for each zone out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from mainport.region.rules.delineation.fua import Cores
from mainport.region.rules.flows import Flows, Ints


class Method(StrEnum):
    """The methods, by the names that the command line gives them."""

    COOMBES_BOND = "coombes-bond"
    FUA = "fua"
    TOLBERT_SIZER = "tolbert-sizer"
    INTRAMAX = "intramax"
    LEIDEN = "leiden"
    SHADING = "shading"


@dataclass(frozen=True)
class Options:
    """What the methods can be told, each with the value in use most; a method looks at its own only.

    The sizes and containments are Istat's example; the Office for National Statistics takes 3,500, 0.667, 25,000, 0.75.
    """

    mode: str = "strict"
    min_size: float = 1000
    min_containment: float = 0.6667
    target_size: float = 10000
    target_containment: float = 0.75
    cities: Mapping[str, str] = field(default_factory=dict)
    threshold: float = 0.15
    cores: Cores = Cores.MERGED
    neighbours: Mapping[str, Sequence[str]] | None = None
    cut: float = 0.98
    internal: float = 0.75
    resolution: float = 1.0
    seed: int = 1
    seeds: int = 5
    city: str = ""


@dataclass(frozen=True)
class Delineation:
    """`region` of each zone, '' where it is in none; `share` where the method is about shares (shading, fua);
    `facts` about the whole, of which the names say what they are."""

    region: dict[str, str]
    share: dict[str, float] = field(default_factory=dict)
    facts: dict[str, object] = field(default_factory=dict)

    @property
    def regions(self) -> int:
        """How many regions there are."""
        return len({region for region in self.region.values() if region})


def delineate(flows: Flows, method: Method | str, options: Options | None = None) -> Delineation:
    """The regions that a method draws out of flows. Raises ValueError for an option that is out of its range, and
    KeyError for a city that isn't in the flows."""
    return _DRAWN[Method(method)](flows, options or Options())


def _coombes_bond(flows: Flows, options: Options) -> Delineation:
    from mainport.region.rules.delineation.coombes_bond import Mode, Parameters, delineate

    parameters = Parameters(options.min_size, options.min_containment, options.target_size, options.target_containment)
    found = delineate(flows, parameters, Mode(options.mode))
    return Delineation(
        region=_named(flows, found.region),
        facts={
            "mode": options.mode,
            "steps": found.steps,
            "put_aside": [flows.zones[place] for place in np.flatnonzero(found.put_aside)],
            "alone": [flows.zones[place] for place in np.flatnonzero(found.alone)],
        },
    )


def _fua(flows: Flows, options: Options) -> Delineation:
    from mainport.region.rules.delineation.fua import urban_areas

    if not options.cities:
        raise ValueError("no cities: expected the zones of at least one city")
    found = urban_areas(
        flows, options.cities, threshold=options.threshold, cores=options.cores, neighbours=options.neighbours
    )
    return Delineation(
        region=dict(zip(flows.zones, found.area, strict=True)),
        share=dict(zip(flows.zones, found.share.tolist(), strict=True)),
        facts={
            "merged": dict(found.merged),
            "enclaves": list(found.enclaves),
            "exclaves": list(found.exclaves),
        },
    )


def _tolbert_sizer(flows: Flows, options: Options) -> Delineation:
    from mainport.region.rules.delineation.tolbert_sizer import commuting_zones

    return Delineation(region=_named(flows, commuting_zones(flows, options.cut)))


def _intramax(flows: Flows, options: Options) -> Delineation:
    from mainport.region.rules.delineation.intramax import intramax

    return Delineation(region=_named(flows, intramax(flows, options.internal, options.neighbours)))


def _leiden(flows: Flows, options: Options) -> Delineation:
    from mainport.region.rules.delineation.leiden import communities

    found = communities(flows, options.resolution, options.seed, options.seeds)
    return Delineation(
        region=_named(flows, found.group), facts={"modularity": found.modularity, "stability": found.stability}
    )


def _shading(flows: Flows, options: Options) -> Delineation:
    from mainport.region.rules.delineation.shading import shares

    if not 0 < options.threshold < 1:
        raise ValueError(f"threshold {options.threshold:g}: expected between 0 and 1")
    found = shares(flows, options.city)
    # As in fua: 15 in 100 is 15 %, whatever binary fractions make of it.
    inside = found >= options.threshold - 1e-9
    inside[flows.index(options.city)] = True
    return Delineation(
        region={zone: options.city if within else "" for zone, within in zip(flows.zones, inside, strict=True)},
        share=dict(zip(flows.zones, found.tolist(), strict=True)),
    )


_DRAWN = {
    Method.COOMBES_BOND: _coombes_bond,
    Method.FUA: _fua,
    Method.TOLBERT_SIZER: _tolbert_sizer,
    Method.INTRAMAX: _intramax,
    Method.LEIDEN: _leiden,
    Method.SHADING: _shading,
}


def _named(flows: Flows, region: Ints) -> dict[str, str]:
    return {zone: flows.zones[place] for zone, place in zip(flows.zones, region.tolist(), strict=True)}

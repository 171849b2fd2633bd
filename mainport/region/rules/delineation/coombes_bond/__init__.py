# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Travel-to-work areas after Coombes and Bond.

M. Coombes and S. Bond (2008), Travel-to-Work Areas: the 2007 review, Office for National Statistics;
L. Franconi, D. Ichim, M. D'Alo and S. Cruciani (2017), Guidelines for labour market area delineation process, Istat.

Every zone begins as a cluster. Again and again the cluster of least validity is taken: a zone comes out of it, and
joins the cluster to which it is linked most, unless that one's validity would fall: then the zone is put aside. When
all clusters stand, each zone that was put aside joins the cluster that it is linked to most. See strict.py, istat34.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from mainport.region.rules.delineation.coombes_bond import istat34, strict
from mainport.region.rules.delineation.coombes_bond.clusters import Demands, Mask, matrix_of
from mainport.region.rules.flows import Flows, Ints


class Mode(StrEnum):
    """STRICT follows the papers; ISTAT34 gives what the R package LabourMarketAreas 3.4 gives."""

    STRICT = "strict"
    ISTAT34 = "istat34"


@dataclass(frozen=True)
class Parameters:
    """Smallest and target size in employed residents, smallest and target self-containment (0 to 1)."""

    min_size: float
    min_containment: float
    target_size: float
    target_containment: float

    def __post_init__(self) -> None:
        if not 0 <= self.min_size < self.target_size:
            raise ValueError(f"min-size {self.min_size:g}: expected from 0 to below target-size {self.target_size:g}")
        if not 0 < self.min_containment <= self.target_containment <= 1:
            raise ValueError(
                f"min-containment {self.min_containment:g}: expected above 0 and at most target-containment "
                f"{self.target_containment:g}, which is at most 1"
            )


@dataclass(frozen=True)
class Regions:
    """`region` of each zone, as the place of the zone with most workers in it; `put_aside` marks zones that were
    assigned last; `alone` those that belong to no region with others since nothing links them to one."""

    region: Ints
    put_aside: Mask
    alone: Mask
    steps: int


def delineate(flows: Flows, parameters: Parameters, mode: Mode = Mode.STRICT) -> Regions:
    """Labour-market areas. A zone without any tie to another stays by itself, whatever its validity."""
    cluster = strict.cluster if mode is Mode.STRICT else istat34.cluster
    label, aside, steps = cluster(matrix_of(flows), _demands(parameters))
    return Regions(region=_called(label, flows), put_aside=aside, alone=label < 0, steps=steps)


def _called(label: Ints, flows: Flows) -> Ints:
    """Regions after their zone with most workers, the first of equals: the zone that one began with may have left."""
    named: dict[int, int] = {}
    for zone in np.lexsort((np.arange(len(label)), -flows.workers)).tolist():
        if label[zone] >= 0:
            named.setdefault(int(label[zone]), zone)
    return np.array([named[at] if at >= 0 else zone for zone, at in enumerate(label.tolist())], dtype=np.int64)


def validity(within: float, residents: float, workers: float, parameters: Parameters) -> float:
    """The validity of a cluster: 1 and more stands."""
    return float(strict.validity(float(within), float(residents), float(workers), _demands(parameters)))


def _demands(p: Parameters) -> Demands:
    return Demands(float(p.min_size), float(p.min_containment), float(p.target_size), float(p.target_containment))

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Commuting zones of Tolbert and Sizer: zones grouped by the commuting between them, by average linkage.

C. Tolbert and M. Sizer (1996), U.S. Commuting Zones and Labor Market Areas: A 1990 Update, USDA ERS 9614.
"""

from __future__ import annotations

import numpy as np

from mainport.region.rules.compiled import compiled
from mainport.region.rules.flows import Floats, Flows, Ints

#: The matrix of all pairs is held: 1.2 GB for so many zones.
MOST_ZONES = 12_000
#: A distance of 0.98 is 0.98, whatever binary fractions make of it.
_ROUNDING = 1e-9


def commuting_zones(flows: Flows, cut: float = 0.98) -> Ints:
    """The group of each zone, numbered by its first zone: those at most `cut` from each other on average.

    The distance of two zones is 1 - (T[i,j] + T[j,i]) / min(residents_i, residents_j), residents being those who work.
    It is 0 where more people travel between them than live in the smaller one, and 1 where nobody who works lives in
    one of them: then there is nothing to take a share of. Zones without any tie stay apart, also with a cut of 1.
    """
    if not 0 < cut <= 1:
        raise ValueError(f"cut {cut:g}: expected above 0 and at most 1")
    if len(flows) > MOST_ZONES:
        raise ValueError(f"{len(flows)} zones: expected at most {MOST_ZONES}, since all pairs are held in memory")
    origin = np.repeat(np.arange(len(flows)), np.diff(flows.out.start))
    found: Ints = _grouped(origin, flows.out.zone, flows.out.amount, flows.residents, cut)
    return found


def distances(flows: Flows) -> Floats:
    """The whole matrix of distances, for who wants to look at it: n by n."""
    n = len(flows)
    near = np.zeros((n, n))
    origin = np.repeat(np.arange(n), np.diff(flows.out.start))
    np.add.at(near, (origin, flows.out.zone), flows.out.amount)
    near += near.T
    smaller = np.minimum(flows.residents[:, None], flows.residents[None, :])
    share = np.divide(near, smaller, out=np.zeros((n, n)), where=smaller > 0)
    found: Floats = 1 - np.minimum(share, 1)
    np.fill_diagonal(found, 0)
    return found


@compiled
def _grouped(origin: Ints, target: Ints, amount: Floats, residents: Floats, cut: float) -> Ints:
    """Average linkage by nearest-neighbour chains on similarities, which add up where groups merge.

    The average distance of two groups is 1 - (sum of similarities) / (their sizes): only sums are kept. All merges are
    made, so that those below the cut don't depend on it; where groups are equally near, the one before in the chain
    and then the first is taken, and a merged group stands at the place of its last zone, as in scipy's linkage.
    """
    n = len(residents)
    sums = np.zeros((n, n))
    for e in range(len(origin)):
        i, j = origin[e], target[e]
        smaller = min(residents[i], residents[j])
        if i != j and smaller > 0:
            sums[i, j] += amount[e] / smaller
            sums[j, i] += amount[e] / smaller
    for i in range(n):
        for j in range(n):
            sums[i, j] = min(sums[i, j], 1.0)  # A distance isn't below zero.
    size = np.ones(n)
    label = np.arange(n)
    alive = np.ones(n, dtype=np.bool_)
    chain = np.empty(n, dtype=np.int64)
    length, first = 0, 0
    for _merge in range(n - 1):
        if length == 0:
            while not alive[first]:
                first += 1
            chain[0] = first
            length = 1
        while True:
            tip = chain[length - 1]
            best, most = -1, -1.0
            if length > 1:
                best = chain[length - 2]
                most = sums[tip, best] / (size[tip] * size[best])
            for k in range(n):
                if alive[k] and k != tip:
                    near = sums[tip, k] / (size[tip] * size[k])
                    if near > most:
                        best, most = k, near
            if length > 1 and best == chain[length - 2]:
                break
            chain[length] = best
            length += 1
        length -= 2
        gone, keep = min(tip, best), max(tip, best)
        for k in range(n):
            sums[keep, k] += sums[gone, k]
            sums[k, keep] = sums[keep, k]
        sums[keep, keep] = 0
        size[keep] += size[gone]
        alive[gone] = False
        if most > 0 and 1 - most <= cut + _ROUNDING:
            one, other = min(label[gone], label[keep]), max(label[gone], label[keep])
            for z in range(n):
                if label[z] == other:
                    label[z] = one
    return label

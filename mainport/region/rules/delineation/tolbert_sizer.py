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


def commuting_zones(flows: Flows, cut: float = 0.98) -> Ints:
    """The group of each zone, numbered by its first zone: those nearer to each other than `cut` on average.

    The distance of two zones is 1 - (T[i,j] + T[j,i]) / min(residents_i, residents_j), residents being those who work.
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
    with np.errstate(divide="ignore", invalid="ignore"):
        found = 1 - np.nan_to_num(near / smaller)
    np.fill_diagonal(found, 0)
    return found


@compiled
def _grouped(origin: Ints, target: Ints, amount: Floats, residents: Floats, cut: float) -> Ints:
    """Average linkage by nearest-neighbour chains on similarities, which add up where groups merge.

    The average distance of two groups is 1 - (sum of similarities) / (their sizes): only sums are kept.
    """
    n = len(residents)
    sums = np.zeros((n, n))
    for e in range(len(origin)):
        i, j = origin[e], target[e]
        smaller = min(residents[i], residents[j])
        if i != j and smaller > 0:
            sums[i, j] += amount[e] / smaller
            sums[j, i] += amount[e] / smaller
    size = np.ones(n)
    label = np.arange(n)
    alive = np.ones(n, dtype=np.bool_)
    chain = np.empty(n, dtype=np.int64)
    length = 0
    first = 0
    while True:
        if length == 0:
            while first < n and not alive[first]:
                first += 1
            if first == n:
                break
            chain[0] = first
            length = 1
        tip = chain[length - 1]
        before = chain[length - 2] if length > 1 else -1
        best, most = -1, 0.0
        if before >= 0:
            best, most = before, sums[tip, before] / (size[tip] * size[before])
        for k in range(n):
            if alive[k] and k != tip:
                near = sums[tip, k] / (size[tip] * size[k])
                if near > most:
                    best, most = k, near
        if best < 0 or 1 - most >= cut:
            # Nothing is near enough: this group stands. Linkage is reducible, so it stays so.
            alive[tip] = False
            length -= 1
            continue
        if best == before:
            keep, gone = min(tip, best), max(tip, best)
            for k in range(n):
                sums[keep, k] += sums[gone, k]
                sums[k, keep] = sums[keep, k]
            sums[keep, keep] = 0
            size[keep] += size[gone]
            alive[gone] = False
            for z in range(n):
                if label[z] == gone:
                    label[z] = keep
            length -= 2
        else:
            chain[length] = best
            length += 1
    return label

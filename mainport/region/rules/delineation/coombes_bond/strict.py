# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""As the papers say it; nothing depends on how zones are called, unless ties are equal: then the first code goes first.

Out of the least valid cluster comes the zone that has the greatest flow, both ways, with one other cluster; what is
left of the cluster is added up again. Zones that were put aside are given out from the least valid one on.
"""

from __future__ import annotations

from heapq import heapify, heappop, heappush

import numpy as np

from mainport.region.rules.compiled import compiled
from mainport.region.rules.delineation.coombes_bond.clusters import (
    Demands,
    Found,
    Matrix,
    no_ties,
    put_in,
    singles,
    take_out,
    tie,
    untie,
)


@compiled
def validity(within, residents, workers, d):  # type: ignore[no-untyped-def]
    """The validity of a cluster by its totals: 1 and more stands."""
    contained = min(within / residents if residents > 0 else 0.0, within / workers if workers > 0 else 0.0)
    missing = max(0.0, (d.target_size - residents) / (d.target_size - d.min_size))
    small = 1.0 - (1.0 - d.min_containment / d.target_containment) * missing
    return min(contained / d.target_containment, 1.0) * small * d.target_containment / d.min_containment


@compiled
def _strongest(m, c, z, own, ties, count):  # type: ignore[no-untyped-def]
    """The cluster that zone z is linked to most, apart from its own; the first of equals; -1 where there is none."""
    best, most = -1, 0.0
    for t in range(count):
        k = ties.touched[t]
        if k == own:
            continue
        link = 0.0
        if m.residents[z] * c.workers[k] > 0:
            link += ties.out[k] * ties.out[k] / (m.residents[z] * c.workers[k])
        if c.residents[k] * m.workers[z] > 0:
            link += ties.into[k] * ties.into[k] / (c.residents[k] * m.workers[z])
        if link > most or (link == most and link > 0 and k < best):
            best, most = k, link
    return best


@compiled
def _loosest(m, c, k, ties):  # type: ignore[no-untyped-def]
    """The zone of cluster k that has the greatest flow, both ways, with one other cluster; the first of equals."""
    found, most = c.head[k], -1.0
    z = c.head[k]
    while z >= 0:
        count = tie(m, c.label, z, ties)
        for t in range(count):
            other = ties.touched[t]
            if other != k:
                flow = ties.out[other] + ties.into[other]
                if flow > most or (flow == most and z < found):
                    most, found = flow, z
        untie(ties, count)
        z = c.after[z]
    return found


@compiled
def _leave(m, c, z, ties, d):  # type: ignore[no-untyped-def]
    """Take zone z out of its cluster and add up what is left."""
    k = c.label[z]
    take_out(c, z)
    c.residents[k] -= m.residents[z]
    c.workers[k] -= m.workers[z]
    c.within[k] -= ties.out[k] + ties.into[k] + m.within[z]
    c.validity[k] = validity(c.within[k], c.residents[k], c.workers[k], d)


@compiled
def _join(m, c, z, k, ties, d):  # type: ignore[no-untyped-def]
    """Let zone z join cluster k unless that makes it less valid; whether it did."""
    within = c.within[k] + ties.out[k] + ties.into[k] + m.within[z]
    new = validity(within, c.residents[k] + m.residents[z], c.workers[k] + m.workers[z], d)
    if new < c.validity[k]:
        return False
    put_in(m, c, z, k, ties)
    c.validity[k] = new
    return True


def cluster(m: Matrix, demands: Demands) -> Found:
    """The label of each zone; whether it was put aside; and how many steps it took."""
    c, aside = singles(m), np.zeros(len(m.residents), dtype=np.bool_)
    return c.label, aside, int(_cluster(m, c, no_ties(len(m.residents)), aside, demands))


@compiled
def _cluster(m, c, ties, aside, d):  # type: ignore[no-untyped-def]
    n = len(m.residents)
    for z in range(n):
        c.validity[z] = validity(m.within[z], m.residents[z], m.workers[z], d)
    own = c.validity.copy()
    heap = [(own[z], z, 0) for z in range(n)]
    heapify(heap)
    steps = 0
    while len(heap) > 0:
        least, k, stamp = heappop(heap)
        if stamp != c.stamp[k] or c.members[k] == 0:
            continue
        if least >= 1.0:
            break
        steps += 1
        z = _loosest(m, c, k, ties) if c.members[k] > 1 else c.head[k]
        count = tie(m, c.label, z, ties)
        _leave(m, c, z, ties, d)
        if c.members[k] > 0:
            heappush(heap, (c.validity[k], k, c.stamp[k]))
        best = _strongest(m, c, z, k, ties, count)
        if best >= 0 and _join(m, c, z, best, ties, d):
            heappush(heap, (c.validity[best], best, c.stamp[best]))
        else:
            aside[z] = True
        untie(ties, count)
    waiting = np.flatnonzero(aside)
    _give_out(m, c, waiting[np.argsort(own[waiting], kind="mergesort")], ties)
    return steps


@compiled
def _give_out(m, c, order, ties):  # type: ignore[no-untyped-def]
    """Let each zone that was put aside join the cluster that it is linked to most, round after round.

    Where no more can, the next one becomes a cluster of its own, that those can join that are linked to nothing else.
    """
    left = len(order)
    while left > 0:
        placed = 0
        for z in order:
            if c.label[z] >= 0:
                continue
            count = tie(m, c.label, z, ties)
            k = _strongest(m, c, z, -1, ties, count)
            if k >= 0:
                put_in(m, c, z, k, ties)
                placed += 1
            untie(ties, count)
        if placed == 0:
            z = order[c.label[order] < 0][0]
            # Others may have stayed in the cluster that is called after z.
            k = z if c.members[z] == 0 else np.flatnonzero(c.members == 0)[0]
            c.residents[k] = c.workers[k] = c.within[k] = 0.0
            put_in(m, c, z, k, ties)
            placed = 1
        left -= placed

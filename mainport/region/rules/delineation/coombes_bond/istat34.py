# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""As the R package LabourMarketAreas 3.4 behaves, oddities included; written from a specification, without its code.

It differs from the papers, and so from `strict`, in this:

- Zones without residents, without workers, or with flow to themselves only are left out beforehand, again and again
  until there are none, and their flows with them.
- Out of a cluster of several comes the zone with the greatest flow from outside the cluster plus all its own flow to
  other zones, those of its own cluster included.
- In the step after that, what is left of the cluster isn't judged as a whole, but by each single flow within it against
  the totals of each of its zones: the least of these values stands for it, and who wants to join must meet them all.
- A zone that leaves a cluster of several without a link to another makes the rest fall apart. So many turns as there
  are zones in it, the least valid of them may join a cluster or is put aside; no zone may join one of them.
- A cluster without flow across its border has a validity of exactly 1, whatever its size.
- Of equal links the last wins, and clusters that the zone sends to only come after those that send to it.
- Zones that were put aside are given out from the last code to the first, round after round, to clusters only; those
  that no cluster is linked to belong to none.
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
    """The validity by totals. The order of the operations matters where a cluster just stands or just doesn't."""
    contained = min(within / residents if residents > 0 else 0.0, within / workers if workers > 0 else 0.0)
    if contained == 1.0:
        return 1.0
    missing = max(0.0, (d.target_size - residents) / (d.target_size - d.min_size))
    small = 1.0 - (1.0 - d.min_containment / d.target_containment) * missing
    return min(contained / d.target_containment, 1.0) * small * (d.target_containment / d.min_containment)


@compiled
def _left_out(m):  # type: ignore[no-untyped-def]
    """Which zones take no part, and the totals of the others without the flows to and from those."""
    n = len(m.residents)
    out = np.zeros(n, dtype=np.bool_)
    residents, workers = m.residents.copy(), m.workers.copy()
    again = True
    while again:
        found = ~out & ((residents <= 0) | (workers <= 0) | ((m.within == residents) & (m.within == workers)))
        again = bool(found.any())
        out |= found
        residents, workers = m.residents.copy(), m.workers.copy()
        for z in range(n):
            for e in range(m.out_start[z], m.out_start[z + 1]):
                other = m.out_zone[e]
                if out[z] != out[other]:
                    residents[z] -= m.out_amount[e]
                    workers[other] -= m.out_amount[e]
    return out, residents, workers


@compiled
def _strongest(m, c, z, own, ties, count):  # type: ignore[no-untyped-def]
    """The cluster that zone z is linked to most, apart from `own`; -1 where there is none."""
    best, most, best_sends = -1, -1.0, False
    for t in range(count):
        k = ties.touched[t]
        if k == own:
            continue
        link = 0.0
        if ties.into[k] > 0:
            link += ties.into[k] / c.residents[k] * ties.into[k] / m.workers[z]
        if ties.out[k] > 0:
            link += ties.out[k] / m.residents[z] * ties.out[k] / c.workers[k]
        sends = ties.into[k] > 0
        later = k > best if sends == best_sends else best_sends
        if link > most or (link == most and later):
            best, most, best_sends = k, link, sends
    return best


@compiled
def _leaving(m, c, k):  # type: ignore[no-untyped-def]
    """The zone that leaves cluster k; the first of equals."""
    found, most = -1, -1.0
    z = c.head[k]
    while z >= 0:
        flow = 0.0
        for e in range(m.in_start[z], m.in_start[z + 1]):
            if c.label[m.in_zone[e]] != k:
                flow += m.in_amount[e]
        flow = flow + m.residents[z] - m.within[z]
        if flow > most or (flow == most and z < found):
            found, most = z, flow
        z = c.after[z]
    return found


@compiled
def _add_up(m, c, k, d):  # type: ignore[no-untyped-def]
    """Totals of cluster k, anew; and the least and greatest validity of a flow within it by the totals of a zone."""
    residents = workers = within = 0.0
    least, greatest = np.inf, 0.0
    z = c.head[k]
    while z >= 0:
        residents += m.residents[z]
        workers += m.workers[z]
        for e in range(m.out_start[z], m.out_start[z + 1]):
            if c.label[m.out_zone[e]] == k:
                within += m.out_amount[e]
                least, greatest = min(least, m.out_amount[e]), max(greatest, m.out_amount[e])
        z = c.after[z]
    c.residents[k], c.workers[k], c.within[k] = residents, workers, within
    least = 0.0 if least == np.inf else least
    low, high = np.inf, -np.inf
    z = c.head[k]
    while z >= 0:
        r, w = m.residents[z], m.workers[z]
        # It rises with the flow, but for the flow that is exactly the larger total: that gives 1.
        for flow in (least, greatest):
            value = validity(flow, r, w, d)
            low, high = min(low, value), max(high, value)
        if least < max(r, w) < greatest and _flows_within(m, c, k, max(r, w)):
            low, high = min(low, 1.0), max(high, 1.0)
        z = c.after[z]
    return low, high


@compiled
def _flows_within(m, c, k, amount):  # type: ignore[no-untyped-def]
    """Whether a flow within cluster k is exactly so much."""
    z = c.head[k]
    while z >= 0:
        for e in range(m.out_start[z], m.out_start[z + 1]):
            if m.out_amount[e] == amount and c.label[m.out_zone[e]] == k:
                return True
        z = c.after[z]
    return False


@compiled
def _join(m, c, z, k, ties, least, d):  # type: ignore[no-untyped-def]
    """Let zone z join cluster k if that makes its validity at least so much; whether it did."""
    within = c.within[k] + ties.out[k] + ties.into[k] + m.within[z]
    new = validity(within, c.residents[k] + m.residents[z], c.workers[k] + m.workers[z], d)
    if new < least:
        return False
    put_in(m, c, z, k, ties)
    c.validity[k] = new
    return True


@compiled
def _first(heap, c):  # type: ignore[no-untyped-def]
    """Forget what is out of date at the top of the heap; whether anything stands."""
    while len(heap) > 0:
        _value, k, stamp = heap[0]
        if stamp == c.stamp[k] and c.members[k] > 0:
            return True
        heappop(heap)
    return False


@compiled
def _fall(m, c, k, heap, ties, aside, d):  # type: ignore[no-untyped-def]
    """Let the cluster fall apart: each of its zones may join another cluster in its turn, or is put aside."""
    turns = c.members[k]
    loose = np.empty(turns, dtype=np.int64)
    for place in range(turns):
        loose[place] = c.head[k]
        take_out(c, c.head[k])
    loose = np.sort(loose)[::-1].copy()
    aside[loose] = True
    value = np.empty(turns)
    for place, z in enumerate(loose):
        value[place] = validity(m.within[z], m.residents[z], m.workers[z], d)
    for _ in range(turns):
        first = np.argmin(value)
        stands = _first(heap, c)
        if value[first] <= 1.0 and (not stands or value[first] <= heap[0][0]):
            z = loose[first]
            value[first] = np.inf
            count = tie(m, c.label, z, ties)
            best = _strongest(m, c, z, -1, ties, count)
            if best >= 0 and _join(m, c, z, best, ties, c.validity[best], d):
                aside[z] = False
                heappush(heap, (c.validity[best], best, c.stamp[best]))
            untie(ties, count)
        elif stands and heap[0][0] <= 1.0:
            # A whole cluster that is less valid than all of them has its turn as well.
            other = heap[0][1]
            while c.members[other] > 0:
                aside[c.head[other]] = True
                take_out(c, c.head[other])


def cluster(matrix: Matrix, demands: Demands) -> Found:
    """The label of each zone, -1 for one without a region; whether it was put aside; and how many steps it took."""
    left_out, residents, workers = _left_out(matrix)
    m = matrix._replace(residents=residents, workers=workers)
    c, aside = singles(m), np.zeros(len(residents), dtype=np.bool_)
    return c.label, aside, int(_cluster(m, c, no_ties(len(residents)), left_out, aside, demands))


@compiled
def _cluster(m, c, ties, left_out, aside, d):  # type: ignore[no-untyped-def]
    n = len(m.residents)
    for z in range(n):
        c.validity[z] = validity(m.within[z], m.residents[z], m.workers[z], d)
        if left_out[z]:
            take_out(c, z)
    heap = [(c.validity[z], z, c.stamp[z]) for z in range(n)]
    heapify(heap)
    steps, scattered, demanded = 0, -1, 0.0
    while _first(heap, c) and heap[0][0] < 1.0:
        steps += 1
        _least, k, _stamp = heappop(heap)
        before, scattered = scattered, -1
        several = c.members[k] > 1
        z = _leaving(m, c, k) if several else c.head[k]
        take_out(c, z)
        count = tie(m, c.label, z, ties)
        best = _strongest(m, c, z, k, ties, count)
        aside[z] = True
        if best >= 0 and _join(m, c, z, best, ties, demanded if best == before else c.validity[best], d):
            aside[z] = False
            heappush(heap, (c.validity[best], best, c.stamp[best]))
        untie(ties, count)
        if before >= 0 and before != k and (before != best or aside[z]):
            _put_right(c, before, heap, d)
        if several and best < 0:
            _fall(m, c, k, heap, ties, aside, d)
        elif several:
            scattered = k
            low, demanded = _add_up(m, c, k, d)
            heappush(heap, (low, k, c.stamp[k]))
    _give_out(m, c, aside, ties)
    return steps


@compiled
def _put_right(c, k, heap, d):  # type: ignore[no-untyped-def]
    """Judge a cluster that lost a zone in the step before as a whole again."""
    c.stamp[k] += 1
    c.validity[k] = validity(c.within[k], c.residents[k], c.workers[k], d)
    heappush(heap, (c.validity[k], k, c.stamp[k]))


@compiled
def _give_out(m, c, aside, ties):  # type: ignore[no-untyped-def]
    """Let each zone that was put aside join the cluster that it is linked to most, until no more can."""
    waiting = np.flatnonzero(aside)[::-1].copy()
    placed = True
    while placed:
        placed = False
        for z in waiting:
            if c.label[z] >= 0:
                continue
            count = tie(m, c.label, z, ties)
            k = _strongest(m, c, z, -1, ties, count)
            if k >= 0:
                put_in(m, c, z, k, ties)
                placed = True
            untie(ties, count)

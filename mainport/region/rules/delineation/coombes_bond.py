# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Travel-to-work areas after Coombes and Bond.

M. Coombes and S. Bond (2008), Travel-to-Work Areas: the 2007 review, Office for National Statistics;
L. Franconi, D. Ichim, M. D'Alo and S. Cruciani (2017), Guidelines for labour market area delineation process, Istat.

Every zone begins as a cluster. Again and again the cluster of least validity is taken: out of it comes the zone with
the strongest ties to one other cluster, and joins the cluster to which it is linked most, unless that one's validity
would fall: then the zone is put aside. When all clusters stand, each zone that was put aside joins the cluster that it
is linked to most. The papers leave open in which order: see Mode.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from heapq import heappop, heappush

import numpy as np

from mainport.region.rules.compiled import compiled
from mainport.region.rules.flows import Flows, Ints


class Mode(StrEnum):
    """What becomes of a cluster that a zone left, and in which order zones that were put aside are given out.

    STRICT adds the rest up again, and gives the least valid zone out first: nothing depends on how zones are called.
    ISTAT34 repeats the partitions that the R package LabourMarketAreas 3.4 published: the rest goes on with the totals
    of the whole, so that it is judged by zones that it no longer has; and zones are given out from the last to the
    first in the order of their codes, so that other codes can give another partition.
    """

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
    """`region` of each zone, as the place of the zone that it began with; `validity` of each region by that place;
    `put_aside` marks zones that were assigned last."""

    region: Ints
    put_aside: np.ndarray[tuple[int], np.dtype[np.bool_]]
    steps: int


def delineate(flows: Flows, parameters: Parameters, mode: Mode = Mode.STRICT) -> Regions:
    """Labour-market areas. A zone without any tie to another stays by itself, whatever its validity."""
    region, aside, steps = _clustered(
        flows.out.start,
        flows.out.zone,
        flows.out.amount,
        flows.into.start,
        flows.into.zone,
        flows.into.amount,
        flows.within,
        flows.residents,
        flows.workers,
        (parameters.min_size, parameters.min_containment, parameters.target_size, parameters.target_containment),
        mode is Mode.STRICT,
    )
    return Regions(region=region, put_aside=aside, steps=int(steps))


def validity(within: float, residents: float, workers: float, parameters: Parameters) -> float:
    """The validity of a cluster: 1 and more stands."""
    p = parameters
    return float(
        _validity(within, residents, workers, p.min_size, p.min_containment, p.target_size, p.target_containment)
    )


@compiled
def _validity(s: float, r: float, w: float, min_size: float, min_sc: float, size: float, sc: float) -> float:
    contained = min(s / r if r > 0 else 0.0, s / w if w > 0 else 0.0)
    small = 1.0 - (1.0 - min_sc / sc) * max(0.0, (size - r) / (size - min_size))
    return min(contained / sc, 1.0) * small * sc / min_sc


@compiled
def _ties(z, o_start, o_zone, o_amount, i_start, i_zone, i_amount, label, out, into, touched):  # type: ignore[no-untyped-def]
    """Flows of zone z to and from each cluster, into the scratch arrays; how many clusters were touched."""
    count = 0
    for e in range(o_start[z], o_start[z + 1]):
        k = label[o_zone[e]]
        if k >= 0 and o_zone[e] != z:
            if out[k] == 0.0 and into[k] == 0.0:
                touched[count] = k
                count += 1
            out[k] += o_amount[e]
    for e in range(i_start[z], i_start[z + 1]):
        k = label[i_zone[e]]
        if k >= 0 and i_zone[e] != z:
            if out[k] == 0.0 and into[k] == 0.0:
                touched[count] = k
                count += 1
            into[k] += i_amount[e]
    return count


@compiled
def _wipe(count, out, into, touched):  # type: ignore[no-untyped-def]
    for t in range(count):
        out[touched[t]] = 0.0
        into[touched[t]] = 0.0


@compiled
def _strongest(z, own, count, out, into, touched, r, w, cr, cw):  # type: ignore[no-untyped-def]
    """The cluster that zone z is linked to most, apart from its own; the first of equals; -1 where there is none."""
    best, most = -1, 0.0
    for t in range(count):
        k = touched[t]
        if k == own:
            continue
        link = 0.0
        if r[z] * cw[k] > 0:
            link += out[k] * out[k] / (r[z] * cw[k])
        if cr[k] * w[z] > 0:
            link += into[k] * into[k] / (cr[k] * w[z])
        if link > most or (link == most and link > 0 and k < best):
            best, most = k, link
    return best


@compiled
def _loosest(c, head, after, o_start, o_zone, o_amount, i_start, i_zone, i_amount, label, out, into, touched):  # type: ignore[no-untyped-def]
    """The zone of cluster c that has the greatest flow, both ways, with one other cluster; the first of equals."""
    found, most = head[c], -1.0
    z = head[c]
    while z >= 0:
        count = _ties(z, o_start, o_zone, o_amount, i_start, i_zone, i_amount, label, out, into, touched)
        for t in range(count):
            k = touched[t]
            if k != c:
                tie = out[k] + into[k]
                if tie > most or (tie == most and z < found):
                    most, found = tie, z
        _wipe(count, out, into, touched)
        z = after[z]
    return found


@compiled
def _clustered(o_start, o_zone, o_amount, i_start, i_zone, i_amount, within, r, w, p, strict):  # type: ignore[no-untyped-def]
    n = len(r)
    min_size, min_sc, size, sc = p
    label = np.arange(n)
    head, after, before = np.arange(n), np.full(n, -1), np.full(n, -1)  # Members of each cluster, linked.
    members = np.ones(n, dtype=np.int64)
    cr, cw, cs = r.copy(), w.copy(), within.copy()
    own = np.empty(n)
    for z in range(n):
        own[z] = _validity(within[z], r[z], w[z], min_size, min_sc, size, sc)
    v = own.copy()
    stamp = np.zeros(n, dtype=np.int64)
    heap = [(v[0], 0, 0)]
    for z in range(1, n):
        heappush(heap, (v[z], z, 0))
    out, into = np.zeros(n), np.zeros(n)
    touched = np.empty(2 * n, dtype=np.int64)
    aside = np.zeros(n, dtype=np.bool_)
    steps = 0
    while len(heap) > 0:
        least, c, seen = heappop(heap)
        if seen != stamp[c] or members[c] == 0:
            continue
        if least >= 1.0:
            break
        steps += 1
        z = head[c]
        if members[c] > 1:
            z = _loosest(
                c, head, after, o_start, o_zone, o_amount, i_start, i_zone, i_amount, label, out, into, touched
            )
        count = _ties(z, o_start, o_zone, o_amount, i_start, i_zone, i_amount, label, out, into, touched)
        # Out of the cluster.
        if before[z] >= 0:
            after[before[z]] = after[z]
        else:
            head[c] = after[z]
        if after[z] >= 0:
            before[after[z]] = before[z]
        members[c] -= 1
        stamp[c] += 1
        if members[c] > 0:
            if strict:
                cr[c] -= r[z]
                cw[c] -= w[z]
                cs[c] -= out[c] + into[c] + within[z]
                v[c] = _validity(cs[c], cr[c], cw[c], min_size, min_sc, size, sc)
            heappush(heap, (v[c], c, stamp[c]))
        label[z] = -1
        k = _strongest(z, c, count, out, into, touched, r, w, cr, cw)
        joined = False
        if k >= 0:
            s = cs[k] + out[k] + into[k] + within[z]
            new = _validity(s, cr[k] + r[z], cw[k] + w[z], min_size, min_sc, size, sc)
            if new >= v[k]:
                joined = True
                cs[k] = s
                cr[k] += r[z]
                cw[k] += w[z]
                v[k] = new
                stamp[k] += 1
                heappush(heap, (new, k, stamp[k]))
                label[z] = k
                before[z], after[z] = -1, head[k]
                before[head[k]] = z
                head[k] = z
                members[k] += 1
        if not joined:
            aside[z] = True
        _wipe(count, out, into, touched)
    waiting = np.flatnonzero(aside)
    order = waiting[np.argsort(own[waiting], kind="mergesort")] if strict else waiting[::-1].copy()
    _assign(order, label, cr, cw, r, w, o_start, o_zone, o_amount, i_start, i_zone, i_amount, out, into, touched)
    return label, aside, steps


@compiled
def _assign(order, label, cr, cw, r, w, o_start, o_zone, o_amount, i_start, i_zone, i_amount, out, into, touched):  # type: ignore[no-untyped-def]
    """Let each zone that was put aside join the cluster that it is linked to most, in this order."""
    for z in order:
        count = _ties(z, o_start, o_zone, o_amount, i_start, i_zone, i_amount, label, out, into, touched)
        k = _strongest(z, -1, count, out, into, touched, r, w, cr, cw)
        _wipe(count, out, into, touched)
        label[z] = k if k >= 0 else z
        cr[label[z]] += r[z]
        cw[label[z]] += w[z]

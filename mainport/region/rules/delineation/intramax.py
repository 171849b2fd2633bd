# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Intramax: again and again the two groups with most interaction beyond what their sizes explain become one.

I. Masser and P. Brown (1975), Hierarchical aggregation procedures for interaction data, Environment and Planning A 7.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from mainport.region.rules.compiled import compiled
from mainport.region.rules.flows import Floats, Flows, Ints

#: The matrix of all pairs is held: 1.2 GB for so many zones.
MOST_ZONES = 12_000


def intramax(flows: Flows, internal: float = 0.75, neighbours: Mapping[str, Sequence[str]] | None = None) -> Ints:
    """The group of each zone, numbered by its first zone, when `internal` of all flow stays within groups.

    With `neighbours` only groups that touch become one; where none do any more, it stops earlier.
    """
    if not 0 < internal <= 1:
        raise ValueError(f"internal {internal:g}: expected above 0 and at most 1")
    n = len(flows)
    if n > MOST_ZONES:
        raise ValueError(f"{n} zones: expected at most {MOST_ZONES}, since all pairs are held in memory")
    dense = np.zeros((n, n))
    origin = np.repeat(np.arange(n), np.diff(flows.out.start))
    dense[origin, flows.out.zone] = flows.out.amount
    touch = np.ones((n, n), dtype=np.bool_)
    if neighbours is not None:
        place = {zone: number for number, zone in enumerate(flows.zones)}
        touch[:] = False
        for zone, others in neighbours.items():
            for other in others:
                if zone in place and other in place:
                    touch[place[zone], place[other]] = touch[place[other], place[zone]] = True
    found: Ints = _grouped(dense, touch, internal)
    return found


@compiled
def _grouped(t: Floats, touch: np.ndarray[tuple[int, int], np.dtype[np.bool_]], internal: float) -> Ints:
    """Keeps for each group its best partner, and looks anew only where that may have changed."""
    n = len(t)
    label = np.arange(n)
    alive = np.ones(n, dtype=np.bool_)
    r, w = t.sum(axis=1), t.sum(axis=0)
    total = t.sum()
    inside = 0.0
    for i in range(n):
        inside += t[i, i]
    best = np.full(n, -1)
    most = np.zeros(n)
    for i in range(n):
        best[i], most[i] = _partner(i, t, touch, r, w, alive)
    while total > 0 and inside / total < internal:
        i = -1
        top = 0.0
        for k in range(n):
            if alive[k] and best[k] >= 0 and most[k] > top:
                i, top = k, most[k]
        if i < 0:
            break
        j = best[i]
        keep, gone = min(i, j), max(i, j)
        inside += t[keep, gone] + t[gone, keep]
        for k in range(n):
            t[keep, k] += t[gone, k]
        for k in range(n):
            t[k, keep] += t[k, gone]
            touch[keep, k] |= touch[gone, k]
            touch[k, keep] |= touch[k, gone]
        r[keep] += r[gone]
        w[keep] += w[gone]
        alive[gone] = False
        for z in range(n):
            if label[z] == gone:
                label[z] = keep
        for k in range(n):
            if alive[k] and (k == keep or best[k] == keep or best[k] == gone):
                best[k], most[k] = _partner(k, t, touch, r, w, alive)
            elif alive[k]:
                near = _near(k, keep, t, touch, r, w)
                if near > most[k]:
                    best[k], most[k] = keep, near
    return label


@compiled
def _near(
    i: int, j: int, t: Floats, touch: np.ndarray[tuple[int, int], np.dtype[np.bool_]], r: Floats, w: Floats
) -> float:
    if not touch[i, j]:
        return 0.0
    near = 0.0
    if r[i] * w[j] > 0:
        near += t[i, j] / (r[i] * w[j])
    if r[j] * w[i] > 0:
        near += t[j, i] / (r[j] * w[i])
    return near


@compiled
def _partner(i, t, touch, r, w, alive):  # type: ignore[no-untyped-def]
    best, most = -1, 0.0
    for j in range(len(r)):
        if alive[j] and j != i:
            near = _near(i, j, t, touch, r, w)
            if near > most:
                best, most = j, near
    return best, most

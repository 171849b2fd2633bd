# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Clusters of zones and what ties them, as arrays: what both modes are made of."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from mainport.region.rules.compiled import compiled
from mainport.region.rules.flows import Floats, Flows, Ints

Mask = np.ndarray[tuple[int], np.dtype[np.bool_]]


class Matrix(NamedTuple):
    """Flows between zones, by home (`out_…`) and by work (`in_…`) as in Sparse, and the totals of each zone."""

    out_start: Ints
    out_zone: Ints
    out_amount: Floats
    in_start: Ints
    in_zone: Ints
    in_amount: Floats
    within: Floats
    residents: Floats
    workers: Floats


class Demands(NamedTuple):
    """Smallest and target size in employed residents, smallest and target self-containment (0 to 1)."""

    min_size: float
    min_containment: float
    target_size: float
    target_containment: float


class Clusters(NamedTuple):
    """The cluster of each zone, called after the zone that it began with (`label`, -1 for none), and by cluster: its
    zones as a chain (`head`, `after`, `before`, -1 at the ends) and their number, its totals, its validity, and how
    often it changed (`stamp`: what a heap knows of an earlier stamp is out of date)."""

    label: Ints
    head: Ints
    after: Ints
    before: Ints
    members: Ints
    residents: Floats
    workers: Floats
    within: Floats
    validity: Floats
    stamp: Ints


class Ties(NamedTuple):
    """Flows of one zone to (`out`) and from (`into`) each cluster; `touched` lists the clusters that have any."""

    out: Floats
    into: Floats
    touched: Ints


#: The label of each zone, -1 for none; whether it was put aside; how many steps it took.
Found = tuple[Ints, Mask, int]


def matrix_of(flows: Flows) -> Matrix:
    out, into = flows.out, flows.into
    return Matrix(
        *(out.start, out.zone, out.amount),
        *(into.start, into.zone, into.amount),
        *(flows.within, flows.residents, flows.workers),
    )


def singles(m: Matrix) -> Clusters:
    """Each zone a cluster; without validities."""
    n = len(m.residents)
    nobody = np.full(n, -1)
    return Clusters(
        np.arange(n),
        np.arange(n),
        nobody,
        nobody.copy(),
        np.ones(n, dtype=np.int64),
        m.residents.copy(),
        m.workers.copy(),
        m.within.copy(),
        np.zeros(n),
        np.zeros(n, dtype=np.int64),
    )


def no_ties(n: int) -> Ties:
    return Ties(np.zeros(n), np.zeros(n), np.empty(2 * n, dtype=np.int64))


@compiled
def tie(m, label, z, ties):  # type: ignore[no-untyped-def]
    """Put flows of zone z to and from each cluster into `ties`; how many clusters have any."""
    count = 0
    for e in range(m.out_start[z], m.out_start[z + 1]):
        k = label[m.out_zone[e]]
        if k >= 0 and m.out_zone[e] != z:
            if ties.out[k] == 0.0 and ties.into[k] == 0.0:
                ties.touched[count] = k
                count += 1
            ties.out[k] += m.out_amount[e]
    for e in range(m.in_start[z], m.in_start[z + 1]):
        k = label[m.in_zone[e]]
        if k >= 0 and m.in_zone[e] != z:
            if ties.out[k] == 0.0 and ties.into[k] == 0.0:
                ties.touched[count] = k
                count += 1
            ties.into[k] += m.in_amount[e]
    return count


@compiled
def untie(ties, count):  # type: ignore[no-untyped-def]
    for t in range(count):
        ties.out[ties.touched[t]] = 0.0
        ties.into[ties.touched[t]] = 0.0


@compiled
def take_out(c, z):  # type: ignore[no-untyped-def]
    """Take zone z out of the chain of its cluster, whose totals stay as they are."""
    k = c.label[z]
    if c.before[z] >= 0:
        c.after[c.before[z]] = c.after[z]
    else:
        c.head[k] = c.after[z]
    if c.after[z] >= 0:
        c.before[c.after[z]] = c.before[z]
    c.members[k] -= 1
    c.stamp[k] += 1
    c.label[z] = -1
    c.before[z] = c.after[z] = -1


@compiled
def put_in(m, c, z, k, ties):  # type: ignore[no-untyped-def]
    """Let zone z join cluster k, with its flows and totals; `ties` are those of z."""
    c.within[k] += ties.out[k] + ties.into[k] + m.within[z]
    c.residents[k] += m.residents[z]
    c.workers[k] += m.workers[z]
    c.stamp[k] += 1
    c.label[z] = k
    c.before[z], c.after[z] = -1, c.head[k]
    if c.head[k] >= 0:
        c.before[c.head[k]] = z
    c.head[k] = z
    c.members[k] += 1

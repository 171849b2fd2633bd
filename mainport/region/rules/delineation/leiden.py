# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Communities by the Leiden algorithm, to explore with: no official regions are drawn by it.

V. Traag, L. Waltman and N. van Eck (2019), From Louvain to Leiden: guaranteeing well-connected communities,
Scientific Reports 9. Chance plays a part, so several seeds are tried, and it is told how far they agree.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from mainport.region.rules.agreement import adjusted_rand
from mainport.region.rules.flows import Flows, Ints


@dataclass(frozen=True)
class Communities:
    """`group` of each zone, numbered by its first zone, of the seed with the greatest `modularity`; `stability` is
    the mean adjusted Rand index of all pairs of seeds: 1 where chance makes no difference."""

    group: Ints
    modularity: float
    stability: float


def communities(flows: Flows, resolution: float = 1.0, seed: int = 1, seeds: int = 5) -> Communities:
    """Communities of zones with more flow among them than chance would give; a greater resolution gives more of them.

    Seeds from `seed` on are tried. A zone without ties to another is a community by itself.
    """
    if resolution <= 0:
        raise ValueError(f"resolution {resolution:g}: expected above 0")
    if seeds < 1:
        raise ValueError(f"seeds {seeds}: expected 1 or more")
    if seed < 0:
        raise ValueError(f"seed {seed}: expected 0 or more")
    edges = _edges(flows)
    alone = np.arange(len(flows))
    if not edges:
        return Communities(group=alone, modularity=0.0, stability=1.0)
    # Loaded here, for whoever draws regions by another method.
    from graspologic_native import leiden  # type: ignore[import-untyped]  # It has no stubs.

    found: list[tuple[float, Ints]] = []
    for number in range(seed, seed + seeds):
        quality, parts = leiden(edges, resolution=resolution, iterations=2, seed=number)
        group = np.array([parts.get(str(place), -1 - place) for place in range(len(flows))])
        found.append((quality, _by_first(group)))
    agreement = [adjusted_rand(one, other) for (_, one), (_, other) in combinations(found, 2)]
    best = max(found, key=lambda one: one[0])
    return Communities(
        group=best[1], modularity=float(best[0]), stability=float(np.mean(agreement)) if agreement else 1.0
    )


def _edges(flows: Flows) -> list[tuple[str, str, float]]:
    """Both ways together, each pair once; what stays within a zone is no tie."""
    n = len(flows)
    origin = np.repeat(np.arange(n), np.diff(flows.out.start))
    target = flows.out.zone
    apart = origin != target
    keys = np.minimum(origin, target)[apart] * n + np.maximum(origin, target)[apart]
    pairs, place = np.unique(keys, return_inverse=True)
    sums = np.bincount(place, flows.out.amount[apart], len(pairs))
    rows, columns = np.divmod(pairs, max(n, 1))
    return [
        (str(one), str(other), amount)
        for one, other, amount in zip(rows.tolist(), columns.tolist(), sums.tolist(), strict=True)
    ]


def _by_first(group: Ints) -> Ints:
    _, first, place = np.unique(group, return_index=True, return_inverse=True)
    return first[place].astype(np.int64)

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""How far two partitions of the same zones agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class Agreement:
    """`ari` is 1 where the partitions are equal and about 0 where they agree by chance; `moved` names each zone
    that lies in another region after the regions of the second were paired with those of the first that they
    share most zones with."""

    ari: float
    moved: tuple[str, ...]
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]


def adjusted_rand(first: npt.ArrayLike, second: npt.ArrayLike) -> float:
    """The adjusted Rand index (Hubert and Arabie 1985, Comparing partitions, Journal of Classification 2)."""
    _, a = np.unique(np.asarray(first), return_inverse=True)
    _, b = np.unique(np.asarray(second), return_inverse=True)
    if len(a) != len(b):
        raise ValueError(f"{len(a)} zones in the first partition, {len(b)} in the second")
    if not len(a):
        return 1.0
    both = np.unique(a * (b.max() + 1) + b, return_counts=True)[1]
    pairs, of_a, of_b = (float((c * (c - 1) / 2).sum()) for c in (both, np.bincount(a), np.bincount(b)))
    by_chance = of_a * of_b / (len(a) * (len(a) - 1) / 2) if len(a) > 1 else of_a
    most = (of_a + of_b) / 2
    return 1.0 if most == by_chance else (pairs - by_chance) / (most - by_chance)


def compare(first: Mapping[str, str], second: Mapping[str, str]) -> Agreement:
    """Two partitions as zone: region. Zones of one only are named, and left out of the index."""
    zones = sorted(first.keys() & second.keys())
    shared: dict[tuple[str, str], int] = {}
    for zone in zones:
        pair = (second[zone], first[zone])
        shared[pair] = shared.get(pair, 0) + 1
    partner: dict[str, str] = {}
    taken: set[str] = set()
    for (region, other), _ in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        if region not in partner and other not in taken:
            partner[region] = other
            taken.add(other)
    return Agreement(
        ari=adjusted_rand([first[zone] for zone in zones], [second[zone] for zone in zones]),
        moved=tuple(zone for zone in zones if partner.get(second[zone]) != first[zone]),
        only_first=tuple(sorted(first.keys() - second.keys())),
        only_second=tuple(sorted(second.keys() - first.keys())),
    )

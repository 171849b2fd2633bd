# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Dorling's cartogram: each area a circle as large as its people, near where it is, and none over another.

Dorling, D. (1996), Area Cartograms: their Use and Creation, CATMOG 59. Needs no boundaries, only centres.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from mainport.region.rules.compiled import compiled

Floats = npt.NDArray[np.float64]

#: Kilometres of a degree of latitude, and of one of longitude at 53 degrees north.
_KM = (66.9, 111.3)
_GOLDEN_ANGLE = 2.399963


def kilometres(longitude: npt.ArrayLike, latitude: npt.ArrayLike) -> Floats:
    """Points in kilometres east and north of the first (n, 2), flat: within a country like ours that is right to 1 %.

    >>> kilometres([6.0, 7.0], [53.0, 53.0]).round(1).tolist()
    [[0.0, 0.0], [66.9, 0.0]]
    """
    points = np.column_stack([np.asarray(longitude, dtype=np.float64), np.asarray(latitude, dtype=np.float64)])
    return (points - points[0]) * _KM if len(points) else points


def dorling(points: Floats, people: npt.ArrayLike, *, cover: float = 0.35, rounds: int = 400) -> tuple[Floats, Floats]:
    """Centres (n, 2) and radii (n) of the circles, in the unit of `points` (n, 2).

    The circles together are `cover` of the rectangle around the points. In each round circles that overlap push
    each other away, the lighter one further, and all are drawn a little to where they belong; at the end they only
    push, until none overlaps by more than a thousandth of its radius or as many rounds again went by. Deterministic.
    """
    weights = np.maximum(np.asarray(people, dtype=np.float64), 1.0)
    if len(points) == 0:
        return points.copy(), weights
    extent = np.maximum(np.ptp(points, axis=0), 1e-9)
    radii = np.sqrt(weights / weights.sum() * cover * extent.prod() / np.pi)
    at = points.astype(np.float64).copy()
    for step in range(rounds):
        pull = 0.05 * (1 - step / rounds) ** 2  # At the end only overlap counts.
        at += (points - at) * pull
        at += _pushes(at, radii)
    for _step in range(rounds):
        pushes = _pushes(at, radii)
        if (np.abs(pushes).max(axis=1) <= 0.0005 * radii).all():
            break
        at += pushes
    return at, radii


@compiled
def _pushes(at: Floats, radii: Floats) -> Floats:
    """How far each circle is to go, away from those it overlaps with: the lighter one takes most of the push."""
    pushes = np.zeros_like(at)
    for one in range(len(at)):
        for other in range(one + 1, len(at)):
            least = radii[one] + radii[other]
            east, north = at[one, 0] - at[other, 0], at[one, 1] - at[other, 1]
            if abs(east) >= least or abs(north) >= least:
                continue
            distance = np.sqrt(east * east + north * north)
            if distance >= least:
                continue
            light, heavy = radii[other] / least, radii[one] / least
            if distance < 1e-9:  # Two at one point go apart along a direction of their own: no two are alike.
                turn, turned = one * _GOLDEN_ANGLE, other * _GOLDEN_ANGLE
                pushes[one, 0] += np.cos(turn) * least * light
                pushes[one, 1] += np.sin(turn) * least * light
                pushes[other, 0] += np.cos(turned) * least * heavy
                pushes[other, 1] += np.sin(turned) * least * heavy
                continue
            push = (least - distance) / distance
            pushes[one, 0] += east * push * light
            pushes[one, 1] += north * push * light
            pushes[other, 0] -= east * push * heavy
            pushes[other, 1] -= north * push * heavy
    return pushes * 0.5

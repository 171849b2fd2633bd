# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Dorling's cartogram: each area a circle as large as its people, near where it is, and none over another.

Dorling, D. (1996), Area Cartograms: their Use and Creation, CATMOG 59. Needs no boundaries, only centres.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

#: Kilometres of a degree of latitude, and of one of longitude at 53 degrees north.
_KM = (66.9, 111.3)


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
    heavy = radii[None, :] / (radii[:, None] + radii[None, :])  # The share of a push that the row's circle takes.
    least = radii[:, None] + radii[None, :]
    for step in range(rounds):
        pull = 0.05 * (1 - step / rounds) ** 2  # At the end only overlap counts.
        at += (points - at) * pull
        at += _pushes(at, least, heavy)
    for _step in range(rounds):
        pushes = _pushes(at, least, heavy)
        if (np.abs(pushes).max(axis=1) <= 0.0005 * radii).all():
            break
        at += pushes
    return at, radii


def _pushes(at: Floats, least: Floats, heavy: Floats) -> Floats:
    """How far each circle is to go, away from those it overlaps with."""
    apart = at[:, None, :] - at[None, :, :]
    distance = np.sqrt((apart**2).sum(axis=2))
    np.fill_diagonal(distance, np.inf)
    together = distance < 1e-9
    if together.any():  # Two at one point go apart along a direction of their own.
        turn = np.arange(len(at)) * 2.399963  # The golden angle: no two are alike.
        apart[together] = np.column_stack([np.cos(turn), np.sin(turn)])[np.nonzero(together)[0]]
        distance[together] = 1.0
    overlap = np.maximum(least - distance, 0)
    overlap[together] = least[together]
    pushes: Floats = (apart / distance[:, :, None] * (overlap * heavy)[:, :, None]).sum(axis=1)
    return pushes * 0.5

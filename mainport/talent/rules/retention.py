# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Shares with their uncertainty, and who was kept, gained and lost by a place."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist


@dataclass(frozen=True)
class Share:
    """A share with the interval in which it lies at the level asked for."""

    value: float
    low: float
    high: float


def wilson(count: float, of: float, level: float = 0.95) -> Share | None:
    """The share with Wilson's score interval (Wilson 1927; Brown, Cai & DasGupta 2001). None of nobody.

    Raises ValueError for a count below zero or over the whole.

    >>> share = wilson(81, 263)
    >>> round(share.low, 3), round(share.high, 3)
    (0.255, 0.366)
    """
    if not 0 <= count <= of:
        raise ValueError(f"{count:g} isn't a part of {of:g}")
    if of == 0:
        return None
    z = NormalDist().inv_cdf((1 + level) / 2)
    value = count / of
    middle = (value + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * math.sqrt(value * (1 - value) / of + z * z / (4 * of * of))
    # At nobody and everybody the bound is the share itself, but for the rounding of the machine.
    return Share(value, min(value, max(0.0, middle - half)), max(value, min(1.0, middle + half)))


@dataclass(frozen=True)
class Retention:
    """Graduates who grew up in a place: how many still, or again, live there, and how many came from elsewhere.

    `cohort` is everybody of those years who grew up there, graduate or not. None is what isn't known.
    """

    place: str
    graduates: float
    retained: float | None
    inward: float | None = None
    cohort: float | None = None
    name: str = ""

    def rate(self, level: float = 0.95) -> Share | None:
        """Who was kept, as a share of those who grew up there."""
        return None if self.retained is None else wilson(self.retained, self.graduates, level)

    @property
    def inward_rate(self) -> float | None:
        """Who came, for each of the cohort that grew up there (of the graduates where the cohort isn't known).

        It may exceed 1, so it's no share of anything and has no interval.
        """
        whole = self.graduates if self.cohort is None else self.cohort
        return None if self.inward is None or not whole else self.inward / whole

    @property
    def net_rate(self) -> float | None:
        """Who came less who isn't there any more, for each graduate who grew up there.

        As the ONS reckons: who isn't known to live there counts as gone.
        """
        if self.inward is None or self.retained is None or not self.graduates:
            return None
        return (self.inward - (self.graduates - self.retained)) / self.graduates


def total(rows: list[Retention], place: str = "total") -> Retention:
    """Of these places together how many were kept, each in its own place; places with a gap are left out."""
    known = [row for row in rows if row.retained is not None]
    return Retention(
        place, sum(row.graduates for row in known), sum(row.retained for row in known if row.retained is not None)
    )

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Key figures of Campus Groningen as others published them. Where two sources differ, both stand."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise


@dataclass(frozen=True)
class Figure:
    """What a source says: `qualifier` is '', approximately or more-than; `note` is about how it was read."""

    indicator: str
    year: int
    value: int
    unit: str
    qualifier: str
    source: str
    source_url: str
    note: str


@dataclass(frozen=True)
class Difference:
    """Figures of one indicator that don't go together: other values of one year, or one value of several years."""

    indicator: str
    figures: tuple[Figure, ...]
    same_year: bool


@cache
def published() -> tuple[Figure, ...]:
    """All figures, by indicator and year."""
    text = resources.files("mainport.region.data").joinpath("campus-figures.csv").read_text("utf-8")
    found = [
        Figure(
            indicator=row["indicator"],
            year=int(row["year"]),
            value=int(row["value"]),
            unit=row["unit"],
            qualifier=row["qualifier"],
            source=row["source"],
            source_url=row["source_url"],
            note=row["note"],
        )
        for row in csv.DictReader(text.splitlines())
    ]
    order = list(dict.fromkeys(one.indicator for one in found))
    return tuple(sorted(found, key=lambda one: (order.index(one.indicator), one.year)))


def differences(figures: Sequence[Figure]) -> list[Difference]:
    """Where sources say two things of a year, or say one thing of two years that follow each other.

    What is approximate, or only a least, doesn't differ from what fits in it.
    """
    found = []
    for indicator in dict.fromkeys(one.indicator for one in figures):
        of = [one for one in figures if one.indicator == indicator]
        for year in dict.fromkeys(one.year for one in of):
            told = tuple(one for one in of if one.year == year)
            if _differ(told):
                found.append(Difference(indicator, told, same_year=True))
        for value in dict.fromkeys(one.value for one in of if not one.qualifier):
            told = tuple(one for one in of if one.value == value and not one.qualifier)
            years = sorted({one.year for one in told})
            if any(later - earlier == 1 for earlier, later in pairwise(years)):
                found.append(Difference(indicator, told, same_year=False))
    return found


def _differ(told: Sequence[Figure]) -> bool:
    exact = {one.value for one in told if not one.qualifier}
    least = [one.value for one in told if one.qualifier == "more-than"]
    return len(exact) > 1 or any(value <= one for value in exact for one in least)

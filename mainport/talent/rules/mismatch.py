# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Graduates who stay against open jobs, by field and sector: where too many go, and where too few."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Side:
    """A sector: who comes to it from which field in a year, and the jobs that are open."""

    sector: str
    graduates: float
    vacancies: float
    by_field: Mapping[str, float]

    @property
    def balance(self) -> float:
        """Graduates too many; below zero, too few."""
        return self.graduates - self.vacancies

    @property
    def ratio(self) -> float | None:
        """Graduates for each open job."""
        return self.graduates / self.vacancies if self.vacancies else None


@dataclass(frozen=True)
class Mismatch:
    sectors: tuple[Side, ...]
    #: Graduates of fields of which isn't known to what sector they go.
    elsewhere: float
    #: The share of graduates who would have to go to another sector for all to have as many for each open job
    #: (the index of Duncan & Duncan 1955, as Jackman & Roper 1987 measure mismatch); None without either side.
    index: float | None


def mismatch(
    graduates: Mapping[str, float],
    retention: Mapping[str, float],
    goes: Mapping[str, Mapping[str, float]],
    vacancies: Mapping[str, float],
) -> Mismatch:
    """Graduates by field times the share that stays, to sectors as `goes` says (by field, the share to each).

    A field without retention isn't thinned out. Raises ValueError for numbers below zero, shares over 1, and a
    field that goes out over more than itself.
    """
    for name, numbers in (("graduates", graduates), ("vacancies", vacancies)):
        if wrong := [key for key, number in numbers.items() if not number >= 0]:
            raise ValueError(f"{name} of {wrong[0]}: {numbers[wrong[0]]:g} is below zero")
    for field, share in retention.items():
        if not 0 <= share <= 1:
            raise ValueError(f"retention of {field}: {share:g} isn't a share")
    comes: dict[str, dict[str, float]] = {sector: {} for sector in vacancies}
    elsewhere = 0.0
    for field, count in graduates.items():
        shares = goes.get(field, {})
        if any(not share >= 0 for share in shares.values()) or sum(shares.values()) > 1 + 1e-9:
            raise ValueError(f"{field} goes to sectors by {sum(shares.values()):g} of itself")
        stays = count * retention.get(field, 1.0)
        for sector, share in shares.items():
            comes.setdefault(sector, {})[field] = stays * share
        elsewhere += stays * max(0.0, 1 - sum(shares.values()))
    sides = tuple(
        Side(sector, sum(by_field.values()), vacancies.get(sector, 0.0), by_field) for sector, by_field in comes.items()
    )
    return Mismatch(sides, elsewhere, _index(sides))


def _index(sides: tuple[Side, ...]) -> float | None:
    people, jobs = sum(side.graduates for side in sides), sum(side.vacancies for side in sides)
    if not people or not jobs:
        return None
    return sum(abs(side.graduates / people - side.vacancies / jobs) for side in sides) / 2

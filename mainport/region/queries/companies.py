# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Young companies, with what is known of their years."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from mainport.region.models import Company
from mainport.region.rules.companies import One, Year


@dataclass(frozen=True)
class Choices:
    """What companies can be chosen by: sectors, and codes of municipalities."""

    sectors: tuple[str, ...]
    municipalities: tuple[str, ...]


def companies(*, sector: str = "", municipality: str = "") -> QuerySet[Company]:
    """Companies with their years, by name. Two queries."""
    found = Company.objects.prefetch_related("years").order_by("name", "key")
    if sector:
        found = found.filter(sector=sector)
    if municipality:
        found = found.filter(municipality=municipality)
    return found


def choices() -> Choices:
    """By what there is to choose. Two queries."""

    def of(column: str) -> tuple[str, ...]:
        found = Company.objects.exclude(**{column: ""}).order_by(column).values_list(column, flat=True)
        return tuple(found.distinct())

    return Choices(of("sector"), of("municipality"))


def as_rules(found: Iterable[Company]) -> list[One]:
    """The same as the rules take them."""
    return [
        One(
            company.key,
            company.founded,
            company.closed,
            tuple(Year(row.year, row.jobs, row.funding) for row in company.years.all()),
        )
        for company in found
    ]

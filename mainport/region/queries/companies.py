# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Young companies, with what is known of their years, and the imports that they came in by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from mainport.region.models import Company, CompanyImport, CompanyYear
from mainport.region.rules.companies import One, Year


@dataclass(frozen=True)
class Listed:
    """A company as far as figures and choices need it. `public` tells whether everybody may see it by itself;
    `sources` are those of its years, in their order."""

    pk: int
    one: One
    sector: str
    municipality: str
    public: bool
    demo: bool
    sources: tuple[str, ...]


def listed() -> list[Listed]:
    """All companies with their years, by name. Two queries, and no object of a model."""
    years: dict[int, list[Year]] = {}
    sources: dict[int, list[str]] = {}
    rows = CompanyYear.objects.order_by("company_id", "year")
    for company, year, jobs, funding, source in rows.values_list("company_id", "year", "jobs", "funding", "source"):
        years.setdefault(company, []).append(Year(year, jobs, funding))
        sources.setdefault(company, []).append(source)
    found = Company.objects.order_by("name", "key").values_list(
        "pk", "key", "founded", "closed", "sector", "municipality", "public", "demo"
    )
    return [
        Listed(
            pk,
            One(key, founded, closed, tuple(years.get(pk, ()))),
            sector,
            municipality,
            public,
            demo,
            tuple(sources.get(pk, ())),
        )
        for pk, key, founded, closed, sector, municipality, public, demo in found
    ]


#: What is told of a company beside its years.
_TOLD = ("key", "name", "kvk", "town", "municipality", "sector", "founded", "closed", "website", "demo", "public")


def told(found: Sequence[Listed]) -> list[dict[str, Any]]:
    """What is known of these companies, in this order, with their other names. One query."""
    keys = [one.pk for one in found]
    # All at once where there are many: a database takes so many parameters and no more.
    rows = Company.objects.filter(pk__in=keys) if len(keys) <= 500 else Company.objects.all()
    by_key = {row.pop("pk"): row for row in rows.order_by().values("pk", "names", *_TOLD)}
    return [by_key[pk] for pk in keys if pk in by_key]


def imports() -> QuerySet[CompanyImport]:
    """All imports, the newest first, with how many companies are of each; without what they changed."""
    return (
        CompanyImport.objects.annotate(count=Count("companies"))
        .select_related("of")
        .defer("journal", "of__journal", "of__unclear")
        .order_by("-pk")
    )


def sources_of(found: Sequence[Listed]) -> list[str]:
    """What the years of these companies come from; or else the imports."""
    named = sorted({source for one in found for source in one.sources} - {""})
    if named:
        return named
    rows = CompanyImport.objects.filter(undone_at__isnull=True, demo__in={one.demo for one in found})
    return sorted(set(rows.values_list("source", flat=True)))


def find_import(number: int) -> CompanyImport | None:
    return CompanyImport.objects.defer("journal").filter(pk=number).first()

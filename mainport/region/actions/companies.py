# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Young companies come in out of a file: all of it or nothing, but for rows of which it isn't clear whose they are."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from mainport.core.actions import record
from mainport.core.rules.permissions import Actor, Permission, require
from mainport.region.feeds.companies_file import read
from mainport.region.feeds.faults import Fault, refuse
from mainport.region.models import Company, CompanyImport, CompanyYear
from mainport.region.rules.companies import Entry, Known, Match, Reason, YearIn, normal, resolve

#: What is taken from a file where it says something; the rest stays as it was.
_TAKEN = ("kvk", "town", "municipality", "sector", "website", "founded", "closed")
#: What an import can change of a company.
STATE = (*_TAKEN, "names", "sources", "public")
#: Words that stand in addresses where a key could.
_RESERVED = ("add", "toevoegen", "imports", "aanleveringen")
#: So many rows that nobody can place are kept in the ledger of who did what.
_MOST_TOLD = 50


@dataclass(frozen=True)
class Change:
    """What a file says otherwise than what was known of a company."""

    company: str
    field: str
    old: str
    new: str


@dataclass(frozen=True)
class Report:
    """What became of each row of a file. `stored` is false where somebody only looked."""

    file: str
    shape: str
    sha256: str
    matches: tuple[Match, ...]
    changes: tuple[Change, ...]
    notes: tuple[str, ...]
    new: int
    known: int
    years: int
    stored: bool
    rows_public: bool
    key: int | None = None  # Of the import, where it was stored.

    @property
    def ambiguous(self) -> list[Match]:
        return [match for match in self.matches if match.reason is Reason.AMBIGUOUS]

    @property
    def reasons(self) -> Mapping[str, int]:
        """How many rows were placed for which reason."""
        return Counter(str(match.reason) for match in self.matches)


@dataclass
class _Folded:
    """All that a file says of one company. `rows` tells where it said so."""

    name: str
    key: str = ""
    said: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    years: dict[int, YearIn] = field(default_factory=dict)
    seen: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Terms:
    """Under what a file came in: `rows_public` tells whether everybody may see single companies of it."""

    source: str
    licence: str = ""
    rows_public: bool | None = None  # None is as the source mostly allows: not for Dealroom.


class Unlicensed(ValueError):
    """Single companies are to be public, though their source doesn't allow it as far as is told."""


#: Which licence an export of Dealroom has, where nobody says otherwise.
DEALROOM = "Dealroom's terms of use: totals only"


def put_file(*, by: Actor, body: bytes, name: str, terms: Terms, demo: bool = False, look: bool = False) -> Report:
    """Store the companies of a file, or only `look` at what would become of each row.

    A company that is there gets what the file says of it, and keeps what the file says nothing of. Rows that may be
    about several companies are kept with the import until somebody places them. Raises Refused with every fault,
    NotAllowed, and Unlicensed for single companies of Dealroom that are to be public without a licence that says so;
    then nothing is stored. Invented companies are matched with invented ones only.
    """
    require(by, Permission.MANAGE_REGION)
    found = read(body, name=name)
    dealroom = found.shape == "dealroom"
    if dealroom and terms.rows_public and not terms.licence:
        raise Unlicensed("single companies of Dealroom may be public only where a licence says so: expected --licence")
    rows_public = not dealroom if terms.rows_public is None else terms.rows_public
    with transaction.atomic():
        there = {one.key: one for one in Company.objects.filter(demo=demo)}
        matches = resolve(
            found.entries,
            [Known(one.key, one.name, one.kvk, one.town, tuple(one.names)) for one in there.values()],
        )
        folded = _fold(matches, name)
        changes = _changes(folded, there, name)
        report = Report(
            file=name,
            shape=found.shape,
            sha256=hashlib.sha256(body).hexdigest(),
            matches=tuple(matches),
            changes=tuple(changes),
            notes=found.notes,
            new=sum(not one.key for one in folded),
            known=sum(bool(one.key) for one in folded),
            years=sum(len(one.years) for one in folded),
            stored=not look,
            rows_public=rows_public,
        )
        if look:
            return report
        kept = CompanyImport.objects.create(
            file=name[:200],
            shape=found.shape,
            source=terms.source[:300],
            licence=(terms.licence or (DEALROOM if dealroom else ""))[:300],
            rows_public=rows_public,
            sha256=report.sha256,
            new=report.new,
            known=report.known,
            years=report.years,
            demo=demo,
            by_id=by.person_id,
            by_name=by.name,
            at=timezone.now(),
        )
        keys = _store(folded, there, kept)
        kept.unclear = [_unclear(match, keys) for match in report.ambiguous]
        kept.save(update_fields=["journal", "unclear"])
        _record(by, report, kept)
    return replace(report, key=kept.pk)


def _record(by: Actor, report: Report, kept: CompanyImport) -> None:
    record(
        by=by,
        action="companies.put",
        subject=f"companies:{kept.pk}",
        file=report.file,
        source=kept.source,
        licence=kept.licence,
        rows_public=kept.rows_public,
        sha256=report.sha256,
        new=report.new,
        known=report.known,
        years=report.years,
        rows=dict(report.reasons),
        changes=[[one.company, one.field, one.old, one.new] for one in report.changes[:_MOST_TOLD]],
        ambiguous=[[one.entry.row, one.entry.name, list(one.candidates)] for one in report.ambiguous[:_MOST_TOLD]],
    )


def _unclear(match: Match, keys: Mapping[int, str]) -> dict[str, Any]:
    """A row that nobody could place, as it is kept: with the keys of what it may be."""
    entry = match.entry
    told = {name: getattr(entry, name) for name in Entry.__dataclass_fields__ if name not in ("names", "years")}
    years = [[one.year, one.jobs, None if one.funding is None else str(one.funding)] for one in entry.years]
    return {
        "entry": told | {"names": list(entry.names), "years": years},
        "maybe": sorted({one if isinstance(one, str) else keys[one] for one in match.maybe}),
        "told": match.told,
        "placed": None,  # The key of a company, or "" for none; with who did it.
    }


def entry_of(unclear: Mapping[str, Any]) -> Entry:
    """The row again, out of how it is kept."""
    told = dict(unclear["entry"])
    years = tuple(
        YearIn(year, jobs, None if funding is None else Decimal(funding)) for year, jobs, funding in told.pop("years")
    )
    return Entry(**{**told, "names": tuple(told["names"])}, years=years)


def put_matches(*, matches: Sequence[Match], kept: CompanyImport) -> tuple[int, int, int]:
    """Store rows of which it is known whose they are, with an import that is there; how many companies are new, how
    many were known, and how many years. Raises Refused where they can't be true with what is known."""
    there = {one.key: one for one in Company.objects.filter(demo=kept.demo)}
    folded = _fold(matches, kept.file)
    _changes(folded, there, kept.file)
    _store(folded, there, kept)
    new = sum(not one.key for one in folded)
    return new, len(folded) - new, sum(len(one.years) for one in folded)


def _fold(matches: Sequence[Match], file: str) -> list[_Folded]:
    """By company what the rows say together. Raises Refused where they say two things."""
    found: dict[tuple[str, int], _Folded] = {}
    faults: list[Fault] = []
    for match in matches:
        if match.reason is Reason.AMBIGUOUS:
            continue
        entry = match.entry
        one = found.setdefault((match.key, 0 if match.key else match.first), _Folded(entry.name, match.key))
        for column in _TAKEN:
            value = getattr(entry, column)
            if value in ("", None):
                continue
            if column in ("founded", "closed", "kvk") and one.said.get(column, value) != value:
                expected = f"{one.said[column]}, as in row {one.rows[column]} of the same company"
                faults.append(Fault(file, entry.row, column, str(value), expected))
            one.said[column] = value
            one.rows[column] = entry.row
        one.names += [other for other in (entry.name, *entry.names) if other not in one.names]
        one.seen.append((entry.row, entry.url))
        for year in entry.years:
            if year.year in one.years:
                faults.append(Fault(file, entry.row, "year", f"{year.year} of {entry.name} again", "each year once"))
            one.years[year.year] = year
    refuse(faults)
    return list(found.values())


def _changes(folded: Iterable[_Folded], there: Mapping[str, Company], file: str) -> list[Change]:
    """What a file says otherwise than what is known. Raises Refused where both can't be true together."""
    changes, faults = [], list[Fault]()
    for one in folded:
        known = there.get(one.key)
        if known is None:
            continue
        for column, value in one.said.items():
            old = getattr(known, column)
            if old not in ("", None, value):
                changes.append(Change(known.key, column, str(old), str(value)))
        founded = one.said.get("founded", known.founded)
        closed = one.said.get("closed", known.closed)
        if founded is not None and closed is not None and closed < founded:
            row = one.rows.get("closed") or one.rows["founded"]
            found = f"founded {founded}, closed {closed}, together with what is known of {known.name}"
            faults.append(Fault(file, row, "closed", found, "a year of closing that isn't before that of founding"))
    refuse(faults)
    return changes


def _store(folded: Sequence[_Folded], there: Mapping[str, Company], kept: CompanyImport) -> dict[int, str]:
    """Companies and their years, with what they were before in the journal of the import. The keys of companies by the
    row that first named them."""
    now = kept.at.isoformat(timespec="seconds")
    taken = {*_RESERVED, *Company.objects.values_list("key", flat=True)}
    companies: list[Company] = []
    before: list[dict[str, Any] | None] = []
    for one in folded:
        company = there.get(one.key)
        before.append(None if company is None else state(company))
        if company is None:
            company = Company(key=_free(one, taken), name=one.name, demo=kept.demo)
        for column, value in one.said.items():
            setattr(company, column, value)
        known = {normal(name) for name in (company.name, *company.names)}
        company.names = company.names + [name for name in one.names if normal(name) not in known]
        places = {(place["file"], place["row"]) for place in company.sources}
        company.sources = company.sources + [
            {"file": kept.file, "row": row, "at": now, **({"url": url} if url else {})}
            for row, url in one.seen
            if (kept.file, row) not in places
        ]
        company.public = company.public and kept.rows_public
        companies.append(company)
    pairs = list(zip(companies, before, strict=True))
    Company.objects.bulk_create([one for one, was in pairs if was is None], batch_size=500)
    changed = [one for one, was in pairs if was is not None]
    Company.objects.bulk_update(changed, [*_TAKEN, "names", "sources", "public"], batch_size=200)
    link = Company.imports.through
    link.objects.bulk_create(
        [link(company_id=one.pk, companyimport_id=kept.pk) for one in companies], batch_size=500, ignore_conflicts=True
    )
    years = _store_years(list(zip(companies, folded, strict=True)), kept.source)
    kept.journal = [
        {"key": one.key, "before": was, "after": state(one), "years": years.get(one.pk, [])} for one, was in pairs
    ]
    return {one.seen[0][0]: company.key for one, company in zip(folded, companies, strict=True)}


def state(company: Company) -> dict[str, Any]:
    """What an import can change of a company, as the journal keeps it."""
    return {name: getattr(company, name) for name in STATE}


def year_state(year: CompanyYear) -> list[Any]:
    """The same of one of its years."""
    return [year.jobs, None if year.funding is None else f"{year.funding:.2f}", year.source]


def _store_years(pairs: Sequence[tuple[Company, _Folded]], source: str) -> dict[int, list[list[Any]]]:
    """What a file doesn't know of a year stays as it was. By company each year with what it was and is."""
    told = {(company.pk, year.year): year for company, one in pairs for year in one.years.values()}
    ids = sorted({pk for pk, _year in told})
    old = {}
    for start in range(0, len(ids), 500):
        for row in CompanyYear.objects.filter(company_id__in=ids[start : start + 500]):
            old[row.company_id, row.year] = row
    rows, journal = [], dict[int, list[list[Any]]]()
    for (pk, year), one in told.items():
        known = old.get((pk, year))
        if known is not None:
            one = replace(
                one,
                jobs=known.jobs if one.jobs is None else one.jobs,
                funding=known.funding if one.funding is None else one.funding,
            )
        row = CompanyYear(company_id=pk, year=year, jobs=one.jobs, funding=one.funding, source=source[:300])
        rows.append(row)
        journal.setdefault(pk, []).append([year, None if known is None else year_state(known), year_state(row)])
    CompanyYear.objects.bulk_create(
        rows,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["company", "year"],
        update_fields=["jobs", "funding", "source"],
    )
    return journal


def _free(one: _Folded, taken: set[str]) -> str:
    """A key out of the name that nobody has yet."""
    stem = slugify(normal(one.name))[:100] or "company"
    key, number = stem, 1
    while key in taken:
        number += 1
        key = f"{stem}-{number}"
    taken.add(key)
    return key

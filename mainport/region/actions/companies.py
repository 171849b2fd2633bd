# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Young companies come in out of a file: all of it or nothing, but for rows of which it isn't clear whose they are."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from mainport.core.actions import record
from mainport.core.rules.permissions import Actor, Permission, require
from mainport.region.feeds.companies_file import read
from mainport.region.feeds.flows_file import MOST_FAULTS, Fault, Refused
from mainport.region.models import Company, CompanyYear
from mainport.region.rules.companies import Known, Match, Reason, YearIn, normal, resolve

#: What is taken from a file where it says something; the rest stays as it was.
_TAKEN = ("kvk", "town", "municipality", "sector", "website", "founded", "closed")
#: Words that stand in addresses where a key could.
_RESERVED = ("add", "toevoegen")
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


def put_file(*, by: Actor, body: bytes, name: str, source: str, demo: bool = False, look: bool = False) -> Report:
    """Store the companies of a file, or only `look` at what would become of each row.

    A company that is there gets what the file says of it, and keeps what the file says nothing of. Rows that may be
    about several companies are left out and told. Raises Refused with every fault, and NotAllowed; then nothing is
    stored. Invented companies are matched with invented ones only.
    """
    require(by, Permission.MANAGE_REGION)
    found = read(body, name=name)
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
        )
        if not look:
            _store(folded, there, file=name, source=source, demo=demo)
            _record(by, report, source)
    return report


def _record(by: Actor, report: Report, source: str) -> None:
    record(
        by=by,
        action="companies.put",
        subject=f"companies:{report.sha256[:16]}",
        file=report.file,
        source=source,
        sha256=report.sha256,
        new=report.new,
        known=report.known,
        years=report.years,
        rows=dict(report.reasons),
        changes=[[one.company, one.field, one.old, one.new] for one in report.changes[:_MOST_TOLD]],
        ambiguous=[[one.entry.row, one.entry.name, list(one.candidates)] for one in report.ambiguous[:_MOST_TOLD]],
    )


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
    _refuse(faults)
    return list(found.values())


def _refuse(faults: Sequence[Fault]) -> None:
    if faults:
        raise Refused(faults[:MOST_FAULTS], max(len(faults) - MOST_FAULTS, 0))


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
    _refuse(faults)
    return changes


def _store(folded: Sequence[_Folded], there: Mapping[str, Company], *, file: str, source: str, demo: bool) -> None:
    now = timezone.now().isoformat(timespec="seconds")
    taken = {*_RESERVED, *Company.objects.values_list("key", flat=True)}
    new: list[Company] = []
    companies: list[Company] = []
    for one in folded:
        company = there.get(one.key)
        if company is None:
            company = Company(key=_free(one, taken), name=one.name, demo=demo)
            new.append(company)
        for column, value in one.said.items():
            setattr(company, column, value)
        known = {normal(name) for name in (company.name, *company.names)}
        company.names += [name for name in one.names if normal(name) not in known]
        places = {(place["file"], place["row"]) for place in company.sources}
        company.sources += [
            {"file": file, "row": row, "at": now, **({"url": url} if url else {})}
            for row, url in one.seen
            if (file, row) not in places
        ]
        companies.append(company)
    Company.objects.bulk_create(new, batch_size=500)
    old = [company for company in companies if company.key in there]
    Company.objects.bulk_update(old, [*_TAKEN, "names", "sources"], batch_size=200)
    _store_years(zip(companies, folded, strict=True), source)


def _store_years(pairs: Iterable[tuple[Company, _Folded]], source: str) -> None:
    """What a file doesn't know of a year stays as it was."""
    told = {(company.pk, year.year): year for company, one in pairs for year in one.years.values()}
    ids = sorted({pk for pk, _year in told})
    old = {}
    for start in range(0, len(ids), 500):
        for row in CompanyYear.objects.filter(company_id__in=ids[start : start + 500]):
            old[row.company_id, row.year] = row
    rows = []
    for (pk, year), one in told.items():
        known = old.get((pk, year))
        if known is not None:
            one = replace(
                one,
                jobs=known.jobs if one.jobs is None else one.jobs,
                funding=known.funding if one.funding is None else one.funding,
            )
        rows.append(CompanyYear(company_id=pk, year=year, jobs=one.jobs, funding=one.funding, source=source[:300]))
    CompanyYear.objects.bulk_create(
        rows,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["company", "year"],
        update_fields=["jobs", "funding", "source"],
    )


def _free(one: _Folded, taken: set[str]) -> str:
    """A key out of the name that nobody has yet."""
    stem = slugify(normal(one.name))[:100] or "company"
    key, number = stem, 1
    while key in taken:
        number += 1
        key = f"{stem}-{number}"
    taken.add(key)
    return key

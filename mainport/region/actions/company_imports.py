# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What becomes of an import of companies: it is taken back, or somebody places its rows that weren't clear."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils import timezone

from mainport.core.actions import record
from mainport.core.rules.permissions import Actor, Permission, require
from mainport.region.actions.companies import STATE, entry_of, put_matches, state, year_state
from mainport.region.models import Company, CompanyImport, CompanyYear
from mainport.region.rules.companies import Match, Reason, normal, town_of

#: So many companies are named where something depends on an import.
_MOST_NAMED = 5
#: Where a row is placed: with a new company, or with none.
NEW, NONE = "new", "none"


class Cause(StrEnum):
    """Why an import can't be taken back."""

    UNDONE = "undone"
    LATER = "later"
    CHANGED = "changed"


_SAID = {
    Cause.UNDONE: "it was taken back already",
    Cause.LATER: "later imports rest on it: take back first import {}",
    Cause.CHANGED: "changed since then: {}",
}


class Depends(ValueError):
    """An import that can't be taken back, since later changes rest on it: `names` are those imports, or companies that
    are no longer as it left them."""

    def __init__(self, cause: Cause, names: Sequence[str] = ()) -> None:
        self.cause, self.names = cause, tuple(names)
        shown = ", ".join(names[:_MOST_NAMED]) + (f" and {len(names) - _MOST_NAMED} more" * (len(names) > _MOST_NAMED))
        super().__init__(_SAID[cause].format(shown))


class Misplaced(ValueError):
    """A row that can't be placed there."""


@transaction.atomic
def undo(*, by: Actor, kept: CompanyImport) -> None:
    """Take back exactly what an import brought: new companies go, others are what they were before.

    Raises Depends, with what does, where companies of it were changed since; and NotAllowed. Then nothing changes.
    """
    require(by, Permission.MANAGE_REGION)
    kept = CompanyImport.objects.select_for_update().get(pk=kept.pk)
    if kept.undone_at is not None:
        raise Depends(Cause.UNDONE)
    there = _by_key([one["key"] for one in kept.journal])
    later = _later(kept) | set(kept.placed.filter(undone_at__isnull=True).values_list("pk", flat=True))
    if later:
        raise Depends(Cause.LATER, [str(one) for one in sorted(later, reverse=True)])
    changed = [one["key"] for one in kept.journal if not _is_as_left(one, there.get(one["key"]))]
    if changed:
        raise Depends(Cause.CHANGED, changed)
    _restore(kept.journal, there)
    if kept.of is not None:
        kept.of.unclear = [
            one | {"placed": None} if (one["placed"] or {}).get("import") == kept.pk else one for one in kept.of.unclear
        ]
        kept.of.save(update_fields=["unclear"])
    Company.imports.through.objects.filter(companyimport_id=kept.pk).delete()
    kept.undone_at, kept.undone_by_name = timezone.now(), by.name
    kept.save(update_fields=["undone_at", "undone_by_name"])
    record(by=by, action="companies.undo", subject=f"companies:{kept.pk}", file=kept.file, companies=len(there))


def _by_key(keys: Sequence[str]) -> dict[str, Company]:
    found: dict[str, Company] = {}
    for start in range(0, len(keys), 500):
        rows = Company.objects.filter(key__in=keys[start : start + 500]).prefetch_related("years")
        found |= {one.key: one for one in rows}
    return found


def _later(kept: CompanyImport) -> set[int]:
    """Imports after this one that speak of a company of it."""
    link = Company.imports.through
    own = link.objects.filter(companyimport_id=kept.pk).values("company_id")
    return set(
        link.objects.filter(company_id__in=own, companyimport_id__gt=kept.pk).values_list("companyimport_id", flat=True)
    )


def _is_as_left(one: Mapping[str, Any], company: Company | None) -> bool:
    """Whether a company, with the years that the import told of, is as the import left it."""
    if company is None or state(company) != one["after"]:
        return False
    years = {row.year: year_state(row) for row in company.years.all()}
    if one["before"] is None and years.keys() != {year for year, _was, _is in one["years"]}:
        return False
    return all(years.get(year) == after for year, _was, after in one["years"])


def _restore(journal: Sequence[Mapping[str, Any]], there: Mapping[str, Company]) -> None:
    gone, changed, years, ended = [], [], [], []
    for one in journal:
        company = there[one["key"]]
        if one["before"] is None:
            gone.append(company.pk)
            continue
        for name in STATE:
            setattr(company, name, one["before"][name])
        changed.append(company)
        rows = {row.year: row for row in company.years.all()}
        for year, before, _after in one["years"]:
            if before is None:
                ended.append(rows[year].pk)
                continue
            row = rows[year]
            row.jobs, funding, row.source = before
            row.funding = None if funding is None else Decimal(funding)
            years.append(row)
    for model, found in ((CompanyYear, ended), (Company, gone)):
        for start in range(0, len(found), 500):
            model._default_manager.filter(pk__in=found[start : start + 500]).delete()
    Company.objects.bulk_update(changed, list(STATE), batch_size=200)
    CompanyYear.objects.bulk_update(years, ["jobs", "funding", "source"], batch_size=500)


@transaction.atomic
def place(*, by: Actor, kept: CompanyImport, row: int, where: str) -> CompanyImport | None:
    """Tell of a row that wasn't clear whose it is: the key of a company, `new`, or `none` to leave it out.

    Rows of the same name, town and number go with it. What it changes is an import of its own, that can be taken back.
    Raises Misplaced for a row or company that isn't there, Refused where what it says can't be, and NotAllowed.
    """
    require(by, Permission.MANAGE_REGION)
    kept = CompanyImport.objects.select_for_update().get(pk=kept.pk)
    waiting = [one for one in kept.unclear if one["placed"] is None] if kept.undone_at is None else []
    asked = next((one for one in waiting if one["entry"]["row"] == row), None)
    if asked is None:
        raise Misplaced(f"row {row}: no row that waits to be placed in import {kept.pk}")
    if where not in (NEW, NONE) and not Company.objects.filter(key=where, demo=kept.demo).exists():
        raise Misplaced(f"company {where}: not known; expected one of {', '.join(asked['maybe'])}, {NEW} or {NONE}")
    alike = [one for one in waiting if _who(one) == _who(asked)]
    rows = [one["entry"]["row"] for one in alike]
    made = None
    if where != NONE:
        made = _placed(by, kept, alike, where)
    told = {"where": where, "by": by.name, "import": made.pk if made else None}
    kept.unclear = [one | {"placed": told} if one in alike else one for one in kept.unclear]
    kept.save(update_fields=["unclear"])
    record(by=by, action="companies.place", subject=f"companies:{kept.pk}", rows=rows, where=where)
    return made


def _who(unclear: Mapping[str, Any]) -> tuple[str, str, str]:
    entry = unclear["entry"]
    return normal(entry["name"]), town_of(entry["town"]), entry["kvk"]


def _placed(by: Actor, kept: CompanyImport, alike: Sequence[Mapping[str, Any]], where: str) -> CompanyImport:
    made = CompanyImport.objects.create(
        file=kept.file,
        shape=kept.shape,
        source=kept.source,
        licence=kept.licence,
        rows_public=kept.rows_public,
        sha256=kept.sha256,
        of=kept,
        demo=kept.demo,
        by_id=by.person_id,
        by_name=by.name,
        at=timezone.now(),
    )
    entries = [entry_of(one) for one in alike]
    matches = [
        Match(entry, Reason.NEW, first=entries[0].row)
        if where == NEW
        else Match(entry, Reason.NAME_AND_TOWN, key=where, candidates=(where,))
        for entry in entries
    ]
    made.new, made.known, made.years = put_matches(matches=matches, kept=made)
    made.save(update_fields=["journal", "new", "known", "years"])
    return made

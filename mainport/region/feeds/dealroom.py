# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Companies as Dealroom exports them: a row a company, several values in a cell with semicolons between.

Headings stand below rows that tell what was asked. Amounts are in millions; n/a is not known. Columns as they were
called in exports of 2021 to 2026; capitals differ.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from mainport.region.rules.companies import Entry, YearIn

if TYPE_CHECKING:
    from mainport.region.feeds.companies_file import Cells

#: Our columns, by what Dealroom calls them (as rules.companies.matching.plain writes it).
COLUMNS: dict[str, tuple[str, ...]] = {
    "name": ("name",),
    "url": ("profile url", "dealroom url"),
    "website": ("website",),
    "town": ("hq city",),
    "country": ("hq country",),
    "founded": ("launch year", "launch date"),
    "founded_day": ("launch date",),
    "closed": ("closing year", "closing date"),
    "closed_day": ("closing date",),
    "industries": ("industries",),
    "status": ("company status",),
    "kvk": ("trade register number",),
    "register_name": ("trade register name",),
    "total": ("total funding eur m",),
    "amounts": ("each round amount",),
    "currencies": ("each round currency",),
    "dates": ("each round date",),
}
#: By one of these an export is known.
_MARKS = {"profile url", "dealroom url", "hq city", "total funding eur m"}
_MISSING = {"", "n/a", "na", "null", "none", "-"}
_HOME = {"netherlands", "the netherlands", "nederland", "nl"}
_AMOUNT = re.compile(r"\d{1,6}(\.\d{1,9})?|\d{1,3},\d{3}(\.\d{1,9})?")
_EMPLOYEES = re.compile(r"employees( \d{4})+$")


def is_head(headings: set[str]) -> bool:
    return bool(headings & _MARKS)


def columns(there: Mapping[str, str]) -> dict[str, str]:
    """What the file calls our columns."""
    found = {
        column: next(there[one] for one in names if one in there)
        for column, names in COLUMNS.items()
        if any(one in there for one in names)
    }
    jobs = next((heading for one, heading in there.items() if _EMPLOYEES.match(one)), None)
    return found | ({"jobs": jobs} if jobs else {})


def entry(cells: Cells, notes: list[str]) -> Entry:
    """A row of the export; `notes` gets what of it isn't taken in."""
    from mainport.region.feeds.companies_file import check_years, municipality_of

    for column in list(cells.values):
        if isinstance(cells.values[column], str) and cells.values[column].strip().lower() in _MISSING:
            cells.values = {**cells.values, column: ""}
    name = cells.text("name")
    if not name:
        cells.wrong("name", "nothing", "the name of a company")
    town = cells.text("town", 100)
    at_home = not cells.text("country") or cells.text("country").lower() in _HOME
    # A town that is called as one municipality alone lies in it; of other towns it isn't known.
    municipality = municipality_of(town)[0] if town and at_home else ""
    closed = _year(cells, "closed", "closed_day")
    if closed is None and cells.text("status").lower() in ("closed", "bankrupt", "dissolved"):
        cells.wrong("closed", f"nothing, of a company that is {cells.text('status').lower()}", "the year it closed")
    registered = cells.text("register_name")
    found = Entry(
        row=cells.row,
        name=name,
        kvk=_kvk(cells, notes) if at_home else "",
        town=town,
        municipality=municipality,
        sector=re.split(r"[;,]", cells.text("industries", 2000))[0].strip()[:100],
        website=cells.text("website", 300),
        founded=_year(cells, "founded", "founded_day"),
        closed=closed,
        names=(registered,) if registered and registered != name else (),
        years=_years(cells, notes),
        url=cells.text("url", 300),
    )
    check_years(cells, found)
    return found


def _year(cells: Cells, column: str, day: str) -> int | None:
    """By the year, else by the date."""
    return cells.year(column if cells.text(column) else day)


def _kvk(cells: Cells, notes: list[str]) -> str:
    written = re.sub(r"[\s.]", "", cells.text("kvk"))
    if re.fullmatch(r"\d{8}", written):
        return written
    if written:
        notes.append(f"row {cells.row}: trade register number '{written}' isn't one of KvK (8 digits), and is left out")
    return ""


def _years(cells: Cells, notes: list[str]) -> tuple[YearIn, ...]:
    jobs, funding = _jobs(cells), _funding(cells, notes)
    return tuple(YearIn(year, jobs.get(year), funding.get(year)) for year in sorted({*jobs, *funding}))


def _jobs(cells: Cells) -> dict[int, int]:
    """By year: `2016: 5;2017: 8`, or a number for each year of the heading."""
    written = cells.text("jobs", 2000)
    if not written:
        return {}
    years = [int(year) for year in re.findall(r"\d{4}", cells.columns["jobs"])]
    parts = [part.strip() for part in written.split(";")]
    if ":" in written:
        pairs = [tuple(one.strip() for one in part.partition(":")[::2]) for part in parts if part]
    elif len(parts) == len(years):
        pairs = [(str(year), part) for year, part in zip(years, parts, strict=True)]
    else:
        cells.wrong("jobs", f"{len(parts)} numbers", f"{len(years)}, one for each year of the heading")
        return {}
    found: dict[int, int] = {}
    for year, number in pairs:
        if number.lower() in _MISSING:
            continue
        if not re.fullmatch(r"\d{4}", year) or not re.fullmatch(r"\d{1,6}", number):
            cells.wrong("jobs", f"'{year}: {number}'"[:80], "a year with a whole number")
            continue
        if int(year) <= cells.this_year:  # Later ones are expectations.
            found[int(year)] = int(number)
    return found


def _funding(cells: Cells, notes: list[str]) -> dict[int, Decimal]:
    """Euros by year, out of the rounds. A year with a round in another currency, or of unknown size, isn't known."""
    from mainport.region.feeds.companies_file import year_in

    parts = {column: _parts(cells.text(column, 4000)) for column in ("amounts", "currencies", "dates")}
    rounds = max(map(len, parts.values()))
    found: dict[int, Decimal] = {}
    unknown: set[int] = set()
    loose = 0
    for at in range(rounds):
        amount, currency, day = (parts[name][at] if at < len(parts[name]) else "" for name in parts)
        year = year_in(day)
        if year is None or year > cells.this_year:
            loose += 1
            continue
        euros = _millions(cells, amount)
        if euros is None or currency.upper() not in ("EUR", "€"):
            unknown.add(year)
            continue
        found[year] = found.get(year, Decimal(0)) + euros
    if loose:
        notes.append(f"row {cells.row}: {loose} rounds without a date are left out")
    elif not rounds and cells.text("total"):
        notes.append(f"row {cells.row}: total funding without rounds has no year, and is left out")
    if unknown:
        years = ", ".join(map(str, sorted(unknown)))
        notes.append(f"row {cells.row}: not every round of {years} has an amount in euros; those years aren't known")
    return {year: amount for year, amount in found.items() if year not in unknown}


def _parts(written: str) -> list[str]:
    parts = [part.strip() for part in written.split(";")] if written else []
    return ["" if part.lower() in _MISSING else part for part in parts]


def _millions(cells: Cells, written: str) -> Decimal | None:
    if not written:
        return None
    if not _AMOUNT.fullmatch(written):
        cells.wrong("amounts", f"'{written}'", "millions such as 1.5, 0 or more")
        return None
    return (Decimal(written.replace(",", "")) * 1_000_000).quantize(Decimal("0.01"))

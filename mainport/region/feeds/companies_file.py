# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Young companies out of CSV or XLSX: of our own columns, a row a company or a row a year of it; or as Dealroom
exports them (see dealroom.py)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from mainport.core.sheets import Opening, Row, Unreadable, rows_of
from mainport.region.feeds.flows_file import MOST_FAULTS, Fault, Refused
from mainport.region.rules.areas import LAST, netherlands
from mainport.region.rules.companies import Entry, YearIn
from mainport.region.rules.companies.matching import plain

#: Our columns, by what they may be called.
COLUMNS: dict[str, tuple[str, ...]] = {
    "name": ("name", "naam"),
    "kvk": ("kvk", "kvk number", "kvk nummer"),
    "town": ("town", "plaats", "city"),
    "municipality": ("municipality", "gemeente"),
    "sector": ("sector",),
    "founded": ("founded", "opgericht"),
    "closed": ("closed", "gestopt", "opgeheven"),
    "website": ("website",),
    "year": ("year", "jaar"),
    "jobs": ("jobs", "banen"),
    "funding": ("funding", "financiering"),
}
#: No company is older, and the trade register isn't either (1921); some say when their forebears began.
FIRST_YEAR = 1800
MOST_JOBS = 1_000_000
#: In so many of the first rows the headings are looked for: exports begin with what was asked.
_HEAD_ROWS = 20
_NAME_HEADING = re.compile(r'(?im)(?:^|[;,\t|"])\s*(?:name|naam)\s*(?=$|[;,\t|"\r])')
_MONTH = re.compile(r"(?:[a-z]{3,9}|\d{1,2})[/ -](\d{4})$", re.I)
_DAY = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.](\d{4})$")


@dataclass(frozen=True)
class Read:
    """The rows of a file. `notes` tells in English what it holds that isn't taken in, with the row."""

    entries: tuple[Entry, ...]
    shape: str  # "own" or "dealroom".
    notes: tuple[str, ...] = ()


@dataclass
class Cells:
    """One row with its cells by column, and the faults that were found so far."""

    file: str
    row: int
    values: Mapping[str, Any]
    columns: Mapping[str, str]  # What the file calls them.
    this_year: int
    faults: list[Fault] = field(default_factory=list)

    def text(self, column: str, most: int = 200) -> str:
        found = as_text(self.values.get(column, ""))
        if len(found) > most:
            self.wrong(column, f"{len(found)} letters", f"at most {most}")
        return found[:most]

    def wrong(self, column: str, found: str, expected: str) -> None:
        self.faults.append(Fault(self.file, self.row, self.columns.get(column, column), found, expected))

    def year(self, column: str) -> int | None:
        """A year out of a year or a date."""
        written = self.text(column)
        if not written:
            return None
        year = year_in(written)
        if year is None or not FIRST_YEAR <= year <= self.this_year:
            self.wrong(column, f"'{written}'", f"a year or date from {FIRST_YEAR} to {self.this_year}")
            return None
        return year

    def whole(self, column: str) -> int | None:
        written = self.text(column)
        if not written:
            return None
        if not re.fullmatch(r"\d{1,7}", written) or int(written) > MOST_JOBS:
            self.wrong(column, f"'{written}'", f"a whole number from 0 to {MOST_JOBS}")
            return None
        return int(written)

    def euros(self, column: str) -> Decimal | None:
        written = re.sub(r"^€\s*", "", self.text(column))
        if not written:
            return None
        if not re.fullmatch(r"\d{1,12}([.,]\d{1,2})?", written):
            self.wrong(column, f"'{written}'", "euros, 0 or more, without separators of thousands")
            return None
        return Decimal(written.replace(",", "."))


def read(body: bytes, *, name: str, today: date | None = None) -> Read:
    """The companies of a file. Raises Refused with every fault: then nothing of it counts."""
    from mainport.region.feeds import dealroom

    try:
        rows = rows_of(body, Opening(header=_heading_line(body)))
    except Unreadable as error:
        expected = "UTF-8" if error.field == "encoding" else error.expected
        raise Refused([Fault(name, error.row, error.field, error.found, expected)]) from error
    head, shape = _head(rows, name)
    columns = {plain(heading): heading for heading in map(as_text, head.cells) if heading}
    this_year = (today or date.today()).year
    take: Callable[[Cells, list[str]], Entry]
    if shape == "dealroom":
        take, named = dealroom.entry, dealroom.columns(columns)
    else:
        take, named = _entry, _own(columns)
    faults, notes, entries = _twice(head, name), list[str](), list[Entry]()
    places = {as_text(heading): at for at, heading in reversed(list(enumerate(head.cells)))}
    for row in rows:
        if row.number <= head.number or not any(as_text(cell) for cell in row.cells):
            continue
        values = {
            column: row.cells[places[heading]] for column, heading in named.items() if places[heading] < len(row.cells)
        }
        cells = Cells(name, row.number, values, named, this_year)
        entries.append(take(cells, notes))
        faults += cells.faults
    if not entries and not faults:
        faults.append(Fault(name, head.number + 1, "-", "no rows", "at least one company"))
    if faults:
        raise Refused(faults[:MOST_FAULTS], max(len(faults) - MOST_FAULTS, 0))
    return Read(tuple(entries), shape, tuple(notes))


def as_text(cell: Any) -> str:
    """A cell as it's written: whole numbers without a point, days as the ISO has them."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, date | datetime):
        return cell.isoformat()[:10]
    return " ".join(str(cell).split())


def year_in(written: str) -> int | None:
    """The year of a year, a date or a month.

    >>> [year_in(text) for text in ("2019", "2019-03-04", "04-03-2019", "mar/2019", "soon")]
    [2019, 2019, 2019, 2019, None]
    """
    if re.fullmatch(r"\d{4}", written) or re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", written):
        return int(written[:4])
    found = _DAY.fullmatch(written) or _MONTH.fullmatch(written)
    return int(found[1]) if found else None


@lru_cache(maxsize=4096)
def municipality_of(written: str) -> tuple[str, str]:
    """The code of a municipality of today by its code or name; or '' with what was expected.

    A name without what the official one has in brackets is enough where one municipality alone is called so.
    """
    division = netherlands()
    if re.fullmatch(r"GM\d{4}", written):
        reason = division.strange([written], LAST).get(written, "")
        return ("", f"a municipality of 1 January {LAST}; {reason}") if reason else (written, "")
    wanted = plain(re.sub(r"^gemeente\s+", "", written, flags=re.I))
    named = {code: one for code, one in division.municipalities.items() if plain(one.name) == wanted}
    if not named:
        named = {
            code: one
            for code, one in division.municipalities.items()
            if plain(re.sub(r"\(.*\)", "", one.name)) == wanted
        }
    today = [code for code in named if not division.strange([code], LAST)]
    if len(today) == 1:
        return today[0], ""
    if today:
        names = ", ".join(sorted(f"{named[code].name} ({code})" for code in today))
        return "", f"one municipality: {names}"
    if named:
        reason = "; ".join(sorted(division.strange(list(named), LAST).values()))
        return "", f"a municipality of 1 January {LAST}; {reason}"
    return "", f"the name or code (GM0014) of a municipality of 1 January {LAST}"


def _heading_line(body: bytes) -> int:
    """In CSV the line with the headings: by it the sign between the cells is told."""
    start = body[:65536].decode("utf-8", errors="replace").splitlines()[:_HEAD_ROWS]
    return next((at for at, line in enumerate(start, 1) if _NAME_HEADING.search(line)), 1)


def _head(rows: Sequence[Row], name: str) -> tuple[Row, str]:
    from mainport.region.feeds import dealroom

    for row in rows[:_HEAD_ROWS]:
        headings = {plain(as_text(cell)) for cell in row.cells}
        if headings & set(COLUMNS["name"]):
            return row, "dealroom" if dealroom.is_head(headings) else "own"
    found = ", ".join(filter(None, map(as_text, rows[0].cells)))[:200] if rows else "an empty file"
    raise Refused([Fault(name, 1, "name", found or "nothing", "a row of headings with the column name")])


def _twice(head: Row, name: str) -> list[Fault]:
    headings = [plain(as_text(cell)) for cell in head.cells if as_text(cell)]
    again = sorted({one for one in headings if headings.count(one) > 1})
    return [Fault(name, head.number, one, "the column twice", "each column once") for one in again]


def _own(columns: Mapping[str, str]) -> dict[str, str]:
    return {
        column: next(columns[one] for one in names if one in columns)
        for column, names in COLUMNS.items()
        if any(one in columns for one in names)
    }


def _entry(cells: Cells, notes: list[str]) -> Entry:
    """A row of our own columns."""
    name = cells.text("name")
    if not name:
        cells.wrong("name", "nothing", "the name of a company")
    if not cells.text("town") and not cells.text("kvk"):
        cells.wrong("town", "nothing", "a town, or a number in kvk: by these companies are told apart")
    founded, closed = cells.year("founded"), cells.year("closed")
    municipality = written = cells.text("municipality")
    if written:
        municipality, expected = municipality_of(written)
        if expected:
            cells.wrong("municipality", f"'{written}'", expected)
    entry = Entry(
        row=cells.row,
        name=name,
        kvk=_kvk(cells),
        town=cells.text("town", 100),
        municipality=municipality,
        sector=cells.text("sector", 100),
        website=cells.text("website", 300),
        founded=founded,
        closed=closed,
        years=_year(cells),
    )
    check_years(cells, entry)
    return entry


def _kvk(cells: Cells) -> str:
    written = re.sub(r"[\s.]", "", cells.text("kvk"))
    # A sheet drops the zero that a number begins with; no number has seven digits.
    if isinstance(cells.values.get("kvk"), float) and len(written) == 7:
        written = f"0{written}"
    if written and not re.fullmatch(r"\d{8}", written):
        cells.wrong("kvk", f"'{written}'", "the 8 digits of the trade register, those of zero too")
        return ""
    return written


def _year(cells: Cells) -> tuple[YearIn, ...]:
    year, jobs, funding = cells.year("year"), cells.whole("jobs"), cells.euros("funding")
    if year is None:
        if (jobs is not None or funding is not None) and not cells.text("year"):
            cells.wrong("year", "nothing", "the year of the jobs and the funding")
        return ()
    return () if jobs is None and funding is None else (YearIn(year, jobs, funding),)


def check_years(cells: Cells, entry: Entry) -> None:
    """Fault what lies outside the life of the company."""
    founded, closed = entry.founded, entry.closed
    if founded is not None and closed is not None and closed < founded:
        cells.wrong("closed", str(closed), f"{founded}, in which it was founded, or later")
        return
    for one in entry.years:
        column = "jobs" if one.jobs is not None else "funding"
        if founded is not None and one.year < founded and (one.jobs or one.funding):
            cells.wrong(column, f"a figure of {one.year}", f"none before {founded}, in which it was founded")
        if closed is not None and one.year > closed and (one.jobs or one.funding):
            cells.wrong(column, f"a figure of {one.year}", f"none after {closed}, in which it closed")

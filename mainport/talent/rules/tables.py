# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The door for tables: columns of text, and what is read from them with every fault of the file at once."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from mainport.talent.rules.faults import Fault, Refused, hint, show

#: What sources write where they kept a number back: that isn't zero.
SUPPRESSED = frozenset({"*", "x", "X", ".", "c"})
#: What they write where there is nothing to know.
NOTHING = frozenset({"", "NA", "N/A", "#N/A", "null"})
#: What they write, in whatever capitals, for a place that nobody knows.
NOWHERE = frozenset({"nan", "none", "null", "na", "n/a", "?", "-", "unknown", "not known", "onbekend"})

_POINTS = re.compile(r"[1-9]\d{0,2}(\.\d{3})+")
_COMMA = re.compile(r"-?(\d+|\d{1,3}(\.\d{3})+),\d+")


@dataclass
class Table:
    """Columns of text by name, all equally long, and the faults found while reading them."""

    name: str
    columns: Mapping[str, Sequence[str]]
    faults: list[Fault] = field(default_factory=list)
    #: The number of each row in the file, where lines without anything stand between them.
    lines: Sequence[int] | None = None
    #: Whether numbers may have a comma before their decimals, as where that doesn't part the columns.
    commas: bool = False

    def row(self, index: int) -> int:
        """The row as a spreadsheet counts."""
        return index + 2 if self.lines is None else self.lines[index]

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), ()))

    def fault(self, index: int, column: str, found: object, expected: str) -> None:
        self.faults.append(Fault(self.name, self.row(index), column, show(found), expected))

    def need(self, names: Iterable[str]) -> None:
        """Raises Refused where a column is missing: nothing can be read then."""
        missing = [name for name in names if name not in self.columns]
        if missing:
            have = ", ".join(self.columns) or "no columns"
            raise Refused(
                Fault(self.name, 1, name, have, f"a column {name}{hint(name, list(self.columns))}") for name in missing
            )

    def check(self) -> None:
        """Raises Refused if anything was wrong."""
        if self.faults:
            raise Refused(self.faults)

    def text(self, column: str) -> list[str]:
        """The column; empty cells are faults."""
        for index, value in enumerate(self.columns[column]):
            if not value:
                self.fault(index, column, value, "a value")
        return list(self.columns[column])

    def codes(self, column: str, known: Collection[str] | None = None, *, unknown: bool = False) -> list[str]:
        """Codes; those of no known place are faults, and so are empty cells unless they mean that nobody knows."""
        empty = NOTHING | {one for one in set(self.columns[column]) if one.lower() in NOWHERE} if unknown else NOTHING
        # A column of a million rows has few codes: what is to be said of each is found once.
        said = {value: "" if value in empty else value for value in set(self.columns[column])}
        values = [said[value] for value in self.columns[column]]
        allowed = known if known is None or isinstance(known, frozenset | set | dict) else frozenset(known)
        wrong = {
            value: f"a known code{hint(value, allowed or ())}" if value else "a code"
            for value in set(said.values())
            if (allowed is not None and value not in allowed if value else not unknown)
        }
        if wrong:
            for index, value in enumerate(values):
                if value in wrong:
                    self.fault(index, column, value, wrong[value])
        return values

    def once(self, keys: Iterable[Hashable], column: str) -> None:
        """Keys of the rows, each of which may be there only once; a second is a fault of this column."""
        seen: set[Hashable] = set()
        for index, key in enumerate(keys):
            if key in seen:
                self.fault(index, column, self.columns[column][index], "each only once")
            seen.add(key)

    def numbers(self, column: str, *, least: float = 0, most: float = math.inf, whole: bool = False) -> list[float]:
        """Numbers within bounds."""
        before = len(self.faults)
        optional = self.optional_numbers(column, least=least, most=most, whole=whole)
        told = {fault.row for fault in self.faults[before:]}
        for index, value in enumerate(optional):
            if value is None and self.row(index) not in told:
                self.fault(index, column, self.columns[column][index], "a number")
        return [math.nan if value is None else value for value in optional]

    def optional_numbers(
        self, column: str, *, least: float = -math.inf, most: float = math.inf, whole: bool = False
    ) -> list[float | None]:
        """Numbers within bounds; None where the source kept one back or has none."""
        values: list[float | None] = []
        unclear = self._unclear(column, whole)
        for index, written in enumerate(self.columns[column]):
            value = None
            if written in unclear:
                self.fault(index, column, written, "a number such as 1234 or 1234.5, without points for thousands")
            elif written not in SUPPRESSED and written not in NOTHING:
                value = self._number(index, column, written, least, most, whole)
            values.append(value)
        return values

    def _unclear(self, column: str, whole: bool) -> frozenset[str]:
        """Numbers of which a point may be for thousands: 9.000, unless others of the column show that it's none."""
        points = {one for one in self.columns[column] if "." in one and one not in SUPPRESSED}
        like = frozenset(one for one in points if _POINTS.fullmatch(one.lstrip("-")))
        others = {one for one in points - like if "," not in one}
        return like if whole or (self.commas and not others) else frozenset()

    def _number(self, index: int, column: str, written: str, least: float, most: float, whole: bool) -> float | None:
        try:
            if self.commas and _COMMA.fullmatch(written):
                written = written.replace(".", "").replace(",", ".")
            # Python would read 1_000 too.
            value = float(written.replace("_", "?"))
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            self.fault(index, column, written, "a whole number such as 1234" if whole else "a number such as 1234.5")
        elif value < least:
            self.fault(index, column, written, f"at least {least:g}")
        elif value > most:
            self.fault(index, column, written, f"at most {most:g}")
        elif whole and value != int(value):
            self.fault(index, column, written, "a whole number")
        else:
            return value
        return None


def read_table(content: bytes, name: str, sheet: str = "") -> Table:
    """The table of a CSV file, or of the sheet of a workbook (XLSX) with that name, else of its first. Raises
    Refused."""
    return _workbook(content, name, sheet) if content[:4] == b"PK\x03\x04" else read_csv(content, name)


def read_csv(content: bytes, name: str) -> Table:
    """The table of a CSV file in UTF-8, between commas, semicolons or tabs. Raises Refused."""
    utf_16 = content[:2] in (b"\xff\xfe", b"\xfe\xff")  # As spreadsheets save "Unicode text".
    try:
        text = content.decode("utf-16" if utf_16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        expected = "text in UTF-8 (in a spreadsheet: save as CSV UTF-8)"
        raise Refused([Fault(name, row, "file", f"byte {error.start}", expected)]) from error
    first = text.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise Refused([Fault(name, 1, "file", str(error), "a table in CSV")]) from error
    return table(rows, name, commas=separator != ",")


def _workbook(content: bytes, name: str, sheet: str) -> Table:
    from python_calamine import CalamineError, load_workbook

    try:
        book = load_workbook(io.BytesIO(content))
        wanted = sheet if sheet in book.sheet_names else book.sheet_names[0]
        rows = book.get_sheet_by_name(wanted).to_python(skip_empty_area=False)
    except (CalamineError, ValueError, KeyError, IndexError) as error:
        raise Refused([Fault(name, 1, "file", str(error), "a workbook (XLSX) or a table in CSV")]) from error
    # Columns without a name hold nothing; numbers are written as they are, whole ones without decimals.
    used = [at for at, cell in enumerate(rows[0]) if cell != ""] if rows else []
    return table([[_text(row[at]) for at in used] for row in rows], name)


def _text(cell: object) -> str:
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def table(rows: Sequence[Sequence[str]], name: str, *, commas: bool = False) -> Table:
    """The table of rows of which the first names the columns; rows without anything are left out. Raises Refused for
    rows of another length."""
    if not rows or not any(cell.strip() for cell in rows[0]):
        raise Refused([Fault(name, 1, "file", "nothing", "the names of the columns")])
    names = [cell.strip() for cell in rows[0]]
    faults = [Fault(name, 1, title, "the name twice", "each once") for title in set(names) if names.count(title) > 1]
    faults += [
        Fault(name, number, "row", f"{len(row)} cells", f"{len(names)} cells")
        for number, row in enumerate(rows[1:], 2)
        if len(row) != len(names) and any(row)
    ]
    if faults:
        raise Refused(faults)
    lines = [number for number, row in enumerate(rows[1:], 2) if any(row)]
    filled = rows[1:] if len(lines) == len(rows) - 1 else [rows[number - 1] for number in lines]
    columns = zip(*filled, strict=True) if filled else ((),) * len(names)
    return Table(
        name,
        {title: list(map(str.strip, cells)) for title, cells in zip(names, columns, strict=True)},
        lines=lines if len(lines) < len(rows) - 1 else None,
        commas=commas,
    )

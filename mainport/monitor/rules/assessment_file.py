# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A CSV file of cases to assess, and the same file with its verdicts."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mainport.monitor.rules.progress import Assessment, Case, Direction, assess

#: Beside these, base_margin and current_margin where they are known.
REQUIRED = ("base_value", "base_year", "current_value", "current_year", "target_value", "target_year", "direction")
#: What is added to each row. `ratio` is the method's value: a ratio with a target, growth without.
ADDED = ("ratio", "status", "method", "linear", "low", "high", "notes")

#: Words that people use for the directions of Open SDG.
DIRECTIONS = {
    **dict.fromkeys(("positive", "up", "increase", "higher", "1", "+1", "+"), Direction.POSITIVE),
    **dict.fromkeys(("negative", "down", "decrease", "lower", "-1", "-"), Direction.NEGATIVE),
}


@dataclass(frozen=True)
class RowFault:
    """One cell that is wrong. Rows are counted from 1 below the names of the columns; 0 is those names."""

    row: int
    line: int
    field: str
    found: str
    expected: str

    def __str__(self) -> str:
        return f"row {self.row} (line {self.line}), {self.field}: found {self.found}, expected {self.expected}"


class BadRows(ValueError):
    """The file is refused; `faults` holds every reason."""

    def __init__(self, faults: Sequence[RowFault]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(map(str, self.faults)))


def assess_file(text: str) -> tuple[str, list[Assessment]]:
    """The file with the columns `ADDED`, and the verdicts in its order. Raises BadRows with all faults."""
    try:
        rows = list(_rows(text))
    except csv.Error as error:
        raise BadRows([RowFault(0, 1, "file", str(error), "CSV")]) from error
    if not rows:
        raise BadRows([RowFault(0, 1, "file", "nothing", f"the columns {', '.join(REQUIRED)}")])
    (_line, names), *below = rows
    if faults := list(_name_faults(names)):
        raise BadRows(faults)
    cases: list[tuple[list[str], Case]] = []
    for number, (line, cells) in enumerate(below, 1):
        row = _Row(number, line, dict(zip(names, cells, strict=False)))
        if len(cells) != len(names):
            faults.append(RowFault(number, line, "row", f"{len(cells)} cells", f"{len(names)}"))
            continue
        case = row.case()
        faults += row.faults
        if case:
            cases.append((cells, case))
    if faults:
        raise BadRows(faults)
    verdicts = [assess(case) for _cells, case in cases]
    return _written(names, [cells for cells, _case in cases], verdicts), verdicts


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """(line, cells) of every row that isn't empty."""
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield reader.line_num, cells


def _name_faults(names: list[str]) -> Iterator[RowFault]:
    for name in REQUIRED:
        if names.count(name) != 1:
            yield RowFault(0, 1, name, f"{names.count(name) or 'no'} such columns", "one such column")
    for name in ADDED:
        if name in names:
            yield RowFault(0, 1, name, "a column of this name", "none: it is added")


@dataclass
class _Row:
    number: int
    line: int
    cells: Mapping[str, str]

    def __post_init__(self) -> None:
        self.faults: list[RowFault] = []

    def case(self) -> Case | None:
        base, current = self.need("base_value", "a number"), self.need("current_value", "a number")
        base_year, current_year = self.need("base_year", "a year"), self.need("current_year", "a year")
        target, target_year = self.number_in("target_value", "a number"), self.number_in("target_year", "a year")
        if target is not None and not self.cells["target_year"].strip():
            self.fault("target_year", "the year of the target")
        word = self.cells["direction"].strip().lower()
        if word not in DIRECTIONS:
            self.fault("direction", "positive or negative")
        base_margin, current_margin = self.margin("base_margin"), self.margin("current_margin")
        if self.faults or base is None or current is None or base_year is None or current_year is None:
            return None
        return Case(
            base_value=base,
            base_year=base_year,
            current_value=current,
            current_year=current_year,
            direction=DIRECTIONS[word],
            target_value=target,
            target_year=target_year,
            base_margin=base_margin,
            current_margin=current_margin,
        )

    def need(self, name: str, expected: str) -> float | None:
        if not self.cells[name].strip():
            self.fault(name, expected)
            return None
        return self.number_in(name, expected)

    def margin(self, name: str) -> float:
        number = self.number_in(name, "a number") or 0.0
        if number < 0:
            self.fault(name, "zero or more")
        return number

    def number_in(self, name: str, expected: str) -> float | None:
        written = self.cells.get(name, "").strip()
        if not written:
            return None
        try:
            number = float(written)
        except ValueError:
            number = math.nan
        # Python reads 1_000 as a number; nobody who writes CSV does.
        if not math.isfinite(number) or "_" in written or (expected == "a year" and not 1 <= number <= 9999):
            self.fault(name, expected)
            return None
        return number

    def fault(self, name: str, expected: str) -> None:
        written = self.cells.get(name, "").strip()
        self.faults.append(RowFault(self.number, self.line, name, repr(written) if written else "nothing", expected))


def _written(names: list[str], rows: list[list[str]], verdicts: list[Assessment]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*names, *ADDED])
    for cells, verdict in zip(rows, verdicts, strict=True):
        added = (verdict.value, verdict.status, verdict.method, verdict.linear, verdict.low, verdict.high)
        writer.writerow([*cells, *added, " ".join(verdict.notes)])
    return out.getvalue()

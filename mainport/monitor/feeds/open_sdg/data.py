# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""One data file to the lines of a table, with every fault by its row and field."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from math import isfinite, isnan, nan
from operator import itemgetter
from typing import Any

from mainport.monitor.feeds.open_sdg.columns import Columns, Conventions, columns_of
from mainport.monitor.rules.identifiers import TOTAL, Codes
from mainport.monitor.rules.periods import parse
from mainport.monitor.rules.tables import (
    Cell,
    Code,
    Contradiction,
    Dimension,
    Finality,
    LineKey,
    Measure,
    Missing,
    Role,
)

#: What a series may be called in the database.
MAX_COORDINATES = 500
MAX_PERIOD = 40
#: After so many faults a file isn't a data file with faults: it is something else.
MAX_FAULTS = 1000
_TWO_YEARS = re.compile(r"(\d{4})-(\d\d)")
_WHOLE = re.compile(r"(\d{4})\.0")


@dataclass(frozen=True)
class Fault:
    """What is wrong in a file, where, and what stands there."""

    file: str
    row: int
    field: str
    found: str
    why: str

    def __str__(self) -> str:
        place = f"{self.file}, row {self.row}" if self.row else self.file
        return f"{place}, {self.field}: {self.why}" + (f" (found {self.found!r})" if self.found else "")


@dataclass
class Data:
    """What a data file holds."""

    dimensions: tuple[Dimension, ...]
    measures: tuple[Measure, ...]
    lines: dict[LineKey, dict[str, Cell]]
    contradictions: tuple[Contradiction, ...]
    faults: list[Fault]
    rows: int
    #: The values by which progress is judged, where the file has them beside those that are shown.
    progress: dict[LineKey, dict[str, float]] = field(default_factory=dict)


class NoData(ValueError):
    """A file that isn't a table with a year and a value in each row."""


def read_data(file: str, content: bytes, title: str, conventions: Conventions) -> Data:
    """Read a data file. Raises NoData with the reason, also for one whose only rows say that there is none."""
    reader = _Reader(file, title, conventions)
    rows = reader.rows(content)
    header = next(rows, None)
    if not header:
        raise NoData("it is empty")
    try:
        columns = columns_of(header, conventions)
    except ValueError as error:
        raise NoData(str(error)) from None
    return reader.read(list(rows), columns)


class _Reader:
    def __init__(self, file: str, title: str, conventions: Conventions) -> None:
        self.file, self.title, self.conventions = file, title, conventions
        self.faults: list[Fault] = []

    def fault(self, row: int, name: str, found: str, why: str) -> None:
        self.faults.append(Fault(self.file, row, name, found[:80], why))
        if len(self.faults) > MAX_FAULTS:
            raise NoData(f"more than {MAX_FAULTS} faults, the first: {self.faults[0]}")

    def rows(self, content: bytes) -> Iterator[list[str]]:
        """The rows that hold anything, the header first; `self.skipped` tells how far the first is down."""
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            # What spreadsheets in the West write that don't write UTF-8.
            text = content.decode("cp1252", errors="replace")
            self.fault(0, "encoding", "", "isn't UTF-8; read as Windows-1252")
        plain = text.replace("\r\n", "\n").replace("\r", "\n")
        whole = plain.lstrip("\n, ")
        self.skipped = plain[: len(plain) - len(whole)].count("\n")
        # Strictness would refuse a quote within a field, which spreadsheets do write.
        return csv.reader(whole.split("\n") if '"' not in whole else _lines(whole))

    def read(self, rows: list[list[str]], columns: Columns) -> Data:
        """Column by column, and row by row only where the columns meet: most of the time goes into the rows."""
        self.columns = columns
        self.codes = [Codes(side.official) for side in columns.sides]
        self.coded = [(_Coded(known), side.index) for known, side in zip(self.codes, columns.sides, strict=True)]
        self.measures = _Measures(self.title)
        self.geo: dict[tuple[int, str], str] = {}
        self.lines: dict[LineKey, dict[str, Cell]] = {}
        numbers, rows = self._whole(rows)
        periods = _Periods({row[columns.year] for row in rows})
        when = self._when(numbers, rows, periods)
        figures = self._figures(numbers, rows)
        statuses = _Statuses()
        status = columns.status
        marks = repeat((0, 0)) if status is None else [statuses[row[status]] for row in rows]
        count = 0
        by_fields: dict[Any, dict[str, Cell]] = {}
        doubles: list[tuple[Any, str]] = []
        found = zip(numbers, rows, map(self._key_of(), rows), when, figures, marks, strict=False)
        for number, row, fields, period, figure, (missing, finality) in found:
            if period is None or figure != figure:  # No period, or no number: told already.
                continue
            line = by_fields.get(fields)
            if line is None:
                key = self._key(number, row)
                if key is None:
                    continue
                line = by_fields[fields] = self.lines.setdefault(key, {})
            count += 1
            cell: Cell = (figure, None, 0, finality) if figure is not None else (None, None, missing or 3, 0)
            known = line.setdefault(period, cell)
            if known is not cell and known[0] != figure:
                doubles.append((fields, period))
        contradictions = self._contradictions(numbers, rows, doubles, by_fields, periods) if doubles else ()
        if not self.lines:
            self._say_why_empty(rows)
        progress = self._progress(numbers, rows, when, by_fields) if columns.progress is not None else {}
        self.faults.sort(key=lambda fault: fault.row)
        measures = self.measures.as_measures(self._decimals(rows))
        return Data(self._dimensions(periods), measures, self.lines, contradictions, self.faults, count, progress)

    def _whole(self, rows: list[list[str]]) -> tuple[Sequence[int], list[list[str]]]:
        """The rows with as many fields as the header, and their numbers in the file."""
        first, width = self.skipped + 2, self.columns.width
        good = [row for row in rows if len(row) == width]
        if len(good) == len(rows):
            return range(first, first + len(rows)), good
        for number, row in enumerate(rows, first):
            if len(row) != width and any(row):
                why = f"has not as many fields as the header ({width})"
                self.fault(number, "row", f"{len(row)} fields", why)
        return [number for number, row in enumerate(rows, first) if len(row) == width], good

    def _when(self, numbers: Sequence[int], rows: list[list[str]], periods: _Periods) -> list[str | None]:
        year = self.columns.year
        when = [periods.get(row[year]) for row in rows]
        if None in when:
            for number, row, period in zip(numbers, rows, when, strict=True):
                if period is None and any(row):
                    self.fault(number, "Year", row[year], periods.why(row[year]))
        return when

    def _figures(self, numbers: Sequence[int], rows: list[list[str]]) -> Sequence[float | None]:
        """The values; None where the field is blank, NaN where it holds something else: that is a fault."""
        value = self.columns.value
        texts = [row[value] for row in rows]
        try:
            figures = list(map(float, texts))
        except ValueError:
            pass
        else:
            if all(map(isfinite, figures)):
                return figures
        return [
            self._figure(number, text) if text.strip() else None for number, text in zip(numbers, texts, strict=True)
        ]

    def _figure(self, number: int, text: str, field: str = "Value") -> float:
        try:
            figure = float(text)
        except ValueError:
            figure = nan
        if not isfinite(figure):
            self.fault(number, field, text, "isn't a number, nor blank")
            return nan
        return figure

    def _progress(
        self,
        numbers: Sequence[int],
        rows: list[list[str]],
        when: list[str | None],
        by_fields: dict[Any, dict[str, Cell]],
    ) -> dict[LineKey, dict[str, float]]:
        """What the column of progress says; a blank one says nothing. Two values for one cell: neither."""
        assert self.columns.progress is not None
        keys = {id(line): key for key, line in self.lines.items()}
        key_of, place = self._key_of(), self.columns.progress
        found: dict[LineKey, dict[str, float]] = {}
        double: set[tuple[LineKey, str]] = set()
        for number, row, period in zip(numbers, rows, when, strict=True):
            line, text = by_fields.get(key_of(row)), row[place]
            if line is None or period is None or not text.strip():
                continue
            figure = self._figure(number, text, self.conventions.progress)
            key = keys[id(line)]
            if not isnan(figure) and found.setdefault(key, {}).setdefault(period, figure) != figure:
                double.add((key, period))
        for key, period in double:
            del found[key][period]
        return found

    def _decimals(self, rows: list[list[str]]) -> int:
        """As many as the longest value has, but no more than anybody reads."""
        value = self.columns.value
        points = [len(text) - point for row in rows if (point := (text := row[value]).find(".")) >= 0]
        return min(max(points, default=1) - 1, 6)

    def _say_why_empty(self, rows: list[list[str]]) -> None:
        words = next((cell for row in rows for cell in row if cell.strip()), "")
        raise NoData(f"no row holds a year and a value{f': {words!r}' if words else ''}")

    def _key_of(self) -> Callable[[list[str]], Any]:
        c = self.columns
        indexes = [i for i in (c.series, c.unit, c.multiplier) if i is not None] + [side.index for side in c.sides]
        return itemgetter(*indexes) if indexes else lambda row: ""

    def _key(self, number: int, row: list[str]) -> LineKey | None:
        """The measure and coordinates of this row, the first of its series."""
        c = self.columns
        codes = [coded[row[index]] for coded, index in self.coded]
        coordinates = "|".join(codes)
        if len(coordinates) > MAX_COORDINATES:
            self.fault(number, "row", coordinates, f"its codes take more than {MAX_COORDINATES} characters")
            return None
        if c.geocode is not None and (geocode := row[c.geocode].strip()):
            # The code is of the smallest place that the row names.
            for at in reversed(range(len(c.sides))):
                if c.sides[at].role is Role.GEO and codes[at] != TOTAL:
                    self.geo.setdefault((at, codes[at]), geocode)
                    break
        series, unit, multiplier = (
            row[index].strip() if index is not None else "" for index in (c.series, c.unit, c.multiplier)
        )
        return self.measures.key(series, unit, multiplier), coordinates

    def _contradictions(
        self,
        numbers: Sequence[int],
        rows: list[list[str]],
        doubles: list[tuple[Any, str]],
        by_fields: dict[Any, dict[str, Cell]],
        periods: _Periods,
    ) -> tuple[Contradiction, ...]:
        """The cells with several values, with the row of each; none of them stays in its line."""
        cells: dict[tuple[Any, str | None], list[dict[str, Any]]] = {double: [] for double in doubles}
        key_of, year, value = self._key_of(), self.columns.year, self.columns.value
        for number, row in zip(numbers, rows, strict=True):
            at = (key_of(row), periods.get(row[year]))
            if at in cells and not ((text := row[value].strip()) and isnan(self._figure(number, text))):
                cells[at].append({"value": float(text) if text else None, "row": number})
        keys = {id(line): key for key, line in self.lines.items()}
        found = []
        for (fields, period), places in cells.items():
            assert period is not None
            line = by_fields[fields]
            line.pop(period, None)
            values = tuple({**place, "file": self.file} for place in places)
            found.append(Contradiction(*keys[id(line)], period, values))
        return tuple(found)

    def _dimensions(self, periods: _Periods) -> tuple[Dimension, ...]:
        totals = [False] * len(self.codes)
        for _, coordinates in self.lines:
            for at, code in enumerate(coordinates.split("|")) if totals else ():
                if code == TOTAL:
                    totals[at] = True
        sides = [
            Dimension(
                side.key,
                side.title,
                side.role,
                ((Code(TOTAL, "Total"),) if total else ())
                + tuple(
                    Code(code, label, description=self.geo.get((at, code), ""))
                    for label, code in known.by_label.items()
                ),
            )
            for at, (side, known, total) in enumerate(zip(self.columns.sides, self.codes, totals, strict=True))
        ]
        time = Dimension("TIME_PERIOD", "Year", Role.TIME, tuple(Code(code, code) for code in periods.in_order()))
        return (*sides, time)


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


class _Periods:
    """The periods of one file by how they are written; None for what is no period."""

    def __init__(self, found: set[str]) -> None:
        # 2010-12 could be December: not where the same file has 2011-13.
        self._years = any((m := _TWO_YEARS.fullmatch(text.strip())) and int(m[2]) > 12 for text in found)
        self._known = {text: self._read(text) for text in found}
        self.get = self._known.get

    def _read(self, text: str) -> str | None:
        code = text.strip()
        if match := _WHOLE.fullmatch(code):  # A spreadsheet's whole number.
            code = match[1]
        if self._years and (match := _TWO_YEARS.fullmatch(code)):
            code = f"{match[1]}/{match[2]}"
        try:
            parse(code)
        except ValueError:
            return None
        return code if len(code) <= MAX_PERIOD else None

    def why(self, text: str) -> str:
        try:
            parse(text)
        except ValueError as error:
            return str(error)
        return f"is longer than {MAX_PERIOD} characters"

    def in_order(self) -> list[str]:
        codes = {code for code in self._known.values() if code}
        return sorted(codes, key=lambda code: ((span := parse(code)).start, span.end, code))


class _Coded(dict[str, str]):
    """The code of what a field holds, as it is written there; a blank one is the total."""

    def __init__(self, codes: Codes) -> None:
        super().__init__()
        self._codes = codes

    def __missing__(self, written: str) -> str:
        label = written.strip()
        code = self._codes.by_label.get(label) or self._codes.code(label) if label else TOTAL
        self[written] = code
        return code


class _Statuses(dict[str, tuple[int, int]]):
    """Reason of missing and finality out of the words of an observation status (SDMX's CL_OBS_STATUS)."""

    def __missing__(self, words: str) -> tuple[int, int]:
        lower = words.strip().lower()
        missing = Missing.NONE
        if "suppressed" in lower or "confidential" in lower or lower in ("q", "c"):
            missing = Missing.CONFIDENTIAL
        elif "cannot exist" in lower or lower in ("m", "not applicable"):
            missing = Missing.IMPOSSIBLE
        finality = Finality.UNKNOWN
        if lower.startswith("estimate") or lower == "e":
            finality = Finality.ESTIMATED
        elif lower.startswith("provisional") or lower == "p":
            finality = Finality.PROVISIONAL
        found = self[words] = (missing.value, finality.value)
        return found


class _Measures:
    """What a file measures: each series of it in each unit."""

    def __init__(self, title: str) -> None:
        self.title = title
        self._keys: dict[tuple[str, str, str], str] = {}
        self._codes = Codes({}, most=70)

    def key(self, series: str, unit: str, multiplier: str) -> str:
        parts = (series, unit, "" if multiplier.lower() in ("unit", "units", "") else multiplier)
        known = self._keys.get(parts)
        if known is None:
            words = " ".join(part for part in parts if part)
            known = self._keys[parts] = self._codes.code(words) if words else "VALUE"
        return known

    def as_measures(self, decimals: int) -> tuple[Measure, ...]:
        return tuple(
            Measure(
                key=key,
                title=series or self.title,
                unit=f"{unit} ({multiplier.lower()})" if multiplier else unit,
                decimals=decimals,
            )
            for (series, unit, multiplier), key in self._keys.items()
        )

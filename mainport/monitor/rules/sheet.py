# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""From the rows of a sheet to a table, by a mapping; or all that is wrong with them, by row and column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import isfinite
from typing import Any

from mainport.core.rules.languages import say
from mainport.monitor.rules.numbers import decimals_of, scaled
from mainport.monitor.rules.periods import parse
from mainport.monitor.rules.sheet_mapping import DimensionMapping, Fault, MeasureMapping, Refused, SheetMapping
from mainport.monitor.rules.tables import (
    Cell,
    Code,
    Contradiction,
    Dimension,
    Finality,
    LineKey,
    Lines,
    Measure,
    Missing,
    Role,
)

#: What the columns of the database hold.
MAX_COORDINATES, MAX_PERIOD = 500, 40
#: After so many faults a file isn't a file with faults: its mapping is of another.
MAX_FAULTS = 1000

_DAY_FIRST = re.compile(r"(\d\d?)[-/.](\d\d?)[-/.](\d{4})")
_QUARTER = re.compile(
    r"(?:(\d)e kwartaal|kwartaal (\d)|(\d)(?:st|nd|rd|th) quarter|quarter (\d)) (\d{4})", re.IGNORECASE
)


@dataclass(frozen=True)
class SheetRow:
    """A row of a file: its number there, counted from 1, and its cells as the file has them."""

    number: int
    cells: Sequence[Any]


def table_of_rows(mapping: SheetMapping, file: str, rows: Sequence[SheetRow]) -> Lines:
    """The table. Cells that contradict each other are in no line, each with its places in the file.

    Raises Refused with every fault.
    """
    return _Reader(mapping, file).read(rows)


def period_of(text: str) -> str:
    """How a period is stored: months and days as ISO 8601 writes them, others as they are.

    >>> period_of("maart 2020"), period_of("31-12-2024"), period_of("2e kwartaal 2023"), period_of("2023")
    ('2020-03', '2024-12-31', '2023-Q2', '2023')

    Raises ValueError for what isn't a period.
    """
    if match := _DAY_FIRST.fullmatch(text):
        return date(int(match[3]), int(match[2]), int(match[1])).isoformat()
    if match := _QUARTER.fullmatch(text):
        text = f"{match[5]}-Q{next(filter(None, match.groups()))}"
    span = parse(text)
    if len(text) > MAX_PERIOD:
        raise ValueError(f"{text[:MAX_PERIOD]} … is too long for a period")
    if span.frequency == "M":
        return f"{span.start:%Y-%m}"
    return span.start.isoformat() if span.frequency == "D" else text


def words_of(cell: Any) -> str:
    """A cell as a person reads it: 2020, not 2020.0; a day without the midnight that a sheet adds."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return " ".join(str(cell).split())


class _Stop(Exception):
    """There are so many faults that more of them say nothing."""


class _Reader:
    def __init__(self, mapping: SheetMapping, file: str) -> None:
        self._mapping, self._file = mapping, file
        self._faults: list[Fault] = []
        self._lines: dict[LineKey, dict[str, Cell]] = {}
        self._places: dict[tuple[LineKey, str], list[tuple[Cell, int]]] = {}
        self._codes: dict[str, dict[str, str]] = {d.key: {} for d in mapping.dimensions}
        self._periods: dict[str, str] = {}
        self._above: dict[str, str] = {}

    def read(self, rows: Sequence[SheetRow]) -> Lines:
        try:
            self._rows(rows)
            if not self._faults and not self._lines:
                self._fault(self._mapping.header, "rows", "", "rows with values below the headings")
        except _Stop:
            pass
        if self._faults:
            raise Refused(self._faults)
        return self._table()

    def _fault(self, row: int, field: str, found: str, expected: str) -> None:
        self._faults.append(Fault(self._file, row, field, repr(found[:80]) if found else "", expected))
        if len(self._faults) >= MAX_FAULTS:
            raise _Stop

    def _rows(self, rows: Sequence[SheetRow]) -> None:
        mapping = self._mapping
        header = next((row for row in rows if row.number == mapping.header), None)
        if header is None:
            self._fault(mapping.header, "header", "", "a row of headings")
            return
        self._headings = [words_of(cell) for cell in header.cells]
        self._columns: dict[str, int] = {}
        for name in self._needed():
            self._find(name)
        headings = {} if mapping.period.columns else self._period_headings()
        if self._faults:
            return
        for row in rows:
            if row.number <= header.number or not any(map(words_of, row.cells)):
                continue
            first = next(filter(None, map(words_of, row.cells)))
            if mapping.until and first.startswith(mapping.until):
                break
            self._row(row, headings)

    def _needed(self) -> Iterator[str]:
        mapping = self._mapping
        yield from mapping.period.columns
        yield from (dimension.column for dimension in mapping.dimensions)
        if mapping.measure_column:
            yield from (mapping.measure_column, mapping.value_column)
        elif mapping.period.columns:
            yield from (measure.name for measure in mapping.measures)
        if mapping.status_column:
            yield mapping.status_column

    def _find(self, name: str) -> None:
        places = [place for place, heading in enumerate(self._headings) if heading == " ".join(name.split())]
        if len(places) == 1:
            self._columns[name] = places[0]
            return
        said = ", ".join(filter(None, self._headings)) or "nothing"
        expected = f"one column with this heading; there are {len(places)} among {said}"
        self._fault(self._mapping.header, name, "", expected[:400])

    def _period_headings(self) -> dict[int, str]:
        """The columns whose headings are periods, and those periods."""
        used, found = set(self._columns.values()), {}
        for place, heading in enumerate(self._headings):
            if heading and place not in used:
                try:
                    found[place] = period_of(heading)
                except ValueError:
                    continue  # A column that the mapping doesn't speak of.
        if not found:
            self._fault(self._mapping.header, "period", "", "headings that are periods, such as 2024 or 2024-Q1")
        if len(set(found.values())) < len(found):
            self._fault(self._mapping.header, "period", "", "headings that are other periods each")
        return found

    def _row(self, row: SheetRow, headings: dict[int, str]) -> None:
        if any(map(words_of, row.cells[len(self._headings) :])):
            expected = f"{len(self._headings)} cells, as there are headings"
            self._fault(row.number, "row", f"{len(row.cells)} cells", expected)
            return
        faults = len(self._faults)
        coordinates = self._coordinates(row)
        period = self._period(row) if self._mapping.period.columns else ""
        finality = self._finality(row)
        if len(self._faults) > faults:
            return
        for measure, field, cell, at in self._cells(row, headings):
            value = self._value(row.number, field, cell, measure, finality)
            if value is not None:
                self._take((measure.key, coordinates), at or period, value, row.number)

    def _cell(self, row: SheetRow, name: str) -> Any:
        place = self._columns[name]
        return row.cells[place] if place < len(row.cells) else ""

    def _coordinates(self, row: SheetRow) -> str:
        codes = []
        for dimension in self._mapping.dimensions:
            word = words_of(self._cell(row, dimension.column))
            if not word and dimension.fill_down:
                word = self._above.get(dimension.key, "")
            self._above[dimension.key] = word
            code, title = self._code(row, dimension, word)
            self._codes[dimension.key].setdefault(code, title)
            codes.append(code)
        joined = "|".join(codes)
        if len(joined) > MAX_COORDINATES:
            self._fault(row.number, "dimensions", joined, f"codes of at most {MAX_COORDINATES} characters together")
        return joined

    def _code(self, row: SheetRow, dimension: DimensionMapping, word: str) -> tuple[str, str]:
        if dimension.codes and word not in dimension.codes:
            if word in (codes := dict(dimension.codes.values())):
                return word, codes[word]
            known = ", ".join(list(dimension.codes)[:12])
            self._fault(row.number, dimension.column, word, f"one of the words of the mapping: {known}")
        elif not word or "|" in word:
            self._fault(row.number, dimension.column, word, "a word without |")
        return dimension.codes.get(word, (word, word))

    def _period(self, row: SheetRow) -> str:
        names = self._mapping.period.columns
        parts = [words_of(self._cell(row, name)) for name in names]
        field, written = " and ".join(names), " ".join(parts)
        # Year and month, or month and year: people write both.
        for order in (parts, parts[::-1]):
            for between in (" ", "-"):
                code = between.join(order)
                if len(parts) == 2 and order[1].isdigit() and len(order[1]) == 1:
                    code = between.join([order[0], order[1].zfill(2)])
                if code not in self._periods:
                    try:
                        self._periods[code] = period_of(code)
                    except ValueError:
                        continue
                return self._periods[code]
        self._fault(row.number, field, written, "a period, such as 2024, 2024-Q1, maart 2024 or 31-12-2024")
        return ""

    def _finality(self, row: SheetRow) -> Finality:
        if not self._mapping.status_column:
            return Finality.UNKNOWN
        word = words_of(self._cell(row, self._mapping.status_column))
        if word and word not in self._mapping.statuses:
            words = ", ".join(self._mapping.statuses) or "nothing"
            self._fault(row.number, self._mapping.status_column, word, f"one of the words of the mapping: {words}")
        return self._mapping.statuses.get(word, Finality.UNKNOWN)

    def _cells(self, row: SheetRow, headings: dict[int, str]) -> Iterator[tuple[MeasureMapping, str, Any, str]]:
        """What the row gives of each measure, the column where it stands, and its period where headings have those."""
        mapping = self._mapping
        if mapping.measure_column:
            name = words_of(self._cell(row, mapping.measure_column))
            measure = next((measure for measure in mapping.measures if measure.name == name), None)
            if measure:
                yield measure, mapping.value_column, self._cell(row, mapping.value_column), ""
                return
            names = ", ".join(measure.name for measure in mapping.measures)
            self._fault(row.number, mapping.measure_column, name, f"one of the measures of the mapping: {names}")
        elif mapping.period.columns:
            for measure in mapping.measures:
                yield measure, measure.name, self._cell(row, measure.name), ""
        else:
            for place, period in headings.items():
                cell = row.cells[place] if place < len(row.cells) else ""
                yield mapping.measures[0], self._headings[place], cell, period

    def _value(self, row: int, field: str, cell: Any, measure: MeasureMapping, finality: Finality) -> Cell | None:
        """The cell as it is stored; None for an empty one, which says nothing unless the mapping says what."""
        word = words_of(cell)
        if word in self._mapping.missing:
            return (None, None, self._mapping.missing[word].value, 0)
        if not word:
            return None
        if measure.is_text:
            return (None, word, Missing.NONE.value, finality.value)
        notation = self._mapping.notation
        try:
            if isinstance(cell, bool | date | time | timedelta):
                raise ValueError("not a number")
            number = float(cell) if isinstance(cell, int | float) else notation.read(word)
            number = scaled(number, measure.multiply)
            if not isfinite(number):
                raise ValueError("not finite")
        except (ValueError, OverflowError):
            self._fault(row, field, word, f"a number such as {notation.example}, or a word that means none")
            return None
        return (number, None, Missing.NONE.value, finality.value)

    def _take(self, key: LineKey, period: str, cell: Cell, row: int) -> None:
        self._lines.setdefault(key, {}).setdefault(period, cell)
        self._places.setdefault((key, period), []).append((cell, row))

    def _table(self) -> Lines:
        mapping = self._mapping
        contradictions = []
        for (key, period), places in self._places.items():
            if len({cell for cell, _ in places}) > 1:
                del self._lines[key][period]
                values = tuple(
                    {"value": cell[1] if cell[0] is None else cell[0], "file": self._file, "row": row}
                    for cell, row in places
                )
                contradictions.append(Contradiction(key[0], key[1], period, values))
        periods = dict.fromkeys(period for _, period in self._places)
        codes = tuple(Code(period, period) for period in sorted(periods, key=lambda code: (parse(code).start, code)))
        return Lines(
            key=mapping.feed,
            title=say(mapping.title, mapping.language),
            description=mapping.description,
            dimensions=(
                *(self._dimension(dimension) for dimension in mapping.dimensions),
                Dimension(mapping.period.title, mapping.period.title, Role.TIME, codes),
            ),
            measures=tuple(map(self._measure, mapping.measures)),
            language=mapping.language,
            licence=mapping.licence,
            publisher=mapping.publisher,
            extra={"source": "sheet", "file": self._file},
            lines=self._lines,
            contradictions=tuple(contradictions),
        )

    def _dimension(self, dimension: DimensionMapping) -> Dimension:
        """Its codes in the order of the mapping where it names them, else in that of the file."""
        seen = self._codes[dimension.key]
        order = [code for code, _ in dimension.codes.values() if code in seen] or list(seen)
        codes = tuple(Code(code, seen[code]) for code in dict.fromkeys(order))
        return Dimension(dimension.key, dimension.title, dimension.role, codes)

    def _measure(self, measure: MeasureMapping) -> Measure:
        decimals = measure.decimals
        if decimals is None:
            lines = (line for (key, _), line in self._lines.items() if key == measure.key)
            decimals = decimals_of([cell[0] for line in lines for cell in line.values() if cell[0] is not None])
        kind = "String" if measure.is_text else "Double" if decimals else "Long"
        return Measure(measure.key, measure.title, measure.unit, decimals, measure.description, None, kind)

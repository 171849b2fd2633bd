# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""How the columns of a file become a table: what a mapping may say, and what is wrong with one that says otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from mainport.monitor.rules.numbers import Notation
from mainport.monitor.rules.tables import Finality, Missing, Role

MISSING = {
    "impossible": Missing.IMPOSSIBLE,
    "confidential": Missing.CONFIDENTIAL,
    "not available": Missing.NOT_AVAILABLE,
}
FINALITY = {
    "provisional": Finality.PROVISIONAL,
    "revised provisional": Finality.REVISED_PROVISIONAL,
    "definitive": Finality.DEFINITIVE,
    "estimated": Finality.ESTIMATED,
}
_DECIMALS = {".": ".", ",": ",", "point": ".", "comma": ","}
_THOUSANDS = {"": "", ".": ".", ",": ",", " ": " ", "'": "'", "none": "", "point": ".", "comma": ",", "space": " "}


@dataclass(frozen=True)
class Fault:
    """What is wrong in a file or a mapping: where, what stands there, and what was expected."""

    file: str
    row: int  # Counted from 1, as the file shows it; 0 where no row is meant.
    field: str
    found: str
    expected: str

    def __str__(self) -> str:
        place = f"{self.file}, row {self.row}" if self.row else self.file
        return f"{place}, {self.field}: found {self.found or 'nothing'}, expected {self.expected}"


class Refused(ValueError):
    """The file or its mapping is refused; `faults` holds every reason."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("\n".join(map(str, faults)))


@dataclass(frozen=True)
class DimensionMapping:
    """A column of which each word is a code; `codes` gives a code and a title for words that aren't codes."""

    column: str
    key: str
    title: str
    role: Role = Role.OTHER
    codes: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    fill_down: bool = False


@dataclass(frozen=True)
class MeasureMapping:
    """What a column measures; `name` is its word in the column of measures where there is one."""

    name: str
    key: str
    title: str
    unit: str
    decimals: int | None = None
    multiply: float = 1
    is_text: bool = False
    description: str = ""


@dataclass(frozen=True)
class PeriodMapping:
    """The columns that make the period together (year and month); none where headings of columns are periods."""

    columns: tuple[str, ...]
    title: str


@dataclass(frozen=True)
class SheetMapping:
    """A mapping as read. `measure_column` and `value_column` are those of a file with one value a row."""

    feed: str
    title: Mapping[str, str]
    period: PeriodMapping
    dimensions: tuple[DimensionMapping, ...]
    measures: tuple[MeasureMapping, ...]
    measure_column: str = ""
    value_column: str = ""
    status_column: str = ""
    statuses: Mapping[str, Finality] = field(default_factory=dict)
    missing: Mapping[str, Missing] = field(default_factory=dict)
    notation: Notation = field(default_factory=Notation)
    sheet: str | int = 1
    header: int = 1
    until: str = ""
    delimiter: str = ""
    encoding: str = "utf-8-sig"
    whole: bool = True
    description: str = ""
    language: str = "nl"
    licence: str = ""
    publisher: str = ""


def read_mapping(found: Any, file: str) -> SheetMapping:
    """The mapping that this YAML holds. Raises Refused with all that is wrong."""
    reader = _Reader(file)
    mapping = reader.read(found)
    if reader.faults or mapping is None:
        raise Refused(reader.faults)
    return mapping


class _Reader:
    """Reads a mapping field by field, and gathers what is wrong."""

    def __init__(self, file: str) -> None:
        self._file = file
        self.faults: list[Fault] = []

    def read(self, found: Any) -> SheetMapping | None:
        top = self._map(found, "mapping")
        title = top.pop("title", "")
        read = SheetMapping(
            feed=self._text(top, "feed", needed=True),
            title=self._title(title),
            period=self._period(top.pop("period", None)),
            dimensions=tuple(self._dimensions(top.pop("dimensions", []))),
            measures=tuple(self._measures(top.pop("measures", []))),
            **self._long(top.pop("measure", None)),
            **self._status(top.pop("status", None)),
            missing=self._words(top.pop("missing", {}), "missing", MISSING),
            notation=self._notation(top),
            sheet=self._sheet(top.pop("sheet", 1)),
            header=self._whole(top, "header", 1),
            until=self._text(top, "until"),
            delimiter=self._choice(top, "delimiter", {"": "", ";": ";", ",": ",", "tab": "\t", "\t": "\t", "|": "|"}),
            encoding=self._choice(
                top, "encoding", {"": "utf-8-sig", "utf-8": "utf-8-sig", "windows-1252": "cp1252", "cp1252": "cp1252"}
            ),
            whole=self._flag(top, "whole", True),
            description=self._text(top, "description"),
            language=self._text(top, "language") or "nl",
            licence=self._text(top, "licence"),
            publisher=self._text(top, "publisher"),
        )
        self._nothing_left(top, "")
        if not self.faults:
            self._agree(read)
        return read

    def _agree(self, read: SheetMapping) -> None:
        """What each field may be, but not together with another."""
        if not read.measures:
            self._fault("measures", "nothing", "a list with at least one measure")
        if not read.period.columns and (read.measure_column or len(read.measures) > 1):
            self._fault("period.headings", "true", "one measure where headings are periods")
        for what, keys in (
            ("dimensions", [d.key for d in read.dimensions]),
            ("measures", [m.key for m in read.measures]),
        ):
            for key in sorted({key for key in keys if keys.count(key) > 1}):
                self._fault(what, f"{key} twice", "keys that differ")
        for dimension in read.dimensions:
            if dimension.key == read.period.title or "|" in dimension.key:
                self._fault("dimensions", dimension.key, "a key without |, and other than that of the period")

    def _fault(self, where: str, found: Any, expected: str) -> None:
        self.faults.append(Fault(self._file, 0, where, str(found)[:80], expected))

    def _map(self, found: Any, where: str) -> dict[str, Any]:
        if not isinstance(found, dict):
            self._fault(where, found, "names with values")
            return {}
        return {str(name): value for name, value in found.items()}

    def _list(self, found: Any, where: str) -> list[Any]:
        if isinstance(found, list):
            return found
        self._fault(where, found, "a list")
        return []

    def _nothing_left(self, left: dict[str, Any], where: str) -> None:
        for name in left:
            self._fault(f"{where}{name}", left[name], "a field that mappings have (see docs/monitor.md)")

    def _text(self, item: dict[str, Any], name: str, where: str = "", *, needed: bool = False) -> str:
        found = item.pop(name, "")
        if isinstance(found, bool) or not isinstance(found, str | int | float):
            self._fault(where + name, found, "a text")
            return ""
        text = str(found).strip()
        if needed and not text:
            self._fault(where + name, "nothing", "a text")
        return text

    def _choice(self, item: dict[str, Any], name: str, choices: Mapping[str, str]) -> str:
        found = item.pop(name, "")
        if not isinstance(found, str) or found not in choices:
            self._fault(name, repr(found), "one of " + ", ".join(repr(choice) for choice in choices if choice))
            return ""
        return choices[found]

    def _flag(self, item: dict[str, Any], name: str, otherwise: bool, where: str = "") -> bool:
        found = item.pop(name, otherwise)
        if not isinstance(found, bool):
            self._fault(where + name, found, "true or false")
            return otherwise
        return found

    def _whole(self, item: dict[str, Any], name: str, least: int) -> int:
        found = item.pop(name, least)
        if isinstance(found, bool) or not isinstance(found, int) or found < least:
            self._fault(name, found, f"a whole number from {least}")
            return least
        return found

    def _title(self, found: Any) -> Mapping[str, str]:
        if isinstance(found, dict) and found and all(isinstance(text, str) for text in found.values()):
            return {str(language): text for language, text in found.items()}
        if isinstance(found, str) and found.strip():
            return {"mul": found.strip()}
        self._fault("title", found, "a text, or one for each language")
        return {}

    def _sheet(self, found: Any) -> str | int:
        if isinstance(found, str) or (isinstance(found, int) and not isinstance(found, bool) and found >= 1):
            return found
        self._fault("sheet", found, "the name of a sheet, or its number from 1")
        return 1

    def _notation(self, top: dict[str, Any]) -> Notation:
        decimal = self._choice(top, "decimal", {"": ".", **_DECIMALS})
        thousands = self._choice(top, "thousands", _THOUSANDS)
        if decimal and decimal == thousands:
            self._fault("thousands", thousands, "another sign than the one before decimals")
        return Notation(decimal or ".", thousands)

    def _period(self, found: Any) -> PeriodMapping:
        item = self._map(found, "period")
        headings = self._flag(item, "headings", False, "period.")
        columns = item.pop("columns", None)
        column = self._text(item, "column", "period.")
        title = self._text(item, "title", "period.") or "Perioden"
        names = [str(name) for name in self._list(columns, "period.columns")] if columns is not None else []
        names += [column] if column else []
        self._nothing_left(item, "period.")
        if item is not None and isinstance(found, dict) and headings == bool(names):
            self._fault("period", found, "column, columns, or headings: true")
        return PeriodMapping(tuple(names), title)

    def _dimensions(self, found: Any) -> Iterator[DimensionMapping]:
        for number, raw in enumerate(self._list(found, "dimensions"), 1):
            where = f"dimensions[{number}]."
            item = self._map(raw, where[:-1])
            column = self._text(item, "column", where, needed=True)
            role = self._text(item, "role", where) or "other"
            if role not in ("geo", "other"):
                self._fault(f"{where}role", role, "geo or other")
                role = "other"
            yield DimensionMapping(
                column,
                self._text(item, "key", where) or column,
                self._text(item, "title", where) or column,
                Role(role),
                self._codes(item.pop("codes", {}), f"{where}codes"),
                self._flag(item, "fill_down", False, where),
            )
            self._nothing_left(item, where)

    def _codes(self, found: Any, where: str) -> dict[str, tuple[str, str]]:
        codes = {}
        for word, code in self._map(found, where).items():
            if isinstance(code, dict):
                item = self._map(code, where)
                key = self._text(item, "code", f"{where}.{word}.", needed=True)
                title = self._text(item, "title", f"{where}.{word}.") or word
                self._nothing_left(item, f"{where}.{word}.")
            else:
                key, title = str(code).strip(), word
            if not key or "|" in key:
                self._fault(f"{where}.{word}", code, "a code without |")
            codes[word.strip()] = (key, title)
        return codes

    def _measures(self, found: Any) -> Iterator[MeasureMapping]:
        for number, raw in enumerate(self._list(found, "measures"), 1):
            where = f"measures[{number}]."
            item = self._map(raw, where[:-1])
            name = self._text(item, "column", where) or self._text(item, "name", where)
            key = self._text(item, "key", where) or name
            if not key:
                self._fault(where[:-1], raw, "a column or a key")
            decimals, multiply = item.pop("decimals", None), item.pop("multiply", 1)
            if decimals is not None and (not isinstance(decimals, int) or not 0 <= decimals <= 20):
                self._fault(f"{where}decimals", decimals, "a whole number from 0 to 20")
                decimals = None
            if isinstance(multiply, bool) or not isinstance(multiply, int | float) or not 0 < multiply < 1e15:
                self._fault(f"{where}multiply", multiply, "a number above 0")
                multiply = 1
            yield MeasureMapping(
                name,
                key,
                self._text(item, "title", where) or name or key,
                self._text(item, "unit", where),
                decimals,
                multiply,
                self._flag(item, "text", False, where),
                self._text(item, "description", where),
            )
            self._nothing_left(item, where)

    def _long(self, found: Any) -> dict[str, Any]:
        if found is None:
            return {}
        item = self._map(found, "measure")
        read = {
            "measure_column": self._text(item, "column", "measure.", needed=True),
            "value_column": self._text(item, "value", "measure.", needed=True),
        }
        self._nothing_left(item, "measure.")
        return read

    def _status(self, found: Any) -> dict[str, Any]:
        if found is None:
            return {}
        item = self._map(found, "status")
        column = self._text(item, "column", "status.", needed=True)
        words = self._words(item.pop("words", {}), "status.words", FINALITY)
        self._nothing_left(item, "status.")
        return {"status_column": column, "statuses": words}

    def _words(self, found: Any, where: str, meanings: Mapping[str, Any]) -> dict[str, Any]:
        words = {}
        for word, meaning in self._map(found, where).items():
            if not isinstance(meaning, str) or meaning not in meanings:
                self._fault(f"{where}.{word}", meaning, "one of " + ", ".join(meanings))
            else:
                words[word.strip()] = meanings[meaning]
        return words

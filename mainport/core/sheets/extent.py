# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""How large the sheets of a workbook are, before any of it is unfolded.

A sheet is unfolded as a rectangle: one word in XFD1048576 makes it 17 thousand million cells, and the process that
unfolds it ends. So the file is read through first, cell by cell, keeping only how far it reaches.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat

#: What a sheet may reach over, from the first cell to the last: some 150 MiB.
MAX_CELLS = 4_000_000
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


@dataclass
class Extent:
    """How far a sheet reaches: its last row and column with something in it."""

    rows: int = 0
    columns: int = 0

    def reach(self, row: int, column: int) -> None:
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)

    @property
    def cells(self) -> int:
        return self.rows * self.columns

    @property
    def last(self) -> str:
        """Its last cell, as sheets name cells.

        >>> Extent(1048576, 16384).last
        'XFD1048576'
        """
        letters, number = "", self.columns
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(65 + rest) + letters
        return f"{letters}{self.rows}"


def extents(archive: zipfile.ZipFile) -> dict[str, Extent]:
    """The extent of each sheet by its name. Raises ValueError for what isn't XLSX or ODS, and XML that isn't whole."""
    names = {name.lower(): name for name in archive.namelist()}
    try:
        if "content.xml" in names:
            return _ods(archive)
        if "xl/workbook.xml" in names:
            # Whoever reads it next finds its files whatever their capitals.
            return {name: _xlsx(archive, names[path.lower()]) for name, path in _sheets(archive)}
    except expat.ExpatError as error:
        raise ValueError(f"its XML isn't whole: {error}") from error
    except KeyError as error:
        raise ValueError(f"it names a part that isn't in it: {error}") from error
    raise ValueError("it is neither XLSX nor ODS")


def _parse(
    archive: zipfile.ZipFile,
    path: str,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] = lambda name: None,
) -> None:
    parser: Any = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = start, end
    # A document that declares entities is no workbook, and could unfold without end.
    parser.EntityDeclHandler = _no_entities
    with archive.open(path) as file:
        parser.ParseFile(file)


def _no_entities(*_declared: Any) -> None:
    raise ValueError("its XML declares entities")


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The name of each sheet of XLSX, and the file in which it is."""
    targets: dict[str, str] = {}
    sheets: list[tuple[str, str]] = []

    def relation(name: str, attributes: dict[str, str]) -> None:
        if name.endswith(" Relationship"):
            target = attributes.get("Target", "")
            targets[attributes.get("Id", "")] = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if name.endswith(" sheet"):
            key = next((value for key, value in attributes.items() if key.endswith("relationships id")), "")
            sheets.append((attributes.get("name", ""), key))

    if "xl/_rels/workbook.xml.rels" in archive.namelist():
        _parse(archive, "xl/_rels/workbook.xml.rels", relation)
    _parse(archive, "xl/workbook.xml", sheet)
    for name, key in sheets:
        yield name, targets.get(key, "")


def _xlsx(archive: zipfile.ZipFile, path: str) -> Extent:
    found, at = Extent(), Extent()

    def start(name: str, attributes: dict[str, str]) -> None:
        kind = name.rpartition(" ")[2]
        if kind == "row":
            said = attributes.get("r", "")
            at.rows, at.columns = (int(said) if said.isdecimal() else at.rows + 1), 0
        elif kind == "c":
            match = _REFERENCE.fullmatch(attributes.get("r", ""))
            at.columns = _number(match[1]) if match else at.columns + 1
            at.rows = int(match[2]) if match else at.rows
        elif kind in ("v", "is"):
            found.reach(at.rows, at.columns)

    _parse(archive, path, start)
    return found


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _ods(archive: zipfile.ZipFile) -> dict[str, Extent]:
    """Cells and rows may be repeated: what follows the last that holds something isn't counted."""
    sheets: dict[str, Extent] = {}
    reading = _Ods(sheets)
    _parse(archive, "content.xml", reading.start, reading.end)
    return sheets


class _Ods:
    def __init__(self, sheets: dict[str, Extent]) -> None:
        self._sheets, self._extent = sheets, Extent()
        self._row = self._repeated = self._column = self._of_cell = self._filled = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        kind = name.rpartition(" ")[2]
        if kind == "table":
            self._extent = self._sheets.setdefault(_attribute(attributes, " name"), Extent())
            self._row = 0
        elif kind == "table-row":
            self._repeated = _times(attributes, " number-rows-repeated")
            self._column = self._filled = 0
        elif kind in ("table-cell", "covered-table-cell"):
            self._of_cell = _times(attributes, " number-columns-repeated")
            self._column += self._of_cell
            if _attribute(attributes, " value-type"):
                self._filled = self._column
        elif kind == "p":
            self._filled = self._column

    def end(self, name: str) -> None:
        if name.endswith(" table-row"):
            self._row += self._repeated
            if self._filled:
                self._extent.reach(self._row, self._filled)


def _attribute(attributes: dict[str, str], end: str) -> str:
    return next((value for key, value in attributes.items() if key.endswith(end)), "")


def _times(attributes: dict[str, str], end: str) -> int:
    said = _attribute(attributes, end)
    return int(said) if said.isdecimal() and len(said) < 10 else 1

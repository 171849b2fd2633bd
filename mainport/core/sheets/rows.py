# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The rows of a file: CSV, or a sheet of XLSX, XLS or ODS."""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any

from mainport.core.sheets.extent import MAX_CELLS, Extent, extents

#: What a file may hold, unpacked: a small zip may hold much.
MAX_SIZE = 512 * 1024 * 1024
_BOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # A zip (XLSX, ODS), and the container of XLS.


@dataclass(frozen=True)
class Opening:
    """How a file is opened: which sheet, in which row the headings are; of CSV its delimiter and encoding."""

    sheet: str | int = 1
    header: int = 1
    delimiter: str = ""  # '' for the sign that stands most between the headings.
    encoding: str = "utf-8-sig"


@dataclass(frozen=True)
class Row:
    """A row of the file, numbered from 1 as the file shows it."""

    number: int
    cells: list[Any]


class Unreadable(ValueError):
    """The file can't be read: at which row (0 where none is meant) and field, what is found and expected there."""

    def __init__(self, row: int, field: str, found: str, expected: str) -> None:
        self.row, self.field, self.found, self.expected = row, field, found, expected
        super().__init__(f"{field}: found {found}, expected {expected}")


def rows_of(content: bytes, opening: Opening) -> list[Row]:
    """All rows with their numbers. Raises Unreadable for a file that can't be read."""
    if content.startswith(_BOOKS):
        return _sheet(content, opening)
    return _csv(content, opening)


def _sheet(content: bytes, opening: Opening) -> list[Row]:
    from python_calamine import CalamineError, load_workbook

    _check_size(content, opening.sheet)
    try:
        book = load_workbook(io.BytesIO(content))
        name = _name(book.sheet_names, opening.sheet)
        if name is None:
            raise Unreadable(0, "sheet", repr(opening.sheet), f"one of {', '.join(book.sheet_names)}")
        sheet = book.get_sheet_by_name(name)
        _check_extent(Extent(sheet.total_height + 1, sheet.total_width + 1), name)
        cells = sheet.to_python(skip_empty_area=False)
    except (CalamineError, OSError) as error:
        raise Unreadable(0, "file", str(error)[:200], "a file of XLSX, XLS or ODS that is whole") from error
    return [Row(place, row) for place, row in enumerate(cells, 1)]


def _name(names: list[str], wanted: str | int) -> str | None:
    if isinstance(wanted, str):
        return wanted if wanted in names else None
    return names[wanted - 1] if wanted <= len(names) else None


def _check_size(content: bytes, wanted: str | int) -> None:
    """Before it is unfolded: a small file may hold much, and few cells may reach far."""
    if not content.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(item.file_size for item in archive.infolist())
            if size > MAX_SIZE:
                raise Unreadable(0, "file", f"{size:,} bytes, unpacked", f"at most {MAX_SIZE:,}")
            found = extents(archive)
            is_ods = "content.xml" in archive.namelist()
    except Unreadable:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError, NotImplementedError, KeyError) as error:
        raise Unreadable(0, "file", str(error)[:200], "a file of XLSX or ODS that is whole") from error
    name = _name(list(found), wanted)
    # All sheets of ODS are unfolded at once; of XLSX only the one that is read.
    for sheet in found if is_ods else [name]:
        if sheet in found:
            _check_extent(found[sheet], sheet)


def _check_extent(extent: Extent, sheet: str) -> None:
    if extent.cells > MAX_CELLS:
        found = f"{extent.cells:,} cells, up to {extent.last}"
        expected = f"at most {MAX_CELLS:,} cells from the first to the last; empty what stands far from the table"
        raise Unreadable(extent.rows, f"sheet {sheet}", found, expected)


def _csv(content: bytes, opening: Opening) -> list[Row]:
    try:
        text = content.decode(opening.encoding)
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        found = f"the byte {content[error.start]:#04x}"
        raise Unreadable(row, "encoding", found, "UTF-8; or give the mapping encoding: windows-1252") from error
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=opening.delimiter or _delimiter(text, opening), strict=True
    )
    rows, before = [], 0
    try:
        for cells in reader:
            rows.append(Row(before + 1, cells))  # A cell may hold several lines.
            before = reader.line_num
    except csv.Error as error:
        raise Unreadable(before + 1, "row", str(error), "cells with quotes that close") from error
    return rows


def _delimiter(text: str, opening: Opening) -> str:
    """The sign that stands most between the headings."""
    lines = text.splitlines()
    header = lines[opening.header - 1] if len(lines) >= opening.header else ""
    return max(";,\t|", key=header.count)

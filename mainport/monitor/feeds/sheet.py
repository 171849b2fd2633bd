# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The rows of a file: CSV, or a sheet of XLSX, XLS or ODS."""

from __future__ import annotations

import csv
import io
import zipfile
import zlib

from mainport.monitor.feeds.sheet_extent import MAX_CELLS, Extent, extents
from mainport.monitor.rules.sheet import SheetRow
from mainport.monitor.rules.sheet_mapping import Fault, Refused, SheetMapping

#: What a file may hold, unpacked: a small zip may hold much.
MAX_SIZE = 512 * 1024 * 1024
_BOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # A zip (XLSX, ODS), and the container of XLS.


def rows_of(content: bytes, mapping: SheetMapping, file: str) -> list[SheetRow]:
    """All rows with their numbers. Raises Refused for a file that can't be read."""
    if content.startswith(_BOOKS):
        return _sheet(content, mapping, file)
    return _csv(content, mapping, file)


def _refused(file: str, row: int, field: str, found: str, expected: str) -> Refused:
    return Refused([Fault(file, row, field, found, expected)])


def _sheet(content: bytes, mapping: SheetMapping, file: str) -> list[SheetRow]:
    from python_calamine import CalamineError, load_workbook

    _check_size(content, file, mapping.sheet)
    try:
        book = load_workbook(io.BytesIO(content))
        name = _name(book.sheet_names, mapping.sheet)
        if name is None:
            raise _refused(file, 0, "sheet", repr(mapping.sheet), f"one of {', '.join(book.sheet_names)}")
        sheet = book.get_sheet_by_name(name)
        _check_extent(Extent(sheet.total_height + 1, sheet.total_width + 1), name, file)
        cells = sheet.to_python(skip_empty_area=False)
    except (CalamineError, OSError) as error:
        raise _refused(file, 0, "file", str(error)[:200], "a file of XLSX, XLS or ODS that is whole") from error
    return [SheetRow(place, row) for place, row in enumerate(cells, 1)]


def _name(names: list[str], wanted: str | int) -> str | None:
    if isinstance(wanted, str):
        return wanted if wanted in names else None
    return names[wanted - 1] if wanted <= len(names) else None


def _check_size(content: bytes, file: str, wanted: str | int) -> None:
    """Before it is unfolded: a small file may hold much, and few cells may reach far."""
    if not content.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(item.file_size for item in archive.infolist())
            if size > MAX_SIZE:
                raise _refused(file, 0, "file", f"{size:,} bytes, unpacked", f"at most {MAX_SIZE:,}")
            found = extents(archive)
            is_ods = "content.xml" in archive.namelist()
    except Refused:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError, NotImplementedError, KeyError) as error:
        raise _refused(file, 0, "file", str(error)[:200], "a file of XLSX or ODS that is whole") from error
    name = _name(list(found), wanted)
    # All sheets of ODS are unfolded at once; of XLSX only the one that is read.
    for sheet in found if is_ods else [name]:
        if sheet in found:
            _check_extent(found[sheet], sheet, file)


def _check_extent(extent: Extent, sheet: str, file: str) -> None:
    if extent.cells > MAX_CELLS:
        found = f"{extent.cells:,} cells, up to {extent.last}"
        expected = f"at most {MAX_CELLS:,} cells from the first to the last; empty what stands far from the table"
        raise _refused(file, extent.rows, f"sheet {sheet}", found, expected)


def _csv(content: bytes, mapping: SheetMapping, file: str) -> list[SheetRow]:
    try:
        text = content.decode(mapping.encoding)
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        found = f"the byte {content[error.start]:#04x}"
        raise _refused(file, row, "encoding", found, "UTF-8; or give the mapping encoding: windows-1252") from error
    delimiter = mapping.delimiter or _delimiter(text, mapping)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows, before = [], 0
    try:
        for cells in reader:
            rows.append(SheetRow(before + 1, cells))  # A cell may hold several lines.
            before = reader.line_num
    except csv.Error as error:
        raise _refused(file, before + 1, "row", str(error), "cells with quotes that close") from error
    return rows


def _delimiter(text: str, mapping: SheetMapping) -> str:
    """The sign that stands most between the headings."""
    lines = text.splitlines()
    header = lines[mapping.header - 1] if len(lines) >= mapping.header else ""
    return max(";,\t|", key=header.count)

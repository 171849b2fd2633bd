# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The rows of a file: CSV, or a sheet of XLSX, XLS or ODS."""

from __future__ import annotations

from mainport.core import sheets
from mainport.monitor.rules.sheet import SheetRow
from mainport.monitor.rules.sheet_mapping import Fault, Refused, SheetMapping


def rows_of(content: bytes, mapping: SheetMapping, file: str) -> list[SheetRow]:
    """All rows with their numbers. Raises Refused for a file that can't be read."""
    opening = sheets.Opening(mapping.sheet, mapping.header, mapping.delimiter, mapping.encoding)
    try:
        return [SheetRow(row.number, row.cells) for row in sheets.rows_of(content, opening)]
    except sheets.Unreadable as error:
        raise Refused([Fault(file, error.row, error.field, error.found, error.expected)]) from error

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The agenda as a workbook: a sheet a kind, and one of the sources."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import xlsxwriter

from mainport.agenda.exports.edition import Edition
from mainport.agenda.exports.tables import Cell, Row, by_kind, columns, rows, source_rows
from mainport.agenda.rules.elements import Agenda, Kind
from mainport.agenda.rules.nodes import NODES
from mainport.core.rules.languages import say

#: Characters; Excel refuses more in one cell.
CELL_LIMIT = 32_767
_WIDTHS = {"title": 50, "summary": 60, "ambition": 60, "mission": 60}


def write(agenda: Agenda, edition: Edition) -> bytes:
    """Row by row, so that a large agenda takes no more memory than a small one."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {
            "constant_memory": True,
            # A cell holds what the agenda says; nothing in it is ever a formula or a link.
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties(
        {
            "title": say(agenda.alliance.title, edition.language),
            "comments": f"{edition.site_url}, {edition.day:%Y-%m-%d}",
            "created": datetime(edition.day.year, edition.day.month, edition.day.day),
        }
    )
    heading = book.add_format({"bold": True, "bottom": 1})
    for kind, elements in by_kind(agenda).items():
        found = rows(elements, agenda.languages)
        name = "plans" if kind is Kind.PLAN else NODES[kind].plural
        _sheet(book, name, columns([kind], found), found, heading)
    found = source_rows(agenda.sources.values(), agenda.languages)
    if found:
        _sheet(book, "sources", list(found[0]), found, heading)
    book.close()
    return out.getvalue()


def _sheet(book: Any, name: str, names: Sequence[str], found: Sequence[Row], heading: Any) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 1)
    for column, title in enumerate(names):
        sheet.set_column(column, column, _WIDTHS.get(title.rpartition("_")[0], max(12, len(title) + 2)))
        sheet.write_string(0, column, title, heading)
    for index, row in enumerate(found, start=1):
        for column, title in enumerate(names):
            _put(sheet, index, column, row.get(title))
    sheet.autofilter(0, 0, len(found), len(names) - 1)


def _put(sheet: Any, row: int, column: int, value: Cell) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif value is not None:
        sheet.write_string(row, column, value if len(value) <= CELL_LIMIT else value[: CELL_LIMIT - 1] + "…")

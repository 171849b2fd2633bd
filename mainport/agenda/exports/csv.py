# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""All elements as one flat table (CSV, RFC 4180), each text in a column a language."""

from __future__ import annotations

import csv
import io

from mainport.agenda.exports.edition import Edition
from mainport.agenda.exports.tables import Cell, columns, rows
from mainport.agenda.rules.elements import Agenda, Kind


def write(agenda: Agenda, edition: Edition) -> bytes:
    """One row an element, from the top of the agenda to the bottom."""
    found = rows(agenda.elements.values(), agenda.languages)
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns(Kind, found), extrasaction="ignore")
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in found)
    return out.getvalue().encode()


def _cell(value: Cell) -> Cell:
    """A cell that a spreadsheet won't take for a formula (OWASP, CSV injection)."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r", "\n")):
        return f"'{value}"
    return value

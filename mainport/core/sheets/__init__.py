# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The rows of files that people make: CSV, and sheets of XLSX, XLS or ODS. No Django here."""

from mainport.core.sheets.rows import Opening, Row, Unreadable, rows_of

__all__ = ["Opening", "Row", "Unreadable", "rows_of"]

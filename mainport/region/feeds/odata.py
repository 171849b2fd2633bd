# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Flows as CBS's OData gives them, as the table that flows_file reads.

Version 4 (`/Observations`) has a row a value with its Measure, version 3 (`/TypedDataSet`, `/UntypedDataSet`) a row
a pair with a column a measure. An answer is a page of rows; several pages follow each other. Row 1 of the table is
the header, so that the first row of the first page is row 2.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from mainport.region.feeds.flows_file import Fault, Refused

#: What version 4 calls what is no dimension.
_OWN = {"Id", "Measure", "ValueAttribute", "Value", "StringValue"}
#: What it says of a value that is one.
_THERE = ("None", "", None)


def as_csv(pages: Sequence[tuple[str, bytes]]) -> bytes:
    """The rows of all pages (a name and a body each) as CSV; what is kept back is a dot. Raises Refused."""
    rows: list[dict[str, Any]] = []
    for name, body in pages:
        rows += _rows(name, body)
    name = pages[0][0] if pages else "-"
    if not rows:
        raise Refused([Fault(name, 2, "value", "no rows", "at least one pair of zones")])
    faults = [
        Fault(name, number, "-", "other columns", f"those of the first row: {', '.join(rows[0])}")
        for number, row in enumerate(rows, start=2)
        if row.keys() != rows[0].keys()
    ]
    if faults:
        raise Refused(faults[:20], max(len(faults) - 20, 0))
    plain = _observations(rows, name) if "Measure" in rows[0] else [_typed(row) for row in rows]
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(plain[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(plain)
    return out.getvalue().encode()


def _rows(name: str, body: bytes) -> list[dict[str, Any]]:
    try:
        page = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Refused([Fault(name, 1, "-", str(error)[:200], "JSON in UTF-8")]) from error
    rows = page.get("value") if isinstance(page, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Refused([Fault(name, 1, "value", "none", "an answer of OData: an object with a list of rows in value")])
    return rows


def _observations(rows: Sequence[dict[str, Any]], name: str) -> list[dict[str, str]]:
    measures = sorted({str(row["Measure"]) for row in rows})
    if len(measures) > 1:
        expected = "one, asked with $filter=Measure eq '…'"
        raise Refused([Fault(name, 2, "Measure", f"the measures {', '.join(measures)}", expected)])
    there = [column for column in rows[0] if column not in _OWN]
    return [
        {column: _text(row[column]) for column in there}
        | {"Banen": _text(row.get("Value")) if row.get("ValueAttribute") in _THERE else "."}
        for row in rows
    ]


def _typed(row: dict[str, Any]) -> dict[str, str]:
    return {column: _text(value) for column, value in row.items()}


def _text(value: Any) -> str:
    """As the CSV of StatLine has it: a null is kept back."""
    return "." if value is None else repr(value) if isinstance(value, float) else str(value)

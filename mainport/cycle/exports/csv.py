# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The ledger and its sub-totals as tables (CSV, RFC 4180). Amounts are plain decimals with a point."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from mainport.cycle.models import Book, Cell, Transfer
from mainport.cycle.queries.totals import DIMENSIONS, totals
from mainport.cycle.rules.chart import CHART, Code

LEDGER = (
    "number",
    "date",
    "sort",
    "words",
    "reference",
    "document",
    "decision",
    "corrects",
    "side",
    "account",
    "account_nl",
    "account_en",
    *DIMENSIONS,
    "amount",
    "by",
    "at",
    "demo",
)
TOTALS = ("account", "account_nl", "account_en", *DIMENSIONS, "amount")

_MOVEMENT = (
    "movement__number",
    "movement__date",
    "movement__sort",
    "movement__words",
    "movement__reference",
    "movement__document",
    "movement__decision",
    "movement__corrects__number",
)


def write_ledger(out: TextIO, year: int | None = None) -> None:
    """One row a side of each transfer, in the order of booking; of the movements of one year, or of all."""
    writer = csv.writer(out)
    writer.writerow(LEDGER)
    book = Book.objects.first()
    cells = {cell.pk: cell for cell in Cell.objects.all()}
    found = Transfer.objects.filter(movement__number__lte=book.last_number if book else 0)
    if year is not None:
        found = found.filter(movement__date__year=year)
    rows = found.order_by("movement__number", "pk").values_list(
        *_MOVEMENT, "movement__by_name", "movement__at", "movement__demo", "amount", "debit_id", "credit_id"
    )
    writer.writerows(_sides(rows.iterator(chunk_size=2000), cells))


def _sides(rows: Iterable[tuple[Any, ...]], cells: dict[int, Cell]) -> Iterator[list[Any]]:
    for *movement, by, at, demo, amount, debit, credit in rows:
        for side, pk in (("debit", debit), ("credit", credit)):
            where = [getattr(cells[pk], name) or None for name in DIMENSIONS]
            row = [*movement, side, *_account(cells[pk].code), *where, f"{amount:.2f}", by, at.isoformat()]
            yield [*map(_cell, row), "true" if demo else "false"]


def write_totals(out: TextIO, year: int | None = None) -> None:
    """What stands on each account, told apart by everything; of one budget year, or of all."""
    writer = csv.writer(out)
    writer.writerow(TOTALS)
    found = totals(Code, by=DIMENSIONS, where=None if year is None else {"year": year})
    for one in found:
        writer.writerow([*_account(one.code), *(_cell(part or None) for part in one.key), f"{one.amount:.2f}"])


def _account(code: str) -> tuple[str, str, str]:
    account = CHART[Code(code)]
    return account.code.value, account.nl, account.en


def _cell(value: Any) -> Any:
    """A cell that a spreadsheet won't take for a formula (OWASP, CSV injection). Amounts are above zero."""
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r", "\n")):
        return f"'{value}"
    return value

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The ledger as tables says what the ledger says."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest

from mainport.cycle.exports.csv import write_ledger, write_totals
from mainport.cycle.models import Transfer
from mainport.cycle.queries.totals import totals
from mainport.cycle.rules.chart import Code
from mainport.cycle.rules.ledger import Cell, Sort
from tests.integration.cycle import books

pytestmark = pytest.mark.django_db


def ledger(year: int | None = None) -> list[dict[str, str]]:
    out = io.StringIO(newline="")
    write_ledger(out, year)
    return list(csv.DictReader(io.StringIO(out.getvalue())))


def sums(year: int | None = None) -> list[dict[str, str]]:
    out = io.StringIO(newline="")
    write_totals(out, year)
    return list(csv.DictReader(io.StringIO(out.getvalue())))


def test_one_row_a_side() -> None:
    books.keep()
    rows = ledger()
    assert len(rows) == 2 * Transfer.objects.count()
    for side in ("debit", "credit"):
        amounts = [Decimal(row["amount"]) for row in rows if row["side"] == side]
        assert sum(amounts) == sum(Transfer.objects.values_list("amount", flat=True))
    spent = next(row for row in rows if row["account"] == Code.EXPENDITURE)
    assert spent["date"] == "2023-03-01"
    assert spent["account_en"] == "Expenditure"
    assert (spent["year"], spent["fund"], spent["element"], spent["cost"]) == ("2023", "base", "task:K1", "research")
    assert spent["amount"] == "10000.00"
    assert spent["demo"] == "false"


def test_of_one_year() -> None:
    books.keep()
    assert {row["date"][:4] for row in ledger(2022)} == {"2022"}
    assert {row["year"] for row in sums(2022)} == {"2022"}


def test_sub_totals() -> None:
    books.keep()
    rows = sums()
    expected = sum(one.amount for one in totals([Code.PLEDGED]))
    assert sum(Decimal(row["amount"]) for row in rows if row["account"] == Code.PLEDGED) == expected == 125000
    [payable] = [row for row in rows if row["account"] == Code.PAYABLE]
    assert payable["amount"] == "4000.00"


def test_words_are_no_formula() -> None:
    words = '=HYPERLINK("http://evil.example")'
    step = books.step(Cell(Code.EXPENDITURE, 2023), Cell(Code.BANK, 2023), "1.00")
    books.put(books.one(Sort.PAYMENT, date(2023, 1, 1), "a", step, words=words))
    assert ledger()[0]["words"] == f"'{words}"


def test_nothing_yet() -> None:
    assert ledger() == []
    assert sums() == []

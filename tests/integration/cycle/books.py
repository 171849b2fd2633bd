# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A small ledger of two years for the tests of exports: booked by hand, so that every sum can be known beforehand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import transaction

from mainport.cycle.actions.ledger import book
from mainport.cycle.models import Book, Movement, Party
from mainport.cycle.rules.chart import Code
from mainport.cycle.rules.ledger import Cell, Sort, Transfer, memorandum
from mainport.cycle.rules.ledger import Movement as Draft
from tests.conftest import BY

LONG = "bureau-with-a-name-that-goes-on-and-on-beyond-what-an-auditfile-takes"
K1 = {"fund": "base", "element": "task:K1", "cost": "research"}


def parties() -> None:
    Party.objects.create(key="hanze", name="Hanzehogeschool Groningen", element="contribution:hanze", kvk="87654321")
    Party.objects.create(key="npg", name="Nationaal Programma Groningen", element="fund:npg")
    Party.objects.create(key=LONG, name="Bureau & Zonen <Noord>", iban="NL20INGB0001234567", vat="NL001234567B01")


def one(sort: Sort, day: date, reference: str, *steps: Transfer, words: str = "", **more: object) -> Draft:
    return Draft(sort, day, words or reference, steps, reference, **more)  # type: ignore[arg-type]


def step(debit: Cell, credit: Cell, amount: str) -> Transfer:
    return Transfer(debit, credit, Decimal(amount))


def put(*drafts: Draft) -> list[Movement]:
    with transaction.atomic():
        return book(by=BY, movements=drafts)


def year_2022() -> None:
    """What is left of it: 1,000 at the bank."""
    suspense = Cell(Code.SUSPENSE, 2022)
    owed = Cell(Code.RECEIVABLE, 2022, party="hanze")
    income = Cell(Code.CONTRIBUTION, 2022, party="hanze", fund="base")
    put(
        one(Sort.INVOICE_SENT, date(2022, 2, 1), "sent:2022-1", step(owed, income, "1000.00")),
        one(Sort.BANK, date(2022, 3, 1), "bank:2022-1", step(Cell(Code.BANK, 2022), suspense, "1000.00")),
        one(Sort.RECEIPT, date(2022, 3, 1), "receipt:2022-1", step(suspense, owed, "1000.00")),
    )


def year_2023() -> None:
    """Pledged 125,000 and received; budgeted 60,000; committed and spent 10,000, of which 4,000 wasn't paid yet."""
    suspense, bank = Cell(Code.SUSPENSE, 2023), Cell(Code.BANK, 2023)
    owed = Cell(Code.RECEIVABLE, 2023, party="hanze")
    owing = Cell(Code.PAYABLE, 2023, party=LONG)
    spent = Cell(Code.EXPENDITURE, 2023, party=LONG, **K1)
    committed = Cell(Code.COMMITTED, 2023, party=LONG, **K1)
    pledge = memorandum(Code.PLEDGED, Decimal(125000), Cell(Code.PLEDGED, 2023, party="hanze"))
    budget = memorandum(Code.BUDGETED, Decimal(60000), Cell(Code.BUDGETED, 2023, **K1))
    promise = memorandum(
        Code.PROMISED, Decimal(50000), Cell(Code.PROMISED, 2023, party="npg", fund="npg", element="task:K1")
    )
    put(
        one(Sort.PLEDGE, date(2023, 1, 1), "pledge:hanze:2023", pledge),
        one(Sort.BUDGET, date(2023, 1, 2), "budget:2023:1", budget),
        one(Sort.GRANT, date(2023, 1, 20), "grant:1", promise),
        one(
            Sort.INVOICE_SENT,
            date(2023, 1, 15),
            "sent:2023-1",
            step(owed, Cell(Code.CONTRIBUTION, 2023, party="hanze", fund="base"), "125000.00"),
            document="2023-0001",
        ),
        one(Sort.BANK, date(2023, 2, 1), "bank:1", step(bank, suspense, "125000.00")),
        one(Sort.RECEIPT, date(2023, 2, 1), "receipt:1", step(suspense, owed, "125000.00")),
        one(Sort.COMMITMENT, date(2023, 2, 3), "commitment:1", memorandum(Code.COMMITTED, Decimal(10000), committed)),
        one(
            Sort.INVOICE_RECEIVED,
            date(2023, 3, 1),
            "received:1",
            step(spent, owing, "10000.00"),
            memorandum(Code.COMMITTED, Decimal(-10000), committed),
            words="Research & <advice>\x02",
            document="F2023-17",
        ),
        one(Sort.BANK, date(2023, 3, 15), "bank:2", step(suspense, bank, "6000.00")),
        one(Sort.PAYMENT, date(2023, 3, 15), "payment:1", step(owing, suspense, "6000.00")),
    )


def keep() -> None:
    """Both years."""
    parties()
    year_2022()
    year_2023()
    Book.objects.filter(pk=1).update(iban="NL91ABNA0417164300")

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The money of 2023 for the tests of papers, booked movement by movement, and people who sign."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from django.db import transaction

from mainport.core.rules.permissions import Actor, Grant, Role
from mainport.cycle.actions import papers
from mainport.cycle.actions.ledger import book
from mainport.cycle.models import BankFile, Budget, BudgetLine, Paper, Party
from mainport.cycle.queries import papers as queries
from mainport.cycle.rules.chart import Code
from mainport.cycle.rules.ledger import Cell, Movement, Sort, Transfer, memorandum
from tests.conftest import BY

NOW = datetime(2024, 3, 1, 12, tzinfo=UTC)
OFFICE = Actor("Dave", grants=(Grant(Role.PROGRAMME_OFFICE),))
D = Decimal


def coordinator(organisation: str) -> Actor:
    return Actor(f"coordinator of {organisation}", grants=(Grant(Role.COORDINATOR, organisation),))


def said(code: Code, amount: str, **at: str) -> Transfer:
    return memorandum(code, D(amount), Cell(code, 2023, **at))


def put(sort: Sort, reference: str, *steps: Transfer, on: date = date(2023, 6, 1)) -> None:
    with transaction.atomic():
        book(by=BY, movements=[Movement(sort, on, reference, steps, reference)])


def step(debit: Cell, credit: Cell, amount: str) -> Transfer:
    return Transfer(debit, credit, D(amount))


def through_bank(reference: str, cell: Cell, amount: str, *, on: date, into: bool) -> None:
    """Money that came in for a cell, or went out for it: by the bank, then assigned."""
    bank, waiting = Cell(Code.BANK, on.year), Cell(Code.SUSPENSE, on.year)
    line = step(bank, waiting, amount) if into else step(waiting, bank, amount)
    put(Sort.BANK, f"{reference} bank", line, on=on)
    assigned = step(waiting, cell, amount) if into else step(cell, waiting, amount)
    put(Sort.RECEIPT if into else Sort.PAYMENT, f"{reference} assigned", assigned, on=on)


def money_of_2023() -> None:
    """Pledged 425,000 and paid but for 125,000, which came in January 2024; 60,000.50 of JTF promised, 20,000.25
    received; budgeted 200,000, spent 150,000.75 of which 30,000.00 was paid in 2024."""
    for key, element in (
        ("gemeente", "contribution:gemeente-groningen"),
        ("rug", "contribution:rug"),
        ("jtf", "fund:jtf"),
    ):
        Party.objects.create(key=key, name=key, element=element)
    Party.objects.create(key="bureau", name="Bureau Noord")
    put(
        Sort.PLEDGE,
        "pledges",
        said(Code.PLEDGED, "300000", party="gemeente"),
        said(Code.PLEDGED, "125000", party="rug"),
    )
    for party, amount, paid in (("gemeente", "300000", date(2023, 3, 1)), ("rug", "125000", date(2024, 1, 15))):
        owed = Cell(Code.RECEIVABLE, 2023, party=party)
        income = Cell(Code.CONTRIBUTION, 2023, party=party, fund="base")
        put(Sort.INVOICE_SENT, f"invoice {party}", step(owed, income, amount), on=date(2023, 2, 1))
        through_bank(f"receipt {party}", owed, amount, on=paid, into=True)
    at = {"fund": "jtf", "element": "task:E1", "party": "jtf"}
    put(Sort.GRANT, "grant", said(Code.PROMISED, "60000.50", **at))
    claim = Cell(Code.RECEIVABLE, 2023, party="jtf")
    put(Sort.INVOICE_SENT, "claim", step(claim, Cell(Code.COFINANCING, 2023, **at), "20000.25"), on=date(2023, 9, 1))
    through_bank("claim", claim, "20000.25", on=date(2023, 11, 1), into=True)
    _budget()
    _spending()
    BankFile.objects.create(
        identification="12", iban="NL00TEST", start=date(2023, 1, 1), end=date(2023, 12, 31), opening=D(0),
        closing=D("199999.50"), name="camt", sha256="0" * 64, by_name="tests", at=NOW,
    )  # fmt: skip


def _budget() -> None:
    lines = [
        ("task:E1", "base", "staff", "80000"),
        ("task:E1", "jtf", "hired", "60000"),
        ("task:K1", "base", "events", "50000"),
        ("flagship:campus-groningen", "base", "communication", "10000"),
    ]
    budget = Budget.objects.create(
        year=2023, version=1, state=Budget.State.DECIDED, decided_at=NOW, by_name="tests", at=NOW
    )
    BudgetLine.objects.bulk_create(
        BudgetLine(budget=budget, element=e, fund=f, cost=c, amount=D(a)) for e, f, c, a in lines
    )
    put(Sort.BUDGET, "budget", *(said(Code.BUDGETED, a, element=e, fund=f, cost=c) for e, f, c, a in lines))


def _spending() -> None:
    for number, (element, fund, cost, amount, paid) in enumerate(
        [
            ("task:E1", "base", "staff", "70000.75", date(2023, 7, 1)),
            ("task:E1", "jtf", "hired", "50000", date(2023, 8, 1)),
            ("task:K1", "base", "events", "30000", date(2024, 1, 20)),
        ]
    ):
        owed = Cell(Code.PAYABLE, 2023, party="bureau")
        cell = Cell(Code.EXPENDITURE, 2023, party="bureau", fund=fund, element=element, cost=cost)
        put(Sort.INVOICE_RECEIVED, f"spent {number}", step(cell, owed, amount))
        through_bank(f"paid {number}", owed, amount, on=paid, into=False)


def written(kind: str, year: int = 2023) -> Paper:
    """A paper with every text that must be there."""
    paper = papers.open(by=OFFICE, kind=kind, year=year)
    for lack in queries.lacking(paper):
        section = paper.sections.get(key=lack.section)
        text = {"nl": f"Tekst van {lack.section}.", "en": f"Text of {lack.section}."}
        papers.write(by=OFFICE, section=section, text=text, revision=section.revision)
    return paper


def laid(kind: str, year: int = 2023, *, signed: bool = True) -> Paper:
    """A paper that lies before the partners, who agree."""
    paper = papers.lay_before(by=OFFICE, paper=written(kind, year))
    if signed:
        for partner in queries.signatories():
            papers.sign(by=coordinator(partner), paper=paper, organisation=partner, agrees=True)
    return paper


def decided(kind: str, year: int = 2023) -> Paper:
    return papers.decide(by=OFFICE, paper=laid(kind, year))

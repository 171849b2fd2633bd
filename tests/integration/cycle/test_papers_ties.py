# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A paper whose totals don't tie can't be decided, and every difference is named."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from mainport.cycle.actions import papers
from mainport.cycle.actions.papers import Undecidable
from mainport.cycle.models import BankFile, BudgetLine, Cell, Paper
from mainport.cycle.rules.chart import Code
from mainport.cycle.rules.ledger import Cell as At
from mainport.cycle.rules.ledger import Sort
from mainport.monitor.models import Edition
from tests.integration.cycle.stage import OFFICE, decided, laid, money_of_2023, put, said, step

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("groningen")]

D = Decimal


@pytest.fixture(autouse=True)
def money() -> None:
    money_of_2023()


def troubles(kind: str) -> list[str]:
    paper = laid(kind)
    with pytest.raises(Undecidable) as caught:
        papers.decide(by=OFFICE, paper=paper)
    paper.refresh_from_db()
    assert paper.state == "signing"
    assert paper.content is None
    assert not Edition.objects.filter(key__startswith=kind).exists()
    return caught.value.troubles


def tamper(code: Code, amount: str, **at: str) -> None:
    """Alter a running total behind the ledger's back."""
    cell = Cell.objects.filter(code=code, year=2023, **at).first()
    assert cell
    Cell.objects.filter(pk=cell.pk).update(debits=cell.debits + D(amount))


@pytest.mark.parametrize("kind", ["annual-plan", "budget", "annual-accounts", "implementation-agenda"])
def test_money_that_ties_can_be_decided(kind: str) -> None:
    assert decided(kind).state == "decided"


def test_the_whole_year_of_papers_is_decided_one_after_another() -> None:
    for kind in ("annual-plan", "budget", "annual-accounts", "annual-report"):
        decided(kind)
    assert Paper.objects.filter(state="decided").count() == 4


def test_a_running_total_that_is_not_what_was_transferred() -> None:
    tamper(Code.EXPENDITURE, "0.01", element="task:K1")
    assert troubles("annual-plan") == [
        f"expenditure by {way}: found 150000.76, expected 150000.75 (transfers in the ledger), +0.01"
        for way in ("goal", "fund", "type of cost")
    ]


def test_a_bank_line_that_nobody_assigned() -> None:
    put(Sort.BANK, "stray", step(At(Code.BANK, 2023), At(Code.SUSPENSE, 2023), "10"), on=date(2023, 12, 1))
    BankFile.objects.update(closing=D("200009.50"))
    assert troubles("annual-accounts") == [
        "bank lines to be assigned: found -10.00, expected 0.00 (nothing left to assign), -10.00"
    ]


def test_a_bank_that_is_not_what_the_bank_says() -> None:
    BankFile.objects.update(closing=D("199999.51"))
    assert troubles("annual-accounts") == [
        "bank in the ledger: found 199999.50, expected 199999.51 (last statement of the bank), -0.01"
    ]
    BankFile.objects.all().delete()
    paper = Paper.objects.get()
    with pytest.raises(Undecidable, match="no statement of the bank was taken in"):
        papers.decide(by=OFFICE, paper=paper)


def test_a_closing_that_movements_do_not_explain_and_a_balance_sheet_out_of_balance() -> None:
    tamper(Code.PAYABLE, "5")
    found = troubles("annual-accounts")
    assert "opening and movements of payable: found 30000.00, expected 29995.00 (closing), +5.00" in found
    assert "assets: found 324999.50, expected 324994.50 (liabilities and reserve), +5.00" in found


def test_a_budget_of_which_the_lines_are_not_what_stands_in_the_ledger() -> None:
    BudgetLine.objects.filter(element="task:K1").update(amount=D("50000.01"))
    assert troubles("budget") == [
        "lines of the budget: found 200000.01, expected 200000.00 (budgeted in the ledger), +0.01"
    ]


def test_a_gap_must_be_named_in_every_language() -> None:
    put(Sort.BUDGET, "more", said(Code.BUDGETED, "300000", element="task:K2", fund="jtf", cost="hired"))
    BudgetLine.objects.filter(element="task:K1").update(amount=D("350000"))
    [trouble] = troubles("budget")
    assert trouble.startswith("pledged and promised income: found 485000.50, expected 500000.00 (expenses; or a text")
    paper = papers.take_back(by=OFFICE, paper=Paper.objects.get())
    section = paper.sections.get(key="cover")
    papers.write(by=OFFICE, section=section, text={"nl": "Tekort", "en": "Gap"}, revision=1)
    paper = papers.lay_before(by=OFFICE, paper=paper)
    assert papers.decide(by=OFFICE, paper=paper, ahead="yes").state == "decided"


def test_a_report_waits_for_the_accounts_and_says_what_these_say() -> None:
    [trouble] = troubles("annual-report")
    assert trouble.startswith("expenditure in the report: found 150000.75, expected 0.00 (accounts of the year, which")
    decided("annual-accounts")
    cell = At(Code.EXPENDITURE, 2023, party="bureau", fund="base", element="task:K1", cost="events")
    put(Sort.INVOICE_RECEIVED, "late", step(cell, At(Code.PAYABLE, 2023, party="bureau"), "1.25"))
    with pytest.raises(Undecidable) as caught:
        papers.decide(by=OFFICE, paper=Paper.objects.get(kind="annual-report"))
    assert caught.value.troubles == [
        "expenditure in the report: found 150002.00, expected 150000.75 (accounts of the year), +1.25",
        "result in the report: found 294998.25, expected 294999.50 (accounts of the year), -1.25",
    ]

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What a paper says: amounts to the cent, in both languages, and for ever once it was decided."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from importlib import resources

import pytest
from django.db import transaction

from mainport.core.rules.permissions import VISITOR
from mainport.cycle.actions import papers
from mainport.cycle.actions.ledger import book
from mainport.cycle.models import Paper
from mainport.cycle.queries import drawn
from mainport.cycle.queries import papers as queries
from mainport.cycle.rules.chart import Code
from mainport.cycle.rules.document import Chart, Document, Heading, Table
from mainport.cycle.rules.ledger import Cell, Movement, Sort, memorandum
from mainport.cycle.rules.papers import DecisionLine
from mainport.monitor import actions as monitor
from mainport.monitor import queries as measured
from mainport.monitor.actions import indicators
from mainport.monitor.rules.indicators import read
from tests.conftest import BY
from tests.integration.cycle.stage import OFFICE, decided, money_of_2023, said, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("groningen")]

#: An indicator of which figures were published.
KNOWN = "campus-companies"
KINDS = ["implementation-agenda", "annual-plan", "budget", "annual-accounts", "annual-report"]


def table(document: Document, caption: str) -> Table:
    return next(b for b in document.blocks if isinstance(b, Table) and b.caption.startswith(caption))


def row(found: Table, label: str) -> tuple[str, ...]:
    return next(cells for cells in (*found.rows, found.total) if cells and cells[0] == label)


def drawn_up(kind: str, language: str = "en") -> Document:
    return queries.document(OFFICE, written(kind), language)


def test_a_gap_is_told_with_the_reserve_that_it_could_be_met_from() -> None:
    money_of_2023()
    later = memorandum(Code.BUDGETED, Decimal("1000"), Cell(Code.BUDGETED, 2024, element="task:E1", fund="base"))
    with transaction.atomic():
        book(by=BY, movements=[Movement(Sort.BUDGET, date(2024, 1, 1), "next", (later,), "next")])
    text = " ".join(getattr(b, "text", "") for b in queries.document(OFFICE, written("budget", 2024), "en").blocks)
    assert "For €1,000 money is still to be found. At the beginning of the year the reserve was €294,999.50." in text


@pytest.mark.parametrize("kind", KINDS)
def test_both_languages_say_the_same_in_their_own_words(kind: str) -> None:
    money_of_2023()
    paper = written(kind)
    nl, en = (queries.document(OFFICE, paper, language) for language in ("nl", "en"))
    assert [type(block) for block in nl.blocks] == [type(block) for block in en.blocks]
    assert nl.title != en.title or kind == "budget"
    titles = {d.language: [b.text for b in d.blocks if isinstance(b, Heading) and b.level == 1] for d in (nl, en)}
    assert len(titles["nl"]) == len(titles["en"]) > 3
    for document in (nl, en):
        assert Document.from_json(document.to_json()) == document
        for block in document.blocks:
            if isinstance(block, Table):
                assert all(len(cells) == len(block.columns) for cells in block.rows)
            if isinstance(block, Chart):
                assert block.svg.startswith("<svg")
                assert block.description
        ids = [block.id for block in document.blocks if isinstance(block, Heading) and block.id]
        assert len(ids) == len(set(ids))


def test_a_draft_says_that_it_is_one_and_which_text_is_missing() -> None:
    paper = papers.open(by=OFFICE, kind="annual-plan", year=2023)
    document = queries.document(OFFICE, paper, "en")
    assert document.state == "draft, version 1"
    notes = [block.title for block in document.blocks if hasattr(block, "title") and hasattr(block, "attention")]
    assert notes == ["Draft", "Text is still missing", "Text is still missing"]


def test_the_balance_sheet_counts_what_was_paid_in_a_later_year() -> None:
    money_of_2023()
    document = drawn_up("annual-accounts")
    assets, owed = table(document, "Assets"), table(document, "Reserve and liabilities")
    assert row(assets, "Receivables") == ("Receivables", "125,000.00", "0.00")
    assert row(assets, "Bank")[1] == "199,999.50"
    assert row(owed, "Payables")[1] == "30,000.00"
    assert row(owed, "Result of the year")[1] == "294,999.50"
    assert assets.total[1:] == owed.total[1:] == ("324,999.50", "0.00")
    result = table(document, "Statement of income and expenditure for 2023")
    assert row(result, "Total income")[1:] == ("445,000.25", "485,000.50", "0.00")
    assert row(result, "Total expenditure")[1:] == ("150,000.75", "200,000.00", "0.00")
    assert row(result, "Result")[1] == "294,999.50"


def test_the_next_year_begins_where_this_one_ended() -> None:
    money_of_2023()
    sheets = drawn.read(2023).sheets
    now, after = sheets.balance(2023), sheets.balance(2024)
    assert now.assets == now.liabilities == Decimal("324999.50")
    assert after.assets == after.liabilities
    assert after.reserve == now.reserve + now.result
    assert (after.receivable, after.payable) == ({}, {})
    assert after.bank == Decimal("294999.50")


def test_the_report_says_amounts_by_partner_fund_goal_and_cost_to_the_cent() -> None:
    money_of_2023()
    document = drawn_up("annual-report")
    partners = table(document, "Contributions of the partners in 2023")
    assert partners.total == ("Total", "425,000", "425,000", "425,000", "0")
    funds = table(document, "Co-financing per fund in 2023")
    assert row(funds, "Just Transition Fund")[1:] == ("0.00", "60,000.50", "20,000.25", "20,000.25")
    spent = table(document, "Budget and expenditure of 2023")
    assert spent.total == ("Total", "200,000.00", "0.00", "150,000.75", "49,999.25")
    energy = row(spent, "Energy")
    assert energy[1:] == ("140,000.00", "0.00", "120,000.75", "19,999.25")
    by_fund = table(document, "Budgeted and spent per fund in 2023")
    by_cost = table(document, "Budgeted and spent per type of cost in 2023")
    assert by_fund.total[2] == by_cost.total[2] == spent.total[3]
    text = " ".join(getattr(block, "text", "") for block in document.blocks)
    assert "€0.43 of promised co-financing" in text
    assert "€0.20 was received from funds" in text


def test_a_budget_says_what_is_covered_and_what_is_not() -> None:
    money_of_2023()
    document = drawn_up("budget", "nl")
    lines = table(document, "Begroting 2023 per doel, opgave en project")
    assert lines.total == ("Totaal", "140.000", "60.000", "200.000")
    needed = table(document, "Cofinanciering voor 2023")
    assert needed.total[1:] == ("60.000,00", "0,00", "60.000,50", "0,00")
    assert row(table(document, "Dekking van de begroting van 2023"), "Ruimte")[1] == "285.000,50"


def test_a_decided_paper_still_shows_the_old_target_and_amount_after_later_changes() -> None:
    """Done when 2 of issue 4: what is decided later changes what was decided before no more."""
    file = (resources.files("mainport.monitor") / "data" / "groningen-indicators.yaml").read_bytes()
    indicators.load(by=BY, file=read(file))
    indicator = measured.find_indicator(KNOWN)
    monitor.set_target(by=BY, indicator=indicator, period="2026", value=4.0, words=None, why="tests")
    money_of_2023()
    paper = decided("annual-plan")
    before = paper.content
    shown = [cells for cells in _indicator_rows(paper, "en") if cells[0] == indicator.title["en"]]
    assert shown
    assert "4" in shown[0][3]
    monitor.set_target(
        by=BY, indicator=indicator, period="2026", value=9.0, words=None, source="decision:2024-1", why="later"
    )
    moved = (
        said(Code.BUDGETED, "-50000", element="task:E1", fund="base", cost="staff"),
        said(Code.BUDGETED, "50000", element="task:K1", fund="base", cost="staff"),
    )
    with transaction.atomic():
        book(by=BY, movements=[Movement(Sort.VIREMENT, paper.at.date(), "moved", moved, "moved", decision="2024-1")])
    paper = Paper.objects.get(pk=paper.pk)
    assert paper.content == before
    assert "4" in next(cells for cells in _indicator_rows(paper, "en") if cells[0] == indicator.title["en"])[3]
    old = table(queries.document(VISITOR, paper, "en"), "Budget 2023 per goal")
    new_paper = papers.open(by=OFFICE, kind="annual-plan", year=2023)
    new = table(queries.document(OFFICE, new_paper, "en"), "Budget 2023 per goal")
    assert row(old, "Energy")[1] == "80,000"
    assert row(new, "Energy")[1] == "30,000"
    assert "9" in next(cells for cells in _indicator_rows(new_paper, "en") if cells[0] == indicator.title["en"])[3]


def _indicator_rows(paper: Paper, language: str) -> list[tuple[str, ...]]:
    document = queries.document(OFFICE, paper, language)
    return list(table(document, "All indicators").rows)


def test_an_invented_paper_says_so_in_its_text_and_its_footer() -> None:
    paper = papers.open(by=OFFICE, kind="annual-plan", year=2023, demo=True)
    document = queries.document(OFFICE, paper, "nl")
    assert document.footer.endswith("met verzonnen gegevens")
    assert any(getattr(block, "title", "") == "Verzonnen voorbeeld" for block in document.blocks)


def test_decisions_of_the_year_are_told_and_others_are_not() -> None:
    paper = written("annual-report")
    lines = [
        DecisionLine("2023-2", date(2023, 5, 1), {"nl": "Meer kamers", "en": "More rooms"}, changes=("task:A4",)),
        DecisionLine("2022-1", date(2022, 5, 1), {"nl": "Oud", "en": "Old"}),
    ]
    document = queries.document(OFFICE, paper, "en", decisions=lines)
    titles = [block.text for block in document.blocks if isinstance(block, Heading)]
    assert "1 May 2023: More rooms" in titles
    assert not any("Old" in title for title in titles)

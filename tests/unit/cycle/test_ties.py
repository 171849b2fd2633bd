# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Every figure that should tie and doesn't is named, with both amounts."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from mainport.cycle.rules import ties
from mainport.cycle.rules.ties import Books, Course, Sums, Tie

D = Decimal
WHOLE = Books(
    courses=(Course("bank", D(10), D(5), D(15)),),
    bank=D(15),
    statement=D(15),
    suspense=D(0),
    assets=D(15),
    liabilities=D(15),
)


def test_what_ties_is_silent() -> None:
    assert list(ties.books_tie(WHOLE)) == []
    assert list(ties.sums_tie([Sums("expenditure", D(5), {"by goal": D(5), "by fund": D(5)})])) == []
    assert list(ties.lines_tie(D(5), D(5))) == []
    assert list(ties.cover_ties(D(5), D(5), gap_is_named=False)) == []
    assert list(ties.report_ties({"result": D(1)}, {"result": D(1)})) == []


def test_a_sum_that_differs_by_a_cent_is_named() -> None:
    [found] = ties.sums_tie([Sums("expenditure", D("5.00"), {"by goal": D("5.01"), "by fund": D("5.00")})])
    assert found.tie is Tie.SUMS
    assert found.amount == D("0.01")
    assert str(found) == "expenditure by goal: found 5.01, expected 5.00 (transfers in the ledger), +0.01"


@pytest.mark.parametrize(
    ("change", "tie"),
    [
        ({"courses": (Course("bank", D(10), D(4), D(15)),)}, Tie.CLOSING),
        ({"statement": D(14)}, Tie.BANK),
        ({"statement": None}, Tie.BANK),
        ({"suspense": D("-0.01")}, Tie.SUSPENSE),
        ({"liabilities": D(16)}, Tie.BALANCE),
    ],
)
def test_books_that_do_not_tie(change: dict[str, Any], tie: Tie) -> None:
    assert [found.tie for found in ties.books_tie(replace(WHOLE, **change))] == [tie]


def test_without_a_bank_no_statement_is_asked_for() -> None:
    empty = replace(WHOLE, bank=D(0), statement=None)
    assert list(ties.books_tie(empty)) == []


def test_a_gap_is_allowed_once_it_is_named() -> None:
    [found] = ties.cover_ties(D(4), D(5), gap_is_named=False)
    assert (found.tie, found.amount) == (Tie.COVER, D(-1))
    assert list(ties.cover_ties(D(4), D(5), gap_is_named=True)) == []


def test_a_budget_that_was_not_decided_and_one_that_differs() -> None:
    assert "of which none was decided" in str(*ties.lines_tie(None, D(0)))
    [found] = ties.lines_tie(D(7), D(5))
    assert (found.found, found.expected) == (D(7), D(5))


def test_a_report_beside_its_accounts() -> None:
    report = {"expenditure": D(5), "result": D(1)}
    [found] = ties.report_ties(report, None)
    assert "weren't decided yet" in str(found)
    assert [one.what for one in ties.report_ties(report, {"expenditure": D(4), "result": D(2)})] == [
        "expenditure in the report",
        "result in the report",
    ]

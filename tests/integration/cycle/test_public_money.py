# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What pages ask of money: no sub-total disagrees with the sum of its parts, whatever was paid of it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mainport.agenda.rules.elements import Agenda
from mainport.cycle.queries.money import (
    BASE,
    OTHERS,
    Measure,
    contributions,
    flows,
    narrow,
    of_elements,
    of_fund,
    of_parties,
    origin,
    read,
    tree,
    years,
)
from mainport.cycle.rules.shares import share
from tests.integration.cycle import books
from tests.integration.cycle.stage import money_of_2023

pytestmark = pytest.mark.django_db
D = Decimal
SIDES = ("year", "party", "fund", "element", "cost")


def test_shares_add_up_to_the_cent() -> None:
    parts = share(D("100.00"), [D("1.01"), D("2.02"), D("-0.50"), D("33.33")])
    assert sum(parts) == D("100.00")
    assert all(part == part.quantize(D("0.01")) for part in parts)
    assert share(D("5.00"), [D(0), D(0)]) == [D(0), D(0)]


@pytest.mark.parametrize("measure", Measure)
def test_no_sub_total_disagrees_with_the_sum_of_its_parts(groningen: Agenda, measure: Measure) -> None:
    money_of_2023()
    sheet = read()
    whole = sheet.sum(measure)
    for side in SIDES:
        assert sum(sheet.by(side, measure).values(), D(0)) == whole
        assert read(by=[side]).by(side, measure) == sheet.by(side, measure)
    assert sum((read(year=year).sum(measure) for year in sheet.years), D(0)) == whole
    elements = {row.element for row in sheet.rows if row.measure is measure}
    for uid in elements:
        assert of_elements([uid]).sheet.sum(measure) == sheet.sum(measure, element=uid)
    assert of_elements(elements).sheet.sum(measure) == whole
    for fund in {row.fund for row in sheet.rows if row.fund}:
        assert of_fund(fund).sum(measure) == sheet.sum(measure, fund=fund)
    groups = tree().groups(sheet, measure)
    assert sum((group.amounts[measure] for group in groups), D(0)) == whole
    for group in groups:
        assert sum((line.amounts[measure] for line in group.lines), D(0)) == group.amounts[measure]


def test_amounts_by_measure(groningen: Agenda) -> None:
    money_of_2023()
    sheet = read(year=2023)
    assert {measure: sheet.sum(measure) for measure in Measure} == {
        Measure.PLEDGED: D("425000"),
        Measure.SOUGHT: 0,
        Measure.PROMISED: D("60000.50"),
        Measure.BUDGETED: D("200000"),
        Measure.COMMITTED: 0,
        Measure.SPENT: D("150000.75"),
        Measure.PAID: D("150000.75"),
        Measure.INVOICED: D("445000.25"),
        Measure.RECEIVED: D("445000.25"),
    }
    assert sheet.uncovered() == 0
    assert sheet.leverage().promised == D("0.43")
    assert sheet.leverage().realised == D("0.20")


def test_what_is_paid_in_part_is_shared_out_over_what_it_was_for(groningen: Agenda) -> None:
    books.keep()
    sheet = read(year=2023)
    assert (sheet.sum(Measure.SPENT), sheet.sum(Measure.PAID)) == (D("10000"), D("6000"))
    assert read(by=["fund"]).by("fund", Measure.PAID) == {BASE: D("6000")}
    assert years() == (2022, 2023)
    assert of_elements(["task:K1"]).sheet.sum(Measure.PAID) == D("6000")
    assert sheet.sum(Measure.RECEIVED, fund=BASE) == D("125000")


def test_what_is_open_of_others_changes_nothing(groningen: Agenda) -> None:
    books.keep()
    at = {"element": "task:K2", "fund": "npg", "cost": "staff"}
    owing = books.Cell(books.Code.PAYABLE, 2023, party=books.LONG)
    spent = books.Cell(books.Code.EXPENDITURE, 2023, party=books.LONG, **at)
    books.put(books.one(books.Sort.INVOICE_RECEIVED, books.date(2023, 4, 1), "2", books.step(spent, owing, "0.01")))
    books.put(books.one(books.Sort.INVOICE_RECEIVED, books.date(2023, 4, 1), "3", books.step(spent, owing, "3000.00")))
    whole = read()
    parts = [of_elements([uid]).sheet.sum(Measure.PAID) for uid in ("task:K1", "task:K2")]
    assert sum(parts) == whole.sum(Measure.PAID) == D("6000")
    assert of_fund("npg").sum(Measure.PAID) == parts[1] == of_elements(["task:K2"]).sheet.sum(Measure.PAID)


def test_a_page_of_an_element_has_its_source_in_the_same_query(groningen: Agenda) -> None:
    money_of_2023()
    found = of_elements(["task:E1"])
    assert found.origin.through > 0
    assert [(b.year, b.version, b.demo) for b in found.origin.budgets] == [(2023, 1, False)]
    assert "Just Transition Fund" in found.funds["jtf"].values()
    assert of_elements(["task:A1"]).sheet.rows == ()


def test_gaps_are_counted_by_element_and_fund(groningen: Agenda) -> None:
    money_of_2023()
    books.put(
        books.one(
            books.Sort.BUDGET,
            books.date(2023, 1, 3),
            "more",
            books.memorandum(
                books.Code.BUDGETED, D("25000"), books.Cell(books.Code.BUDGETED, 2023, fund="npg", element="task:K1")
            ),
        )
    )
    sheet = read(year=2023)
    assert sheet.gaps() == [(2023, "npg", "task:K1", D("25000"))]
    found = flows(sheet, sheet, tree())
    assert [(flow.target, flow.amount) for flow in found.flows if flow.source == "uncovered"] == [
        (tree().pillar_of("task:K1"), D("25000"))
    ]


def test_flows_balance_at_every_node(groningen: Agenda) -> None:
    money_of_2023()
    found = flows(read(), read(), tree())
    columns = {node.key: node.column for node in found.nodes}
    assert all(columns[flow.source] < columns[flow.target] for flow in found.flows)
    for node in found.nodes:
        came = sum((flow.amount for flow in found.flows if flow.target == node.key), D(0))
        went = sum((flow.amount for flow in found.flows if flow.source == node.key), D(0))
        if node.column in (1, 2) and went and came and node.kind != "goal":
            assert came == went, node.key
        if node.kind == "goal":
            assert came >= went, node.key
    into_goals = sum((flow.amount for flow in found.flows if columns[flow.target] == 2), D(0))
    kept = sum((flow.amount for flow in found.flows if flow.target == "kept"), D(0))
    assert into_goals - kept == read().sum(Measure.BUDGETED)
    small = narrow(found)
    assert {node.column for node in small.nodes} <= {0, 1}
    assert sum((flow.amount for flow in small.flows), D(0)) == into_goals


def test_a_contribution_year_by_year(groningen: Agenda) -> None:
    money_of_2023()
    (year,) = contributions(["contribution:rug"])
    assert (year.year, year.pledged, year.invoiced, year.paid, year.outstanding) == (2023, 125000, 125000, 125000, 0)
    assert contributions([]) == []


def test_few_queries(groningen: Agenda) -> None:
    books.keep()
    for deed, most in (
        (read, 3),
        (lambda: read(year=2023, by=["fund"]), 3),
        (lambda: of_parties(["hanze"]), 1),
        (years, 1),
        (lambda: of_elements(["task:K1"]), 1),
        (lambda: of_fund("npg"), 1),
        (tree, 1),
        (origin, 2),
        (lambda: contributions(["contribution:hanze"]), 2),
    ):
        with CaptureQueriesContext(connection) as asked:
            deed()
        assert len(asked) <= most


@pytest.mark.parametrize("by", [["party"], ["party", "year"], ["party", "element", "cost"]])
def test_parties_that_are_not_named_are_told_as_one(groningen: Agenda, by: list[str]) -> None:
    books.keep()
    whole = read(by=by)
    named = {row.party for row in whole.rows if row.measure is Measure.PLEDGED}
    told = read(by=by, named=named)
    for measure in Measure:
        assert told.sum(measure) == whole.sum(measure)
        assert told.sum(measure, party=named) == whole.sum(measure, party=named)
    assert {row.party for row in told.rows} <= {"", OTHERS, *named}
    assert told.sum(Measure.PAID, party=OTHERS) == whole.sum(Measure.PAID) == D("6000")

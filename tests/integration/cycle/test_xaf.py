# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The auditfile holds a year of the books, by the schema, and its totals are those of its lines."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import etree

from mainport.agenda.rules.elements import Agenda
from mainport.cycle.exports import xaf
from mainport.cycle.rules.chart import Code
from tests.integration.cycle import books

pytestmark = pytest.mark.django_db

SCHEMA = Path(__file__).resolve().parents[2] / "data" / "cycle" / "xaf-3.2-part.xsd"
X = {"x": xaf.NAMESPACE}


def written(year: int) -> etree._Element:
    out = io.BytesIO()
    xaf.write(out, year)
    root = etree.fromstring(out.getvalue())
    etree.XMLSchema(etree.parse(str(SCHEMA))).assertValid(root.getroottree())
    return root


def texts(root: etree._Element, path: str) -> list[str]:
    return [node.text or "" for node in root.findall(path, X)]


def of_lines(root: etree._Element, path: str, side: str) -> Decimal:
    lines = [line for line in root.findall(path, X) if line.findtext("x:amntTp", namespaces=X) == side]
    return sum((Decimal(line.findtext("x:amnt", "0", X)) for line in lines), Decimal(0))


@pytest.fixture
def kept(groningen: Agenda) -> None:
    books.keep()


def test_header_and_company(kept: None, settings: Any) -> None:
    settings.BOOKS = {
        **settings.BOOKS,
        "kvk": "12345678",
        "street": "Kade 1",
        "city": "Groningen",
        "postcode": "9711 AA",
    }
    root = written(2023)
    assert texts(root, "x:header/x:fiscalYear") == ["2023"]
    assert texts(root, "x:header/x:startDate") + texts(root, "x:header/x:endDate") == ["2023-01-01", "2023-12-31"]
    assert texts(root, "x:header/x:curCode") == ["EUR"]
    assert texts(root, "x:company/x:companyName") == ["Akkoord van Groningen"]
    assert texts(root, "x:company/x:companyIdent") == ["12345678"]
    assert texts(root, "x:company/x:streetAddress/x:city") == ["Groningen"]
    assert len(texts(root, "x:company/x:periods/x:period/x:periodNumber")) == 12


def test_totals_are_those_of_the_lines(kept: None) -> None:
    root = written(2023)
    for part, lines in (
        ("x:company/x:transactions", ".//x:trLine"),
        ("x:company/x:openingBalance", "x:obLine"),
    ):
        node = root.find(part, X)
        assert node is not None
        assert int(node.findtext("x:linesCount", "", X)) == len(node.findall(lines, X))
        debit, credit = of_lines(node, lines, "D"), of_lines(node, lines, "C")
        assert Decimal(node.findtext("x:totalDebit", "", X)) == debit
        assert Decimal(node.findtext("x:totalCredit", "", X)) == credit
        assert debit == credit
    # 125,000 invoiced, on the bank and received; 10,000 spent; 6,000 off the bank and paid.
    assert of_lines(root, ".//x:trLine", "D") == 3 * 125000 + 10000 + 2 * 6000


def test_opening_balance_puts_what_was_left_in_the_reserve(kept: None) -> None:
    root = written(2023)
    lines = {
        line.findtext("x:accID", "", X): (line.findtext("x:amnt", "", X), line.findtext("x:amntTp", "", X))
        for line in root.findall("x:company/x:openingBalance/x:obLine", X)
    }
    assert lines == {Code.BANK: ("1000.00", "D"), Code.RESERVE: ("1000.00", "C")}
    assert written(2022).findall("x:company/x:openingBalance/x:obLine", X) == []


def test_what_was_only_said_of_money_stays_out(kept: None) -> None:
    root = written(2023)
    assert {code for code in texts(root, ".//x:accID") if code >= Code.PLEDGED} == set()
    assert len(root.findall(".//x:transaction", X)) == 6


def test_a_movement_is_in_its_own_journal(kept: None) -> None:
    root = written(2023)
    found = {
        journal.findtext("x:jrnID", "", X): (
            journal.findtext("x:jrnTp", "", X),
            len(journal.findall("x:transaction", X)),
        )
        for journal in root.findall(".//x:journal", X)
    }
    assert found == {"BANK": ("B", 4), "VERKOOP": ("S", 1), "INKOOP": ("P", 1), "MEMO": ("M", 0)}
    assert texts(root, ".//x:journal/x:bankAccNr") == ["NL91ABNA0417164300"]


def test_lines_say_for_whom_and_for_what(kept: None) -> None:
    root = written(2023)
    [purchase] = root.findall(".//x:journal[x:jrnID='INKOOP']/x:transaction", X)
    assert purchase.findtext("x:desc", "", X) == "Research & <advice> "
    spent, owing = purchase.findall("x:trLine", X)
    assert spent.findtext("x:accID", "", X) == Code.EXPENDITURE
    assert spent.findtext("x:costID", "", X) == "research"
    assert spent.findtext("x:projID", "", X) == "task:K1"
    assert spent.findtext("x:docRef", "", X) == "F2023-17"
    assert owing.findtext("x:accID", "", X) == Code.PAYABLE
    relation = owing.findtext("x:custSupID", "", X)
    names = {
        node.findtext("x:custSupID", "", X): (
            node.findtext("x:custSupName", "", X),
            node.findtext("x:custSupTp", "", X),
        )
        for node in root.findall(".//x:customerSupplier", X)
    }
    assert len(relation) <= 35
    assert names[relation] == ("Bureau & Zonen <Noord>", "S")
    assert names["hanze"] == ("Hanzehogeschool Groningen", "C")


def test_an_empty_year(groningen: Agenda) -> None:
    root = written(2021)
    assert texts(root, "x:company/x:transactions/x:linesCount") == ["0"]


def test_questions_do_not_grow_with_the_year(kept: None) -> None:
    def asked(year: int) -> int:
        with CaptureQueriesContext(connection) as queries:
            xaf.write(io.BytesIO(), year)
        return len(queries)

    assert asked(2023) == asked(2021) <= 14


def test_goes_out_in_parts(kept: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xaf, "_CHUNK", 2)
    sizes: list[int] = []

    class Out(io.BytesIO):
        def write(self, data: Any) -> int:
            sizes.append(len(data))
            return super().write(data)

    out = Out()
    xaf.write(out, 2023)
    assert max(sizes) < len(out.getvalue()) / 2

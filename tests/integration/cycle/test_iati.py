# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The files for IATI are valid by schema, ruleset and codelists, and say what the ledger and the monitor say."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from mainport.agenda.rules.elements import Agenda
from mainport.cycle.actions.ledger import correct
from mainport.cycle.exports import iati
from mainport.cycle.exports.iati.results import Results
from mainport.cycle.models import Movement
from mainport.cycle.queries.totals import totals
from mainport.cycle.rules.chart import Code
from mainport.cycle.rules.ledger import Cell, Sort, memorandum
from mainport.monitor.actions.indicators import load
from mainport.monitor.models import Indicator
from mainport.monitor.queries.indicators import IndicatorValues
from mainport.monitor.rules.formula import Point, Span
from mainport.monitor.rules.indicators import Definition, read
from mainport.monitor.rules.standing import Figure, Goal
from tests.conftest import BY
from tests.integration.cycle import books
from tests.integration.cycle.iati_rules import complaints, unknown_codes

pytestmark = [pytest.mark.django_db, pytest.mark.shared]

US = "NL-KVK-12345678"


@pytest.fixture
def standards(shared: Path) -> Path:
    return shared / "standards" / "iati-2.03"


@pytest.fixture
def known(settings: Any) -> None:
    """Who keeps the books has a KvK number."""
    settings.BOOKS = {**settings.BOOKS, "kvk": "12345678"}


@pytest.fixture
def kept(groningen: Agenda, known: None) -> None:
    content = (resources.files("mainport.monitor") / "data" / "groningen-indicators.yaml").read_bytes()
    load(by=BY, file=read(content))
    books.keep()


def activities(standards: Path) -> etree._Element:
    root = etree.fromstring(iati.activities())
    schema = etree.XMLSchema(etree.parse(str(standards / "xsd" / "iati-activities-schema.xsd")))
    schema.assertValid(root.getroottree())
    assert unknown_codes(root, standards) == []
    return root


def organisation(standards: Path) -> etree._Element:
    root = etree.fromstring(iati.organisation())
    schema = etree.XMLSchema(etree.parse(str(standards / "xsd" / "iati-organisations-schema.xsd")))
    schema.assertValid(root.getroottree())
    assert unknown_codes(root, standards) == []
    return root


def one(root: etree._Element, uid: str) -> etree._Element:
    identifier = f"{US}-{uid.replace(':', '-')}"
    [found] = root.xpath("//iati-activity[iati-identifier=$id]", id=identifier)
    return found


def sums(activity: etree._Element, kind: str) -> Decimal:
    found = activity.xpath("transaction[transaction-type/@code=$kind]/value/text()", kind=kind)
    return sum(map(Decimal, found), Decimal(0))


def test_nothing_to_complain_about(kept: None, standards: Path) -> None:
    assert complaints(activities(standards), standards) == []
    assert complaints(organisation(standards), standards) == []


def test_of_an_agenda_without_money(groningen: Agenda, known: None, standards: Path) -> None:
    assert complaints(activities(standards), standards) == []
    assert complaints(organisation(standards), standards) == []


def test_an_own_scheme_gives_only_the_warning_that_it_is_one(groningen: Agenda, standards: Path) -> None:
    root = activities(standards)
    assert root.xpath("//reporting-org/@ref")[0] == "XI-MAINPORT-akkoord-van-groningen"
    said = complaints(root, standards)
    assert said
    assert all(complaint.startswith("warning 1.14.8") for complaint in said)


def test_the_ruleset_is_really_asked(kept: None, standards: Path) -> None:
    root = activities(standards)
    for node in root.xpath("//activity-date[@type='3']"):
        node.set("iso-date", "1999-01-01")
    assert any(complaint.startswith("error 11.1.2") for complaint in complaints(root, standards))


def test_without_an_agenda() -> None:
    with pytest.raises(iati.NothingToTell, match="load one"):
        iati.activities()


def test_hierarchy(kept: None, standards: Path) -> None:
    root = activities(standards)
    alliance, goal, task = (one(root, uid) for uid in ("alliance:akkoord-van-groningen", "goal:ecosystem", "task:K1"))
    assert [node.get("hierarchy") for node in (alliance, goal, task)] == ["1", "2", "3"]
    assert task.xpath("related-activity[@type='1']/@ref") == [f"{US}-goal-ecosystem"]
    assert f"{US}-task-K1" in goal.xpath("related-activity[@type='2']/@ref")
    identifiers = set(root.xpath("//iati-identifier/text()"))
    assert set(root.xpath("//related-activity/@ref")) <= identifiers
    assert any("flagship" in identifier for identifier in identifiers)


def test_both_languages(kept: None, standards: Path) -> None:
    task = one(activities(standards), "task:K1")
    assert task.get("{http://www.w3.org/XML/1998/namespace}lang") == "nl"
    assert task.xpath("title/narrative/@xml:lang") == ["nl", "en"]


def test_transactions_are_those_of_the_ledger(kept: None, standards: Path) -> None:
    root = activities(standards)
    task, alliance = one(root, "task:K1"), one(root, "alliance:akkoord-van-groningen")
    assert sums(task, "2") == 10000  # What the invoice took back of the commitment was not given up.
    assert sums(task, "4") == sum(one.amount for one in totals([Code.EXPENDITURE])) == 10000
    assert sums(task, "11") == 50000
    assert sums(alliance, "11") == sum(one.amount for one in totals([Code.PLEDGED])) == 125000
    assert sums(alliance, "1") == 126000  # Received in 2022 and 2023.
    [spent] = task.xpath("transaction[transaction-type/@code='4']")
    assert spent.xpath("string(transaction-date/@iso-date)") == "2023-03-01"
    assert spent.xpath("string(value/@value-date)") == "2023-03-01"
    assert spent.xpath("string(provider-org/@ref)") == US
    assert spent.xpath("string(receiver-org/narrative)") == "Bureau & Zonen <Noord>"
    assert spent.xpath("receiver-org/@ref") == []
    [pledge] = alliance.xpath("transaction[transaction-type/@code='11']")
    assert pledge.xpath("string(provider-org/@ref)") == "NL-KVK-87654321"
    assert pledge.xpath("string(provider-org/@type)") == "80"


def test_a_correction_is_a_negative_transaction(kept: None, standards: Path) -> None:
    number = Movement.objects.get(reference="received:1").number
    correct(by=BY, number=number, why="wrong task")
    root = activities(standards)
    assert sums(one(root, "task:K1"), "4") == 0
    assert sums(one(root, "task:K1"), "2") == 10000
    assert complaints(root, standards) == []


def test_no_transactions_of_days_to_come(kept: None, standards: Path) -> None:
    pledge = memorandum(Code.PLEDGED, Decimal(1), Cell(Code.PLEDGED, 2999, party="hanze"))
    books.put(books.one(Sort.PLEDGE, date(2999, 1, 1), "pledge:2999", pledge))
    assert complaints(activities(standards), standards) == []


def test_budget(kept: None, standards: Path) -> None:
    [budget] = one(activities(standards), "task:K1").xpath("budget")
    assert (budget.get("type"), budget.get("status")) == ("1", "2")
    assert budget.xpath("string(value)") == "60000.00"
    assert budget.xpath("string(period-start/@iso-date)") == "2023-01-01"


def test_what_is_still_to_be_paid(kept: None, standards: Path) -> None:
    cell = Cell(Code.COMMITTED, 2998, party="npg", fund="base", element="task:K1")
    steps = memorandum(Code.COMMITTED, Decimal(700), cell)
    books.put(books.one(Sort.COMMITMENT, date(2023, 5, 1), "commitment:2", steps))
    [planned] = one(activities(standards), "task:K1").xpath("planned-disbursement")
    assert planned.xpath("string(value)") == "700.00"
    assert planned.xpath("string(receiver-org/narrative)") == "Nationaal Programma Groningen"


def test_participants(kept: None, standards: Path) -> None:
    root = activities(standards)
    task = one(root, "task:K1")
    assert task.xpath("participating-org[@role='1']/narrative/text()") == ["Nationaal Programma Groningen"]
    assert task.xpath("participating-org[@role='2']/@ref") == [US]
    assert task.xpath("participating-org[@role='4']")
    alliance = one(root, "alliance:akkoord-van-groningen")
    assert alliance.xpath("participating-org[@role='1']/narrative/text()") == ["Hanzehogeschool Groningen"]


def test_money_of_what_the_agenda_has_no_more(kept: None, standards: Path) -> None:
    cell = Cell(Code.EXPENDITURE, 2023, party="npg", fund="base", element="task:gone")
    step = books.step(cell, Cell(Code.PAYABLE, 2023, party="npg"), "12.34")
    books.put(books.one(Sort.INVOICE_RECEIVED, date(2023, 6, 1), "received:2", step))
    root = activities(standards)
    assert sums(one(root, "alliance:akkoord-van-groningen"), "4") == Decimal("12.34")


def test_sector_of_the_pillar(kept: None, standards: Path) -> None:
    budget = memorandum(Code.BUDGETED, Decimal(100), Cell(Code.BUDGETED, 2023, fund="base", element="task:E1"))
    books.put(books.one(Sort.BUDGET, date(2023, 1, 2), "budget:2023:2", budget))
    task = one(activities(standards), "task:E1")
    assert task.xpath("sector[@vocabulary='1']/@code") == ["23110"]
    assert task.xpath("sector[@vocabulary='99']/@code") == ["sector-energy"]


def test_results(kept: None, standards: Path) -> None:
    root = activities(standards)
    assert root.xpath("//result/indicator/period/actual/@value")
    assert root.xpath("//result/indicator/baseline/@value")
    assert root.xpath("//result/indicator/period/target/@value")
    assert root.xpath("//result/indicator/reference[@vocabulary='99']/@indicator-uri")
    # Nothing of the future was measured.
    today = date.today().isoformat()
    assert not [
        period
        for period in root.xpath("//result/indicator/period[actual/@value]")
        if period.xpath("string(period-start/@iso-date)") > today
    ]


def test_what_was_made_up_says_so(groningen: Agenda, known: None, standards: Path) -> None:
    cell = Cell(Code.EXPENDITURE, 2023, party="npg", fund="base", element="task:K1")
    step = books.step(cell, Cell(Code.PAYABLE, 2023, party="npg"), "12.34")
    books.put(books.one(Sort.INVOICE_RECEIVED, date(2023, 6, 1), "received:2", step, demo=True))
    assert b"Do not publish this file" in iati.activities()
    assert b"Do not publish this file" in iati.organisation()
    task = one(activities(standards), "task:K1")
    titles = task.xpath("title/narrative/text()")
    assert titles[0].endswith("(voorbeeld)")
    assert titles[1].endswith("(example)")
    assert task.xpath("transaction/description/narrative/text()") == ["received:2 (voorbeeld, example)"]


def test_what_is_real_does_not_say_it_was_made_up(kept: None) -> None:
    assert b"Do not publish" not in iati.organisation()


def test_organisation(kept: None, standards: Path) -> None:
    root = organisation(standards)
    assert root.xpath("//organisation-identifier/text()") == [US]
    [budget] = root.xpath("//total-budget")
    assert budget.xpath("string(value)") == "60000.00"
    assert budget.xpath("budget-line/@ref") == ["base"]
    [spent] = root.xpath("//total-expenditure")
    assert spent.xpath("string(value)") == "10000.00"
    assert root.xpath("//document-link/category/@code") == ["B16", "B16"]


def test_a_second_reader_reads_them(kept: None, standards: Path, tmp_path: Path) -> None:
    from okfn_iati import IatiMultiCsvConverter
    from okfn_iati.iati_schema_validator import IatiValidator

    data = iati.activities()
    valid, said = IatiValidator().validate(data.decode())
    assert valid, said
    file = tmp_path / "activities.xml"
    file.write_bytes(data)
    assert IatiMultiCsvConverter().xml_to_csv_folder(file, tmp_path / "csv")
    rows = (tmp_path / "csv" / "transactions.csv").read_text(encoding="utf-8")
    assert "125000.00" in rows


def definition(**fields: Any) -> Definition:
    """An indicator of K1 that is entered by hand."""
    plain = {
        "id": "made-for-the-test",
        "title": {"nl": "Titel", "en": "Title"},
        "definition": {"nl": "Wat het is", "en": "What it is"},
        "unit": {"nl": "%", "en": "%"},
        "direction": "positive",
        "owner": "hanze",
        "measures": ["task:K1"],
        "connection": {"feed": "hand", "table": "none"},
        "areas": ["groningen"],
    }
    return Definition.model_validate({**plain, **fields})


def result_of(**fields: Any) -> etree._Element:
    """The result that is written for such an indicator, with a figure of 2023 and what a target says."""
    found = definition(**fields)
    words = {"nl": "Goed", "en": "Well"} if found.kind == "qualitative" else None
    point = None if words else Point(12.34)
    values = IndicatorValues(
        indicator=Indicator(key=found.id),
        definition=found,
        lines={},
        figures=[Figure("report", "2023", Span(date(2023, 1, 1), date(2023, 12, 31), "A"), point, words)],
        goals=[Goal("2026", None if words else 20.0, {"nl": "Meer", "en": "More"}, False, "decision:x")],
    )
    root = etree.Element("iati-activity")
    Results(date(2022, 1, 1), date(2026, 1, 1), "https://example.org").result(root, values)
    return root


@pytest.mark.parametrize(("direction", "ascending"), [("positive", ["1"]), ("negative", ["0"]), ("none", [])])
def test_which_way_is_better(direction: str, ascending: list[str]) -> None:
    assert result_of(direction=direction).xpath("result/indicator/@ascending") == ascending


def test_numbers_as_the_indicator_rounds_them() -> None:
    root = result_of(decimals=1)
    assert root.xpath("result/indicator/@measure") == ["2"]
    assert root.xpath("result/indicator/period/actual/@value") == ["12.3"]
    assert root.xpath("result/indicator/period/target/@value") == ["20.0"]
    assert "More" in root.xpath("result/indicator/period/target/comment/narrative/text()")


def test_what_is_told_in_words_has_no_values() -> None:
    root = result_of(kind="qualitative")
    assert root.xpath("result/indicator/@measure") == ["5"]
    assert root.xpath("//@value") == []
    assert "Well" in root.xpath("result/indicator/period/actual/comment/narrative/text()")

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""CSV and the workbook."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import datetime
from typing import Any

import openpyxl
import pytest

from mainport.agenda.exports import FORMATS
from mainport.agenda.exports.xlsx import CELL_LIMIT
from mainport.agenda.rules.elements import Agenda, Kind
from mainport.agenda.rules.nodes import NODES
from tests.conftest import groningen_file
from tests.integration.exports.conftest import EDITION


def as_rows(agenda: Agenda) -> dict[str, dict[str, str]]:
    content = FORMATS["csv"].write(agenda, EDITION).decode()
    return {row["id"]: row for row in csv.DictReader(io.StringIO(content, newline=""), strict=True)}


def as_book(agenda: Agenda) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"].write(agenda, EDITION)))


def test_csv_has_every_element_in_both_languages(demo_agenda: Agenda) -> None:
    rows = as_rows(demo_agenda)
    assert list(rows) == list(demo_agenda.elements)
    assert rows["sector:energy"]["title_nl"] == "Energie"
    assert rows["sector:energy"]["title_en"] == "Energy"
    assert rows["partner:noorderpoort"]["title_nl"] == rows["partner:noorderpoort"]["title_en"] == "Noorderpoort"
    assert rows["contribution:alfa-college-noorderpoort"]["partners"] == "partner:alfa-college partner:noorderpoort"
    assert rows["contribution:hanze"]["total"] == "500000"
    assert rows["alliance:akkoord-van-groningen"]["period_start"] == "2022"
    assert rows["project:e3-school"]["demo"] == "true"
    assert rows["project:e3-school"]["title_nl"] == "'''\"”  dubbel\nen nog een regel"


def test_csv_has_no_formulas(demo_agenda: Agenda) -> None:
    for row in as_rows(demo_agenda).values():
        for cell in row.values():
            if cell.startswith(("=", "+", "-", "@")):
                assert float(cell), "only a number may begin so"
    assert as_rows(demo_agenda)["plan:task-E3"]["result_nl"].startswith("'=HYPERLINK")


def test_the_workbook_has_a_sheet_a_kind(demo_agenda: Agenda) -> None:
    book = as_book(demo_agenda)
    kinds = {element.kind for element in demo_agenda.elements.values()}
    names = ["plans" if kind is Kind.PLAN else NODES[kind].plural for kind in Kind if kind in kinds]
    assert book.sheetnames == [*names, "sources"]
    for sheet in book.worksheets:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref
    assert book["tasks"].max_row == 1 + sum(e.kind is Kind.TASK for e in demo_agenda.elements.values())


def test_numbers_are_numbers_and_nothing_is_a_formula(demo_agenda: Agenda) -> None:
    book = as_book(demo_agenda)
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert not [cell for cell in cells if cell.hyperlink]
    sheet = book["contributions"]
    header = [cell.value for cell in sheet[1]]
    assert sheet.cell(2, header.index("total") + 1).value == 1200000
    place = book["places"]
    header = [cell.value for cell in place[1]]
    assert isinstance(place.cell(2, header.index("latitude") + 1).value, float)
    plans = book["plans"]
    header = [cell.value for cell in plans[1]]
    assert plans.cell(2, header.index("result_nl") + 1).value == '=HYPERLINK("https://evil.example")'
    assert plans.cell(2, header.index("start") + 1).value == "2024", "as exact as the agenda says it"


def test_too_many_words_for_a_cell_are_cut_and_not_lost() -> None:
    agenda = groningen_file()
    task = replace(agenda.elements["task:E3"], summary={"mul": "woord " * 10_000})
    sheet = as_book(replace(agenda, elements={**agenda.elements, task.uid: task}))["tasks"]
    header = [cell.value for cell in sheet[1]]
    row = next(row for row in sheet.iter_rows(values_only=True) if row[0] == "task:E3")
    assert len(row[header.index("summary_nl")]) == CELL_LIMIT
    assert row[header.index("summary_nl")].endswith("…")


def test_the_workbook_says_where_it_comes_from() -> None:
    properties = as_book(groningen_file()).properties
    assert properties.title == "Akkoord van Groningen"
    assert properties.description == "https://mainport.example, 2026-03-01"
    assert properties.created == datetime(2026, 3, 1)


def shuffled(value: Any) -> Any:
    """As PostgreSQL gives JSON back: in an order of its own."""
    if isinstance(value, dict):
        return {name: shuffled(value[name]) for name in sorted(value, key=lambda name: (len(name), name))}
    return [shuffled(item) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_agenda_gives_the_same_bytes_on_every_database(name: str, demo_agenda: Agenda) -> None:
    other = {
        uid: replace(e, title=shuffled(e.title), summary=shuffled(e.summary), attributes=shuffled(e.attributes))
        for uid, e in demo_agenda.elements.items()
    }
    write = FORMATS[name].write
    assert write(demo_agenda, EDITION) == write(replace(demo_agenda, elements=other), EDITION)

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport cycle status`, `totals` and `pledges`: sub-totals by anything add up, also along the agenda's tree."""

from __future__ import annotations

import json
from collections import defaultdict
from decimal import Decimal
from itertools import combinations
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mainport.agenda import queries as agenda
from mainport.agenda.rules.elements import Agenda
from mainport.cycle.commands import totals as commands
from mainport.cycle.models import Movement
from mainport.cycle.queries.money import Measure, read
from mainport.cycle.queries.subtotals import DIMENSIONS, NoSuchDimension, rolled_up, subtotals
from tests.integration.cycle.stage import money_of_2023

pytestmark = pytest.mark.django_db

D = Decimal


@pytest.fixture(autouse=True)
def stage(groningen: Agenda) -> None:
    money_of_2023()


def run(command: Any, *args: str) -> Result:
    return CliRunner().invoke(command, args)


def asked(command: Any, *args: str) -> Any:
    result = run(command, *args, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.mark.parametrize("by", [(side,) for side in DIMENSIONS] + list(combinations(DIMENSIONS, 2)) + [DIMENSIONS])
def test_whatever_it_is_told_apart_by_it_adds_up(by: tuple[str, ...]) -> None:
    found = subtotals(by)
    sheet = read()
    for measure in Measure:
        rows = [one.amounts.get(measure.value, D(0)) for one in found.rows]
        assert sum(rows, D(0)) == found.total.get(measure.value, D(0)) == sheet.sum(measure)
    assert len({one.key for one in found.rows}) == len(found.rows)


def test_along_the_tree_everything_is_itself_and_what_hangs_below() -> None:
    found, own = rolled_up(), {one.key[0]: one.amounts for one in subtotals(["element"]).rows}
    known = {element.uid: element for element in agenda.elements().select_related("parent")}
    below: defaultdict[str, defaultdict[str, Decimal]] = defaultdict(lambda: defaultdict(lambda: D(0)))
    for one in found.rows:
        parent = known[one.key[0]].parent
        for measure, amount in one.amounts.items():
            below[parent.uid if parent else ""][measure] += amount
    top = found.rows[0]
    assert top.key[0].startswith("alliance:")
    assert dict(top.amounts) == dict(found.total)
    for one in found.rows[1:]:
        uid = one.key[0]
        for measure, amount in one.amounts.items():
            assert amount == own.get(uid, {}).get(measure, D(0)) + below[uid][measure]
    assert [one.more["depth"] for one in found.rows][:2] == [0, 1]


def test_what_money_is_not_told_apart_by_is_refused() -> None:
    for by in (["colour"], [], ["year", "year"]):
        with pytest.raises(NoSuchDimension):
            subtotals(by)
    assert run(commands.totals_command, "--by", "colour").exit_code == 2
    assert run(commands.totals_command, "--by", "year", "--by", "year", "--json").exit_code == 1


def test_questions_to_the_database_are_few() -> None:
    with CaptureQueriesContext(connection) as queries:
        subtotals(DIMENSIONS)
    assert len(queries) <= 5
    with CaptureQueriesContext(connection) as queries:
        rolled_up()
    assert len(queries) <= 4


def test_totals_are_told_as_json_and_as_a_table() -> None:
    told = asked(commands.totals_command, "--by", "goal", "--by", "fund", "--year", "2023")
    assert (told["by"], told["year"], told["currency"], told["demo"]) == (["goal", "fund"], 2023, "EUR", False)
    assert told["total"]["spent"] == "150000.75"
    assert told["ledger_through"] == Movement.objects.count()
    row = next(row for row in told["rows"] if row["fund"] == "jtf")
    assert (row["goal"], row["fund_name"], row["promised"]) == ("sector:energy", "Just Transition Fund", "60000.50")
    assert asked(commands.totals_command, "--tree")["rows"][0]["budgeted"] == "200000.00"
    shown = run(commands.totals_command, "--by", "year")
    assert "150,000.75" in shown.stdout
    assert asked(commands.totals_command, "--year", "2031")["rows"] == []


def test_status_tells_the_year() -> None:
    told = asked(commands.status, "--year", "2023")
    assert (told["budgeted"], told["spent"], told["closed"]) == ("200000.00", "150000.75", False)
    assert told["waiting"]["bank_lines"] == 0
    assert "150,000.75" in run(commands.status, "--year", "2023").stdout


def test_the_pledges_of_the_agenda_are_booked_and_told() -> None:
    before = asked(commands.pledges)
    assert (before["booked"], before["total"]["pledged"], before["total"]["received"]) == (0, "425000.00", "425000.00")
    told = asked(commands.pledges, "--book")
    assert told["booked"] > 0
    assert told["pledged_by_year"] == dict.fromkeys(("2022", "2023", "2024", "2025"), "1050000.00")
    assert told["total"]["pledged"] == "4200000.00"
    assert len({row["partner"] for row in told["rows"]}) == 7
    assert asked(commands.pledges, "--book")["booked"] == 0
    assert "4,200,000.00" in run(commands.pledges, "--book").stdout

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Sub-totals: told apart by anything, the same as data, suppliers only by name for who may read money."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client

from mainport.agenda.rules.elements import Agenda
from mainport.core.models import Person
from tests.conftest import Cast
from tests.functional.portal.page import see

pytestmark = pytest.mark.django_db
ADDRESS = "/en/money/sub-totals/"


def test_by_fund_and_then_by_task(books: Agenda) -> None:
    page = see(f"{ADDRESS}?by=fund&then=element&what=budgeted&what=spent&year=2023")
    rows = page.all("tbody tr")
    assert rows[0] == "Base: the partners together 140,000 100,000.75"
    assert "Just Transition Fund 60,000 50,000" in rows
    assert page.all("tfoot tr") == ["Together 200,000 150,000.75"]


@pytest.mark.parametrize("by", ["goal", "element", "fund", "party", "cost", "year"])
def test_what_is_told_apart_adds_up(books: Agenda, by: str) -> None:
    address = ADDRESS.removesuffix("/")
    data = Client().get(f"{address}.json?by={by}&then=fund").json()
    rows = list(csv.DictReader(io.StringIO(Client().get(f"{address}.csv?by={by}&then=fund").content.decode())))
    for measure, whole in data["total"].items():
        assert sum(Decimal(part[measure]) for part in data["parts"]) == Decimal(whole)
        assert sum(Decimal(row[measure]) for row in rows) == Decimal(whole)


def test_suppliers_have_no_names_for_visitors(
    books: Agenda, cast: Cast, as_person: Callable[[Person | None], Client]
) -> None:
    asked = f"{ADDRESS}?by=party"
    for address in (asked, asked.replace("/?", ".json?"), asked.replace("/?", ".csv?")):
        assert "Bureau Noord" not in as_person(None).get(address).content.decode()
        assert "bureau" not in as_person(None).get(address).content.decode()
        assert "Bureau Noord" in as_person(cast.dave).get(address).content.decode()
    assert any(row.startswith("Suppliers ") for row in see(asked).all("tbody tr"))


@pytest.mark.parametrize("asked", ["?by=nonsense&then=x&year=0&what=y", "?year=1999", ""])
def test_nonsense_is_as_if_nothing_was_chosen(books: Agenda, asked: str) -> None:
    assert "Together" in see(f"{ADDRESS}{asked}").words


def test_a_year_without_what_was_asked(books: Agenda) -> None:
    assert "There is no money that fits this choice." in see(f"{ADDRESS}?what=sought").words


def test_before_anything_is_booked(groningen: Agenda) -> None:
    assert "There is no money that fits this choice." in see(ADDRESS).words

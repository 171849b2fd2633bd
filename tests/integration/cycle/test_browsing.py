# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Browsing the ledger: what is asked is found, whichever way it is looked up, and paging shows each movement once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from mainport.agenda.rules.elements import Agenda
from mainport.core.rules.permissions import NotAllowed, system
from mainport.cycle.models import Movement, Transfer
from mainport.cycle.queries import books
from mainport.cycle.queries.books import LedgerPage, Wanted
from mainport.cycle.rules.chart import Code
from tests.integration.cycle.stage import money_of_2023

pytestmark = pytest.mark.django_db

OFFICE = system("office")


@pytest.fixture(autouse=True)
def stage(groningen: Agenda) -> None:
    money_of_2023()


def numbers(page: LedgerPage) -> list[int]:
    return [movement.number for movement in page.movements]


@pytest.mark.parametrize(
    "wanted",
    [
        *(Wanted(code=code) for code in Code),
        *(Wanted(budget_year=year) for year in (2022, 2023, 2024)),
        *(Wanted(party=party) for party in ("rug", "bureau", "nobody")),
        *(Wanted(element=element) for element in ("task:E1", "task:K2")),
        Wanted(fund="jtf", code=Code.EXPENDITURE),
        Wanted(code=Code.PAYABLE, party="bureau", budget_year=2023),
    ],
)
def test_movements_that_touch_a_cell(wanted: Wanted) -> None:
    found = set()
    for transfer in Transfer.objects.select_related("debit", "credit", "movement"):
        for cell in (transfer.debit, transfer.credit):
            if all(getattr(cell, name) == value for name, value in wanted.cells.items()):
                found.add(transfer.movement.number)
    assert numbers(books.ledger(OFFICE, wanted)) == sorted(found, reverse=True)


@pytest.mark.parametrize("wanted", [Wanted(), Wanted(code=Code.BANK), Wanted(party="bureau")])
def test_every_movement_stands_on_one_page(wanted: Wanted, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = numbers(books.ledger(OFFICE, wanted))
    monkeypatch.setattr(books, "PAGE", 3)
    page = books.ledger(OFFICE, wanted)
    assert page.newer is None
    pages = [page]
    while page.older is not None:
        page = books.ledger(OFFICE, wanted, below=page.older)
        pages.append(page)
    assert [number for one in pages for number in numbers(one)] == whole
    back = pages[-1]
    for earlier in reversed(pages[:-1]):
        back = books.ledger(OFFICE, wanted, above=back.newer)
        assert len(back.movements) == len(earlier.movements)
    assert back.newer is None


def test_by_day_sort_and_words() -> None:
    assert len(numbers(books.ledger(OFFICE, Wanted(sort="pledge")))) == 1
    assert len(numbers(books.ledger(OFFICE, Wanted(year=2024)))) == Movement.objects.filter(date__year=2024).count() > 0
    one = replace(Wanted(), words="receipt rug")
    assert all("rug" in movement.reference for movement in books.ledger(OFFICE, one).movements)
    assert numbers(books.ledger(OFFICE, one))


def test_only_who_may_read_money_does(cast: Any) -> None:
    for person in (cast.alice, cast.frank, cast.grace):
        with pytest.raises(NotAllowed):
            books.ledger(person.actor, Wanted())
    for person in (cast.bob, cast.dave, cast.erin):
        assert books.ledger(person.actor, Wanted()).movements

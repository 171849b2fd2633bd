# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Money on the pages of tasks, goals, partners and funds; and how often pages of money ask the database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mainport.agenda import demo
from mainport.agenda.rules.elements import Agenda
from mainport.core.models import Person
from mainport.cycle.models import Condition, Grant
from tests.conftest import BY, Cast
from tests.functional.portal.page import see
from tests.integration.cycle.stage import NOW

pytestmark = pytest.mark.django_db


def grant(**fields: Any) -> Grant:
    return Grant.objects.create(
        **{
            "key": "jtf-2023",
            "title": {"en": "Suikerzijde", "nl": "Suikerzijde"},
            "fund": "jtf",
            "element": "task:E1",
            "year": 2023,
            "sought": "80000",
            "promised": "60000.50",
            "state": Grant.State.PROMISED,
            "asked_on": date(2023, 1, 1),
            "decided_on": date(2023, 2, 1),
            "by_name": "tests",
            "at": NOW,
        }
        | fields
    )


def test_a_task_says_what_it_costs_and_who_pays(books: Agenda) -> None:
    page = see("/en/tasks/E1/")
    figure = page.all(".mainport-band__figure .mainport-figure")
    assert "€140,000 is the budget of 2023 Source: Budget of 2023, version 1" in figure
    assert "The partners pay 57 % of the budget of all years together, funds are to pay the rest." in page.words
    assert "2023 140,000 60,000.50 20,000.25 0 120,000.75 120,000.75 0" in page.all("tbody tr")
    assert "Just Transition Fund 60,000 0 60,000.50 50,000 0" in page.all("tbody tr")
    assert Client().get("/en/tasks/E1.json").json()["money"]["by_fund"]["budgeted"] == {
        "base": "80000.00",
        "jtf": "60000.00",
    }


def test_a_task_out_of_the_base_alone(books: Agenda) -> None:
    assert "The partners pay all of it together, out of the base." in see("/en/tasks/K1/").words


def test_a_task_without_money_says_who_could_fill_it(books: Agenda) -> None:
    page = see("/en/tasks/A1/")
    assert "Nothing has been budgeted or spent for this yet." in page.words
    assert "the programme office, with the yearly budget" in page.words
    assert Client().get("/en/tasks/A1.json").json()["money"] is None


def test_a_sector_sums_up_what_lies_in_it(books: Agenda) -> None:
    page = see("/en/sectors/energy/")
    assert any("€150,000 is the budget of 2023" in one or "€140,000 is the budget of 2023" in one
               for one in page.all(".mainport-band__figure"))  # fmt: skip
    assert "By task and fund" in page.links()


def test_a_partner_has_its_contribution_year_by_year(books: Agenda) -> None:
    page = see("/en/partners/rug/")
    assert "2023 125,000 125,000 125,000 0" in page.all("tbody tr")
    data = Client().get("/en/partners/rug.json").json()
    assert data["contribution_years"][0]["outstanding"] == "0.00"
    assert "2023 125,000 125,000 125,000 0" in see("/en/contributions/rug/").all("tbody tr")


def test_a_joint_contribution_is_marked(books: Agenda) -> None:
    assert (
        "A joint contribution: the amounts are of all who pay it together." in see("/en/partners/noorderpoort/").words
    )


def test_a_fund_says_for_what_and_by_when(books: Agenda) -> None:
    ahead = timezone.localdate() + timedelta(days=30)
    made = grant(account_by=ahead)
    Condition.objects.create(grant=made, words="Publish the results", due=ahead)
    Condition.objects.create(grant=made, words="Long ago", due=date(2023, 5, 1))
    page = see("/en/funds/jtf/")
    assert "€60,000.50 promised in all years; €20,000.25 of it was received" in page.words
    assert "2023 0 60,000.50 20,000.25 20,000.25 60,000 0" in page.all("tbody tr")
    assert any(row.startswith("Suikerzijde E1 ") and row.endswith("80,000 60,000.50") for row in page.all("tbody tr"))
    assert "Publish the results" in page.words
    assert "Account for what was spent of it" in page.words
    assert "Long ago" not in page.words
    assert len(Client().get("/en/funds/jtf.json").json()["money"]["deadlines"]) == 2


def test_a_fund_that_nothing_was_asked_of(books: Agenda) -> None:
    assert "No application to this fund has been recorded." in see("/en/funds/npg/").words


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("money", ""),
        ("money_totals", ""),
        ("task", "E1"),
        ("sector", "energy"),
        ("flagship", "campus-groningen"),
        ("partner", "rug"),
        ("contribution", "rug"),
        ("fund", "jtf"),
    ],
)
def test_no_page_with_money_asks_more_than_twelve_times(
    books: Agenda, cast: Cast, as_person: Callable[[Person | None], Client], name: str, key: str
) -> None:
    demo.load(by=BY)
    grant(account_by=timezone.localdate())
    address = reverse(name, kwargs={"key": key} if key else None)
    found = {}
    for person in (None, cast.alice, cast.dave):
        client = as_person(person)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        found[str(person)] = len(asked)
    assert max(found.values()) <= 12, found

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The page of money: figures, flows, tables, years, and its data."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from mainport.agenda.rules.elements import Agenda
from mainport.cycle.models import Budget
from tests.functional.portal.page import see

pytestmark = pytest.mark.django_db


def test_figures_name_their_source(books: Agenda) -> None:
    page = see("/en/money/?year=2023")
    figures = page.all(".mainport-money__figures .mainport-figure")
    assert len(figures) == 6
    assert figures[0].startswith("€425,000 pledged by the partners Source: Ledger, movements 1 to ")
    assert figures[1] == "€200,000 budgeted Source: Budget of 2023, version 1"
    assert figures[2].startswith("€150,000.75 spent, 75 % of the budget")
    assert figures[3].startswith("€60,000.50 promised by funds; €20,000.25 of it was received")
    assert figures[4].startswith("€0.43 promised by funds for each euro of base money in the budget; €0.20 came in")
    assert figures[5].startswith("€0 still uncovered")


def test_what_was_pledged_by_the_agenda_stays(books: Agenda) -> None:
    page = see("/en/money/")
    assert page.all(".mainport-figures .mainport-figure")[:2] == [
        "1,050,000 euro a year, from all partners together Source: Budget and funds",
        "4,200,000 euro in all, for the years of the agenda Source: Budget and funds",
    ]
    assert "Together 1,050,000 4,200,000" in page.all("table tfoot tr")


def test_flows_have_a_wide_and_a_narrow_form_and_a_table(books: Agenda) -> None:
    page = see("/en/money/?year=2023")
    assert len(page.all("svg.mainport-sankey__svg")) == 2
    assert "style=" not in page.response.content.decode().partition("<main")[2].partition("</main")[0]
    caption = page.all(".mainport-sankey figcaption")[0]
    assert caption.startswith("70 % of the budget in 2023 comes out of the base; most goes to “")
    rows = page.all(".mainport-sankey tbody tr")
    assert "Municipality of Groningen 300,000" in rows
    assert "Just Transition Fund 60,000" in rows
    assert "Not budgeted: to the reserve 285,000" in rows


def test_the_tables_add_up(books: Agenda) -> None:
    page = see("/en/money/?year=2023")
    foots = page.all("table tfoot tr")
    assert foots[:3] == [
        "Together 200,000 0 150,000.75 0",
        "Together 0 60,000.50 445,000.25 200,000 150,000.75 0",
        "Together 425,000 425,000 425,000 0",
    ]
    assert any(row.startswith("E1 ") and row.endswith("140,000 0 120,000.75 0") for row in page.all("tbody tr"))


def test_a_joint_contribution_is_said_to_be_joint(books: Agenda) -> None:
    from mainport.cycle.models import Party
    from mainport.cycle.rules.chart import Code
    from mainport.cycle.rules.ledger import Sort
    from tests.integration.cycle.stage import put, said

    Party.objects.create(key="both", name="both", element="contribution:alfa-college-noorderpoort")
    put(Sort.PLEDGE, "both", said(Code.PLEDGED, "125000", party="both"))
    assert any("(jointly)" in row for row in see("/en/money/?year=2023").all("tbody tr"))


@pytest.mark.parametrize(
    ("asked", "current"), [("?year=all", "All years"), ("?year=1999", "2023"), ("?year=x", "2023")]
)
def test_the_year_is_chosen(books: Agenda, asked: str, current: str) -> None:
    page = see(f"/en/money/{asked}")
    (chosen,) = page.tree.xpath("//a[contains(@class, 'mainport-years__link')][@aria-current]")
    assert chosen.text == current


def test_invented_figures_are_marked_and_pledges_are_not(books: Agenda) -> None:
    Budget.objects.update(demo=True)
    figures = see("/en/money/?year=2023").all(".mainport-money__figures .mainport-figure")
    assert ["Invented example" in figure for figure in figures] == [False, True, True, True, True, True]


def test_the_same_as_data(books: Agenda) -> None:
    data = Client().get("/en/money.json?year=2023").json()
    assert (data["per_year"], data["total"], data["year"]) == (1_050_000, 4_200_000, 2023)
    assert data["sums"]["budgeted"] == "200000.00"
    assert data["leverage"] == {"promised": "0.43", "realised": "0.20"}
    assert "Bureau" not in Client().get("/en/money.json").content.decode()


def test_before_anything_is_booked(groningen: Agenda) -> None:
    page = see(reverse("money"))
    assert "Nothing has been booked yet" in page.words or "nog niets geboekt" in page.words

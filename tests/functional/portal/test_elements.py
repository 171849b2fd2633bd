# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The pages of the other kinds, and their lists."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from mainport.agenda import actions
from mainport.agenda.rules.elements import Agenda
from mainport.agenda.rules.status import Status
from tests import planning
from tests.conftest import BY, Cast
from tests.functional.portal.page import see

pytestmark = pytest.mark.django_db


def test_a_sector_is_a_dashboard_of_its_tasks(groningen: Agenda, cast: Cast) -> None:
    planning.plan("task:E3", "hanze")
    planning.write(cast.alice, planning.open_period(), status=Status.BEHIND, reviewer=cast.bob)
    page = see("/en/sectors/energy/")
    assert "Core sector" in page.all(".mainport-page-head")[0]
    assert page.all(".mainport-state-line")[0].startswith("Behind As its worst task stands: E3 Energy Human Capital")
    assert page.links(".mainport-state-line__reason a").popitem()[1] == "/en/tasks/E3/"
    assert page.all(".mainport-state-summary li") == ["1 Behind", "2 No plan yet"]
    assert len(page.all(".mainport-tree__task")) == 3
    assert page.all(".mainport-card h3") == ["Waterstof Werkt", "Sustainability campus"]
    assert "Holthausen" in page.words
    assert page.links()["Printable view"] == "/en/agenda/print/sector:energy/"


def test_a_theme_without_tasks_says_so(groningen: Agenda) -> None:
    page = see("/en/themes/circular-economy/")
    assert "The agenda sets no tasks here." in page.words
    assert "Emerging sectors" in page.links("nav a")


def test_a_flagship_has_the_five_bands_too(groningen: Agenda) -> None:
    page = see("/en/flagships/waterstof-werkt/")
    assert page.all(".mainport-band h2") == ["Who", "Plan", "Money", "Measured", "Decided and learnt"]
    assert "New Energy Coalition" in page.all(".mainport-band")[0]
    assert "2022 to 2027" in page.all(".mainport-band")[1]


def test_a_partner_shows_what_it_pledged_leads_and_reported(groningen: Agenda, cast: Cast) -> None:
    planning.plan("task:E3", "hanze", milestones=[("ready", "2027-06")])
    planning.write(cast.alice, planning.open_period(), words="Goed op weg.", reviewer=cast.bob)
    page = see("/en/partners/hanze/")
    pledge, does, reported = page.all(".mainport-band")
    assert "125,000 euro a year Source: Budget and funds €500,000 in all, in 4 years." in pledge
    assert "1 plan that it leads" in does
    assert "Leads the plan of E3 Energy Human Capital Agenda" in does
    assert "Takes part in the flagship Universiteit van het Noorden Top Dutch Solar Racing" in does
    assert "Goed op weg." in reported


def test_a_joint_contribution_names_the_other_payer(groningen: Agenda) -> None:
    assert "Together with Noorderpoort: €500,000 in all" in see("/en/partners/alfa-college/").words
    assert "Together with Alfa-college" in see("/en/partners/noorderpoort/").words
    cards = see("/en/partners/").all(".mainport-card")
    assert len(cards) == 8
    assert any("Alfa-college Vocational college €125,000 a year, together with Noorderpoort" in card for card in cards)


def test_a_place_is_honest_about_how_exactly_it_is_known(groningen: Agenda) -> None:
    page = see("/en/places/gebiedscooperatie-westerkwartier/")
    assert "How exactly we know where this is region only: town not verified" in page.words
    campus = see("/en/places/campus-groningen-zernike/")
    assert campus.links()["Campus Groningen"] == "/en/flagships/campus-groningen/"
    assert "53.2381" in campus.words


def test_places_by_sector(groningen: Agenda) -> None:
    page = see("/en/places/")
    assert page.all(".mainport-grouphead") == [
        "Energy 3",
        "Digitalisation 4",
        "Emerging sectors 8",
        "Health 5",
        "Learning 9",
    ]
    assert len(page.all(".mainport-places tbody tr")) == 29
    assert len(Client().get("/en/places.csv").content.decode().splitlines()) == 30


def test_money_adds_up_and_names_its_chapter(groningen: Agenda) -> None:
    page = see("/en/money/")
    assert page.all(".mainport-figures .mainport-figure")[:2] == [
        "1,050,000 euro a year, from all partners together Source: Budget and funds",
        "4,200,000 euro in all, for the years of the agenda Source: Budget and funds",
    ]
    rows = page.all("table tbody tr")
    assert len(rows) == 7
    assert all(row.endswith("Budget and funds") for row in rows)
    assert page.all("table tfoot tr") == ["Together 1,050,000 4,200,000"]
    assert "Municipality of Groningen pays 29 % of the base financing" in page.all("figcaption")[0]
    data = Client().get("/en/money.json").json()
    assert (data["per_year"], data["total"], len(data["contributions"])) == (1_050_000, 4_200_000, 7)
    assert {one["source"]["id"] for one in data["contributions"]} == {"budget"}


def test_money_in_dutch(groningen: Agenda) -> None:
    with translation.override("nl"):
        address = reverse("money")
    words = see(address).words
    assert "1.050.000" in words
    assert "300.000 euro" in words


def test_a_figure_says_about_what_and_where_it_stands(groningen: Agenda) -> None:
    page = see("/en/figures/treasury-international-stayers/")
    assert "€1.57 billion per year" in page.words
    assert "the Netherlands" in page.words
    assert "CBS" in page.words
    assert len(see("/en/figures/").all(".mainport-figures li")) == 13


@pytest.mark.parametrize(
    ("address", "count"),
    [
        ("flagships", 13),
        ("instruments", 22),
        ("monitors", 6),
        ("funds", 7),
        ("bodies", 5),
        ("forums", 8),
        ("papers", 5),
    ],
)
def test_lists_hold_all_of_a_kind(groningen: Agenda, address: str, count: int) -> None:
    data = Client().get(f"/en/{address}.json").json()
    assert data["count"] == count == len(data["elements"])
    page = see(f"/en/{address}/")
    for element in data["elements"]:
        title = element["title"].get("en") or element["title"]["mul"]
        assert title in page.links()


def test_what_was_never_there_is_not_found(groningen: Agenda) -> None:
    for address in ("tasks/E9", "places/moon", "plans/task-E3", "milestones/none", "agenda/print/goal:moon"):
        assert Client().get(f"/en/{address}/").status_code == 404
    assert Client().get("/en/tasks/E9.json").status_code == 404


def test_what_was_taken_out_says_so(groningen: Agenda) -> None:
    actions.remove_element(by=BY, uid="flagship:zap", why="Stopped in spring.")
    page = see("/en/flagships/zap/", status=410)
    assert "This is no longer in the agenda" in page.words
    assert "Zernike Advanced Processing" in page.words
    assert "Why: Stopped in spring." in page.words
    assert page.links()["Earlier versions and what changed"] == "/en/history/flagship/zap/"
    assert page.links()["Emerging sectors"] == "/en/sectors/emerging/"
    assert Client().get("/en/flagships/zap.json").status_code == 410


def test_the_programme_office_can_add_to_a_list(groningen: Agenda, cast: Cast, as_person) -> None:
    adding = "/en/add/partner/alliance:akkoord-van-groningen/"
    assert see("/en/partners/", as_person(cast.dave)).links()["Add: partner"] == adding
    assert "Add: partner" not in see("/en/partners/", as_person(cast.bob)).links()

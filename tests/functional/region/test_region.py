# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The landing page: places on a map, as a list and as a table, and the ways in."""

from __future__ import annotations

import csv

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from mainport.agenda.rules.elements import Agenda
from tests.functional.portal.page import see

pytestmark = pytest.mark.django_db


def test_every_place_is_on_the_map_in_the_list_and_in_the_table(groningen: Agenda) -> None:
    page = see(reverse("region"))
    assert "29 places of the agenda" in page.all("h2")
    maps = page.tree.xpath("//svg[.//a[contains(@class, 'mainport-region-map__place')]]")
    assert ["narrow" in one.get("class") for one in maps] == [False, True]  # For a wide screen, and for a narrow one.
    marks, others = (list(one.iter("a")) for one in maps)
    assert [mark.get("aria-label") for mark in marks] == [mark.get("aria-label") for mark in others]
    assert len(marks) == len(page.all(".mainport-region-key__list li")) == len(page.all("tbody tr")) == 29
    assert marks[0].get("aria-label") == "1. Eemshaven hydrogen plant (Energy)"
    assert [mark.get("aria-label").split(".")[0] for mark in marks] == [str(number) for number in range(1, 30)]


def test_what_is_uncertain_is_drawn_as_large_as_the_text_says(groningen: Agenda) -> None:
    page = see(reverse("region"))
    circles = page.tree.xpath(
        "(//svg[.//circle[@class='mainport-region-map__within']])[1]//circle[contains(@class, 'within')]"
    )
    places = Client().get(reverse("region_json")).json()["places"]
    vague = [place for place in places if place["within_km"]]
    assert len(circles) == len(vague) == 18
    assert next(place for place in places if place["place"] == "place:eemshaven-hydrogen")["within_km"] == 3.0
    assert next(place for place in places if place["place"] == "place:techhub-assen")["within_km"] is None


def test_it_leads_on_to_what_there_is(groningen: Agenda) -> None:
    links = see(reverse("region")).links(".mainport-cards a")
    assert {"The daily urban system", "Who works with whom", "Flows", "Draw regions yourself"} <= set(links)
    assert links["The daily urban system"] == reverse("region_shading")


def test_it_is_in_the_main_menu_in_both_languages(groningen: Agenda) -> None:
    for language in ("nl", "en"):
        with translation.override(language):
            page = see(reverse("region"))
            assert page.tree.xpath("//nav//a[@aria-current='true']/@href")[0] == reverse("region")


def test_its_data(groningen: Agenda) -> None:
    rows = list(csv.DictReader(Client().get(reverse("region_csv")).content.decode().splitlines()))
    assert len(rows) == 29
    assert rows[0]["coordinates_source"].startswith("github:aptoptout")


def test_without_an_agenda_there_are_no_places(db: None) -> None:
    assert "This agenda names no places." in see(reverse("region")).words


def test_queries(groningen: Agenda, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_max_num_queries(12):
        see(reverse("region"))

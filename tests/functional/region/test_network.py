# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Who works with whom, what is at a place, and what is near an address."""

from __future__ import annotations

import csv

import pytest
from django.test import Client
from django.urls import reverse

from mainport.agenda import demo
from mainport.agenda.rules.elements import Agenda
from mainport.catalogue import demo as works
from mainport.catalogue import demo_courses as courses
from tests.conftest import BY, Cast
from tests.functional.portal.page import see

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(groningen: Agenda, cast: Cast) -> Agenda:
    """The agenda with invented plans, courses and works."""
    demo.load(by=BY)
    courses.load(by=BY)
    works.load(by=BY)
    return groningen


def test_flagships_of_the_agenda_tie_organisations(groningen: Agenda) -> None:
    rows = list(csv.DictReader(Client().get(reverse("region_places_csv")).content.decode().splitlines()))
    pairs = {frozenset((row["first"], row["second"])): row for row in rows}
    both = pairs[frozenset(("partner:rug", "partner:hanze"))]
    assert (both["count"], both["kinds"], both["demo"]) == ("2", "2 flagships", "False")
    assert frozenset(("partner:rug", "organisation:van-hall-larenstein")) in pairs
    assert frozenset(("partner:martini", "partner:rug")) not in pairs


def test_graph_list_and_table_say_the_same(filled: Agenda) -> None:
    page = see(reverse("region_places"))
    data = Client().get(reverse("region_places_json")).json()
    parties = {uid for pair in data["pairs"] for uid in (pair["first"], pair["second"])}
    rings = page.tree.xpath("//svg[contains(@class, 'region-graph')]")
    assert ["narrow" in one.get("class") for one in rings] == [False, True]  # For a wide screen, and for a narrow one.
    for ring in rings:
        assert len(ring.xpath(".//a[contains(@class, 'graph__node')]")) == len(parties)
        assert len(ring.xpath(".//path[contains(@class, 'graph__edge')]")) == len(data["pairs"])
    assert len(page.tree.xpath("//section[@aria-labelledby='organisations']/ul/li")) == len(parties)
    assert len(page.tree.xpath("//section[@aria-labelledby='organisations']//tbody/tr")) == len(data["pairs"])
    assert page.all("figcaption")[0].startswith("University of Groningen and Hanze")
    assert "Some of what they share is invented." in page.words


def test_works_of_two_organisations_count(filled: Agenda) -> None:
    pairs = Client().get(reverse("region_places_json")).json()["pairs"]
    shared = [one for pair in pairs for one in pair["shared"] if one["kind"] == "work"]
    assert shared
    assert all(one["demo"] and one["url"].startswith("/en/") for one in shared)


def test_places_with_what_is_there_and_near(filled: Agenda) -> None:
    places = {row["place"]: row for row in Client().get(reverse("region_places_json")).json()["places"]}
    umcg = places["place:campus-groningen-umcg"]
    assert umcg["organisations"] == ["partner:umcg"]
    assert places["place:martini-ziekenhuis"]["organisations"] == ["partner:martini"]
    assert umcg["students"] == [{"figure": "figure:campus-students", "value": 51297}]
    assert umcg["courses_near"] > places["place:wetsus"]["courses_near"]
    wider = {row["place"]: row for row in Client().get(f"{reverse('region_places_json')}?km=25").json()["places"]}
    assert wider["place:campus-groningen-umcg"]["courses_near"] >= umcg["courses_near"]


@pytest.mark.parametrize(
    ("asked", "name", "first"),
    [("9671", "Winschoten", "place:ommelander-ziekenhuis"), ("9671 AB", "Winschoten", "place:ommelander-ziekenhuis")],
)
def test_what_is_nearest_to_an_address(groningen: Agenda, asked: str, name: str, first: str) -> None:
    page = see(f"{reverse('region_places')}?q={asked}")
    assert f"Places of the agenda nearest to {name}" in page.all("h3")
    near = Client().get(f"{reverse('region_places_json')}?q={asked}").json()["near"]
    assert near[0]["place"] == first
    assert [one["km"] for one in near] == sorted(one["km"] for one in near)


@pytest.mark.parametrize(("asked", "said"), [("Winschotn", "Do you mean Winschoten"), ("Atlantis", "elsewhere give")])
def test_a_place_that_isnt_known(groningen: Agenda, asked: str, said: str) -> None:
    page = see(f"{reverse('region_places')}?q={asked}", status=400)
    assert said in " ".join(page.all(".mainport-error-summary"))
    assert Client().get(f"{reverse('region_places_json')}?q={asked}").status_code == 400


def test_the_page_of_a_place_says_what_is_there(filled: Agenda) -> None:
    page = see("/en/places/campus-groningen-umcg/")
    assert "University Medical Center Groningen" in page.links("#content a")
    words = " ".join(page.words.split())
    assert "Courses within 5 km" in words
    assert "51,297" in words
    data = Client().get("/en/places/campus-groningen-umcg.json").json()["around"]
    assert data["nearest"][0]["place"] == "place:lifelines"


def test_without_an_agenda(db: None) -> None:
    assert "No two organisations share anything in this agenda yet." in see(reverse("region_places")).words


def test_queries(filled: Agenda, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_max_num_queries(12):
        see(f"{reverse('region_places')}?q=9671")
    with django_assert_max_num_queries(12):
        see("/en/places/campus-groningen-umcg/")

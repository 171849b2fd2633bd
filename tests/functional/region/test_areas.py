# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Municipalities through the years, and the crosswalk as CSV."""

from __future__ import annotations

import csv

import pytest
from django.test import Client
from django.urls import reverse

from tests.functional.portal.page import see

pytestmark = pytest.mark.django_db


def _rows(asked: str = "") -> list[dict[str, str]]:
    return list(csv.DictReader(Client().get(f"{reverse('region_areas_csv')}{asked}").content.decode().splitlines()))


def test_what_became_of_each_municipality_of_the_province() -> None:
    page = see(reverse("region_areas"))
    assert "23 municipalities of 2014 lie in 10 of 2023" in page.all("h2")
    assert "In the whole country there were 403 on 1 January 2014, and 342 on 1 January 2023." in page.words
    rows = {row.xpath("./th")[0].text_content(): row.text_content() for row in page.tree.xpath("//tbody/tr")}
    assert "Het Hogeland (GM1966)" in rows["Bedum"]
    assert "itself" in rows["Veendam"]


def test_the_csv_is_the_crosswalk_with_its_basis() -> None:
    rows = _rows("?year=2014&to=2023&within=nl")
    assert len({row["code"] for row in rows}) == 403
    totals: dict[str, float] = {}
    for row in rows:
        totals[row["code"]] = totals.get(row["code"], 0) + float(row["share"])
    assert all(total == pytest.approx(1, abs=1e-4) for total in totals.values())
    winsum = [row for row in rows if row["name"] == "Winsum"]
    assert {(row["newer_name"], row["basis"]) for row in winsum} == {
        ("Het Hogeland", "people"),
        ("Westerkwartier", "people"),
    }


def test_a_name_can_be_looked_for() -> None:
    assert {row["name"] for row in _rows("?year=2006&within=nl&q=drachten")} == set()
    assert {row["name"] for row in _rows("?year=2006&within=nl&q=WINSUM")} == {"Winsum"}
    assert "No municipality of that name was there then." in see(f"{reverse('region_areas')}?q=Atlantis").words


def test_it_doesnt_go_back() -> None:
    page = see(f"{reverse('region_areas')}?year=2020&to=2014", status=400)
    assert "what merged can't be told apart again" in " ".join(page.all(".mainport-error-summary"))
    assert Client().get(f"{reverse('region_areas_json')}?year=1990").status_code == 400


def test_larger_areas_stand_beside_it() -> None:
    larger = Client().get(reverse("region_areas_json")).json()["larger"]
    alliance = next(area for area in larger if area["kind"] == "alliance")
    assert alliance["name"] == "Regio Groningen-Assen"
    assert len(alliance["municipalities"]) == 7
    assert alliance["inhabitants"] > 400_000


def test_one_year_alone() -> None:
    assert "342 municipalities on 1 January 2023" in see(f"{reverse('region_areas')}?year=2023&within=nl").all("h2")


def test_queries(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_max_num_queries(12):
        see(f"{reverse('region_areas')}?within=nl")

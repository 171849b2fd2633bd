# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The landing page, who stays, who is graduating."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import translation

from mainport.talent.actions.keeping import About, put_table
from mainport.talent.models import Table
from tests.conftest import BY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.mark.usefixtures("talent")
@pytest.mark.parametrize("name", ["talent", "talent_monitor", "graduates"])
def test_few_queries_also_the_first_time(client, name, django_assert_max_num_queries):
    for end in ("", "_json", "_csv"):
        with django_assert_max_num_queries(12):
            assert client.get(reverse(name + end)).status_code == 200


@pytest.mark.usefixtures("groningen")
@pytest.mark.parametrize("name", ["talent", "talent_monitor", "graduates"])
def test_without_tables_pages_say_what_is_missing(client, name):
    answer = client.get(reverse(name))
    assert answer.status_code == 200
    assert name == "talent" or "The programme office can upload one" in answer.content.decode()


@pytest.mark.usefixtures("talent")
def test_published_rates_of_two_sources_stand_beside_each_other(client):
    found = client.get(reverse("talent_json")).json()["published"]
    assert [one["value"] for one in found if one["what"] == "left-rug-6"] == [63.5, 60]
    assert all(one["source"] for one in found)
    assert all(one["url"] == "" for one in found)  # No indicators are loaded here.


@pytest.mark.usefixtures("talent")
def test_rates_are_those_of_the_command_and_can_be_ordered(client):
    data = client.get(reverse("talent_monitor_json"), {"sort": "name"}).json()
    names = [one["name"] for one in data["rates"]]
    assert names == sorted(names)
    first = next(one for one in data["rates"] if one["retention"] is not None)
    assert first["retention"] == pytest.approx(first["retained"] / first["graduates"])
    assert first["retention_low"] < first["retention"] < first["retention_high"]
    page = client.get(reverse("talent_monitor"), {"sort": "-graduates", "place": "Groningen"}).content.decode()
    assert "aria-sort" in page
    assert "Groningen: of " in page


@pytest.mark.usefixtures("talent")
def test_small_counts_are_nowhere(client):
    data = client.get(reverse("talent_monitor_json")).json()
    counts = [value for one in data["paths"] for key, value in one.items() if key not in ("place", "graduates")]
    moves = [move["people"] for several in data["moves"].values() for move in several]
    assert None in counts + moves
    assert not [count for count in counts + moves if count is not None and 0 < count < 10]


@pytest.mark.usefixtures("talent")
def test_an_unknown_place_is_told(client):
    assert client.get(reverse("talent_monitor"), {"place": "Atlantis"}).status_code == 400
    assert client.get(reverse("talent_monitor_json"), {"by": "colour"}).json()["faults"][0]["field"] == "by"


@pytest.mark.usefixtures("groningen")
def test_a_table_of_published_totals_has_rates_and_no_paths(client):
    body = b"place,graduates,retained,name\nA,100,40,Aa\nB,200,x,Bee\n"
    put_table(
        by=BY, about=About("totals", Table.Kind.RETENTION, {"en": "Totals"}, "Them"), body=body, file_name="t.csv"
    )
    data = client.get(reverse("talent_monitor_json")).json()
    assert [(one["name"], one["retention"]) for one in data["rates"]] == [("Aa", 0.4), ("Bee", None)]
    page = client.get(reverse("talent_monitor")).content.decode()
    assert "not told" in page
    assert "Flow diagram" not in page


@pytest.mark.usefixtures("talent")
def test_companies_see_who_is_graduating_and_no_small_number(client):
    rows = client.get(reverse("graduates_json"), {"sector": "energy", "level": "hbo"}).json()["graduates"]
    assert {one["sector"] for one in rows} == {"energy"}
    assert {one["number"] for one in rows if one["kept_back"]} == {None}
    assert not [one for one in rows if one["number"] is not None and 0 < one["number"] < 10]
    page = client.get(reverse("graduates"), {"sector": "energy", "month": "2027-07"}).content.decode()
    assert "July 2027" in page
    assert "tab=research&amp;type=thesis" in page
    assert client.get(reverse("graduates"), {"level": "phd"}).status_code == 400


@pytest.mark.usefixtures("talent")
def test_graduates_beside_open_jobs(client):
    found = client.get(reverse("graduates_json")).json()["mismatch"]
    energy = next(one for one in found["sectors"] if one["sector"] == "energy")
    assert energy["vacancies"] == 590
    assert energy["balance"] == pytest.approx(energy["graduates"] - 590)
    assert 0 < found["index"] < 1

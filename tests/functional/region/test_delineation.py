# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Regions drawn on a page: every method, what it refuses, what moves, and what is kept."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from mainport.core.models import Person
from mainport.region.models import Delineation, FlowTable
from tests.conftest import Cast
from tests.functional.portal.page import see

pytestmark = pytest.mark.django_db
LogIn = Callable[[Person | None], Client]
NEW = "/en/region/regions/new"


def _asked(**asked: str) -> str:
    return "?" + "&".join(f"{name}={value}" for name, value in {"table": "small-2023", **asked}.items())


@pytest.mark.parametrize("method", ["shading", "fua", "coombes-bond", "tolbert-sizer", "intramax", "leiden"])
def test_every_method_draws_a_map_and_a_table(small: FlowTable, method: str) -> None:
    page = see(f"{NEW}/{_asked(method=method)}")
    zones = page.tree.xpath("//svg[@role='group']/a")
    assert len(zones) == 7
    ids = set(page.tree.xpath("//*/@id"))
    assert all(zone.get("href")[1:] in ids for zone in zones)
    assert page.tree.xpath("//a[@aria-current='true'][contains(@class, 'methods__link')]")
    data = json.loads(Client().get(f"{NEW}.json{_asked(method=method)}").content, parse_constant=pytest.fail)
    assert data["method"] == method
    inside = [zone["code"] for region in data["regions"] for zone in region["zones"]]
    assert sorted(inside + data["in_none"]) == sorted({row["zone"] for row in _csv(method)})


def _csv(method: str) -> list[dict[str, str]]:
    text = Client().get(f"{NEW}.csv{_asked(method=method)}").content.decode()
    return list(csv.DictReader(text.splitlines()))


def test_two_centres_make_two_urban_areas(small: FlowTable) -> None:
    rows = Client().get(f"{NEW}.json{_asked(method='fua', cities='GM0014=Groningen,GM0080=Leeuwarden')}").json()
    found = {region["name"]: {zone["code"] for zone in region["zones"]} for region in rows["regions"]}
    assert found == {
        "Groningen": {"GM0014", "GM0106", "GM1730", "GM1699"},
        "Leeuwarden": {"GM0080", "GM0737", "GM1891"},
    }
    assert rows["regions"][0]["share_of_residents"] is not None


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"method": "coombes-bond", "min_size": "500", "target_size": "100"}, "Give at most the target."),
        ({"method": "coombes-bond", "min_size": "-1"}, "greater than or equal to 0"),
        ({"method": "fua", "cities": "Groningen"}, "Expected codes such as GM0014"),
        ({"method": "fua", "cities": "GM0363"}, "GM0363 isn't in these flows"),
        ({"method": "tolbert-sizer", "cut": "7"}, "less than or equal to 1"),
        ({"method": "leiden", "seeds": "500"}, "less than or equal to 20"),
        ({"method": "shading", "city": "GM0363"}, "GM0363"),
        ({"method": "shading", "against": "kept.none"}, "kept.none"),
    ],
)
def test_what_a_method_doesnt_take_is_told(small: FlowTable, asked: dict[str, str], said: str) -> None:
    page = see(f"{NEW}/{_asked(**asked)}", status=400)
    assert said in " ".join(page.all(".mainport-error-summary"))
    answer = Client().get(f"{NEW}.json{_asked(**asked)}")
    assert answer.status_code == 400
    assert said in json.dumps(answer.json(), ensure_ascii=False)


def test_a_method_that_there_isnt_becomes_the_usual_one(small: FlowTable) -> None:
    assert Client().get(f"{NEW}.json{_asked(method='magic')}").json()["method"] == "coombes-bond"


def test_a_table_of_one_city_comes_with_a_warning(groningen_flows: FlowTable) -> None:
    assert "This table holds the flows of one city only" in see(f"{NEW}/").words


def test_strict_and_istat34_are_explained_beside_each_other(small: FlowTable) -> None:
    page = see(f"{NEW}/{_asked(method='coombes-bond')}")
    assert any(title.startswith("strict and istat34") for title in page.all("h2"))
    assert "strict adds up the rest again" in page.words


def test_what_moved_against_another_is_listed(small: FlowTable) -> None:
    asked = _asked(method="fua", cities="GM0014=Groningen,GM0080=Leeuwarden", against="way.shading")
    against = Client().get(f"{NEW}.json{asked}").json()["against"]
    assert {row["code"] for row in against["moved"]} <= {"GM0080", "GM0737", "GM1891"}
    assert "Adjusted Rand index" in see(f"{NEW}/{asked}").words


def test_a_whole_table_comes_first_and_one_of_one_city_is_warned_of(
    groningen_flows: FlowTable, small: FlowTable
) -> None:
    warning = "This table holds the flows of one city only"
    for name in ("delineation_new", "delineation_compare"):
        assert warning not in see(reverse(name)).words
        assert warning in see(f"{reverse(name)}?table={groningen_flows.key}").words
    assert Client().get(reverse("delineation_compare_json")).json()["table"] == small.key


def test_many_in_no_region_are_folded(groningen_flows: FlowTable) -> None:
    page = see(f"{NEW}/{_asked(table=groningen_flows.key, borders='2014', method='shading', city='GM0014')}")
    folded = page.tree.xpath("//details[@id='in-none']")
    assert len(folded) == 1
    assert "Amsterdam" in folded[0].text_content()


def test_without_flows(db: None) -> None:
    for name in ("delineation_new", "delineation_compare"):
        assert "mainport region load" in see(reverse(name)).words


def test_queries(small: FlowTable, groningen_flows: FlowTable, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    for address in (f"{NEW}/{_asked(method='intramax', against='way.fua')}", reverse("delineation_compare")):
        with django_assert_max_num_queries(12):
            see(address)


# --- Kept ---


def _keep(client: Client, **changed: str) -> str:
    data = {"method": "fua", "table": "small-2023", "cities": "GM0014=Groningen", "title": "Around Groningen"}
    return str(client.post(reverse("delineation_keep"), {**data, **changed})["Location"])


def test_somebody_who_may_keeps_it_and_everybody_sees_it(small: FlowTable, cast: Cast, as_person: LogIn) -> None:
    assert "Keep this" not in see(f"{NEW}/{_asked()}").words
    assert "Keep this" in see(f"{NEW}/{_asked()}", as_person(cast.frank)).words
    address = _keep(as_person(cast.frank))
    assert address == reverse("delineation", kwargs={"key": "around-groningen"})
    page = see(address)
    assert page.all("h1") == ["Around Groningen"]
    assert "Groningen (Groningen)" in page.words
    assert "Throw away" not in page.words
    kept = Delineation.objects.get()
    assert kept.parameters["threshold"] == 0.15
    assert kept.parameters["borders"] == 2023
    assert kept.zones["GM0106"] == "Groningen"


def test_what_the_method_doesnt_take_isnt_kept(small: FlowTable, cast: Cast, as_person: LogIn) -> None:
    client = as_person(cast.frank)
    for changed in ({"title": ""}, {"cities": "nowhere"}, {"cities": "GM0363"}):
        assert _keep(client, **changed).startswith(f"{NEW}/?")
    assert not Delineation.objects.exists()


def test_it_is_thrown_away(small: FlowTable, cast: Cast, as_person: LogIn) -> None:
    client = as_person(cast.frank)
    _keep(client)
    client.post(reverse("delineation_remove", kwargs={"key": "around-groningen"}))
    see(reverse("delineation", kwargs={"key": "around-groningen"}), status=404)


def test_two_are_compared_side_by_side(small: FlowTable, cast: Cast, as_person: LogIn) -> None:
    _keep(as_person(cast.frank))
    _keep(as_person(cast.frank), cities="GM0014=Groningen,GM0080=Leeuwarden", title="Both")
    asked = "?table=small-2023&first=kept.around-groningen&second=kept.both"
    page = see(f"{reverse('delineation_compare')}{asked}")
    assert len(page.tree.xpath("//svg[contains(@class, 'chart__svg')][@role='img']")) == 2
    assert len(page.tree.xpath("//svg[contains(@class, 'chart__svg')]//g[contains(@class, 'region--moved')]")) == 6
    data = Client().get(f"{reverse('delineation_compare_json')}{asked}").json()
    assert {row["code"] for row in data["moved"]} == {"GM0080", "GM0737", "GM1891"}
    assert [(row["first"], row["second"]) for row in data["moved"]] == [("in none", "Leeuwarden")] * 3
    assert 0 < data["ari"] < 1
    assert data["equal"] is False
    same = (
        Client().get(f"{reverse('delineation_compare_json')}?table=small-2023&first=kept.both&second=kept.both").json()
    )
    assert (same["ari"], same["equal"]) == (1.0, True)
    assert see(f"{reverse('delineation_compare')}?first=kept.nothing", status=400)

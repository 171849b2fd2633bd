# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Levers: the address holds them, htmx and the plain form give the same, nonsense is told."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("talent")]

PLAN = {"key": "human-capital-demo"}
PEAK = {"key": "peak-demo"}


def outcome(page: str) -> str:
    """The piece that the levers change, without its tags."""
    start = page.index('id="outcome"')
    after = page.find("</div>\n  </div>", start)
    piece = page[start : after if after > 0 else None]
    return " ".join(re.sub(r"<[^>]+>", " ", piece.partition("<section")[0]).split())


def ask(client: Client, name: str, key: dict[str, str], levers: dict[str, str], **headers: str) -> str:
    answer = client.get(reverse(name, kwargs=key), levers, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("name", "key", "levers"),
    [
        ("human_capital", PLAN, {"sent": "yes", "own": "on", "retention": "5", "retrained-energy": "200"}),
        ("peak", PEAK, {"capacity-peak-shelter": "900", "certainty": "95"}),
    ],
)
def test_the_piece_that_htmx_fetches_is_that_of_the_whole_page(client, name, key, levers):
    whole, piece = ask(client, name, key, levers), ask(client, name, key, levers, hx_request="true")
    assert "<html" in whole
    assert "<html" not in piece
    assert outcome(piece)[:4000] == outcome(whole)[: len(outcome(piece)[:4000])]
    assert client.get(reverse(name, kwargs=key), levers)["Vary"].count("HX-Request") == 1


def test_a_lever_moves_the_gap_by_what_the_rules_say(client, django_assert_max_num_queries):
    address = reverse("human_capital_json", kwargs=PLAN)

    def gap(levers):
        with django_assert_max_num_queries(12):
            lines = client.get(address, {"sent": "yes", **levers}).json()["lines"]
        chosen = [one for one in lines if (one["sector"], one["level"], one["demand"]) == ("energy", "*", "steady")]
        return {one["year"]: one["gap"] for one in chosen}

    still, moved = gap({}), gap({"retrained-energy": "200"})
    # The first year's two hundred have come by the next one, and nobody of them has left.
    assert moved[2026] - still[2026] == pytest.approx(200)
    assert 200 * 4 < moved[2032] - still[2032] < 200 * 7
    assert gap({"retrained": "200"})[2032] < moved[2032]


def test_the_scenarios_own_levers_are_on_until_the_box_is_cleared(client):
    address = reverse("human_capital_json", kwargs=PLAN)
    assert len(client.get(address).json()["levers"]) == 2
    assert len(client.get(address, {"sent": "yes"}).json()["levers"]) == 0
    assert client.get(address, {"end": "2040"}).json()["lines"][-1]["year"] == 2040


def test_the_back_test_stands_beside_the_error_of_no_change(client):
    tests = client.get(reverse("human_capital_json", kwargs=PLAN)).json()["back_test"]
    assert tests[0]["error"] < tests[0]["error_of_no_change"]
    page = client.get(reverse("human_capital", kwargs=PLAN)).content.decode()
    assert page.count("</tr>") > len(tests)


def test_more_beds_for_more_certainty_and_fewer_with_more_shelter(client, django_assert_max_num_queries):
    address = reverse("peak_json", kwargs=PEAK)

    def beds(**levers):
        with django_assert_max_num_queries(12):
            return client.get(address, levers).json()["beds"]

    still = beds()
    assert beds(certainty="99") > still
    more = beds(**{"capacity-peak-shelter": "500", "start-peak-shelter": "30", "end-peak-shelter": "50"})
    assert still - 200 == more
    assert beds(**{"enrolments-niet-eer": "3000"}) > still


def test_an_untouched_form_is_the_scenario_itself(client):
    data = client.get(reverse("peak_json", kwargs=PEAK)).json()
    assert data["beds"] == data["beds_unmoved"]
    assert set(data["intakes"]) == {"NL", "EER", "Niet-EER"}
    assert set(data["intakes"]["NL"]["by_method"]) == {"ratio", "seasonal", "smoothing", "ets", "sarima"}
    assert {one["year"] for one in data["told"]} == {2018, 2020, 2021, 2022}


@pytest.mark.parametrize(
    ("name", "key", "levers", "field"),
    [
        ("human_capital", PLAN, {"retention": "101"}, "retention"),
        ("human_capital", PLAN, {"retrained-energy": "many"}, "retrained-energy"),
        ("human_capital", PLAN, {"end": "1999"}, "end"),
        ("human_capital", PLAN, {"inflow": "nan"}, "inflow"),
        ("peak", PEAK, {"certainty": "100"}, "certainty"),
        ("peak", PEAK, {"start-peak-shelter": "50", "end-peak-shelter": "40"}, "end-peak-shelter"),
        ("peak", PEAK, {"capacity-peak-shelter": "-1"}, "capacity-peak-shelter"),
    ],
)
def test_nonsense_is_told_at_its_field(client, name, key, levers, field):
    for end in ("_json", "_csv"):
        assert client.get(reverse(name + end, kwargs=key), levers).status_code == 400
    faults = client.get(reverse(f"{name}_json", kwargs=key), levers).json()["faults"]
    assert [one["field"] for one in faults] == [field]
    page = client.get(reverse(name, kwargs=key), levers)
    assert page.status_code == 400
    assert f"#id_{field}" in page.content.decode()
    # htmx shows no answer of 400, so its piece comes with 200 and the same words.
    piece = client.get(reverse(name, kwargs=key), levers, headers={"hx-request": "true"})
    assert piece.status_code == 200
    assert f"#id_{field}" in piece.content.decode()


@pytest.mark.usefixtures("talent")
def test_a_shortage_before_the_autumn_is_drawn_too(client):
    """Who comes in February lacks a room then: the drawing began in July and left that out."""
    from mainport.talent.actions.keeping import About, put_scenario
    from mainport.talent.models import Scenario
    from tests.conftest import BY

    body = """
groups: [{name: spring, enrolments: 900, away: 1, arrivals: {5: 1}}]
leavers: {rooms: 800, leave: {6: 0.5, 27: 0.5}}
runs: 200
"""
    about = About("spring", Scenario.Kind.PEAK, {"en": "Spring"})
    put_scenario(by=BY, about=about, body=body, tables={})
    page = client.get("/en/talent/autumn-peak/spring/").content.decode()
    assert "tightest in week 5" in page
    assert "from week 4 to 52" in page
    assert ">week 5</text>" in page


def test_ratios_have_two_decimals():
    from django.utils import translation

    from mainport.web.talent.show import hundredths

    with translation.override("en"):
        assert hundredths(0.8) == "0.80"
    with translation.override("nl"):
        assert hundredths(1.005) == "1,00"


@pytest.mark.parametrize(
    ("p50", "p90", "said"),
    [
        (10, 20, "half of all autumns lack more than 10 rooms, one in ten more than 20 rooms"),
        (0, 20, "Half of all autumns at most are short of rooms, most often in week 34; one in ten lacks more than 20"),
        (0, 0, "One in ten autumns at most is short of rooms, most often in week 34"),
    ],
)
def test_the_sentence_says_no_more_than_zero_rooms(p50, p90, said):
    from django.utils import translation

    from mainport.talent.rules.peak import Outcome
    from mainport.web.talent.peak import _said

    with translation.override("en"):
        assert said in _said(Outcome((), p50, p90, 0.3, 34, 0.9, 20))

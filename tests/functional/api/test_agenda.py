# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pytest

from mainport.agenda.rules.elements import Agenda
from tests.functional.api.conftest import Ask

pytestmark = pytest.mark.django_db


def test_the_agenda_and_its_counts(groningen: Agenda, ask: Ask) -> None:
    data = ask("agenda")
    assert data["id"] == "alliance:akkoord-van-groningen"
    assert data["title"] == {"mul": "Akkoord van Groningen"}
    assert data["period"] == {"start": "2022", "end": "2026"}
    assert data["ambition"]["en"].startswith("Develop and position")
    counted = {name: data["counts"][name] for name in ("partners", "goals", "sectors", "tasks", "flagships", "places")}
    assert counted == {"partners": 8, "goals": 3, "sectors": 4, "tasks": 33, "flagships": 13, "places": 29}
    assert data["counts"]["contributions"] == {"count": 7, "per_year": 1050000, "total": 4200000}
    assert "energy" in [source["id"] for source in data["sources"]]


def test_every_link_of_the_agenda_leads_somewhere(groningen: Agenda, ask: Ask) -> None:
    for name, url in ask("agenda")["links"].items():
        path = url.removeprefix("http://localhost:8000/api/v1/")
        ask(path + ("?from=2026-01-01" if name == "changes" else ""))


def test_no_agenda_yet(ask: Ask) -> None:
    assert ask("agenda", 404)["detail"] == "There is no agenda here yet."
    assert ask("agenda/exports/yaml", 404)["detail"] == "There is no agenda here yet."
    assert ask("elements")["items"] == []
    assert ask("elements?q=x&sector=energy")["items"] == []
    assert ask("states")["items"] == []
    assert ask("changes?from=2026-01-01")["items"] == []


def test_elements_of_a_kind_in_the_order_of_the_agenda(groningen: Agenda, ask: Ask) -> None:
    data = ask("elements?kind=goal&kind=sector")
    assert [item["id"] for item in data["items"]] == [
        "goal:ecosystem",
        "goal:labour",
        "goal:mainport",
        "sector:energy",
        "sector:health",
        "sector:digital",
        "sector:emerging",
    ]
    assert data["count"] == 7


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("parent=sector:energy&kind=task", ["task:E1", "task:E2", "task:E3"]),
        ("sector=energy&kind=flagship", ["flagship:waterstof-werkt", "flagship:duurzaamheidscampus"]),
        ("goal=labour&kind=flagship", ["flagship:wijs"]),
        ("goal=labour&sector=energy", []),
        ("sector=nothing", []),
        ("parent=task:nothing", []),
        ("partner=new-energy-coalition", ["flagship:waterstof-werkt"]),
        ("q=WATERSTOF&kind=task", ["task:E1"]),
        ("q=hydrogen+education&kind=task", ["task:E1"]),
        ("q=noorderpoort&kind=partner", ["partner:noorderpoort"]),
        ("q=%25&kind=task", []),
        ("demo=true", []),
        ("demo=false&kind=alliance", ["alliance:akkoord-van-groningen"]),
    ],
)
def test_filters(groningen: Agenda, ask: Ask, query: str, expected: list[str]) -> None:
    assert [item["id"] for item in ask(f"elements?{query}")["items"]] == expected


def test_what_a_partner_does_shows_by_its_plans_too(planned: Agenda, ask: Ask) -> None:
    found = [item["id"] for item in ask("elements?partner=hanze&demo=true")["items"]]
    assert found == ["plan:task-E3"]
    assert "task:E3" in [item["id"] for item in ask("elements?partner=hanze")["items"]]


def test_texts_always_carry_their_languages(groningen: Agenda, ask: Ask) -> None:
    data = ask("elements?kind=figure&kind=place&pageSize=500")
    for item in data["items"]:
        for name in ("unit", "precision", "qualifier", "area", "note"):
            assert isinstance(item["attributes"].get(name, {}), dict), item


def test_only_the_fields_asked_for(groningen: Agenda, ask: Ask) -> None:
    item = ask("elements?fields=title,parent&kind=task&pageSize=1")["items"][0]
    assert set(item) == {"id", "title", "parent"}
    assert set(ask("elements/task:E3?fields=below")) == {"id", "below"}
    problem = ask("elements?fields=title,colour", 400)
    assert problem["errors"][0]["found"] == "title,colour"
    assert "out of: id, kind" in problem["errors"][0]["expected"]


def test_an_element_with_what_is_around_it(planned: Agenda, ask: Ask) -> None:
    data = ask("elements/task:E3")
    assert data["attributes"] == {"horizon": "2030"}
    assert [item["id"] for item in data["below"]] == ["plan:task-E3"]
    assert {"role": "tasks", "id": "instrument:human-capital-agendas"} in data["named_by"]
    assert data["standing"]["id"] == "task:E3"
    assert data["standing"]["state"] == "at-risk", "its milestone is past its day"
    assert data["reports"] == []
    assert ask("elements/plan:task-E3")["links"] == [{"role": "lead", "id": "partner:hanze"}]
    assert ask("elements/partner:hanze")["standing"] is None


def test_an_element_by_its_key_alone(groningen: Agenda, ask: Ask) -> None:
    assert ask("elements/E3") == ask("elements/task:E3")
    assert "contribution:hanze" in ask("elements/hanze", 404)["detail"]


@pytest.mark.parametrize("written", ["task:E99", "nothing", "colour:red", "task:", ":E3", "task:E3:x", "é", "a b"])
def test_an_element_that_is_not_there(groningen: Agenda, ask: Ask, written: str) -> None:
    assert ask(f"elements/{written}", 404)["status"] == 404


def test_organisations(groningen: Agenda, ask: Ask) -> None:
    assert ask("organisations")["count"] == 14
    partners = ask("organisations?partner=true")["items"]
    assert len(partners) == 8
    assert all(item["partner"] for item in partners)
    assert ask("organisations?partner=false")["count"] == 6
    rug = next(item for item in partners if item["key"] == "rug")
    assert rug["short"] == "RUG"
    assert rug["sort"] == "university"


@pytest.mark.parametrize(
    "path",
    ["agenda", "elements?pageSize=500", "elements/sector:energy", "organisations", "states", "agenda/exports/yaml"],
)
def test_few_queries_whatever_the_size(
    planned: Agenda, fetch: Ask, path: str, django_assert_max_num_queries: Ask
) -> None:
    with django_assert_max_num_queries(12):
        assert fetch(path).status_code == 200

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The tab of the search page on which the agenda is searched."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from lxml import html

from mainport.agenda import actions, queries
from mainport.agenda.rules.elements import Agenda, Element, Kind
from mainport.agenda.rules.nodes import PLAN_TITLE
from mainport.core.models import Person
from tests.conftest import BY, Cast

LogIn = Callable[[Person | None], Client]


@pytest.fixture(autouse=True)
def own_index(tmp_path: Path, settings: Any) -> None:
    settings.INDEX_DIR = tmp_path
    settings.LANGUAGE_CODE = "en"


def ask(client: Client, words: str, **more: str) -> Any:
    return client.get(reverse("search"), {"q": words, "tab": "agenda", **more})


def test_a_code_leads_to_its_task(groningen: Agenda, client: Client) -> None:
    page = html.fromstring(ask(client, "e3").content)
    first = page.xpath("//h2[@class='mainport-results__title']/a")[0]
    assert first.get("href") == reverse("task", kwargs={"key": "E3"})
    assert page.get_element_by_id("q").value == "e3"
    assert page.get_element_by_id("result-count").text_content().strip() == "1 result"


def test_results_tell_kind_code_state_and_passage(groningen: Agenda, client: Client) -> None:
    page = ask(client, "hydrogen").content.decode()
    assert "<mark>hydrogen</mark>" in page
    assert "Flagship" in page
    assert "No plan yet" in page


def test_narrowed_by_kind(groningen: Agenda, client: Client) -> None:
    every = html.fromstring(ask(client, "energy").content)
    links = every.xpath("//nav[@aria-label='Narrow by kind']//a")
    tasks = next(link for link in links if "Tasks" in link.text_content())
    count = int(tasks.text_content().split()[-1])
    narrowed = html.fromstring(client.get(reverse("search") + tasks.get("href")).content)
    assert len(narrowed.xpath("//ol[@class='mainport-results']/li")) == count
    (current,) = narrowed.xpath("//nav[@aria-label='Narrow by kind']//a[@aria-current]")
    assert "Tasks" in current.text_content()
    assert int(links[0].text_content().split()[-1]) > count


def test_pages_hold_every_result_once(groningen: Agenda, client: Client) -> None:
    first = client.get(reverse("search_json"), {"q": "the", "tab": "agenda"}).json()
    assert first["pages"] > 1
    uids = [
        result["uid"]
        for number in range(1, first["pages"] + 1)
        for result in client.get(reverse("search_json"), {"q": "the", "page": number, "tab": "agenda"}).json()[
            "results"
        ]
    ]
    assert len(uids) == len(set(uids)) == first["total"]
    page = html.fromstring(ask(client, "the").content)
    assert page.xpath("//nav[@aria-label='Pages']//a[@rel='next']")


def test_some_words_are_said_to_be_some(groningen: Agenda, client: Client) -> None:
    assert b"hold some of them" in ask(client, "hydrogen seahorses").content
    assert b"hold some of them" not in ask(client, "hydrogen").content


def test_nothing_found_helps_further(groningen: Agenda, client: Client) -> None:
    page = ask(client, "<seahorses>").content.decode()
    assert "&lt;seahorses&gt;" in page
    assert "<seahorses>" not in page
    assert reverse("agenda_tree") in page


def test_without_a_question_it_says_what_can_be_found(groningen: Agenda, client: Client) -> None:
    page = client.get(reverse("search"), {"tab": "agenda"})
    assert b"Everything in the agenda is searched" in page.content
    assert client.get(reverse("search_json")).json()["total"] == 0


def test_a_plan_is_known_by_what_it_plans(groningen: Agenda, client: Client) -> None:
    result = {"nl": "Een stoommachine", "en": "A steam engine"}
    plan = Element(Kind.PLAN, "task-E3", "task:E3", 0, PLAN_TITLE, attributes={"result": result})
    actions.put_element(by=BY, element=plan, why="tests")
    page = html.fromstring(ask(client, "steam engine").content)
    (link,) = page.xpath("//h2[@class='mainport-results__title']/a")
    assert "Human Capital Agenda" in link.text_content()
    assert link.get("href") == reverse("task", kwargs={"key": "E3"}) + "#plan"


def test_the_same_as_csv(groningen: Agenda, client: Client) -> None:
    response = client.get(reverse("search_csv"), {"q": "E3", "tab": "agenda"})
    (row,) = csv.DictReader(io.StringIO(response.content.decode()))
    assert (row["uid"], row["kind"], row["state"]) == ("task:E3", "task", "no-plan")


def test_in_dutch(groningen: Agenda, client: Client) -> None:
    with translation.override("nl"):
        page = ask(client, "bedrijf").content.decode()
    assert "<mark>bedrijven</mark>" in page


ODD = ["\0", '"', "((((", "AND OR NOT", "*", "é" * 3000, "a" * 20_000, "\\", "%", "title_nl:x", "<script>", "-", "🙂"]


@pytest.mark.parametrize("asked", ODD)
def test_odd_questions_are_answered(groningen: Agenda, client: Client, asked: str) -> None:
    assert client.get(f"{reverse('search')}?tab=agenda&q={quote(asked)}").status_code == 200


@pytest.mark.parametrize(
    "more", ["kind=nonsense", "page=0", "page=-1", "page=x", "page=999999999999", "page=٣", "kind="]
)
def test_odd_parameters_are_taken_as_none(groningen: Agenda, client: Client, more: str) -> None:
    response = client.get(f"{reverse('search')}?tab=agenda&q=energy&{more}")
    assert response.status_code == 200


def test_few_queries_also_when_it_catches_up(
    groningen: Agenda, cast: Cast, as_person: LogIn, django_assert_max_num_queries: Any
) -> None:
    client = as_person(cast.alice)
    with django_assert_max_num_queries(12):
        ask(client, "energy")
    task = queries.agenda().elements["task:E3"]
    actions.put_element(by=BY, element=replace(task, demo=True), why="changed")
    with django_assert_max_num_queries(12):
        assert ask(client, "energy").status_code == 200


def test_without_an_agenda(db: None, client: Client) -> None:
    assert ask(client, "energy").status_code == 200

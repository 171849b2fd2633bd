# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Looking back: the versions of an element, what changed between two days, the agenda of a day."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html

from mainport.agenda import actions, queries
from mainport.agenda.models import Version
from mainport.agenda.rules.elements import Agenda, Element, Kind, Link
from mainport.agenda.rules.nodes import PLAN_TITLE
from mainport.core.models import Person
from tests.conftest import BY, Cast

LogIn = Callable[[Person | None], Client]


@pytest.fixture(autouse=True)
def in_english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def story(groningen: Agenda, cast: Cast) -> Agenda:
    """The agenda was loaded forty days ago; ten days ago Dave changed E3 and Bob its plan; a fund went."""
    plan = Element(Kind.PLAN, "task-E3", "task:E3", 0, PLAN_TITLE, links=(Link("lead", "partner:hanze"),))
    actions.put_element(by=BY, element=plan, why="the plan")
    Version.objects.update(at=timezone.now() - timedelta(days=40))
    task = queries.agenda().elements["task:E3"]
    changed = replace(task, title={**task.title, "en": "Another title"}, source="labour")
    actions.put_element(by=cast.dave.actor, element=changed, why="decided in March")
    risk = {"title": {"nl": "Te laat", "en": "Too late"}, "size": "large"}
    planned = replace(plan, attributes={"start": "2023-02", "risks": [risk]})
    actions.put_element(by=cast.bob.actor, element=planned, why="worked out")
    forum = next(e for e in groningen.elements.values() if e.kind is Kind.FORUM)
    actions.remove_element(by=cast.dave.actor, uid=forum.uid, why="stopped")
    then = timezone.now() - timedelta(days=10)
    Version.objects.filter(until__isnull=False).update(until=then)
    Version.objects.exclude(why__in=["tests", "the plan"]).update(at=then)
    return groningen


def history_of(client: Client, kind: str = "task", key: str = "E3", end: str = "") -> Any:
    return client.get(reverse(f"element_history{end}", kwargs={"kind": kind, "key": key}))


def days(first: int, second: int) -> dict[str, str]:
    today = timezone.localdate()
    return {name: (today - timedelta(days=ago)).isoformat() for name, ago in (("from", first), ("to", second))}


# --- One element ---


def test_each_version_tells_what_changed_and_why(story: Agenda) -> None:
    page = html.fromstring(history_of(Client()).content)
    versions = page.xpath("//ol[contains(@class, 'mainport-versions')]/li")
    assert len(versions) == 2
    newest = versions[0].text_content()
    assert "decided in March" in newest
    assert "in force" in newest
    assert "Title (English)" in newest
    assert "Title (Dutch)" not in newest
    assert "Another title" in versions[0].xpath(".//ins")[0].text_content()
    assert "The labour market of the future" in newest  # The source by its title.
    assert "Added" in versions[1].text_content()


def test_relations_and_values_are_read_by_people(story: Agenda) -> None:
    page = history_of(Client(), "plan", "task-E3").content.decode()
    assert "February 2023" in page
    assert "Too late (large)" in page
    assert "Hanze University of Applied Sciences" in page


def test_visitors_see_no_names(story: Agenda, cast: Cast, as_person: LogIn) -> None:
    visitor, colleague = history_of(Client()).content.decode(), history_of(as_person(cast.erin)).content.decode()
    assert "Dave" not in visitor
    assert "Programme office" in visitor
    assert "Dave" in colleague
    of_plan = history_of(Client(), "plan", "task-E3").content.decode()
    assert "Bob" not in of_plan
    assert "Hanzehogeschool Groningen" in of_plan
    for end in ("_json", "_csv"):
        assert "Dave" not in history_of(Client(), end=end).content.decode()
        assert "Dave" in history_of(as_person(cast.erin), end=end).content.decode()


def test_what_was_taken_out_keeps_its_history(story: Agenda) -> None:
    gone = Version.objects.get(why="stopped")
    kind, _, key = gone.uid.partition(":")
    page = history_of(Client(), kind, key).content.decode()
    assert "no longer in the agenda" in page
    assert "Removed" in page


def test_what_never_was_answers_404(story: Agenda) -> None:
    assert history_of(Client(), "task", "Z9").status_code == 404
    assert history_of(Client(), "nonsense", "E3").status_code == 404


def test_a_long_history_has_pages(groningen: Agenda) -> None:
    task = queries.agenda().elements["task:E3"]
    for number in range(45):
        actions.put_element(by=BY, element=replace(task, title={"mul": f"Title {number}"}), why=f"change {number}")
    counts = []
    for number in (1, 2, 3):
        url = reverse("element_history_json", kwargs={"kind": "task", "key": "E3"})
        versions = Client().get(url, {"page": number}).json()["versions"]
        assert all(version["fields"] for version in versions)
        counts.append(len(versions))
    assert counts == [20, 20, 6]


def test_history_as_data(story: Agenda) -> None:
    data = history_of(Client(), end="_json").json()
    newest = data["versions"][0]
    assert (newest["change"], newest["why"], newest["by"]) == ("changed", "decided in March", "Programme office")
    assert {field["field"] for field in newest["fields"]} == {"title", "source"}
    rows = list(csv.DictReader(io.StringIO(history_of(Client(), end="_csv").content.decode())))
    assert rows[0]["new"] == "Another title"


# --- Between two days ---


def test_last_month_by_itself(story: Agenda) -> None:
    page = html.fromstring(Client().get(reverse("changes")).content)
    said = " ".join(page.xpath("//p[@role='status']")[0].text_content().split())
    assert said == "2 changed, 1 removed"
    assert page.get_element_by_id("id_from").value == days(30, 0)["from"]


def test_only_what_lies_between(story: Agenda) -> None:
    none = Client().get(reverse("changes_json"), days(5, 0)).json()
    assert none["changes"] == []
    all_of_it = Client().get(reverse("changes_json"), days(50, 0)).json()
    assert all_of_it["counts"]["added"] == len(all_of_it["changes"])
    first = Client().get(reverse("changes_json"), days(30, 0)).json()
    assert [(change["change"], change["id"]) for change in first["changes"] if change["id"].startswith("task")] == [
        ("changed", "task:E3")
    ]


def test_before_there_was_an_agenda_is_said(story: Agenda) -> None:
    assert b"There was no agenda yet on the first day" in Client().get(reverse("changes"), days(50, 0)).content
    assert b"There was no agenda yet" not in Client().get(reverse("changes"), days(30, 0)).content


@pytest.mark.parametrize(
    "wrong", [{"from": "x"}, {"to": "2026-02-30"}, {"from": "2026-02-02", "to": "2026-01-01"}, {"from": "\0"}]
)
def test_wrong_days_are_said(story: Agenda, wrong: dict[str, str]) -> None:
    response = Client().get(reverse("changes"), wrong)
    assert response.status_code == 400
    assert b"mainport-error-summary" in response.content
    assert Client().get(reverse("changes_json"), wrong).json()["errors"]


def test_changes_as_table(story: Agenda) -> None:
    response = Client().get(reverse("changes_csv"), days(30, 0))
    rows = list(csv.DictReader(io.StringIO(response.content.decode())))
    assert {row["change"] for row in rows} == {"changed", "removed"}
    assert {row["field"] for row in rows if row["uid"] == "task:E3"} == {"Title (English)", "Source"}


# --- The agenda of a day ---


def test_the_agenda_of_a_day(story: Agenda) -> None:
    client = Client()
    before = days(20, 0)["from"]
    page = client.get(reverse("agenda_on"), {"on": before}).content.decode()
    assert "You are looking back" in page
    assert "Another title" not in page
    assert f"{reverse('changes')}?from={before}&amp;to={timezone.localdate().isoformat()}" in page
    today = client.get(reverse("agenda_on")).content.decode()
    assert "Another title" in today
    assert "You are looking back" not in today
    assert "This is the agenda of today" in today


def test_every_task_of_that_day_stands_there(story: Agenda) -> None:
    page = html.fromstring(Client().get(reverse("agenda_on")).content)
    tasks = [code.text_content() for code in page.xpath("//ul[@class='mainport-then']//span[@class='mainport-code']")]
    expected = [e.key for e in story.elements.values() if e.kind is Kind.TASK]
    assert set(expected) <= set(tasks)
    assert len(page.xpath("//section[contains(@class, 'mainport-tree__chapter')]")) == sum(
        e.kind in (Kind.GOAL, Kind.SECTOR, Kind.CHAPTER) for e in story.elements.values()
    )


def test_a_day_before_the_first_agenda(story: Agenda) -> None:
    page = Client().get(reverse("agenda_on"), {"on": "2001-01-01"}).content.decode()
    assert "There was no agenda yet on 1 January 2001" in page
    assert "The first one is of" in page


def test_a_wrong_day_is_said(story: Agenda) -> None:
    response = Client().get(reverse("agenda_on"), {"on": "yesterday"})
    assert response.status_code == 400
    assert b"mainport-error-summary" in response.content


def test_the_agenda_of_a_day_as_data(story: Agenda) -> None:
    before = days(20, 0)["from"]
    data = Client().get(reverse("agenda_on_json"), {"on": before}).json()
    assert (data["on"], data["counts"]["tasks"]) == (before, 33)
    rows = list(csv.DictReader(io.StringIO(Client().get(reverse("agenda_on_csv"), {"on": before}).content.decode())))
    assert len(rows) == len(story.elements) + 1  # And the plan.


@pytest.mark.parametrize("name", ["changes", "changes_csv", "agenda_on", "agenda_on_json"])
def test_pages_of_days_take_few_queries(
    story: Agenda, cast: Cast, as_person: LogIn, name: str, django_assert_max_num_queries: Any
) -> None:
    client = as_person(cast.erin)
    with django_assert_max_num_queries(12):
        assert client.get(reverse(name), {"from": "2001-01-01"}).status_code == 200


def test_a_history_takes_few_queries(story: Agenda, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(12):
        assert history_of(Client()).status_code == 200


def test_without_an_agenda(db: None) -> None:
    for name in ("changes", "agenda_on"):
        assert Client().get(reverse(name)).status_code == 200

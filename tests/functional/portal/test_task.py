# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The page of a task: the promise, its state, five bands in the same order."""

from __future__ import annotations

import pytest
from django.test import Client

from mainport.agenda.actions import Reached
from mainport.agenda.rules.elements import Agenda
from mainport.agenda.rules.status import Status
from tests import planning
from tests.conftest import Cast
from tests.functional.portal.page import see

pytestmark = pytest.mark.django_db

BANDS = ["Who", "Plan", "Money", "Measured", "Decided and learnt"]


@pytest.fixture
def planned(groningen: Agenda, cast: Cast) -> Cast:
    """E3 with a plan, one milestone reached and one to come, and a report of the Hanze."""
    year = planning.today().year
    planning.plan("task:E3", "hanze", ["rug"], milestones=[("agreed", f"{year}-02"), ("ready", f"{year + 2}-06")])
    period = planning.open_period()
    reached = {"agreed": Reached(on=period.start)}
    planning.write(
        cast.alice, period, status=Status.AT_RISK, words="Twee leerlijnen starten later.", reviewer=cast.bob,
        milestones=reached,
    )  # fmt: skip
    return cast


@pytest.mark.parametrize("key", ["E1", "G3", "R5"])
def test_the_five_bands_stand_in_the_same_order_and_say_what_is_missing(groningen: Agenda, key: str) -> None:
    page = see(f"/en/tasks/{key}/")
    assert page.all(".mainport-band h2") == BANDS
    missing = page.all(".mainport-band--empty")
    assert len(missing) == 5
    assert all("Who can fill this in: " in words for words in missing)


def test_the_promise_and_its_state_come_first(groningen: Agenda) -> None:
    page = see("/en/tasks/E3/")
    assert page.all("h1") == ["Energy Human Capital Agenda 2030 with New Energy Coalition and business"]
    head = page.all(".mainport-page-head")[0]
    assert head.startswith("E3 Task by 2030")
    assert "No plan yet Nobody has laid down a plan with a lead yet. How a state comes about" in head
    assert page.links(".mainport-state-line a")["How a state comes about"] == "/en/state-rule/"


def test_its_source_its_way_back_and_its_neighbours(groningen: Agenda) -> None:
    page = see("/en/tasks/E2/")
    assert page.links("nav.utrecht-breadcrumb-nav a") == {
        "Home": "/en/",
        "Agenda": "/en/agenda/",
        "Energy": "/en/sectors/energy/",
    }
    assert "Source: Strategische agenda 2022-2026, Akkoord van Groningen, chapter “Energy”, January 2022" in page.words
    beside = page.links(".mainport-siblings a")
    assert list(beside.values()) == ["/en/tasks/E1/", "/en/tasks/E3/"]
    assert page.links()["Earlier versions and what changed"] == "/en/history/task/E2/"


def test_who(planned: Cast) -> None:
    band = see("/en/tasks/E3/").all(".mainport-band")[0]
    assert "2 organisations; Hanze University of Applied Sciences Groningen leads" in band
    assert "University of Groningen Partner" in band
    assert "By means of: Human capital agendas" in band


def test_plan_shows_milestones_on_a_line_and_in_words(planned: Cast) -> None:
    page = see("/en/tasks/E3/")
    band = page.all(".mainport-band")[1]
    assert "1 of 2 milestones reached" in band
    assert "agreed reached Reached on" in band
    assert "ready reached To come" in band
    drawings = page.tree.xpath("//svg[contains(@class, 'mainport-timeline__svg')]")
    assert len(drawings) == 2
    for drawing in drawings:
        assert len(drawing.xpath(".//circle")) == 2
        assert "today" in drawing.text_content()
        assert drawing.xpath("./title")[0].text == "2 milestones on a line of time"
        assert "ready reached, To come" in drawing.xpath("./desc")[0].text
    assert page.tree.xpath("//li[@id='milestone-ready']")


def test_the_state_is_said_in_the_words_of_the_report_that_decided_it(planned: Cast) -> None:
    page = see("/en/tasks/E3/")
    line = page.all(".mainport-state-line")[0]
    assert line.startswith("At risk Twee leerlijnen starten later.")
    assert "Hanze University of Applied Sciences Groningen, approved on" in line
    assert page.tree.xpath("//*[@class='mainport-state-line__reason']")[0].get("lang") == "nl"
    assert "Twee leerlijnen starten later." in page.all(".mainport-reports")[0]


def test_a_draft_and_what_waits_for_approval_are_nobody_elses(groningen: Agenda, cast: Cast, as_person) -> None:
    planning.plan("task:E3", "hanze", ["rug"])
    planning.write(cast.alice, planning.open_period(), words="Nog geheim.")
    for person in (None, cast.charlie, cast.alice, cast.dave):
        assert "Nog geheim." not in see("/en/tasks/E3/", as_person(person)).words


def test_those_who_may_edit_are_led_to_it(groningen: Agenda, cast: Cast, as_person) -> None:
    assert see("/en/tasks/E3/", as_person(cast.dave)).links()["Lay down a plan"] == "/en/add/plan/task:E3/"
    planning.plan("task:E3", "hanze")
    assert see("/en/tasks/E3/", as_person(cast.dave)).links()["Edit the plan"] == "/en/edit/plan/task-E3/"
    assert see("/en/tasks/E3/", as_person(cast.bob)).links()["Edit the plan"] == "/en/edit/plan/task-E3/"
    for person in (None, cast.alice, cast.charlie, cast.erin):
        assert "Edit the plan" not in see("/en/tasks/E3/", as_person(person)).links()


def test_a_milestone_and_a_plan_lead_to_the_task(planned: Cast) -> None:
    assert Client().get("/en/milestones/ready/")["Location"] == "/en/tasks/E3/#milestone-ready"
    assert Client().get("/en/plans/task-E3/")["Location"] == "/en/tasks/E3/#plan"


def test_the_same_as_data(planned: Cast) -> None:
    data = Client().get("/en/tasks/E3.json").json()
    assert data["uid"] == "task:E3"
    assert data["source"]["id"] == "energy"
    assert data["above"] == ["alliance:akkoord-van-groningen", "sector:energy"]
    assert data["standing"]["state"] == "at-risk"
    assert [milestone["uid"] for milestone in data["milestones"]] == ["milestone:agreed", "milestone:ready"]
    assert data["reports"][0]["words"] == "Twee leerlijnen starten later."
    assert Client().get("/en/tasks/E3.csv").content.decode().splitlines()[1].startswith("task:E3,task,E3,")

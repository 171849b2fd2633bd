# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The tree of the agenda and the implementation agenda, with their filter."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.test import Client

from mainport.agenda.rules.elements import Agenda
from mainport.agenda.rules.status import Status
from tests import planning
from tests.conftest import Cast
from tests.functional.portal.page import Seen, see

pytestmark = pytest.mark.django_db


def tree(**chosen: str | list[str]) -> Seen:
    return see(f"/en/agenda/?{urlencode(chosen, doseq=True)}")


def codes(page: Seen) -> list[str]:
    return [code for code in page.all(".mainport-tree__task .mainport-code") if code]


def test_it_shows_every_task_under_its_goal_or_sector(groningen: Agenda) -> None:
    page = tree()
    assert len(codes(page)) == 33
    assert "33 of 33 tasks" in page.words
    assert len(page.all(".mainport-tree__chapter h2")) == 8
    assert "Climate adaptation" in page.words  # A theme without tasks stands in the agenda too.
    assert len(page.all(".mainport-tag--flagship")) == 13


def test_by_sector(groningen: Agenda) -> None:
    page = tree(pillar="sector:energy")
    assert codes(page) == ["E1", "E2", "E3"]
    assert page.all(".mainport-tree__chapter h2") == ["Sector Energy"]


def test_by_organisation_that_leads_or_takes_part(groningen: Agenda) -> None:
    planning.plan("task:E3", "hanze", ["rug"])
    planning.plan("task:G1", "umcg", ["hanze"])
    assert codes(tree(partner="partner:hanze")) == ["E3", "G1"]
    assert codes(tree(partner="partner:rug")) == ["E3"]
    assert "No task fits what you chose." in tree(partner="partner:martini").words


def test_by_state(groningen: Agenda, cast: Cast) -> None:
    planning.plan("task:E3", "hanze")
    planning.plan("task:A4", "hanze")
    planning.write(cast.alice, planning.open_period(), status=Status.BEHIND, reviewer=cast.bob)
    assert codes(tree(state="behind")) == ["E3"]
    assert codes(tree(state=["behind", "no-report"])) == ["A4", "E3"]


def test_by_words_in_any_language(groningen: Agenda) -> None:
    assert codes(tree(q="waterstof")) == ["E1"]
    assert codes(tree(q="HYDROGEN levels")) == ["E1"]
    assert codes(tree(q="e3")) == ["E3"]


def test_a_choice_that_does_not_exist_is_left_open(groningen: Agenda) -> None:
    assert len(codes(tree(pillar="goal:moon", state="asleep"))) == 33


def test_the_filter_works_without_scripts_and_is_kept_in_the_data(groningen: Agenda) -> None:
    page = tree(pillar="sector:energy")
    form = page.tree.xpath("//form[@method='get' and contains(@class, 'mainport-filter')]")[0]
    assert form.get("hx-target") == "#results"
    assert page.tree.xpath("//*[@id='results']")
    data = Client().get(page.links(".mainport-data-links a")["JSON"]).json()
    assert [task["uid"] for task in data["tasks"]] == ["task:E1", "task:E2", "task:E3"]


def test_the_implementation_agenda_says_who_does_what_when(groningen: Agenda, cast: Cast) -> None:
    year = planning.today().year
    planning.plan(
        "task:E3", "hanze", ["rug"], milestones=[("past", "2023-05"), ("coming", f"{year + 1}-03")], end="2030"
    )
    page = see("/en/agenda/implementation/")
    row = next(words for words in page.all(".mainport-plans tr") if words.startswith("E3"))
    assert "Hanze University of Applied Sciences Groningen University of Groningen" in row
    assert f"2030 March {year + 1}: coming reached" in row
    assert "At risk" in row  # The first milestone is past its day.
    assert len(page.all(".mainport-plans tbody tr")) == 33
    rows = Client().get("/en/agenda/implementation.csv").content.decode().splitlines()
    assert rows[0].startswith("id,uid,title,lead,partners,start,end,state")
    assert any("partner:hanze,partner:rug,,2030,at-risk" in line for line in rows)

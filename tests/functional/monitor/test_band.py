# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What is measured, on the pages of tasks, goals and sectors."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mainport.agenda import demo
from mainport.core.models import Person
from mainport.monitor.actions import indicators as actions
from mainport.monitor.queries import find_indicator
from mainport.monitor.rules.indicators import File
from tests.conftest import BY, Cast
from tests.functional.monitor.conftest import GRONINGEN
from tests.functional.portal.page import see

pytestmark = pytest.mark.django_db


def test_a_task_shows_its_indicators_as_small_charts(indicators: File) -> None:
    page = see("/en/tasks/K2/")
    mine = [one for one in indicators.indicators.values() if "task:K2" in one.measures]
    assert len(page.all(".mainport-indicator")) == len(mine)
    assert page.links()["Companies on Campus Groningen"] == "/en/indicators/campus-companies/"
    (figure,) = page.tree.xpath("//section[@aria-labelledby='measured']//*[@class='mainport-figure__value']")
    assert figure.text == "230"
    assert f"For {len(mine)} of these no target has been agreed" in page.words
    assert Client().get("/en/tasks/K2.json").json()["indicators"][0] == "campus-companies"


def test_a_goal_shows_those_of_its_tasks_too_each_once(indicators: File) -> None:
    page = see("/en/goals/ecosystem/dashboard/")
    keys = list(page.links(".mainport-indicator a").values())
    assert len(keys) == len(set(keys))
    assert {"/en/indicators/campus-companies/", "/en/indicators/campus-student-growth/"} <= set(keys)


def test_a_goal_shows_some_and_leads_to_all(indicators: File) -> None:
    page = see("/en/goals/ecosystem/")
    count = len(Client().get("/en/goals/ecosystem.json").json()["indicators"])
    assert count > 6
    assert len(page.all(".mainport-indicator")) == 6
    assert page.links()[f"All {count} indicators on one page"] == "/en/goals/ecosystem/dashboard/"
    assert page.links()["What can't be measured yet"] == "/en/not-measured-yet/"


def test_a_small_chart_says_value_verdict_source_and_has_its_table(indicators: File) -> None:
    actions.set_target(by=BY, indicator=find_indicator("campus-companies"), period="2030", value=260, why="tests")
    (card,) = [one for one in see("/en/tasks/K2/").all(".mainport-indicator") if "Companies on Campus" in one]
    assert "230 companies (2021)" in card
    assert "Up from 114 (2014) to 230 companies (2021)" in card
    assert "On track Target: 260 companies (2030)" in card
    assert "The figures as a table: Companies on Campus Groningen" in card
    assert "Source: Strategische agenda 2022-2026, Akkoord van Groningen; not connected yet" in card


def test_what_measures_nothing_says_who_could_fill_it(groningen: object) -> None:
    assert "No indicator with a target has been agreed yet." in see("/en/tasks/K2/").words


def test_the_pages_follow_what_changes(indicators: File, visit: Callable[..., None]) -> None:
    assert "235,000" in see("/en/goals/mainport/").words
    visit({GRONINGEN: {2023: 238_000.0, 2024: 243_000.0}})
    assert "Up from 238,000 (2023) to 243,000" in see("/en/goals/mainport/").words
    target = actions.set_target(
        by=BY, indicator=find_indicator("inhabitants"), period="2030", value=260_000, why="tests"
    )
    assert "target 260,000 (2030)" in see("/en/goals/mainport/").words
    actions.end_target(by=BY, target=target, why="tests")
    assert "target 260,000 (2030)" not in see("/en/goals/mainport/").words


@pytest.mark.parametrize(
    "address",
    [
        "tasks/K2/",
        "tasks/E3/",
        "goals/ecosystem/",
        "goals/mainport/",
        "goals/ecosystem/dashboard/",
        "sectors/digital/",
        "flagships/campus-groningen/",
        "",
    ],
)
def test_no_more_than_twelve_queries_straight_after_a_change(
    indicators: File,
    visit: Callable[..., None],
    cast: Cast,
    as_person: Callable[[Person | None], Client],
    address: str,
) -> None:
    demo.load(by=BY)
    visit({GRONINGEN: {2023: 238_000.0, 2024: 243_000.0}})
    actions.set_target(by=BY, indicator=find_indicator("inhabitants"), period="2030", value=260_000, why="tests")
    for reader in (None, cast.alice, cast.dave):
        client = as_person(reader)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/en/{address}").status_code == 200
        assert len(captured) <= 12, reader

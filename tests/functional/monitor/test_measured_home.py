# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What is measured, on the home page and on the dashboards of goals and sectors; and where one finds it."""

from __future__ import annotations

import csv
from collections.abc import Callable

import pytest
from django.test import Client

from mainport.core.models import Person
from mainport.monitor.actions import indicators as actions
from mainport.monitor.models import Feed, Summary
from mainport.monitor.queries import find_indicator
from mainport.monitor.rules.indicators import File
from tests.conftest import BY, Cast
from tests.functional.monitor.conftest import GRONINGEN
from tests.functional.portal.page import see

pytestmark = pytest.mark.django_db

Log = Callable[[Person | None], Client]


def cell(code: str) -> str:
    (found,) = [one for one in see("/en/").all(".mainport-matrix td") if one.startswith(f"{code} ")]
    return found


def aim(key: str, value: float) -> None:
    actions.set_target(by=BY, indicator=find_indicator(key), period="2030", value=value, why="tests")


def test_each_task_says_what_is_measured_beside_its_plan(indicators: File) -> None:
    assert "No plan yet; measured: no target agreed" in cell("K2")
    assert "No plan yet; measured: not connected yet" in cell("K1")
    aim("campus-companies", 10_000)
    assert "No plan yet; measured: too slow for the target" in cell("K2")


def test_without_indicators_that_is_what_it_says(groningen: object) -> None:
    assert "measured: no indicator" in cell("K2")
    assert "Nothing is measured here yet." in see("/en/").all(".mainport-matrix th")[0]
    assert "See what is measured" not in see("/en/").words


def test_a_goal_says_how_its_indicators_stand(indicators: File) -> None:
    aim("campus-companies", 260)
    head = see("/en/").all(".mainport-matrix th")[0]
    assert "14 indicators: 1 on track, 8 without an agreed target, 1 without a figure, 4 not connected" in head


def test_the_line_counts_and_leads_to_the_gaps(indicators: File) -> None:
    data = Client().get("/en/index.json").json()["measured"]
    defined = indicators.indicators.values()
    assert data["indicators"] == len(defined)
    assert data["connected"] == sum(one.connected for one in defined)
    assert data["with_target"] == sum(one.target is not None for one in defined)
    page = see("/en/")
    (line,) = page.all(".mainport-tally")
    assert line == (
        f"{len(defined)} indicators: {data['connected']} connected to a source, "
        f"{data['with_target']} with an agreed target. "
        f"{data['gaps']} lack a target, a connection or a figure."
    )
    said = f"{data['gaps']} lack a target, a connection or a figure"
    assert page.links(".mainport-tally a")[said] == "/en/not-measured-yet/"


def test_the_legend_counts_the_tasks(indicators: File) -> None:
    legend = [item for item in see("/en/").all(".mainport-state-summary li") if "No target agreed" in item]
    with open_csv("/en/index.csv") as rows:
        assert legend == [f"{sum(row['measured'] == 'no-target' for row in rows)} No target agreed"]


class open_csv:  # noqa: N801 -- reads as `with open(...)`
    def __init__(self, address: str) -> None:
        self.text = Client().get(address).content.decode("utf-8-sig")

    def __enter__(self) -> list[dict[str, str]]:
        return list(csv.DictReader(self.text.splitlines()))

    def __exit__(self, *_: object) -> None:
        pass


def test_data_of_the_home_page_has_it_too(indicators: File) -> None:
    with open_csv("/en/index.csv") as rows:
        (task,) = [row for row in rows if row["uid"] == "task:K2"]
    assert task["measured"] == "no-target"
    assert int(task["indicators"]) == sum("task:K2" in one.measures for one in indicators.indicators.values())
    pillars = Client().get("/en/index.json").json()["pillars"]
    (goal,) = [one for one in pillars if one["uid"] == "goal:ecosystem"]
    assert goal["measured"]["indicators"] == 14
    assert goal["measured"]["verdict"] == "no-target"
    assert sum(goal["measured"]["counts"].values()) == 14


def test_a_source_that_failed_is_named(indicators: File, visit: Callable[..., None]) -> None:
    visit({GRONINGEN: {2023: 238_000.0, 2024: 243_000.0}})
    assert "The last visit to the source failed" not in see("/en/goals/mainport/dashboard/").words
    Feed.objects.filter(key="03759ned").update(problem="it answered 500")
    page = see("/en/goals/mainport/dashboard/")
    assert "The last visit to the source failed. These figures are of " in page.words
    assert "the source could not be read at the last visit" in page.all(".mainport-tally")[0]
    rows = Client().get("/en/goals/mainport/dashboard.json").json()["indicators"]
    assert {row["indicator"] for row in rows if row["stale_since"]} >= {"inhabitants"}


def test_what_is_being_counted_anew_gives_no_figure(indicators: File) -> None:
    Summary.objects.filter(indicator__key="campus-companies").delete()
    page = see("/en/goals/ecosystem/dashboard/")
    assert "Companies on Campus Groningen" not in page.words
    assert "14 indicators: 8 without an agreed target, 1 without a figure, 4 not connected to a source" in page.words
    assert "1 being counted anew" in page.words
    task = see("/en/tasks/K2/")
    assert "Companies on Campus Groningen" not in " ".join(task.all(".mainport-indicator"))
    assert "1 indicator is being counted anew." in task.words


def test_a_dashboard_has_all_of_a_goal_and_its_tasks(indicators: File) -> None:
    page = see("/en/goals/ecosystem/dashboard/")
    data = Client().get("/en/goals/ecosystem/dashboard.json").json()
    assert page.all("h1") == ["Strengthen the knowledge and innovation ecosystem: what is measured"]
    assert len(page.all(".mainport-indicator")) == len(data["indicators"]) == 14
    assert "K2 Growth of Campus Groningen" in " ".join(page.all("h2"))
    with open_csv("/en/goals/ecosystem/dashboard.csv") as rows:
        (one,) = [row for row in rows if row["indicator"] == "campus-companies"]
    assert (one["element"], one["value"], one["period"], one["measured"]) == (
        "goal:ecosystem",
        "230.0",
        "2021",
        "no-target",
    )
    assert see("/en/goals/nothing/dashboard/", status=404)


def test_a_dashboard_without_indicators_says_who_can_agree_one(groningen: object) -> None:
    page = see("/en/sectors/energy/dashboard/")
    assert "Nothing is measured here yet." in page.words
    assert "The programme office can agree one" in page.words


def test_who_looks_for_it_finds_it(indicators: File, cast: Cast, as_person: Log) -> None:
    home = see("/en/")
    assert home.links()["See what is measured"] == "/en/indicators/"
    assert home.links()["What changed in the indicators"] == "/en/indicators/changes/"
    foot = home.links("footer a")
    assert foot["Where the figures come from"] == "/en/feeds/"
    assert foot["What can't be measured yet"] == "/en/not-measured-yet/"
    following, by_hand = "/en/workspace/following/", "/en/workspace/values-by-hand/"
    alice = see("/en/workspace/", as_person(cast.alice)).links()
    assert alice["Indicators that you follow"] == following
    assert by_hand not in alice.values()
    frank = see("/en/workspace/", as_person(cast.frank)).links()
    assert {following, by_hand, "/en/feeds/"} <= set(frank.values())
    assert see("/en/my-account/", as_person(cast.alice)).links()["Indicators that you follow"] == following

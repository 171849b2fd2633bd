# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pytest
from django.test import Client

from mainport.agenda.models import Report
from tests.conftest import Cast
from tests.functional.api.conftest import Ask

pytestmark = pytest.mark.django_db


def test_only_approved_reports_are_public(reports: dict[str, Report], ask: Ask) -> None:
    data = ask("reports")
    assert [item["id"] for item in data["items"]] == [reports["approved"].pk]
    assert ask(f"reports/{reports['approved'].pk}") == data["items"][0]
    for state in ("draft", "submitted", "returned"):
        ask(f"reports/{reports[state].pk}", 404)


def test_who_is_logged_in_sees_no_more_here(reports: dict[str, Report], cast: Cast, as_person: Ask) -> None:
    for person in (cast.alice, cast.bob, cast.dave, cast.grace):
        client: Client = as_person(person)
        for path in ("reports", "elements/task:E3"):
            content = client.get(f"/api/v1/{path}").content.decode()
            assert "secret words" not in content
        assert client.get(f"/api/v1/reports/{reports['draft'].pk}").status_code == 404


def test_what_a_report_says(reports: dict[str, Report], ask: Ask) -> None:
    data = ask(f"reports/{reports['approved'].pk}")
    assert data["element"] == "task:E3"
    assert data["organisation"] == "hanze"
    assert data["status"] == "on-track"
    assert data["approved_at"] == "2026-04-27T00:00:00Z"
    assert data["milestones"] == [{"id": "milestone:e3-first", "reached_on": "2026-04-02", "words": "klaar"}]
    assert data["evidence"] == [{"title": "Foto", "url": "https://example.org/foto", "media_type": None, "size": None}]
    assert "Alice" not in str(data)


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("period=2026-4", 1),
        ("period=2026-1", 0),
        ("organisation=hanze&element=task:E3", 1),
        ("organisation=rug", 0),
        ("element=task:E1", 0),
        ("status=behind", 0),
        ("status=behind&status=on-track", 1),
    ],
)
def test_filters(reports: dict[str, Report], ask: Ask, query: str, count: int) -> None:
    assert ask(f"reports?{query}")["count"] == count


def test_reports_stand_with_their_element(reports: dict[str, Report], ask: Ask) -> None:
    data = ask("elements/task:E3")
    assert [item["id"] for item in data["reports"]] == [reports["approved"].pk]


def test_reporting_periods(reports: dict[str, Report], ask: Ask) -> None:
    items = ask("reporting-periods")["items"]
    assert [item["id"] for item in items] == ["2026-4", "2026-3", "2026-2", "2026-1"]
    assert items[0] == {
        "id": "2026-4",
        "start": "2026-04-01",
        "end": "2026-04-28",
        "due": "2026-04-28",
        "locked_at": None,
        "demo": False,
    }


def test_states(reports: dict[str, Report], ask: Ask) -> None:
    tasks = ask("states?kind=task&pageSize=500")["items"]
    assert len(tasks) == 33
    by_state = {item["id"]: item["state"] for item in tasks}
    assert by_state["task:E3"] == "on-track"
    assert by_state["task:E1"] == "no-plan"
    assert [item["id"] for item in ask("states?state=on-track&kind=task")["items"]] == ["task:E3"]
    sector = next(item for item in ask("states?kind=sector")["items"] if item["id"] == "sector:energy")
    assert sum(sector["counts"].values()) >= 3


def test_an_element_says_the_same_as_the_list(reports: dict[str, Report], ask: Ask) -> None:
    for item in ask("states?kind=sector&kind=goal")["items"]:
        assert ask(f"elements/{item['id']}")["standing"] == item


def test_few_queries(reports: dict[str, Report], fetch: Ask, django_assert_max_num_queries: Ask) -> None:
    for path in ("reports", "elements/task:E3", "states", "reporting-periods", f"reports/{reports['approved'].pk}"):
        with django_assert_max_num_queries(12):
            assert fetch(path).status_code == 200

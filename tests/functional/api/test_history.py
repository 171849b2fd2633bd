# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mainport.agenda import actions
from mainport.agenda.models import Version
from mainport.agenda.rules.elements import Agenda
from tests.conftest import BY
from tests.functional.api.conftest import Ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def changed(groningen: Agenda) -> None:
    """The agenda since 1 March 2024; E3 renamed and E2 removed on 2 May 2025."""
    Version.objects.update(at=datetime(2024, 3, 1, 12, tzinfo=UTC))
    now = datetime(2025, 5, 2, 12, tzinfo=UTC)
    task = groningen.elements["task:E3"]
    actions.put_element(by=BY, element=replace(task, title={"nl": "Anders", "en": "Different"}), why="clearer")
    actions.remove_element(by=BY, uid="task:E2", why="done with")
    Version.objects.filter(at__year__gte=2026).update(at=now)
    Version.objects.filter(until__year__gte=2026).update(until=now)


def test_the_agenda_on_a_day(changed: None, ask: Ask) -> None:
    before = ask("agenda/versions/2025-05-01")
    assert before["on"] == "2025-05-01"
    assert before["counts"]["tasks"] == 33
    assert "task:E2" in [element["id"] for element in before["elements"]]
    assert ask("agenda/versions/2025-05-02")["counts"]["tasks"] == 32
    assert ask("agenda/versions/2024-02-29", 404)["detail"] == "There was no agenda on 2024-02-29."


def test_the_moments_at_which_it_changed(changed: None, ask: Ask) -> None:
    data = ask("agenda/versions")
    assert [(item["at"], item["changes"]) for item in data["items"]] == [
        ("2025-05-02T12:00:00Z", 2),
        ("2024-03-01T12:00:00Z", 174),
    ]
    assert data["items"][0]["url"].endswith("/api/v1/agenda/versions/2025-05-02")
    on = ask("agenda/versions?on=2025-01-01")
    assert [item["at"] for item in on["items"]] == ["2024-03-01T12:00:00Z"]
    assert ask("agenda/versions?on=2024-01-01")["items"] == []


def test_the_versions_of_an_element(changed: None, ask: Ask) -> None:
    items = ask("elements/E3/versions")["items"]
    assert [item["why"] for item in items] == ["clearer", "tests"]
    assert items[0]["until"] is None
    assert items[0]["element"]["title"]["en"] == "Different"
    assert items[1]["until"] == "2025-05-02T12:00:00Z"


def test_the_versions_of_a_removed_element(changed: None, ask: Ask) -> None:
    items = ask("elements/task:E2/versions")["items"]
    assert items[0]["element"] is None
    assert items[0]["why"] == "done with"
    assert items[1]["element"]["id"] == "task:E2"
    ask("elements/task:E2", 404)
    ask("elements/task:E99/versions", 404)
    ask("elements/E99/versions", 404)


def test_nobody_is_named(changed: None, ask: Ask) -> None:
    assert set(ask("elements/E3/versions")["items"][0]) == {"at", "until", "why", "element"}


def test_what_changed_between_two_days(changed: None, ask: Ask) -> None:
    items = ask("changes?from=2025-05-01&to=2025-05-02")["items"]
    assert {(item["change"], item["id"]) for item in items} == {("changed", "task:E3"), ("removed", "task:E2")}
    title = next(item for item in items if item["id"] == "task:E3")["fields"][0]
    assert title["field"] == "title"
    assert title["new"] == {"nl": "Anders", "en": "Different"}
    assert ask("changes?from=2025-05-02&to=2025-05-03")["items"] == []
    assert ask("changes?from=2025-05-02")["items"] == []
    assert ask("changes?from=2024-01-01&to=2024-12-31&pageSize=5")["count"] == 174


def test_days_the_wrong_way_round(changed: None, ask: Ask) -> None:
    errors = ask("changes?from=2025-05-02&to=2025-05-01", 400)["errors"]
    assert errors == [{"field": "to", "found": "2025-05-01", "expected": "a day not before 2025-05-02"}]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_first_and_the_last_of_days(changed: None, ask: Ask, day: str) -> None:
    ask(f"agenda/versions?on={day}")
    ask(f"agenda/versions/{day}", 200 if day > "2024" else 404)
    ask(f"changes?from=0001-01-01&to={day}")

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The home of the workspace: for each role what waits for it."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import translation

from mainport.agenda import actions
from mainport.core.actions import set_grants
from mainport.core.rules.permissions import Grant, Role
from tests.conftest import Cast
from tests.planning import BY, open_period, place, plan, write

pytestmark = pytest.mark.usefixtures("groningen")


@pytest.fixture(autouse=True)
def english():  # type: ignore[no-untyped-def]
    with translation.override("en"):
        yield


def test_reporter(cast: Cast, as_person) -> None:  # type: ignore[no-untyped-def]
    plan("task:E3", "hanze")
    plan("task:G1", "rug", ["hanze"])
    open_period(late=True)
    data = as_person(cast.alice).get(reverse("workspace_json")).json()
    assert [(item["element"], item["state"], item["late"]) for item in data["to_write"]] == [
        ("task:E3", "missing", True)
    ]
    assert data["to_review"] == []
    page = as_person(cast.alice).get(reverse("workspace")).text
    assert "late: not begun" in page
    assert "may report on them too" in page
    assert "To approve" not in page
    assert "Remind" not in page


def test_returned_comes_first(cast: Cast, as_person) -> None:  # type: ignore[no-untyped-def]
    plan("task:E1")
    plan("task:E3")
    period = open_period()
    report = write(cast.alice, period)
    at = place(cast.bob, period)
    actions.return_report(by=cast.bob.actor, place=at, revision=report.revision, reason="Te kort.")
    data = as_person(cast.alice).get(reverse("workspace_json")).json()
    assert [item["element"] for item in data["to_write"]] == ["task:E3", "task:E1"]
    assert "Te kort." in as_person(cast.alice).get(reverse("workspace")).text


def test_coordinator(cast: Cast, as_person) -> None:  # type: ignore[no-untyped-def]
    plan("task:E3")
    plan("task:E1")
    write(cast.alice, open_period())
    data = as_person(cast.bob).get(reverse("workspace_json")).json()
    assert [item["element"] for item in data["to_review"]] == ["task:E3"]
    assert [item["element"] for item in data["to_write"]] == ["task:E1"]
    assert "Plans that your organisation leads" in as_person(cast.bob).get(reverse("workspace")).text


def test_programme_office(cast: Cast, as_person) -> None:  # type: ignore[no-untyped-def]
    dave = as_person(cast.dave)
    assert reverse("period_open") in dave.get(reverse("workspace")).text
    plan("task:E3")
    open_period(late=True)
    page = dave.get(reverse("workspace")).text
    assert "1 report" in page
    assert reverse("reminders") in page
    assert reverse("people") in page


def test_steering_group_sees_what_was_handed_in_and_no_draft(cast: Cast, as_person) -> None:  # type: ignore[no-untyped-def]
    plan("task:E3")
    plan("task:E1")
    period = open_period()
    write(cast.alice, period, "task:E3")
    write(cast.alice, period, "task:E1", submit=False)
    page = as_person(cast.erin).get(reverse("workspace")).text
    assert "/task/E3/hanze/" in page
    assert "/task/E1/hanze/" not in page
    assert "How the agenda stands" in page


def test_data_steward_and_administrator(cast: Cast, as_person) -> None:  # type: ignore[no-untyped-def]
    assert reverse("audit") in as_person(cast.frank).get(reverse("workspace")).text
    assert reverse("admin:index") in as_person(cast.grace).get(reverse("workspace")).text
    assert reverse("admin:index") not in as_person(cast.frank).get(reverse("workspace")).text


def test_who_has_no_role_has_no_workspace(cast: Cast, as_person) -> None:  # type: ignore[no-untyped-def]
    set_grants(by=BY, person=cast.erin, grants=[])
    assert as_person(cast.erin).get(reverse("workspace")).status_code == 403
    assert as_person(None).get(reverse("workspace")).status_code == 302


def test_queries_with_every_role_at_once(cast: Cast, as_person, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    for key in ("E1", "E2", "E3", "G1", "G2", "G3"):
        plan(f"task:{key}", "hanze", ["rug"])
    period = open_period(late=True)
    for key in ("E1", "E2", "G3"):
        write(cast.alice, period, f"task:{key}")
    alone = [[Grant(role)] for role in (Role.PROGRAMME_OFFICE, Role.STEERING_GROUP, Role.DATA_STEWARD)]
    own = [Grant(Role.REPORTER, "hanze"), Grant(Role.COORDINATOR, "hanze")]
    steering = [*own, Grant(Role.STEERING_GROUP), Grant(Role.DATA_STEWARD)]
    everything = [*steering, Grant(Role.PROGRAMME_OFFICE), Grant(Role.ADMINISTRATOR)]
    for grants in (*alone, own, steering, [Grant(Role.STEERING_GROUP), Grant(Role.DATA_STEWARD)], everything):
        set_grants(by=BY, person=cast.dave, grants=grants)
        client = as_person(cast.dave)
        with django_assert_max_num_queries(16):
            assert client.get(reverse("workspace")).status_code == 200, grants

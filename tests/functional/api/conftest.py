# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Asks the API, and reports that it may and may not tell of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from mainport.agenda.models import Element, Evidence, MilestoneReport, Report, ReportingPeriod
from mainport.agenda.rules import elements as rules
from mainport.agenda.rules.elements import Agenda, Kind
from mainport.core.models import Organisation
from tests.conftest import BY, Cast
from tests.integration.exports.conftest import invented, with_elements

Ask = Callable[..., Any]


@pytest.fixture
def ask() -> Ask:
    """The JSON that a path under the version answers with, after a look at its status."""

    def get(path: str, status: int = 200, **headers: str) -> Any:
        response = Client().get(f"/api/v1/{path}", headers=headers)
        assert response.status_code == status, response.content
        return response.json()

    return get


@pytest.fixture
def fetch() -> Callable[..., HttpResponse]:
    """The response itself."""

    def get(path: str, **headers: str) -> Any:
        return Client().get(f"/api/v1/{path}", headers=headers)

    return get


@pytest.fixture
def planned(groningen: Agenda) -> Agenda:
    """Groningen with a plan of E3 that Hanze leads, and a milestone."""
    from mainport.agenda import actions

    agenda = with_elements(
        groningen,
        invented(
            Kind.PLAN,
            "task-E3",
            "task:E3",
            {"mul": "Plan"},
            attributes={"end": "2026"},
            links=(rules.Link("lead", "partner:hanze"),),
        ),
        invented(Kind.MILESTONE, "e3-first", "plan:task-E3", attributes={"due": "2025-06-30"}),
    )
    actions.load(by=BY, agenda=agenda, why="an invented plan")
    return agenda


@pytest.fixture
def reports(planned: Agenda, cast: Cast) -> dict[str, Report]:
    """One report in each state, on E3."""
    element = Element.objects.get(kind="task", key="E3")
    made = {}
    for month, state in enumerate(Report.State.values, start=1):
        period = ReportingPeriod.objects.create(
            key=f"2026-{month}", start=date(2026, month, 1), end=date(2026, month, 28), due=date(2026, month, 28)
        )
        reviewed = state in ("approved", "returned")
        made[state] = Report.objects.create(
            period=period,
            element=element,
            organisation=Organisation.objects.get(key="hanze"),
            state=state,
            status="on-track",
            words=f"secret words of a {state} report" if state != "approved" else "Twee groepen zijn begonnen.",
            language="nl",
            author=cast.alice,
            changed_at=datetime(2026, month, 20, tzinfo=UTC),
            reviewer=cast.bob if reviewed else None,
            reviewed_at=datetime(2026, month, 27, tzinfo=UTC) if reviewed else None,
            reason="Noem het aantal." if state == "returned" else "",
        )
    approved = made["approved"]
    milestone = Element.objects.get(kind="milestone", key="e3-first")
    MilestoneReport.objects.create(report=approved, milestone=milestone, reached_on=date(2026, 4, 2), words="klaar")
    Evidence.objects.create(
        report=approved, title="Foto", url="https://example.org/foto", added_at=datetime(2026, 4, 3, tzinfo=UTC)
    )
    return made

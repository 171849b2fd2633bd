# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The invented plans and reports: marked, complete, and made once."""

from __future__ import annotations

import pytest

from mainport.agenda import demo, queries
from mainport.agenda.models import Element, Report, ReportingPeriod
from mainport.agenda.rules.elements import Kind
from mainport.agenda.rules.status import State
from mainport.core import demo as people
from tests.planning import BY, today


@pytest.fixture
def loaded(groningen: object, settings, tmp_path) -> dict[str, int]:  # type: ignore[no-untyped-def]
    settings.DATA_DIR = tmp_path
    people.load(by=BY, organisations=[partner.key for partner in queries.elements(Kind.PARTNER)])
    return demo.load(by=BY)


def test_about_two_thirds_of_the_tasks_have_a_plan(loaded: dict[str, int]) -> None:
    assert 20 <= loaded["plans"] <= 24
    assert loaded["periods"] == 2


def test_everything_is_marked_as_invented(loaded: dict[str, int]) -> None:
    made = Element.objects.filter(kind__in=[Kind.PLAN, Kind.MILESTONE])
    assert made.filter(demo=True).count() == made.count() > 60
    assert not ReportingPeriod.objects.filter(demo=False).exists()
    assert not Report.objects.filter(demo=False).exists()
    assert not Report.objects.filter(author__demo=False).exists()


def test_every_state_can_be_seen(loaded: dict[str, int]) -> None:
    standings = queries.standings(today())
    tasks = {s.state for uid, s in standings.items() if uid.startswith("task:")}
    assert tasks == set(State)
    assert set(Report.objects.values_list("state", flat=True)) == set(Report.State.values)
    assert len({standings[f"{kind}"].state for kind in standings if kind.startswith(("goal:", "sector:"))}) >= 3


def test_one_period_is_locked_and_in_the_other_somebody_is_late(loaded: dict[str, int]) -> None:
    (now,) = queries.reporting_periods(open_only=True)
    assert now.due < today()
    assert ReportingPeriod.objects.exclude(pk=now.pk).get().is_locked


def test_the_report_of_the_tour_is_still_to_be_written(loaded: dict[str, int]) -> None:
    """README and handbook invite to report on E3."""
    assert not Report.objects.filter(period__locked_at=None, element__key="E3").exists()


def test_loading_again_makes_nothing(loaded: dict[str, int]) -> None:
    assert demo.load(by=BY) == {"plans": 0, "periods": 0, "reports": 0}


@pytest.mark.django_db
def test_without_an_agenda_there_is_nothing_to_invent() -> None:
    assert demo.load(by=BY) == {"plans": 0, "periods": 0, "reports": 0}

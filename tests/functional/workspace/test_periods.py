# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Periods: opening, moving, locking, who is how far, reminding."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import translation

from mainport.agenda.models import ReportingPeriod
from tests.conftest import Cast
from tests.planning import open_period, plan, quarter, today, write

pytestmark = pytest.mark.usefixtures("groningen")


@pytest.fixture(autouse=True)
def english():  # type: ignore[no-untyped-def]
    with translation.override("en"):
        yield


def test_opening(cast: Cast, as_person) -> None:  # type: ignore[no-untyped-def]
    dave = as_person(cast.dave)
    start, end = quarter()
    assert f'value="{start.isoformat()}"' in dave.get(reverse("period_open")).text
    days = {"start": start.isoformat(), "end": end.isoformat(), "due": end.isoformat()}
    answer = dave.post(reverse("period_open"), days, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("period", kwargs={"key": ReportingPeriod.objects.get().key})
    again = dave.post(reverse("period_open"), days)
    assert again.status_code == 200
    assert "There is a period already" in again.text
    assert f'value="{start.isoformat()}"' in again.text
    wrong = dave.post(reverse("period_open"), days | {"due": "gisteren"})
    assert 'id="id_due_error"' in wrong.text


def test_moving_the_last_day(cast: Cast, as_person) -> None:  # type: ignore[no-untyped-def]
    period = open_period()
    url = reverse("period_due", kwargs={"key": period.key})
    dave = as_person(cast.dave)
    early = dave.post(url, {"due": (period.end - timedelta(days=1)).isoformat()})
    assert 'id="id_due_error"' in early.text
    later = today() + timedelta(days=60)
    assert dave.post(url, {"due": later.isoformat(), "why": "vakantie"}).status_code == 302
    period.refresh_from_db()
    assert period.due == later


def test_locking_asks_first_and_says_what_wont_count(cast: Cast, as_person) -> None:  # type: ignore[no-untyped-def]
    plan("task:E3")
    plan("task:E1")
    earlier, later = open_period(2), open_period(1)
    write(cast.alice, later)
    dave = as_person(cast.dave)
    url = reverse("period_lock", kwargs={"key": later.key})
    asked = dave.get(url).text
    assert "1 report was begun and is not approved" in asked
    assert "1 report that is expected hasn't been begun" in asked.replace("&#x27;", "'")
    assert "An earlier period is still open" in dave.post(url, follow=True).text
    dave.post(reverse("period_lock", kwargs={"key": earlier.key}))
    dave.post(url)
    assert not ReportingPeriod.objects.filter(locked_at=None).exists()


def test_who_is_how_far(cast: Cast, as_person) -> None:  # type: ignore[no-untyped-def]
    plan("task:E3")
    plan("task:E1")
    plan("task:G1", "rug")
    period = open_period(late=True)
    write(cast.alice, period, reviewer=cast.bob)
    url = reverse("period_json", kwargs={"key": period.key})
    data = as_person(cast.dave).get(url).json()
    assert {o["organisation"]: (o["expected"], o["approved"], o["late"]) for o in data["organisations"]} == {
        "hanze": (2, 1, 1),
        "rug": (1, 0, 1),
    }
    assert [o["organisation"] for o in as_person(cast.alice).get(url).json()["organisations"]] == ["hanze"]
    page = as_person(cast.dave).get(reverse("period", kwargs={"key": period.key})).text
    assert "mainport-matrix" in page
    assert "late: not begun" in page
    one = as_person(cast.dave).get(reverse("period", kwargs={"key": period.key}), {"organisation": "rug"}).text
    assert ">G1<" in one
    assert ">E1<" not in one
    rows = as_person(cast.dave).get(reverse("period_csv", kwargs={"key": period.key})).text.splitlines()
    assert len(rows) == 4


def test_list(cast: Cast, as_person) -> None:  # type: ignore[no-untyped-def]
    plan()
    write(cast.alice, open_period(), reviewer=cast.bob)
    (found,) = as_person(cast.erin).get(reverse("period_list_json")).json()["periods"]
    assert (found["approved"], found["locked_at"]) == (1, None)
    assert reverse("period_open") not in as_person(cast.alice).get(reverse("period_list")).text


def test_reminding_in_one_press_and_not_twice_unasked(cast: Cast, as_person) -> None:  # type: ignore[no-untyped-def]
    plan()
    open_period(late=True)
    dave = as_person(cast.dave)
    assert "alice@example.org" in dave.get(reverse("reminders")).text
    answer = dave.post(reverse("reminders"), follow=True)
    assert "2 e-mails are on their way" in answer.text
    assert len(mail.outbox) == 2
    again = dave.post(reverse("reminders"))
    assert again.status_code == 200
    assert len(mail.outbox) == 2
    assert dave.post(reverse("reminders"), {"again": "on"}).status_code == 302
    assert len(mail.outbox) == 4


def test_queries(cast: Cast, as_person, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    for key in ("E1", "E2", "E3", "G1", "G2", "G3"):
        plan(f"task:{key}", "hanze", ["rug"])
    period = open_period(late=True)
    for key in ("E1", "E2", "G3"):
        write(cast.alice, period, f"task:{key}")
    dave = as_person(cast.dave)
    key = {"key": period.key}
    for url in (
        reverse("period_list"),
        reverse("period", kwargs=key),
        reverse("period_lock", kwargs=key),
        reverse("period_due", kwargs=key),
        reverse("period_open"),
        reverse("reminders"),
    ):
        with django_assert_max_num_queries(12):
            assert dave.get(url).status_code == 200, url


def test_a_period_that_there_is_not(cast: Cast, as_person) -> None:  # type: ignore[no-untyped-def]
    for name in ("period", "period_json", "period_due", "period_lock"):
        assert as_person(cast.dave).get(reverse(name, kwargs={"key": "1999-q1"})).status_code == 404

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What follows from decisions: closing, dropping, opening again, moving the day, an owner, reminders, the list."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from mainport.board.actions.decisions import NewFollowUp
from mainport.board.models import FollowUp
from tests.functional.board.conftest import errors_of, everywhere, take
from tests.integration.board.conftest import Board

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate


@pytest.fixture
def row(board: Board) -> FollowUp:
    """Of the Hanzehogeschool, due in thirty days."""
    _meeting, [item] = board.held()
    take(board, item, follow_ups=[NewFollowUp("hanze", {"nl": "Doen", "en": "Do it"}, TODAY() + timedelta(days=30))])
    return FollowUp.objects.get()


def url(name: str, row: FollowUp) -> str:
    return reverse(name, kwargs={"pk": row.pk})


def late(row: FollowUp, days: int = 3) -> None:
    FollowUp.objects.filter(pk=row.pk).update(due=TODAY() - timedelta(days=days))


def test_close(board: Board, row: FollowUp, as_person) -> None:  # type: ignore[no-untyped-def]
    alice = as_person(board.cast.alice)
    assert url("follow_up_close", row) in alice.get(url("follow_up", row)).text
    assert url("follow_up_close", row) not in as_person(None).get(url("follow_up", row)).text
    assert errors_of(alice.post(url("follow_up_close", row), {"note": " "}))["note"]
    response = alice.post(url("follow_up_close", row), {"note": "It is in the plan"}, follow=True)
    assert response.redirect_chain == [(url("follow_up", row), 302)]
    row.refresh_from_db()
    assert (row.state, row.note, row.closed_on) == ("done", "It is in the plan", TODAY())
    assert "done" in everywhere(as_person(None), "follow_up", pk=row.pk)
    assert alice.get(url("follow_up_close", row)).status_code == 403


def test_drop_and_open_again(board: Board, row: FollowUp, as_person) -> None:  # type: ignore[no-untyped-def]
    dave = as_person(board.cast.dave)
    assert errors_of(dave.post(url("follow_up_reopen", row), {"why": "It is open"}))["__all__"]
    dave.post(url("follow_up_drop", row), {"reason": "No longer asked"})
    row.refresh_from_db()
    assert (row.state, row.note) == ("dropped", "No longer asked")
    assert errors_of(dave.post(url("follow_up_drop", row), {"reason": "Twice"}))["__all__"]
    dave.post(url("follow_up_reopen", row), {"why": "Asked again"})
    row.refresh_from_db()
    assert (row.state, row.closed_on) == ("open", None)


def test_move_the_day(board: Board, row: FollowUp, as_person) -> None:  # type: ignore[no-untyped-def]
    dave, day = as_person(board.cast.dave), TODAY() + timedelta(days=60)
    assert dave.get(url("follow_up_due", row)).context["form"]["due"].value() == row.due
    assert errors_of(dave.post(url("follow_up_due", row), {"due": "2001-01-01", "why": "Earlier"}))["due"]
    assert errors_of(dave.post(url("follow_up_due", row), {"due": f"{day}", "why": ""}))["why"]
    dave.post(url("follow_up_due", row), {"due": f"{day}", "why": "The school is closed"})
    row.refresh_from_db()
    assert row.due == day


def test_an_owner_of_the_organisation(board: Board, row: FollowUp, as_person) -> None:  # type: ignore[no-untyped-def]
    dave = as_person(board.cast.dave)
    choices = [name for _pk, name in dave.get(url("follow_up_assign", row)).context["form"].fields["owner"].choices]
    assert sorted(map(str, choices)) == ["Alice", "Bob", "Nobody in person"]
    dave.post(url("follow_up_assign", row), {"owner": str(board.cast.alice.pk)})
    assert "Alice" in as_person(board.cast.bob).get(url("follow_up", row)).text
    assert "Alice" not in everywhere(as_person(None), "follow_up", pk=row.pk)
    assert errors_of(dave.post(url("follow_up_assign", row), {"owner": str(board.rector.pk)}))["owner"]
    dave.post(url("follow_up_assign", row), {"owner": ""})
    row.refresh_from_db()
    assert row.owner is None


def test_the_list(board: Board, row: FollowUp, as_person) -> None:  # type: ignore[no-untyped-def]
    _meeting, [item] = board.held()
    other = NewFollowUp("rug", {"nl": "Anders", "en": "Something else"}, TODAY() + timedelta(days=2))
    take(board, item, follow_ups=[other])
    late(row)
    client = as_person(None)

    def words(**chosen: Any) -> list[str]:
        found = client.get(reverse("follow_up_list_json"), chosen).json()["follow_ups"]
        return [one["words"] for one in found]

    assert words() == ["Do it", "Something else"]
    assert words(organisation="rug") == ["Something else"]
    assert words(standing="overdue") == ["Do it"]
    assert words(standing="due-soon") == ["Something else"]
    assert words(standing="done") == []
    page = client.get(reverse("follow_up_list")).text
    assert "1 follow-up is overdue," in page
    assert "2 are open." in page


def test_remind(  # type: ignore[no-untyped-def]
    board: Board, row: FollowUp, as_person, mailoutbox: list[Any], django_capture_on_commit_callbacks
) -> None:
    dave = as_person(board.cast.dave)
    assert "Remind who is late" not in dave.get(reverse("follow_up_list")).text
    late(row)
    assert "Remind who is late" in dave.get(reverse("follow_up_list")).text
    assert "Remind who is late" not in as_person(board.cast.bob).get(reverse("follow_up_list")).text
    with django_capture_on_commit_callbacks(execute=True):
        response = dave.post(reverse("follow_up_remind"), follow=True)
    assert "gets an e-mail" in response.text
    row.refresh_from_db()
    assert row.reminded_at is not None

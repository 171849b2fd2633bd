# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What else waits in the workspace: follow-ups, meetings, items, yearly papers; for the office, money too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from mainport.board.actions import documents, items, meetings
from mainport.board.actions.decisions import NewFollowUp, decide
from mainport.board.models import FollowUp
from mainport.core.models import Organisation
from mainport.core.rules.permissions import system
from mainport.cycle.actions import papers
from tests import planning
from tests.integration.board.conftest import Board, pdf
from tests.integration.board.conftest import board as board
from tests.integration.board.conftest import media as media

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def waiting(client: Any) -> dict[str, list[str]]:
    """What waits, by its sort."""
    found = client.get(reverse("workspace_json")).json()["waiting"]
    return {block["sort"]: [one["detail"] for one in block["first"]] for block in found}


def decided(board: Board, *due: int) -> None:
    """A decision after which the Hanzehogeschool must do something by each of these days from now."""
    _meeting, [item] = board.held()
    today = timezone.localdate()
    follow = [NewFollowUp("hanze", {"en": f"Within {days}"}, today + timedelta(days=days)) for days in due]
    decide(by=board.office, item=item, title={"en": "D"}, text={"en": "D"}, follow_ups=follow)


def test_follow_ups_what_is_overdue_in_front(board: Board, as_person) -> None:  # type: ignore[no-untyped-def]
    decided(board, 40, 3, 20)
    FollowUp.objects.filter(words={"en": "Within 20"}).update(due=timezone.localdate() - timedelta(days=2))
    client = as_person(board.cast.alice)
    page = client.get(reverse("workspace")).text
    assert "What you do after decisions" in page
    assert page.index("Within 20") < page.index("Within 3<") < page.index("Within 40")
    assert "overdue" in page
    assert "follow-ups" not in waiting(as_person(board.cast.charlie))
    # Once somebody sees to it, it waits for them alone.
    FollowUp.objects.update(owner=board.cast.bob)
    assert "follow-ups" not in waiting(client)
    assert len(waiting(as_person(board.cast.bob))["follow-ups"]) == 3


def test_meetings_to_answer(board: Board, as_person) -> None:  # type: ignore[no-untyped-def]
    meeting = board.plan()
    board.item(meeting)
    bob = as_person(board.cast.bob)
    assert "answers" not in waiting(bob)
    meetings.convene(by=board.office, meeting=meeting)
    assert len(waiting(bob)["answers"]) == 1
    assert reverse("meeting", kwargs={"key": meeting.key}) in bob.get(reverse("workspace")).text
    assert "answers" not in waiting(as_person(board.cast.alice))
    meetings.answer(by=board.cast.bob.actor, meeting=meeting, answer="declined")
    assert "answers" not in waiting(bob)


def test_items_and_their_papers(board: Board, as_person) -> None:  # type: ignore[no-untyped-def]
    meeting = board.plan()
    bob = as_person(board.cast.bob)
    item = items.propose(by=board.cast.bob.actor, meeting=meeting, title={"en": "Of Bob"}, organisation="hanze")
    [detail] = waiting(bob)["proposals"]
    assert "proposed, no paper yet; due on" in detail
    documents.add_document(by=board.cast.bob.actor, item=item, file=pdf())
    [detail] = waiting(bob)["proposals"]
    assert "no paper" not in detail
    items.refuse_item(by=board.office, item=item, reason="Another time")
    [detail] = waiting(bob)["proposals"]
    assert "not taken up, Another time" in detail
    assert "proposals" not in waiting(as_person(board.cast.charlie))


def test_yearly_papers(board: Board, as_person) -> None:  # type: ignore[no-untyped-def]
    paper = papers.open(by=board.office, kind="annual-plan", year=2024)
    bob = as_person(board.cast.bob)
    assert "papers" not in waiting(bob)
    section = paper.sections.exclude(key="cover")[0]
    section.writer = Organisation.objects.get(key="hanze")
    section.save()
    assert waiting(bob)["papers"] == ["1 section to write"]
    assert "Annual plan 2024" in bob.get(reverse("workspace")).text
    assert "papers" not in waiting(as_person(board.cast.charlie))
    paper.state = "signing"
    paper.save()
    assert "does Hanze University of Applied Sciences Groningen agree?" in waiting(bob)["papers"]


def test_the_office(board: Board, as_person) -> None:  # type: ignore[no-untyped-def]
    dave = as_person(board.cast.dave)
    assert dave.get(reverse("workspace_json")).json()["office"] == {}
    decided(board, 3, 9)
    FollowUp.objects.filter(words={"en": "Within 3"}).update(due=timezone.localdate() - timedelta(days=1))
    meeting = board.plan()
    items.propose(by=board.cast.bob.actor, meeting=meeting, title={"en": "Of Bob"}, organisation="hanze")
    assert dave.get(reverse("workspace_json")).json()["office"] == {"overdue": 1, "proposals": 1}
    page = dave.get(reverse("workspace")).text
    assert "Waits for the programme office" in page
    assert f"{reverse('follow_up_list')}?standing=overdue" in page
    assert "Waits for the programme office" not in as_person(board.cast.bob).get(reverse("workspace")).text


def test_queries(board: Board, as_person, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    for key in ("E1", "E3", "G1"):
        planning.plan(f"task:{key}", "hanze", ["rug"])
    planning.open_period(late=True)
    decided(board, 3, 9)
    FollowUp.objects.update(due=timezone.localdate() - timedelta(days=1))
    for _number in range(3):
        meeting = board.plan()
        board.item(meeting)
        items.propose(by=board.cast.bob.actor, meeting=meeting, title={"en": "Of Bob"}, organisation="hanze")
        meetings.convene(by=board.office, meeting=meeting)
    papers.open(by=system("tests"), kind="annual-plan", year=2024)
    papers.open(by=system("tests"), kind="budget", year=2024)
    for person in (board.cast.dave, board.cast.bob, board.cast.alice, board.cast.erin, board.mayor, board.rector):
        client = as_person(person)
        # Three of them to know who asks. The office also reads what changed in the agenda, and the rector, who
        # coordinates and steers, what was handed in last.
        with django_assert_max_num_queries(17 if person in (board.cast.dave, board.rector) else 16):
            assert client.get(reverse("workspace")).status_code == 200, person

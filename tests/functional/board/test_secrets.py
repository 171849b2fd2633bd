# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What is confidential stands nowhere for who may not read it: not on a page, not in its data, not in a pack."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from mainport.board.actions import documents, follow_ups, meetings
from mainport.board.actions.decisions import NewFollowUp, publish
from mainport.board.models import Decision, FollowUp, Meeting
from tests.functional.board.conftest import everywhere, take
from tests.integration.board.conftest import Board, pdf

pytestmark = pytest.mark.django_db

WHY = "Negotiations are still going on"
SECRETS = ("Buy the old harbour", "For two million", "The seller wants more", "Look for a notary", "The offer")


@pytest.fixture
def secret(board: Board) -> Decision:
    """A meeting of which one item, its paper, its notes, its decision and what follows are confidential."""
    meeting = board.plan(start=timezone.now() - timedelta(days=1))
    item = board.item(meeting, "Buy the old harbour", confidential=WHY, summary={"en": "For two million"})
    documents.add_document(by=board.office, item=item, file=pdf(), title="The offer")
    board.item(meeting, "Something open")
    meetings.convene(by=board.office, meeting=meeting)
    meetings.hold_meeting(by=board.office, meeting=meeting, attended=[person.pk for person in board.voters])
    due = timezone.localdate() + timedelta(days=20)
    decision = take(
        board,
        item,
        title={"en": "Buy the old harbour"},
        text={"en": "For two million"},
        follow_ups=[NewFollowUp("gemeente-groningen", {"en": "Look for a notary"}, due)],
    )
    item.refresh_from_db()
    item.notes = {"en": "The seller wants more"}
    item.save()
    return decision


def test_a_visitor_and_a_reader_along_find_nothing_of_it(board: Board, secret: Decision, as_person) -> None:  # type: ignore[no-untyped-def]
    meeting = Meeting.objects.get()
    for person in (None, board.cast.erin, board.cast.alice, board.cast.charlie):
        client = as_person(person)
        said = everywhere(client, "meeting", key=meeting.key)
        assert "Something open" in said
        assert WHY in said
        said += everywhere(client, "decision", key=secret.key)
        said += everywhere(client, "decision_list")
        assert secret.key in said
        said += everywhere(client, "follow_up_list") + everywhere(client, "body", key="steering-group")
        assert not [words for words in SECRETS if words in said], person
        assert client.get(reverse("follow_up", kwargs={"pk": FollowUp.objects.get().pk})).status_code == 404


def test_it_is_not_found_by_its_words(board: Board, secret: Decision, as_person) -> None:  # type: ignore[no-untyped-def]
    url = reverse("decision_list_json")
    assert as_person(None).get(url, {"q": "harbour"}).json() == {"decisions": []}
    found = as_person(board.mayor).get(url, {"q": "harbour"}).json()["decisions"]
    assert [one["key"] for one in found] == [secret.key]


def test_members_and_the_office_read_all_of_it(board: Board, secret: Decision, as_person) -> None:  # type: ignore[no-untyped-def]
    for person in (board.mayor, board.cast.bob, board.cast.dave):
        client = as_person(person)
        said = everywhere(client, "meeting", key=Meeting.objects.get().key)
        said += everywhere(client, "decision", key=secret.key)
        assert not [words for words in SECRETS if words not in said], person


def test_whose_task_it_is_reads_the_task_and_not_the_decision(board: Board, secret: Decision, as_person) -> None:  # type: ignore[no-untyped-def]
    from mainport.core.actions import set_grants
    from mainport.core.rules.permissions import Grant, Role
    from tests.conftest import BY

    set_grants(by=BY, person=board.cast.charlie, grants=[Grant(Role.COORDINATOR, "gemeente-groningen")])
    client = as_person(board.cast.charlie)
    said = everywhere(client, "follow_up", pk=FollowUp.objects.get().pk)
    assert "Look for a notary" in said
    assert "harbour" not in said + everywhere(client, "decision", key=secret.key)


def test_a_paper_is_opened_by_members_only_and_the_opening_is_written_down(  # type: ignore[no-untyped-def]
    board: Board, secret: Decision, as_person
) -> None:
    from mainport.board.models import Document
    from mainport.core.models import AuditEvent

    url = reverse("document", kwargs={"pk": Document.objects.get().pk})
    assert as_person(None).get(url).status_code == 404
    assert as_person(board.cast.erin).get(url).status_code == 404
    response = as_person(board.mayor).get(url)
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["Content-Type"] == "application/pdf"
    [event] = AuditEvent.objects.filter(action="document.open")
    assert event.by_id == board.mayor.pk


def test_it_ends_when_the_office_publishes_it(board: Board, secret: Decision, as_person) -> None:  # type: ignore[no-untyped-def]
    url = reverse("decision_publish", kwargs={"key": secret.key})
    dave = as_person(board.cast.dave)
    assert (
        reverse("decision_publish", kwargs={"key": secret.key})
        in dave.get(reverse("decision", kwargs={"key": secret.key})).text
    )
    response = dave.post(url, {"why": ""})
    assert response.context["form"].errors["why"]
    response = dave.post(url, {"why": "The contract is signed", "public_from": "2001-01-01"})
    assert response.context["form"].errors
    secret.refresh_from_db()
    assert secret.public_from is None
    response = dave.post(url, {"why": "The contract is signed"})
    assert response.headers["Location"] == reverse("decision", kwargs={"key": secret.key})
    assert "Buy the old harbour" in everywhere(as_person(None), "decision", key=secret.key)


def test_notes_of_follow_ups_are_for_those_inside(board: Board, as_person) -> None:  # type: ignore[no-untyped-def]
    _meeting, [item] = board.held()
    due = timezone.localdate() + timedelta(days=20)
    take(board, item, follow_ups=[NewFollowUp("hanze", {"en": "Write it down"}, due, board.cast.bob.pk)])
    row = FollowUp.objects.get()
    follow_ups.close(by=board.cast.bob.actor, follow_up=row, note="It lies in my drawer")
    assert "drawer" in everywhere(as_person(board.cast.bob), "follow_up", pk=row.pk)
    visitor = everywhere(as_person(None), "follow_up", pk=row.pk)
    assert "Write it down" in visitor
    assert "drawer" not in visitor
    assert "Bob" not in visitor


def test_publishing_early_needs_no_second_time(board: Board, secret: Decision, as_person) -> None:  # type: ignore[no-untyped-def]
    publish(by=board.office, decision=secret, why="Over")
    page = as_person(board.cast.dave).get(reverse("decision", kwargs={"key": secret.key})).text
    assert reverse("decision_publish", kwargs={"key": secret.key}) not in page

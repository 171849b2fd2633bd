# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Planning a meeting, changing it, sending its agenda out, answering, who came, minutes, adopting, calling off."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from mainport.board.actions import items, meetings
from mainport.board.models import Invitation, Meeting
from tests.functional.board.conftest import errors_of, everywhere, take
from tests.integration.board.conftest import Board

pytestmark = pytest.mark.django_db


def url(name: str, meeting: Meeting) -> str:
    return reverse(name, kwargs={"key": meeting.key})


def hours(**fields: Any) -> dict[str, Any]:
    start = timezone.localtime() + timedelta(days=40)
    values = {
        "body": "steering-group",
        "title_nl": "Stuurgroep",
        "title_en": "Steering group",
        "start": f"{start:%Y-%m-%dT%H:%M}",
        "end": f"{start + timedelta(hours=2):%Y-%m-%dT%H:%M}",
        "papers_due": f"{start - timedelta(days=7):%Y-%m-%dT%H:%M}",
        "place": "Stadhuis",
        "url": "https://example.org/online",
    }
    return values | fields


def test_plan(board: Board, as_person) -> None:  # type: ignore[no-untyped-def]
    response = as_person(board.cast.dave).post(reverse("meeting_plan"), hours(), follow=True)
    meeting = Meeting.objects.get()
    assert response.redirect_chain == [(url("meeting", meeting), 302)]
    assert "Planned. Partners can propose items" in response.text
    assert meeting.title == {"nl": "Stuurgroep", "en": "Steering group"}
    assert meeting.quorum == 2
    visitor = everywhere(as_person(None), "meeting", key=meeting.key)
    assert "Stadhuis" in visitor
    assert "example.org/online" not in visitor
    assert "example.org/online" in as_person(board.mayor).get(url("meeting", meeting)).text
    assert meeting.key in everywhere(as_person(None), "meeting_list")


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"end": "2001-01-01T10:00"}, "end"),
        ({"papers_due": "2099-01-01T10:00"}, "papers_due"),
        ({"start": "soon"}, "start"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"quorum": "0"}, "quorum"),
        ({"quorum": "4000"}, "quorum"),
        ({"title_nl": ""}, "title_nl"),
        ({"body": "nothing"}, "body"),
    ],
)
def test_refused_at_the_field(board: Board, as_person, fields: dict[str, str], where: str) -> None:  # type: ignore[no-untyped-def]
    response = as_person(board.cast.dave).post(reverse("meeting_plan"), hours(**fields))
    assert list(errors_of(response)) == [where]
    assert "Not sent yet" in response.text
    assert f'href="#id_{where}"' in response.text
    assert not Meeting.objects.exists()


def test_change_keeps_the_body_and_asks_answers_anew(board: Board, as_person) -> None:  # type: ignore[no-untyped-def]
    meeting = board.plan()
    board.item(meeting)
    meetings.convene(by=board.office, meeting=meeting)
    meetings.answer(by=board.cast.bob.actor, meeting=meeting, answer="accepted")
    dave = as_person(board.cast.dave)
    page = dave.get(url("meeting_change", meeting))
    assert "body" not in page.context["form"].fields
    assert page.context["form"]["title_en"].value() == "Steering group"
    response = dave.post(url("meeting_change", meeting), hours(why="The hall is taken", place="Elsewhere"))
    assert response.headers["Location"] == url("meeting", meeting)
    meeting.refresh_from_db()
    assert (meeting.place, meeting.sequence) == ("Elsewhere", 1)
    assert Invitation.objects.get(meeting=meeting, person=board.cast.bob).answer == "needs-action"


def test_the_agenda_is_nobodys_until_it_is_sent_out(board: Board, as_person) -> None:  # type: ignore[no-untyped-def]
    meeting = board.plan()
    board.item(meeting, "Harbour plans")
    assert "Harbour plans" not in everywhere(as_person(None), "meeting", key=meeting.key)
    dave = as_person(board.cast.dave)
    assert "Harbour plans" in dave.get(url("meeting", meeting)).text
    response = dave.post(url("meeting_convene", meeting), follow=True)
    assert "The agenda is sent out" in response.text
    visitor = everywhere(as_person(None), "meeting", key=meeting.key)
    assert "Harbour plans" in visitor
    assert "Mayor" not in visitor
    assert "Rijksuniversiteit Groningen" in visitor


def test_an_empty_agenda_isnt_sent_out(board: Board, as_person) -> None:  # type: ignore[no-untyped-def]
    meeting = board.plan()
    response = as_person(board.cast.dave).post(url("meeting_convene", meeting), follow=True)
    assert "Fill this in." in response.text
    meeting.refresh_from_db()
    assert meeting.state == "planned"


def test_answer(board: Board, as_person) -> None:  # type: ignore[no-untyped-def]
    meeting = board.plan()
    board.item(meeting)
    meetings.convene(by=board.office, meeting=meeting)
    bob = as_person(board.cast.bob)
    assert "You are invited" in bob.get(url("meeting", meeting)).text
    assert "You are invited" not in as_person(board.cast.alice).get(url("meeting", meeting)).text
    response = bob.post(url("meeting_answer", meeting), {"answer": "tentative"}, follow=True)
    assert "Thank you, your answer is kept." in response.text
    assert "may come" in response.text
    assert "may come" not in everywhere(as_person(None), "meeting", key=meeting.key)
    response = bob.post(url("meeting_answer", meeting), {"answer": "perhaps"}, follow=True)
    assert "We can&#x27;t read this." in response.text
    assert Invitation.objects.get(meeting=meeting, person=board.cast.bob).answer == "tentative"


def test_who_was_present(board: Board, as_person) -> None:  # type: ignore[no-untyped-def]
    meeting = board.plan(start=timezone.now() - timedelta(hours=1))
    board.item(meeting)
    meetings.convene(by=board.office, meeting=meeting)
    meetings.answer(by=board.cast.bob.actor, meeting=meeting, answer="accepted")
    dave = as_person(board.cast.dave)
    page = dave.get(url("meeting_hold", meeting))
    assert page.context["form"]["attended"].value() == [str(board.cast.bob.pk)]
    assert "Decisions need 2 organisations" in page.text
    response = dave.post(url("meeting_hold", meeting), {"attended": [board.cast.bob.pk]}, follow=True)
    assert "They were not: nothing could be decided." in response.text
    response = dave.post(url("meeting_hold", meeting), {"attended": [p.pk for p in board.voters]}, follow=True)
    assert "They were." in response.text
    assert "present" in everywhere(as_person(None), "meeting", key=meeting.key)


def test_attendance_is_fixed_once_something_was_decided(board: Board, as_person) -> None:  # type: ignore[no-untyped-def]
    meeting, [item] = board.held()
    dave = as_person(board.cast.dave)
    assert url("meeting_hold", meeting) in dave.get(url("meeting", meeting)).text
    take(board, item)
    assert url("meeting_hold", meeting) not in dave.get(url("meeting", meeting)).text
    response = dave.post(url("meeting_hold", meeting), {"attended": []})
    assert errors_of(response)
    assert Invitation.objects.filter(meeting=meeting, attended=True).count() == 3


def test_a_meeting_that_has_not_begun_was_not_held(board: Board, as_person) -> None:  # type: ignore[no-untyped-def]
    meeting = board.plan()
    board.item(meeting)
    meetings.convene(by=board.office, meeting=meeting)
    response = as_person(board.cast.dave).post(url("meeting_hold", meeting), {"attended": [board.cast.bob.pk]})
    assert errors_of(response)["__all__"]
    meeting.refresh_from_db()
    assert meeting.state == "convened"


def test_minutes_are_public_once_adopted(board: Board, as_person) -> None:  # type: ignore[no-untyped-def]
    meeting, [item] = board.held()
    dave, visitor = as_person(board.cast.dave), as_person(None)
    assert list(errors_of(dave.post(url("meeting_close", meeting), {"adopted_in": ""}))) == ["__all__"]
    dave.post(url("meeting_minutes", meeting), {"minutes_nl": "Gezegd is dit.", "minutes_en": "This was said."})
    assert "This was said." in as_person(board.mayor).get(url("meeting", meeting)).text
    assert "This was said." not in visitor.get(url("meeting", meeting)).text
    # An item that wasn't handled stands in the way.
    assert errors_of(dave.post(url("meeting_close", meeting), {"adopted_in": ""}))["__all__"]
    items.handle(by=board.office, item=item)
    later, _items = board.held(start=timezone.now() - timedelta(hours=3))
    choices = dict(dave.get(url("meeting_close", meeting)).context["form"].fields["adopted_in"].choices)
    assert list(choices) == ["", later.key]
    response = dave.post(url("meeting_close", meeting), {"adopted_in": later.key}, follow=True)
    assert "The minutes are adopted and public." in response.text
    page = visitor.get(url("meeting", meeting)).text
    assert "This was said." in page
    assert later.key in page
    assert dave.get(url("meeting_minutes", meeting)).status_code == 404


def test_call_off(board: Board, as_person) -> None:  # type: ignore[no-untyped-def]
    meeting = board.plan()
    dave = as_person(board.cast.dave)
    assert errors_of(dave.post(url("meeting_cancel", meeting), {"why": " "}))["why"]
    response = dave.post(url("meeting_cancel", meeting), {"why": "Snow"}, follow=True)
    assert "Called off." in response.text
    assert dave.get(url("meeting_change", meeting)).status_code == 404
    listed = as_person(None).get(reverse("meeting_list"))
    coming, past = (rows for _label, rows in listed.context["groups"])
    assert not coming
    assert [row.key for row, _state in past] == [meeting.key]
    assert "Called off" in listed.text


def test_what_can_be_done_shows_by_state(board: Board, as_person) -> None:  # type: ignore[no-untyped-def]
    meeting, _items = board.held()
    page = as_person(board.cast.dave).get(url("meeting", meeting)).text
    assert "Record a decision" in page
    assert "Send the agenda out" not in page
    assert "Record a decision" not in as_person(board.mayor).get(url("meeting", meeting)).text


def test_the_pack(board: Board, as_person) -> None:  # type: ignore[no-untyped-def]
    meeting = board.plan()
    board.item(meeting, "Open matter")
    board.item(meeting, "Closed matter", confidential="About a person")
    meetings.convene(by=board.office, meeting=meeting)
    sizes = {}
    for name, person in (("visitor", None), ("member", board.mayor)):
        response = as_person(person).get(url("meeting_pack", meeting))
        assert response.headers["Content-Type"] == "application/pdf"
        assert response.headers["Cache-Control"] == "private, no-store"
        assert response.content.startswith(b"%PDF-")
        sizes[name] = _outline(response.content)
    assert any("Open matter" in title for title in sizes["visitor"])
    assert not any("Closed matter" in title for title in sizes["visitor"])
    assert any("Closed matter" in title for title in sizes["member"])


def _outline(content: bytes) -> list[str]:
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(content)) as found, found.open_outline() as outline:
        return [str(item.title) for item in outline.root] + [str(c.title) for i in outline.root for c in i.children]

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Meetings in calendars: to subscribe to, to be invited to, and to answer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from icalendar import Calendar

from mainport.board import queries
from mainport.board.actions import calendar, meetings
from mainport.board.exports import ics
from mainport.board.models import CalendarAddress
from mainport.board.rules.refusals import Refused
from mainport.board.rules.seats import Role
from mainport.core.rules.permissions import VISITOR, NotAllowed
from tests.integration.board.conftest import Board

pytestmark = pytest.mark.django_db

ORGANISER = ics.Organiser("Akkoord van Groningen", "office@example.org", "https://mainport.example.org")


def test_a_feed_of_meetings(board: Board) -> None:
    meeting = board.plan()
    board.item(meeting)
    called_off = meetings.cancel(by=board.office, meeting=board.plan(), why="storm")
    now = timezone.now()
    data = ics.feed(
        queries.meetings(VISITOR, body="steering-group"),
        organiser=ORGANISER,
        title="Stuurgroep",
        language="nl",
        now=now,
    )
    found = Calendar.from_ical(data)
    events = {str(event["uid"]): event for event in found.walk("VEVENT")}
    event = events[f"meeting-{meeting.key}@mainport.example.org"]
    assert event["dtstart"].dt == meeting.start.replace(microsecond=0)
    assert (str(event["summary"]), event["sequence"], str(event["status"])) == ("Stuurgroep", 0, "TENTATIVE")
    assert str(event["organizer"]) == "mailto:office@example.org"
    cancelled = events[f"meeting-{called_off.key}@mainport.example.org"]
    assert (cancelled["sequence"], str(cancelled["status"])) == (1, "CANCELLED")
    assert "attendee" not in event
    assert not list(found.walk("VALARM"))
    assert b"\r\n" in data


def test_a_personal_address(board: Board) -> None:
    meeting = board.plan()
    secret = calendar.make_calendar_address(by=board.cast.bob.actor)
    assert not CalendarAddress.objects.filter(sha256=secret).exists()
    found = queries.meetings_of_calendar(secret)
    assert found is not None
    person, views = found
    assert (person, [view.key for view in views]) == (board.cast.bob, [meeting.key])
    assert queries.meetings_of_calendar("guessed") is None
    other = calendar.make_calendar_address(by=board.cast.bob.actor)
    assert queries.meetings_of_calendar(secret) is None
    calendar.end_calendar_address(by=board.cast.bob.actor)
    assert queries.meetings_of_calendar(other) is None
    with pytest.raises(NotAllowed):
        calendar.make_calendar_address(by=VISITOR)
    secret = calendar.make_calendar_address(by=board.cast.bob.actor)
    board.cast.bob.is_active = False
    board.cast.bob.save()
    assert queries.meetings_of_calendar(secret) is None


def reply(invitation: bytes, **changes: Any) -> bytes:
    """What a calendar program answers to an invitation."""
    found = Calendar.from_ical(invitation)
    found["method"] = changes.get("method", "REPLY")
    [event] = found.walk("VEVENT")
    event["attendee"].params["PARTSTAT"] = changes.get("answer", "ACCEPTED")
    if "uid" in changes:
        event["uid"] = changes["uid"]
    return bytes(found.to_ical())


def test_an_invitation_and_its_answer(board: Board) -> None:
    meeting = board.plan()
    board.item(meeting)
    meeting = meetings.convene(by=board.office, meeting=meeting)
    [view] = queries.meetings(board.cast.bob.actor)
    guest = ics.Guest("Bob, the coordinator", "bob@example.org", Role.MEMBER, "needs-action")
    data = ics.invitation(view, [guest], organiser=ORGANISER, language="en", now=timezone.now())
    found = Calendar.from_ical(data)
    [event] = found.walk("VEVENT")
    attendee = event["attendee"]
    assert str(found["method"]) == "REQUEST"
    assert str(attendee) == "mailto:bob@example.org"
    assert {name: str(attendee.params[name]) for name in ("CN", "ROLE", "PARTSTAT", "RSVP")} == {
        "CN": "Bob, the coordinator",
        "ROLE": "REQ-PARTICIPANT",
        "PARTSTAT": "NEEDS-ACTION",
        "RSVP": "TRUE",
    }
    answer = ics.read_reply(reply(data, answer="TENTATIVE"))
    assert (answer.meeting, answer.email, answer.answer) == (meeting.key, "bob@example.org", "tentative")
    calendar.take_reply(by=board.office, reply=answer)
    assert queries.meetings(board.cast.bob.actor)[0].my_answer == "tentative"
    moved = meetings.change(
        by=board.office, meeting=meeting, start=meeting.start + timedelta(1), end=meeting.end + timedelta(1)
    )
    assert moved.sequence == 1
    with pytest.raises(Refused, match="SEQUENCE: found 0, expected 1"):
        calendar.take_reply(by=board.office, reply=answer)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"method": "REQUEST"}, "METHOD: found REQUEST, expected REPLY"),
        ({"answer": "DELEGATED"}, "PARTSTAT: found delegated"),
        ({"uid": "something"}, "UID: found something"),
    ],
)
def test_answers_that_are_none(board: Board, changes: Any, words: str) -> None:
    board.plan()
    [view] = queries.meetings(board.cast.bob.actor)
    guest = ics.Guest("Bob", "bob@example.org", Role.MEMBER, "needs-action")
    data = ics.invitation(view, [guest], organiser=ORGANISER, language="en", now=timezone.now())
    with pytest.raises(Refused, match=words):
        ics.read_reply(reply(data, **changes))


@pytest.mark.parametrize("data", [b"", b"no calendar", b"BEGIN:VCALENDAR\r\n", b"x" * (1024 * 1024 + 1)])
def test_what_is_no_calendar_is_refused(data: bytes) -> None:
    with pytest.raises(Refused):
        ics.read_reply(data)


def test_an_answer_of_somebody_who_wasnt_invited(board: Board) -> None:
    meeting = board.plan()
    board.item(meeting)
    meeting = meetings.convene(by=board.office, meeting=meeting)
    for email, key in (("nobody@example.org", meeting.key), ("bob@example.org", "steering-group-1999-01-01")):
        with pytest.raises(Refused, match="expected"):
            calendar.take_reply(by=board.office, reply=ics.Reply(key, email, "accepted", 0))

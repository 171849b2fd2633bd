# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Meetings as iCalendar (RFC 5545) to subscribe to, as an invitation by mail, and answers read back (RFC 5546)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from mainport.board.queries.meetings import MeetingView
from mainport.board.rules.meetings import MeetingState
from mainport.board.rules.refusals import Reason, refuse
from mainport.board.rules.seats import PRIVY, Role
from mainport.core.rules.languages import Text, say

if TYPE_CHECKING:
    from icalendar import Component, Event

MEDIA_TYPE = "text/calendar; charset=utf-8"
_LIMIT = 1024 * 1024
_STATUS = {
    MeetingState.PLANNED: "TENTATIVE",
    MeetingState.CANCELLED: "CANCELLED",
}


@dataclass(frozen=True)
class Guest:
    """Somebody who is asked, as a calendar names them; `answer` is an answer of `models.Invitation`."""

    name: str
    email: str
    role: Role
    answer: str


@dataclass(frozen=True)
class Organiser:
    """Who asks: the alliance, at the address to which answers go; `site` is the address of the site."""

    name: str
    email: str
    site: str

    @property
    def host(self) -> str:
        return urlsplit(self.site).hostname or "mainport"


@dataclass(frozen=True)
class Reply:
    """What somebody answered by their calendar program."""

    meeting: str  # key
    email: str
    answer: str  # accepted, tentative or declined
    sequence: int


def feed(meetings: Sequence[MeetingView], *, organiser: Organiser, title: str, language: str, now: datetime) -> bytes:
    """A calendar to subscribe to; read anew twice a day. Without who is invited: the address may get about."""
    calendar = _calendar(title)
    calendar.add("refresh-interval", "PT12H", parameters={"VALUE": "DURATION"}, encode=False)
    calendar.add("x-published-ttl", "PT12H", encode=False)
    for meeting in meetings:
        calendar.add_component(_event(meeting, organiser, language, now))
    return bytes(calendar.to_ical())


def invitation(
    meeting: MeetingView, guests: Iterable[Guest], *, organiser: Organiser, language: str, now: datetime
) -> bytes:
    """The invitation to a meeting (METHOD:REQUEST), or that it was called off (METHOD:CANCEL)."""
    calendar = _calendar("")
    calendar.add("method", method_of(meeting))
    event = _event(meeting, organiser, language, now)
    for guest in guests:
        event.add("attendee", _attendee(guest))
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def method_of(meeting: MeetingView) -> str:
    return "CANCEL" if meeting.state is MeetingState.CANCELLED else "REQUEST"


def uid_of(meeting: str, host: str) -> str:
    """What calendars call a meeting (its key), for ever."""
    return f"meeting-{meeting}@{host}"


def read_reply(data: bytes) -> Reply:
    """The answer in a METHOD:REPLY. Raises Refused for what is none, naming the field."""
    from icalendar import Calendar

    if len(data) > _LIMIT:
        raise refuse(Reason.FILE, "reply", f"{len(data)} bytes", f"at most {_LIMIT}")
    try:
        calendar = Calendar.from_ical(data)
    except (ValueError, IndexError, KeyError) as error:
        raise refuse(Reason.FILE, "reply", str(error)[:100], "an iCalendar file") from error
    if str(calendar.get("method", "")).upper() != "REPLY":
        raise refuse(Reason.VALUE, "METHOD", calendar.get("method", "nothing"), "REPLY")
    events = list(calendar.walk("VEVENT"))
    if len(events) != 1:
        raise refuse(Reason.VALUE, "VEVENT", len(events), "one event")
    return _reply_of(events[0])


def _reply_of(event: Component) -> Reply:
    uid = str(event.get("uid", ""))
    key, at, _host = uid.removeprefix("meeting-").partition("@")
    if not uid.startswith("meeting-") or not at:
        raise refuse(Reason.UNKNOWN, "UID", uid[:100], "that of a meeting")
    attendees = event.get("attendee", [])
    attendees = attendees if isinstance(attendees, list) else [attendees]
    if len(attendees) != 1:
        raise refuse(Reason.VALUE, "ATTENDEE", len(attendees), "one person, who answers")
    answer = str(attendees[0].params.get("PARTSTAT", "")).lower()
    if answer not in ("accepted", "tentative", "declined"):
        raise refuse(Reason.VALUE, "PARTSTAT", answer, "ACCEPTED, TENTATIVE or DECLINED")
    address = str(attendees[0])
    email = address[7:] if address.lower().startswith("mailto:") else address
    return Reply(meeting=key, email=email.lower(), answer=answer, sequence=int(event.get("sequence", 0)))


def _calendar(title: str):  # type: ignore[no-untyped-def]
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Mainport//Mainport//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if title:
        calendar.add("name", title)
        calendar.add("x-wr-calname", title)
    return calendar


def _event(meeting: MeetingView, organiser: Organiser, language: str, now: datetime) -> Event:
    from icalendar import Event, vCalAddress, vText

    event = Event()
    event.add("uid", uid_of(meeting.key, organiser.host))
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", meeting.start.astimezone(UTC))
    event.add("dtend", meeting.end.astimezone(UTC))
    event.add("summary", _summary(meeting.body.title, meeting.title, language))
    if place := meeting.place or meeting.url:
        event.add("location", place)
    if meeting.url:
        event.add("url", meeting.url)
    event.add("status", _STATUS.get(meeting.state, "CONFIRMED"))
    event.add("class", "PUBLIC")
    address = vCalAddress(f"mailto:{organiser.email}")
    address.params["CN"] = vText(organiser.name)
    event.add("organizer", address)
    return event


def _summary(body: Text, title: Text, language: str) -> str:
    name, what = say(body, language), say(title, language)
    return what if name.casefold() in what.casefold() else f"{name}: {what}"


def _attendee(guest: Guest):  # type: ignore[no-untyped-def]
    from icalendar import vCalAddress, vText

    address = vCalAddress(f"mailto:{guest.email}")
    address.params["CN"] = vText(guest.name)
    address.params["ROLE"] = vText("REQ-PARTICIPANT" if guest.role in PRIVY else "OPT-PARTICIPANT")
    if guest.role is Role.CHAIR:
        address.params["ROLE"] = vText("CHAIR")
    address.params["PARTSTAT"] = vText(guest.answer.upper())
    address.params["RSVP"] = vText("TRUE")
    return address

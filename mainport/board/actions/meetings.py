# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Meetings: planned, convened, held and closed by the programme office."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone

from mainport.agenda.models import Element
from mainport.board import tasks
from mainport.board.actions.shared import (
    find_body,
    find_organisation,
    held_for,
    hold,
    plain_seats,
    require_text,
)
from mainport.board.models import Decision, Invitation, Meeting, Seat
from mainport.board.rules import seats as seat_rules
from mainport.board.rules.keys import meeting_key
from mainport.board.rules.meetings import Deed, ItemState, MeetingState, time_troubles
from mainport.board.rules.refusals import Reason, raise_any, refuse
from mainport.core.actions import record
from mainport.core.models import Person
from mainport.core.rules.languages import Text
from mainport.core.rules.permissions import Actor, NotAllowed, Permission, require

#: What `change` may change.
_CHANGEABLE = ("title", "start", "end", "papers_due", "place", "url", "quorum")


@transaction.atomic
def plan(
    *,
    by: Actor,
    body: str,
    title: Text,
    start: datetime,
    end: datetime,
    papers_due: datetime,
    place: str = "",
    url: str = "",
    quorum: int | None = None,
    demo: bool = False,
) -> Meeting:
    """Plan a meeting; without a `quorum` it is more than half of the organisations that have a vote on that day.

    Raises NotAllowed, Refused.
    """
    require(by, Permission.MANAGE_BOARD)
    element = find_body(body)
    raise_any(time_troubles(start, end, papers_due))
    _require_url(url)
    _require_quorum(quorum)
    hold()
    day = timezone.localdate(start)
    if quorum is None:
        quorum = seat_rules.usual_quorum(seat_rules.with_vote(plain_seats(_seats(element, start))))
    known = set(Meeting.objects.filter(key__startswith=f"{element.key}-").values_list("key", flat=True))
    meeting = Meeting.objects.create(
        key=meeting_key(element.key, day, known),
        body=element,
        title=require_text("title", title),
        start=start,
        end=end,
        papers_due=papers_due,
        place=place.strip(),
        url=url,
        quorum=quorum,
        by_name=by.name,
        at=timezone.now(),
        demo=demo,
    )
    record(by=by, action="meeting.plan", subject=subject_of(meeting), start=start.isoformat(), quorum=quorum)
    return meeting


@transaction.atomic
def change(*, by: Actor, meeting: Meeting, why: str = "", **fields: Any) -> Meeting:
    """Change what was planned: title, start, end, papers_due, place, url, quorum. Who was invited is told.

    When the hours change, what people answered counts no more. Raises NotAllowed, Refused.
    """
    require(by, Permission.MANAGE_BOARD)
    if unknown := fields.keys() - set(_CHANGEABLE):
        raise TypeError(f"a meeting has no {', '.join(sorted(unknown))} to change")
    meeting = held_for(Deed.CHANGE, meeting)
    old = {name: getattr(meeting, name) for name in fields}
    if "title" in fields:
        fields["title"] = require_text("title", fields["title"])
    _require_url(fields.get("url", ""))
    _require_quorum(fields.get("quorum"))
    for name, value in fields.items():
        setattr(meeting, name, value)
    raise_any(time_troubles(meeting.start, meeting.end, meeting.papers_due))
    changed = [name for name in fields if old[name] != getattr(meeting, name)]
    if not changed:
        return meeting
    meeting.sequence += 1
    meeting.save()
    if {"start", "end"} & set(changed):
        meeting.invitations.update(answer=Invitation.Answer.NONE, answered_at=None)
    record(by=by, action="meeting.change", subject=subject_of(meeting), why=why, changed=changed)
    if meeting.state == MeetingState.CONVENED:
        _mail(meeting)
    return meeting


@transaction.atomic
def convene(*, by: Actor, meeting: Meeting) -> Meeting:
    """Send the agenda out: who has a seat on the day is invited, and what isn't confidential becomes public.

    Raises NotAllowed, Refused where nothing was placed on the agenda or nobody has a seat.
    """
    require(by, Permission.MANAGE_BOARD)
    meeting = held_for(Deed.CONVENE, meeting)
    if not meeting.items.filter(state=ItemState.PLACED).exists():
        raise refuse(Reason.MISSING, "items", "none on the agenda", "at least one")
    seats = _seats(meeting.body, meeting.start)
    if not seats:
        raise refuse(Reason.MISSING, "seats", "nobody", f"somebody who sits in {meeting.body.key} on that day")
    there = set(meeting.invitations.values_list("person_id", flat=True))
    Invitation.objects.bulk_create(
        Invitation(meeting=meeting, person_id=seat.person_id, organisation=seat.organisation, role=seat.role)
        for seat in seats
        if seat.person_id not in there
    )
    meeting.state = MeetingState.CONVENED
    meeting.save(update_fields=["state"])
    record(by=by, action="meeting.convene", subject=subject_of(meeting), invited=len(seats))
    _mail(meeting)
    return meeting


@transaction.atomic
def invite(*, by: Actor, meeting: Meeting, person: Person, role: str, organisation: str = "") -> Invitation:
    """Ask somebody beside those who have a seat: a guest, or who takes the place of a member.

    An organisation gets no vote by it that it hasn't by a seat. Raises NotAllowed, Refused.
    """
    require(by, Permission.MANAGE_BOARD)
    meeting = held_for(Deed.INVITE, meeting)
    if role not in list(seat_rules.Role):
        raise refuse(Reason.VALUE, "role", role, ", ".join(seat_rules.Role))
    if seat_rules.Role(role) in seat_rules.VOTING:
        allowed = seat_rules.with_vote(plain_seats(_seats(meeting.body, meeting.start)))
        if organisation not in allowed:
            raise refuse(Reason.NO_VOTE, "organisation", organisation, "an organisation with a vote on that day")
    found = find_organisation(organisation) if organisation else None
    if meeting.invitations.filter(person=person).exists():
        raise refuse(Reason.TWICE, "person", person, "somebody who isn't invited yet")
    invitation = Invitation.objects.create(meeting=meeting, person=person, organisation=found, role=role)
    record(
        by=by,
        action="meeting.invite",
        subject=subject_of(meeting),
        person=person.pk,
        role=role,
        organisation=organisation,
    )
    if meeting.state == MeetingState.CONVENED:
        _mail(meeting)
    return invitation


@transaction.atomic
def answer(*, by: Actor, meeting: Meeting, answer: str, person: Person | None = None) -> Invitation:
    """Say whether one comes; the programme office may say it for somebody else.

    Raises NotAllowed for who wasn't invited, Refused.
    """
    person_id = person.pk if person else by.person_id
    if person_id != by.person_id:
        require(by, Permission.MANAGE_BOARD)
    meeting = held_for(Deed.ANSWER, meeting)
    invitation = meeting.invitations.filter(person_id=person_id or 0).select_related("person").first()
    if invitation is None:
        raise NotAllowed(f"{by.name or 'a visitor'} isn't invited to {meeting}")
    answers = [value for value in Invitation.Answer if value != Invitation.Answer.NONE]
    if answer not in answers:
        raise refuse(Reason.VALUE, "answer", answer, ", ".join(answers))
    if invitation.answer != answer:
        invitation.answer = answer
        invitation.answered_at = timezone.now()
        invitation.save(update_fields=["answer", "answered_at"])
        record(by=by, action="meeting.answer", subject=subject_of(meeting), person=person_id, answer=answer)
    return invitation


@transaction.atomic
def hold_meeting(*, by: Actor, meeting: Meeting, attended: Collection[int]) -> Meeting:
    """Say that the meeting took place (or is taking place), and who of the invited (ids of people) came.

    Raises NotAllowed, Refused before the hour at which it begins.
    """
    require(by, Permission.MANAGE_BOARD)
    meeting = held_for(Deed.HOLD, meeting)
    now = timezone.now()
    if meeting.start > now:
        raise refuse(Reason.ORDER, "start", f"{meeting.start:%Y-%m-%d %H:%M}", "a meeting that has begun")
    meeting.state = MeetingState.HELD
    meeting.save(update_fields=["state"])
    _attend(meeting, attended)
    record(by=by, action="meeting.hold", subject=subject_of(meeting), attended=sorted(attended))
    return meeting


@transaction.atomic
def attend(*, by: Actor, meeting: Meeting, attended: Collection[int]) -> None:
    """Put right who came. Raises NotAllowed, and Refused once something was decided: votes rest on it."""
    require(by, Permission.MANAGE_BOARD)
    meeting = held_for(Deed.ATTEND, meeting)
    if Decision.objects.filter(item__meeting=meeting).exists():
        raise refuse(Reason.STATE, "attended", "a meeting that decided", "one that decided nothing yet")
    _attend(meeting, attended)
    record(by=by, action="meeting.attend", subject=subject_of(meeting), attended=sorted(attended))


def _attend(meeting: Meeting, attended: Collection[int]) -> None:
    invited = set(meeting.invitations.values_list("person_id", flat=True))
    if strangers := set(attended) - invited:
        raise refuse(Reason.UNKNOWN, "attended", ", ".join(map(str, sorted(strangers))), "people who were invited")
    meeting.invitations.filter(person_id__in=attended).update(attended=True)
    meeting.invitations.exclude(person_id__in=attended).update(attended=False)


@transaction.atomic
def write_minutes(*, by: Actor, meeting: Meeting, text: Text) -> Meeting:
    """Write what was said; open to those inside until they are adopted. Raises NotAllowed, Refused."""
    require(by, Permission.MANAGE_BOARD)
    meeting = held_for(Deed.WRITE_MINUTES, meeting)
    meeting.minutes = require_text("minutes", text)
    meeting.save(update_fields=["minutes"])
    record(by=by, action="meeting.minutes", subject=subject_of(meeting))
    return meeting


@transaction.atomic
def close(*, by: Actor, meeting: Meeting, adopted_in: Meeting | None = None) -> Meeting:
    """Say that the minutes are adopted, in a later meeting of the body where that is known; they become public.

    Raises NotAllowed, Refused without minutes, or where an item on the agenda was not handled.
    """
    require(by, Permission.MANAGE_BOARD)
    meeting = held_for(Deed.CLOSE, meeting)
    if not meeting.minutes:
        raise refuse(Reason.MISSING, "minutes", "nothing", "minutes, to adopt")
    if waiting := meeting.items.filter(state=ItemState.PLACED).count():
        raise refuse(Reason.STATE, "items", f"{waiting} not handled", "none left")
    if adopted_in is not None:
        if adopted_in.body_id != meeting.body_id or adopted_in.start <= meeting.start:
            raise refuse(Reason.ORDER, "adopted_in", adopted_in.key, "a later meeting of the same body")
        if adopted_in.state not in (MeetingState.HELD, MeetingState.CLOSED):
            raise refuse(Reason.STATE, "adopted_in", f"a meeting that is {adopted_in.state}", "one that was held")
    meeting.minutes_adopted_in = adopted_in
    meeting.state = MeetingState.CLOSED
    meeting.save(update_fields=["state", "minutes_adopted_in"])
    record(
        by=by, action="meeting.close", subject=subject_of(meeting), adopted_in=adopted_in.key if adopted_in else None
    )
    return meeting


@transaction.atomic
def cancel(*, by: Actor, meeting: Meeting, why: str) -> Meeting:
    """Call a meeting off; who was invited is told. Raises NotAllowed, Refused without a reason."""
    require(by, Permission.MANAGE_BOARD)
    meeting = held_for(Deed.CANCEL, meeting)
    if not why.strip():
        raise refuse(Reason.MISSING, "why", "nothing", "the reason")
    was_convened = meeting.state == MeetingState.CONVENED
    meeting.state = MeetingState.CANCELLED
    meeting.sequence += 1
    meeting.save(update_fields=["state", "sequence"])
    record(by=by, action="meeting.cancel", subject=subject_of(meeting), why=why.strip())
    if was_convened:
        _mail(meeting)
    return meeting


def subject_of(meeting: Meeting) -> str:
    """What audit events call this meeting."""
    return f"meeting:{meeting.key}"


def _seats(body: Element, start: datetime) -> list[Seat]:
    """Who sits in a body on the day of this hour."""
    day = timezone.localdate(start)
    rows = Seat.objects.filter(body=body, start__lte=day).select_related("organisation", "person")
    return [row for row in rows if row.end is None or day <= row.end]


def _mail(meeting: Meeting) -> None:
    """Once this is stored, tell who is invited; not of what has been, nor of what is invented."""
    if meeting.start > timezone.now() and not meeting.demo:
        transaction.on_commit(partial(tasks.mail_invitations.enqueue, meeting.pk))


def _require_url(url: str) -> None:
    try:
        if url:
            URLValidator(schemes=["http", "https"])(url)
    except ValidationError:
        raise refuse(Reason.VALUE, "url", url, "an address that begins with https://") from None


def _require_quorum(quorum: int | None) -> None:
    if quorum is not None and not 1 <= quorum <= 1000:
        raise refuse(Reason.VALUE, "quorum", quorum, "how many organisations with a vote must be there, at least 1")

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Calendars: the secret address at which a person's program fetches their meetings, and answers that come back."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.utils import timezone

from mainport.board.actions.meetings import answer
from mainport.board.exports.ics import Reply
from mainport.board.models import CalendarAddress, Invitation
from mainport.board.rules.keys import hash_of
from mainport.board.rules.refusals import Reason, refuse
from mainport.core.actions import record
from mainport.core.rules.permissions import Actor, NotAllowed, Permission, require


@transaction.atomic
def make_calendar_address(*, by: Actor) -> str:
    """A new secret for the asker's own calendar; the one before it opens nothing any more.

    It is told once and kept as its hash. Raises NotAllowed for who has no account.
    """
    if by.person_id is None:
        raise NotAllowed("only somebody with an account has a calendar")
    secret = secrets.token_urlsafe(32)
    CalendarAddress.objects.update_or_create(
        person_id=by.person_id, defaults={"sha256": hash_of(secret), "at": timezone.now()}
    )
    record(by=by, action="calendar.address", subject=f"person:{by.person_id}")
    return secret


@transaction.atomic
def end_calendar_address(*, by: Actor) -> None:
    """Let the asker's address open nothing any more."""
    if CalendarAddress.objects.filter(person_id=by.person_id or 0).delete()[0]:
        record(by=by, action="calendar.end", subject=f"person:{by.person_id}")


@transaction.atomic
def take_reply(*, by: Actor, reply: Reply) -> Invitation:
    """Take in an answer that a calendar program sent, as `exports.ics.read_reply` read it: the programme office.

    Raises NotAllowed, and Refused for somebody who wasn't invited or an answer to an earlier version.
    """
    require(by, Permission.MANAGE_BOARD)
    found = Invitation.objects.filter(meeting__key=reply.meeting, person__email__iexact=reply.email)
    row = found.select_related("meeting", "person").first()
    if row is None:
        raise refuse(Reason.UNKNOWN, "ATTENDEE", f"{reply.email} for {reply.meeting}", "somebody who is invited to it")
    if reply.sequence != row.meeting.sequence:
        raise refuse(Reason.STATE, "SEQUENCE", reply.sequence, str(row.meeting.sequence))
    return answer(by=by, meeting=row.meeting, answer=reply.answer, person=row.person)

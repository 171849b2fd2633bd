# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Who sits in a body: seats are taken and left, and stay in history."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from mainport.board.actions.shared import find_body, find_organisation, hold
from mainport.board.models import Seat
from mainport.board.rules import seats as rules
from mainport.board.rules.refusals import Reason, refuse
from mainport.core.actions import record
from mainport.core.models import Person
from mainport.core.rules.permissions import Actor, Permission, require


@transaction.atomic
def take_seat(
    *,
    by: Actor,
    body: str,
    person: Person,
    role: str,
    start: date,
    organisation: str = "",
    end: date | None = None,
    demo: bool = False,
) -> Seat:
    """Let somebody sit in a body from a day on, for an organisation where the seat has a vote.

    Raises NotAllowed, Refused.
    """
    require(by, Permission.MANAGE_BOARD)
    if role not in list(rules.Role):
        raise refuse(Reason.VALUE, "role", role, ", ".join(rules.Role))
    element = find_body(body)
    found = find_organisation(organisation) if organisation else None
    if found is None and rules.Role(role) in rules.VOTING:
        raise refuse(Reason.MISSING, "organisation", "nothing", f"the organisation for which a {role} votes")
    if end and end < start:
        raise refuse(Reason.ORDER, "end", end, f"{start} or a later day")
    hold()
    for other in Seat.objects.filter(body=element, person=person):
        if (other.end is None or start <= other.end) and (end is None or other.start <= end):
            until = other.end or "open"
            raise refuse(
                Reason.TWICE, "start", start, f"a day on which {person} doesn't sit there ({other.start} to {until})"
            )
    seat = Seat.objects.create(
        body=element, person=person, organisation=found, role=role, start=start, end=end, demo=demo
    )
    record(
        by=by,
        action="seat.take",
        subject=f"body:{element.key}",
        person=person.pk,
        organisation=organisation,
        role=role,
        start=start.isoformat(),
        end=end.isoformat() if end else None,
    )
    return seat


@transaction.atomic
def leave_seat(*, by: Actor, seat: Seat, end: date, why: str = "") -> Seat:
    """Say which day is the last on which somebody sits there. Raises NotAllowed, Refused."""
    require(by, Permission.MANAGE_BOARD)
    seat = Seat.objects.select_for_update(of=("self",)).select_related("body").get(pk=seat.pk)
    if end < seat.start:
        raise refuse(Reason.ORDER, "end", end, f"{seat.start} or a later day")
    later = Seat.objects.filter(body=seat.body, person_id=seat.person_id, start__gt=seat.start).order_by("start")
    if (following := later.first()) and end >= following.start:
        raise refuse(Reason.TWICE, "end", end, f"a day before {following.start}, when they take another seat")
    seat.end = end
    seat.save(update_fields=["end"])
    record(
        by=by,
        action="seat.leave",
        subject=f"body:{seat.body.key}",
        why=why,
        person=seat.person_id,
        end=end.isoformat(),
    )
    return seat

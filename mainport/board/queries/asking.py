# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Who asks, as the rules of openness know them."""

from __future__ import annotations

from django.utils import timezone

from mainport.agenda.models import Element
from mainport.agenda.rules.elements import Kind
from mainport.board.models import Seat
from mainport.board.rules.openness import Asker
from mainport.board.rules.seats import PRIVY
from mainport.core.rules.permissions import Actor, Permission


class Unseen(LookupError):
    """There is no such thing, or the asker may not know that there is."""


def asker_of(by: Actor) -> Asker:
    """What this actor may see. One query for who isn't a visitor, none for visitors and the programme office."""
    return Asker(
        manages=by.may(Permission.MANAGE_BOARD),
        reads=by.may(Permission.READ_BOARD),
        bodies=_bodies(by),
        proposes=by.organisations(Permission.PROPOSE_ITEM),
        follows=by.organisations(Permission.CLOSE_FOLLOW_UP),
    )


def _bodies(by: Actor) -> frozenset[str]:
    if by.person_id is None or by.may(Permission.MANAGE_BOARD):
        return frozenset()
    today = timezone.localdate()
    seats = Seat.objects.filter(person_id=by.person_id, role__in=PRIVY, start__lte=today).select_related("body")
    return frozenset(seat.body.uid for seat in seats if seat.end is None or today <= seat.end)


def body_of(key: str) -> Element:
    """The body with this key, also one that left the agenda. Raises Unseen."""
    body = Element.objects.filter(kind=Kind.BODY, key=key).first()
    if body is None:
        raise Unseen(key)
    return body

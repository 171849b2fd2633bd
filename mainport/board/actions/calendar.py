# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The secret address at which a person's calendar program fetches the meetings of their bodies."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.utils import timezone

from mainport.board.models import CalendarAddress
from mainport.board.rules.keys import hash_of
from mainport.core.actions import record
from mainport.core.rules.permissions import Actor, NotAllowed


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
    if CalendarAddress.objects.filter(person_id=by.person_id).delete()[0]:
        record(by=by, action="calendar.end", subject=f"person:{by.person_id}")

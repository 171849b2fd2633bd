# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Follow-ups of decisions: closed by who does them, dropped or moved by the programme office, reminded of."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from mainport.board import tasks
from mainport.board.actions.decisions import require_owner
from mainport.board.models import FollowUp
from mainport.board.rules.follow_ups import FollowUpState
from mainport.board.rules.refusals import Reason, refuse
from mainport.core.actions import record
from mainport.core.rules.permissions import Actor, Permission, require


@transaction.atomic
def close(*, by: Actor, follow_up: FollowUp, note: str) -> FollowUp:
    """Say that it was done, and what: the organisation that does it, or the programme office.

    Raises NotAllowed, Refused.
    """
    require(by, Permission.CLOSE_FOLLOW_UP, follow_up.organisation.key)
    return _end(by, follow_up, FollowUpState.DONE, note, "what was done")


@transaction.atomic
def drop(*, by: Actor, follow_up: FollowUp, reason: str) -> FollowUp:
    """Say that it is needed no more, and why. Raises NotAllowed, Refused."""
    require(by, Permission.MANAGE_BOARD)
    return _end(by, follow_up, FollowUpState.DROPPED, reason, "why it is needed no more")


@transaction.atomic
def reopen(*, by: Actor, follow_up: FollowUp, why: str) -> FollowUp:
    """Open it again, where it wasn't done after all. Raises NotAllowed, Refused."""
    require(by, Permission.MANAGE_BOARD)
    row = _held(follow_up)
    if row.state == FollowUpState.OPEN:
        raise refuse(Reason.STATE, "follow-up", "one that is open", "one that is done or dropped")
    if not why.strip():
        raise refuse(Reason.MISSING, "why", "nothing", "why it is open again")
    record(by=by, action="follow-up.reopen", subject=subject_of(row), why=why.strip(), note=row.note)
    row.state, row.note, row.closed_on, row.closed_by = FollowUpState.OPEN, "", None, ""
    row.save()
    return row


@transaction.atomic
def change_due(*, by: Actor, follow_up: FollowUp, due: date, why: str) -> FollowUp:
    """Move the day on which it is due. Raises NotAllowed, Refused."""
    require(by, Permission.MANAGE_BOARD)
    row = _open(follow_up)
    if due < row.decision.date:
        raise refuse(Reason.ORDER, "due", due, f"{row.decision.date} or a later day")
    if not why.strip():
        raise refuse(Reason.MISSING, "why", "nothing", "the reason")
    if due != row.due:
        record(
            by=by,
            action="follow-up.due",
            subject=subject_of(row),
            why=why.strip(),
            old=row.due.isoformat(),
            new=due.isoformat(),
        )
        row.due, row.reminded_at = due, None
        row.save(update_fields=["due", "reminded_at"])
    return row


@transaction.atomic
def assign(*, by: Actor, follow_up: FollowUp, owner: int | None) -> FollowUp:
    """Say who of the organisation (an id) sees to it: the organisation itself, or the programme office.

    Raises NotAllowed, Refused.
    """
    require(by, Permission.CLOSE_FOLLOW_UP, follow_up.organisation.key)
    row = _open(follow_up)
    row.owner = require_owner(owner, row.organisation, "owner")
    row.reminded_at = None
    row.save(update_fields=["owner", "reminded_at"])
    record(by=by, action="follow-up.assign", subject=subject_of(row), owner=owner)
    return row


@transaction.atomic
def remind(*, by: Actor) -> None:
    """Remind, by a job, everybody of what is overdue or due within a week; none twice within a week.

    Raises NotAllowed.
    """
    require(by, Permission.SEND_REMINDERS)
    record(by=by, action="follow-ups.remind", subject=f"follow-ups:{timezone.localdate()}")
    transaction.on_commit(tasks.remind_of_follow_ups.enqueue)


def subject_of(follow_up: FollowUp) -> str:
    """What audit events call this follow-up."""
    return f"follow-up:{follow_up.pk}"


def _held(follow_up: FollowUp) -> FollowUp:
    rows = FollowUp.objects.select_for_update(of=("self",)).select_related("decision", "organisation", "owner")
    return rows.get(pk=follow_up.pk)


def _open(follow_up: FollowUp) -> FollowUp:
    row = _held(follow_up)
    if row.state != FollowUpState.OPEN:
        raise refuse(Reason.STATE, "follow-up", f"one that is {row.state}", "one that is open")
    return row


def _end(by: Actor, follow_up: FollowUp, state: FollowUpState, note: str, expected: str) -> FollowUp:
    row = _open(follow_up)
    if not note.strip():
        raise refuse(Reason.MISSING, "note", "nothing", expected)
    row.state, row.note = state, note.strip()
    row.closed_on, row.closed_by = timezone.localdate(), by.name
    row.save()
    record(by=by, action=f"follow-up.{state}", subject=subject_of(row), why=row.note)
    return row

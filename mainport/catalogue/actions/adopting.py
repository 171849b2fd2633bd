# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""An organisation takes a recommendation of a work up for a task, and says later what became of it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from mainport.catalogue.models import Adoption, Recommendation, Record
from mainport.catalogue.rules.handing_in import No, Refused
from mainport.core.actions import record as keep_event
from mainport.core.models import Organisation
from mainport.core.rules.permissions import Actor, Permission, require

_State = Adoption.State


@transaction.atomic
def adopt(
    *, by: Actor, recommendation: Recommendation, task: str, organisation: Organisation | None, note: str = ""
) -> Adoption:
    """Take it up for a task (its code): an organisation, or the alliance as a whole. Raises NotAllowed, Refused."""
    require(by, Permission.ADOPT_RECOMMENDATION, organisation.key if organisation else None)
    record = recommendation.record
    if record.state != Record.State.PUBLISHED:
        raise Refused(No.STATE)
    if not task.strip():
        raise Refused(No.UNKNOWN)
    open_now = Adoption.objects.filter(recommendation=recommendation, task=task, organisation=organisation)
    if open_now.filter(state=_State.ADOPTED).exists():
        raise Refused(No.KNOWN)
    now = timezone.now()
    adoption = Adoption.objects.create(
        recommendation=recommendation,
        task=task,
        organisation=organisation,
        text=recommendation.text,
        note=note.strip(),
        by_id=by.person_id,
        by_name=by.name,
        at=now,
        changed_at=now,
        demo=record.demo,
    )
    keep_event(
        by=by,
        action="recommendation.adopt",
        subject=f"record:{record.key}",
        why=note.strip(),
        number=recommendation.number,
        task=task,
        organisation=organisation.key if organisation else None,
    )
    return adoption


def done(*, by: Actor, adoption: Adoption, note: str) -> Adoption:
    """Say that it was done, and what. Raises NotAllowed, Refused."""
    return _end(by, adoption, _State.DONE, note)


def drop(*, by: Actor, adoption: Adoption, note: str) -> Adoption:
    """Say that it won't be done, and why. Raises NotAllowed, Refused."""
    return _end(by, adoption, _State.DROPPED, note)


@transaction.atomic
def _end(by: Actor, adoption: Adoption, state: Adoption.State, note: str) -> Adoption:
    rows = Adoption.objects.select_for_update(of=("self",)).select_related("organisation", "recommendation__record")
    row = rows.get(pk=adoption.pk)
    require(by, Permission.ADOPT_RECOMMENDATION, row.organisation.key if row.organisation else None)
    if row.state != _State.ADOPTED:
        raise Refused(No.STATE)
    if not note.strip():
        raise Refused(No.NO_NOTE)
    keep_event(
        by=by,
        action=f"recommendation.{state.value}",
        subject=f"record:{row.recommendation.record.key}",
        why=note.strip(),
        number=row.recommendation.number,
        task=row.task,
    )
    # What was meant stays beside what became of it.
    row.note = "\n\n".join(filter(None, [row.note, note.strip()]))
    row.state, row.changed_at = state, timezone.now()
    row.save(update_fields=["state", "note", "changed_at"])
    return row

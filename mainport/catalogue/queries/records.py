# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Records: which there are, for whom, and what each says."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q, QuerySet

from mainport.catalogue.models import Record
from mainport.catalogue.rules import contents
from mainport.catalogue.rules.contents import Value
from mainport.core.rules.permissions import Actor, Permission


def published() -> QuerySet[Record]:
    """What everybody may see: public, and not merged into another record."""
    return Record.objects.filter(state=Record.State.PUBLISHED, merged_into__isnull=True)


def visible(by: Actor) -> QuerySet[Record]:
    """What this actor may see: what is public, what is their own, the works and courses that they look over.

    Records that were merged into another are among them: who asks for one is sent on.
    """
    seen = Q(state__in=[Record.State.PUBLISHED, Record.State.WITHDRAWN])
    if by.may(Permission.REVIEW_WORK):
        seen |= ~Q(state=Record.State.DRAFT)
    if by.person_id is not None:
        seen |= Q(made_by_id=by.person_id)
    if by.may(Permission.MANAGE_COURSES):
        seen |= ~Q(kind=Record.Kind.WORK)
    elif mine := by.organisations(Permission.MANAGE_COURSES):
        seen |= ~Q(kind=Record.Kind.WORK) & Q(organisation__key__in=mine)
    return Record.objects.filter(seen)


def find(by: Actor, key: str) -> Record | None:
    """The record under this key, if this actor may see it."""
    return visible(by).select_related("merged_into", "organisation", "repository").filter(key=key).first()


def value(record: Record) -> Value:
    """All that a record says."""
    return contents.read(record.kind, record.content)


def by_task(codes: Collection[str]) -> QuerySet[Record]:
    """What is public for these tasks of the agenda, the newest first."""
    return published().filter(task__in=codes).order_by("-published", "-id")

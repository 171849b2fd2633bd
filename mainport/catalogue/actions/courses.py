# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Courses that a provider enters by hand: add, change, withdraw; their dates. What was harvested is its source's."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from mainport.catalogue.actions import records
from mainport.catalogue.models import Record
from mainport.catalogue.rules import contents
from mainport.catalogue.rules.courses import Course, Offering
from mainport.catalogue.rules.works import Organisation as Provider
from mainport.catalogue.rules.works import Provenance
from mainport.core.actions import record as keep_event
from mainport.core.models import Organisation
from mainport.core.rules.permissions import Actor, NotAllowed, Permission, require

#: The same course that is added again so soon was added by pressing twice.
TWICE = timedelta(minutes=1)
#: What isn't filled in by who adds a course.
_GIVEN: dict[str, Any] = {"identifier": "", "provider": None, "offerings": (), "provenance": Provenance()}


@transaction.atomic
def add(*, by: Actor, organisation: Organisation, course: Course) -> Record:
    """Put a new course up, of this organisation. Who presses twice gets one. Raises NotAllowed and Refused."""
    require(by, Permission.MANAGE_COURSES, organisation.key)
    # Of two requests at once the second waits here, and then finds what the first one made.
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    made = Record.objects.filter(
        kind=Record.Kind.COURSE,
        organisation=organisation,
        repository=None,
        state=Record.State.PUBLISHED,
        changed_at__gte=timezone.now() - TWICE,
    )
    for one in made:
        value = contents.read(one.kind, one.content)
        if isinstance(value, Course) and replace(value, **_GIVEN) == replace(course, **_GIVEN):
            return one
    whole = replace(course, identifier=str(uuid.uuid4()), provider=Provider(organisation.name))
    return records.put(by=by, value=whole, organisation=organisation).record


@transaction.atomic
def change(*, by: Actor, record: Record, course: Course, why: str = "") -> Record:
    """Change what a course says of itself; its dates stay. One that was withdrawn is public again."""
    old = _own(by, record)
    whole = replace(course, identifier=old.identifier, provider=old.provider, offerings=old.offerings)
    return records.put(by=by, value=whole, record=record, why=why).record


@transaction.atomic
def withdraw(*, by: Actor, record: Record, why: str) -> None:
    """Take a course away; its address says that it is gone."""
    _own(by, record)
    records.withdraw(by=by, record=record, why=why)


@transaction.atomic
def put_offering(*, by: Actor, record: Record, offering: Offering) -> str:
    """Add dates, or change those with the same identifier; gives the identifier. Raises Refused."""
    course = _own(by, record)
    identifier = offering.identifier or str(uuid.uuid4())
    whole = replace(offering, identifier=identifier, of=course.identifier)
    known = [one.identifier for one in course.offerings]
    if identifier in known:
        offerings = tuple(whole if one.identifier == identifier else one for one in course.offerings)
    else:
        offerings = (*course.offerings, whole)
    records.put(by=by, value=replace(course, offerings=offerings), record=record, state=record.state)
    return identifier


@transaction.atomic
def call_off(*, by: Actor, record: Record, identifier: str, why: str) -> None:
    """Say that the course isn't given on these dates; whoever enrolled still sees it on their list."""
    course = _own(by, record)
    offerings = tuple(replace(one, cancelled=True) if one.identifier == identifier else one for one in course.offerings)
    records.put(by=by, value=replace(course, offerings=offerings), record=record, state=record.state, why=why)
    keep_event(by=by, action="offering.call-off", subject=f"record:{record.key}", why=why, offering=identifier)


def _own(by: Actor, record: Record) -> Course:
    """What a course says now. Raises NotAllowed for one of another organisation, or of a source."""
    require(by, Permission.MANAGE_COURSES, record.organisation.key if record.organisation else None)
    if record.repository_id is not None:
        raise NotAllowed("a harvested course is changed at its source")
    value = contents.read(record.kind, record.content)
    if not isinstance(value, Course):
        raise NotAllowed("this isn't a course")
    return value

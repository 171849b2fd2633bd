# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Enrolling through the provider's Open Education API: the call first, and what it answered kept after."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction

from mainport.catalogue.actions import academy, badges
from mainport.catalogue.feeds import associations
from mainport.catalogue.models import Following, Offering, Record
from mainport.catalogue.rules import following as rules
from mainport.catalogue.rules.following import Deed, Learner, NotPossible
from mainport.core.actions import record as keep_event
from mainport.core.models import Person
from mainport.core.rules.permissions import Actor, system

BY = system("enrolments")


def is_possible(record: Record) -> bool:
    """Whether the source of this course takes enrolments, and we have its key."""
    url = associations.address(record.repository.settings) if record.repository else ""
    return bool(url and associations.key_for(url, settings.ENROL_KEYS))


def enrol(*, by: Actor, person: Person, record: Record, offering: Offering) -> Following:
    """Enrol a person at the provider. Raises NotPossible, and NotReached or NotTrusted: then nobody is enrolled."""
    learner = Learner(person.pk)
    known = academy.save(by=by, learner=learner, record=record, offering=offering)
    rules.require(Deed.ENROL, known.state)
    url = _address(record)
    body = associations.request(
        offering.identifier, name=person.name, email=person.email, site=settings.SITE_URL, person=str(person.pk)
    )
    # Outside a transaction: the provider may take seconds, and a row held so long holds up others.
    answered = associations.enrol(
        url,
        body,
        key=associations.key_for(url, settings.ENROL_KEYS),
        allow_loopback=settings.FEEDS_ALLOW_LOOPBACK,
    )
    if answered.state in associations.ENDED:
        raise NotPossible(f"the provider answered {answered.state}")
    return academy.enrol(by=by, learner=learner, record=record, offering=offering, association=answered.identifier)


def refresh(*, following: Following) -> Following:
    """Ask the provider how an enrolment stands, and keep it: completed with it, or stopped. Raises as `enrol` does."""
    url = _address(following.record)
    answered = associations.ask(
        url,
        following.association,
        key=associations.key_for(url, settings.ENROL_KEYS),
        allow_loopback=settings.FEEDS_ALLOW_LOOPBACK,
    )
    open_ = following.state in (Following.State.ENROLLED, Following.State.BUSY)
    if open_ and answered.is_completed:
        return badges.confirm(by=BY, following=following).following
    if open_ and answered.state in associations.ENDED:
        with transaction.atomic():
            following.state = Following.State.STOPPED
            following.save(update_fields=["state"])
            keep_event(by=BY, action="academy.stopped", subject=f"following:{following.pk}", said=answered.state)
    return following


def _address(record: Record) -> str:
    url = associations.address(record.repository.settings) if record.repository else ""
    if not url:
        raise NotPossible("the source of this course takes no enrolments")
    return url

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""People whom other software enrols for a course that is given by an organisation here.

Of such a person nothing is kept but the number that the software gave: name and address go to the provider by letter,
for whom they are meant.
"""

from __future__ import annotations

import base64
import hashlib
import uuid
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from mainport.catalogue.actions import academy
from mainport.catalogue.models import Following, Offering, Record
from mainport.catalogue.rules import contents
from mainport.catalogue.rules.following import Deed, Learner, NotPossible
from mainport.catalogue.rules.texts import first
from mainport.core.models import Person
from mainport.core.rules.permissions import ORGANISATION_ROLES, Permission, system


@dataclass(frozen=True)
class Outsider:
    """Somebody by the number that other software knows them by, with what the provider needs of them."""

    software: str
    number: str
    name: str = ""
    email: str = ""


def association_of(outsider: Outsider, record: Record) -> str:
    """The number of an enrolment: the same for the same person and course, whoever asks twice."""
    said = f"{settings.OAI_DOMAIN}/association/{outsider.software}/{outsider.number}/{record.key}"
    return str(uuid.uuid5(uuid.NAMESPACE_URL, said))


def find(software: str, association: str) -> Following | None:
    """An enrolment, if this software made it."""
    found = Following.objects.filter(person__isnull=True, visit=_visit(software, association)).exclude(association="")
    return found.select_related("record", "offering").first()


def _visit(software: str, association: str) -> str:
    digest = hashlib.sha256(f"outsider/{software}/{association}".encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _providers(record: Record) -> QuerySet[Person]:
    """Who looks after the courses of the organisation."""
    roles = [role.value for role, held in ORGANISATION_ROLES.items() if Permission.MANAGE_COURSES in held]
    return Person.objects.filter(
        is_active=True, memberships__role__in=roles, memberships__organisation=record.organisation_id
    ).distinct()


@transaction.atomic
def enrol(*, outsider: Outsider, offering: Offering) -> Following:
    """Enrol somebody and tell the provider by letter; nothing happens where they are enrolled already.

    Raises NotPossible, and SMTPException where the letter doesn't go: then nobody is enrolled.
    """
    record = offering.record
    _require_open(record, offering)
    providers = list(_providers(record))
    if not providers:
        raise NotPossible("nobody takes enrolments for this course here; enrol at its provider")
    association = association_of(outsider, record)
    known = find(outsider.software, association)
    if known and known.state in ("enrolled", "busy", "completed"):
        return known
    following = academy.enrol(
        by=system(f"oeapi:{outsider.software}"),
        learner=Learner(visit=_visit(outsider.software, association)),
        record=record,
        offering=offering,
        association=outsider.number,
    )
    for person in providers:
        _tell("enrolled", person, outsider, record, offering)
    return following


def _require_open(record: Record, offering: Offering) -> None:
    """Raises NotPossible where nobody can enrol any more, or not here."""
    today = timezone.localdate()
    value = contents.read_offering(offering.content)
    if record.repository_id is not None or record.organisation_id is None:
        raise NotPossible("this course is given elsewhere; enrol at its provider")
    if offering.cancelled:
        raise NotPossible("this offering was cancelled")
    if (offering.enrol_until and offering.enrol_until < today) or (offering.ends and offering.ends < today):
        raise NotPossible("the period in which one can enrol is over")
    if value.enrol_from and value.enrol_from > today:
        raise NotPossible(f"one can enrol from {value.enrol_from} on")
    if value.seats is not None and value.enrolled is not None and value.enrolled >= value.seats:
        raise NotPossible("there is no place left")


@transaction.atomic
def stop(*, outsider: Outsider, following: Following) -> Following:
    """The person doesn't come; the provider is told. Raises NotPossible for a course that is over."""
    if following.state == Following.State.STOPPED:
        return following
    stopped = academy.do(
        by=system(f"oeapi:{outsider.software}"),
        learner=Learner(visit=following.visit),
        record=following.record,
        deed=Deed.STOP,
    )
    if stopped is None:
        raise NotPossible("this enrolment is gone")
    for person in _providers(following.record):
        _tell("enrolment_stopped", person, outsider, following.record, following.offering)
    return stopped


def _tell(name: str, person: Person, outsider: Outsider, record: Record, offering: Offering | None) -> None:
    with translation.override(person.language):
        context = {
            "person": person,
            "outsider": outsider,
            "title": first(record.titles, person.language),
            "offering": offering,
            "url": settings.SITE_URL + reverse("course", kwargs={"key": record.key}),
        }
        subject = render_to_string(f"email/{name}_subject.txt", context)
        body = render_to_string(f"email/{name}.txt", context)
    send_mail(" ".join(subject.split()), body.strip() + "\n", None, [person.email])

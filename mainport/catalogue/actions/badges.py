# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Certificates: issued when the provider confirms that somebody completed a course, and revoked with a reason."""

from __future__ import annotations

import secrets
import uuid
from datetime import UTC, date, datetime

from django.db import transaction
from django.utils import timezone

from mainport.catalogue.actions import academy
from mainport.catalogue.exports import openbadge
from mainport.catalogue.exports.openbadge import Award
from mainport.catalogue.models import Badge, Following
from mainport.catalogue.queries import badges as queries
from mainport.catalogue.rules import contents
from mainport.catalogue.rules.courses import Course
from mainport.catalogue.rules.following import NotPossible
from mainport.core.actions import record as keep_event
from mainport.core.rules.permissions import Actor, Permission, require


@transaction.atomic
def confirm(*, by: Actor, following: Following, on: date | None = None) -> Badge:
    """The provider says that somebody completed the course; they get a certificate. Raises NotAllowed, NotPossible."""
    followed = academy.complete(by=by, following=following, on=on)
    known = Badge.objects.filter(following=followed).first()
    if known:
        return known
    person = followed.person
    value = contents.read(followed.record.kind, followed.record.content)
    if person is None or not isinstance(value, Course) or followed.completed_on is None:
        raise NotPossible("a certificate is of a person who completed a course")
    number = uuid.uuid4()
    now = timezone.now().astimezone(UTC).replace(microsecond=0)
    issuer, signer = queries.issuer(), queries.signer()
    award = Award(
        identifier=str(number),
        number=followed.pk,
        name=person.name or person.email,
        email=person.email,
        course=value,
        course_url=queries.course_address(followed.record),
        on=followed.completed_on,
        issued=now,
        language=person.language,
        salt=secrets.token_hex(16),
    )
    said = openbadge.signed(openbadge.credential(award, issuer), now, signer)
    made = Badge.objects.create(id=number, following=followed, credential=said, issued_at=now, by_name=by.name)
    keep_event(by=by, action="badge.issue", subject=f"badge:{number}")
    return made


@transaction.atomic
def revoke(*, by: Actor, badge: Badge, why: str) -> None:
    """Take a certificate back: from now on whoever checks it hears so, with the reason."""
    organisation = badge.following.record.organisation
    require(by, Permission.MANAGE_COURSES, organisation.key if organisation else None)
    if badge.revoked_at is None:
        badge.revoked_at, badge.revoked_why = timezone.now(), why.strip()[:300]
        badge.save(update_fields=["revoked_at", "revoked_why"])
        keep_event(by=by, action="badge.revoke", subject=f"badge:{badge.pk}", why=why)


def award_of(badge: Badge) -> Award:
    """What a certificate says, as it was issued: for its other forms."""
    followed, person = badge.following, badge.following.person
    value = contents.read(followed.record.kind, followed.record.content)
    assert isinstance(value, Course)
    assert person is not None
    salt = str(badge.credential["credentialSubject"]["identifier"][0]["salt"])
    return Award(
        identifier=str(badge.pk),
        number=followed.pk,
        name=person.name or person.email,
        email=person.email,
        course=value,
        course_url=queries.course_address(followed.record),
        on=followed.completed_on or _day(badge.issued_at),
        issued=badge.issued_at.astimezone(UTC),
        language=person.language,
        salt=salt,
    )


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()

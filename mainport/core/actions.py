# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Writes of the core, and the audit event that every action of every room leaves behind."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import structlog
from django.db import transaction
from django.utils import timezone

from mainport.core.models import AuditEvent, Membership, Organisation, Person, Source
from mainport.core.rules.permissions import Actor, Grant


def record(*, by: Actor, action: str, subject: str, why: str = "", **data: Any) -> AuditEvent:
    """Keep who did what to `subject` (kind:key), in the transaction of the deed itself.

    Raises RuntimeError outside a transaction: then the event could be kept without its deed,
    or the deed without its event.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"audit event {action!r} outside a transaction")
    return AuditEvent.objects.create(
        at=timezone.now(),
        by_id=by.person_id,
        by_name=by.name,
        action=action,
        subject=subject,
        why=why,
        data=data,
        request_id=structlog.contextvars.get_contextvars().get("request_id", ""),
    )


@transaction.atomic
def put_organisations(*, by: Actor, names: dict[str, str]) -> None:
    """Make or rename organisations, by key. Those that are not named stay: people may belong to them."""
    known = {organisation.key: organisation for organisation in Organisation.objects.all()}
    for key, name in names.items():
        if key not in known:
            Organisation.objects.create(key=key, name=name)
            record(by=by, action="organisation.add", subject=f"organisation:{key}", name=name)
        elif known[key].name != name:
            Organisation.objects.filter(key=key).update(name=name)
            record(by=by, action="organisation.rename", subject=f"organisation:{key}", name=name)


@transaction.atomic
def put_sources(*, by: Actor, sources: Iterable[Source]) -> None:
    """Make or change sources, by key."""
    known = {source.key: source for source in Source.objects.all()}
    fields = ("title", "document", "url", "published")
    for source in sources:
        old = known.get(source.key)
        if old and all(getattr(old, field) == getattr(source, field) for field in fields):
            continue
        Source.objects.update_or_create(key=source.key, defaults={field: getattr(source, field) for field in fields})
        record(by=by, action="source.put", subject=f"source:{source.key}", document=source.document)


@transaction.atomic
def add_person(*, by: Actor, email: str, name: str, language: str = "nl", demo: bool = False) -> Person:
    """Give somebody an account without a password: they set one by e-mail, or log in by OpenID Connect."""
    person = Person(email=email.lower(), name=name, language=language, demo=demo)
    person.set_unusable_password()
    person.full_clean()
    person.save()
    record(by=by, action="person.add", subject=f"person:{person.pk}", email=person.email)
    return person


@transaction.atomic
def set_grants(*, by: Actor, person: Person, grants: Iterable[Grant], why: str = "") -> None:
    """Let this person hold exactly these roles."""
    wanted = set(grants)
    keys = {grant.organisation for grant in wanted if grant.organisation}
    organisations = {o.key: o for o in Organisation.objects.filter(key__in=keys)}
    if missing := keys - organisations.keys():
        raise ValueError(f"no organisation {', '.join(sorted(missing))}")
    held = set(person.actor.grants)
    for grant in held - wanted:
        person.memberships.filter(role=grant.role, organisation__key=grant.organisation).delete()
    for grant in wanted - held:
        membership = Membership(
            person=person, role=grant.role, organisation=organisations.get(grant.organisation or "")
        )
        membership.full_clean()
        membership.save()
    if held != wanted:
        record(
            by=by,
            action="person.grant",
            subject=f"person:{person.pk}",
            why=why,
            old=sorted(f"{g.role}@{g.organisation or '*'}" for g in held),
            new=sorted(f"{g.role}@{g.organisation or '*'}" for g in wanted),
        )
    person.__dict__.pop("actor", None)

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Writes of the core, and the audit event that every action of every room leaves behind."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from mainport.core.context import request_id
from mainport.core.models import AuditEvent, Membership, Organisation, Person, Source
from mainport.core.rules import people as rules
from mainport.core.rules.permissions import Actor, Grant, Permission, Role, require


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
        request_id=request_id.get(),
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
def add_person(*, by: Actor, email: str, name: str, language: str = "nl", demo: bool = False, why: str = "") -> Person:
    """Give somebody an account without a password: they set one by e-mail, or log in by OpenID Connect.

    The address counts as verified, since the only ways in are a link that is sent to it and a
    provider that vouches for it. Raises NotAllowed, and ValidationError for an address that is
    not one or that is taken.
    """
    # Only here: the application of accounts isn't there for commands that only read and write data.
    from allauth.account.models import EmailAddress

    require(by, Permission.MANAGE_PEOPLE)
    person = Person(email=email.strip().lower(), name=name.strip(), language=language, demo=demo)
    person.set_unusable_password()
    person.full_clean()
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    record(by=by, action="person.add", subject=_subject(person), why=why, email=person.email)
    return person


@transaction.atomic
def welcome(*, by: Actor, email: str, name: str, language: str, grants: Iterable[Grant], why: str) -> Person:
    """Give somebody an account with these roles; raises what `add_person` and `set_grants` raise."""
    person = add_person(by=by, email=email, name=name, language=language, why=why)
    set_grants(by=by, person=person, grants=grants, why=why)
    return person


@transaction.atomic
def set_details(*, by: Actor, person: Person, name: str, language: str, why: str = "") -> None:
    """Change somebody's name and language: their own without a reason, another's with one."""
    _refuse(rules.refusal_of_details(by, person.pk, person.actor.grants, why))
    old = {"name": person.name, "language": person.language}
    person.name, person.language = name.strip(), language
    person.full_clean()
    new = {"name": person.name, "language": person.language}
    if new != old:
        person.save(update_fields=["name", "language"])
        record(by=by, action="person.edit", subject=_subject(person), why=why, old=old, new=new)


@transaction.atomic
def set_grants(*, by: Actor, person: Person, grants: Iterable[Grant], why: str = "") -> None:
    """Let this person hold exactly these roles. Raises Refused where the rules of people forbid it."""
    wanted = set(grants)
    keys = {grant.organisation for grant in wanted if grant.organisation}
    organisations = {o.key: o for o in Organisation.objects.filter(key__in=keys)}
    if missing := keys - organisations.keys():
        raise ValueError(f"no organisation {', '.join(sorted(missing))}")
    others = _other_administrators(person)
    held = set(person.actor.grants)
    _refuse(rules.refusal_of_grants(by, person.pk, held, wanted, other_administrators=others, why=why))
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
            subject=_subject(person),
            why=why,
            old=sorted(f"{g.role}@{g.organisation or '*'}" for g in held),
            new=sorted(f"{g.role}@{g.organisation or '*'}" for g in wanted),
        )
    person.forget_actor()


@transaction.atomic
def set_access(*, by: Actor, person: Person, active: bool, why: str) -> None:
    """End somebody's access, or restore it. What they wrote and changed stays, with their name."""
    others = _other_administrators(person)
    _refuse(
        rules.refusal_of_access(
            by, person.pk, person.actor.grants, ends=not active, other_administrators=others, why=why
        )
    )
    if person.is_active != active:
        person.is_active = active
        person.save(update_fields=["is_active"])
        action = "person.restore-access" if active else "person.end-access"
        record(by=by, action=action, subject=_subject(person), why=why)


@transaction.atomic
def record_account_change(*, person: Person, change: str, **data: Any) -> AuditEvent:
    """Keep that somebody changed how they log in: password, e-mail address, second factor, passkey."""
    return record(by=person.actor, action=f"account.{change}", subject=_subject(person), **data)


def _subject(person: Person) -> str:
    return f"person:{person.pk}"


def _refuse(reason: rules.Reason | None) -> None:
    if reason:
        raise rules.Refused(reason)


def _other_administrators(person: Person) -> int:
    """How many other people may still log in as administrator; their rows are held until the end of the
    transaction, so that two administrators can't remove each other at the same moment."""
    memberships = Membership.objects.select_for_update().filter(role=Role.ADMINISTRATOR, person__is_active=True)
    return sum(membership.person_id != person.pk for membership in memberships)

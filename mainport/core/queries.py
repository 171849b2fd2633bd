# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Reads of the core."""

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from mainport.core.models import AuditEvent, Membership, Organisation, Person
from mainport.core.rules.permissions import ORGANISATION_ROLES, VISITOR, Actor, Permission, Role


def actor_of(user: Person | AnonymousUser) -> Actor:
    """Who a request's user is, as rules and actions know them."""
    return user.actor if isinstance(user, Person) and user.is_active else VISITOR


def people_with(permission: Permission, organisation: str) -> QuerySet[Person]:
    """People who hold a role for this organisation that carries the permission."""
    roles = [role.value for role, permissions in ORGANISATION_ROLES.items() if permission in permissions]
    return Person.objects.filter(
        is_active=True, memberships__role__in=roles, memberships__organisation__key=organisation
    ).distinct()


def people(
    *, by: Actor, words: str = "", role: Role | None = None, organisation: str = "", active: bool | None = None
) -> QuerySet[Person]:
    """People with their roles: all for those who manage them; none for others.

    `words` is looked for in name and e-mail address.
    """
    if not by.may(Permission.MANAGE_PEOPLE):
        return Person.objects.none()
    found = Person.objects.prefetch_related("memberships__organisation")
    if words:
        found = found.filter(Q(name__icontains=words) | Q(email__icontains=words))
    if active is not None:
        found = found.filter(is_active=active)
    held = Membership.objects.filter(person=OuterRef("pk"))
    if role:
        found = found.filter(Exists(held.filter(role=role)))
    if organisation:
        found = found.filter(Exists(held.filter(organisation__key=organisation)))
    return found


def organisations() -> QuerySet[Organisation]:
    """Organisations that people can work for, by name."""
    return Organisation.objects.all()


def people_in(organisations: Iterable[str]) -> list[tuple[Person, Role, str]]:
    """Who holds which role for these organisations (their keys). One query."""
    held = (
        Membership.objects.filter(person__is_active=True, organisation__key__in=organisations)
        .select_related("person", "organisation")
        .order_by("person__name", "person", "role", "organisation__key")
    )
    return [(m.person, Role(m.role), m.organisation.key) for m in held if m.organisation]


def history(subject: str) -> QuerySet[AuditEvent]:
    """What was done to one thing, newest first; whoever asks has already seen to it that the thing may be seen."""
    return AuditEvent.objects.filter(subject=subject)


def events(*, by: Actor, subject: str | None = None, person: str = "", action: str = "") -> QuerySet[AuditEvent]:
    """Audit events, newest first: all for those who may read them; none for others.

    `subject` is kind:key, or the beginning of it that ends with a colon; `person` is part of the
    name of who acted.
    """
    if not by.may(Permission.READ_AUDIT):
        return AuditEvent.objects.none()
    found = AuditEvent.objects.all()
    if subject:
        found = found.filter(subject__startswith=subject) if subject.endswith(":") else found.filter(subject=subject)
    if person:
        found = found.filter(by_name__icontains=person)
    if action:
        found = found.filter(action=action)
    return found


def event_actions(*, by: Actor) -> list[str]:
    """The actions that occur in the audit events that this actor may read."""
    return sorted(events(by=by).order_by().values_list("action", flat=True).distinct())


def offices(people: Iterable[int]) -> dict[int, tuple[Role, str]]:
    """As what each of these people (their ids) acts: a role, and the name of the organisation for which.

    Of several roles the one that reaches furthest. So a page can say where a change came from and
    name nobody. One query.
    """
    held = Membership.objects.filter(person__in=set(people)).select_related("organisation")
    found: dict[int, tuple[Role, str]] = {}
    for membership in sorted(held, key=lambda one: list(Role).index(Role(one.role))):
        organisation = membership.organisation
        found[membership.person_id] = (Role(membership.role), organisation.name if organisation else "")
    return found

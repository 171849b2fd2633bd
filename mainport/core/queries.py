# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Reads of the core."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from mainport.core.models import AuditEvent, Person
from mainport.core.rules.permissions import ORGANISATION_ROLES, VISITOR, Actor, Permission


def actor_of(user: Person | AnonymousUser) -> Actor:
    """Who a request's user is, as rules and actions know them."""
    return user.actor if isinstance(user, Person) and user.is_active else VISITOR


def people_with(permission: Permission, organisation: str) -> QuerySet[Person]:
    """People who hold a role for this organisation that carries the permission."""
    roles = [role.value for role, permissions in ORGANISATION_ROLES.items() if permission in permissions]
    return Person.objects.filter(
        is_active=True, memberships__role__in=roles, memberships__organisation__key=organisation
    ).distinct()


def events(*, by: Actor, subject: str | None = None) -> QuerySet[AuditEvent]:
    """Audit events, newest first: all for those who may read them; none for others."""
    if not by.may(Permission.READ_AUDIT):
        return AuditEvent.objects.none()
    found = AuditEvent.objects.all()
    return found.filter(subject=subject) if subject else found

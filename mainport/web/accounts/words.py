# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Roles, refusals and changes as people read them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mainport.core.models import Membership, Person
from mainport.core.rules.people import Reason
from mainport.core.rules.permissions import Role

ROLES: dict[Role, Promise] = {
    Role.VISITOR: _("Visitor"),
    Role.STUDENT: _("Student or intern"),
    Role.COURSE_PROVIDER: _("Provider of courses"),
    Role.REPORTER: _("Reporter"),
    Role.COORDINATOR: _("Coordinator"),
    Role.STEERING_GROUP: _("Member of the steering group"),
    Role.PROGRAMME_OFFICE: _("Programme office"),
    Role.RESEARCH_OFFICE: _("Research office"),
    Role.DATA_STEWARD: _("Data steward"),
    Role.ADMINISTRATOR: _("Administrator"),
}

REFUSALS: dict[Reason, Promise] = {
    Reason.NOT_A_MANAGER: _("You may not manage people. Ask the programme office."),
    Reason.OWN_ROLES: _("Nobody changes their own roles. Ask a colleague who manages people."),
    Reason.OWN_ACCESS: _("Nobody ends their own access. Ask a colleague who manages people."),
    Reason.GUARDED_ROLE: _("Only an administrator gives or takes the roles administrator and data steward."),
    Reason.GUARDED_PERSON: _("Only an administrator changes the account of an administrator or data steward."),
    Reason.LAST_ADMINISTRATOR: _("This is the last administrator. Make somebody else administrator first."),
    Reason.NO_REASON: _("Say why, so that others can follow it later."),
}


@dataclass(frozen=True)
class Held:
    """A role that somebody holds, as it is shown."""

    role: Promise
    organisation: str = ""


def held(memberships: list[Membership]) -> list[Held]:
    order = list(Role)
    return [
        Held(ROLES[Role(membership.role)], membership.organisation.name if membership.organisation else "")
        for membership in sorted(memberships, key=lambda one: order.index(Role(one.role)))
    ]


def roles_of(person: Person) -> list[Held]:
    """The roles of a person whose memberships were fetched with their organisations."""
    return held(list(person.memberships.all()))

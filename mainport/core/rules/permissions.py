# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Who may do what: the roles, the permissions, and the one table that ties them.

A permission that a role has *for its organisation* counts only for things of that organisation;
one that it has *everywhere* counts for all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """The roles of an alliance, from the outside in."""

    VISITOR = "visitor"
    STUDENT = "student"
    COURSE_PROVIDER = "course-provider"
    REPORTER = "reporter"
    COORDINATOR = "coordinator"
    STEERING_GROUP = "steering-group"
    PROGRAMME_OFFICE = "programme-office"
    RESEARCH_OFFICE = "research-office"
    DATA_STEWARD = "data-steward"
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    """What can be allowed."""

    ENTER_WORKSPACE = "enter-workspace"
    WRITE_REPORT = "write-report"
    REVIEW_REPORT = "review-report"
    READ_SUBMITTED_REPORT = "read-submitted-report"
    EDIT_PLAN = "edit-plan"
    EDIT_AGENDA = "edit-agenda"
    MANAGE_PERIODS = "manage-periods"
    MANAGE_FEEDS = "manage-feeds"
    SEND_REMINDERS = "send-reminders"
    READ_MONEY = "read-money"
    BOOK = "book"
    WRITE_PAPER = "write-paper"
    MANAGE_PAPERS = "manage-papers"
    SIGN_OFF = "sign-off"
    READ_BOARD = "read-board"
    PROPOSE_ITEM = "propose-item"
    MANAGE_BOARD = "manage-board"
    CLOSE_FOLLOW_UP = "close-follow-up"
    HAND_IN = "hand-in"
    REVIEW_WORK = "review-work"
    ADOPT_RECOMMENDATION = "adopt-recommendation"
    MANAGE_COURSES = "manage-courses"
    MANAGE_CATALOGUE = "manage-catalogue"
    MANAGE_REGION = "manage-region"
    MANAGE_PEOPLE = "manage-people"
    READ_AUDIT = "read-audit"
    USE_ADMIN = "use-admin"


P = Permission

#: Roles that a person holds for one organisation, and what they may do with its things.
ORGANISATION_ROLES: dict[Role, frozenset[Permission]] = {
    Role.COURSE_PROVIDER: frozenset({P.MANAGE_COURSES}),
    Role.REPORTER: frozenset(
        {P.WRITE_REPORT, P.READ_SUBMITTED_REPORT, P.WRITE_PAPER, P.CLOSE_FOLLOW_UP, P.ADOPT_RECOMMENDATION}
    ),
    Role.COORDINATOR: frozenset(
        {
            P.WRITE_REPORT,
            P.REVIEW_REPORT,
            P.READ_SUBMITTED_REPORT,
            P.EDIT_PLAN,
            P.WRITE_PAPER,
            P.SIGN_OFF,
            P.PROPOSE_ITEM,
            P.CLOSE_FOLLOW_UP,
            P.ADOPT_RECOMMENDATION,
        }
    ),
}

#: What each role may do everywhere.
ROLES: dict[Role, frozenset[Permission]] = {
    Role.VISITOR: frozenset(),
    Role.STUDENT: frozenset({P.HAND_IN}),
    Role.COURSE_PROVIDER: frozenset(),
    Role.REPORTER: frozenset({P.ENTER_WORKSPACE}),
    Role.COORDINATOR: frozenset({P.ENTER_WORKSPACE, P.READ_MONEY}),
    Role.STEERING_GROUP: frozenset({P.ENTER_WORKSPACE, P.READ_SUBMITTED_REPORT, P.READ_MONEY, P.READ_BOARD}),
    Role.PROGRAMME_OFFICE: frozenset(
        {
            P.ENTER_WORKSPACE,
            P.READ_SUBMITTED_REPORT,
            P.EDIT_PLAN,
            P.EDIT_AGENDA,
            P.MANAGE_PERIODS,
            P.MANAGE_FEEDS,
            P.SEND_REMINDERS,
            P.MANAGE_PEOPLE,
            P.READ_MONEY,
            P.BOOK,
            P.WRITE_PAPER,
            P.MANAGE_PAPERS,
            P.READ_BOARD,
            P.PROPOSE_ITEM,
            P.MANAGE_BOARD,
            P.CLOSE_FOLLOW_UP,
            P.ADOPT_RECOMMENDATION,
            P.MANAGE_COURSES,
            P.MANAGE_CATALOGUE,
            P.MANAGE_REGION,
        }
    ),
    Role.RESEARCH_OFFICE: frozenset({P.ENTER_WORKSPACE, P.REVIEW_WORK, P.MANAGE_CATALOGUE}),
    Role.DATA_STEWARD: frozenset(
        {P.ENTER_WORKSPACE, P.MANAGE_FEEDS, P.MANAGE_CATALOGUE, P.MANAGE_REGION, P.READ_AUDIT}
    ),
    Role.ADMINISTRATOR: frozenset({P.ENTER_WORKSPACE, P.MANAGE_PEOPLE, P.READ_AUDIT, P.USE_ADMIN}),
}

#: Roles that reach beyond one organisation's own work: a second factor is required.
STAFF_ROLES = frozenset({Role.PROGRAMME_OFFICE, Role.RESEARCH_OFFICE, Role.DATA_STEWARD, Role.ADMINISTRATOR})


@dataclass(frozen=True)
class Grant:
    """One role that somebody holds, for one organisation where the role asks for it."""

    role: Role
    organisation: str | None = None


@dataclass(frozen=True)
class Actor:
    """Who asks or acts: a person with grants, or the system itself.

    `name` is what history shows; `person_id` is None for a visitor and for the system.
    """

    name: str
    person_id: int | None = None
    grants: tuple[Grant, ...] = ()
    is_system: bool = False

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(grant.role for grant in self.grants) or frozenset({Role.VISITOR})

    @property
    def is_staff(self) -> bool:
        return not self.roles.isdisjoint(STAFF_ROLES)

    def may(self, permission: Permission, organisation: str | None = None) -> bool:
        """Whether this is allowed: everywhere, or for the organisation (its key) if one is given."""
        if self.is_system or any(permission in ROLES[role] for role in self.roles):
            return True
        return organisation is not None and organisation in self.organisations(permission)

    def organisations(self, permission: Permission) -> frozenset[str]:
        """Keys of the organisations for which this is allowed by an organisation's role."""
        return frozenset(
            grant.organisation
            for grant in self.grants
            if grant.organisation and permission in ORGANISATION_ROLES.get(grant.role, ())
        )


VISITOR = Actor(name="")


class NotAllowed(Exception):
    """The actor may not do this."""


def require(by: Actor, permission: Permission, organisation: str | None = None) -> None:
    """Raises NotAllowed where this actor lacks the permission, for the organisation if one is given."""
    if not by.may(permission, organisation):
        raise NotAllowed(f"{by.name or 'a visitor'} may not {permission}")


def system(name: str) -> Actor:
    """The machine acting by itself, named after the command or job."""
    return Actor(name=name, is_system=True)


def needs_organisation(role: Role) -> bool:
    return role in ORGANISATION_ROLES


def granted_roles(grants: Iterable[Grant]) -> list[str]:
    return sorted({grant.role.value for grant in grants})

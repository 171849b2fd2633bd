# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Who may change whose account, and which roles they may give."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from mainport.core.rules.permissions import Actor, Grant, Permission, Role

#: Only an administrator gives or takes these, and changes the accounts of those who hold them:
#: else whoever manages people could make themselves administrator by way of another account.
GUARDED_ROLES = frozenset({Role.ADMINISTRATOR, Role.DATA_STEWARD})


class Reason(StrEnum):
    """Why a change of somebody's account is refused."""

    NOT_A_MANAGER = "not-a-manager"
    OWN_ROLES = "own-roles"
    OWN_ACCESS = "own-access"
    GUARDED_ROLE = "guarded-role"
    GUARDED_PERSON = "guarded-person"
    LAST_ADMINISTRATOR = "last-administrator"
    NO_REASON = "no-reason"


class Refused(Exception):
    """A change of somebody's account that is not carried out."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def may_guard(by: Actor) -> bool:
    """Whether this actor may touch the guarded roles."""
    return by.is_system or Role.ADMINISTRATOR in by.roles


def roles_to_give(by: Actor) -> list[Role]:
    """The roles that this actor may give, from the outside in."""
    if not by.may(Permission.MANAGE_PEOPLE):
        return []
    return [role for role in Role if role != Role.VISITOR and (may_guard(by) or role not in GUARDED_ROLES)]


def may_change(by: Actor, held: Iterable[Grant]) -> bool:
    """Whether this actor may change the account of somebody who holds these roles."""
    return _refusal_of_person(by, held) is None


def refusal_of_details(by: Actor, person_id: int, held: Iterable[Grant], why: str) -> Reason | None:
    """Why this actor may not change that person's name and language; None where they may."""
    if by.person_id == person_id:
        return None
    return _refusal_of_person(by, held) or _refusal_without_reason(by, why)


def refusal_of_grants(
    by: Actor, person_id: int, held: Iterable[Grant], wanted: Iterable[Grant], *, other_administrators: int, why: str
) -> Reason | None:
    """Why this actor may not give that person exactly these roles; None where they may."""
    held, wanted = frozenset(held), frozenset(wanted)
    if not by.may(Permission.MANAGE_PEOPLE):
        return Reason.NOT_A_MANAGER
    if held == wanted:
        return None
    if by.person_id == person_id:
        return Reason.OWN_ROLES
    if not may_guard(by) and any(grant.role in GUARDED_ROLES for grant in held ^ wanted):
        return Reason.GUARDED_ROLE
    if Grant(Role.ADMINISTRATOR) in held - wanted and not other_administrators:
        return Reason.LAST_ADMINISTRATOR
    return _refusal_of_person(by, held) or _refusal_without_reason(by, why)


def refusal_of_access(
    by: Actor, person_id: int, held: Iterable[Grant], *, ends: bool, other_administrators: int, why: str
) -> Reason | None:
    """Why this actor may not end or restore that person's access; None where they may."""
    held = frozenset(held)
    if by.person_id == person_id:
        return Reason.OWN_ACCESS if by.may(Permission.MANAGE_PEOPLE) else Reason.NOT_A_MANAGER
    if ends and Grant(Role.ADMINISTRATOR) in held and not other_administrators:
        return _refusal_of_person(by, held) or Reason.LAST_ADMINISTRATOR
    return _refusal_of_person(by, held) or _refusal_without_reason(by, why)


def _refusal_of_person(by: Actor, held: Iterable[Grant]) -> Reason | None:
    if not by.may(Permission.MANAGE_PEOPLE):
        return Reason.NOT_A_MANAGER
    if not may_guard(by) and any(grant.role in GUARDED_ROLES for grant in held):
        return Reason.GUARDED_PERSON
    return None


def _refusal_without_reason(by: Actor, why: str) -> Reason | None:
    return None if by.is_system or why.strip() else Reason.NO_REASON

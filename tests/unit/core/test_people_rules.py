# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Who may change whose account, and which roles they may give."""

import pytest

from mainport.core.rules import people
from mainport.core.rules.people import Reason
from mainport.core.rules.permissions import VISITOR, Actor, Grant, NotAllowed, Permission, Role, require, system

REPORTER = frozenset({Grant(Role.REPORTER, "hanze")})
STEERING = frozenset({Grant(Role.STEERING_GROUP)})
STEWARD = frozenset({Grant(Role.DATA_STEWARD)})
ADMINISTRATOR = frozenset({Grant(Role.ADMINISTRATOR)})

ALICE = Actor("Alice", 1, tuple(REPORTER))
DAVE = Actor("Dave", 4, (Grant(Role.PROGRAMME_OFFICE),))
GRACE = Actor("Grace", 7, tuple(ADMINISTRATOR))


def grants(by, held, wanted, *, person_id=99, others=1, why="tests"):
    return people.refusal_of_grants(by, person_id, held, wanted, other_administrators=others, why=why)


def test_the_programme_office_gives_and_takes_ordinary_roles():
    assert grants(DAVE, frozenset(), REPORTER) is None
    assert grants(DAVE, REPORTER, STEERING) is None
    assert grants(DAVE, REPORTER, frozenset()) is None


@pytest.mark.parametrize("by", [VISITOR, ALICE])
def test_others_give_nothing(by):
    assert grants(by, frozenset(), REPORTER) == Reason.NOT_A_MANAGER
    assert people.roles_to_give(by) == []


@pytest.mark.parametrize("guarded", [STEWARD, ADMINISTRATOR])
def test_only_an_administrator_gives_or_takes_a_guarded_role(guarded):
    assert grants(DAVE, frozenset(), guarded) == Reason.GUARDED_ROLE
    assert grants(DAVE, guarded, frozenset()) == Reason.GUARDED_ROLE
    assert grants(GRACE, frozenset(), guarded) is None
    assert grants(GRACE, guarded, frozenset()) is None


def test_who_holds_a_guarded_role_is_changed_by_an_administrator_only():
    assert grants(DAVE, STEWARD, STEWARD | REPORTER) == Reason.GUARDED_PERSON
    assert people.refusal_of_details(DAVE, 99, STEWARD, "tests") == Reason.GUARDED_PERSON
    assert not people.may_change(DAVE, ADMINISTRATOR)
    assert people.may_change(GRACE, ADMINISTRATOR)


@pytest.mark.parametrize("by", [DAVE, GRACE])
def test_nobody_changes_their_own_roles_or_access(by):
    assert grants(by, frozenset(by.grants), STEERING, person_id=by.person_id) == Reason.OWN_ROLES
    access = people.refusal_of_access(by, by.person_id, by.grants, ends=True, other_administrators=1, why="tests")
    assert access == Reason.OWN_ACCESS


def test_everybody_changes_their_own_name_without_a_reason_and_nobody_elses():
    assert people.refusal_of_details(ALICE, 1, REPORTER, "") is None
    assert people.refusal_of_details(ALICE, 2, REPORTER, "tests") == Reason.NOT_A_MANAGER


def test_the_last_administrator_stays():
    assert grants(GRACE, ADMINISTRATOR, frozenset(), others=0) == Reason.LAST_ADMINISTRATOR
    assert grants(system("tests"), ADMINISTRATOR, frozenset(), others=0) == Reason.LAST_ADMINISTRATOR
    ends = people.refusal_of_access(GRACE, 99, ADMINISTRATOR, ends=True, other_administrators=0, why="tests")
    assert ends == Reason.LAST_ADMINISTRATOR
    restores = people.refusal_of_access(GRACE, 99, ADMINISTRATOR, ends=False, other_administrators=0, why="tests")
    assert restores is None


@pytest.mark.parametrize("why", ["", "   "])
def test_a_change_of_somebody_else_asks_for_a_reason(why):
    assert grants(DAVE, frozenset(), REPORTER, why=why) == Reason.NO_REASON
    assert people.refusal_of_details(DAVE, 99, REPORTER, why) == Reason.NO_REASON
    access = people.refusal_of_access(DAVE, 99, REPORTER, ends=True, other_administrators=1, why=why)
    assert access == Reason.NO_REASON
    assert grants(system("tests"), frozenset(), REPORTER, why=why) is None


def test_the_same_roles_again_are_no_change():
    assert grants(DAVE, REPORTER, REPORTER, why="") is None


def test_roles_to_give():
    assert Role.ADMINISTRATOR not in people.roles_to_give(DAVE)
    assert set(people.roles_to_give(GRACE)) == set(Role) - {Role.VISITOR}


def test_require():
    require(DAVE, Permission.MANAGE_PEOPLE)
    with pytest.raises(NotAllowed, match="Alice may not manage-people"):
        require(ALICE, Permission.MANAGE_PEOPLE)
    with pytest.raises(NotAllowed, match="a visitor"):
        require(VISITOR, Permission.WRITE_REPORT, "hanze")

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Accounts, roles and access: what the actions write, and what the queries show to whom."""

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError

from mainport.core import actions, queries
from mainport.core.models import AuditEvent, Membership, Person
from mainport.core.rules.people import Reason, Refused
from mainport.core.rules.permissions import VISITOR, Grant, NotAllowed, Role, system

pytestmark = pytest.mark.django_db

BY = system("tests")


def refusal(action, **arguments):
    with pytest.raises(Refused) as refused:
        action(**arguments)
    return refused.value.reason


def test_somebody_gets_an_account_with_roles_in_one_go(cast):
    grants = [Grant(Role.REPORTER, "rug"), Grant(Role.STEERING_GROUP)]
    heidi = actions.welcome(
        by=cast.dave.actor, email=" Heidi@Example.org ", name="Heidi", language="en", grants=grants, why="new colleague"
    )
    heidi = Person.objects.get(pk=heidi.pk)
    assert (heidi.email, heidi.name, heidi.language, heidi.is_active) == ("heidi@example.org", "Heidi", "en", True)
    assert not heidi.has_usable_password()
    assert set(heidi.actor.grants) == set(grants)
    address = EmailAddress.objects.get(user=heidi)
    assert (address.email, address.primary, address.verified) == ("heidi@example.org", True, True)
    events = list(AuditEvent.objects.filter(subject=f"person:{heidi.pk}").order_by("id"))
    assert [(e.action, e.by_name, e.why) for e in events] == [
        ("person.add", "Dave", "new colleague"),
        ("person.grant", "Dave", "new colleague"),
    ]
    assert events[1].data == {"old": [], "new": ["reporter@rug", "steering-group@*"]}


def test_where_the_roles_are_refused_there_is_no_account_either(cast):
    arguments = {"email": "heidi@example.org", "name": "Heidi", "language": "nl", "why": "tests"}
    grants = [Grant(Role.ADMINISTRATOR)]
    assert refusal(actions.welcome, by=cast.dave.actor, grants=grants, **arguments) == Reason.GUARDED_ROLE
    assert not Person.objects.filter(email="heidi@example.org").exists()
    assert not AuditEvent.objects.filter(data__email="heidi@example.org").exists()


def test_an_address_is_given_once_in_any_case_of_letters(cast):
    with pytest.raises(ValidationError):
        actions.add_person(by=BY, email="ALICE@example.org", name="Another Alice")


def test_others_add_nobody(cast):
    for person in (cast.alice, cast.erin, cast.frank):
        with pytest.raises(NotAllowed):
            actions.add_person(by=person.actor, email="x@example.org", name="X")


def test_an_organisation_that_is_not_there_gives_no_role(cast):
    with pytest.raises(ValueError, match="nowhere"):
        actions.set_grants(by=BY, person=cast.erin, grants=[Grant(Role.REPORTER, "nowhere")])


def test_details_are_kept_with_what_they_were(cast):
    actions.set_details(by=cast.alice.actor, person=cast.alice, name="Alice de Vries", language="en")
    event = AuditEvent.objects.get(action="person.edit")
    assert event.data == {
        "old": {"name": "Alice", "language": "nl"},
        "new": {"name": "Alice de Vries", "language": "en"},
    }
    actions.set_details(by=cast.alice.actor, person=cast.alice, name="Alice de Vries", language="en")
    assert AuditEvent.objects.filter(action="person.edit").count() == 1


def test_access_ends_and_comes_back_with_a_reason(cast):
    person = Person.objects.get(pk=cast.alice.pk)
    actions.set_access(by=cast.dave.actor, person=person, active=False, why="left")
    assert queries.actor_of(Person.objects.get(pk=person.pk)) == VISITOR
    actions.set_access(by=cast.dave.actor, person=person, active=True, why="came back")
    assert Person.objects.get(pk=person.pk).is_active
    kept = AuditEvent.objects.filter(action__contains="access").order_by("id").values_list("action", "why")
    assert list(kept) == [("person.end-access", "left"), ("person.restore-access", "came back")]


def test_the_last_administrator_who_may_log_in_stays(cast):
    heidi = actions.welcome(
        by=BY, email="heidi@example.org", name="Heidi", language="nl", grants=[Grant(Role.ADMINISTRATOR)], why=""
    )
    actions.set_access(by=cast.grace.actor, person=heidi, active=False, why="left")
    by = system("somebody else")
    assert refusal(actions.set_grants, by=by, person=cast.grace, grants=[]) == Reason.LAST_ADMINISTRATOR
    assert refusal(actions.set_access, by=by, person=cast.grace, active=False, why="x") == Reason.LAST_ADMINISTRATOR
    actions.set_access(by=cast.grace.actor, person=heidi, active=True, why="back")
    actions.set_grants(by=heidi.actor, person=cast.grace, grants=[], why="another task")
    assert not Membership.objects.filter(person=cast.grace).exists()


def test_people_are_shown_to_those_who_manage_them(cast):
    assert queries.people(by=cast.dave.actor).count() == queries.people(by=cast.grace.actor).count() == 7
    for actor in (VISITOR, cast.alice.actor, cast.bob.actor, cast.erin.actor, cast.frank.actor):
        assert not queries.people(by=actor).exists()


@pytest.mark.parametrize(
    ("chosen", "names"),
    [
        ({"words": "ALI"}, ["Alice"]),
        ({"words": "bob@"}, ["Bob"]),
        ({"role": Role.REPORTER}, ["Alice", "Charlie"]),
        ({"organisation": "hanze"}, ["Alice", "Bob"]),
        ({"role": Role.REPORTER, "organisation": "rug"}, ["Charlie"]),
        ({"active": False}, []),
    ],
)
def test_people_are_found(cast, chosen, names):
    assert [person.name for person in queries.people(by=cast.dave.actor, **chosen)] == names


def test_people_and_their_roles_take_two_queries_and_organisations_one(cast, django_assert_num_queries):
    with django_assert_num_queries(3):
        assert [len(person.memberships.all()) for person in queries.people(by=system("tests"))] == [1] * 7


def test_audit_events_are_found_by_what_who_and_action(cast):
    actions.set_details(by=cast.alice.actor, person=cast.alice, name="Alicia", language="nl")
    by = cast.frank.actor
    subject = f"person:{cast.alice.pk}"
    assert {event.subject for event in queries.events(by=by, subject=subject)} == {subject}
    assert queries.events(by=by, subject="person:").count() == 15
    assert {event.by_name for event in queries.events(by=by, person="alic")} == {"Alice"}
    assert queries.events(by=by, action="person.edit").count() == 1
    assert "person.edit" in queries.event_actions(by=by)
    assert not queries.events(by=cast.dave.actor).exists()
    assert queries.event_actions(by=cast.dave.actor) == []

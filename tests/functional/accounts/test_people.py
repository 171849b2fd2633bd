# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The list of people, adding somebody, changing roles, ending access."""

import csv
import io
import re

import pytest
from django.urls import reverse

from mainport.core.actions import add_person
from mainport.core.models import AuditEvent, Person
from mainport.core.rules.permissions import Grant, Role, system

pytestmark = pytest.mark.django_db


@pytest.fixture
def dave(cast, as_person):
    return as_person(cast.dave)


@pytest.fixture
def grace(cast, as_person):
    return as_person(cast.grace)


NEW = {"email": "heidi@example.org", "name": "Heidi", "language": "nl", "why": "new colleague"}


def test_the_list_shows_roles_and_filters(dave, cast):
    page = dave.get(reverse("people")).content.decode()
    assert "Reporter for Rijksuniversiteit Groningen" in page
    assert "7 people" in page
    found = dave.get(reverse("people"), {"role": "reporter", "organisation": "rug"})
    assert [person.name for person, _roles in found.context["people"]] == ["Charlie"]
    assert "Clear filters" in found.content.decode()


def test_the_same_data_as_json_and_csv(dave, cast):
    data = dave.get(reverse("people_json"), {"q": "alice"}).json()
    assert data["count"] == 1
    assert data["people"][0]["roles"] == [{"role": "reporter", "organisation": "hanze"}]
    rows = list(csv.DictReader(io.StringIO(dave.get(reverse("people_csv")).content.decode())))
    assert len(rows) == 7
    assert rows[0]["roles"] == "reporter@hanze"


def test_the_list_takes_few_queries_whatever_its_size(dave, groningen, django_assert_max_num_queries):
    for number in range(60):
        add_person(by=system("tests"), email=f"p{number}@example.org", name=f"P{number}")
    with django_assert_max_num_queries(12):
        page = dave.get(reverse("people"))
    assert page.context["page_obj"].paginator.num_pages == 2


def test_somebody_is_added_and_invited_in_their_own_language(dave, client, mailoutbox):
    response = dave.post(
        reverse("person_add"),
        {**NEW, "language": "en", "role-0": "reporter", "organisation-0": "hanze", "role-1": "steering-group"},
        follow=True,
    )
    heidi = Person.objects.get(email="heidi@example.org")
    assert response.redirect_chain[-1][0] == reverse("person", kwargs={"pk": heidi.pk})
    assert "The invitation is on its way to heidi@example.org." in response.content.decode()
    assert set(heidi.actor.grants) == {Grant(Role.REPORTER, "hanze"), Grant(Role.STEERING_GROUP)}
    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == (["heidi@example.org"], "Your account")
    assert "given by Dave" in mail.body
    link = re.search(r"http://localhost:8000(/en/account/password/reset/key/\S+)", mail.body).group(1)
    form = client.get(link, follow=True)
    client.post(
        form.redirect_chain[-1][0], {"password1": "eleven green bicycles", "password2": "eleven green bicycles"}
    )
    response = client.post(
        reverse("account_login"), {"login": "heidi@example.org", "password": "eleven green bicycles"}
    )
    assert response["Location"] == reverse("workspace")


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"email": "alice@example.org"}, "email"),
        ({"email": "no address"}, "email"),
        ({"why": " "}, "why"),
        ({"role-0": "reporter"}, "organisation-0"),
        ({"role-0": "steering-group", "organisation-0": "hanze"}, "organisation-0"),
        ({"role-0": "administrator"}, "role-0"),
        ({"role-0": "data-steward"}, "role-0"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(dave, mailoutbox, sent, field):
    page = dave.post(reverse("person_add"), {**NEW, **sent})
    assert page.status_code == 200
    assert list(page.context["form"].errors) == [field]
    assert Person.objects.count() == 7
    assert mailoutbox == []


def test_when_the_mail_server_is_away_the_account_is_there_and_it_is_said(dave, settings):
    settings.EMAIL_BACKEND = "tests.functional.accounts.no_mail.Backend"
    page = dave.post(reverse("person_add"), NEW, follow=True)
    assert "the mail server did not take the invitation" in page.content.decode()
    assert Person.objects.filter(email="heidi@example.org").exists()


def test_roles_change_with_a_reason(dave, cast):
    url = reverse("person", kwargs={"pk": cast.alice.pk})
    form = {"name": "Alice", "language": "nl", "role-0": "coordinator", "organisation-0": "hanze"}
    page = dave.post(url, form)
    assert "why" in page.context["form"].errors
    dave.post(url, {**form, "why": "Bob left"})
    assert Person.objects.get(pk=cast.alice.pk).actor.grants == (Grant(Role.COORDINATOR, "hanze"),)
    event = AuditEvent.objects.filter(action="person.grant").latest("id")
    assert (event.by_name, event.why) == ("Dave", "Bob left")


def test_nobody_changes_themselves_here(dave, grace, cast):
    for client, person in ((dave, cast.dave), (grace, cast.grace)):
        url = reverse("person", kwargs={"pk": person.pk})
        assert "Nobody changes their own roles" in client.get(url).content.decode()
        client.post(url, {"name": "X", "language": "nl", "role-0": "", "why": "tests"})
        client.post(reverse("person_access", kwargs={"pk": person.pk}), {"why": "tests"})
        kept = Person.objects.get(pk=person.pk)
        assert kept.is_active
        assert kept.actor.grants == person.actor.grants


def test_an_administrator_gives_what_the_office_cannot(grace, dave, cast):
    url = reverse("person", kwargs={"pk": cast.erin.pk})
    form = {"name": "Erin", "language": "nl", "role-0": "data-steward", "why": "tests"}
    assert dave.post(url, form).status_code == 200
    assert Person.objects.get(pk=cast.erin.pk).actor.grants == cast.erin.actor.grants
    grace.post(url, form)
    assert Person.objects.get(pk=cast.erin.pk).actor.grants == (Grant(Role.DATA_STEWARD),)


def test_the_office_sees_but_does_not_touch_an_administrator(dave, cast):
    url = reverse("person", kwargs={"pk": cast.grace.pk})
    page = dave.get(url).content.decode()
    assert "Only an administrator changes the account" in page
    assert "End the access" not in page
    dave.post(reverse("person_access", kwargs={"pk": cast.grace.pk}), {"why": "tests"})
    assert Person.objects.get(pk=cast.grace.pk).is_active


def test_access_ends_and_comes_back(dave, cast):
    url = reverse("person_access", kwargs={"pk": cast.alice.pk})
    page = dave.post(url, {"why": ""}, follow=True)
    assert "Say why" in page.content.decode()
    assert Person.objects.get(pk=cast.alice.pk).is_active
    page = dave.post(url, {"why": "left"}, follow=True)
    assert "The access of Alice has ended." in page.content.decode()
    page = dave.post(reverse("person_invite", kwargs={"pk": cast.alice.pk}), follow=True)
    assert "Restore the access first." in page.content.decode()
    page = dave.post(url, {"why": "back"}, follow=True)
    assert "The access of Alice is restored." in page.content.decode()


def test_the_history_of_somebody_is_linked_for_who_may_read_it(dave, grace, cast):
    url = reverse("person", kwargs={"pk": cast.alice.pk})
    assert f"subject=person:{cast.alice.pk}" in grace.get(url).content.decode()
    assert "subject=person:" not in dave.get(url).content.decode()

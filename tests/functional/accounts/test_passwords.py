# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Setting a password by e-mail, changing it, and changing one's e-mail address."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from mainport.core.models import AuditEvent, Person

pytestmark = pytest.mark.django_db

NEW = "eleven green bicycles"


def link_in(mail):
    return re.search(r"https?://\S+/(en|nl)/account/\S+", mail.body).group()


def path_of(link):
    return "/" + link.split("/", 3)[3]


def ask(client, email):
    return client.post(reverse("account_reset_password"), {"email": email})


def test_a_password_is_set_anew_by_a_link(client, cast, mailoutbox, with_password):
    with_password(cast.alice)
    response = ask(client, "alice@example.org")
    assert response["Location"] == reverse("account_reset_password_done")
    assert [mail.to for mail in mailoutbox] == [["alice@example.org"]]
    form = client.get(path_of(link_in(mailoutbox[0])), follow=True)
    response = client.post(form.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})
    assert response["Location"] == reverse("account_reset_password_from_key_done")
    assert Person.objects.get(pk=cast.alice.pk).check_password(NEW)
    assert AuditEvent.objects.get(action="account.password-reset").subject == f"person:{cast.alice.pk}"
    assert len(mailoutbox) == 2  # She is told that it happened.
    again = client.get(path_of(link_in(mailoutbox[0])), follow=True)
    assert "This link no longer works" in again.content.decode()


def test_the_e_mail_is_in_the_language_of_whom_it_is_for(client, cast, mailoutbox):
    type(cast.alice).objects.filter(pk=cast.alice.pk).update(language="en")
    ask(client, "alice@example.org")
    assert mailoutbox[0].subject == "Set your password"
    assert mailoutbox[0].body.startswith("Dear Alice,")
    assert "{" not in mailoutbox[0].body


def test_a_stranger_gets_no_e_mail_and_is_not_told_so(client, cast, mailoutbox):
    assert ask(client, "nobody@example.org")["Location"] == reverse("account_reset_password_done")
    assert mailoutbox == []


def test_the_same_address_is_not_mailed_without_end(client, cast, mailoutbox):
    assert [ask(client, "alice@example.org").status_code for _ in range(4)] == [302, 302, 302, 429]
    assert len(mailoutbox) == 3


@pytest.mark.parametrize("password", ["short", "password1234"])
def test_a_weak_password_is_refused(client, cast, mailoutbox, password):
    ask(client, "alice@example.org")
    form = client.get(path_of(link_in(mailoutbox[0])), follow=True)
    page = client.post(form.redirect_chain[-1][0], {"password1": password, "password2": password})
    assert page.status_code == 200
    assert "password1" in page.context["form"].errors
    assert not Person.objects.get(pk=cast.alice.pk).check_password(password)


def test_one_changes_ones_password_with_the_old_one(as_person, cast, with_password, mailoutbox):
    old = with_password(cast.alice)
    client = as_person(cast.alice)
    url = reverse("account_change_password")
    page = client.post(url, {"oldpassword": "wrong", "password1": NEW, "password2": NEW})
    assert page.context["form"].errors == {"oldpassword": ["This is not your current password."]}
    client.post(url, {"oldpassword": old, "password1": NEW, "password2": NEW})
    assert Person.objects.get(pk=cast.alice.pk).check_password(NEW)
    assert AuditEvent.objects.filter(action="account.password-changed", by_name="Alice").count() == 1


def test_an_address_changes_once_the_new_one_is_confirmed(as_person, cast, with_password, mailoutbox):
    password = with_password(cast.alice)
    client = as_person(cast.alice)
    client.post(reverse("account_reauthenticate"), {"password": password})
    client.post(reverse("account_email"), {"action_add": "", "email": "alice@new.example"})
    assert Person.objects.get(pk=cast.alice.pk).email == "alice@example.org"
    link = next(link_in(mail) for mail in mailoutbox if mail.to == ["alice@new.example"])
    page = client.get(path_of(link))
    assert "alice@new.example" in page.content.decode()
    client.post(path_of(link))
    assert Person.objects.get(pk=cast.alice.pk).email == "alice@new.example"
    addresses = EmailAddress.objects.filter(user=cast.alice).values_list("email", "primary", "verified")
    assert list(addresses) == [("alice@new.example", True, True)]
    assert AuditEvent.objects.filter(action="account.email-changed").count() == 1


def test_an_address_of_somebody_else_never_becomes_ones_own(as_person, cast, mailoutbox):
    client = as_person(cast.alice)
    client.post(reverse("account_email"), {"action_add": "", "email": "bob@example.org"})
    for mail in mailoutbox:
        if "confirm-email" in mail.body:
            client.post(path_of(link_in(mail)))
    assert Person.objects.get(pk=cast.alice.pk).email == "alice@example.org"
    assert EmailAddress.objects.get(email="bob@example.org", verified=True).user == cast.bob

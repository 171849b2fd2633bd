# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Logging in: by password, with a second step, out, and when it fails."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.urls import reverse

from mainport.core.actions import set_access
from mainport.core.rules.permissions import system

pytestmark = pytest.mark.django_db

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def log_in(client, person, password):
    return client.post(reverse("account_login"), {"login": person.email, "password": password})


def code_of(secret):
    return totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))


def test_a_reporter_comes_in_by_password(client, cast, with_password):
    response = log_in(client, cast.alice, with_password(cast.alice))
    assert (response.status_code, response["Location"]) == (302, reverse("workspace"))
    assert client.get(reverse("account")).context["user"] == cast.alice


def test_the_address_may_be_in_any_case_of_letters(client, cast, with_password):
    response = client.post(
        reverse("account_login"), {"login": "ALICE@Example.org", "password": with_password(cast.alice)}
    )
    assert response["Location"] == reverse("workspace")


def test_one_goes_on_to_where_one_wanted_to_be(client, cast, with_password):
    wanted = reverse("account")
    page = client.get(wanted, follow=True)
    assert page.redirect_chain[-1][0] == f"{reverse('account_login')}?next={wanted}"
    response = client.post(
        reverse("account_login"),
        {"login": cast.alice.email, "password": with_password(cast.alice), "next": wanted},
    )
    assert response["Location"] == wanted


def test_nobody_is_sent_to_another_site(client, cast, with_password):
    response = client.post(
        reverse("account_login"),
        {"login": cast.alice.email, "password": with_password(cast.alice), "next": "https://elsewhere.example/"},
    )
    assert response["Location"] == reverse("workspace")


@pytest.mark.parametrize("email", ["alice@example.org", "nobody@example.org"])
def test_a_wrong_password_and_an_unknown_address_look_the_same(client, cast, with_password, email):
    with_password(cast.alice)
    response = client.post(reverse("account_login"), {"login": email, "password": "wrong"})
    assert response.status_code == 200
    errors = response.context["form"].non_field_errors()
    assert errors == ["This e-mail address and password do not belong together. Check both."]


def test_staff_give_a_code_as_well(client, cast, with_password):
    Authenticator.objects.filter(user=cast.dave).update(data={"secret": SECRET})
    response = log_in(client, cast.dave, with_password(cast.dave))
    assert response["Location"] == reverse("mfa_authenticate")
    assert client.get(reverse("workspace")).status_code == 302
    page = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "This code is not right" in page.content.decode()
    response = client.post(reverse("mfa_authenticate"), {"code": code_of(SECRET)})
    assert response["Location"] == reverse("workspace")
    assert client.get(reverse("account")).context["user"] == cast.dave


def test_after_five_failures_one_waits_even_with_the_right_password(client, cast, with_password):
    password = with_password(cast.alice)
    for _attempt in range(5):
        log_in(client, cast.alice, "wrong")
    response = log_in(client, cast.alice, password)
    assert response.status_code == 200
    assert response.context["form"].non_field_errors() == ["Too many failed attempts. Wait five minutes and try again."]
    assert log_in(client, cast.bob, with_password(cast.bob)).status_code == 302


def test_too_many_log_ins_from_one_address_answer_429(client, cast):
    statuses = [
        client.post(reverse("account_login"), {"login": f"x{number}@example.org", "password": "x"}).status_code
        for number in range(31)
    ]
    assert statuses[0] == 200
    assert statuses[-1] == 429


def test_who_has_no_access_any_more_does_not_come_in_and_is_out_at_once(client, cast, with_password):
    password = with_password(cast.alice)
    log_in(client, cast.alice, password)
    set_access(by=system("tests"), person=cast.alice, active=False, why="left")
    assert client.get(reverse("account")).status_code == 302
    response = client.post(reverse("account_login"), {"login": cast.alice.email, "password": password}, follow=True)
    assert "Your access has ended" in response.content.decode()


def test_logging_out_asks_and_then_does(client, cast, with_password):
    log_in(client, cast.alice, with_password(cast.alice))
    assert client.get(reverse("account_logout")).status_code == 200
    assert client.get(reverse("account")).status_code == 200
    client.post(reverse("account_logout"))
    assert client.get(reverse("account")).status_code == 302


def test_nobody_signs_up(client, cast):
    page = client.get(reverse("account_signup"))
    assert page.status_code == 200
    assert "Accounts are given, not taken" in page.content.decode()
    client.post(reverse("account_signup"), {"email": "new@example.org", "password1": "four quiet winter boats"})
    assert type(cast.alice).objects.count() == 7


def test_a_session_lasts_half_a_day(client, cast, with_password):
    log_in(client, cast.alice, with_password(cast.alice))
    assert client.session.get_expiry_age() == 12 * 60 * 60

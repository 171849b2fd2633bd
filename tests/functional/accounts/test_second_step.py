# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The second step: who must have one, and setting it up."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.urls import reverse

from mainport.core.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def dave_without(cast, as_person):
    Authenticator.objects.filter(user=cast.dave).delete()
    return as_person(cast.dave)


@pytest.mark.parametrize("name", ["dave", "frank", "grace"])
def test_staff_without_one_get_no_further(cast, as_person, name):
    person = getattr(cast, name)
    Authenticator.objects.filter(user=person).delete()
    client = as_person(person)
    for wanted in ("home", "workspace", "account"):
        response = client.get(reverse(wanted))
        assert (response.status_code, response["Location"]) == (302, reverse("mfa_index"))
    page = client.get(reverse("mfa_index"))
    assert "Set up a second step first" in page.content.decode()


def test_others_may_do_without(cast, as_person):
    for person in (cast.alice, cast.bob, cast.erin):
        assert as_person(person).get(reverse("workspace")).status_code == 200


def test_a_recovery_code_alone_is_none(dave_without, cast):
    Authenticator.objects.create(user=cast.dave, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "x"})
    assert dave_without.get(reverse("workspace"))["Location"] == reverse("mfa_index")


def test_the_way_out_and_the_other_language_stay_open(dave_without):
    assert dave_without.get("/nl/account/2fa/").status_code == 200
    assert dave_without.get(reverse("account_logout")).status_code == 200


def test_htmx_is_told_to_leave_the_page(dave_without):
    response = dave_without.get(reverse("workspace"), headers={"HX-Request": "true"})
    assert (response.status_code, response["HX-Redirect"]) == (200, reverse("mfa_index"))


def test_the_api_says_the_same_to_everybody(dave_without, client, groningen):
    url = reverse("api:get_agenda")
    assert dave_without.get(url).status_code == client.get(url).status_code == 200


@pytest.mark.django_db(transaction=True)  # What is told and kept is so once the deed is committed.
def test_setting_up_an_app(dave_without, cast, with_password, mailoutbox):
    password = with_password(cast.dave)
    dave_without.force_login(cast.dave, backend="mainport.web.accounts.backends.AuthenticationBackend")
    url = reverse("mfa_activate_totp")
    asked = dave_without.get(url)
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    dave_without.post(asked["Location"], {"password": password})
    page = dave_without.get(url)
    assert 'src="data:image/svg+xml;base64,' in page.content.decode()
    secret = page.context["form"].secret
    assert secret in page.content.decode()
    code = totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))
    response = dave_without.post(url, {"code": code})
    assert response["Location"] == reverse("mfa_view_recovery_codes")
    codes = dave_without.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    assert len(codes) == 10
    download = dave_without.get(reverse("mfa_download_recovery_codes"))
    assert download.content.decode().split() == codes
    assert dave_without.get(reverse("workspace")).status_code == 200
    kept = AuditEvent.objects.filter(action__startswith="account.").values_list("action", "by_name")
    assert ("account.totp-activated", "Dave") in kept
    assert mailoutbox[0].to == ["dave@example.org"]


def test_staff_keep_their_last_step_and_others_may_remove_it(cast, as_person, with_password):
    for person, stays in ((cast.dave, True), (cast.alice, False)):
        password = with_password(person)
        secret = totp.generate_totp_secret()
        Authenticator.objects.filter(user=person).delete()
        totp.TOTP.activate(person, secret)
        client = as_person(person)
        client.post(reverse("account_reauthenticate"), {"password": password})
        client.post(reverse("mfa_deactivate_totp"))
        assert Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists() == stays

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Logging in with the account of one's institution, by an invented OpenID Connect provider."""

from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.urls import reverse

from mainport.core.models import Person
from mainport.web.accounts.adapters import SocialAccountAdapter

pytestmark = pytest.mark.django_db

PROVIDER = "https://login.institution.example"
CONFIGURATION = {
    "issuer": PROVIDER,
    "authorization_endpoint": f"{PROVIDER}/authorize",
    "token_endpoint": f"{PROVIDER}/token",
    "userinfo_endpoint": f"{PROVIDER}/userinfo",
    "jwks_uri": f"{PROVIDER}/jwks",
    "token_endpoint_auth_methods_supported": ["client_secret_post"],
}


class Session:
    """What the provider answers."""

    def __init__(self, claims):
        self.claims = claims

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        return None

    def answer(self, data):
        return SimpleNamespace(
            status_code=200,
            headers={"content-type": "application/json"},
            json=lambda: data,
            raise_for_status=lambda: None,
            text="",
        )

    def get(self, url, **arguments):
        return self.answer(self.claims if url.endswith("/userinfo") else CONFIGURATION)

    def request(self, method, url, **arguments):
        return self.answer({"access_token": "token", "token_type": "Bearer"})


@pytest.fixture
def come_back(client, settings, monkeypatch):
    """Go to the provider and come back with these claims."""
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "surfconext",
                    "name": "SURFconext",
                    "client_id": "us",
                    "secret": "ours",
                    "settings": {"server_url": PROVIDER},
                }
            ],
        }
    }

    def go(**claims):
        monkeypatch.setattr(SocialAccountAdapter, "get_requests_session", lambda self: Session({"sub": "1", **claims}))
        page = client.post(reverse("openid_connect_login", kwargs={"provider_id": "surfconext"}) + "?process=login")
        assert page.status_code == 200
        where = urlsplit(page.context["redirect_to"])
        query = parse_qs(where.query)
        assert f"{where.scheme}://{where.netloc}{where.path}" == CONFIGURATION["authorization_endpoint"]
        assert "code_challenge" in query
        back = reverse("openid_connect_callback", kwargs={"provider_id": "surfconext"})
        assert query["redirect_uri"] == [f"http://testserver{back}"]
        return client.get(back, {"code": "x", "state": query["state"][0]}, follow=True)

    return go


def test_the_button_is_there_when_a_provider_is_set(come_back, client):
    assert "Log in with SURFconext" in client.get(reverse("account_login")).content.decode()


def test_without_one_there_is_no_button(client, db):
    assert "SURFconext" not in client.get(reverse("account_login")).content.decode()


def test_who_is_known_by_a_verified_address_comes_in(come_back, cast, client):
    come_back(email="alice@example.org", email_verified=True)
    assert client.get(reverse("account")).context["user"] == cast.alice
    assert SocialAccount.objects.get().user == cast.alice


def test_staff_still_give_their_second_step(come_back, cast):
    page = come_back(email="dave@example.org", email_verified=True)
    assert page.redirect_chain[-1][0].endswith("/account/2fa/authenticate/")


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "stranger@example.org", "email_verified": True},
        {"email": "alice@example.org", "email_verified": False},
        {"email": "alice@example.org"},
        {},
    ],
)
def test_others_get_no_account(come_back, cast, client, claims):
    page = come_back(**claims)
    assert client.get(reverse("account")).status_code == 302
    assert Person.objects.count() == 7
    assert not SocialAccount.objects.exists()
    assert page.status_code in (200, 401)


def test_the_page_in_between_is_allowed_by_our_own_policy(come_back, client, cast):
    come_back(email="alice@example.org", email_verified=True)
    page = client.get(reverse("home"))
    assert "form-action 'self'" in page["Content-Security-Policy"]

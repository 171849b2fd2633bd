# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""allauth's pages that can be reached are ours."""

from pathlib import Path

import allauth
import pytest
from django.template.loader import get_template

OURS = Path(__file__).resolve().parents[3] / "mainport" / "web" / "templates"
THEIRS = Path(allauth.__file__).parent / "templates"

#: What our settings and addresses leave out: log-in and reset by code, telephone numbers, several
#: addresses a person, trusted browsers, sign-up by passkey, being a provider ourselves, OpenID 2,
#: sessions; and pieces that only their pages include.
NOT_REACHED = (
    "account/base_",
    "account/confirm_",
    "account/email.html",
    "account/email/login_code",
    "account/email/password_reset_code",
    "account/email/unknown_account",
    "account/messages/login_code_sent",
    "account/messages/phone",
    "account/phone_change",
    "account/request_login_code",
    "account/signup.html",
    "account/signup_by_passkey",
    "account/snippets/",
    "allauth/",
    "idp/",
    "mfa/base_",
    "mfa/recovery_codes/base",
    "mfa/totp/base",
    "mfa/trust",
    "mfa/webauthn/base",
    "mfa/webauthn/signup_form",
    "mfa/webauthn/snippets/",
    "openid/",
    "socialaccount/base_",
    "socialaccount/snippets/",
    "tests/",
    "usersessions/",
)

NAMES = sorted(
    name
    for path in THEIRS.rglob("*")
    if path.is_file() and not (name := path.relative_to(THEIRS).as_posix()).startswith(NOT_REACHED)
)


@pytest.mark.parametrize("name", NAMES)
def test_it_is_ours(name):
    assert Path(get_template(name).origin.name).is_relative_to(OURS)


def test_none_of_ours_builds_on_theirs():
    for path in OURS.rglob("*"):
        if path.suffix in (".html", ".txt"):
            assert "{% load allauth" not in path.read_text("utf-8"), path

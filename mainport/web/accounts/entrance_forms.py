# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""allauth's forms with our words: labels instead of placeholders, help that helps."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

#: Said by allauth itself, in another tone in Dutch than ours; our translation goes before its own.
gettext_noop("You must type the same password each time.")

NEW_PASSWORD = _("At least 12 characters. A few words in a row are easy to remember and hard to guess.")


class Words:
    """Gives the fields of a form our label and help, and takes away what stood in the box."""

    labels: ClassVar[dict[str, Promise]] = {}
    helps: ClassVar[dict[str, Promise]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields  # type: ignore[attr-defined]
        for name, field in fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.helps.get(name, "")


class LoginForm(Words, account.LoginForm):  # type: ignore[misc]
    labels: ClassVar = {"login": _("E-mail address"), "password": _("Password")}


class ResetPasswordForm(Words, account.ResetPasswordForm):  # type: ignore[misc]
    labels: ClassVar = {"email": _("E-mail address")}
    helps: ClassVar = {"email": _("The address to which your invitation was sent.")}


class ResetPasswordKeyForm(Words, account.ResetPasswordKeyForm):  # type: ignore[misc]
    labels: ClassVar = {"password1": _("New password"), "password2": _("New password, once more")}
    helps: ClassVar = {"password1": NEW_PASSWORD}


class SetPasswordForm(Words, account.SetPasswordForm):  # type: ignore[misc]
    labels: ClassVar = ResetPasswordKeyForm.labels
    helps: ClassVar = ResetPasswordKeyForm.helps


class ChangePasswordForm(Words, account.ChangePasswordForm):  # type: ignore[misc]
    labels: ClassVar = {"oldpassword": _("Current password"), **ResetPasswordKeyForm.labels}
    helps: ClassVar = ResetPasswordKeyForm.helps


class AddEmailForm(Words, account.AddEmailForm):  # type: ignore[misc]
    labels: ClassVar = {"email": _("New e-mail address")}
    helps: ClassVar = {"email": _("We send a link to it. The address changes once you have followed the link.")}


class ReauthenticateForm(Words, account.ReauthenticateForm):  # type: ignore[misc]
    labels: ClassVar = {"password": _("Password")}


class _Code(Words):
    labels: ClassVar = {"code": _("Code")}
    helps: ClassVar = {"code": _("The six digits that your app shows now, or one of your recovery codes.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The keyboard of a phone shows digits; letters stay possible.
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autocapitalize": "off", "spellcheck": "false"}  # type: ignore[attr-defined]


class CodeForm(_Code, mfa.AuthenticateForm):  # type: ignore[misc]
    pass


class ReauthenticateCodeForm(_Code, mfa.ReauthenticateForm):  # type: ignore[misc]
    pass


class ActivateTOTPForm(_Code, totp.ActivateTOTPForm):  # type: ignore[misc]
    helps: ClassVar = {"code": _("The six digits that your app shows now.")}


class AddPasskeyForm(Words, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    labels: ClassVar = {"name": _("Name"), "passwordless": _("Log in with it without a password as well")}
    helps: ClassVar = {
        "name": _("So that you recognise it later, such as: phone, or blue key."),
        "passwordless": _("Your device asks for your fingerprint, your face or its code instead."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True


class EditPasskeyForm(Words, webauthn.EditWebAuthnForm):  # type: ignore[misc]
    labels: ClassVar = {"name": _("Name")}

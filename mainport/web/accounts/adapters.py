# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""How allauth behaves here: accounts are given by the programme office, not taken; what changes
about somebody's log-in is kept as an audit event; errors say what to do."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from mainport.core.actions import record_account_change
from mainport.core.models import Person
from mainport.core.queries import actor_of
from mainport.core.rules.permissions import Actor, Permission
from mainport.web.accounts.invitations import alliance_name
from mainport.web.agenda.addresses import url_or_nothing


def landing_page(by: Actor) -> str:
    """Where this person begins after logging in."""
    if by.may(Permission.ENTER_WORKSPACE):
        return reverse("workspace")
    if by.may(Permission.HAND_IN):
        return reverse("handing_in_list")
    provides = bool(by.organisations(Permission.MANAGE_COURSES))
    return (
        (url_or_nothing("provider_courses") if provides else "") or url_or_nothing("my_courses") or reverse("account")
    )


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up by themselves."""

    error_messages = {  # noqa: RUF012 (as in the class that this one extends)
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Your access has ended. Ask the programme office if you think that this is wrong."),
        "email_password_mismatch": _("This e-mail address and password do not belong together. Check both."),
        "email_taken": _("Somebody already uses this e-mail address. Choose another."),
        "duplicate_email": _("This is already your e-mail address. Choose another."),
        "enter_current_password": _("This is not your current password."),
        "incorrect_password": _("This is not your password. Try again, or ask for a new one."),
        "incorrect_code": _("This code is not right. Codes change every 30 seconds: use the one of this moment."),
        "too_many_login_attempts": _("Too many failed attempts. Wait five minutes and try again."),
        "rate_limited": _("Too many attempts. Wait a moment and try again."),
        "same_as_current": _("This is the same as now. Choose another."),
        "invalid_password_reset": _("This link no longer works. Ask for a new one."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """To where somebody's own things are: not everybody with an account has a workspace."""
        return landing_page(actor_of(request.user)) or str(super().get_login_redirect_url(request))

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        words = {
            "reauthenticate": _("With your password"),
            "mfa_reauthenticate": _("With a code"),
            "mfa_reauthenticate:webauthn": _("With a passkey or security key"),
        }
        return [
            {**method, "description": words.get(method["id"], method["description"])}
            for method in super().get_reauthentication_methods(user)
        ]

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """allauth calls this at each change of how somebody logs in, so here it is kept as well."""
        change = template_prefix.rsplit("/", 1)[-1].replace("_", "-")
        if isinstance(user, Person):
            record_account_change(person=user, change=change)
        super().send_notification_mail(template_prefix, user, context, email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the language of whom it is for, where we know them."""
        user = context.get("user")
        language = user.language if isinstance(user, Person) else translation.get_language()
        with translation.override(language):
            super().send_mail(template_prefix, email, {**context, "alliance_name": alliance_name()})


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Codes and passkeys."""

    error_messages = {  # noqa: RUF012 (as in the class that this one extends)
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "cannot_delete_authenticator": _("Your role asks for a second step. Add another one before you remove this."),
        "cannot_generate_recovery_codes": _("Set up an app or a passkey first. Recovery codes go with it."),
        "unverified_email": _("Confirm your new e-mail address first; the link is in the e-mail that we sent you."),
        "add_email_blocked": _("You cannot change your e-mail address now."),
    }

    def _get_site_name(self) -> str:
        return alliance_name()

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """Staff keep at least one second step."""
        kinds = (authenticator.Type.TOTP, authenticator.Type.WEBAUTHN)
        person = authenticator.user
        others = type(authenticator).objects.filter(user=person, type__in=kinds).exclude(pk=authenticator.pk)
        return not person.actor.is_staff or others.exists()


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Who comes by OpenID Connect must be known by e-mail address."""

    error_messages = {  # noqa: RUF012 (as in the class that this one extends)
        **DefaultSocialAccountAdapter.error_messages,
        "no_password": _("Set a password first: without it you could no longer log in."),
        "disconnect_last": _("This is your last way to log in. Set a password first."),
        "connected_other": _("That account is already connected to somebody else here."),
    }

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:
        return False

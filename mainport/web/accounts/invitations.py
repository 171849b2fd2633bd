# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The e-mail by which somebody gets into their new account."""

from __future__ import annotations

from smtplib import SMTPException

import structlog
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from mainport.agenda import queries
from mainport.core.models import Person
from mainport.core.rules.languages import say
from mainport.core.rules.permissions import Actor

log = structlog.get_logger("mainport.invitations")


def alliance_name() -> str:
    """What the alliance is called, in the language of this moment."""
    alliance = queries.alliance()
    return say(alliance.title, translation.get_language() or settings.LANGUAGE_CODE) if alliance else "Mainport"


def password_link(person: Person) -> str:
    """Where this person sets a password: once, within three days (PASSWORD_RESET_TIMEOUT)."""
    key = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
    return settings.SITE_URL + reverse("account_reset_password_from_key", kwargs=key)


def invite(request: HttpRequest, person: Person, *, by: Actor) -> bool:
    """Send the invitation, in the person's own language; False where the mail server did not take it."""
    with translation.override(person.language):
        words = {
            "user": person,
            "inviter": by.name,
            "alliance_name": alliance_name(),
            "password_set_url": password_link(person),
        }
        subject = render_to_string("account/email/invitation_subject.txt", words).strip()
        body = render_to_string("account/email/invitation_message.txt", words, request).strip()
    try:
        send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [person.email])
    except (SMTPException, OSError) as error:
        log.error("invitation not sent", person=person.pk, error=str(error))
        return False
    return True

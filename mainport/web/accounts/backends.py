# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Who a request's session belongs to."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend as AllauthBackend
from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef

from mainport.core.models import Person


class AuthenticationBackend(AllauthBackend):  # type: ignore[misc]
    """Reads the person together with whether a second factor is set up, which is asked at every page of staff."""

    # A recovery code alone is no second step: it goes with one of these.
    SECOND_STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)

    def get_user(self, user_id: Any) -> Person | None:
        factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=self.SECOND_STEPS)
        person = Person.objects.annotate(has_second_factor=Exists(factors)).filter(pk=user_id).first()
        return person if person and self.user_can_authenticate(person) else None

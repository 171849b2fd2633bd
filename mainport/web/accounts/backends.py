# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Who a request's session belongs to."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend as AllauthBackend
from allauth.mfa.models import Authenticator
from django.db.models import Exists, F, OuterRef

from mainport.core.models import Person
from mainport.core.rules.permissions import Grant, Role


class AuthenticationBackend(AllauthBackend):  # type: ignore[misc]
    """Reads the person together with whether a second factor is set up, which is asked at every page of staff."""

    # A recovery code alone is no second step: it goes with one of these.
    SECOND_STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)

    def get_user(self, user_id: Any) -> Person | None:
        """One query, with a row for each role that the person holds."""
        factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=self.SECOND_STEPS)
        rows = list(
            Person.objects.annotate(
                has_second_factor=Exists(factors),
                _role=F("memberships__role"),
                _organisation=F("memberships__organisation__key"),
            )
            .filter(pk=user_id)
            .order_by("_role", "_organisation")
        )
        if not rows or not self.user_can_authenticate(rows[0]):
            return None
        held = [(row.__dict__["_role"], row.__dict__["_organisation"]) for row in rows]
        rows[0].know_grants(Grant(Role(role), organisation) for role, organisation in held if role)
        return rows[0]

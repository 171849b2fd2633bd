# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""One's own account: name, language, roles, and how one logs in."""

from __future__ import annotations

from collections import Counter

from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from mainport.core.actions import set_details
from mainport.core.models import Person
from mainport.web.access import logged_in
from mainport.web.accounts.forms import ProfileForm
from mainport.web.accounts.words import held
from mainport.web.limits import limited


@logged_in
@limited("profile", "20/m/user")
def account(request: HttpRequest) -> HttpResponse:
    person = request.user
    assert isinstance(person, Person)
    form = ProfileForm(request.POST or None, initial={"name": person.name, "language": person.language})
    if form.is_valid():
        set_details(
            by=person.actor, person=person, name=form.cleaned_data["name"], language=form.cleaned_data["language"]
        )
        messages.success(request, _("Your details are saved."))
        return redirect("account")
    return render(request, "accounts/account.html", {"form": form, **_ways_in(request, person)})


def _ways_in(request: HttpRequest, person: Person) -> dict[str, object]:
    """What the page says about how this person logs in."""
    steps = Counter(Authenticator.objects.filter(user=person).values_list("type", flat=True))
    providers = get_adapter(request).list_providers(request)
    return {
        "roles": held(list(person.memberships.select_related("organisation"))),
        "has_app": bool(steps[Authenticator.Type.TOTP]),
        "passkeys": steps[Authenticator.Type.WEBAUTHN],
        "has_recovery_codes": bool(steps[Authenticator.Type.RECOVERY_CODES]),
        "has_password": person.has_usable_password(),
        "providers": providers,
        "connected": SocialAccount.objects.filter(user=person).count() if providers else 0,
    }

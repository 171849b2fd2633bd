# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Whose answers a request speaks of: a person's, or those of a visit without a log-in.

A visit is a code in the session, made at the first answer: who only looks around gets no cookie. Whoever has the
code finds the list again on any device; whoever wants it has it kept on their own, in a cookie of 90 days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from mainport.catalogue.actions import academy as actions
from mainport.catalogue.queries import academy as queries
from mainport.catalogue.rules import list_codes
from mainport.catalogue.rules.following import Learner
from mainport.catalogue.rules.places import Place
from mainport.catalogue.rules.profile import profile
from mainport.core.models import Person
from mainport.core.queries import actor_of
from mainport.web.agenda.addresses import url_or_nothing
from mainport.web.agenda.views.parts import Crumb, crumbs

VISIT = "visit"
#: Keeps the list on this device; holds its code and the day until which, signed.
COOKIE = "mainport_list"


@dataclass(frozen=True)
class Keeping:
    """How the list of a visit is kept: its code, and until when it stands on this device ('' and None: not so)."""

    code: str
    until: date | None
    hours: int = settings.SESSION_COOKIE_AGE // 3600


def learner_of(request: HttpRequest) -> Learner | None:
    """Who asks; None for a visit that has answered and saved nothing yet.

    What a visit answered and saved is given to the person who has logged in since; what is kept on a device isn't:
    others may use it too.
    """
    if isinstance(request.user, Person):
        if visit := request.session.pop(VISIT, ""):
            actions.claim(by=actor_of(request.user), person=request.user, visit=visit)
        return Learner(request.user.pk)
    visit = request.session.get(VISIT, "") or _on_device(request)[0]
    return Learner(visit=visit) if visit else None


def learner_to_be(request: HttpRequest) -> Learner:
    """The same for who is about to answer or save something."""
    found = learner_of(request)
    if found is None:
        request.session[VISIT] = list_codes.make()
        found = Learner(visit=request.session[VISIT])
    return found


def home_of(request: HttpRequest) -> Place | None:
    """Where somebody said that they live; two queries where they answered, none for who didn't."""
    learner = learner_of(request)
    if learner is None:
        return None
    now = queries.asked()
    return profile(now.questionnaire, queries.current(learner, now)).home


def keeping(request: HttpRequest, learner: Learner | None) -> Keeping | None:
    """How this list is kept; None for people with an account, and where there is nothing."""
    if learner is None or not learner.visit:
        return None
    visit, until = _on_device(request)
    return Keeping(list_codes.shown(learner.visit), until if visit == learner.visit else None)


def keep_on_device(response: HttpResponseBase, learner: Learner) -> None:
    """Let the list of this visit stand on this device for as long as we keep it."""
    until = timezone.localdate() + actions.KEPT
    response.set_cookie(
        COOKIE,
        signing.dumps([learner.visit, until.isoformat()], salt=COOKIE),
        max_age=actions.KEPT,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def off_device(response: HttpResponseBase) -> None:
    response.delete_cookie(COOKIE, samesite="Lax")


def _on_device(request: HttpRequest) -> tuple[str, date | None]:
    """The visit that is kept on this device, and until when."""
    try:
        visit, until = signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE, max_age=actions.KEPT)
        return str(visit), date.fromisoformat(until)
    except (signing.BadSignature, ValueError, TypeError):
        return "", None


def way(*after: Crumb) -> list[Crumb]:
    """The way from the home page; the last one is the page itself."""
    return crumbs(Crumb(_("Learning"), url_or_nothing("learn") if after else ""), *after)

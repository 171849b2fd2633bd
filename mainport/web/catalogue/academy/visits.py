# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Whose answers a request speaks of: a person's, or those of a visit without a log-in.

A visit is a random number in the session, made at the first answer: who only looks around gets no cookie.
"""

from __future__ import annotations

import secrets

from django.http import HttpRequest
from django.utils.translation import gettext as _

from mainport.catalogue.actions import academy as actions
from mainport.catalogue.rules.following import Learner
from mainport.core.models import Person
from mainport.core.queries import actor_of
from mainport.web.agenda.addresses import url_or_nothing
from mainport.web.agenda.views.parts import Crumb, crumbs

VISIT = "visit"


def learner_of(request: HttpRequest) -> Learner | None:
    """Who asks; None for a visit that has answered and saved nothing yet.

    What a visit answered and saved is given to the person who has logged in since.
    """
    if isinstance(request.user, Person):
        if visit := request.session.pop(VISIT, ""):
            actions.claim(by=actor_of(request.user), person=request.user, visit=visit)
        return Learner(request.user.pk)
    visit = request.session.get(VISIT, "")
    return Learner(visit=visit) if visit else None


def learner_to_be(request: HttpRequest) -> Learner:
    """The same for who is about to answer or save something."""
    found = learner_of(request)
    if found is None:
        request.session[VISIT] = secrets.token_urlsafe(32)
        found = Learner(visit=request.session[VISIT])
    return found


def way(*after: Crumb) -> list[Crumb]:
    """The way from the home page; the last one is the page itself."""
    return crumbs(Crumb(_("Learning"), url_or_nothing("learn") if after else ""), *after)

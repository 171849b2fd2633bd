# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Following indicators: by e-mail somebody hears when their values change."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mainport.core.queries import actor_of
from mainport.core.rules.permissions import Permission
from mainport.monitor import actions, queries
from mainport.monitor.models import Indicator
from mainport.web.access import needs
from mainport.web.agenda.views.parts import Crumb
from mainport.web.pages import Page
from mainport.web.templatetags.mainport import words


@require_safe
@needs(Permission.ENTER_WORKSPACE)
def subscription_list(request: HttpRequest) -> Page:
    """What the asker follows, with what they don't yet to choose from."""
    mine = queries.subscriptions(actor_of(request.user))
    followed = {row.indicator_id for row in mine}
    data = [{"indicator": row.indicator.key, "title": row.indicator.title, "since": row.since} for row in mine]
    title = _("Indicators that you follow")
    context = {
        "page_title": title,
        "breadcrumbs": [Crumb(_("Workspace"), reverse("workspace")), Crumb(title)],
        "following": mine,
        "others": Indicator.objects.exclude(pk__in=followed),
    }
    rows = [item | {"title": words(row.indicator.title)} for item, row in zip(data, mine, strict=True)]
    return Page("monitor/subscriptions.html", context, {"following": data}, rows)


@require_POST
@needs(Permission.ENTER_WORKSPACE)
def indicator_subscribe(request: HttpRequest, key: str) -> HttpResponse:
    found = _indicator(key)
    actions.subscribe(by=actor_of(request.user), indicator=found)
    said = _("From now on you get an e-mail when the values of “%(indicator)s” change.")
    messages.success(request, said % {"indicator": words(found.title)})
    return _back(request)


@require_POST
@needs(Permission.ENTER_WORKSPACE)
def indicator_unsubscribe(request: HttpRequest, key: str) -> HttpResponse:
    found = _indicator(key)
    actions.unsubscribe(by=actor_of(request.user), indicator=found)
    said = _("You get no more e-mail about “%(indicator)s”.")
    messages.success(request, said % {"indicator": words(found.title)})
    return _back(request)


def follow_button(request: HttpRequest, indicator: Indicator) -> dict[str, Any]:
    """What `monitor/_subscribe.html` shows, for the context of a page that includes it; one query at most."""
    by = actor_of(request.user)
    if not by.may(Permission.ENTER_WORKSPACE):
        return {}
    return {
        "follow": {
            "key": indicator.key,
            "title": indicator.title,
            "next": request.path,
            "following": queries.is_subscribed(by, indicator),
        }
    }


def _indicator(key: str) -> Indicator:
    try:
        return queries.find_indicator(key)
    except Indicator.DoesNotExist as error:
        raise Http404 from error


def _back(request: HttpRequest) -> HttpResponse:
    """To the page of the button, if that is one of ours."""
    to = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(to, {request.get_host()}, require_https=request.is_secure())
    return redirect(to if ours else reverse("subscription_list"))

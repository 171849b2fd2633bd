# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The sources: all of them, one with its harvests as they go, adding, starting and stopping."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mainport.catalogue import tasks
from mainport.catalogue.actions import harvesting
from mainport.catalogue.actions.repositories import RepositoryRefused, add_repository, key_for, set_rhythm
from mainport.catalogue.feeds import FORMATS
from mainport.catalogue.models import Harvest, Repository
from mainport.catalogue.queries import harvests as queries
from mainport.catalogue.queries import matches
from mainport.catalogue.queries.harvests import RepositoryState
from mainport.core.models import Person
from mainport.core.queries import actor_of
from mainport.core.rules.permissions import Permission
from mainport.web.access import needs
from mainport.web.agenda.views.parts import Crumb, crumbs
from mainport.web.catalogue.harvest.forms import SourceForm
from mainport.web.catalogue.harvest.labels import STATES
from mainport.web.limits import limited
from mainport.web.pages import Page
from mainport.web.templatetags.mainport import words

manages = needs(Permission.MANAGE_CATALOGUE)
#: Harvests of a source that its page names.
SHOWN = 20


def trail(*more: Crumb) -> list[Crumb]:
    first = Crumb(_("Workspace"), reverse("workspace"))
    return crumbs(first, Crumb(_("Sources of the catalogue"), reverse("harvest_list")), *more)


@require_safe
@manages
def harvest_list(request: HttpRequest) -> Page:
    """All sources, those with a problem first."""
    by = actor_of(request.user)
    found = sorted(queries.repositories(by=by), key=lambda one: (one.state not in ("failed", "silent"), one.key))
    open_pairs = matches.counts(by=by)["open"]
    data = [queries.as_data(one) for one in found]
    context = {
        "breadcrumbs": trail(),
        "rows": [(one, *STATES[one.state], FORMATS[one.format].name) for one in found],
        "running": any(one.is_running for one in found),
        "open_pairs": open_pairs,
    }
    rows = [{**flat(one), "title": words(one["title"])} for one in data]
    return Page("catalogue/harvest/list.html", context, {"repositories": data, "open_pairs": open_pairs}, rows)


def flat(one: dict[str, Any]) -> dict[str, Any]:
    """The data of a source in one row."""
    last = one["harvest"] or {}
    return {
        **{name: value for name, value in one.items() if name not in ("harvest", "settings")},
        **{f"harvest_{name}": value for name, value in last.items()},
    }


def _source(request: HttpRequest, key: str) -> RepositoryState:
    found = queries.find(by=actor_of(request.user), key=key)
    if found is None:
        raise Http404
    return found


@require_safe
@manages
def harvest_source(request: HttpRequest, key: str) -> Page:
    """One source: how its harvest goes, what came, and what was wrong with it."""
    one = _source(request, key)
    last = list(queries.harvests(by=actor_of(request.user), key=key)[:SHOWN])
    state = "waiting" if not one.is_running and tasks.is_waiting(key) else one.state
    size = one.place.size
    context = {
        "breadcrumbs": trail(Crumb(words(one.title))),
        "one": one,
        "state": STATES[state],
        "waits": state == "waiting",
        "is_live": state in ("waiting", "running"),
        "part": min(100, 100 * one.place.records // size) if size else None,
        "format": FORMATS[one.format].name,
        "settings": sorted(one.settings.items()),
        "harvests": [(harvest, *STATES[str(harvest.state)]) for harvest in last],
        "notes": one.harvest.position.get("notes", []) if one.harvest else [],
        "can_harvest": bool(one.url) and one.active,
    }
    data = {**queries.as_data(one), "harvests": [_harvest_json(harvest) for harvest in last]}
    return Page("catalogue/harvest/source.html", context, data, data["harvests"])


def _harvest_json(harvest: Harvest) -> dict[str, Any]:
    return {
        "state": str(harvest.state),
        "started_at": harvest.started_at,
        "ended_at": harvest.ended_at,
        "whole": harvest.whole,
        "since": harvest.since,
        "requests": harvest.requests,
        **harvesting.counted(harvest),
        "problem": harvest.problem,
        "by": harvest.by_name,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@manages
@limited("source-add", "30/h/user")
def harvest_add(request: HttpRequest) -> HttpResponse:
    """Add a source."""
    form = SourceForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        settings = form.settings()
        try:
            made = add_repository(
                by=actor_of(request.user),
                key=key_for(said["url"], *(str(value) for name, value in settings.items() if name != "match")),
                format=said["format"],
                url=said["url"].strip(),
                title={"mul": said["title"]},
                settings=settings,
                organisation=said["organisation"],
                owner=request.user if isinstance(request.user, Person) else None,
                preference=said["preference"],
                every=said["every"] or None,
            )
        except RepositoryRefused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The source is added."))
            return redirect("harvest_source", key=made.key)
    title = _("Add a source")
    context = {
        "title": title,
        "lead": _("Mainport takes over what the source tells of works and courses, and keeps it up to date."),
        "form": form,
        "button": title,
        "back": reverse("harvest_list"),
        "breadcrumbs": trail(Crumb(title)),
    }
    return render(request, "catalogue/handing_in/ask.html", context, status=422 if form.errors else 200)


@require_POST
@manages
@limited("harvest-start", "60/h/user")
def harvest_start(request: HttpRequest, key: str) -> HttpResponse:
    """Harvest a source now, or go on with what was broken off; the worker does it."""
    one = _source(request, key)
    if not one.url or not one.active:
        messages.error(request, _("This source isn't harvested: it has no address, or it is switched off."))
    elif one.is_running or tasks.is_waiting(key):
        messages.info(request, _("This source is being harvested already."))
    else:
        tasks.harvest_repository.enqueue(key, whole="whole" in request.POST, person=request.user.pk)
        messages.success(request, _("The harvest begins in a moment. You can leave this page."))
    return redirect("harvest_source", key=key)


@require_POST
@manages
def harvest_stop(request: HttpRequest, key: str) -> HttpResponse:
    """Stop a harvest after the part that it is at."""
    one = _source(request, key)
    if one.harvest is not None and harvesting.end(by=actor_of(request.user), harvest=one.harvest):
        messages.success(request, _("The harvest is stopped. What came stays, and it can go on from here."))
    else:
        messages.info(request, _("Nothing was being harvested."))
    return redirect("harvest_source", key=key)


@require_POST
@manages
def harvest_switch(request: HttpRequest, key: str) -> HttpResponse:
    """Switch a source off or on again."""
    one = _source(request, key)
    repository = Repository.objects.get(key=key)
    set_rhythm(by=actor_of(request.user), repository=repository, every=one.every, active=not one.active)
    said = _("The source is switched off.") if one.active else _("The source is switched on.")
    messages.success(request, said)
    return redirect("harvest_source", key=key)

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Values that people enter by hand: proposed by one, confirmed or returned by another."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mainport.core.queries import actor_of
from mainport.core.rules.permissions import Permission
from mainport.monitor.actions import entry as actions
from mainport.monitor.models import Dataset, Entry, Indicator
from mainport.monitor.queries import entry as queries
from mainport.monitor.rules.entry import EntryRefused
from mainport.web.access import needs
from mainport.web.agenda.views.parts import Crumb
from mainport.web.limits import limited
from mainport.web.monitor.entry_forms import FAULTS, REASONS, EntryForm, WhyForm, put_faults, title_of
from mainport.web.pages import Page
from mainport.web.templatetags.mainport import number, words

form_page = require_http_methods(["GET", "HEAD", "POST"])
manages = needs(Permission.MANAGE_FEEDS)


@require_safe
@manages
def entry_list(request: HttpRequest) -> Page:
    """What waits for a second person, and what was decided last."""
    by = actor_of(request.user)
    waiting, decided = queries.waiting(by), queries.decided(by)
    data = [_json(entry) for entry in [*waiting, *decided]]
    names = queries.named([*waiting, *decided])
    context = {
        "page_title": _("Values entered by hand"),
        "breadcrumbs": _crumbs(),
        "waiting": [_shown(entry, names[entry.pk]) for entry in waiting],
        "decided": [_shown(entry, names[entry.pk]) for entry in decided],
        "asker": by.person_id,
    }
    return Page("monitor/entries.html", context, {"waiting": len(waiting), "entries": data}, data)


@form_page
@manages
@limited("entry", "120/h/user")
def entry_add(request: HttpRequest) -> HttpResponse:
    """First for what (`of`), then the value."""
    of = request.GET.get("of", "")
    if not of:
        return _choose(request)
    try:
        place = queries.place_of(of)
    except (Indicator.DoesNotExist, Dataset.DoesNotExist) as error:
        raise Http404 from error
    form = EntryForm(place, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            entry = actions.propose(by=actor_of(request.user), place=place, proposal=form.proposal)
        except EntryRefused as error:
            put_faults(form, error)
        else:
            messages.success(request, _("The value waits for another person to confirm it."))
            return redirect("entry", pk=entry.pk)
    return _form_page(
        request,
        form,
        title=_("Enter a value: %(title)s") % {"title": title_of(place)},
        lead=_("Another person compares it with the source. Until then, it counts nowhere."),
        button=_("Let it be confirmed"),
    )


def _choose(request: HttpRequest) -> HttpResponse:
    title = _("Enter a value by hand")
    context = {
        "page_title": title,
        "breadcrumbs": _crumbs(title),
        "indicators": Indicator.objects.all(),
        "datasets": queries.open_datasets(),
    }
    return render(request, "monitor/entry_choose.html", context)


@require_safe
@manages
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One value, and what the asker can do with it."""
    by = actor_of(request.user)
    found = _entry(request, pk)
    waits = found.state == Entry.State.WAITING
    names = queries.named([found])[found.pk]
    title = _title(found, names)
    context = {
        "page_title": title,
        "breadcrumbs": _crumbs(title),
        "entry": _shown(found, names),
        "is_own": waits and found.by_id == by.person_id,
        "may_decide": waits and found.by_id != by.person_id,
    }
    return render(request, "monitor/entry.html", context)


@require_POST
@manages
def entry_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    found = _entry(request, pk)
    try:
        actions.confirm(by=actor_of(request.user), entry=found)
    except EntryRefused as error:
        return _refused(request, found, error)
    messages.success(request, _("Confirmed. The value counts from now on."))
    return redirect("entry_list")


@require_POST
@manages
def entry_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    found = _entry(request, pk)
    try:
        actions.withdraw(by=actor_of(request.user), entry=found)
    except EntryRefused as error:
        return _refused(request, found, error)
    messages.success(request, _("Withdrawn."))
    return redirect("entry_list")


@form_page
@manages
def entry_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Why it is returned, and with that it is."""
    found = _entry(request, pk)
    form = WhyForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.send_back(by=actor_of(request.user), entry=found, why=form.cleaned_data["why"])
        except EntryRefused as error:
            put_faults(form, error)
        else:
            messages.success(request, _("Returned, with your reason."))
            return redirect("entry_list")
    return _form_page(
        request,
        form,
        title=_("Return this value: %(title)s") % {"title": _title(found, queries.named([found])[found.pk])},
        lead=_("It won't count. Whoever entered it can enter it again, and better."),
        button=_("Return it"),
    )


def _form_page(request: HttpRequest, form: EntryForm | WhyForm, *, title: str, lead: str, button: str) -> HttpResponse:
    context = {"form": form, "title": title, "lead": lead, "button": button, "breadcrumbs": _crumbs(title)}
    return render(request, "workspace/period_form.html", context)


def _refused(request: HttpRequest, found: Entry, error: EntryRefused) -> HttpResponse:
    for fault in error.faults.values():
        messages.error(request, str(FAULTS[fault]))
    return redirect("entry", pk=found.pk)


def _entry(request: HttpRequest, pk: int) -> Entry:
    found = queries.entries(actor_of(request.user)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _crumbs(*more: str) -> list[Crumb]:
    here = Crumb(_("Values entered by hand"), reverse("entry_list"))
    return [Crumb(_("Workspace"), reverse("workspace")), here, *map(Crumb, more)]


def _title(found: Entry, names: queries.Named) -> str:
    return f"{words(names.title)}, {found.period}"


def _said(found: Entry) -> str:
    """The answer in words, the number, or why there is neither."""
    if found.text:
        return found.text
    return number(found.value) if found.value is not None else str(REASONS[found.missing])


def _shown(found: Entry, names: queries.Named) -> dict[str, Any]:
    glyph, state = STATES[found.state]
    return {
        "row": found,
        "title": _title(found, names),
        "where": ", ".join(words(name) for name in names.where),
        "value": _said(found),
        "source_url": found.source if found.source.startswith(("https://", "http://")) else "",
        "glyph": glyph,
        "state": str(state),
    }


#: The glyph of a state, and its word.
STATES: dict[str, tuple[str, Promise]] = {
    Entry.State.WAITING: ("at-risk", gettext_lazy("Waits for a second person")),
    Entry.State.CONFIRMED: ("done", gettext_lazy("Confirmed")),
    Entry.State.RETURNED: ("behind", gettext_lazy("Returned")),
    Entry.State.WITHDRAWN: ("no-figure", gettext_lazy("Withdrawn")),
}


def _json(found: Entry) -> dict[str, Any]:
    return {
        "id": found.pk,
        "indicator": found.indicator.key if found.indicator else None,
        "dataset": found.dataset,
        "measure": found.measure,
        "coordinates": found.coordinates,
        "period": found.period,
        "value": found.value,
        "text": found.text,
        "missing": found.missing,
        "source": found.source,
        "note": found.note,
        "state": found.state,
        "by": found.by_name,
        "at": found.at,
        "decided_by": found.decided_by_name,
        "decided_at": found.decided_at,
        "why": found.why,
    }

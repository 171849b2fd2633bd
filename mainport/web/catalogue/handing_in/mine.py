# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The author's pages: their works, beginning one, how one stands, and what is done with a whole work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mainport.catalogue.actions import handing_in as actions
from mainport.catalogue.models import Record
from mainport.catalogue.queries import handing_in as queries
from mainport.catalogue.rules.faults import Refused as FaultsRefused
from mainport.catalogue.rules.handing_in import Deed, Lack, Refused
from mainport.catalogue.rules.works import WorkType
from mainport.core.queries import actor_of
from mainport.web.access import logged_in
from mainport.web.agenda.addresses import url_or_nothing
from mainport.web.catalogue.handing_in import show
from mainport.web.catalogue.handing_in.files import handed_out
from mainport.web.catalogue.handing_in.forms import DepositForm, StartForm
from mainport.web.catalogue.handing_in.shared import (
    ask,
    form_page,
    hands_in,
    keeps_typing,
    own,
    posted,
    put_refusal,
    say_refusal,
    seen,
    sends,
)
from mainport.web.limits import limited
from mainport.web.pages import Page
from mainport.web.templatetags.mainport import words


@require_safe
@hands_in
def handing_in_list(request: HttpRequest) -> Page:
    """My works; what waits for me in front."""
    rows = queries.own(actor_of(request.user))
    data = [show.line_json(one) for one in rows]
    context = {
        "breadcrumbs": show.crumbs(),
        "rows": [(one, *show.state(one.record.state)) for one in rows],
    }
    return Page("catalogue/handing_in/list.html", context, {"works": data}, data)


@form_page
@keeps_typing
@hands_in
@limited("work-start", "30/h/user")
def handing_in_start(request: HttpRequest) -> HttpResponse:
    form = StartForm(posted(request), initial={"type": "thesis", "language": "nl"})
    if sends(request, form):
        said = form.cleaned_data
        try:
            record = actions.start(
                by=actor_of(request.user),
                titles=form.text("title"),
                type=WorkType(said["type"]),
                language=said["language"],
            )
        except FaultsRefused as error:
            put_refusal(form, error)
        else:
            messages.success(request, _("Kept. Only you see it, until you send it."))
            return redirect("handing_in_details", key=record.key)
    return ask(
        request,
        form,
        title=_("Hand in a work"),
        lead=_("You fill it in step by step. You can stop at any moment and go on later."),
        button=_("Begin"),
        breadcrumbs=show.crumbs(None, _("Hand in a work")),
    )


@require_safe
@hands_in
@seen
def handing_in(request: HttpRequest, key: str) -> Page:
    """How a work stands: what is filled in, what is missing, what the research office said."""
    handed = own(request, key)
    return _overview(handed, DepositForm() if handed.may(Deed.SEND) and not handed.lacks else None)


def _overview(handed: queries.HandedIn, form: DepositForm | None) -> Page:
    steps = show.steps(handed)
    data = show.one_json(handed)
    context = {
        "breadcrumbs": show.crumbs(handed),
        "handed": handed,
        "state": show.state(handed.record.state),
        "steps": steps,
        "next_step": next((one for one in steps if one.missing), None),
        "missing": sum(len(one.missing) for one in steps),
        "reviews": show.reviews(handed.reviews),
        "may": show.may(handed),
        "form": form,
        "work_url": url_or_nothing("work", key=handed.record.key) if handed.record.published_at else "",
    }
    row = {name: value for name, value in data.items() if not isinstance(value, dict | list)}
    row["title"] = words(handed.record.titles)
    return Page("catalogue/handing_in/overview.html", context, data, [row])


def _sent() -> str:
    return _("Your work is sent. The research office reads it and writes to you.")


@require_POST
@hands_in
@seen
@limited("work-send", "30/h/user")
def handing_in_send(request: HttpRequest, key: str) -> HttpResponse:
    """Send it, after a check where none was done of what it says now; what that finds is shown first."""
    by, handed = actor_of(request.user), own(request, key)
    if handed.record.state == Record.State.SUBMITTED:  # Pressed twice.
        messages.success(request, _sent())
        return redirect("handing_in", key=key)
    form = DepositForm(request.POST)
    if not handed.lacks and not form.is_valid():
        page = _overview(handed, form)
        return render(request, page.template, {**page.context, "data_links": None})
    try:
        if Lack.CHECK in handed.lacks and handed.may(Deed.EDIT):
            actions.check(by=by, record=handed.record)
        actions.send(by=by, record=handed.record)
    except Refused as error:
        say_refusal(request, error)
    except actions.Incomplete as error:
        if error.lacks == [Lack.FINDINGS]:
            messages.warning(request, _("Not sent yet. Look first at the personal data that we found."))
            return redirect("handing_in_check", key=key)
        messages.error(request, _("Not sent yet: something is missing. It is marked below."))
    else:
        messages.success(request, _sent())
    return redirect("handing_in", key=key)


def _press(request: HttpRequest, key: str, action: Callable[..., Any], done: str) -> HttpResponse:
    try:
        action(by=actor_of(request.user), record=own(request, key).record)
    except Refused as error:
        say_refusal(request, error)
    else:
        messages.success(request, done)
    return redirect("handing_in", key=key)


@require_POST
@hands_in
@seen
def handing_in_take_back(request: HttpRequest, key: str) -> HttpResponse:
    return _press(request, key, actions.take_back, _("You took it back. Change what you want, and send it again."))


@form_page
@hands_in
@seen
def handing_in_discard(request: HttpRequest, key: str) -> HttpResponse:
    """Ask once more, then throw it away."""
    handed = own(request, key)
    if request.method != "POST":
        context = {"breadcrumbs": show.crumbs(handed, _("Throw away")), "handed": handed, "may": show.may(handed)}
        return render(request, "catalogue/handing_in/discard.html", context)
    try:
        actions.discard(by=actor_of(request.user), record=handed.record)
    except Refused as error:
        say_refusal(request, error)
        return redirect("handing_in", key=key)
    messages.success(request, _("It is thrown away, with its files."))
    return redirect("handing_in_list")


@require_POST
@hands_in
@seen
@limited("work-start", "30/h/user")
def handing_in_renew(request: HttpRequest, key: str) -> HttpResponse:
    try:
        new = actions.renew(by=actor_of(request.user), record=own(request, key).record)
    except Refused as error:
        say_refusal(request, error)
        return redirect("handing_in", key=key)
    messages.success(request, _("This is the new version. The old one stays public too."))
    return redirect("handing_in", key=new.key)


@require_safe
@logged_in
@seen
def handing_in_file(request: HttpRequest, key: str, pk: int) -> HttpResponseBase:
    """A file, for its author and for the research office."""
    handed = queries.find(actor_of(request.user), key)
    file = next((one for one in handed.files if one.pk == pk), None)
    if file is None:
        raise Http404
    return handed_out(file)

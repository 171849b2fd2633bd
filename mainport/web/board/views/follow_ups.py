# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What must be done after decisions: the list, and what is done with one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from mainport.board import queries
from mainport.board.actions import follow_ups as actions
from mainport.board.queries import FollowUpView
from mainport.board.rules.follow_ups import Standing
from mainport.core.queries import actor_of, organisations, people_with
from mainport.core.rules.permissions import Actor, Permission
from mainport.web.access import logged_in
from mainport.web.board import labels, show
from mainport.web.board.forms import CloseFollowUpForm, DropFollowUpForm, DueFollowUpForm, OwnerForm, WhyForm
from mainport.web.board.views.shared import ask, form_page, manages, posted, seen, taken
from mainport.web.pages import Page
from mainport.web.templatetags.mainport import words


class FilterForm(forms.Form):
    """What of the list is shown."""

    organisation = forms.ChoiceField(label=gettext_lazy("Organisation"), required=False, choices=())
    standing = forms.ChoiceField(
        label=gettext_lazy("How it stands"),
        required=False,
        choices=[("", gettext_lazy("All")), *((s.value, label) for s, (_glyph, label) in labels.STANDINGS.items())],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", gettext_lazy("All")), *((o.key, o.name) for o in organisations())]
        self.fields["organisation"].choices = choices  # type: ignore[attr-defined]


@require_safe
def follow_up_list(request: HttpRequest) -> Page:
    """What is overdue in front, then what is due first."""
    by = actor_of(request.user)
    form = FilterForm(request.GET)
    said = form.cleaned_data if form.is_valid() else {}
    wanted = [Standing(said["standing"])] if said.get("standing") else []
    found = queries.follow_ups(by, organisation=said.get("organisation", ""), standing=wanted)
    order = list(labels.STANDINGS)
    first = [Standing.OVERDUE, Standing.DUE_SOON, Standing.OPEN]
    found.sort(key=lambda one: (first.index(one.standing) if one.standing in first else 9, order.index(one.standing)))
    counts = {standing: sum(one.standing is standing for one in found) for standing in labels.STANDINGS}
    data = [show.follow_up_json(one) for one in found]
    context = {
        "page_title": _("Follow-ups of decisions"),
        "breadcrumbs": show.follow_ups_crumbs(),
        "form": form,
        "filtered": any(said.values()),
        "rows": [(one, *labels.STANDINGS[one.standing]) for one in found],
        "overdue": counts[Standing.OVERDUE],
        "open": counts[Standing.OPEN] + counts[Standing.DUE_SOON] + counts[Standing.OVERDUE],
        "may_remind": queries.asker_of(by).manages and counts[Standing.OVERDUE],
    }
    return Page("board/follow_ups.html", context, {"follow_ups": data}, data)


@require_safe
@seen
def follow_up(request: HttpRequest, pk: int) -> Page:
    found = queries.follow_up(actor_of(request.user), pk)
    glyph, label = labels.STANDINGS[found.standing]
    context = {
        "page_title": words(found.words),
        "breadcrumbs": show.follow_ups_crumbs(str(words(found.words))),
        "found": found,
        "glyph": glyph,
        "label": label,
    }
    data = show.follow_up_json(found)
    return Page("board/follow_up.html", context, data, [data])


@form_page
@logged_in
@seen
def follow_up_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what was done."""
    by = actor_of(request.user)
    found = queries.follow_up(by, pk)
    if not found.may_close:
        raise PermissionDenied
    form = CloseFollowUpForm(posted(request))
    return _through(request, by, found, form, actions.close, _("What was done?"), _("This is done"))


@form_page
@manages
@seen
def follow_up_drop(request: HttpRequest, pk: int) -> HttpResponse:
    by = actor_of(request.user)
    form = DropFollowUpForm(posted(request))
    found = queries.follow_up(by, pk)
    return _through(request, by, found, form, actions.drop, _("No longer needed"), _("Drop it"))


@form_page
@manages
@seen
def follow_up_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    by = actor_of(request.user)
    form = WhyForm(posted(request))
    found = queries.follow_up(by, pk)
    return _through(request, by, found, form, actions.reopen, _("Open it again"), _("Open it again"))


@form_page
@manages
@seen
def follow_up_due(request: HttpRequest, pk: int) -> HttpResponse:
    by = actor_of(request.user)
    found = queries.follow_up(by, pk)
    form = DueFollowUpForm(posted(request), initial={"due": found.due})
    return _through(request, by, found, form, actions.change_due, _("Move the last day"), _("Move the last day"))


@form_page
@manages
@seen
def follow_up_assign(request: HttpRequest, pk: int) -> HttpResponse:
    by = actor_of(request.user)
    found = queries.follow_up(by, pk)
    people = list(people_with(Permission.CLOSE_FOLLOW_UP, found.organisation))
    form = OwnerForm(posted(request), people=people, initial={"owner": found.owner_id or ""})

    def assign(*, by: Actor, follow_up: Any, owner: str) -> None:
        actions.assign(by=by, follow_up=follow_up, owner=int(owner) if owner else None)

    return _through(request, by, found, form, assign, _("Who sees to it?"), _("Keep"))


@require_POST
@manages
def follow_up_remind(request: HttpRequest) -> HttpResponse:
    actions.remind(by=actor_of(request.user))
    messages.success(request, _("Whoever has something overdue or due soon gets an e-mail."))
    return redirect("follow_up_list")


def _through(
    request: HttpRequest,
    by: Actor,
    found: FollowUpView,
    form: forms.Form,
    action: Callable[..., Any],
    title: str,
    button: str,
) -> HttpResponse:
    """Ask what the form asks, and do it once it is filled in."""

    def act() -> None:
        action(by=by, follow_up=queries.find_follow_up(by, found.id), **form.cleaned_data)

    if taken(request, form, act, _("Kept.")):
        return redirect("follow_up", pk=found.id)
    return ask(
        request,
        form,
        title=title,
        lead=str(words(found.words)),
        button=button,
        breadcrumbs=show.follow_ups_crumbs(title),
    )

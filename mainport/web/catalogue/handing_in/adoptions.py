# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Recommendations that organisations take up: adopting one, what was adopted, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from mainport.catalogue.actions import adopting as actions
from mainport.catalogue.queries import adopting as queries
from mainport.catalogue.rules.handing_in import Refused
from mainport.core.queries import actor_of, organisations
from mainport.core.rules.permissions import NotAllowed, Permission
from mainport.web.access import logged_in
from mainport.web.agenda.addresses import url_or_nothing
from mainport.web.agenda.views.parts import Crumb, crumbs
from mainport.web.catalogue.handing_in.forms import AdoptForm, EndForm
from mainport.web.catalogue.handing_in.shared import ask, form_page, posted, put_refusal
from mainport.web.catalogue.records.labels import ADOPTIONS
from mainport.web.pages import Page
from mainport.web.templatetags.mainport import words


@form_page
@logged_in
def recommendation_adopt(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Take a recommendation up, for an organisation of one's own."""
    by = actor_of(request.user)
    if not queries.may_adopt(by):
        raise PermissionDenied
    advice = queries.recommendation(key, number)
    if advice is None:
        raise Http404
    adopters = {one.key: one for one in queries.adopters(by)}
    everywhere = by.may(Permission.ADOPT_RECOMMENDATION)
    initial = {"task": advice.task or advice.record.task}
    form = AdoptForm(posted(request), initial=initial, organisations=list(adopters.values()), everywhere=everywhere)
    back = url_or_nothing("work", key=key)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            actions.adopt(
                by=by,
                recommendation=advice,
                task=said["task"],
                organisation=adopters.get(said["organisation"]),
                note=said["note"],
            )
        except Refused as error:
            put_refusal(form, error)
        except NotAllowed as error:
            raise PermissionDenied from error
        else:
            messages.success(request, _("The recommendation is taken up. It stands on the page of the task."))
            return redirect(back or "adoption_list")
    title = _("Take up a recommendation")
    return ask(
        request,
        form,
        title=title,
        texts=advice.text,
        button=_("Take it up"),
        back=back,
        breadcrumbs=crumbs(Crumb(words(advice.record.titles), back), Crumb(title)),
    )


class FilterForm(forms.Form):
    """What of the list is shown."""

    organisation = forms.ChoiceField(label=gettext_lazy("Organisation"), required=False, choices=())
    state = forms.ChoiceField(
        label=gettext_lazy("How it stands"),
        required=False,
        choices=[("", gettext_lazy("All")), *((code, label) for code, (_glyph, label) in ADOPTIONS.items())],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", gettext_lazy("All")), *((one.key, one.name) for one in organisations())]
        self.fields["organisation"].choices = choices  # type: ignore[attr-defined]


@require_safe
def adoption_list(request: HttpRequest) -> Page:
    """What was taken up, by whom, for which task; for everybody."""
    form = FilterForm(request.GET)
    said = {name: value for name, value in form.cleaned_data.items() if value} if form.is_valid() else {}
    found = queries.adoptions(actor_of(request.user), **said)
    data = [_json(one) for one in found]
    context = {
        "breadcrumbs": crumbs(Crumb(_("Recommendations that were taken up"))),
        "form": form,
        "filtered": bool(said),
        "rows": [
            (one, *ADOPTIONS[one.row.state], url_or_nothing("work", key=one.row.recommendation.record.key))
            for one in found
        ],
    }
    return Page("catalogue/handing_in/adoptions.html", context, {"adoptions": data}, [_flat(one) for one in data])


def _json(kept: queries.Kept) -> dict[str, Any]:
    row = kept.row
    return {
        "work": row.recommendation.record.key,
        "recommendation": row.recommendation.number,
        "text": row.text,
        "task": row.task,
        "organisation": row.organisation.key if row.organisation else None,
        "state": row.state,
        "note": row.note,
        "at": row.at,
        "changed_at": row.changed_at,
        "demo": row.demo,
    }


def _flat(data: dict[str, Any]) -> dict[str, Any]:
    return data | {"text": words(data["text"])}


@form_page
@logged_in
def adoption_done(request: HttpRequest, pk: int) -> HttpResponse:
    label, button = _("What was done?"), _("This is done")
    return _end(request, pk, actions.done, title=_("This is done"), label=label, button=button)


@form_page
@logged_in
def adoption_drop(request: HttpRequest, pk: int) -> HttpResponse:
    label, button = _("Why won’t it be done?"), _("Drop it")
    return _end(request, pk, actions.drop, title=_("Drop this recommendation"), label=label, button=button)


def _end(
    request: HttpRequest, pk: int, action: Callable[..., Any], *, title: str, label: str, button: str
) -> HttpResponse:
    by = actor_of(request.user)
    kept = queries.find(by, pk)
    if kept is None:
        raise Http404
    if not kept.may_end:
        raise PermissionDenied
    form = EndForm(posted(request), label=label)
    if form.is_bound and form.is_valid():
        try:
            action(by=by, adoption=kept.row, note=form.cleaned_data["note"])
        except Refused as error:
            put_refusal(form, error)
        else:
            messages.success(request, _("Kept."))
            return redirect("adoption_list")
    here = Crumb(_("Recommendations that were taken up"), reverse("adoption_list"))
    return ask(
        request,
        form,
        title=title,
        texts=kept.row.text,
        button=button,
        back=here.url,
        breadcrumbs=crumbs(here, Crumb(title)),
    )

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Saved searches: keeping a question, letters about new answers, and ending those without a log-in."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from mainport.catalogue.actions import saved as actions
from mainport.catalogue.queries import saved as queries
from mainport.catalogue.search.asking import Place, kept, place_of, words_of
from mainport.core.queries import actor_of
from mainport.web.access import logged_in
from mainport.web.agenda.views.parts import Crumb, crumbs
from mainport.web.catalogue.search import words
from mainport.web.catalogue.search.page import parameters_of
from mainport.web.limits import limited
from mainport.web.pages import Page

LETTERS = [("", gettext_lazy("No letters")), ("7", gettext_lazy("Once a week")), ("1", gettext_lazy("Every day"))]


class SavedForm(forms.Form):
    """What a saved search is called, and how often a letter comes."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    every = forms.ChoiceField(label=gettext_lazy("E-mail when there is something new"), choices=LETTERS, required=False)

    def rhythm(self) -> int | None:
        return int(self.cleaned_data["every"]) if self.cleaned_data["every"] else None


@require_safe
@logged_in
def saved_searches(request: HttpRequest) -> Page:
    """One's own, each with its form."""
    mine = list(queries.saved_searches(actor_of(request.user)))
    shown = [
        {
            "saved": saved,
            "url": url_of(saved.query),
            "said": said(saved.query),
            "form": SavedForm(prefix=f"s{saved.pk}", initial={"name": saved.name, "every": str(saved.every or "")}),
        }
        for saved in mine
    ]
    title = _("Saved searches")
    context = {
        "page_title": title,
        "breadcrumbs": crumbs(Crumb(_("Search"), reverse("search")), Crumb(title)),
        "shown": shown,
        "most": actions.MOST,
    }
    rows = [
        {
            "id": s.pk,
            "name": s.name,
            "search": url_of(s.query),
            "days_between_letters": s.every,
            "next_letter": s.next_at,
        }
        for s in mine
    ]
    return Page("catalogue/search/saved.html", context, {"saved_searches": rows}, rows)


@logged_in
@limited("save-search", "30/h/user")
def search_save(request: HttpRequest) -> HttpResponse:
    """Keep the question of this address; GET asks how, for who had to log in first."""
    question = kept(parameters_of(request))
    form = SavedForm(request.POST or None, initial={"name": said(question)[:200], "every": "7"})
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_search(
                by=actor_of(request.user),
                name=form.cleaned_data["name"],
                query=question,
                language=get_language() or "nl",
                every=form.rhythm(),
            )
        except actions.TooMany:
            form.add_error(
                None,
                _("You have %(count)s saved searches, the most that we keep. Remove one first.")
                % {"count": actions.MOST},
            )
        else:
            messages.success(request, _("Your search is saved."))
            return redirect("saved_searches")
    title = _("Save this search")
    context = {
        "page_title": title,
        "breadcrumbs": crumbs(Crumb(_("Search"), url_of(question)), Crumb(title)),
        "form": form,
        "said": said(question),
        "search_url": url_of(question),
    }
    return render(request, "catalogue/search/save.html", context, status=422 if form.errors else 200)


@require_POST
@logged_in
def saved_search(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename it, change its letters, or remove it."""
    by = actor_of(request.user)
    saved = queries.find_saved(by, pk)
    if saved is None:
        raise Http404
    if "remove" in request.POST:
        actions.forget_search(by=by, saved=saved)
        messages.success(request, _("“%(name)s” is removed.") % {"name": saved.name})
        return redirect("saved_searches")
    form = SavedForm(request.POST, prefix=f"s{saved.pk}")
    if form.is_valid():
        actions.change_search(by=by, saved=saved, name=form.cleaned_data["name"], every=form.rhythm())
        messages.success(request, _("“%(name)s” is changed.") % {"name": saved.name})
    else:
        messages.error(request, _("Nothing was changed: a saved search needs a name."))
    return redirect("saved_searches")


@csrf_exempt  # Mail programs send the button of RFC 8058 without a visit; the secret stands for the person.
def letters_end(request: HttpRequest, secret: str) -> HttpResponse:
    """End the letters of one search, by the address in a letter. GET asks, since mail filters follow every link."""
    saved = queries.saved_by_secret(secret)
    if saved is None:
        raise Http404
    if request.method == "POST":
        actions.end_letters(by=actor_of(request.user), saved=saved)
    elif request.method not in ("GET", "HEAD"):
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD, POST"})
    title = _("No more letters") if saved.every is None else _("Stop these letters?")
    context: dict[str, Any] = {"page_title": title, "breadcrumbs": crumbs(Crumb(title)), "saved": saved}
    response = render(request, "catalogue/search/letters_end.html", context)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def url_of(question: dict[str, list[str]]) -> str:
    """The address of the search page that asks this."""
    return f"{reverse('search')}?{urlencode(question, doseq=True)}"


def said(question: dict[str, list[str]]) -> str:
    """A question in words, for a name and for a list."""
    place = place_of(question)
    asked = words_of(question)
    chosen = [
        words.value_label(name, value) for name, values in question.items() if name in words.FACETS for value in values
    ]
    parts = [f"“{asked}”" if asked else "", *chosen]
    told = ", ".join(part for part in parts if part)
    where = "" if place is Place.EVERYTHING else str(words.TABS[place])
    return ": ".join(part for part in (where, told) if part) or _("Everything")

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What came in of companies: who, when, under which licence; taking it back, and placing rows that weren't clear."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from mainport.core.queries import actor_of
from mainport.region.actions import company_imports as actions
from mainport.region.actions.company_imports import Cause, Depends, Misplaced
from mainport.region.feeds.faults import Refused
from mainport.region.models import Company, CompanyImport
from mainport.region.queries import companies as queries
from mainport.web.agenda.views.parts import Crumb
from mainport.web.region import show
from mainport.web.region.companies_add import TOLD, manages

A_PAGE = 50
#: So many rows to place are shown together; the others follow when these are placed.
MOST_UNCLEAR = 25

_WHY: dict[Cause, Promise] = {
    Cause.UNDONE: gettext_lazy("It was taken back already."),
    Cause.LATER: gettext_lazy(
        "It can't be taken back: later imports say more of the same companies. Take these back first, in this order: "
        "%(names)s."
    ),
    Cause.CHANGED: gettext_lazy("It can't be taken back: these companies were changed since: %(names)s."),
}


def _head(title: str, *after: Crumb) -> dict[str, Any]:
    way = [Crumb(_("Young companies"), reverse("company_list"))]
    if after:
        way += [Crumb(_("What came in"), reverse("company_imports")), *after]
    else:
        way.append(Crumb(title))
    return {"page_title": title, "breadcrumbs": show.way(*way)}


def _found(number: int) -> CompanyImport:
    kept = queries.find_import(number)
    if kept is None:
        raise Http404(str(number))
    return kept


@require_safe
@manages
def company_imports(request: HttpRequest) -> HttpResponse:
    """All imports, the newest first."""
    page = Paginator(queries.imports(), A_PAGE).get_page(request.GET.get("page"))
    rows = [{"kept": kept, "waiting": len(_waiting(kept))} for kept in page.object_list]
    return render(
        request, "region/companies_imports.html", {**_head(_("What came in")), "rows": rows, "page_obj": page}
    )


def _waiting(kept: CompanyImport) -> list[Mapping[str, Any]]:
    return [] if kept.undone_at else [one for one in kept.unclear if one["placed"] is None]


class PlaceForm(forms.Form):
    """Which company a row is about."""

    row = forms.IntegerField(widget=forms.HiddenInput)
    where = forms.ChoiceField(label=gettext_lazy("This is"), widget=forms.RadioSelect)

    def __init__(self, *arguments: Any, maybe: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*arguments, **more)
        last = [(actions.NEW, _("another company, that isn't known yet")), (actions.NONE, _("to be left out"))]
        self.fields["where"].choices = [*maybe, *last]  # type: ignore[attr-defined]


@require_safe
@manages
def company_import(request: HttpRequest, number: int) -> HttpResponse:
    """One import: what it brought, and rows of it that wait for somebody to place them."""
    return _page(request, _found(number))


def _page(request: HttpRequest, kept: CompanyImport, bad: PlaceForm | None = None, status: int = 200) -> HttpResponse:
    waiting = _waiting(kept)
    maybe = _maybe(kept, waiting[:MOST_UNCLEAR])
    rows = []
    for at, one in enumerate(waiting[:MOST_UNCLEAR]):
        form = PlaceForm(
            maybe=maybe(one),
            initial={"row": one["entry"]["row"]},
            auto_id=f"row-{at}-%s",
        )
        if bad is not None and str(bad.data.get("row")) == str(one["entry"]["row"]):
            form = bad
            form.auto_id = f"row-{at}-%s"
        rows.append({"entry": one["entry"], "told": TOLD.get(one["told"], one["told"]), "form": form})
    title = _("Import %(number)s: %(file)s") % {"number": kept.pk, "file": kept.file}
    context = {
        **_head(title, Crumb(title)),
        "kept": kept,
        "waiting": len(waiting),
        "rows": rows,
        "companies": kept.companies.order_by("name")[:A_PAGE],
        "count": kept.companies.count(),
        "placed": [one for one in kept.unclear if one["placed"] is not None],
    }
    return render(request, "region/companies_import.html", context, status=status)


def _maybe(kept: CompanyImport, waiting: Sequence[Mapping[str, Any]]) -> Any:
    """By row the companies that it may be, with what tells them apart."""
    keys = {key for one in waiting for key in one["maybe"]}
    known = {one.key: one for one in Company.objects.filter(key__in=sorted(keys)[:900], demo=kept.demo)}

    def of(one: Mapping[str, Any]) -> list[tuple[str, str]]:
        return [(key, _told_apart(known[key])) for key in one["maybe"] if key in known]

    return of


def _told_apart(company: Company) -> str:
    parts = [company.name, company.town, f"KvK {company.kvk}" if company.kvk else ""]
    if company.founded is not None:
        parts.append(_("founded in %(year)s") % {"year": company.founded})
    return ", ".join(filter(None, parts))


@require_POST
@manages
def company_import_undo(request: HttpRequest, number: int) -> HttpResponse:
    """Take an import back, or tell what rests on it."""
    kept = _found(number)
    try:
        actions.undo(by=actor_of(request.user), kept=kept)
    except Depends as error:
        messages.error(request, _WHY[error.cause] % {"names": ", ".join(error.names[:10])})
        return redirect("company_import", number=number)
    messages.success(request, _("Import %(number)s is taken back.") % {"number": number})
    return redirect("company_imports")


@require_POST
@manages
def company_import_place(request: HttpRequest, number: int) -> HttpResponse:
    """Tell which company a row is about; rows of the same name, town and number go with it."""
    kept = _found(number)
    waiting = _waiting(kept)
    asked = next((one for one in waiting if str(one["entry"]["row"]) == request.POST.get("row", "")), None)
    if asked is None:
        messages.error(request, _("That row doesn't wait any more."))
        return redirect("company_import", number=number)
    form = PlaceForm(request.POST, maybe=_maybe(kept, [asked])(asked))
    if not form.is_valid():
        return _page(request, kept, form, status=400)
    try:
        actions.place(by=actor_of(request.user), kept=kept, row=asked["entry"]["row"], where=form.cleaned_data["where"])
    except (Refused, Misplaced) as error:
        form.add_error("where", str(error))
        return _page(request, kept, form, status=400)
    messages.success(request, _("“%(name)s” is placed.") % {"name": asked["entry"]["name"]})
    return redirect("company_import", number=number)

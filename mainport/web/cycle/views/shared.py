# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What the views of the books share: who reads, who books, what isn't there, a page with one form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mainport.core.queries import actor_of
from mainport.core.rules.permissions import Permission
from mainport.cycle.rules import files
from mainport.web.access import needs
from mainport.web.agenda.views.parts import Crumb
from mainport.web.cycle import refusals, show

View = TypeVar("View", bound=Callable[..., Any])

reads = needs(Permission.READ_MONEY)
books = needs(Permission.BOOK)
form_page = require_http_methods(["GET", "HEAD", "POST"])


def found(view: View) -> View:
    """What the books don't have isn't there."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return view(request, *args, **kwargs)
        except LookupError as error:
            if isinstance(error, KeyError | IndexError):
                raise
            raise Http404 from error

    return guarded  # type: ignore[return-value]


def posted(request: HttpRequest) -> Any:
    """What was sent, for a form that is bound once something was."""
    return request.POST if request.method == "POST" else None


def number_in(request: HttpRequest, name: str) -> int | None:
    """A whole number in the address, None for what is none."""
    written = request.GET.get(name, "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 16 else None


def year_in(request: HttpRequest) -> int | None:
    year = number_in(request, "year")
    return year if year and 2000 <= year <= 2200 else None


def through(
    request: HttpRequest,
    form: forms.Form,
    do: Callable[..., tuple[str, str]],
    *,
    title: str,
    button: str,
    part: str,
    between: tuple[Crumb, ...] = (),
    lead: str = "",
    note: str = "",
    danger: bool = False,
    facts: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Ask what the form asks, and do it once it is filled in.

    `do` takes what was filled in, and says where to go and what to tell; what it refuses stands at its field.
    """
    faults: list[files.Fault] = []
    if form.is_bound and form.is_valid():
        try:
            address, said = do(**getattr(form, "given", form.cleaned_data))
        except files.Refused as error:
            faults = error.faults
        except refusals.REFUSED as error:
            refusals.put_troubles(form, error)
        else:
            messages.success(request, said)
            return redirect(address)
    context = show.frame(actor_of(request.user), title, part, *between) | {
        "form": form,
        "lead": lead,
        "note": note,
        "button": button,
        "danger": danger,
        "faults": faults,
        "facts": facts or {},
        "has_file": form.is_multipart(),
    }
    return render(request, "cycle/form.html", context, status=422 if faults else 200)


def post(request: HttpRequest, do: Callable[[], str], address: str) -> HttpResponse:
    """Do what one button asks, and tell it on the page where it leads."""
    try:
        said = do()
    except refusals.REFUSED as error:
        refusals.say_troubles(request, error)
    else:
        messages.success(request, said)
    return redirect(address)

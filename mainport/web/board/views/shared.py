# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What the views of the board share: who manages, what isn't there for the asker, a page with one form."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from mainport.board.queries import Unseen
from mainport.core.rules.permissions import Permission
from mainport.web.access import needs
from mainport.web.agenda.views.parts import Crumb

View = TypeVar("View", bound=Callable[..., Any])

manages = needs(Permission.MANAGE_BOARD)
form_page = require_http_methods(["GET", "HEAD", "POST"])


def seen(view: View) -> View:
    """What the asker may not know of isn't there."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return view(request, *args, **kwargs)
        except Unseen as error:
            raise Http404 from error

    return guarded  # type: ignore[return-value]


def posted(request: HttpRequest) -> Any:
    """What was sent, for a form that is bound once something was."""
    return request.POST if request.method == "POST" else None


def ask(
    request: HttpRequest, form: forms.Form, *, title: str, lead: str, button: str, breadcrumbs: list[Crumb]
) -> HttpResponse:
    """A page with one form and one button."""
    context = {
        "form": form,
        "title": title,
        "lead": lead,
        "button": button,
        "breadcrumbs": breadcrumbs,
        "has_file": form.is_multipart(),
        # Where nothing at all must be filled in, it goes without saying that a field needn't be.
        "hide_optional": not any(field.required for field in form.fields.values()),
    }
    return render(request, "board/form.html", context)

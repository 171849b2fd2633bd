# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What the views of the board share: who manages, what isn't there for the asker, a page with one form."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from mainport.board.queries import Unseen
from mainport.board.rules.refusals import Refused
from mainport.core.rules.permissions import NotAllowed, Permission
from mainport.web.access import needs
from mainport.web.agenda.views.parts import Crumb
from mainport.web.board import labels

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


def taken(request: HttpRequest, form: forms.Form, act: Callable[[], object], said: str) -> bool:
    """Whether the form was sent filled in rightly, and the action took it; what is wrong stands at its field."""
    if not form.is_valid():
        return False
    try:
        act()
    except NotAllowed as error:
        raise PermissionDenied from error
    except Refused as error:
        labels.put_troubles(form, error)
        return False
    messages.success(request, said)
    return True


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

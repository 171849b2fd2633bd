# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What the views of handing in share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from mainport.catalogue.queries.handing_in import HandedIn, Unseen, find
from mainport.catalogue.rules.faults import Refused as FaultsRefused
from mainport.catalogue.rules.handing_in import Refused
from mainport.core.queries import actor_of
from mainport.core.rules.permissions import NotAllowed, Permission
from mainport.web.access import needs
from mainport.web.agenda.views.parts import Crumb
from mainport.web.catalogue.handing_in import labels

View = TypeVar("View", bound=Callable[..., Any])

hands_in = needs(Permission.HAND_IN)
reviews = needs(Permission.REVIEW_WORK)
form_page = require_http_methods(["GET", "HEAD", "POST"])


def seen(view: View) -> View:
    """What the asker may not know of isn't there; what they may see and not do is forbidden."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return view(request, *args, **kwargs)
        except Unseen as error:
            raise Http404 from error
        except NotAllowed as error:
            raise PermissionDenied from error

    return guarded  # type: ignore[return-value]


def own(request: HttpRequest, key: str) -> HandedIn:
    """A work of the asker's own. Raises Unseen."""
    handed = find(actor_of(request.user), key)
    if not handed.is_author:
        raise Unseen(key)
    return handed


def to_judge(request: HttpRequest, key: str) -> HandedIn:
    """A work that was sent. Raises Unseen."""
    return find(actor_of(request.user), key)


def posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def put_refusal(form: forms.Form, error: Refused | FaultsRefused) -> None:
    """Why it wasn't done, above the form or at the one field that it has."""
    if isinstance(error, Refused):
        form.add_error(next(iter(form.fields)) if len(form.fields) == 1 else None, str(labels.REFUSALS[error.no]))
    else:
        for fault in error.faults:
            form.add_error(None, f"{fault.found}: {fault.expected}" if fault.found else fault.expected)


def say_refusal(request: HttpRequest, error: Refused) -> None:
    messages.error(request, str(labels.REFUSALS[error.no]))


def ask(
    request: HttpRequest,
    form: forms.Form,
    *,
    title: str,
    button: str,
    breadcrumbs: Sequence[Crumb],
    lead: Any = "",
    back: str = "",
    texts: Any = None,
) -> HttpResponse:
    """A page with one form and one button; `texts` is what it is about, `back` where to go without doing it."""
    context = {
        "form": form,
        "title": title,
        "lead": lead,
        "texts": texts,
        "button": button,
        "back": back,
        "breadcrumbs": breadcrumbs,
        "has_file": form.is_multipart(),
        "hide_optional": not any(one.required for one in form.fields.values()),
    }
    return render(request, "catalogue/handing_in/ask.html", context)

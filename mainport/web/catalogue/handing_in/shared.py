# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What the views of handing in share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import wraps
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mainport.catalogue.queries.handing_in import HandedIn, Unseen, find
from mainport.catalogue.rules.faults import Refused as FaultsRefused
from mainport.catalogue.rules.handing_in import Refused
from mainport.core.queries import actor_of
from mainport.core.rules.permissions import NotAllowed, Permission
from mainport.web.access import needs
from mainport.web.agenda.views.parts import Crumb
from mainport.web.catalogue.handing_in import labels
from mainport.web.limits import limited

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


#: What somebody sent who was no longer logged in waits so long, in the session, for their log-in.
WAITS = timedelta(hours=1)
#: A step with every field filled is smaller.
_MOST = 200_000
_UNSENT = "unsent"


def keeps_typing(view: View) -> View:
    """Where the log-in ran out while somebody was filling in, what they send comes back after they log in again.

    It is kept in the session, for the page that it was sent to and nothing else; it isn't sent by itself.
    """

    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated:
            if request.method == "GET":
                request.typed = _take_back(request)  # type: ignore[attr-defined]
        elif request.method == "POST" and (refused := _keep(request)):
            return refused
        return view(request, *args, **kwargs)

    return kept  # type: ignore[return-value]


@limited("unsent", "60/h/ip")
def _keep(request: HttpRequest) -> HttpResponse | None:
    """Put what was sent aside; an answer where that is refused."""
    typed = request.POST.copy()
    typed.pop("csrfmiddlewaretoken", None)
    if len(said := typed.urlencode()) <= _MOST:
        request.session[_UNSENT] = [request.path, timezone.now().timestamp(), said]
    return None


def _take_back(request: HttpRequest) -> QueryDict | None:
    """What was sent to this page before the log-in; it is taken once."""
    path, at, said = request.session.get(_UNSENT) or ("", 0, "")
    if path != request.path:
        return None
    del request.session[_UNSENT]
    if timezone.now().timestamp() - at > WAITS.total_seconds():
        return None
    messages.info(request, _("You were logged out meanwhile. This is what you filled in. It is not kept yet: save it."))
    return QueryDict(said)


def posted(request: HttpRequest) -> Any:
    """What the form shows: what was sent now, or before the log-in; None where nothing was.

    Only what is sent now (`sends`) may be done.
    """
    return request.POST if request.method == "POST" else getattr(request, "typed", None)


#: Of so many pages the session knows what they kept.
_PAGES = 40
_KEPT_BY = "kept-by"


def seen_by(request: HttpRequest) -> tuple[str, str]:
    """The mark of what a page was made with, and of what that same page kept since.

    A browser that goes back shows the page as it was: what it kept itself is no news to whoever looks at it. Another
    window is another page.
    """
    mark, _dot, page = request.POST.get("seen", "").partition(".")
    return mark, request.session.get(_KEPT_BY, {}).get(page, "") if page else ""


def remember_kept(request: HttpRequest, mark: str) -> None:
    """That the page that was sent kept this."""
    _mark, _dot, page = request.POST.get("seen", "").partition(".")
    if page:
        known = {**request.session.get(_KEPT_BY, {}), page[:16]: mark}
        request.session[_KEPT_BY] = dict(list(known.items())[-_PAGES:])


def sends(request: HttpRequest, form: forms.Form) -> bool:
    """Whether this is sent now, and right."""
    return request.method == "POST" and form.is_bound and form.is_valid()


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
        "hide_optional": not any(one.required for one in form.fields.values()) or hasattr(form, "quiet"),
    }
    return render(request, "catalogue/handing_in/ask.html", context)

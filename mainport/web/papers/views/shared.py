# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What the views of papers share: what isn't there for the asker, who manages, a paper as a file."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from mainport.core.rules.permissions import NotAllowed, Permission
from mainport.cycle.exports.papers import FORMATS, MEDIA_TYPES, Format
from mainport.cycle.queries import papers as queries
from mainport.cycle.queries.papers import NoSuchPaper
from mainport.cycle.rules.document import Document
from mainport.web.access import logged_in, needs

View = TypeVar("View", bound=Callable[..., Any])

manages = needs(Permission.MANAGE_PAPERS)


def found(view: View) -> View:
    """What the asker may not know of isn't there; what they may see and not do is refused."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return view(request, *args, **kwargs)
        except NoSuchPaper as error:
            raise Http404 from error
        except NotAllowed as error:
            raise PermissionDenied from error

    return guarded  # type: ignore[return-value]


def at_work(view: View) -> View:
    """For a page of the workspace: log in first, then the same."""
    return logged_in(found(view))


def as_format(said: str) -> Format:
    """A format that papers have; there is no page for another."""
    if said not in FORMATS:
        raise Http404(said)
    return said


def as_language(said: str) -> str:
    """A language of the alliance; there is no paper in another."""
    if said not in queries.languages():
        raise Http404(said)
    return said


def as_file(document: Document, format_: Format, name: str) -> HttpResponse:
    """The paper as a file. Its own page of HTML may use its own style and nothing else."""
    from mainport.cycle.exports.papers import render

    response = HttpResponse(render(document, format_), content_type=MEDIA_TYPES[format_])
    shown = "inline" if format_ in ("pdf", "html") else "attachment"
    response["Content-Disposition"] = f'{shown}; filename="{name}-{document.language}.{format_}"'
    if format_ == "html":
        from mainport.cycle.exports.html import STYLE_SOURCE

        # As csp.decorators.csp_replace does, which must know its sources before the module is loaded.
        response._csp_replace = {"default-src": ["'none'"], "style-src": [STYLE_SOURCE]}  # type: ignore[attr-defined]
    return response

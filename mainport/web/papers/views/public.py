# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The yearly papers for everybody: a list by year, a decided paper to read, the same as a file."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mainport.core.queries import actor_of
from mainport.core.rules.permissions import VISITOR, Permission
from mainport.cycle.models import Paper
from mainport.cycle.queries import papers as queries
from mainport.cycle.queries.papers import PaperLine, PaperView
from mainport.cycle.rules.document import Document
from mainport.web.agenda.views.parts import Crumb
from mainport.web.pages import Page
from mainport.web.papers import reading, show
from mainport.web.papers.views.shared import as_file, as_format, found
from mainport.web.templatetags.mainport import words

State = Paper.State


@require_safe
def yearly_paper_list(request: HttpRequest) -> Page:
    """Every paper that was decided, the newest year first."""
    lines = queries.papers(VISITOR)
    in_force = [line for line in lines if line.paper.state == State.DECIDED]
    earlier = [line for line in lines if line.paper.state == State.REPLACED]
    context = {
        "page_title": _("Yearly papers"),
        "breadcrumbs": show.public_crumbs(),
        "years": [
            (year, [_Listed(line, earlier) for line in of_year])
            for year, of_year in groupby(in_force, key=lambda line: line.paper.year)
        ],
        "at_work": actor_of(request.user).may(Permission.READ_MONEY)
        or bool(actor_of(request.user).organisations(Permission.WRITE_PAPER)),
    }
    data = [show.paper_json(line.paper) | {"title": show.title_of(line)} for line in lines]
    return Page("papers/list.html", context, {"papers": data}, data)


class _Listed:
    """A paper in the list, with its earlier versions and its PDF in the reader's language."""

    def __init__(self, line: PaperLine, earlier: list[PaperLine]) -> None:
        paper = line.paper
        self.paper = paper
        self.title = words(line.title)
        self.url = show.read_url(paper)
        self.decision_url = show.decision_url(paper)
        self.earlier = [
            (one.paper, show.read_url(one.paper))
            for one in earlier
            if (one.paper.kind, one.paper.year) == (paper.kind, paper.year)
        ]
        where = {"kind": paper.kind, "year": paper.year, "version": paper.version}
        self.pdf = reverse("yearly_paper_file", kwargs={**where, "language": get_language() or "en", "format": "pdf"})


@require_safe
@found
def yearly_paper(request: HttpRequest, kind: str, year: int, version: int | None = None) -> Page:
    """A decided paper, read on the site: the version in force, or an earlier one as it was."""
    view = queries.view(VISITOR, kind, year, version)
    document = queries.document(VISITOR, view.paper, get_language() or "en")
    data = show.paper_json(view.paper) | {
        "title": show.title_of(view),
        "signatures": show.signature_json(view),
        "content": view.paper.content,
    }
    return Page("papers/paper.html", paper_context(view, document), data, list(reading.cells(document)))


def paper_context(view: PaperView, document: Document) -> dict[str, Any]:
    """What the page of a paper shows, decided or not."""
    paper = view.paper
    title = show.title_of(view)
    return {
        "page_title": title,
        "breadcrumbs": show.public_crumbs(Crumb(title)),
        "view": view,
        "paper": paper,
        "state": show.state_of(paper),
        "reading": reading.read(document),
        "foreign": document.language if document.language != get_language() else "",
        "downloads": show.downloads(paper, view.languages),
        "decision_url": show.decision_url(paper),
        "versions": [
            {
                "title": _("Version %(number)s") % {"number": one.version},
                "date": one.decided_at,
                "url": "" if one.pk == paper.pk else show.read_url(one),
                "current": one.state == State.DECIDED,
            }
            for one in view.versions
            if one.decided_at
        ],
        "signed": [one for one in view.signatures if one.said],
        "agreed": sum(1 for one in view.signatures if one.said and one.said.agrees),
        "newest": next((show.read_url(one) for one in view.versions if one.state == State.DECIDED), ""),
    }


@require_safe
@found
def yearly_paper_file(
    request: HttpRequest, kind: str, year: int, version: int, language: str, format: str
) -> HttpResponse:
    """A decided paper as a file; the same for ever, so a reader who has it is told so."""
    format_ = as_format(format)
    paper = queries.find(VISITOR, kind, year, version)
    if language not in (paper.content or {}):
        raise Http404(language)
    # What makes the file may change with the software, what it says never does: a weak tag.
    tag = f'W/"{paper.sha256[:32]}-{language}-{format_}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers={"ETag": tag})
    response = as_file(queries.document(VISITOR, paper, language), format_, f"{kind}-{year}-v{version}")
    response["ETag"] = tag
    return response

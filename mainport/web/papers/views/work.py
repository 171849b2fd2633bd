# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The papers that are being made: which there are, one with its sections, opening one, what it reads like now."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mainport.agenda import queries as agenda
from mainport.agenda.rules.elements import Kind
from mainport.board import queries as board
from mainport.core.queries import actor_of
from mainport.core.rules.permissions import Permission
from mainport.cycle.actions import papers as actions
from mainport.cycle.actions.papers import Refused
from mainport.cycle.models import Paper
from mainport.cycle.queries import papers as queries
from mainport.cycle.queries.papers import PaperView, SectionView
from mainport.cycle.queries.papers_at_work import at_work as papers_at_work
from mainport.cycle.rules.papers import Written
from mainport.web.access import needs
from mainport.web.agenda.views.parts import Crumb
from mainport.web.board.views.shared import ask, form_page, posted
from mainport.web.pages import Page
from mainport.web.papers import labels, show
from mainport.web.papers.forms import OpenForm
from mainport.web.papers.views.public import paper_context
from mainport.web.papers.views.shared import as_file, as_format, as_language, at_work, manages
from mainport.web.templatetags.mainport import words

State = Paper.State


@require_safe
@needs(Permission.ENTER_WORKSPACE)
def paper_work_list(request: HttpRequest) -> Page:
    """What is being made, what each lacks and who must still do something."""
    by = actor_of(request.user)
    rows = papers_at_work(by)
    context = {
        "page_title": _("Papers at work"),
        "breadcrumbs": show.work_crumbs(),
        "papers": [(one, labels.STATES[one.paper.state], show.work_url(one.paper)) for one in rows],
        "may_manage": by.may(Permission.MANAGE_PAPERS),
    }
    data = [show.work_json(one) for one in rows]
    flat = [row | {"missing": " ".join(one["section"] for one in row["missing"])} for row in data]
    return Page("papers/work_list.html", context, {"papers": data}, flat)


@form_page
@manages
def paper_open(request: HttpRequest) -> HttpResponse:
    kinds = [(row.key, words(row.title)) for row in agenda.elements(Kind.PAPER)]
    form = OpenForm(posted(request), kinds=kinds, initial={"year": timezone.localdate().year})
    if form.is_bound and form.is_valid():
        try:
            made = actions.open(by=actor_of(request.user), **form.cleaned_data)
        except Refused as error:
            labels.put_trouble(form, error)
        else:
            messages.success(request, _("Opened. Say who writes which section."))
            return redirect(show.work_url(made))
    title = _("Open a paper")
    return ask(
        request,
        form,
        title=title,
        lead=_("It takes the order of its sections and their writers from the year before."),
        button=_("Open this paper"),
        breadcrumbs=show.work_crumbs(Crumb(title)),
    )


@require_safe
@at_work
def paper_work(request: HttpRequest, kind: str, year: int) -> Page:
    """A paper as it is being made: sections, signatures, what can be done with it."""
    view = queries.view(actor_of(request.user), kind, year)
    paper = view.paper
    context = {
        "page_title": show.title_of(view),
        "breadcrumbs": show.work_crumbs(Crumb(show.title_of(view))),
        "view": view,
        "paper": paper,
        "state": labels.STATES[paper.state],
        "sections": [(one, *standing(one)) for one in view.sections],
        "missing": view.missing,
        "comments": sum(one.open_comments for one in view.sections),
        "agreed": sum(1 for one in view.signatures if one.said and one.said.agrees),
        "may_sign": any(one.may_sign for one in view.signatures),
        "downloads": show.downloads(paper, view.languages),
        "read_url": show.read_url(paper) if paper.content else "",
        "is_draft": paper.state == State.DRAFT,
        "is_signing": paper.state == State.SIGNING,
    }
    data = show.paper_json(paper) | {
        "title": show.title_of(view),
        "sections": [show.section_json(one) for one in view.sections],
        "signatures": show.signature_json(view),
    }
    return Page("papers/work.html", context, data, [show.section_row(one) for one in view.sections])


def standing(one: SectionView) -> tuple[str, str]:
    """How far a section is: a glyph and a word."""
    if one.plan is None:
        return "no-plan", _("no longer in the agenda")
    if one.plan.written is Written.NEVER:
        return "done", _("drawn up by itself")
    if one.missing and one.section.text:
        return "at-risk", _("one language is missing")
    if one.missing:
        return "no-report", _("to be written")
    if one.section.text:
        return "done", _("written")
    return "no-plan", _("no text, and none needed")


# --- As it reads now ---


@require_safe
@at_work
def paper_preview(request: HttpRequest, kind: str, year: int) -> HttpResponse:
    """The paper as it would be decided now, on a page."""
    view = _being_made(request, kind, year)
    document = queries.document(
        actor_of(request.user), view.paper, get_language() or "en", decisions=board.lines_of(year)
    )
    context = paper_context(view, document) | {
        "breadcrumbs": show.crumbs_to(view, _("As it reads now")),
        "work_url": show.work_url(view.paper),
    }
    return render(request, "papers/paper.html", context)


@require_safe
@at_work
def paper_preview_file(request: HttpRequest, kind: str, year: int, language: str, format: str) -> HttpResponse:
    """The same as a file that says that it is a draft."""
    by = actor_of(request.user)
    format_, language = as_format(format), as_language(language)
    paper = queries.find(by, kind, year)
    document = queries.document(by, paper, language, decisions=board.lines_of(year))
    response = as_file(document, format_, f"{kind}-{year}-v{paper.version}-{paper.state}")
    response["Cache-Control"] = "private, no-store"
    return response


def _being_made(request: HttpRequest, kind: str, year: int) -> PaperView:
    """Raises NoSuchPaper where it was decided already: that has a page of its own."""
    view = queries.view(actor_of(request.user), kind, year)
    if view.paper.content:
        raise queries.NoSuchPaper(str(view.paper))
    return view

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A paper before the partners: laying it there, signing, what stands in the way, deciding."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mainport.board import queries as board
from mainport.core.queries import actor_of
from mainport.cycle.actions import papers as actions
from mainport.cycle.actions.papers import Refused, Undecidable
from mainport.cycle.models import Paper
from mainport.cycle.queries import papers as queries
from mainport.cycle.queries.papers import NoSuchPaper, PaperView
from mainport.cycle.rules.papers import PaperKind
from mainport.cycle.rules.ties import Tie
from mainport.web.board.views.shared import ask, form_page, posted
from mainport.web.pages import Page
from mainport.web.papers import labels, show
from mainport.web.papers.forms import DecideForm, SignForm, TakeBackForm
from mainport.web.papers.views.shared import at_work, manages
from mainport.web.templatetags.mainport import when, words

State = Paper.State


def _view(request: HttpRequest, kind: str, year: int, *states: Paper.State) -> PaperView:
    """The paper in one of these states. Raises NoSuchPaper."""
    view = queries.view(actor_of(request.user), kind, year)
    if view.paper.state not in states:
        raise NoSuchPaper(f"{view.paper} in this state")
    return view


@require_POST
@manages
@at_work
def paper_lay_before(request: HttpRequest, kind: str, year: int) -> HttpResponse:
    paper = queries.find(actor_of(request.user), kind, year)
    try:
        actions.lay_before(by=actor_of(request.user), paper=paper)
    except Refused as error:
        messages.error(request, labels.sentence(error))
    else:
        messages.success(request, _("The paper lies before the partners. Its texts rest until it is decided."))
    return redirect(show.work_url(paper))


@form_page
@manages
@at_work
def paper_take_back(request: HttpRequest, kind: str, year: int) -> HttpResponse:
    view = _view(request, kind, year, State.SIGNING)
    form = TakeBackForm(posted(request))
    if form.is_bound and form.is_valid():
        try:
            actions.take_back(by=actor_of(request.user), paper=view.paper, **form.cleaned_data)
        except Refused as error:
            labels.put_trouble(form, error)
        else:
            messages.success(request, _("Taken back. People can write again."))
            return redirect(show.work_url(view.paper))
    title = _("Take the paper back")
    return ask(
        request,
        form,
        title=title,
        lead=_("What partners said of it counts no more: they sign again once it lies before them again."),
        button=_("Take it back"),
        breadcrumbs=show.crumbs_to(view, title),
    )


@form_page
@at_work
def paper_sign(request: HttpRequest, kind: str, year: int) -> HttpResponse:
    """Say for one's organisation whether it agrees; again until the paper is decided."""
    view = _view(request, kind, year, State.SIGNING)
    choices = [(one.organisation, words(one.title)) for one in view.signatures if one.may_sign]
    if not choices:
        raise PermissionDenied
    form = SignForm(posted(request), organisations=choices)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data | {"agrees": form.cleaned_data["agrees"] == "yes"}
        try:
            actions.sign(by=actor_of(request.user), paper=view.paper, **said)
        except Refused as error:
            labels.put_trouble(form, error)
        else:
            messages.success(request, _("Kept what your organisation says of this paper."))
            return redirect(f"{show.work_url(view.paper)}#signatures")
    title = _("Sign: %(paper)s") % {"paper": show.title_of(view)}
    lead = _("You sign for %(organisation)s.") % {"organisation": choices[0][1]} if len(choices) == 1 else ""
    return ask(
        request, form, title=title, lead=lead, button=_("Sign"), breadcrumbs=show.crumbs_to(view, _("Sign this paper"))
    )


# --- What stands in the way ---


@require_safe
@at_work
def paper_check(request: HttpRequest, kind: str, year: int) -> Page:
    """Whether the figures tie, which texts are lacking, who hasn't agreed."""
    view = _view(request, kind, year, State.DRAFT, State.SIGNING)
    differences = queries.differences(view.paper)
    # Where nobody began the accounts, the list of papers is where they are begun.
    accounts = any(one.tie is Tie.ACCOUNTS for one in differences) and bool(
        queries.papers(actor_of(request.user), kind=PaperKind.ANNUAL_ACCOUNTS, year=year)
    )
    troubles = [labels.trouble(one, year, accounts=accounts) for one in differences]
    unsigned = [one for one in view.signatures if not (one.said and one.said.agrees)]
    context = {
        "page_title": _("Check: %(paper)s") % {"paper": show.title_of(view)},
        "breadcrumbs": show.crumbs_to(view, _("Check")),
        "view": view,
        "paper": view.paper,
        "troubles": troubles,
        "missing": [(one, show.section_title(one)) for one in view.missing],
        "unsigned": unsigned,
        "is_signing": view.paper.state == State.SIGNING,
        "ready": not troubles and not view.missing,
    }
    rows = [
        {
            "tie": one.tie.value,
            "what": one.what,
            "found": one.found,
            "expected": one.expected,
            "than": one.than,
            "difference": one.amount,
        }
        for one in differences
    ]
    data = {
        "ties": not troubles,
        "differences": rows,
        "texts": [{"section": one.section.key, "languages": list(one.missing)} for one in view.missing],
        "unsigned": [one.organisation for one in unsigned],
    }
    return Page("papers/check.html", context, show.paper_json(view.paper) | data, rows)


@form_page
@manages
@at_work
def paper_decide(request: HttpRequest, kind: str, year: int) -> HttpResponse:
    """Decide a paper by hand. A decision of the board usually does it, and then names it itself."""
    by = actor_of(request.user)
    view = _view(request, kind, year, State.SIGNING)
    register = [(one.key, f"{one.key}, {when(one.day)}: {words(one.title)}") for one in board.register(by) if one.title]
    form = DecideForm(posted(request), decisions=register)
    if form.is_bound and form.is_valid():
        try:
            made = actions.decide(by=by, paper=view.paper, **form.cleaned_data, decisions=board.lines_of(year))
        except Undecidable:
            form.add_error(None, _("This paper can't be decided yet. The page of the check says what is in the way."))
        except Refused as error:
            labels.put_trouble(form, error)
        else:
            messages.success(request, _("Decided. It reads the same for ever from now on."))
            return redirect(show.read_url(made))
    unsigned = [one for one in view.signatures if not (one.said and one.said.agrees)]
    context = {
        "page_title": _("Decide: %(paper)s") % {"paper": show.title_of(view)},
        "breadcrumbs": show.crumbs_to(view, _("Decide")),
        "view": view,
        "form": form,
        "unsigned": unsigned,
        "check_url": reverse("paper_check", kwargs={"kind": kind, "year": year}),
    }
    return render(request, "papers/decide.html", context)

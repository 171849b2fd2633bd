# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Budgets: those of all years, one with its versions, working on a draft, moving money within the one in force."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mainport.board import queries as board
from mainport.core.queries import actor_of
from mainport.core.rules.permissions import Actor
from mainport.cycle.actions import budgets as actions
from mainport.cycle.models import Budget
from mainport.cycle.queries import budgets as queries
from mainport.cycle.queries.naming import names
from mainport.web.agenda.views.parts import Crumb
from mainport.web.cycle import labels, show
from mainport.web.cycle.forms import AmountForm, BudgetLineForm, DecideForm, DraftForm, MoveForm, WhyForm
from mainport.web.cycle.views.shared import books, form_page, found, number_in, post, posted, reads, through
from mainport.web.pages import Page
from mainport.web.templatetags.mainport import euro, words


@require_safe
@reads
def budget_list(request: HttpRequest) -> Page:
    by = actor_of(request.user)
    rows = queries.years(by)
    context = show.frame(by, _("Budgets"), "budget_list") | {
        "rows": [(row, *labels.BUDGET_STATES[row.shown.state]) for row in rows]
    }
    data = [show.year_of_budget_json(row) for row in rows]
    return Page("cycle/budgets.html", context, {"budgets": data}, data)


@require_safe
@reads
@found
def budget(request: HttpRequest, year: int) -> Page:
    """A version, by default the one in force, beside the one before it."""
    by = actor_of(request.user)
    shown = queries.budget(by, year, number_in(request, "version"), number_in(request, "against"))
    rows = show.group_rows(shown.names, shown.groups)
    title = _("Budget %(year)s") % {"year": year}
    glyph, label = labels.BUDGET_STATES[shown.budget.state]
    context = show.frame(by, title, "budget_list", show.crumb("budget_list")) | {
        "found": shown,
        "budget": shown.budget,
        "glyph": glyph,
        "label": label,
        "rows": rows,
        "total": tuple(map(sum, zip(*(row.amounts for row in rows if row.is_group), strict=True))),
        "versions": [(one, labels.BUDGET_STATES[one.state][1]) for one in shown.versions],
        "names": shown.names,
    }
    data = show.version_json(shown.budget) | {
        "against": shown.against.version if shown.against else None,
        "versions": [show.version_json(one) for one in shown.versions],
        "lines": [show.line_json(line) for line in shown.lines],
    }
    return Page("cycle/budget.html", context, data, [show.line_json(line) for line in shown.lines])


@form_page
@books
def budget_draft(request: HttpRequest) -> HttpResponse:
    """Begin a draft, or go on with the one that there is."""
    year = number_in(request, "year") or timezone.localdate().year + 1

    def do(year: int, words: str) -> tuple[str, str]:
        actions.draft(by=actor_of(request.user), year=year, words=words)
        return reverse("budget_edit", kwargs={"year": year}), _(
            "This is the draft. It has no force until it is decided."
        )

    return through(
        request,
        DraftForm(posted(request), initial={"year": year}),
        do,
        title=_("Draft a budget"),
        lead=_("Where a budget is in force, the draft begins with its lines."),
        button=_("Begin the draft"),
        part="budget_list",
        between=(show.crumb("budget_list"),),
    )


@require_safe
@books
@found
def budget_edit(request: HttpRequest, year: int) -> HttpResponse:
    """The lines of a draft, to add to, change and drop."""
    by = actor_of(request.user)
    draft = queries.find_draft(by, year)
    shown = queries.budget(by, year, draft.version)
    title = _("Draft budget %(year)s") % {"year": year}
    context = show.frame(by, title, "budget_list", show.crumb("budget_list"), _to(year)) | {
        "found": shown,
        "budget": shown.budget,
        "names": shown.names,
        "year": year,
    }
    return render(request, "cycle/budget_edit.html", context)


@form_page
@books
@found
def budget_line(request: HttpRequest, year: int) -> HttpResponse:
    """Add a line to the draft."""
    by = actor_of(request.user)
    draft = queries.find_draft(by, year)

    def do(**said: Any) -> tuple[str, str]:
        line = actions.put_line(by=by, budget=draft, **said)
        return reverse("budget_edit", kwargs={"year": year}), _("The line stands at %(amount)s.") % {
            "amount": euro(line.amount)
        }

    return through(
        request,
        BudgetLineForm(posted(request), names=names(parties=False)),
        do,
        title=_("Add a line"),
        lead=_("Of one goal, task or project, out of one fund, for one type of cost there is one line."),
        button=_("Add the line"),
        part="budget_list",
        between=(show.crumb("budget_list"), _to(year), _to_draft(year)),
    )


@form_page
@books
@found
def budget_line_change(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    by = actor_of(request.user)
    line = queries.find_line(by, year, pk)
    known = names(parties=False)

    def do(amount: Any, words: str) -> tuple[str, str]:
        actions.put_line(
            by=by,
            budget=line.budget,
            element=line.element,
            fund=line.fund,
            cost=line.cost,
            amount=amount,
            words=words,
        )
        return reverse("budget_edit", kwargs={"year": year}), _("The line stands at %(amount)s.") % {
            "amount": euro(amount)
        }

    what = (show.element_name(known, line.element), show.fund_name(known, line.fund), labels.COSTS[line.cost])  # type: ignore[index]
    return through(
        request,
        AmountForm(posted(request), initial={"amount": line.amount, "words": line.words}),
        do,
        title=_("Change a line"),
        lead=", ".join(map(str, what)),
        button=_("Keep the line"),
        part="budget_list",
        between=(show.crumb("budget_list"), _to(year), _to_draft(year)),
    )


@require_POST
@books
@found
def budget_line_drop(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    by = actor_of(request.user)
    line = queries.find_line(by, year, pk)

    def do() -> str:
        actions.drop_line(by=by, line=line)
        return _("The line is dropped.")

    return post(request, do, reverse("budget_edit", kwargs={"year": year}))


@form_page
@books
@found
def budget_drop(request: HttpRequest, year: int) -> HttpResponse:
    """Give a draft up."""
    by = actor_of(request.user)
    draft = queries.find_draft(by, year)

    def do(why: str) -> tuple[str, str]:
        actions.drop(by=by, budget=draft, why=why)
        return reverse("budget_list"), _("The draft is dropped. It can still be read.")

    return through(
        request,
        WhyForm(posted(request)),
        do,
        title=_("Drop the draft of %(year)s") % {"year": year},
        button=_("Drop the draft"),
        part="budget_list",
        between=(show.crumb("budget_list"), _to(year)),
        danger=True,
    )


@form_page
@books
@found
def budget_decide(request: HttpRequest, year: int) -> HttpResponse:
    """Bring a draft into force. The board's own decision does so by itself."""
    by = actor_of(request.user)
    draft = queries.find_draft(by, year)
    shown = queries.budget(by, year, draft.version)

    def do(decision: str, sure: bool) -> tuple[str, str]:
        actions.decide(by=by, budget=draft, decision=decision)
        return reverse("budget", kwargs={"year": year}), _("The budget of %(year)s is in force.") % {"year": year}

    return through(
        request,
        DecideForm(posted(request), decisions=_decisions(by)),
        do,
        title=_("Bring the budget of %(year)s into force") % {"year": year},
        lead=_("Version %(version)s, %(total)s in all.")
        % {"version": shown.budget.version, "total": euro(shown.budget.total)},
        note=_(
            "Usually a decision of the board does this: whoever records the decision chooses this draft, and it comes "
            "into force with it. Do it here only for a budget that was decided before the board's decisions were kept "
            "here, or outside a meeting."
        ),
        button=_("Bring it into force"),
        part="budget_list",
        between=(show.crumb("budget_list"), _to(year), _to_draft(year)),
    )


@form_page
@books
@found
def budget_move(request: HttpRequest, year: int) -> HttpResponse:
    """Move money within the budget in force."""
    by = actor_of(request.user)
    shown = queries.budget(by, year)
    if shown.budget.state != Budget.State.DECIDED:
        raise Http404
    sources = list(dict.fromkeys(line.element for line in shown.lines if line.id))

    def do(**said: Any) -> tuple[str, str]:
        made = actions.move(by=by, year=year, **said)
        return reverse("budget", kwargs={"year": year}), _("Moved. This is version %(version)s of the budget.") % {
            "version": made.version
        }

    return through(
        request,
        MoveForm(posted(request), names=shown.names, sources=sources, decisions=_decisions(by)),
        do,
        title=_("Move money within the budget of %(year)s") % {"year": year},
        lead=_("It makes the next version of the budget. The sum stays the same."),
        note=_("Usually a decision of the board does this, and points back from both tasks to the decision."),
        button=_("Move it"),
        part="budget_list",
        between=(show.crumb("budget_list"), _to(year)),
    )


def _decisions(by: Actor) -> list[tuple[str, str]]:
    """The decisions of the register, to say which one it was."""
    return [(one.key, f"{one.key} {words(one.title or {})}"[:120]) for one in board.register(by)]


def _to(year: int) -> Crumb:
    return Crumb(_("Budget %(year)s") % {"year": year}, reverse("budget", kwargs={"year": year}))


def _to_draft(year: int) -> Crumb:
    return Crumb(_("Draft"), reverse("budget_edit", kwargs={"year": year}))

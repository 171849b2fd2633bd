# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The bank: statements, lines that wait, and saying what they were for."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from mainport.core.queries import actor_of
from mainport.cycle.actions import bank as actions
from mainport.cycle.queries import bank as queries
from mainport.cycle.queries import invoices as of_invoices
from mainport.cycle.queries.bank import LineView
from mainport.cycle.queries.naming import names
from mainport.web.agenda.views.parts import Crumb
from mainport.web.cycle import show
from mainport.web.cycle.forms import AssignForm, SpendForm, UploadForm, WhyForm
from mainport.web.cycle.views.shared import books, form_page, found, post, posted, through
from mainport.web.pages import Page
from mainport.web.templatetags.mainport import euro, when


@require_safe
@books
def bank_list(request: HttpRequest) -> Page:
    """The lines that wait in front, with what each may have paid; then the statements."""
    by = actor_of(request.user)
    shown = queries.bank(by)
    context = show.frame(by, _("Bank"), "bank_list") | {"found": shown, "balance": _balance(shown)}
    data = [show.line_of_bank_json(one) for one in shown.waiting]
    statements = [
        {
            "identification": one.identification,
            "iban": one.iban,
            "start": one.start,
            "end": one.end,
            "opening": one.opening,
            "closing": one.closing,
            "lines": one.lines,
            "waiting": one.waiting,
            "demo": one.demo,
        }
        for one in shown.statements
    ]
    return Page("cycle/bank.html", context, {"waiting": data, "statements": statements}, statements)


def _balance(shown: queries.BankView) -> str:
    return euro(shown.statements[0].closing) if shown.statements else ""


@require_safe
@books
@found
def bank_statement(request: HttpRequest, pk: int) -> Page:
    by = actor_of(request.user)
    shown, lines = queries.statement(by, pk)
    title = _("Statement %(name)s") % {"name": shown.identification}
    context = show.frame(by, title, "bank_list", show.crumb("bank_list")) | {"statement": shown, "lines": lines}
    data = [show.line_of_bank_json(one) for one in lines]
    head = {"identification": shown.identification, "opening": shown.opening, "closing": shown.closing}
    return Page("cycle/statement.html", context, head | {"lines": data}, data)


@form_page
@books
def bank_upload(request: HttpRequest) -> HttpResponse:
    """Take in the statements of a file, or tell every fault in it."""

    def do(file: Any) -> tuple[str, str]:
        from mainport.cycle.feeds import camt
        from mainport.cycle.feeds.xml import LIMIT

        made = actions.import_statements(
            by=actor_of(request.user), statements=camt.read(file.read(LIMIT + 1), file.name)
        )
        lines = sum(one.lines.count() for one in made)
        waiting = sum(one.lines.filter(assigned=None).count() for one in made)
        told = ngettext(
            "%(lines)s line is taken in; %(waiting)s waits for you.",
            "%(lines)s lines are taken in; %(waiting)s wait for you.",
            lines,
        )
        return reverse("bank_list"), told % {"lines": lines, "waiting": waiting}

    help_text = gettext_lazy("CAMT.053, as your bank offers it to download (XML); at most 20 MB.")
    return through(
        request,
        UploadForm(posted(request), request.FILES or None, help_text=help_text, accept=".xml,application/xml"),
        do,
        title=_("Take in statements of the bank"),
        lead=_("All of the file is taken in, or nothing. What can be recognised is assigned at once."),
        button=_("Take them in"),
        part="bank_list",
        between=(show.crumb("bank_list"),),
    )


@require_safe
@books
@found
def bank_line(request: HttpRequest, pk: int) -> HttpResponse:
    """One line: what it was for, or what it may have been for."""
    by = actor_of(request.user)
    line = queries.line(by, pk)
    title = _("Line %(position)s of statement %(name)s") % {"position": line.position, "name": line.statement}
    context = show.frame(by, title, "bank_list", show.crumb("bank_list")) | {
        "line": line,
        "form": AssignForm(proposals=line.proposals) if line.proposals else None,
    }
    return render(request, "cycle/line.html", context)


@form_page
@books
@found
def bank_assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Say for which invoice a line paid."""
    by = actor_of(request.user)
    line = _waiting(by, pk)
    form = AssignForm(posted(request), proposals=line.proposals)

    def do(invoice: str) -> tuple[str, str]:
        chosen = of_invoices.find(by, int(invoice))
        actions.assign(by=by, line=queries.find(by, pk), invoice=chosen)
        return reverse("bank_list"), _("Assigned to invoice %(number)s.") % {"number": chosen.number}

    return through(
        request,
        form,
        do,
        title=_("Which invoice does it pay?"),
        lead=_lead(line),
        button=_("Assign it"),
        part="bank_list",
        between=(show.crumb("bank_list"), _to(line)),
    )


@require_POST
@books
@found
def bank_accept(request: HttpRequest, pk: int, invoice: int) -> HttpResponse:
    """Take a proposal of the list at its word."""
    by = actor_of(request.user)
    line, chosen = queries.find(by, pk), of_invoices.find(by, invoice)

    def do() -> str:
        actions.assign(by=by, line=line, invoice=chosen)
        return _("Assigned to invoice %(number)s.") % {"number": chosen.number}

    return post(request, do, reverse("bank_list"))


@form_page
@books
@found
def bank_spend(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a line was a cost without an invoice."""
    by = actor_of(request.user)
    line = _waiting(by, pk)
    if line.amount > 0:
        raise Http404
    initial = {"year": line.booked_on.year, "words": line.words}

    def do(party: str, **said: Any) -> tuple[str, str]:
        to = of_invoices.find_party(by, party) if party else None
        actions.spend(by=by, line=queries.find(by, pk), party=to, **said)
        return reverse("bank_list"), _("Booked as a cost.")

    return through(
        request,
        SpendForm(posted(request), names=names(), initial=initial),
        do,
        title=_("A cost without an invoice"),
        lead=_lead(line),
        button=_("Book it"),
        part="bank_list",
        between=(show.crumb("bank_list"), _to(line)),
    )


@form_page
@books
@found
def bank_unassign(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a line was for something else after all."""
    by = actor_of(request.user)
    line = queries.line(by, pk)
    if line.assigned is None:
        raise Http404

    def do(why: str) -> tuple[str, str]:
        actions.unassign(by=by, line=queries.find(by, pk), why=why)
        return reverse("bank_line", kwargs={"pk": pk}), _("It waits again. What was booked is undone; both stay.")

    return through(
        request,
        WhyForm(posted(request)),
        do,
        title=_("It was for something else"),
        lead=_lead(line),
        button=_("Let it wait again"),
        part="bank_list",
        between=(show.crumb("bank_list"), _to(line)),
    )


def _waiting(by: Any, pk: int) -> LineView:
    line = queries.line(by, pk)
    if line.assigned is not None:
        raise Http404
    return line


def _lead(line: LineView) -> str:
    way = _("%(amount)s came in") if line.amount > 0 else _("%(amount)s went out")
    parts = [way % {"amount": euro(abs(line.amount))}, when(line.booked_on), line.counter_name, line.words]
    return ", ".join(filter(None, parts))


def _to(line: LineView) -> Crumb:
    return Crumb(f"{line.statement}, {line.position}", reverse("bank_line", kwargs={"pk": line.id}))

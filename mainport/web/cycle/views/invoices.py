# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Invoices: the list in tabs, one invoice, and what is done with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from mainport.core.queries import actor_of
from mainport.cycle.actions import invoices as actions
from mainport.cycle.models import Invoice
from mainport.cycle.queries import invoices as queries
from mainport.cycle.queries.invoices import Tab
from mainport.cycle.queries.naming import names
from mainport.web.agenda.views.parts import Crumb
from mainport.web.context import Item
from mainport.web.cycle import labels, refusals, show
from mainport.web.cycle.filters import InvoiceFilter
from mainport.web.cycle.forms import AcceptForm, ReasonForm, SendForm, UploadForm, WhyForm
from mainport.web.cycle.views.shared import books, form_page, found, posted, through, year_in
from mainport.web.pages import Page
from mainport.web.templatetags.mainport import euro

State = Invoice.State
#: Invoices on a page.
PAGE = 50


@require_safe
@books
def invoice_list(request: HttpRequest) -> Page:
    by = actor_of(request.user)
    today = timezone.localdate()
    counts = queries.counts(by, today)
    form = InvoiceFilter(request.GET)
    said = form.cleaned_data if form.is_valid() else {}
    tab = Tab(said["tab"]) if said.get("tab") in list(Tab) else next((t for t in list(Tab)[:2] if counts[t]), Tab.OPEN)
    rows = queries.invoices(by, today, tab, direction=said.get("direction", ""), words=said.get("q", ""))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    shown = queries.views(list(page), today)
    context = show.frame(by, _("Invoices"), "invoice_list") | {
        "form": InvoiceFilter({**request.GET.dict(), "tab": tab}),
        "filtered": bool(said.get("q") or said.get("direction")),
        "reset_url": f"?tab={tab}",
        "tab": tab,
        "tabs": [
            Item(url=f"?tab={one}", label=f"{labels.TABS[one]} ({counts[one]})", current=one is tab) for one in Tab
        ],
        "page_obj": page,
        "rows": [(one, *labels.state_of(one.state, one.late)) for one in shown],
    }
    data = [show.invoice_json(one) for one in shown]
    whole = {"tab": tab, "counts": counts, "page": page.number, "pages": page.paginator.num_pages, "invoices": data}
    return Page("cycle/invoices.html", context, whole, data)


@require_safe
@books
@found
def invoice(request: HttpRequest, pk: int) -> Page:
    by = actor_of(request.user)
    detail = queries.invoice(by, pk, timezone.localdate())
    shown = detail.invoice
    glyph, label = labels.state_of(shown.state, shown.late)
    title = _("Invoice %(number)s") % {"number": shown.number}
    context = show.frame(by, title, "invoice_list", show.crumb("invoice_list")) | {
        "invoice": shown,
        "payments": detail.payments,
        "names": detail.names,
        "glyph": glyph,
        "label": label,
        "direction": labels.DIRECTIONS[shown.direction],
        "is_waiting": shown.state == State.WAITING,
        "may_cancel": shown.state == State.OPEN and not shown.paid,
    }
    data = show.invoice_json(shown) | {
        "payments": [{"day": one.booked_on, "amount": one.amount, "movement": one.movement} for one in detail.payments]
    }
    return Page("cycle/invoice.html", context, data, [show.invoice_json(shown)])


@form_page
@books
@found
def invoice_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Say for what an invoice is, and book it."""
    by = actor_of(request.user)
    row = _at(by, pk, State.WAITING)
    commitments = queries.commitments_of(by, row.party)
    initial: dict[str, Any] = {"year": row.date.year}
    if len(commitments) == 1:
        initial["commitment"] = commitments[0].key
    form = AcceptForm(posted(request), names=names(parties=False), commitments=commitments, initial=initial)

    def do(commitment: str = "", **said: Any) -> tuple[str, str]:
        chosen = queries.find_commitment(by, commitment) if commitment else None
        actions.accept(by=by, invoice=row, commitment=chosen, **said)
        return _page(pk), _("Booked. It is to be paid now.")

    return through(
        request,
        form,
        do,
        title=_("What is this invoice for?"),
        lead=_("%(party)s, %(number)s: %(total)s, VAT included. VAT is a cost: we can't reclaim it.")
        % {"party": row.party.name, "number": row.number, "total": euro(row.total)},
        note=row.words,
        button=_("Book it"),
        part="invoice_list",
        between=(show.crumb("invoice_list"), _to(row)),
    )


@form_page
@books
@found
def invoice_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    by = actor_of(request.user)
    row = _at(by, pk, State.WAITING)

    def do(reason: str) -> tuple[str, str]:
        actions.refuse_invoice(by=by, invoice=row, reason=reason)
        return _page(pk), _("Kept. Nothing was booked; tell the supplier why it is sent back.")

    return through(
        request,
        ReasonForm(posted(request)),
        do,
        title=_("Send the invoice back"),
        lead=f"{row.party.name}, {row.number}: {euro(row.total)}",
        button=_("Send it back"),
        part="invoice_list",
        between=(show.crumb("invoice_list"), _to(row)),
    )


@form_page
@books
@found
def invoice_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back an invoice that isn't paid."""
    by = actor_of(request.user)
    row = _at(by, pk, State.OPEN)

    def do(why: str) -> tuple[str, str]:
        actions.cancel(by=by, invoice=row, why=why)
        return _page(pk), _("Cancelled. The ledger undoes what it booked; both stay.")

    return through(
        request,
        WhyForm(posted(request)),
        do,
        title=_("Cancel the invoice"),
        lead=f"{row.party.name}, {row.number}: {euro(row.total)}",
        button=_("Cancel it"),
        part="invoice_list",
        between=(show.crumb("invoice_list"), _to(row)),
        danger=True,
    )


@require_safe
@books
@found
def invoice_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file that came in, as it was; of an invoice of ours the file to send, as UBL."""
    row = queries.find(actor_of(request.user), pk)
    if row.direction == Invoice.Direction.RECEIVED:
        if not row.file:
            raise Http404
        with default_storage.open(row.file) as stored:
            return _xml(stored.read(), row.number)
    from mainport.cycle.exports import ubl
    from mainport.cycle.exports.sent import of_sent

    try:
        return _xml(ubl.write(of_sent(row)), row.number)
    except ubl.Unsendable as error:
        for trouble in error.troubles:
            messages.error(request, _lacking(trouble.field))
        return redirect("invoice", pk=pk)


_LACKS = {
    "seller": gettext_lazy("Our own address or KvK number isn't known: ask the administrator to set it."),
    "buyer": gettext_lazy("The address or KvK number of the party isn't known: fill it in under Parties."),
    "iban": gettext_lazy("Our own bank account isn't known: take in a statement of the bank first."),
}


def _lacking(field: str) -> str:
    """What must be known before a valid invoice can be written."""
    said = _LACKS.get(field.split(" ")[0])
    return str(said) if said else _("The file can't be written: %(field)s isn't right.") % {"field": field}


def _xml(content: bytes, number: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/xml")
    safe = "".join(character if character.isascii() and character.isalnum() else "-" for character in number)
    response["Content-Disposition"] = f'attachment; filename="{safe}.xml"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@form_page
@books
def invoice_upload(request: HttpRequest) -> HttpResponse:
    """Take in a supplier's invoice or credit note."""

    def do(file: Any) -> tuple[str, str]:
        from mainport.cycle.feeds import ubl
        from mainport.cycle.feeds.xml import LIMIT

        made = actions.receive(by=actor_of(request.user), invoice=ubl.read(file.read(LIMIT + 1), file.name))
        if made.state == State.WAITING:
            return _page(made.pk), _("Taken in. Say now what it is for.")
        return _page(made.pk), _("The credit note takes this invoice back.")

    help_text = gettext_lazy("UBL, as Peppol BIS Billing 3 or NLCIUS (XML); at most 20 MB.")
    return through(
        request,
        UploadForm(posted(request), request.FILES or None, help_text=help_text, accept=".xml,application/xml"),
        do,
        title=_("Take in an invoice"),
        lead=_("It waits until somebody says for what it is."),
        button=_("Take it in"),
        part="invoice_list",
        between=(show.crumb("invoice_list"),),
    )


@form_page
@books
def invoice_send(request: HttpRequest) -> HttpResponse | Page:
    """Ask all contributors for their contribution of a year, after looking at what that will be."""
    by = actor_of(request.user)
    today = timezone.localdate()
    years = queries.pledged_years(by)
    year = year_in(request) or (today.year if today.year in years or not years else max(years))
    asked = queries.contributions(by, year)
    left = [one for one in asked if one.left > 0]
    form = SendForm(
        posted(request),
        parties=[(one.party.key, f"{one.party.name}: {euro(one.left)}") for one in left],
        initial={"parties": [one.party.key for one in left], "on": today},
    )
    if form.is_bound and form.is_valid():
        said: dict[str, Any] = form.cleaned_data
        chosen = [one.party for one in left if one.party.key in said["parties"]]
        try:
            made = actions.send_contributions(by=by, parties=chosen, year=year, on=said["on"], due=said["due"])
        except refusals.REFUSED as error:
            refusals.put_troubles(form, error)
        else:
            told = ngettext("%(count)s invoice is booked.", "%(count)s invoices are booked.", len(made))
            messages.success(request, told % {"count": len(made)})
            return redirect(f"{reverse('invoice_list')}?tab={Tab.OPEN}")
    return _preview(request, form, year, years, asked)


def _preview(
    request: HttpRequest, form: SendForm, year: int, years: list[int], asked: list[queries.Asked]
) -> HttpResponse:
    from django.shortcuts import render

    by = actor_of(request.user)
    title = _("Contributions of %(year)s") % {"year": year}
    context = show.frame(by, title, "invoice_list", show.crumb("invoice_list")) | {
        "form": form,
        "year": year,
        "years": [Item(url=f"?year={one}", label=str(one), current=one == year) for one in years],
        "asked": asked,
        "total": sum(one.left for one in asked if one.left > 0),
        "pledged": sum(one.pledged for one in asked),
    }
    return render(request, "cycle/contributions.html", context)


def _at(by: Any, pk: int, state: State) -> Invoice:
    """There is no such page for an invoice in another state."""
    row = queries.find(by, pk)
    if row.state != state:
        raise Http404
    return row


def _to(row: Invoice) -> Crumb:
    return Crumb(_("Invoice %(number)s") % {"number": row.number}, _page(row.pk))


def _page(pk: int) -> str:
    return reverse("invoice", kwargs={"pk": pk})

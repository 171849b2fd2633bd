# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The books of a year at a glance; closing a year; the files for the accountant."""

from __future__ import annotations

from io import BytesIO, StringIO
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from mainport.core.queries import actor_of
from mainport.cycle.actions import pledges, years
from mainport.cycle.queries import books as queries
from mainport.web.cycle import show
from mainport.web.cycle.filters import YearForm
from mainport.web.cycle.forms import SureForm
from mainport.web.cycle.views.shared import books as who_books
from mainport.web.cycle.views.shared import form_page, post, posted, reads, through, year_in
from mainport.web.pages import Page
from mainport.web.templatetags.mainport import euro, number


@require_safe
@reads
def overview(request: HttpRequest) -> Page:
    """What came in and went out, what is open, what is left, what waits."""
    by = actor_of(request.user)
    found = queries.overview(by, year_in(request))
    known = sorted({found.year, *(sums.year for sums in found.years)}, reverse=True)
    sums = found.of_year
    rows = show.group_rows(found.names, found.groups)
    context = show.frame(by, _("The books of %(year)s") % {"year": found.year}, "books") | {
        "form": YearForm({"year": found.year}, years=known),
        "found": found,
        "sums": sums,
        "figures": _figures(found),
        "rows": rows,
        "total": tuple(map(sum, zip(*(row.amounts for row in rows if row.is_group), strict=True))),
        "leverage": "" if sums.leverage is None else number(float(sums.leverage)),
        "years": found.years[::-1],
    }
    data = {
        "year": show.year_json(sums),
        "years": [show.year_json(one) for one in found.years],
        "bank": found.bank,
        "closed_year": found.closed_year,
        "last_number": found.last_number,
        "elements": [
            dict(zip(("element", "budgeted", "committed", "spent", "left"), (uid, *amounts), strict=True))
            for group in found.groups
            for uid, amounts in group.rows
        ],
    }
    return Page("cycle/books.html", context, data, [show.year_json(one) for one in found.years])


def _figures(found: queries.Overview) -> list[dict[str, Any]]:
    """The four figures in front; the source of all of them stands below."""
    sums = found.of_year
    return [
        {"value": euro(found.bank), "label": _("on the bank account")},
        {"value": euro(found.receivable), "label": _("to receive")},
        {"value": euro(found.payable), "label": _("to pay")},
        {
            "value": euro(sums.left),
            "label": _("left of the budget of %(year)s, %(total)s") % {"year": sums.year, "total": euro(sums.budgeted)},
        },
    ]


@require_POST
@who_books
def pledge_book(request: HttpRequest) -> HttpResponse:
    """Book what the agenda pledges, as far as it isn't booked yet."""

    def do() -> str:
        made = len(pledges.book_pledges(by=actor_of(request.user)))
        if not made:
            return _("Every pledge of the agenda was booked already.")
        return ngettext("%(count)s pledge is booked.", "%(count)s pledges are booked.", made) % {"count": made}

    return post(request, do, reverse("books"))


@form_page
@who_books
def year_close(request: HttpRequest, year: int) -> HttpResponse:
    def do(sure: bool) -> tuple[str, str]:
        years.close_year(by=actor_of(request.user), year=year)
        said = _("The books of %(year)s are closed. What turns out later is booked in a later year.")
        return f"{reverse('books')}?year={year}", said % {"year": year}

    return through(
        request,
        SureForm(posted(request)),
        do,
        title=_("Close the books of %(year)s") % {"year": year},
        lead=_("From then on no money can be booked in this year or a year before it. This can't be undone."),
        note=_(
            "First assign every line of the bank, say of every invoice what it is for, and decide or drop the drafts "
            "of the budget."
        ),
        button=_("Close the year"),
        part="books",
        danger=True,
    )


# --- For the accountant ---


@require_safe
@who_books
def books_xaf(request: HttpRequest, year: int) -> HttpResponse:
    """The auditfile of a year (XAF 3.2)."""
    from mainport.cycle.exports import xaf

    out = BytesIO()
    xaf.write(out, year)
    return _file(out.getvalue(), "application/xml", f"mainport-{year}.xaf")


@require_safe
@who_books
def books_ledger_csv(request: HttpRequest, year: int) -> HttpResponse:
    """Every side of every transfer of a year."""
    from mainport.cycle.exports import csv

    out = StringIO(newline="")
    csv.write_ledger(out, year)
    return _file(out.getvalue().encode(), "text/csv; charset=utf-8; header=present", f"ledger-{year}.csv")


@require_safe
@who_books
def books_totals_csv(request: HttpRequest, year: int) -> HttpResponse:
    """What stands on each account of a budget year, told apart by everything."""
    from mainport.cycle.exports import csv

    out = StringIO(newline="")
    csv.write_totals(out, year)
    return _file(out.getvalue().encode(), "text/csv; charset=utf-8; header=present", f"totals-{year}.csv")


def _file(content: bytes, mime: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=mime)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response

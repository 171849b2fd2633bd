# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The ledger, movement by movement, and undoing one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mainport.core.queries import actor_of
from mainport.core.rules.permissions import Permission
from mainport.cycle.actions import ledger as actions
from mainport.cycle.queries import books as queries
from mainport.cycle.queries.books import MovementView, Wanted
from mainport.cycle.rules.chart import Code
from mainport.cycle.rules.ledger import Sort, Transfer
from mainport.web.cycle import labels, show
from mainport.web.cycle.filters import LedgerForm
from mainport.web.cycle.forms import WhyForm
from mainport.web.cycle.views.shared import books, form_page, found, number_in, posted, reads, through, year_in
from mainport.web.pages import Page
from mainport.web.templatetags.mainport import when

#: Of a movement so many transfers stand in the list; all of them on its own page.
SHOWN = 3


@dataclass(frozen=True)
class Line:
    """A row of the list: a transfer with, on its first, the movement that it belongs to."""

    movement: MovementView
    transfer: Transfer
    first: bool
    more: int = 0  # transfers that aren't in the list, told on the last row


@require_safe
@reads
def ledger(request: HttpRequest) -> Page:
    """A page of movements, the newest first."""
    by = actor_of(request.user)
    said = request.GET
    sort, code = said.get("sort", ""), said.get("code", "")
    wanted = Wanted(
        year=year_in(request),
        sort=sort if sort in list(Sort) else "",
        words=said.get("q", "")[:100],
        code=code if code in list(Code) else "",
        party=said.get("party", ""),
        fund=said.get("fund", ""),
        element=said.get("element", ""),
        budget_year=number_in(request, "budget"),
    )
    found = queries.ledger(by, wanted, below=number_in(request, "below"), above=number_in(request, "above"))
    context = show.frame(by, _("Ledger"), "ledger") | {
        "form": LedgerForm(said, names=found.names, years=found.years),
        "filtered": wanted != Wanted(),
        "budget_year": wanted.budget_year,
        "lines": [line for one in found.movements for line in _lines(one)],
        "count": len(found.movements),
        "names": found.names,
        "older": _with(said, below=found.older),
        "newer": _with(said, above=found.newer),
    }
    data = {
        "movements": [show.movement_json(one) for one in found.movements],
        "older_than": found.older,
        "newer_than": found.newer,
    }
    return Page("cycle/ledger.html", context, data, [row for one in found.movements for row in show.movement_rows(one)])


def _lines(movement: MovementView) -> list[Line]:
    shown = movement.transfers[:SHOWN]
    more = len(movement.transfers) - len(shown)
    last = len(shown) - 1
    return [Line(movement, one, place == 0, more if place == last else 0) for place, one in enumerate(shown)]


def _with(said: QueryDict, **places: int | None) -> str:
    """The address of a page beside this one; '' where there is none."""
    [(name, number)] = places.items()
    if number is None:
        return ""
    query = said.copy()
    for other in ("below", "above"):
        query.pop(other, None)
    query[name] = str(number)
    return f"?{query.urlencode()}"


@require_safe
@reads
@found
def movement(request: HttpRequest, number: int) -> Page:
    """One movement with all its transfers, and what undoes it."""
    by = actor_of(request.user)
    shown, names = queries.movement(by, number)
    origin = queries.origin(by, shown)
    title = _("Movement %(number)s") % {"number": number}
    context: dict[str, Any] = show.frame(by, title, "ledger", show.crumb("ledger")) | {
        "movement": shown,
        "names": names,
        "sort": labels.SORTS[shown.sort],
        "origin": _where(origin) if by.may(Permission.BOOK) else "",
        # What an invoice, a line of the bank, a grant or a budget booked is undone there.
        "may_correct": shown.corrected_by is None and origin is None,
    }
    return Page("cycle/movement.html", context, show.movement_json(shown), show.movement_rows(shown))


def _where(origin: queries.Origin | None) -> str:
    """The page of what a movement was booked for."""
    if origin is None:
        return ""
    if origin.kind == "budget":
        return reverse("budget", kwargs={"year": int(origin.key)})
    if origin.kind == "grant":
        return reverse("grant", kwargs={"key": origin.key})
    if origin.kind == "commitment":
        return f"{reverse('commitment_list')}#{origin.key}"
    name = "invoice" if origin.kind == "invoice" else "bank_line"
    return reverse(name, kwargs={"pk": int(origin.key)})


@form_page
@books
@found
def movement_correct(request: HttpRequest, number: int) -> HttpResponse:
    """Undo a movement by another; both stay."""
    by = actor_of(request.user)
    shown, _names = queries.movement(by, number)
    if shown.corrected_by is not None or queries.origin(by, shown) is not None:
        raise Http404

    def do(why: str) -> tuple[str, str]:
        made = actions.correct(by=by, number=number, why=why)
        address = reverse("movement", kwargs={"number": made.number})
        return address, _("Undone by movement %(number)s. Both stay in the ledger.") % {"number": made.number}

    return through(
        request,
        WhyForm(posted(request)),
        do,
        title=_("Undo movement %(number)s") % {"number": number},
        lead=_("%(words)s, %(day)s. Another movement takes it back, dated today; nothing is deleted.")
        % {"words": shown.words, "day": when(shown.date)},
        button=_("Undo it"),
        part="ledger",
        between=(show.crumb("ledger"),),
    )

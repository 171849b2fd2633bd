# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Who pays and is paid: contributors and funds of the agenda, and suppliers."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mainport.core.queries import actor_of
from mainport.cycle.actions import parties as actions
from mainport.cycle.queries import books as queries
from mainport.cycle.queries.invoices import find_party
from mainport.web.cycle import show
from mainport.web.cycle.forms import AccountForm, AddressForm, PartyForm
from mainport.web.cycle.views.shared import books, form_page, found, posted, through
from mainport.web.pages import Page


@require_safe
@books
def party_list(request: HttpRequest) -> Page:
    by = actor_of(request.user)
    rows = queries.parties(by)
    context = show.frame(by, _("Parties"), "party_list") | {
        "groups": [
            (_("Suppliers"), "suppliers", [one for one in rows if not one.element]),
            (_("Contributors and funds"), "contributors", [one for one in rows if one.element]),
        ]
    }
    data = [show.party_json(one) for one in rows]
    return Page("cycle/parties.html", context, {"parties": data}, data)


@form_page
@books
def party_add(request: HttpRequest) -> HttpResponse:
    def do(**said: Any) -> tuple[str, str]:
        made = actions.add_party(by=actor_of(request.user), **said)
        return reverse("party_list"), _("%(name)s is added.") % {"name": made.name}

    return through(
        request,
        PartyForm(posted(request)),
        do,
        title=_("Add a supplier"),
        lead=_("A supplier whose invoice is taken in is added by itself."),
        button=_("Add it"),
        part="party_list",
        between=(show.crumb("party_list"),),
    )


@form_page
@books
@found
def party_account(request: HttpRequest, key: str) -> HttpResponse:
    by = actor_of(request.user)
    party = find_party(by, key)

    def do(iban: str) -> tuple[str, str]:
        actions.set_account(by=by, party=party, iban=iban)
        return reverse("party_list"), _("Kept.")

    return through(
        request,
        AccountForm(posted(request), initial={"iban": party.iban}),
        do,
        title=_("Bank account of %(name)s") % {"name": party.name},
        lead=_("Ring the party before you change an account that was used before: a false invoice begins like this."),
        button=_("Keep the account"),
        part="party_list",
        between=(show.crumb("party_list"),),
    )


@form_page
@books
@found
def party_address(request: HttpRequest, key: str) -> HttpResponse:
    by = actor_of(request.user)
    party = find_party(by, key)
    initial = {name: getattr(party, name) for name in ("street", "postcode", "city", "country", "kvk")}

    def do(**said: Any) -> tuple[str, str]:
        actions.set_address(by=by, party=party, **said)
        return reverse("party_list"), _("Kept.")

    return through(
        request,
        AddressForm(posted(request), initial=initial),
        do,
        title=_("Address of %(name)s") % {"name": party.name},
        lead=_("An invoice that we send as a file needs it."),
        button=_("Keep the address"),
        part="party_list",
        between=(show.crumb("party_list"),),
    )

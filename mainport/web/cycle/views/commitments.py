# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Commitments: what the alliance bound itself to pay."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mainport.core.queries import actor_of
from mainport.cycle.actions import commitments as actions
from mainport.cycle.queries import invoices as queries
from mainport.cycle.queries.naming import names
from mainport.web.cycle import show
from mainport.web.cycle.filters import YearForm
from mainport.web.cycle.forms import CommitForm, WhyForm
from mainport.web.cycle.views.shared import books, form_page, found, posted, through, year_in
from mainport.web.pages import Page
from mainport.web.templatetags.mainport import euro


@require_safe
@books
def commitment_list(request: HttpRequest) -> Page:
    by = actor_of(request.user)
    year = year_in(request)
    every = queries.commitments(by)
    rows = [one for one in every if year in (None, one.year)]
    years = sorted({one.year for one in every}, reverse=True)
    context = show.frame(by, _("Commitments"), "commitment_list") | {
        "form": YearForm(request.GET, years=years, every=True),
        "filtered": year is not None,
        "open": [one for one in rows if not one.closed_at and one.outstanding],
        "done": [one for one in rows if one.closed_at or not one.outstanding],
        "outstanding": sum(one.outstanding for one in rows),
        "names": names(parties=False),
    }
    data = [show.commitment_json(one) for one in rows]
    return Page("cycle/commitments.html", context, {"commitments": data}, data)


@form_page
@books
def commitment_add(request: HttpRequest) -> HttpResponse:
    by = actor_of(request.user)
    known = names()
    today = timezone.localdate()

    def do(party: str, **said: Any) -> tuple[str, str]:
        made = actions.commit(by=by, party=queries.find_party(by, party), **said)
        return f"{reverse('commitment_list')}#{made.key}", _("Kept, as %(key)s.") % {"key": made.key}

    return through(
        request,
        CommitForm(posted(request), names=known, initial={"year": today.year, "on": today}),
        do,
        title=_("Record a commitment"),
        lead=_("An order, an assignment or a grant to another: money that is no longer free in the budget."),
        button=_("Record it"),
        part="commitment_list",
        between=(show.crumb("commitment_list"),),
    )


@form_page
@books
@found
def commitment_close(request: HttpRequest, key: str) -> HttpResponse:
    """Say that nothing more will be invoiced."""
    by = actor_of(request.user)
    row = queries.find_commitment(by, key)
    if row.closed_at:
        raise Http404

    def do(why: str) -> tuple[str, str]:
        actions.close(by=by, commitment=row, why=why)
        return reverse("commitment_list"), _("Closed. What was left is free in the budget again.")

    return through(
        request,
        WhyForm(posted(request)),
        do,
        title=_("Close commitment %(key)s") % {"key": key},
        lead=_("%(words)s, %(party)s. Not invoiced yet: %(amount)s.")
        % {"words": row.words, "party": row.party.name, "amount": euro(actions.outstanding(row))},
        button=_("Close it"),
        part="commitment_list",
        between=(show.crumb("commitment_list"),),
    )

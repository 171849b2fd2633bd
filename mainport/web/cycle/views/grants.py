# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Grants of funds: applied for, awarded or turned down, claimed, settled."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mainport.core.queries import actor_of, organisations
from mainport.cycle.actions import grants as actions
from mainport.cycle.models import Grant
from mainport.cycle.queries import grants as queries
from mainport.cycle.queries.naming import names
from mainport.web.agenda.views.parts import Crumb
from mainport.web.cycle import labels, show
from mainport.web.cycle.filters import GrantFilter
from mainport.web.cycle.forms import ApplyForm, AwardForm, ClaimForm, MetForm, SureForm, TurnDownForm, WhyForm
from mainport.web.cycle.views.shared import books, form_page, found, posted, reads, through, year_in
from mainport.web.pages import Page
from mainport.web.templatetags.mainport import euro, when, words

State = Grant.State


@require_safe
@reads
def grant_list(request: HttpRequest) -> Page:
    """What was sought, promised, claimed and received; and the days ahead."""
    by = actor_of(request.user)
    today = timezone.localdate()
    every = queries.grants(by, today)
    years = sorted({one.year for one in every.grants}, reverse=True)
    form = GrantFilter(request.GET, names=every.names, years=years)
    said = form.cleaned_data if form.is_valid() else {}
    year, state, fund = year_in(request) if said.get("year") else None, said.get("state", ""), said.get("fund", "")
    chosen = [
        one for one in every.grants if year in (None, one.year) and state in ("", one.state) and fund in ("", one.fund)
    ]
    context = show.frame(by, _("Grants"), "grant_list") | {
        "form": form,
        "filtered": any(said.values()),
        "rows": [(one, *labels.GRANT_STATES[one.state]) for one in chosen],
        "sums": [
            {"value": euro(sum(one.sought for one in chosen if one.state == State.SOUGHT)), "label": _("applied for")},
            {"value": euro(sum(one.promised or 0 for one in chosen)), "label": _("awarded")},
            {"value": euro(sum(one.claimed for one in chosen)), "label": _("claimed")},
            {"value": euro(sum(one.received for one in chosen)), "label": _("received")},
        ],
        "deadlines": every.deadlines,
        "names": every.names,
    }
    data = [show.grant_json(one) for one in chosen]
    ahead = [{"day": one.day, "grant": one.grant, "words": one.words, "late": one.late} for one in every.deadlines]
    return Page("cycle/grants.html", context, {"grants": data, "deadlines": ahead}, data)


@require_safe
@reads
@found
def grant(request: HttpRequest, key: str) -> Page:
    by = actor_of(request.user)
    shown, known = queries.grant(by, key, timezone.localdate())
    glyph, label = labels.GRANT_STATES[shown.state]
    title = str(words(shown.title))
    context = show.frame(by, title, "grant_list", show.crumb("grant_list")) | {
        "grant": shown,
        "glyph": glyph,
        "label": label,
        "names": known,
        "invoices": [(one, labels.INVOICE_STATES[one.state][1]) for one in shown.invoices],
        "sought_now": shown.state == State.SOUGHT,
        "promised_now": shown.state == State.PROMISED,
    }
    data = show.grant_json(shown) | {"conditions": show.conditions_json(shown)}
    return Page("cycle/grant.html", context, data, [show.grant_json(shown)])


@form_page
@books
def grant_apply(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    form = ApplyForm(
        posted(request),
        names=names(parties=False),
        organisations=list(organisations()),
        initial={"year": today.year, "asked_on": today},
    )

    def do(**said: Any) -> tuple[str, str]:
        made = actions.apply(by=actor_of(request.user), **said)
        return reverse("grant", kwargs={"key": made.key}), _("Kept. It counts as sought until the fund decides.")

    return through(
        request,
        form,
        do,
        title=_("Record an application"),
        lead=_("Money that is sought from a fund, for something of the agenda."),
        button=_("Record it"),
        part="grant_list",
        between=(show.crumb("grant_list"),),
    )


@form_page
@books
@found
def grant_award(request: HttpRequest, key: str) -> HttpResponse:
    by, row, between = _at(request, key, State.SOUGHT)
    initial = {"amount": row.sought, "decided_on": timezone.localdate(), "account_by": row.account_by}

    def do(**said: Any) -> tuple[str, str]:
        actions.award(by=by, grant=row, **said)
        return _page(key), _("Kept. It counts as promised now.")

    return through(
        request,
        AwardForm(posted(request), initial=initial),
        do,
        title=_("The fund awards it"),
        lead=_("%(title)s. Applied for: %(amount)s.") % {"title": words(row.title), "amount": euro(row.sought)},
        button=_("Record the award"),
        part="grant_list",
        between=between,
    )


@form_page
@books
@found
def grant_refuse(request: HttpRequest, key: str) -> HttpResponse:
    by, row, between = _at(request, key, State.SOUGHT)

    def do(decided_on: date, why: str) -> tuple[str, str]:
        actions.refuse_grant(by=by, grant=row, decided_on=decided_on, why=why)
        return _page(key), _("Kept. It no longer counts as sought.")

    return through(
        request,
        TurnDownForm(posted(request), initial={"decided_on": timezone.localdate()}),
        do,
        title=_("The fund turns it down"),
        lead=str(words(row.title)),
        button=_("Record it"),
        part="grant_list",
        between=between,
    )


@form_page
@books
@found
def grant_withdraw(request: HttpRequest, key: str) -> HttpResponse:
    by, row, between = _at(request, key, State.SOUGHT)

    def do(why: str) -> tuple[str, str]:
        actions.withdraw(by=by, grant=row, why=why)
        return _page(key), _("Kept. It no longer counts as sought.")

    return through(
        request,
        WhyForm(posted(request)),
        do,
        title=_("Withdraw the application"),
        lead=str(words(row.title)),
        button=_("Withdraw it"),
        part="grant_list",
        between=between,
        danger=True,
    )


@form_page
@books
@found
def grant_claim(request: HttpRequest, key: str) -> HttpResponse:
    """Ask the fund to pay a part of what it promised."""
    by, row, between = _at(request, key, State.PROMISED)
    left = actions.claimable(row)

    def do(**said: Any) -> tuple[str, str]:
        made = actions.claim(by=by, grant=row, **said)
        return reverse("invoice", kwargs={"pk": made.pk}), _("Claimed, with number %(number)s.") % {
            "number": made.number
        }

    return through(
        request,
        ClaimForm(posted(request), initial={"amount": left, "on": timezone.localdate()}),
        do,
        title=_("Claim from the fund"),
        lead=_("%(title)s. Not claimed yet: %(amount)s.") % {"title": words(row.title), "amount": euro(left)},
        button=_("Claim it"),
        part="grant_list",
        between=between,
    )


@form_page
@books
@found
def grant_settle(request: HttpRequest, key: str) -> HttpResponse:
    by, row, between = _at(request, key, State.PROMISED)
    left = actions.claimable(row)

    def do(sure: bool) -> tuple[str, str]:
        actions.settle(by=by, grant=row)
        return _page(key), _("This grant is settled.")

    return through(
        request,
        SureForm(posted(request)),
        do,
        title=_("Settle the grant"),
        lead=_("It was accounted for to the fund, all conditions are met and all claims are paid."),
        note=_("%(amount)s wasn't claimed, and is let go.") % {"amount": euro(left)} if left else "",
        button=_("Settle it"),
        part="grant_list",
        between=between,
        danger=True,
    )


@form_page
@books
@found
def condition_meet(request: HttpRequest, pk: int) -> HttpResponse:
    by = actor_of(request.user)
    row = queries.find_condition(by, pk)
    if row.met_on:
        raise Http404
    key = row.grant.key

    def do(met_on: date) -> tuple[str, str]:
        actions.meet_condition(by=by, condition=row, met_on=met_on)
        return _page(key), _("Kept: met on %(day)s.") % {"day": when(met_on)}

    return through(
        request,
        MetForm(posted(request), initial={"met_on": timezone.localdate()}),
        do,
        title=_("A condition is met"),
        lead=row.words,
        button=_("It is met"),
        part="grant_list",
        between=(show.crumb("grant_list"), Crumb(words(row.grant.title), _page(key))),
    )


def _at(request: HttpRequest, key: str, state: State) -> tuple[Any, Grant, tuple[Crumb, ...]]:
    """Who asks, the grant, the way to it. There is no such page for a grant in another state."""
    by = actor_of(request.user)
    row = queries.find(by, key)
    if row.state != state:
        raise Http404
    return by, row, (show.crumb("grant_list"), Crumb(words(row.title), _page(key)))


def _page(key: str) -> str:
    return reverse("grant", kwargs={"key": key})

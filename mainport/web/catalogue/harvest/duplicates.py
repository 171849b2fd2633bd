# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Records that seem to be one: joining them, telling them apart, and undoing either."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mainport.catalogue.actions import merging
from mainport.catalogue.models import Match
from mainport.catalogue.queries import matches as queries
from mainport.catalogue.queries.matches import MatchView, Side
from mainport.core.queries import actor_of
from mainport.web.agenda.addresses import url_or_nothing
from mainport.web.agenda.views.parts import Crumb
from mainport.web.catalogue.harvest.labels import EVIDENCE, VERDICTS
from mainport.web.catalogue.harvest.sources import manages, trail
from mainport.web.pages import Page
from mainport.web.templatetags.mainport import words

SIZE = 20


@require_safe
@manages
def match_list(request: HttpRequest) -> Page:
    """Pairs to decide on, or those that were decided."""
    by = actor_of(request.user)
    verdict = request.GET.get("verdict", "open")
    if verdict not in Match.Verdict.values:
        raise Http404
    counts = queries.counts(by=by)
    page = Paginator(queries.matches(by=by, verdict=verdict), SIZE).get_page(request.GET.get("page"))
    pairs = [queries.shown(match) for match in page]
    data = [_json(pair) for pair in pairs]
    context = {
        "breadcrumbs": trail(Crumb(_("Duplicates"))),
        "verdict": verdict,
        "tabs": [(name, label, counts[name]) for name, label in VERDICTS.items()],
        "page_obj": page,
        "pairs": [_row(pair) for pair in pairs],
    }
    return Page("catalogue/harvest/duplicates.html", context, {"counts": counts, "pairs": data}, data)


def _row(pair: MatchView) -> dict[str, Any]:
    reasons = [(EVIDENCE.get(one.kind, one.kind), one.detail, one.against) for one in pair.reasons]
    return {
        "pair": pair,
        "percent": round(100 * pair.certainty),
        "sides": [(side, url_or_nothing(side.kind, key=side.key)) for side in (pair.kept, pair.other)],
        "reasons_for": [one for one in reasons if not one[2]] or [(EVIDENCE.get(pair.reason, pair.reason), "", False)],
        "reasons_against": [one for one in reasons if one[2]],
    }


def _json(pair: MatchView) -> dict[str, Any]:
    return {
        "pair": pair.pk,
        "kept": pair.kept.key,
        "kept_title": _title(pair.kept),
        "other": pair.other.key,
        "other_title": _title(pair.other),
        "certainty": pair.certainty,
        "reason": pair.reason,
        "verdict": pair.verdict,
        "by": pair.by_name,
        "at": pair.at,
    }


def _title(side: Side) -> str:
    return words(side.titles)


@require_POST
@manages
def match_decide(request: HttpRequest, number: int) -> HttpResponse:
    """Join a pair, tell it apart, or leave it open again."""
    by = actor_of(request.user)
    match = queries.find(by=by, pk=number)
    if match is None:
        raise Http404
    before = match.verdict
    deed = request.POST.get("deed")
    try:
        if deed == "merge":
            merging.merge(by=by, first=match.kept, second=match.other, reason=match.reason, certainty=match.certainty)
            messages.success(request, _("The two records are joined. You can undo this."))
        elif deed == "apart":
            merging.tell_apart(by=by, match=match)
            messages.success(request, _("The two records are told apart. They are never joined by themselves again."))
        elif deed == "ask":
            merging.ask_again(by=by, match=match)
            messages.success(request, _("The pair waits for a decision again."))
        else:
            return HttpResponse(status=400)
    except merging.CannotMerge as error:
        messages.error(request, _("They can't be joined: {why}").format(why=error))
    return redirect(f"{reverse('match_list')}?verdict={before}")

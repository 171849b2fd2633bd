# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The register of decisions, one decision, and recording one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from mainport.agenda import queries as agenda
from mainport.agenda.rules.elements import Kind
from mainport.board import queries
from mainport.board.actions import decisions as actions
from mainport.board.models import Item
from mainport.board.rules.refusals import Refused
from mainport.core.models import Organisation
from mainport.core.queries import actor_of, organisations
from mainport.cycle.queries import budgets
from mainport.cycle.queries.papers_at_work import undecided
from mainport.monitor import queries as monitor
from mainport.web.board import labels, show
from mainport.web.board.decide_form import COSTS, WholeDecision
from mainport.web.board.forms import ABOUT, InTwoLanguages, PublishForm, element_choices
from mainport.web.board.views.shared import ask, form_page, manages, posted, seen, taken
from mainport.web.pages import Page
from mainport.web.templatetags.mainport import words


class RegisterForm(forms.Form):
    """What of the register is shown."""

    q = forms.CharField(label=gettext_lazy("Words"), required=False, max_length=100)
    body = forms.ChoiceField(label=gettext_lazy("Body"), required=False, choices=())
    year = forms.ChoiceField(label=gettext_lazy("Year"), required=False, choices=())

    def __init__(self, *args: Any, bodies: Sequence[Any], years: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        all_ = gettext_lazy("All")
        self.fields["body"].choices = [("", all_), *((b.key, words(b.title)) for b in bodies)]  # type: ignore[attr-defined]
        self.fields["year"].choices = [("", all_), *((str(y), str(y)) for y in years)]  # type: ignore[attr-defined]


@require_safe
def decision_list(request: HttpRequest) -> Page:
    """All decisions; of confidential ones their number, day and the reason."""
    by = actor_of(request.user)
    form = RegisterForm(request.GET, bodies=list(agenda.elements(Kind.BODY)), years=queries.years())
    said = form.cleaned_data if form.is_valid() else {}
    found = queries.register(
        by, body=said.get("body", ""), year=int(said.get("year") or 0) or None, words=said.get("q", "")
    )
    context = {
        "page_title": _("Decisions"),
        "breadcrumbs": show.decisions_crumbs(),
        "form": form,
        "filtered": any(said.values()),
        "years": show.grouped_by_year(found),
        "count": len(found),
    }
    data = {"decisions": [show.decision_json(one) for one in found]}
    return Page("board/decisions.html", context, data, show.decision_rows(found))


@require_safe
@seen
def decision(request: HttpRequest, key: str) -> Page:
    by = actor_of(request.user)
    found = queries.decision(by, key)
    context = {
        "page_title": _("Decision %(key)s") % {"key": key},
        "breadcrumbs": show.decisions_crumbs(key),
        "decision": found,
        "changes": show.changes(found, show.names_of([found])),
        "manner": labels.MANNERS[found.manner] if found.manner else "",
        "votes": [(vote, labels.CHOICES[vote.choice]) for vote in found.votes],
        "follow_ups": [(one, *labels.STANDINGS[one.standing]) for one in found.follow_ups],
        "may_publish": bool(found.confidential) and not found.withheld and queries.asker_of(by).manages,
    }
    return Page("board/decision.html", context, show.decision_json(found), show.decision_rows([found]))


@form_page
@manages
@seen
def decision_publish(request: HttpRequest, key: str) -> HttpResponse:
    """End the confidentiality of a decision, with the reason."""
    found = queries.find_decision(key)
    form = PublishForm(posted(request))
    if taken(
        request,
        form,
        lambda: actions.publish(by=actor_of(request.user), decision=found, **form.cleaned_data),
        _("Kept. The decision is public from that day on."),
    ):
        return redirect("decision", key=key)
    title = _("Make decision %(key)s public") % {"key": key}
    return ask(
        request,
        form,
        title=title,
        lead=_("From that day on everybody reads its text, its votes and what follows from it."),
        button=_("Make it public"),
        breadcrumbs=show.decisions_crumbs(title),
    )


@dataclass(frozen=True)
class Choices:
    """What can be chosen on the form of a decision, as (value, label)."""

    present: Sequence[Organisation]
    earlier: Sequence[tuple[str, str]]
    elements: Sequence[tuple[str, Any]]
    funds: Sequence[tuple[str, str]]
    costs: Sequence[tuple[str, Any]]
    indicators: Sequence[tuple[str, str]]
    budgets: Sequence[tuple[str, str]]
    papers: Sequence[tuple[str, str]]
    organisations: Sequence[tuple[str, str]]


@form_page
@manages
@seen
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what a meeting decided on one of its items."""
    by = actor_of(request.user)
    item = queries.find_item(by, pk)
    if item.position is None:
        raise Http404
    initial = {
        **InTwoLanguages.initial_of("title", item.title),
        "confidential": item.confidential,
        "manner": "consensus",
        "year": timezone.localdate(item.meeting.start).year,
    }
    whole = WholeDecision(posted(request), initial=initial, choices=_choices(item))
    if request.method == "POST" and whole.is_valid():
        said = whole.decision.cleaned_data
        try:
            made = actions.decide(
                by=by,
                item=item,
                title=whole.decision.text("title"),
                text=whole.decision.text("text"),
                manner=said["manner"],
                votes=whole.decision.ballots,
                changes=whole.changes,
                follow_ups=whole.follow_ups,
                confidential=said["confidential"],
                public_from=said["public_from"],
                replaces=said["replaces"],
            )
        except Refused as error:
            whole.refuse(error)
        else:
            messages.success(request, _("Recorded and carried out: decision %(key)s.") % {"key": made.key})
            return redirect("decision", key=made.key)
    meeting = queries.meeting_in_short(by, item.meeting.key)
    context = {
        "page_title": _("Record a decision"),
        "breadcrumbs": show.meetings_crumbs(meeting, _("Record a decision")),
        "item": item,
        "whole": whole,
    }
    return render(request, "board/decide.html", context)


def _choices(item: Item) -> Choices:
    found = list(agenda.elements(*ABOUT, Kind.PAPER))
    kinds = {row.key: words(row.title) for row in found if row.kind == Kind.PAPER}
    return Choices(
        present=queries.present_with_vote(item.meeting),
        earlier=[(row.key, f"{row.key} {words(row.title)}") for row in queries.in_force_of(item.meeting.body)],
        elements=element_choices(found),
        funds=[(row.key, words(row.title)) for row in found if row.kind == Kind.FUND],
        costs=COSTS,
        indicators=[(key, words(title)) for key, title in monitor.titles_of().items()],
        budgets=[(str(row.year), str(row)) for row in budgets.drafts()],
        papers=[(f"{row.kind}/{row.year}", f"{kinds.get(row.kind, row.kind)} {row.year}") for row in undecided()],
        organisations=[(row.key, row.name) for row in organisations()],
    )

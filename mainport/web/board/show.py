# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What pages of the board have in common: the way to them, and their data as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from mainport.board.queries import DecisionView, FollowUpView, MeetingView, Named
from mainport.board.rules.changes import (
    BudgetDecided,
    Change,
    ElementChange,
    PaperDecided,
    TargetChange,
    Virement,
    read_all,
)
from mainport.web.agenda.addresses import url_of, url_or_nothing
from mainport.web.agenda.views.parts import Crumb, crumbs
from mainport.web.templatetags.mainport import euro, words


def decisions_crumbs(*more: str) -> list[Crumb]:
    return crumbs(Crumb(_("Decisions"), reverse("decision_list")), *map(Crumb, more))


def meetings_crumbs(meeting: MeetingView | None = None, *more: str) -> list[Crumb]:
    found = [Crumb(_("Meetings"), reverse("meeting_list"))]
    if meeting:
        found.append(Crumb(title_of(meeting), reverse("meeting", kwargs={"key": meeting.key})))
    return crumbs(*found, *map(Crumb, more))


def follow_ups_crumbs(*more: str) -> list[Crumb]:
    return crumbs(
        Crumb(_("Decisions"), reverse("decision_list")),
        Crumb(_("Follow-ups"), reverse("follow_up_list")),
        *map(Crumb, more),
    )


def title_of(meeting: MeetingView) -> str:
    return str(words(meeting.title))


@dataclass(frozen=True)
class ChangeShown:
    """What a decision changed, in words, and where it can be seen."""

    words: str
    url: str


def changes(decision: DecisionView) -> list[ChangeShown]:
    """In the order in which they were made."""
    return [ChangeShown(_said(change), _where(change)) for change in read_all(list(decision.changes))]


def _said(change: Change) -> str:
    if isinstance(change, Virement):
        return _("%(amount)s moved from %(source)s to %(target)s, in the budget of %(year)s") % {
            "amount": euro(change.amount),
            "source": _code(change.source),
            "target": _code(change.target),
            "year": change.year,
        }
    if isinstance(change, TargetChange):
        value = "" if change.value is None else f"{change.value:g}"
        return _("Target of %(indicator)s for %(period)s: %(value)s%(before)s") % {
            "indicator": change.indicator,
            "period": change.period,
            "value": value or words(change.words or {}),
            "before": _before(change.before),
        }
    if isinstance(change, ElementChange):
        return _("%(element)s changed in the agenda: %(fields)s") % {
            "element": _code(change.element),
            "fields": ", ".join(change.fields),
        }
    if isinstance(change, BudgetDecided):
        return _("The budget of %(year)s came into force") % {"year": change.year}
    return _("%(paper)s of %(year)s decided") % {"paper": change.kind, "year": change.year}


def _before(before: Mapping[str, Any] | None) -> str:
    value = (before or {}).get("value")
    return "" if value is None else _(" (was %(value)s)") % {"value": f"{value:g}"}


def _code(uid: str) -> str:
    return uid.partition(":")[2]


def _where(change: Change) -> str:
    if isinstance(change, ElementChange):
        return url_of(change.element)
    if isinstance(change, TargetChange):
        return url_or_nothing("indicator", key=change.indicator)
    if isinstance(change, Virement):
        return url_of(change.target)
    if isinstance(change, PaperDecided):
        return url_or_nothing("yearly_paper", kind=change.kind, year=str(change.year))
    return url_or_nothing("budget", year=str(change.year))


# --- Data ---


def decision_json(decision: DecisionView) -> dict[str, Any]:
    votes = decision.tally
    return {
        "key": decision.key,
        "date": decision.day,
        "body": decision.body.uid,
        "confidential": decision.confidential,
        "title": decision.title,
        "text": decision.text,
        "manner": decision.manner,
        "for": votes.for_,
        "against": votes.against,
        "abstained": votes.abstained,
        "elements": [element.uid for element in decision.elements],
        "changes": list(decision.changes),
        "follow_ups": [follow_up_json(one) for one in decision.follow_ups],
        "meeting": decision.meeting,
        "replaces": list(decision.replaces),
        "replaced_by": decision.replaced_by,
        "demo": decision.demo,
    }


def decision_row(decision: DecisionView) -> dict[str, Any]:
    """As one line of a table."""
    found = decision_json(decision)
    for name in ("title", "text"):
        found[name] = words(found[name] or {})
    found["elements"] = " ".join(found["elements"])
    found["follow_ups"] = len(decision.follow_ups)
    found["changes"] = "; ".join(change.words for change in changes(decision))
    found["replaces"] = " ".join(found["replaces"])
    return found


def follow_up_json(found: FollowUpView) -> dict[str, Any]:
    return {
        "id": found.id,
        "decision": found.decision,
        "organisation": found.organisation,
        "organisation_name": found.organisation_name,
        "words": words(found.words),
        "due": found.due,
        "state": found.state,
        "standing": found.standing,
        "closed_on": found.closed_on,
        "demo": found.demo,
    }


def meeting_json(meeting: MeetingView) -> dict[str, Any]:
    return {
        "key": meeting.key,
        "body": meeting.body.uid,
        "title": words(meeting.title),
        "start": meeting.start,
        "end": meeting.end,
        "place": meeting.place,
        "papers_due": meeting.papers_due,
        "state": meeting.state,
        "items": meeting.items,
        "decisions": meeting.decisions,
        "demo": meeting.demo,
    }


def grouped_by_year(decisions: Iterable[DecisionView]) -> list[tuple[int, list[DecisionView]]]:
    found: dict[int, list[DecisionView]] = {}
    for decision in decisions:
        found.setdefault(decision.day.year, []).append(decision)
    return list(found.items())


def names(elements: Sequence[Named]) -> str:
    return ", ".join(str(words(element.title)) for element in elements)

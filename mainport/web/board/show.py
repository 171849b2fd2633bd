# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What pages of the board have in common: the way to them, and their data as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from mainport.agenda import queries as agenda
from mainport.agenda.rules.elements import Kind
from mainport.board.queries import DecisionView, FollowUpView, MeetingView
from mainport.board.rules.changes import (
    BudgetDecided,
    Change,
    ElementChange,
    PaperDecided,
    TargetChange,
    Virement,
    read_all,
)
from mainport.monitor import queries as monitor
from mainport.web.agenda.addresses import url_of, url_or_nothing
from mainport.web.agenda.edit_labels import MORE_FIELDS
from mainport.web.agenda.labels import FIELDS
from mainport.web.agenda.views.parts import Crumb, crumbs
from mainport.web.templatetags.mainport import euro, is_code, number, words


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


@dataclass(frozen=True)
class Names:
    """How what decisions changed is called: elements by uid, indicators and kinds of yearly papers by key."""

    elements: Mapping[str, str]
    indicators: Mapping[str, str]
    papers: Mapping[str, str]


def names_of(decisions: Sequence[DecisionView]) -> Names:
    """Two queries at most, whatever there is to name."""
    found = [change for decision in decisions for change in read_all(list(decision.changes))]
    measured = {change.indicator for change in found if isinstance(change, TargetChange)}
    kinds = {change.kind for change in found if isinstance(change, PaperDecided)}
    elements = {element.uid: element for decision in decisions for element in decision.elements}
    return Names(
        elements={
            uid: f"{e.key} {words(e.title)}" if is_code(e.key) else words(e.title) for uid, e in elements.items()
        },
        indicators={key: words(title) for key, title in monitor.titles_of(measured).items()} if measured else {},
        papers={row.key: words(row.title) for row in agenda.elements(Kind.PAPER)} if kinds else {},
    )


def changes(decision: DecisionView, names: Names) -> list[ChangeShown]:
    """In the order in which they were made."""
    return [ChangeShown(_said(change, names), _where(change)) for change in read_all(list(decision.changes))]


def _said(change: Change, names: Names) -> str:
    if isinstance(change, Virement):
        return _("%(amount)s moved from “%(source)s” to “%(target)s”, in the budget of %(year)s") % {
            "amount": euro(change.amount),
            "source": names.elements.get(change.source) or _code(change.source),
            "target": names.elements.get(change.target) or _code(change.target),
            "year": change.year,
        }
    if isinstance(change, TargetChange):
        value = "" if change.value is None else number(change.value)
        return _("Target of “%(indicator)s” for %(period)s: %(value)s%(before)s") % {
            "indicator": names.indicators.get(change.indicator) or change.indicator,
            "period": change.period,
            "value": value or words(change.words or {}),
            "before": _before(change.before),
        }
    if isinstance(change, ElementChange):
        return _("“%(element)s” changed in the agenda: %(fields)s") % {
            "element": names.elements.get(change.element) or _code(change.element),
            "fields": ", ".join(str(MORE_FIELDS.get(name) or FIELDS.get(name, name)).lower() for name in change.fields),
        }
    if isinstance(change, BudgetDecided):
        return _("The budget of %(year)s came into force") % {"year": change.year}
    return _("%(paper)s %(year)s was adopted") % {
        "paper": names.papers.get(change.kind) or change.kind,
        "year": change.year,
    }


def _before(before: Mapping[str, Any] | None) -> str:
    value = (before or {}).get("value")
    return "" if value is None else _(" (was %(value)s)") % {"value": number(value)}


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
    return f"{reverse('money')}?year={change.year}"  # The budget's own page is in the workspace.


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


def decision_rows(decisions: Sequence[DecisionView]) -> Iterator[dict[str, Any]]:
    """Each as one line of a table; read only where a table is asked for."""
    names = names_of(decisions)
    for decision in decisions:
        found = decision_json(decision)
        for name in ("title", "text"):
            found[name] = words(found[name] or {})
        found["elements"] = " ".join(found["elements"])
        found["follow_ups"] = len(decision.follow_ups)
        found["changes"] = "; ".join(change.words for change in changes(decision, names))
        found["replaces"] = " ".join(found["replaces"])
        yield found


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


def grouped_by_year(decisions: Iterable[DecisionView]) -> list[tuple[str, list[DecisionView]]]:
    found: dict[str, list[DecisionView]] = {}
    for decision in decisions:
        found.setdefault(str(decision.day.year), []).append(decision)
    return list(found.items())

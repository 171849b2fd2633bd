# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""How a state is said: its word, its reason in one sentence, its counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainport.agenda.models import Element
from mainport.agenda.rules.elements import Kind
from mainport.agenda.rules.status import Reason, Standing, State
from mainport.web.agenda import labels
from mainport.web.agenda.addresses import url_of
from mainport.web.templatetags.mainport import is_code, words

NOTHING_KNOWN = Standing(State.NO_PLAN, Reason.NO_LEAD)


@dataclass(frozen=True)
class Tally:
    """How many tasks stand so, as `components/state-summary.html` shows it."""

    state: str
    count: int
    url: str = ""


@dataclass(frozen=True)
class Said:
    """A standing in words. `url` leads to what decided it."""

    state: str
    word: str
    reason: str
    as_of: date | None
    url: str
    counts: tuple[Tally, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "state": self.state,
            "word": self.word,
            "reason": self.reason,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "counts": {tally.state: tally.count for tally in self.counts},
        }


def titles_of(elements: Iterable[Element], *, brief: bool = False) -> dict[str, str]:
    """What each element is called in a sentence, by uid; organisations by their bare key too.

    `brief`: a task that has a code by its code alone.
    """
    found = {}
    for element in elements:
        title = words(element.title)
        if element.kind == Kind.TASK and is_code(element.key):
            title = element.key if brief else f"{element.key} {title}"
        found[element.uid] = title
        if element.kind in (Kind.PARTNER, Kind.ORGANISATION):
            found[element.key] = title
    return found


def say(standing: Standing | None, titles: Mapping[str, str]) -> Said:
    """This standing in words; `titles` name what may have decided it, by uid or by an organisation's key."""
    standing = standing or NOTHING_KNOWN
    because = standing.because_of or ""
    return Said(
        state=standing.state.value,
        word=str(labels.STATES[standing.state]),
        reason=_reason(standing, titles.get(because, because.partition(":")[2] or because)),
        as_of=standing.as_of,
        url=url_of(because) if _leads_on(standing) else "",
        counts=tuple(Tally(state.value, standing.counts[state]) for state in State if standing.counts.get(state)),
    )


def _leads_on(standing: Standing) -> bool:
    """Whether there is bad news to go and look at."""
    bad = standing.state in (State.AT_RISK, State.BEHIND)
    return bad and standing.reason in (Reason.WORST, Reason.OVERDUE) and ":" in (standing.because_of or "")


def _reason(standing: Standing, because: str) -> str:
    match standing.reason:
        case Reason.REPORT:
            return _("%(organisation)s reports this.") % {"organisation": because}
        case Reason.OVERDUE:
            return _("The milestone “%(milestone)s” is past its day, and nobody reported it as reached.") % {
                "milestone": because
            }
        case Reason.NONE_COUNTS if standing.counts:
            return _("None of the tasks has an approved report that still counts.")
        case Reason.NONE_COUNTS:
            return _("There is a plan with a lead, and no approved report yet that counts.")
        case Reason.NO_LEAD if standing.counts:
            return _("None of the tasks has a plan with a lead yet.")
        case Reason.NO_LEAD:
            return _("Nobody has laid down a plan with a lead yet.")
        case Reason.WORST if standing.state in (State.DONE, State.ON_TRACK):
            return _("More than half of the tasks have news, and all of it is good.")
        case Reason.WORST:
            return _("As its worst task stands: %(task)s.") % {"task": because}
        case Reason.TOO_LITTLE_NEWS:
            return _too_little(standing)
        case Reason.NOTHING_BELOW:
            return _("The agenda sets no tasks here.")


def _too_little(standing: Standing) -> str:
    tasks = sum(standing.counts.values())
    silent = standing.counts.get(State.NO_REPORT, 0) + standing.counts.get(State.NO_PLAN, 0)
    return ngettext(
        "%(news)s of %(tasks)s task has news, all of it good; that is too little to call the whole on track.",
        "%(news)s of %(tasks)s tasks have news, all of it good; that is too little to call the whole on track.",
        tasks,
    ) % {"news": tasks - silent, "tasks": tasks}

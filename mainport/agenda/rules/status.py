# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""How things stand: the state of one planned element, and of all that lies below a goal or sector.

The rule, as every page that shows a state explains it (`docs/adr/0007`):

1. Without a plan with a lead there is nothing to report on: *no plan*.
2. A report counts once it is approved, and until the period after its own is locked. One that says
   *done* counts for ever. Where none counts: *no report*.
3. Of each organisation its latest report counts; of these the worst decides. A partner who is
   stuck isn't hidden by another who is not.
4. A milestone past its day that nobody reported as reached makes it *at risk* at the least.
5. A goal or sector is as its worst task is, and the page names that task. Good news counts only
   where more than half of the tasks have news: else it is *no report*. There is no average.
   Its own plan, where it has one with a lead, is judged along with the tasks.
6. A task with tasks below it is judged along with them. Without a plan of its own it is a group.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum


class Status(StrEnum):
    """What a report can say, best first."""

    DONE = "done"
    ON_TRACK = "on-track"
    AT_RISK = "at-risk"
    BEHIND = "behind"


class State(StrEnum):
    """How an element stands: what is reported, or why there is no news."""

    DONE = "done"
    ON_TRACK = "on-track"
    AT_RISK = "at-risk"
    BEHIND = "behind"
    NO_REPORT = "no-report"
    NO_PLAN = "no-plan"


class Reason(StrEnum):
    """Why a state is what it is."""

    REPORT = "report"
    OVERDUE = "overdue"
    NONE_COUNTS = "none-counts"
    NO_LEAD = "no-lead"
    WORST = "worst"
    TOO_LITTLE_NEWS = "too-little-news"
    NOTHING_BELOW = "nothing-below"


#: Worst last.
_SEVERITY = {State.DONE: 0, State.ON_TRACK: 1, State.AT_RISK: 2, State.BEHIND: 3}
NEWS = frozenset(_SEVERITY)


@dataclass(frozen=True)
class ReportView:
    """What the rule needs of one approved report that counts."""

    organisation: str
    status: Status
    period_end: date


@dataclass(frozen=True)
class Standing:
    """How one element stands, why, since when, and for a group how many below stand how."""

    state: State
    reason: Reason
    #: Organisation's key, milestone's uid or task's uid, as the reason asks for.
    because_of: str | None = None
    as_of: date | None = None
    counts: dict[State, int] = field(default_factory=dict)

    @property
    def has_news(self) -> bool:
        return self.state in NEWS


def standing(*, has_lead: bool, reports: Sequence[ReportView], overdue: Sequence[str]) -> Standing:
    """How a planned element stands.

    `reports`: those that count, one an organisation; `overdue`: uids of milestones past their day
    that weren't reported as reached, the oldest first.
    """
    if not has_lead:
        return Standing(State.NO_PLAN, Reason.NO_LEAD)
    if not reports:
        if overdue:
            return Standing(State.AT_RISK, Reason.OVERDUE, overdue[0])
        return Standing(State.NO_REPORT, Reason.NONE_COUNTS)
    worst = max(reports, key=lambda report: (_SEVERITY[State(report.status)], report.period_end, report.organisation))
    state = State(worst.status)
    if overdue and _SEVERITY[state] < _SEVERITY[State.AT_RISK]:
        return Standing(State.AT_RISK, Reason.OVERDUE, overdue[0], worst.period_end)
    return Standing(state, Reason.REPORT, worst.organisation, worst.period_end)


def latest(reports: Iterable[ReportView]) -> list[ReportView]:
    """Of each organisation its latest report."""
    found: dict[str, ReportView] = {}
    for report in reports:
        known = found.get(report.organisation)
        if known is None or report.period_end > known.period_end:
            found[report.organisation] = report
    return list(found.values())


def with_own(uid: str, own: Standing, rolled_up: Standing) -> Standing:
    """The standing of a group whose own plan is among what was rolled up.

    Where that plan is what decides, its own reason says more than that it is the worst.
    """
    if rolled_up.because_of == uid and rolled_up.reason is Reason.WORST:
        return replace(own, counts=rolled_up.counts)
    return rolled_up


def roll_up(below: Iterable[tuple[str, Standing]]) -> Standing:
    """How a group stands, given (uid, standing) of every task below it, at any depth."""
    tasks = list(below)
    if not tasks:
        return Standing(State.NO_PLAN, Reason.NOTHING_BELOW)
    tally = Counter(standing.state for _, standing in tasks)
    counts = {state: tally[state] for state in State if tally[state]}
    news = [(uid, standing) for uid, standing in tasks if standing.has_news]
    if not news:
        state = State.NO_REPORT if tally[State.NO_REPORT] else State.NO_PLAN
        return Standing(state, Reason.NONE_COUNTS if state is State.NO_REPORT else Reason.NO_LEAD, counts=counts)
    # Of equally bad ones the first in the order of the agenda.
    uid, worst = max(news, key=lambda pair: _SEVERITY[pair[1].state])
    as_of = max((standing.as_of for _, standing in news if standing.as_of), default=None)
    if _SEVERITY[worst.state] < _SEVERITY[State.AT_RISK] and 2 * len(news) <= len(tasks):
        return Standing(State.NO_REPORT, Reason.TOO_LITTLE_NEWS, as_of=as_of, counts=counts)
    return Standing(worst.state, Reason.WORST, uid, as_of, counts)

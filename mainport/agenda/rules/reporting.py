# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Reporting: who must report when, what may be done with a report by whom, and who is late."""

from __future__ import annotations

import calendar
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import zip_longest

from mainport.core.rules.dates import first_day, last_day
from mainport.core.rules.permissions import Actor, Permission

# --- Who must report ---


@dataclass(frozen=True)
class PlanView:
    """What the rule needs of one plan: what it plans (a uid), who leads, who takes part, and when."""

    element: str
    lead: str | None
    partners: tuple[str, ...] = ()
    start: str | None = None  # reduced dates
    end: str | None = None


def runs_in(plan: PlanView, start: date, end: date) -> bool:
    """Whether the plan runs on any day of this stretch; a plan without start or end is open on that side."""
    begins = first_day(plan.start) if plan.start else date.min
    ends = last_day(plan.end) if plan.end else date.max
    return begins <= end and ends >= start


@dataclass(frozen=True)
class Duty:
    """One organisation's report on one planned element: `must` for the lead, else it may."""

    element: str
    organisation: str
    must: bool


def duties(
    plans: Iterable[PlanView], start: date, end: date, *, done: Collection[tuple[str, str]] = ()
) -> Iterator[Duty]:
    """Who must and who may report over this stretch: the lead and the partners of each plan that runs in it.

    `done`: (element, organisation) whose latest approved report says that all is done. They must no more.
    """
    for plan in plans:
        if plan.lead is None or not runs_in(plan, start, end):
            continue
        yield Duty(plan.element, plan.lead, must=(plan.element, plan.lead) not in done)
        for partner in dict.fromkeys(plan.partners):
            if partner != plan.lead:
                yield Duty(plan.element, partner, must=False)


# --- What may be done with a report ---


class ReportState(StrEnum):
    """Where a report is on its way; MISSING where nobody has begun it."""

    MISSING = "missing"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"


class Verb(StrEnum):
    """What people do with a report."""

    SAVE = "save"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    APPROVE = "approve"
    RETURN = "return"


S = ReportState

#: The whole way of a report: (where it is, what is done) -> (where it goes, what one must be allowed).
MOVES: dict[tuple[ReportState, Verb], tuple[ReportState, Permission]] = {
    (S.MISSING, Verb.SAVE): (S.DRAFT, Permission.WRITE_REPORT),
    (S.DRAFT, Verb.SAVE): (S.DRAFT, Permission.WRITE_REPORT),
    (S.RETURNED, Verb.SAVE): (S.RETURNED, Permission.WRITE_REPORT),
    (S.DRAFT, Verb.SUBMIT): (S.SUBMITTED, Permission.WRITE_REPORT),
    (S.RETURNED, Verb.SUBMIT): (S.SUBMITTED, Permission.WRITE_REPORT),
    (S.SUBMITTED, Verb.WITHDRAW): (S.DRAFT, Permission.WRITE_REPORT),
    (S.SUBMITTED, Verb.APPROVE): (S.APPROVED, Permission.REVIEW_REPORT),
    (S.SUBMITTED, Verb.RETURN): (S.RETURNED, Permission.REVIEW_REPORT),
    # A mistake that was approved needn't stay in public until the period is locked, or for ever.
    (S.APPROVED, Verb.RETURN): (S.RETURNED, Permission.REVIEW_REPORT),
}

#: What each verb asks, wherever the report is: who may not do it isn't told that it can't be done now.
_NEEDED = {verb: permission for (_, verb), (_, permission) in MOVES.items()}


class No(StrEnum):
    """Why something can't be done with a report."""

    LOCKED = "locked"
    WRONG_STATE = "wrong-state"
    NOT_ALLOWED = "not-allowed"
    OWN_REPORT = "own-report"


def refusal(
    verb: Verb, state: ReportState, *, by: Actor, organisation: str, author_id: int | None, locked: bool
) -> No | None:
    """Why this actor can't do this with the report now; None where they can.

    These are the organisation's own affairs: a role that is allowed everywhere doesn't help here.
    Four eyes: whoever handed a report in doesn't approve it.
    """
    if organisation not in by.organisations(_NEEDED[verb]):
        return No.NOT_ALLOWED
    if locked:
        return No.LOCKED
    if (state, verb) not in MOVES:
        return No.WRONG_STATE
    if verb is Verb.APPROVE and by.person_id == author_id:
        return No.OWN_REPORT
    return None


def sees(by: Actor, state: ReportState, organisation: str) -> bool:
    """Whether this actor may read a report: `queries.reporting.visible` says the same in SQL."""
    if state is S.APPROVED or organisation in by.organisations(Permission.READ_SUBMITTED_REPORT):
        return True
    return state is S.SUBMITTED and by.may(Permission.READ_SUBMITTED_REPORT)


# --- Who is late ---


def is_late(state: ReportState, *, must: bool, due: date, today: date) -> bool:
    """Past its day and not approved: a report that must be, or one that was handed in and waits."""
    return today > due and state is not S.APPROVED and (must or state is S.SUBMITTED)


def waits_for(state: ReportState) -> Permission | None:
    """Whose turn it is: the writer's, the reviewer's, or nobody's any more."""
    if state is S.APPROVED:
        return None
    return Permission.REVIEW_REPORT if state is S.SUBMITTED else Permission.WRITE_REPORT


# --- Periods ---


class PeriodTrouble(StrEnum):
    """Why a period can't be opened, changed or locked."""

    DAYS_OUT_OF_ORDER = "days-out-of-order"
    OVERLAPS = "overlaps"
    TOO_MANY_OPEN = "too-many-open"
    EARLIER_IS_OPEN = "earlier-is-open"
    LOCKED = "locked"


@dataclass(frozen=True, order=True)
class PeriodView:
    """What the rules need of one period."""

    start: date
    end: date
    due: date
    locked: bool = False
    key: str = ""


#: The one on which people report and the one that is being rounded off: with more than that, old
#: reports would count on and nobody would be late any more.
OPEN_AT_ONCE = 2


def trouble_opening(new: PeriodView, others: Collection[PeriodView]) -> PeriodTrouble | None:
    if not new.start <= new.end <= new.due:
        return PeriodTrouble.DAYS_OUT_OF_ORDER
    if any(new.start <= other.end and other.start <= new.end for other in others):
        return PeriodTrouble.OVERLAPS
    if any(other.locked and other.start > new.start for other in others):
        return PeriodTrouble.LOCKED
    if sum(not other.locked for other in others) >= OPEN_AT_ONCE:
        return PeriodTrouble.TOO_MANY_OPEN
    return None


def trouble_locking(period: PeriodView, others: Collection[PeriodView]) -> PeriodTrouble | None:
    if period.locked:
        return PeriodTrouble.LOCKED
    if any(other.start < period.start and not other.locked for other in others):
        return PeriodTrouble.EARLIER_IS_OPEN
    return None


def counting(periods: Iterable[PeriodView]) -> list[PeriodView]:
    """The periods whose approved reports count: until the period after their own is locked."""
    ordered = sorted(periods)
    return [p for p, after in zip_longest(ordered, ordered[1:]) if after is None or not after.locked]


class Span(StrEnum):
    """The stretches of time that have a name."""

    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"
    MONTH = "month"
    OTHER = "other"


_MONTHS = {Span.YEAR: 12, Span.HALF: 6, Span.QUARTER: 3, Span.MONTH: 1}


def span(start: date, end: date) -> tuple[Span, int]:
    """Which stretch this is, and its number in the year: July to September 2026 is (QUARTER, 3)."""
    for found, months in _MONTHS.items():
        whole = start.day == 1 and (start.month - 1) % months == 0
        if whole and end == last_day(f"{start.year}-{start.month + months - 1:02d}"):
            return found, (start.month - 1) // months + 1
    return Span.OTHER, 0


def period_key(start: date, end: date) -> str:
    """What a period is called in addresses: 2026, 2026-h1, 2026-q3, 2026-07, or else its two days."""
    found, number = span(start, end)
    match found:
        case Span.YEAR:
            return f"{start.year}"
        case Span.HALF:
            return f"{start.year}-h{number}"
        case Span.QUARTER:
            return f"{start.year}-q{number}"
        case Span.MONTH:
            return f"{start.year}-{number:02d}"
        case Span.OTHER:
            return f"{start:%Y%m%d}-{end:%Y%m%d}"


def next_period(latest: PeriodView | None, today: date) -> PeriodView:
    """What is likely to be opened next: as long as the latest and right after it, due a month after its end.

    Without a latest one: the quarter in which we are.
    """
    months = _MONTHS.get(span(latest.start, latest.end)[0], 3) if latest else 3
    start = latest.end + timedelta(days=1) if latest else date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    year, month = divmod(start.year * 12 + start.month - 1 + months - 1, 12)
    end = max(date(year, month + 1, calendar.monthrange(year, month + 1)[1]), start)
    return PeriodView(start, end, end + timedelta(days=31), key=period_key(start, end))

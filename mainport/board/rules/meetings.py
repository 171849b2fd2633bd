# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The states of meetings and of their items, and which deed is possible in which."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum

from mainport.board.rules.refusals import Reason, Trouble


class MeetingState(StrEnum):
    PLANNED = "planned"
    CONVENED = "convened"
    HELD = "held"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class ItemState(StrEnum):
    PROPOSED = "proposed"
    PLACED = "placed"
    REFUSED = "refused"
    HANDLED = "handled"


class Deed(StrEnum):
    """What can be done with a meeting or on its agenda."""

    CHANGE = "change"
    CONVENE = "convene"
    HOLD = "hold"
    CLOSE = "close"
    CANCEL = "cancel"
    ANSWER = "answer"
    INVITE = "invite"
    ATTEND = "attend"
    PROPOSE = "propose"
    ARRANGE = "arrange"  # Place, order and refuse items.
    EDIT_ITEM = "edit an item"
    ADD_DOCUMENT = "add a document"
    REMOVE_DOCUMENT = "remove a document"
    HANDLE = "handle"
    DECIDE = "decide"
    WRITE_MINUTES = "write the minutes"


M, S = MeetingState, ItemState

#: In which states of the meeting something can be done.
WHEN: dict[Deed, frozenset[MeetingState]] = {
    Deed.CHANGE: frozenset({M.PLANNED, M.CONVENED}),
    Deed.CONVENE: frozenset({M.PLANNED}),
    Deed.HOLD: frozenset({M.CONVENED}),
    Deed.CLOSE: frozenset({M.HELD}),
    Deed.CANCEL: frozenset({M.PLANNED, M.CONVENED}),
    Deed.ANSWER: frozenset({M.CONVENED}),
    Deed.INVITE: frozenset({M.CONVENED, M.HELD}),
    Deed.ATTEND: frozenset({M.HELD}),
    Deed.PROPOSE: frozenset({M.PLANNED}),
    Deed.ARRANGE: frozenset({M.PLANNED, M.CONVENED}),
    Deed.EDIT_ITEM: frozenset({M.PLANNED, M.CONVENED}),
    Deed.ADD_DOCUMENT: frozenset({M.PLANNED, M.CONVENED}),
    Deed.REMOVE_DOCUMENT: frozenset({M.PLANNED}),
    Deed.HANDLE: frozenset({M.HELD}),
    Deed.DECIDE: frozenset({M.HELD}),
    Deed.WRITE_MINUTES: frozenset({M.HELD}),
}

#: Whose agenda and papers are out: what isn't confidential on it is public.
CONVENED = frozenset({M.CONVENED, M.HELD, M.CLOSED})
#: Items that stand on the agenda.
ON_THE_AGENDA = frozenset({S.PLACED, S.HANDLED})


def state_trouble(deed: Deed, state: MeetingState) -> Trouble | None:
    """Why this can't be done with a meeting in this state; None where it can."""
    if state in WHEN[deed]:
        return None
    wanted = " or ".join(sorted(WHEN[deed]))
    return Trouble(Reason.STATE, "meeting", f"a meeting that is {state}", f"one that is {wanted}, to {deed}")


def time_troubles(start: datetime, end: datetime, papers_due: datetime) -> Iterator[Trouble]:
    """What is wrong with the hours of a meeting."""
    if end <= start:
        yield Trouble(Reason.ORDER, "end", _hour(end), f"an hour after the meeting begins, {_hour(start)}")
    if papers_due > start:
        yield Trouble(
            Reason.ORDER, "papers_due", _hour(papers_due), f"an hour before the meeting begins, {_hour(start)}"
        )


def is_late(moment: datetime, papers_due: datetime) -> bool:
    """Whether a paper or proposal of this moment comes after the deadline."""
    return moment > papers_due


def _hour(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""How a follow-up stands on a day, and when its owner hears of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum

#: Somebody is reminded from this long before the day on which it is due.
AHEAD = timedelta(days=7)
#: Nobody hears of the same follow-up again within this time.
REST = timedelta(days=7)


class FollowUpState(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class Standing(StrEnum):
    """How it stands on a day."""

    OPEN = "open"
    DUE_SOON = "due-soon"
    OVERDUE = "overdue"
    DONE = "done"
    DROPPED = "dropped"


def standing(state: FollowUpState, due: date, today: date) -> Standing:
    """On the day itself it is not overdue yet."""
    if state is not FollowUpState.OPEN:
        return Standing(state.value)
    if due < today:
        return Standing.OVERDUE
    return Standing.DUE_SOON if due - today <= AHEAD else Standing.OPEN


def is_to_remind(state: FollowUpState, due: date, reminded_at: datetime | None, now: datetime) -> bool:
    """Whether its owner should hear of it now."""
    soon = standing(state, due, now.date()) in (Standing.OVERDUE, Standing.DUE_SOON)
    return soon and (reminded_at is None or now - reminded_at >= REST)

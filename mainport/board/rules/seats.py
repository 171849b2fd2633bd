# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Who sits in a body on a day, which organisations have a vote there, and how many make a quorum."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Role(StrEnum):
    """As what somebody sits in a body."""

    CHAIR = "chair"
    MEMBER = "member"
    SECRETARY = "secretary"
    GUEST = "guest"


#: Seats that carry the vote of their organisation.
VOTING = frozenset({Role.CHAIR, Role.MEMBER})
#: Seats that are privy to what is confidential: a guest hears what is said, and gets no confidential paper.
PRIVY = frozenset({Role.CHAIR, Role.MEMBER, Role.SECRETARY})


@dataclass(frozen=True)
class Seat:
    """Somebody's place in a body; `person` and `organisation` as the caller names them, `end` the last day."""

    person: int
    organisation: str | None
    role: Role
    start: date
    end: date | None = None

    def on(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day <= self.end)


def seats_on(seats: Iterable[Seat], day: date) -> list[Seat]:
    """The seats that are taken on this day, the first and the last day included."""
    return [seat for seat in seats if seat.on(day)]


def with_vote(seats: Iterable[Seat]) -> frozenset[str]:
    """The organisations that have a vote by these seats: one vote each, however many sit there for it."""
    return frozenset(seat.organisation for seat in seats if seat.role in VOTING and seat.organisation)


def usual_quorum(organisations: Collection[str]) -> int:
    """More than half of the organisations with a vote; at least one."""
    return len(organisations) // 2 + 1


def is_quorate(present: Collection[str], quorum: int) -> bool:
    """Whether enough organisations with a vote are there to decide."""
    return len(present) >= quorum

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Following a course: who follows, and what can be done from which state."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class Learner:
    """Whose answers and courses these are: a person's, or those of a visit without a log-in."""

    person_id: int | None = None
    visit: str = ""

    def __post_init__(self) -> None:
        if (self.person_id is None) == (not self.visit):
            raise ValueError("a learner is a person or a visit")


class Deed(StrEnum):
    """What somebody does with a course."""

    ENROL = "enrol"
    BEGIN = "begin"
    PROGRESS = "progress"
    COMPLETE = "complete"
    STOP = "stop"
    REMOVE = "remove"


#: From which states each deed can be done.
ALLOWED: dict[Deed, frozenset[str]] = {
    Deed.ENROL: frozenset({"saved", "stopped"}),
    Deed.BEGIN: frozenset({"saved", "enrolled", "stopped"}),
    Deed.PROGRESS: frozenset({"busy"}),
    Deed.COMPLETE: frozenset({"enrolled", "busy"}),
    Deed.STOP: frozenset({"enrolled", "busy"}),
    Deed.REMOVE: frozenset({"saved", "enrolled", "busy", "stopped", "completed"}),
}


class NotPossible(Exception):
    """This can't be done with the course as it stands."""


def possible(state: str, *, has_badge: bool = False) -> list[Deed]:
    """What can be done now. A course with a certificate stays, since the certificate points at it."""
    return [deed for deed, states in ALLOWED.items() if state in states and not (deed is Deed.REMOVE and has_badge)]


def require(deed: Deed, state: str, *, has_badge: bool = False) -> None:
    """Raises NotPossible."""
    if deed not in possible(state, has_badge=has_badge):
        raise NotPossible(f"{deed} isn't possible for a course that is {state}")

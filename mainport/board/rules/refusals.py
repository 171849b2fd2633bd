# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Why something of the board can't be done: which field, what was found, what was expected."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """What sort of trouble it is, for pages that say it in their own words."""

    STATE = "state"  # What it is about isn't in a state in which this can be done.
    ORDER = "order"  # Days or hours that don't follow each other.
    UNKNOWN = "unknown"
    MISSING = "missing"
    TWICE = "twice"
    NO_VOTE = "no-vote"
    NO_QUORUM = "no-quorum"
    NOT_ADOPTED = "not-adopted"
    LATE = "late"
    FILE = "file"
    CHANGE = "change"  # A change that a decision makes can't be made.
    VALUE = "value"


@dataclass(frozen=True)
class Trouble:
    """One thing that is wrong."""

    reason: Reason
    field: str
    found: str
    expected: str

    def __str__(self) -> str:
        return f"{self.field}: found {self.found}, expected {self.expected}"


class Refused(ValueError):
    """It is not done, and nothing of it; `troubles` says all that is wrong."""

    def __init__(self, troubles: Iterable[Trouble]) -> None:
        self.troubles = tuple(troubles)
        super().__init__("; ".join(str(trouble) for trouble in self.troubles))


def refuse(reason: Reason, field: str, found: object, expected: str) -> Refused:
    """The refusal for one trouble, to raise."""
    return Refused([Trouble(reason, field, str(found) or "nothing", expected)])


def raise_any(troubles: Iterable[Trouble]) -> None:
    """Raises Refused where there is any trouble."""
    if found := list(troubles):
        raise Refused(found)

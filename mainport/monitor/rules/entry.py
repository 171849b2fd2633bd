# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What a value that is entered by hand must hold, and who may decide about it."""

from __future__ import annotations

import math
from enum import StrEnum

from mainport.monitor.rules.periods import parse
from mainport.monitor.rules.tables import Missing


class No(StrEnum):
    """Why something can't be entered, or not be decided."""

    NO_PERIOD = "no-period"
    VALUE_OR_REASON = "value-or-reason"
    TOO_LOW = "too-low"
    TOO_HIGH = "too-high"
    NO_SOURCE = "no-source"
    NO_SUCH_CELL = "no-such-cell"
    WAITS_ALREADY = "waits-already"
    NOT_WAITING = "not-waiting"
    OWN_ENTRY = "own-entry"
    NOT_OWN_ENTRY = "not-own-entry"
    NO_REASON = "no-reason"


class EntryRefused(ValueError):
    """It can't be entered or decided; `faults` says why by field ('' for the whole)."""

    def __init__(self, faults: dict[str, No]) -> None:
        super().__init__(", ".join(f"{field or 'entry'}: {fault}" for field, fault in faults.items()))
        self.faults = faults


def faults(
    *,
    period: str,
    value: float | None,
    missing: int,
    source: str,
    floor: float | None,
    ceiling: float | None,
    text: str = "",
    in_words: bool = False,
) -> dict[str, No]:
    """What is wrong with an entry, by field: it has a period, a source, and a value or the reason for none.

    The value of an indicator without numbers is `text`: `in_words`.
    """
    found: dict[str, No] = {}
    try:
        parse(period)
    except ValueError:
        found["period"] = No.NO_PERIOD
    if not _one_of_them(value, text.strip(), missing, in_words=in_words):
        found["value"] = No.VALUE_OR_REASON
    elif value is not None and floor is not None and value < floor:
        found["value"] = No.TOO_LOW
    elif value is not None and ceiling is not None and value > ceiling:
        found["value"] = No.TOO_HIGH
    if not source.strip():
        found["source"] = No.NO_SOURCE
    return found


def _one_of_them(value: float | None, text: str, missing: int, *, in_words: bool) -> bool:
    """A value or a reason for none; and words only where these are the value."""
    if in_words:
        return value is None and bool(text) == (missing == Missing.NONE)
    finite = value is None or math.isfinite(value)
    return finite and not text and (value is not None) == (missing == Missing.NONE)


def refusal_of_decision(decider: int | None, proposer: int | None, *, waiting: bool) -> No | None:
    """Whether somebody may confirm or return an entry: four eyes, so never their own."""
    if not waiting:
        return No.NOT_WAITING
    if decider is None or decider == proposer:
        return No.OWN_ENTRY
    return None

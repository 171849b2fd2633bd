# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""How decisions and meetings are called in addresses."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable
from datetime import date

_DECISION = re.compile(r"(\d{4})-(\d{2,})")


def is_decision_key(key: str) -> bool:
    """Whether it is a year and a number: 2023-04."""
    return _DECISION.fullmatch(key) is not None


def next_decision_key(day: date, known: Iterable[str]) -> str:
    """The key of the next decision of this day's year: one series for all bodies, without reuse.

    >>> next_decision_key(date(2023, 5, 1), ["2023-01", "2023-04", "2022-09"])
    '2023-05'
    """
    numbers = [int(found[2]) for key in known if (found := _DECISION.fullmatch(key)) and found[1] == f"{day.year:04}"]
    return f"{day.year:04}-{max(numbers, default=0) + 1:02}"


def meeting_key(body: str, day: date, known: Collection[str]) -> str:
    """The key of a meeting: its body and day, with a number where there are more on one day."""
    stem = f"{body}-{day.isoformat()}"
    keys = (stem if number == 1 else f"{stem}-{number}" for number in range(1, len(known) + 2))
    return next(key for key in keys if key not in known)


def hash_of(secret: str) -> str:
    """What is kept of the secret in an address."""
    return hashlib.sha256(secret.encode()).hexdigest()

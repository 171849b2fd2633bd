# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Dates as exact as the source gives them: a year, a month or a day (ISO 8601, reduced precision)."""

from __future__ import annotations

import calendar
import re
from datetime import date

PATTERN = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"
_WHOLE = re.compile(PATTERN)


def is_reduced_date(value: str) -> bool:
    """Whether `value` is YYYY, YYYY-MM or YYYY-MM-DD, and a day that exists."""
    if not _WHOLE.fullmatch(value):
        return False
    if len(value) < 10:
        return int(value[:4]) >= 1
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def first_day(value: str) -> date:
    """The first day that `value` covers: 2022 gives 1 January 2022."""
    parts = [int(part) for part in value.split("-")]
    return date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)


def last_day(value: str) -> date:
    """The last day that `value` covers: 2022-02 gives 28 February 2022."""
    parts = [int(part) for part in value.split("-")]
    month = parts[1] if len(parts) > 1 else 12
    day = parts[2] if len(parts) > 2 else calendar.monthrange(parts[0], month)[1]
    return date(parts[0], month, day)

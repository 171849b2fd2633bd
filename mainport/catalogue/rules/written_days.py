# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A day, month or year as people write it in Dutch or English."""

from __future__ import annotations

import re

from mainport.catalogue.rules.texts import Day

#: By their first letters, in which the months of both languages differ.
_MONTHS = {
    "jan": 1,
    "feb": 2,
    "maa": 3,
    "mrt": 3,
    "mar": 3,
    "apr": 4,
    "mei": 5,
    "may": 5,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sep": 9,
    "okt": 10,
    "oct": 10,
    "nov": 11,
    "dec": 12,
}
_DUTCH = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
]
_ENGLISH = ["january", "february", "march", "may", "june", "july", "august", "october", "december"]
_NAMES = frozenset([*_DUTCH, *_ENGLISH])


def read(said: str) -> Day | None:
    """2026, 2026-06, 2026-06-30, 30-6-2026, 6/2026, juni 2026, 30 June 2026; None for anything else."""
    text = " ".join(said.lower().replace(",", " ").split())
    if found := re.fullmatch(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?", text):
        return _day(*(int(part or 0) for part in found.groups()))
    if found := re.fullmatch(r"(?:(\d{1,2})[-/.])?(\d{1,2})[-/.](\d{4})", text):
        return _day(int(found[3]), int(found[2]), int(found[1] or 0))
    if found := re.fullmatch(r"(?:(\d{1,2})\.?\s+)?([a-z]{3,9})\.?\s+(\d{4})", text):
        return _day(int(found[3]), _month(found[2]), int(found[1] or 0))
    return None


def _month(name: str) -> int:
    """13, which no month is, for another word."""
    return _MONTHS.get(name[:3], 13) if len(name) <= 4 or name in _NAMES else 13


def _day(year: int, month: int, day: int) -> Day | None:
    try:
        return Day(year, month, day)
    except ValueError:
        return None

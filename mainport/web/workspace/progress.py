# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""How far each organisation is with its reports: the programme office's view at a glance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from mainport.agenda.queries import Slot
from mainport.agenda.rules.reporting import ReportState
from mainport.web.templatetags.mainport import words
from mainport.web.workspace import labels


@dataclass(frozen=True)
class Progress:
    """One organisation: how many of its reports are where. What it merely may write doesn't count."""

    key: str
    name: str
    expected: int
    approved: int
    submitted: int
    returned: int
    unwritten: int
    late: int

    @property
    def glyph(self) -> str:
        if self.late:
            return labels.LATE_GLYPH
        return labels.GLYPHS[ReportState.APPROVED if self.approved == self.expected else ReportState.DRAFT]

    def to_json(self) -> dict[str, Any]:
        return {
            "organisation": self.key,
            "name": self.name,
            "expected": self.expected,
            "approved": self.approved,
            "submitted": self.submitted,
            "returned": self.returned,
            "unwritten": self.unwritten,
            "late": self.late,
        }


def by_organisation(slots: Iterable[Slot]) -> list[Progress]:
    """The organisations from which something is expected, those with most that is late first."""
    tallies: dict[str, Counter[str]] = {}
    names: dict[str, str] = {}
    for slot in slots:
        if not (slot.must or slot.state is not ReportState.MISSING):
            continue
        key = slot.organisation.key
        names[key] = words(slot.organisation.title)
        tally = tallies.setdefault(key, Counter())
        tally["expected"] += 1
        tally[slot.state] += 1
        tally["late"] += slot.late
    found = [
        Progress(
            key=key,
            name=names[key],
            expected=tally["expected"],
            approved=tally[ReportState.APPROVED],
            submitted=tally[ReportState.SUBMITTED],
            returned=tally[ReportState.RETURNED],
            unwritten=tally[ReportState.MISSING] + tally[ReportState.DRAFT],
            late=tally["late"],
        )
        for key, tally in tallies.items()
    ]
    return sorted(found, key=lambda progress: (-progress.late, progress.name))

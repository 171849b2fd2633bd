# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Values that turned out otherwise: what each was, from when to when it counted, and what replaced it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from mainport.monitor.rules.changes import Said, changes
from mainport.monitor.rules.formula import Line, Span
from mainport.monitor.rules.standing import Figure


@dataclass(frozen=True)
class State:
    """What was known from a moment on."""

    at: datetime
    lines: Mapping[str, Line]
    figures: Sequence[Figure]


@dataclass(frozen=True)
class Revision:
    """A value that counted from `learnt_at` until `until`, and what came in its place.

    `where` is an area, or the source of a published figure. `new` is None where the value was taken back.
    """

    where: str
    is_area: bool
    span: Span
    old: Said
    new: Said
    learnt_at: datetime
    until: datetime


def revisions(states: Sequence[State]) -> list[Revision]:
    """Every value that was replaced, out of the states in the order of time; newest period first."""
    found: list[Revision] = []
    learnt: dict[tuple[str, bool, Span], datetime] = {}
    for before, after in pairwise([None, *states]):
        if after is None:
            continue
        old = (before.lines, before.figures) if before else ({}, ())
        for change in changes(old, (after.lines, after.figures)):
            place = (change.where, change.is_area, change.span)
            if change.old is not None:
                found.append(Revision(*place, old=change.old, new=change.new, learnt_at=learnt[place], until=after.at))
            learnt[place] = after.at
    return sorted(found, key=lambda one: (one.span.start, one.span.end, one.until), reverse=True)

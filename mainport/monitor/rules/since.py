# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What became different in an indicator since a day: values that came, were revised or went, and the verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mainport.monitor.rules.changes import Change, changes
from mainport.monitor.rules.formula import Line
from mainport.monitor.rules.progress import Assessment
from mainport.monitor.rules.standing import Figure, Standing


@dataclass(frozen=True)
class Known:
    """What is known of an indicator at a moment."""

    lines: Mapping[str, Line]
    figures: Sequence[Figure]
    standing: Standing


@dataclass(frozen=True)
class Difference:
    """Between two moments; each list has the newest period first. `verdict` is that of then and that of now."""

    new: Sequence[Change]
    revised: Sequence[Change]
    gone: Sequence[Change]
    verdict: tuple[Assessment, Assessment] | None

    def __bool__(self) -> bool:
        return bool(self.new or self.revised or self.gone or self.verdict)


def difference(then: Known, now: Known) -> Difference:
    found = changes((then.lines, then.figures), (now.lines, now.figures))
    old, new = then.standing.assessment, now.standing.assessment
    # With a target the same word means another thing than without.
    same = (old.status, old.method) == (new.status, new.method)
    return Difference(
        new=[change for change in found if change.old is None],
        revised=[change for change in found if change.old is not None and change.new is not None],
        gone=[change for change in found if change.new is None],
        verdict=None if same else (old, new),
    )

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The agenda as money runs through it: goal, and under it task, flagship and project."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from mainport.agenda import queries as agenda
from mainport.agenda.models import Element
from mainport.agenda.rules.elements import PILLARS, Kind
from mainport.cycle.queries.money.sheet import Measure, Sheet
from mainport.cycle.rules.shares import ZERO

#: What money is booked on.
BOOKED = (Kind.TASK, Kind.FLAGSHIP, Kind.PROJECT)
_KINDS = (Kind.ALLIANCE, *PILLARS, Kind.THEME, *BOOKED, Kind.FUND, Kind.CONTRIBUTION)


@dataclass(frozen=True)
class Line:
    """What stands on one element, by measure, and what is uncovered of it."""

    uid: str
    amounts: Mapping[Measure, Decimal]
    uncovered: Decimal


@dataclass(frozen=True)
class Group:
    """A goal, sector or chapter ('' for what lies outside of them), with its sum and what it is the sum of."""

    uid: str
    amounts: Mapping[Measure, Decimal]
    uncovered: Decimal
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Tree:
    """The elements that pages of money name, in the agenda's order, by uid."""

    elements: Mapping[str, Element]

    @cached_property
    def _above(self) -> dict[str, tuple[str, ...]]:
        """Each element with what it hangs under, from itself upwards."""
        by_id = {element.pk: element for element in self.elements.values()}
        found = {}
        for uid, element in self.elements.items():
            way = [uid]
            while (parent := by_id.get(element.parent_id or 0)) is not None:
                way.append(parent.uid)
                element = parent
            found[uid] = tuple(way)
        return found

    def pillar_of(self, uid: str) -> str:
        """The goal, sector or chapter in which it lies; '' outside of them."""
        return next((one for one in self._above.get(uid, ()) if one.partition(":")[0] in PILLARS), "")

    def head_of(self, uid: str) -> str:
        """The highest task, flagship or project that it belongs to; itself where there is none."""
        heads = [one for one in self._above.get(uid, ()) if one.partition(":")[0] in BOOKED]
        return heads[-1] if heads else uid

    def groups(self, sheet: Sheet, *measures: Measure) -> list[Group]:
        """Amounts by goal and in it by element, in the agenda's order."""
        by_element: defaultdict[str, defaultdict[Measure, Decimal]] = defaultdict(lambda: defaultdict(lambda: ZERO))
        for row in sheet.rows:
            if row.measure in measures:
                by_element[row.element][row.measure] += row.amount
        gaps: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
        for _year, _fund, uid, amount in sheet.gaps():
            gaps[uid] += amount
        lines: defaultdict[str, list[Line]] = defaultdict(list)
        for uid in self.in_order(by_element):
            amounts = {measure: by_element[uid][measure] for measure in measures}
            if any(amounts.values()):
                lines[self.pillar_of(uid)].append(Line(uid, amounts, gaps[uid]))
        return [_group(uid, lines[uid]) for uid in self.in_order(lines)]

    def in_order(self, uids: Iterable[str]) -> list[str]:
        """As in the agenda; what it doesn't know, or no longer, comes last."""
        return sorted(uids, key=lambda uid: (self._place.get(uid, len(self._place)), uid))

    @cached_property
    def _place(self) -> dict[str, int]:
        return {uid: place for place, uid in enumerate(self.elements)}


def _group(uid: str, lines: Sequence[Line]) -> Group:
    measures = lines[0].amounts
    return Group(
        uid=uid,
        amounts={measure: sum((line.amounts[measure] for line in lines), ZERO) for measure in measures},
        uncovered=sum((line.uncovered for line in lines), ZERO),
        lines=tuple(lines),
    )


def tree() -> Tree:
    """One query."""
    found = agenda.elements(*_KINDS).select_related("source")
    return Tree({element.uid: element for element in found})

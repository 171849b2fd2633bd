# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Which elements of the agenda are activities, and how they hang together.

The alliance; below it goals, sectors and chapters with anything below them; tasks and others with money or
indicators; flagships and projects always. The parent of one is the nearest above it that is an activity too.
"""

from __future__ import annotations

from collections.abc import Collection

from mainport.agenda.rules.elements import PILLARS, Agenda, Element, Kind

_ALWAYS = (Kind.FLAGSHIP, Kind.PROJECT)


class Tree:
    """The activities by uid, from the top to the bottom."""

    def __init__(self, agenda: Agenda, wanted: Collection[str]) -> None:
        self.agenda = agenda
        chosen = {agenda.alliance.uid}
        for element in agenda.elements.values():
            if element.uid in wanted or element.kind in _ALWAYS:
                chosen.add(element.uid)
                chosen |= {above.uid for above in self._above(element) if above.kind in PILLARS}
        self.elements = [element for element in agenda.elements.values() if element.uid in chosen]
        self.parents: dict[str, str] = {}
        self.children: dict[str, list[str]] = {}
        for element in self.elements:
            if element.kind is not Kind.ALLIANCE:
                near = next((above.uid for above in self._above(element) if above.uid in chosen), agenda.alliance.uid)
                self.parents[element.uid] = near
                self.children.setdefault(near, []).append(element.uid)
        self.plans = {e.parent: e for e in agenda.elements.values() if e.kind is Kind.PLAN and e.parent}

    def depth(self, uid: str) -> int:
        """1 for the alliance, and one more for each below."""
        return 1 + self.depth(self.parents[uid]) if uid in self.parents else 1

    def plan(self, uid: str) -> Element | None:
        return self.plans.get(uid)

    def _above(self, element: Element) -> list[Element]:
        found = []
        here = element.parent
        while here is not None and here in self.agenda.elements:
            found.append(self.agenda.elements[here])
            here = found[-1].parent
        return found

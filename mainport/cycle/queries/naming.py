# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What the keys of the ledger's cells are called: elements of the agenda, funds, parties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from mainport.agenda import queries as agenda
from mainport.agenda.models import Element
from mainport.agenda.rules.elements import PILLARS, PLANNED, Kind
from mainport.cycle.models import Party

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Group:
    """A goal, sector or chapter ('' for what lies outside of them) with its sums and the elements below it."""

    uid: str
    amounts: tuple[Decimal, ...]
    rows: tuple[tuple[str, tuple[Decimal, ...]], ...]


@dataclass(frozen=True)
class Names:
    """Elements by uid in the agenda's order, and parties by key."""

    elements: Mapping[str, Element]
    parties: Mapping[str, Party]

    def fund(self, key: str) -> Element | None:
        return self.elements.get(f"{Kind.FUND}:{key}")

    @property
    def funds(self) -> list[Element]:
        return [element for element in self.elements.values() if element.kind == Kind.FUND]

    @property
    def payable(self) -> list[Element]:
        """What money can be for."""
        return [element for element in self.elements.values() if element.kind in (*PLANNED, Kind.ALLIANCE)]

    @cached_property
    def pillar_of(self) -> dict[str, str]:
        """The uid of the goal, sector or chapter of everything in or below one."""
        found: dict[str, str] = {}
        above: Element | None = None
        for uid, element in self.elements.items():
            if element.kind in PILLARS:
                above = element
            if above is not None and element.tree_key.startswith(above.tree_key):
                found[uid] = above.uid
        return found

    def groups(self, columns: Sequence[Mapping[str, Decimal]]) -> list[Group]:
        """The amounts of each column by goal, and in it by element, in the agenda's order."""
        order = {uid: place for place, uid in enumerate(self.elements)}
        below: defaultdict[str, list[str]] = defaultdict(list)
        for uid in sorted({uid for column in columns for uid in column}, key=lambda u: (order.get(u, len(order)), u)):
            below[self.pillar_of.get(uid, "")].append(uid)
        found = []
        for pillar in sorted(below, key=lambda uid: order.get(uid, len(order))):
            rows = [(uid, tuple(column.get(uid, ZERO) for column in columns)) for uid in below[pillar]]
            rows = [row for row in rows if any(row[1])]
            if rows:
                found.append(Group(pillar, summed(amounts for _uid, amounts in rows), tuple(rows)))
        return found


def summed(rows: Iterable[Sequence[Decimal]]) -> tuple[Decimal, ...]:
    return tuple(sum(column, ZERO) for column in zip(*rows, strict=True))


def names(*, parties: bool = True) -> Names:
    """Two queries; one without the parties."""
    rows = agenda.elements().filter(kind__in=[*PLANNED, Kind.ALLIANCE, Kind.FUND, Kind.CONTRIBUTION])
    return Names(
        elements={row.uid: row for row in rows.only("kind", "key", "title", "tree_key")},
        parties={row.key: row for row in Party.objects.all()} if parties else {},
    )

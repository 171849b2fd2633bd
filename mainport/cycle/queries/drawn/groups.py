# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Amounts by goal and under it by task and project, as several parts show them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mainport.agenda.rules.elements import PILLARS, Kind
from mainport.cycle.queries.drawn.facts import Facts
from mainport.cycle.queries.drawn.money import ZERO
from mainport.cycle.queries.drawn.names import element_name
from mainport.cycle.queries.drawn.words import Words
from mainport.cycle.rules.document import Table

#: By element, one amount a column.
ByElement = Mapping[str, Sequence[Decimal]]


@dataclass(frozen=True)
class Group:
    """A goal, sector or chapter ('' for what lies outside of them) with its own sum and those below it."""

    uid: str
    amounts: tuple[Decimal, ...]
    rows: tuple[tuple[str, tuple[Decimal, ...]], ...]


def groups(facts: Facts, columns: Sequence[Mapping[str, Decimal]]) -> list[Group]:
    """The amounts of each column by goal, and in it by element, in the agenda's order."""
    by_pillar: defaultdict[str, list[str]] = defaultdict(list)
    for uid in dict.fromkeys(uid for column in columns for uid in column):
        by_pillar[facts.pillar_of.get(uid, "")].append(uid)
    order = {uid: place for place, uid in enumerate(facts.agenda.elements)}
    found = []
    for pillar in [*(element.uid for element in facts.of(*PILLARS)), ""]:
        uids = sorted(by_pillar.get(pillar, ()), key=lambda uid: (order.get(uid, len(order)), uid))
        rows = [(uid, tuple(column.get(uid, ZERO) for column in columns)) for uid in uids]
        rows = [row for row in rows if any(row[1])]
        if rows:
            found.append(Group(pillar, totals_of(amounts for _uid, amounts in rows), tuple(rows)))
    return found


def totals_of(rows: Iterable[Sequence[Decimal]]) -> tuple[Decimal, ...]:
    columns = list(zip(*rows, strict=True))
    return tuple(sum(column, ZERO) for column in columns)


def group_name(facts: Facts, w: Words, uid: str) -> str:
    return w.say(facts.title(uid)) if uid else w("Buiten de doelen en sectoren", "Outside goals and sectors")


def group_table(
    facts: Facts, w: Words, caption: str, names: Sequence[str], found: Sequence[Group], source: str
) -> Table:
    """Each goal with its sub-total, and under it its tasks, flagships and projects."""
    rows: list[tuple[str, Sequence[Decimal]]] = []
    headings = []
    for group in found:
        headings.append(len(rows))
        rows.append((group_name(facts, w, group.uid), group.amounts))
        for uid, amounts in group.rows:
            own = uid == group.uid
            name = w("het doel of de sector zelf", "the goal or sector itself") if own else element_name(facts, w, uid)
            kind = facts.agenda.elements[uid].kind if uid in facts.agenda.elements else None
            if kind is Kind.PROJECT:
                name = w(f"Project {name}", f"Project {name}")
            rows.append((name, amounts))
    width = len(names)
    total = totals_of(group.amounts for group in found) or (ZERO,) * width
    return w.money_table(
        caption,
        names,
        rows,
        total=total,
        headings=headings,
        label=w("Doel, opgave of project", "Goal, task or project"),
        source=source,
    )

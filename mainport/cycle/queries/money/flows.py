# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Money as it is budgeted to flow: from partners and funds through goals and sectors to tasks.

What partners pledge goes into one base. What the budget takes out of it beyond the pledges comes from the reserve;
what is pledged and not budgeted stays in it. What is budgeted out of a fund that hasn't promised it is uncovered.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from mainport.agenda.rules.elements import PILLARS
from mainport.cycle.queries.money.sheet import BASE, Measure, Sheet
from mainport.cycle.queries.money.tree import Tree
from mainport.cycle.rules.shares import ZERO

RESERVE, UNCOVERED, KEPT, OUTSIDE = "reserve", "uncovered", "kept", "outside"


@dataclass(frozen=True)
class Node:
    """What money comes from, runs through or ends in. `key` is that of a party ("party:…"), fund ("fund:…"),
    element of the agenda, or one of base, reserve, uncovered, kept, outside."""

    key: str
    column: int
    kind: str


@dataclass(frozen=True)
class Flow:
    source: str
    target: str
    amount: Decimal


@dataclass(frozen=True)
class Flows:
    nodes: tuple[Node, ...]
    flows: tuple[Flow, ...]
    #: Promised by funds beyond what the budget takes from them: not in the flows.
    beyond: Decimal = ZERO


def flows(sheet: Sheet, partners: Sheet, tree: Tree) -> Flows:
    """In four columns: who pays; the base; goals and sectors; tasks, flagships and projects.

    `partners` tells the pledges apart by party; `sheet` the budget by fund and element.
    """
    found: defaultdict[tuple[str, str], Decimal] = defaultdict(lambda: ZERO)
    for party, amount in partners.by("party", Measure.PLEDGED).items():
        found[f"party:{party}", BASE] += amount
    pledged, from_base = partners.sum(Measure.PLEDGED), sheet.sum(Measure.BUDGETED, fund=BASE)
    if from_base > pledged:
        found[RESERVE, BASE] = from_base - pledged
    elif pledged > from_base:
        found[BASE, KEPT] = pledged - from_base
    covered = ZERO
    for source, element, amount in _spread(sheet):
        pillar = tree.pillar_of(element) or OUTSIDE
        found[source, pillar] += amount
        covered += amount if source.startswith("fund:") else ZERO
        head = tree.head_of(element)
        if _node(head).column == 3:
            found[pillar, head] += amount
    nodes = {key: _node(key) for pair in found for key in pair}
    order = {key: place for place, key in enumerate(tree.in_order(nodes))}
    return Flows(
        nodes=tuple(sorted(nodes.values(), key=lambda node: (node.column, order[node.key]))),
        flows=tuple(Flow(*pair, amount) for pair, amount in found.items() if amount > 0),
        beyond=max(sheet.beyond_base(Measure.PROMISED) - covered, ZERO),
    )


def narrow(whole: Flows) -> Flows:
    """The two columns of a small screen: out of what, and for which goal or sector."""
    kept = tuple(
        Node(node.key, 0 if node.kind in ("base", "fund", "uncovered") else 1, node.kind)
        for node in whole.nodes
        if node.kind in ("base", "fund", "uncovered", "goal", "kept")
    )
    keys = {node.key: node.column for node in kept}
    between = tuple(flow for flow in whole.flows if keys.get(flow.source) == 0 and keys.get(flow.target) == 1)
    return Flows(kept, between, whole.beyond)


def _spread(sheet: Sheet) -> list[tuple[str, str, Decimal]]:
    """The budget by source and element: out of a fund as far as it promised, and what is uncovered beside it."""
    gaps: defaultdict[tuple[str, str], Decimal] = defaultdict(lambda: ZERO)
    for _year, fund, element, amount in sheet.gaps():
        gaps[fund, element] += amount
    asked: defaultdict[tuple[str, str], Decimal] = defaultdict(lambda: ZERO)
    for row in sheet.rows:
        if row.measure is Measure.BUDGETED:
            asked[row.fund or BASE, row.element] += row.amount
    found = []
    for (fund, element), amount in sorted(asked.items()):
        source = BASE if fund == BASE else f"fund:{fund}"
        found.append((source, element, amount - gaps[fund, element]))
        found.append((UNCOVERED, element, gaps[fund, element]))
    return [part for part in found if part[-1]]


def _node(key: str) -> Node:
    sort = key.partition(":")[0]
    if sort == "party":
        return Node(key, 0, "partner")
    if key == RESERVE:
        return Node(key, 0, "reserve")
    if key == BASE:
        return Node(key, 1, "base")
    if sort == "fund":
        return Node(key, 0, "fund")
    if key == UNCOVERED:
        return Node(key, 0, "uncovered")
    if key == KEPT:
        return Node(key, 2, "kept")
    if key in ("", OUTSIDE) or sort in PILLARS:
        return Node(key, 2, "goal")
    return Node(key, 3, "task")

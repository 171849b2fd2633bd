# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What several parts of a paper say: names, sources, and the amounts that papers have in common."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from mainport.agenda.rules.elements import Kind
from mainport.cycle.queries.drawn.facts import Facts
from mainport.cycle.queries.drawn.money import BASE, ZERO
from mainport.cycle.queries.drawn.words import Words
from mainport.cycle.rules.chart import Code
from mainport.cycle.rules.papers import uncovered


def figures(facts: Facts) -> dict[str, Decimal]:
    """The amounts that two papers of one year have in common."""
    codes = (Code.CONTRIBUTION, Code.COFINANCING, Code.EXPENDITURE)
    return figures_of(*(facts.money.sum(code, year=facts.year) for code in codes))


def figures_of(contributions: Decimal, cofinancing: Decimal, spent: Decimal) -> dict[str, Decimal]:
    return {
        "contributions": contributions,
        "co-financing": cofinancing,
        "expenditure": spent,
        "result": contributions + cofinancing - spent,
    }


def ledger_source(facts: Facts, w: Words) -> str:
    return w(
        f"grootboek van Mainport, boeking 1 tot en met {facts.number}.",
        f"ledger of Mainport, movements 1 to {facts.number}.",
    )


def uncovered_by_fund(facts: Facts) -> dict[str, Decimal]:
    """What was budgeted out of each fund and isn't promised by it, counted by element."""
    promised: defaultdict[tuple[str, str], Decimal] = defaultdict(lambda: ZERO)
    for row in facts.money.rows:
        if row.code is Code.PROMISED and row.key[0] == facts.year:
            promised[row.key[3], row.key[2]] += row.amount
    asked: defaultdict[tuple[str, str], Decimal] = defaultdict(lambda: ZERO)
    for line in facts.budgeted:
        if line.fund != BASE:
            asked[line.element, line.fund] += line.amount
    found: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
    for (element, fund), amount in asked.items():
        found[fund] += uncovered(amount, promised[element, fund])
    return dict(sorted(found.items()))


def party_name(facts: Facts, w: Words, key: str) -> str:
    """The title of the contribution or fund of the agenda that it stands for, or its own name."""
    party = facts.money.parties.get(key)
    if party is None:
        return key or w("Niet ingedeeld", "Not told apart")
    element = facts.agenda.elements.get(party.element)
    return w.say(element.title) if element else party.name


def fund_name(facts: Facts, w: Words, key: str) -> str:
    element = facts.agenda.elements.get(f"{Kind.FUND}:{key}")
    return w.say(element.title) if element else key or w("Niet ingedeeld", "Not told apart")


def element_name(facts: Facts, w: Words, uid: str) -> str:
    element = facts.agenda.elements.get(uid)
    if element is None:
        return uid or w("Niet ingedeeld", "Not told apart")
    return f"{element.key} {w.say(element.title)}" if element.kind is Kind.TASK else w.say(element.title)

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Sub-totals in the terms of the agenda, for who sees all of the books: goals and tasks with what lies below them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from mainport.agenda.models import Element
from mainport.agenda.rules.elements import Kind
from mainport.core.rules.languages import say
from mainport.cycle.queries.money import Measure, Row, Tree, all_parties, origin, read, tree
from mainport.cycle.rules.shares import ZERO

#: What can be told apart by; a task is the highest task, flagship or project with all that hangs under it.
DIMENSIONS = ("year", "partner", "fund", "goal", "task", "element", "type")
#: As what the ledger knows them.
_SIDES = {
    "year": "year",
    "partner": "party",
    "fund": "fund",
    "goal": "element",
    "task": "element",
    "element": "element",
    "type": "cost",
}


class NoSuchDimension(ValueError):
    """Money isn't told apart by this."""


@dataclass(frozen=True)
class Subtotal:
    """Keys by the dimensions that were asked, in their order, what they are called, and euro by measure."""

    key: tuple[str, ...]
    names: tuple[str, ...]
    amounts: Mapping[str, Decimal]
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Subtotals:
    rows: tuple[Subtotal, ...]
    total: Mapping[str, Decimal]
    through: int  # number of the last movement
    demo: bool

    @property
    def measures(self) -> list[str]:
        return [measure.value for measure in Measure]


def subtotals(by: Sequence[str], *, year: int | None = None, contributors_only: bool = False) -> Subtotals:
    """What every measure comes to by these dimensions; the rows add up to the total. Four queries.

    `contributors_only` asks for partners to be told apart. Raises NoSuchDimension.
    """
    if unknown := [side for side in by if side not in DIMENSIONS]:
        raise NoSuchDimension(f"{', '.join(unknown)}: expected {', '.join(DIMENSIONS)}")
    if not by or len(set(by)) != len(by):
        raise NoSuchDimension("expected at least one dimension, each once")
    known, parties, source = tree(), all_parties(), origin()
    contributors = {key for key, party in parties.items() if party.element.startswith(f"{Kind.CONTRIBUTION}:")}
    keys = _keys(known)
    found: defaultdict[tuple[str, ...], defaultdict[str, Decimal]] = defaultdict(lambda: defaultdict(lambda: ZERO))
    total: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
    for row in read(year=year, by=[_SIDES[side] for side in by]).rows:
        if contributors_only and row.party not in contributors:
            continue
        found[tuple(keys[side](row) for side in by)][row.measure.value] += row.amount
        total[row.measure.value] += row.amount
    named = {"partner": {key: party.name for key, party in parties.items()}}
    rows = [
        Subtotal(key, tuple(_name(side, one, known, named) for side, one in zip(by, key, strict=True)), dict(amounts))
        for key, amounts in found.items()
        if any(amounts.values())
    ]
    place = {uid: number for number, uid in enumerate(known.elements)}
    rows.sort(key=lambda one: [(not key, place.get(key, len(place)), key) for key in one.key])
    return Subtotals(tuple(rows), dict(total), source.through, source.demo)


def _keys(known: Tree) -> dict[str, Callable[[Row], str]]:
    return {
        "year": lambda row: str(row.year),
        "partner": lambda row: row.party,
        "fund": lambda row: row.fund,
        "goal": lambda row: known.pillar_of(row.element),
        "task": lambda row: known.head_of(row.element),
        "element": lambda row: row.element,
        "type": lambda row: row.cost,
    }


def _name(side: str, key: str, known: Tree, named: Mapping[str, Mapping[str, str]]) -> str:
    if side in ("goal", "task", "element", "fund"):
        element = known.elements.get(f"{Kind.FUND}:{key}" if side == "fund" else key)
        return _title(element) if element else key
    return named.get(side, {}).get(key, key)


def _title(element: Element) -> str:
    return say(element.title, "nl")


def rolled_up(year: int | None = None) -> Subtotals:
    """Everything of the agenda with its own money and that of all below it, from top to bottom. Three queries.

    The rows of one depth don't add up to the total: what hangs higher is its own. The first one, the alliance, does,
    but for what left the agenda, which stands last.
    """
    known, source = tree(), origin()
    by_id = {element.pk: uid for uid, element in known.elements.items()}
    parents = {uid: by_id.get(element.parent_id or 0, "") for uid, element in known.elements.items()}
    found: defaultdict[str, defaultdict[str, Decimal]] = defaultdict(lambda: defaultdict(lambda: ZERO))
    total: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
    top = next((uid for uid, element in known.elements.items() if element.kind == Kind.ALLIANCE), "")
    for row in read(year=year, by=["element"]).rows:
        total[row.measure.value] += row.amount
        here = row.element or top
        while here:
            found[here][row.measure.value] += row.amount
            here = parents.get(here, "")
    rows = []
    for uid in known.in_order(found):
        if not any(found[uid].values()):
            continue
        element = known.elements.get(uid)
        depth, above = 0, parents.get(uid, "")
        while above:
            depth, above = depth + 1, parents.get(above, "")
        rows.append(Subtotal((uid,), (_title(element) if element else uid,), dict(found[uid]), {"depth": depth}))
    return Subtotals(tuple(rows), dict(total), source.through, source.demo)

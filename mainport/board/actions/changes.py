# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Carries out what a decision changes, by the actions of the rooms that keep it; each points back to the decision."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from mainport.agenda import actions as agenda_actions
from mainport.agenda import queries as agenda
from mainport.agenda.rules.elements import Element, Kind
from mainport.agenda.rules.faults import explain
from mainport.agenda.rules.nesting import element_of, fields_of
from mainport.agenda.rules.nodes import NODES
from mainport.board.rules.changes import BudgetDecided, Change, ElementChange, PaperDecided, TargetChange, Virement
from mainport.core.rules.permissions import Actor
from mainport.cycle.models import Budget
from mainport.cycle.queries.totals import totals
from mainport.cycle.rules.chart import Code
from mainport.monitor import actions as monitor_actions
from mainport.monitor import queries as monitor


class CannotChange(ValueError):
    """A change that is refused by the room that keeps what it is about: what was found, what was expected."""

    def __init__(self, found: str, expected: str) -> None:
        self.found = found
        self.expected = expected
        super().__init__(f"found {found}, expected {expected}")


def apply(*, by: Actor, change: Change, decision: str, words: str, demo: bool = False) -> Change:
    """Make this change in the transaction of the decision (its key); the same with what was there `before`.

    `words` is the title of the decision, '' where it is confidential. Raises CannotChange.
    """
    done: Change = _APPLIERS[type(change)](by, change, decision, words)
    return done


def elements_of(change: Change) -> tuple[str, ...]:
    """Uids of the elements that a change is about: those of an indicator are the ones that it measures."""
    if not isinstance(change, TargetChange):
        return change.elements
    found = monitor.find_indicators().filter(key=change.indicator).first()
    return tuple(element.uid for element in found.measures.all() if element.removed_at is None) if found else ()


def _why(decision: str, words: str) -> str:
    return f"decision:{decision} {words}".strip()


# --- The agenda ---


def _change_element(by: Actor, change: ElementChange, decision: str, words: str) -> Change:
    whole = agenda.agenda()
    stored = whole.elements.get(change.element) if whole else None
    if whole is None or stored is None:
        raise CannotChange(change.element, "an element that stands in the agenda")
    partners = {element.key for element in whole.elements.values() if element.kind is Kind.PARTNER}
    element = _with_fields(stored, change.fields, partners)
    if element == stored:
        raise CannotChange("what stands there already", "another value")
    try:
        agenda_actions.edit(by=by, put=[element], why=_why(decision, words))
    except agenda_actions.Refused as error:
        raise CannotChange(str(error), "an agenda that holds together") from error
    old = fields_of(stored)
    return replace(change, before={name: old.get(name) for name in change.fields})


def _with_fields(stored: Element, fields: Mapping[str, Any], partners: set[str]) -> Element:
    """The element with other values for some of its fields, in its place. Raises CannotChange."""
    after = {name: value for name, value in {**fields_of(stored), **fields}.items() if value is not None}
    model = NODES[stored.kind]
    if stored.kind is Kind.PLAN:
        after.setdefault("title", dict(stored.title))
    try:
        node = model.model_validate(after)
    except ValidationError as error:
        faults = [(".".join(map(str, path)), found, expected) for path, found, expected in explain(error, model)]
        raise CannotChange(
            "; ".join(f"{path}: {found}" for path, found, _expected in faults),
            "; ".join(f"{path}: {expected}" for path, _found, expected in faults),
        ) from error
    return element_of(node, key=stored.key, parent=stored.parent, position=stored.position, partners=partners)


# --- The monitor ---


def _change_target(by: Actor, change: TargetChange, decision: str, words: str) -> Change:
    indicator = monitor.find_indicators().filter(key=change.indicator).first()
    if indicator is None:
        raise CannotChange(change.indicator, "the key of an indicator")
    old = next((target for target in monitor.target_history(indicator) if _stands(target, change.period)), None)
    if old and (old.value, old.words or None) == (change.value, dict(change.words) if change.words else None):
        raise CannotChange("this target already", "another value")
    interim = change.interim if change.interim is not None else bool(old and old.interim)
    try:
        monitor_actions.set_target(
            by=by,
            indicator=indicator,
            period=change.period,
            value=change.value,
            words=change.words,
            interim=interim,
            source=f"decision:{decision}",
            why=_why(decision, words),
        )
    except monitor_actions.TargetRefused as error:
        raise CannotChange(str(error), "a target that can be set") from error
    before = {"value": old.value, "words": old.words, "interim": old.interim, "source": old.source} if old else {}
    return replace(change, interim=interim, before=before)


def _stands(target: Any, period: str) -> bool:
    return bool(target.until is None and target.period == period)


# --- The cycle ---
#
# Its actions are loaded when they are needed: drawing up papers loads much. Whatever they refuse is a ValueError.


def _move_budget(by: Actor, change: Virement, decision: str, words: str) -> Change:
    from mainport.cycle.actions import budgets

    known = agenda.elements().filter(key__in=[uid.partition(":")[2] for uid in change.elements])
    if missing := set(change.elements) - {element.uid for element in known}:
        raise CannotChange(", ".join(sorted(missing)), "elements that stand in the agenda")
    before = {uid: str(_budgeted(change, uid)) for uid in change.elements}
    try:
        budgets.move(
            by=by,
            year=change.year,
            source=change.source,
            target=change.target,
            fund=change.fund,
            cost=change.cost,
            amount=change.amount,
            decision=decision,
            words=_why(decision, words),
        )
    except ValueError as error:
        raise CannotChange(str(error), "a virement that can be booked") from error
    return replace(change, before=before)


def _budgeted(change: Virement, uid: str) -> Decimal:
    """What is budgeted for an element in the cells that a virement touches."""
    where = {"year": change.year, "fund": change.fund, "element": uid}
    if change.cost:  # Without, it is taken from all types of cost.
        where["cost"] = change.cost
    return sum((total.amount for total in totals([Code.BUDGETED], where=where)), Decimal("0.00"))


def _decide_budget(by: Actor, change: BudgetDecided, decision: str, words: str) -> Change:
    from mainport.cycle.actions import budgets

    rows = Budget.objects.filter(year=change.year)
    draft = rows.filter(state=Budget.State.DRAFT, **({"version": change.version} if change.version else {})).first()
    if draft is None:
        wanted = f"version {change.version}" if change.version else "a version"
        raise CannotChange(f"no draft of the budget of {change.year}", f"{wanted} that is a draft")
    earlier = rows.filter(state=Budget.State.DECIDED).first()
    try:
        budgets.decide(by=by, budget=draft, decision=decision)
    except ValueError as error:
        raise CannotChange(str(error), "a budget that can be decided") from error
    return replace(change, version=draft.version, before={"version": earlier.version if earlier else None})


def _decide_paper(by: Actor, change: PaperDecided, decision: str, words: str) -> Change:
    from mainport.board.queries.decisions import lines_of
    from mainport.cycle.actions import papers as actions
    from mainport.cycle.queries import papers as queries

    try:
        paper = queries.find(by, change.kind, change.year, change.version)
    except queries.NoSuchPaper as error:
        raise CannotChange(str(error), "a paper that was laid before the partners") from error
    earlier = queries.in_force(change.kind, change.year)
    try:
        actions.decide(by=by, paper=paper, decision=decision, ahead=change.ahead, decisions=lines_of(change.year))
    except ValueError as error:
        raise CannotChange(str(error), "a paper that can be decided") from error
    return replace(change, version=paper.version, before={"version": earlier.version if earlier else None})


_APPLIERS: dict[type[Any], Callable[[Actor, Any, str, str], Change]] = {
    ElementChange: _change_element,
    TargetChange: _change_target,
    Virement: _move_budget,
    BudgetDecided: _decide_budget,
    PaperDecided: _decide_paper,
}

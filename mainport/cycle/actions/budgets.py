# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Budgets: drafted, decided, amended; and money moved within the one in force."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from mainport.core.actions import record
from mainport.core.rules.permissions import Actor, Permission, require
from mainport.cycle.actions.ledger import book, hold
from mainport.cycle.actions.shared import amount_of, require_cost, require_element, require_fund, require_year
from mainport.cycle.models import Budget, BudgetLine, Movement
from mainport.cycle.queries.totals import totals
from mainport.cycle.rules.chart import Code
from mainport.cycle.rules.ledger import Cell, Sort, Transfer, memorandum
from mainport.cycle.rules.ledger import Movement as Draft
from mainport.cycle.rules.refusals import refuse

State = Budget.State


@transaction.atomic
def draft(*, by: Actor, year: int, words: str = "", demo: bool = False) -> Budget:
    """The draft of a year: the one that there is, or a new one with the lines of the budget in force.

    Raises NotAllowed, Refused.
    """
    require(by, Permission.BOOK)
    require_year(year)
    hold()
    if found := Budget.objects.filter(year=year, state=State.DRAFT).first():
        return found
    last = Budget.objects.filter(year=year).aggregate(last=Max("version"))["last"] or 0
    made = Budget.objects.create(
        year=year, version=last + 1, words=words.strip(), by_name=by.name, at=timezone.now(), demo=demo
    )
    in_force = Budget.objects.filter(year=year, state=State.DECIDED).first()
    if in_force:
        _copy(in_force, made)
    record(by=by, action="budget.draft", subject=_subject(made), after=in_force.version if in_force else None)
    return made


def _copy(old: Budget, new: Budget) -> None:
    BudgetLine.objects.bulk_create(
        BudgetLine(budget=new, element=row.element, fund=row.fund, cost=row.cost, amount=row.amount, words=row.words)
        for row in old.lines.all()
    )


@transaction.atomic
def put_line(
    *, by: Actor, budget: Budget, element: str, fund: str, cost: str, amount: Any, words: str = ""
) -> BudgetLine:
    """Set a line of a draft: of one element, fund and type of cost there is one. Raises NotAllowed, Refused."""
    require(by, Permission.BOOK)
    budget = _held_draft(budget)
    require_element(element)
    require_fund(fund)
    require_cost(cost)
    line, _ = BudgetLine.objects.update_or_create(
        budget=budget,
        element=element,
        fund=fund,
        cost=cost,
        defaults={"amount": amount_of(amount), "words": words.strip()[:300]},
    )
    record(
        by=by,
        action="budget.line",
        subject=_subject(budget),
        element=element,
        fund=fund,
        cost=cost,
        amount=str(line.amount),
    )
    return line


@transaction.atomic
def drop_line(*, by: Actor, line: BudgetLine) -> None:
    """Take a line out of a draft. Raises NotAllowed, Refused."""
    require(by, Permission.BOOK)
    budget = _held_draft(line.budget)
    line.delete()
    record(
        by=by, action="budget.drop-line", subject=_subject(budget), element=line.element, fund=line.fund, cost=line.cost
    )


@transaction.atomic
def decide(*, by: Actor, budget: Budget, decision: str = "") -> Budget:
    """Bring a draft into force: the ledger books what differs from the budget in force, which becomes an earlier one.

    Raises NotAllowed; Refused for an empty draft.
    """
    require(by, Permission.BOOK)
    budget = _held_draft(budget)
    wanted = {(row.element, row.fund, row.cost): row.amount for row in budget.lines.all()}
    if not wanted:
        raise refuse("lines", "none", "at least one line")
    booked = {
        total.key: total.amount
        for total in totals([Code.BUDGETED], by=("element", "fund", "cost"), where={"year": budget.year})
    }
    transfers = tuple(
        memorandum(Code.BUDGETED, difference, _cell(budget.year, *key))
        for key in sorted(wanted.keys() | booked.keys())
        if (difference := wanted.get(key, Decimal(0)) - booked.get(key, Decimal(0)))
    )
    now = timezone.now()
    Budget.objects.filter(year=budget.year, state=State.DECIDED).update(state=State.AMENDED)
    budget.state, budget.decision, budget.decided_at = State.DECIDED, decision, now
    budget.save(update_fields=["state", "decision", "decided_at"])
    if transfers:
        _book(by, Sort.BUDGET, budget, f"Budget {budget}", transfers, decision)
    record(by=by, action="budget.decide", subject=_subject(budget), decision=decision, total=str(sum(wanted.values())))
    return budget


@transaction.atomic
def drop(*, by: Actor, budget: Budget, why: str = "") -> None:
    """Give a draft up. Raises NotAllowed, Refused."""
    require(by, Permission.BOOK)
    budget = _held_draft(budget)
    budget.state = State.DROPPED
    budget.save(update_fields=["state"])
    record(by=by, action="budget.drop", subject=_subject(budget), why=why)


@transaction.atomic
def move(
    *,
    by: Actor,
    year: int,
    source: str,
    target: str,
    fund: str,
    cost: str,
    amount: Any,
    decision: str = "",
    words: str = "",
) -> Budget:
    """Move money from one element to another within the budget in force; it makes its next version.

    Without a `cost` it is taken from the source's lines of that fund, the largest first. Raises NotAllowed; Refused
    where less stands there than is moved, or a draft is at work that would forget it.
    """
    require(by, Permission.BOOK)
    hold()
    require_year(year)
    moved = amount_of(amount)
    for name, uid in (("source", source), ("target", target)):
        require_element(uid, name)
    if source == target:
        raise refuse("target", target, "another element than the source")
    require_fund(fund)
    if cost:
        require_cost(cost)
    old = Budget.objects.filter(year=year, state=State.DECIDED).first()
    if old is None:
        raise refuse("year", year, "a year with a budget in force")
    if Budget.objects.filter(year=year, state=State.DRAFT).exists():
        raise refuse("year", f"{year}, of which a draft is at work", "a year without a draft: decide or drop it first")
    taken = _taken(old, source, fund, cost, moved)
    last = Budget.objects.filter(year=year).aggregate(last=Max("version"))["last"] or 0
    now = timezone.now()
    Budget.objects.filter(pk=old.pk).update(state=State.AMENDED)
    new = Budget.objects.create(
        year=year,
        version=last + 1,
        state=State.DECIDED,
        words=words,
        decision=decision,
        decided_at=now,
        by_name=by.name,
        at=now,
        demo=old.demo,
    )
    _copy(old, new)
    transfers: list[Transfer] = []
    for of_cost, part in taken:
        _shift(new, source, fund, of_cost, -part)
        _shift(new, target, fund, of_cost, part)
        transfers += [
            memorandum(Code.BUDGETED, -part, _cell(year, source, fund, of_cost)),
            memorandum(Code.BUDGETED, part, _cell(year, target, fund, of_cost)),
        ]
    said = words or f"Virement {year}: {source} to {target}"
    _book(by, Sort.VIREMENT, new, said, tuple(transfers), decision)
    record(
        by=by,
        action="budget.move",
        subject=_subject(new),
        source=source,
        target=target,
        fund=fund,
        amount=str(moved),
        decision=decision,
    )
    return new


def _taken(budget: Budget, source: str, fund: str, cost: str, amount: Decimal) -> list[tuple[str, Decimal]]:
    """Which types of cost it comes from, and how much of each."""
    lines = budget.lines.filter(element=source, fund=fund)
    if cost:
        lines = lines.filter(cost=cost)
    rows = sorted(lines, key=lambda line: (-line.amount, line.cost))
    there = sum((line.amount for line in rows), Decimal("0.00"))
    if there < amount:
        what = f"{source}, fund {fund}" + (f", {cost}" if cost else "")
        raise refuse("amount", amount, f"at most {there}, which stands in the budget for {what}")
    found: list[tuple[str, Decimal]] = []
    for line in rows:
        part = min(line.amount, amount)
        if part:
            found.append((line.cost, part))
            amount -= part
    return found


def _shift(budget: Budget, element: str, fund: str, cost: str, amount: Decimal) -> None:
    line = budget.lines.filter(element=element, fund=fund, cost=cost).first()
    if line is None:
        BudgetLine.objects.create(budget=budget, element=element, fund=fund, cost=cost, amount=amount)
    elif line.amount + amount == 0:
        line.delete()
    else:
        line.amount += amount
        line.save(update_fields=["amount"])


def _held_draft(budget: Budget) -> Budget:
    hold()
    found = Budget.objects.select_for_update().get(pk=budget.pk)
    if found.state != State.DRAFT:
        raise refuse("budget", f"a budget that is {found.state}", "a draft")
    return found


def _cell(year: int, element: str, fund: str, cost: str) -> Cell:
    return Cell(Code.BUDGETED, year, fund=fund, element=element, cost=cost)


def _book(
    by: Actor, sort: Sort, budget: Budget, words: str, transfers: tuple[Transfer, ...], decision: str
) -> list[Movement]:
    movement = Draft(
        sort=sort,
        date=timezone.localdate(),
        words=words[:500],
        transfers=transfers,
        reference=f"budget:{budget.year}:{budget.version}",
        decision=decision,
        demo=budget.demo,
    )
    return book(by=by, movements=[movement])


def _subject(budget: Budget) -> str:
    return f"budget:{budget.year}-v{budget.version}"

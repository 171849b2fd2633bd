# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What the alliance binds itself to pay, and what of that was let go again."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from mainport.core.actions import record
from mainport.core.rules.permissions import Actor, Permission, require
from mainport.cycle.actions.ledger import book, hold
from mainport.cycle.actions.shared import (
    amount_of,
    require_cost,
    require_element,
    require_fund,
    require_words,
    require_year,
)
from mainport.cycle.models import Commitment, Invoice, Party
from mainport.cycle.rules.amounts import total
from mainport.cycle.rules.chart import Code
from mainport.cycle.rules.ledger import Cell, Sort, Transfer, memorandum
from mainport.cycle.rules.ledger import Movement as Draft
from mainport.cycle.rules.refusals import refuse


@transaction.atomic
def commit(
    *,
    by: Actor,
    party: Party,
    year: int,
    element: str,
    fund: str,
    cost: str,
    amount: Any,
    words: str,
    on: date | None = None,
    demo: bool = False,
) -> Commitment:
    """Record an order, an assignment or a grant to another. Raises NotAllowed, Refused."""
    require(by, Permission.BOOK)
    require_year(year)
    require_element(element)
    require_fund(fund)
    require_cost(cost)
    words = require_words(words)
    euros = amount_of(amount)
    hold()
    day = on or timezone.localdate()
    number = Commitment.objects.filter(year=year).count() + 1
    key = f"{year}-c{number:03}"
    cell = Cell(Code.COMMITTED, year, party=party.key, fund=fund, element=element, cost=cost)
    [movement] = book(
        by=by,
        movements=[
            Draft(
                Sort.COMMITMENT, day, words, (memorandum(Code.COMMITTED, euros, cell),), f"commitment:{key}", demo=demo
            )
        ],
    )
    made = Commitment.objects.create(
        key=key,
        words=words,
        party=party,
        year=year,
        element=element,
        fund=fund,
        cost=cost,
        amount=euros,
        date=day,
        movement=movement,
        demo=demo,
    )
    record(by=by, action="commitment.make", subject=f"commitment:{key}", amount=str(euros), party=party.key)
    return made


def outstanding(commitment: Commitment, *, without: Invoice | None = None) -> Decimal:
    """What of a commitment isn't invoiced yet; `without` one of its invoices as if that never came."""
    if commitment.closed_at:
        return Decimal("0.00")
    live = commitment.invoices.filter(state__in=[Invoice.State.OPEN, Invoice.State.PAID])
    if without is not None:
        live = live.exclude(pk=without.pk)
    left: Decimal = commitment.amount - total(live.values_list("total", flat=True))
    return max(left, Decimal("0.00"))


def released(commitment: Commitment, amount: Decimal) -> Transfer:
    """The transfer that lets this much of a commitment go; a negative amount binds it again."""
    cell = Cell(
        Code.COMMITTED,
        commitment.year,
        party=commitment.party.key,
        fund=commitment.fund,
        element=commitment.element,
        cost=commitment.cost,
    )
    return memorandum(Code.COMMITTED, -amount, cell)


@transaction.atomic
def close(*, by: Actor, commitment: Commitment, why: str) -> Commitment:
    """Say that nothing more will be invoiced: what is left is let go. Raises NotAllowed, Refused."""
    require(by, Permission.BOOK)
    hold()
    commitment = Commitment.objects.select_for_update(of=("self",)).select_related("party").get(pk=commitment.pk)
    if commitment.closed_at:
        raise refuse("commitment", "one that is closed", "one that is open")
    why = require_words(why, "why", 500)
    left = outstanding(commitment)
    commitment.closed_at = timezone.now()
    commitment.save(update_fields=["closed_at"])
    if left:
        draft = Draft(
            Sort.RELEASE,
            timezone.localdate(),
            why,
            (released(commitment, left),),
            f"commitment:{commitment.key}:closed",
            demo=commitment.demo,
        )
        book(by=by, movements=[draft])
    record(by=by, action="commitment.close", subject=f"commitment:{commitment.key}", why=why, released=str(left))
    return commitment

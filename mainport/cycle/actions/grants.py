# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Co-financing: sought from a fund, promised or refused, claimed, accounted for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from mainport.agenda import queries as agenda
from mainport.agenda.rules.elements import Kind
from mainport.core.actions import record
from mainport.core.models import Organisation
from mainport.core.rules.permissions import Actor, Permission, require
from mainport.cycle.actions.invoices import next_number, put_sent
from mainport.cycle.actions.ledger import book, hold
from mainport.cycle.actions.shared import (
    amount_of,
    party_of_element,
    require_element,
    require_fund,
    require_words,
    require_year,
)
from mainport.cycle.models import Condition, Grant, Invoice, Party
from mainport.cycle.rules.amounts import total
from mainport.cycle.rules.chart import Code
from mainport.cycle.rules.ledger import Cell, Sort, Transfer, memorandum
from mainport.cycle.rules.ledger import Movement as Draft
from mainport.cycle.rules.refusals import refuse

State = Grant.State


@transaction.atomic
def apply(
    *,
    by: Actor,
    title: dict[str, str],
    fund: str,
    element: str,
    year: int,
    amount: Any,
    asked_on: date,
    applicant: str = "",
    account_by: date | None = None,
    reference: str = "",
    conditions: Sequence[tuple[str, date | None]] = (),
    demo: bool = False,
) -> Grant:
    """Record that money is sought from a fund for something of the agenda. Raises NotAllowed, Refused."""
    require(by, Permission.BOOK)
    require_fund(fund, base=False)
    require_element(element)
    require_year(year)
    said = {code: words.strip() for code, words in title.items() if words.strip()}
    if not said:
        raise refuse("title", "nothing", "a title in at least one language")
    if applicant and not Organisation.objects.filter(key=applicant).exists():
        raise refuse("applicant", applicant, "the key of an organisation")
    if account_by and account_by < asked_on:
        raise refuse("account_by", account_by, f"{asked_on} or a later day")
    euros = amount_of(amount)
    hold()
    made = Grant.objects.create(
        key=_key(fund, year, next(iter(said.values()))),
        title=said,
        fund=fund,
        element=element,
        applicant=applicant,
        year=year,
        sought=euros,
        asked_on=asked_on,
        account_by=account_by,
        reference=reference.strip()[:100],
        by_name=by.name,
        at=timezone.now(),
        demo=demo,
    )
    Condition.objects.bulk_create(
        Condition(grant=made, words=require_words(words, "condition", 500), due=due) for words, due in conditions
    )
    _book(by, made, Sort.APPLICATION, asked_on, [memorandum(Code.SOUGHT, euros, cell_of(made, Code.SOUGHT))], "sought")
    record(by=by, action="grant.apply", subject=_subject(made), amount=str(euros), fund=fund, element=element)
    return made


def _key(fund: str, year: int, title: str) -> str:
    stem = slugify(f"{fund}-{year}-{title}")[:70]
    known = set(Grant.objects.filter(key__startswith=stem).values_list("key", flat=True))
    return next(k for n in range(1, len(known) + 2) if (k := stem if n == 1 else f"{stem}-{n}") not in known)


@transaction.atomic
def award(*, by: Actor, grant: Grant, amount: Any, decided_on: date, account_by: date | None = None) -> Grant:
    """Record that the fund promised an amount, less or more than was sought. Raises NotAllowed, Refused."""
    require(by, Permission.BOOK)
    grant = _held(grant, State.SOUGHT)
    _require_after(grant, decided_on)
    euros = amount_of(amount)
    grant.state, grant.promised, grant.decided_on = State.PROMISED, euros, decided_on
    grant.account_by = account_by or grant.account_by
    grant.save(update_fields=["state", "promised", "decided_on", "account_by"])
    transfers = [
        memorandum(Code.SOUGHT, -grant.sought, cell_of(grant, Code.SOUGHT)),
        memorandum(Code.PROMISED, euros, cell_of(grant, Code.PROMISED)),
    ]
    _book(by, grant, Sort.GRANT, decided_on, transfers, "promised")
    record(by=by, action="grant.award", subject=_subject(grant), amount=str(euros))
    return grant


@transaction.atomic
def refuse_grant(*, by: Actor, grant: Grant, decided_on: date, why: str = "") -> Grant:
    """Record that the fund said no. Raises NotAllowed, Refused."""
    require(by, Permission.BOOK)
    grant = _held(grant, State.SOUGHT)
    _require_after(grant, decided_on)
    return _end(by, grant, State.REFUSED, decided_on, why)


@transaction.atomic
def withdraw(*, by: Actor, grant: Grant, why: str) -> Grant:
    """Take an application back. Raises NotAllowed, Refused."""
    require(by, Permission.BOOK)
    return _end(by, _held(grant, State.SOUGHT), State.WITHDRAWN, None, require_words(why, "why", 500))


def _end(by: Actor, grant: Grant, state: State, day: date | None, why: str) -> Grant:
    grant.state, grant.decided_on = state, day
    grant.save(update_fields=["state", "decided_on"])
    back = memorandum(Code.SOUGHT, -grant.sought, cell_of(grant, Code.SOUGHT))
    _book(by, grant, Sort.RELEASE, day or timezone.localdate(), [back], state.value)
    record(by=by, action=f"grant.{state.value}", subject=_subject(grant), why=why)
    return grant


@transaction.atomic
def claim(*, by: Actor, grant: Grant, amount: Any, on: date, due: date | None = None) -> Invoice:
    """Ask the fund to pay a part of what it promised. Raises NotAllowed; Refused for more than is left."""
    require(by, Permission.BOOK)
    grant = _held(grant, State.PROMISED)
    euros = amount_of(amount)
    left = claimable(grant)
    if euros > left:
        raise refuse("amount", euros, f"at most {left}, which is left of what was promised")
    party = party_of(grant)
    income = Cell(Code.COFINANCING, grant.year, party=party.key, fund=grant.fund, element=grant.element)
    made = put_sent(
        by=by,
        party=party,
        year=grant.year,
        number=next_number(on.year),
        amount=euros,
        income=income,
        on=on,
        due=due,
        words=next(iter(grant.title.values())),
        grant=grant,
        demo=grant.demo,
    )
    record(by=by, action="grant.claim", subject=_subject(grant), amount=str(euros), invoice=made.number)
    return made


def claimable(grant: Grant) -> Decimal:
    """What of the promise wasn't claimed yet."""
    live = [Invoice.State.OPEN, Invoice.State.PAID]
    claimed = total(grant.invoices.filter(state__in=live).values_list("total", flat=True))
    return (grant.promised or Decimal("0.00")) - claimed


@transaction.atomic
def settle(*, by: Actor, grant: Grant) -> Grant:
    """Say that the grant was accounted for and paid. What wasn't claimed is let go. Raises NotAllowed, Refused."""
    require(by, Permission.BOOK)
    grant = _held(grant, State.PROMISED)
    if (open_ := grant.conditions.filter(met_on=None)).exists():
        raise refuse("conditions", f"{open_.count()} not met", "all conditions met")
    if grant.invoices.filter(state=Invoice.State.OPEN).exists():
        raise refuse("invoices", "one that isn't paid", "all claims paid")
    left = claimable(grant)
    grant.state = State.SETTLED
    grant.save(update_fields=["state"])
    if left:
        back = memorandum(Code.PROMISED, -left, cell_of(grant, Code.PROMISED))
        _book(by, grant, Sort.RELEASE, timezone.localdate(), [back], "settled")
    record(by=by, action="grant.settle", subject=_subject(grant), released=str(left))
    return grant


@transaction.atomic
def meet_condition(*, by: Actor, condition: Condition, met_on: date) -> Condition:
    """Say that what the fund asked was done. Raises NotAllowed, Refused."""
    require(by, Permission.BOOK)
    condition = Condition.objects.select_for_update(of=("self",)).select_related("grant").get(pk=condition.pk)
    if condition.met_on:
        raise refuse("condition", f"met on {condition.met_on}", "one that isn't met yet")
    if met_on > timezone.localdate():
        raise refuse("met_on", met_on, "today or an earlier day")
    condition.met_on, condition.met_by = met_on, by.name
    condition.save(update_fields=["met_on", "met_by"])
    record(by=by, action="grant.condition", subject=_subject(condition.grant), words=condition.words)
    return condition


def party_of(grant: Grant) -> Party:
    """The fund as the party that pays."""
    return party_of_element(agenda.elements(Kind.FUND).get(key=grant.fund))


def cell_of(grant: Grant, code: Code) -> Cell:
    return Cell(code, grant.year, party=party_of(grant).key, fund=grant.fund, element=grant.element)


def _held(grant: Grant, state: State) -> Grant:
    hold()
    found = Grant.objects.select_for_update().get(pk=grant.pk)
    if found.state != state:
        raise refuse("grant", f"one that is {found.state}", f"one that is {state}")
    return found


def _require_after(grant: Grant, day: date) -> None:
    if day < grant.asked_on:
        raise refuse("decided_on", day, f"{grant.asked_on} or a later day")


def _book(by: Actor, grant: Grant, sort: Sort, day: date, transfers: list[Transfer], deed: str) -> None:
    words = next(iter(grant.title.values()))[:500]
    book(by=by, movements=[Draft(sort, day, words, tuple(transfers), f"grant:{grant.key}:{deed}", demo=grant.demo)])


def _subject(grant: Grant) -> str:
    return f"grant:{grant.key}"

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Grants of funds: how far each is, and which days lie ahead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from mainport.core.rules.languages import Text
from mainport.core.rules.permissions import Actor, Permission, require
from mainport.cycle.models import Condition, Grant, Invoice
from mainport.cycle.queries.naming import ZERO, Names, names
from mainport.cycle.rules.amounts import total

State = Grant.State


class NoSuchGrant(LookupError):
    """There is no grant, or condition of it, by this name."""


@dataclass(frozen=True)
class Deadline:
    """A day by which something must be done for a fund: meet a condition, or account for the grant."""

    day: date
    grant: str
    title: Text
    words: str  # of the condition; '' for accounting
    late: bool


@dataclass(frozen=True)
class ConditionView:
    id: int
    words: str
    due: date | None
    met_on: date | None
    met_by: str
    late: bool


@dataclass(frozen=True)
class GrantView:
    """A grant with what was claimed of it and paid."""

    key: str
    title: Text
    fund: str
    element: str
    applicant: str
    year: int
    sought: Decimal
    promised: Decimal | None
    claimed: Decimal
    received: Decimal
    state: State
    asked_on: date
    decided_on: date | None
    account_by: date | None
    reference: str
    demo: bool
    conditions: tuple[ConditionView, ...]
    invoices: tuple[Invoice, ...] = field(repr=False)

    @property
    def claimable(self) -> Decimal:
        return (self.promised or ZERO) - self.claimed if self.state == State.PROMISED else ZERO

    @property
    def is_live(self) -> bool:
        return self.state in (State.SOUGHT, State.PROMISED)


@dataclass(frozen=True)
class GrantList:
    grants: tuple[GrantView, ...]
    deadlines: tuple[Deadline, ...]
    names: Names = field(repr=False)


def grants(by: Actor, today: date, *, year: int | None = None, state: str = "", fund: str = "") -> GrantList:
    """The grants of these, the last asked first; the days ahead are those of all. Five queries. Raises NotAllowed."""
    require(by, Permission.READ_MONEY)
    found = [_view(row, today) for row in _rows(Grant.objects.all())]
    chosen = [one for one in found if year in (None, one.year) and state in ("", one.state) and fund in ("", one.fund)]
    return GrantList(tuple(chosen), tuple(_deadlines(found, today)), names(parties=False))


def grant(by: Actor, key: str, today: date) -> tuple[GrantView, Names]:
    """One grant. Raises NotAllowed, NoSuchGrant."""
    require(by, Permission.READ_MONEY)
    row = _rows(Grant.objects.filter(key=key)).first()
    if row is None:
        raise NoSuchGrant(key)
    return _view(row, today), names(parties=False)


def find(by: Actor, key: str) -> Grant:
    """To do something with. Raises NotAllowed, NoSuchGrant."""
    require(by, Permission.BOOK)
    found = Grant.objects.filter(key=key).first()
    if found is None:
        raise NoSuchGrant(key)
    return found


def find_condition(by: Actor, pk: int) -> Condition:
    """Raises NotAllowed, NoSuchGrant."""
    require(by, Permission.BOOK)
    found = Condition.objects.filter(pk=pk).select_related("grant").first()
    if found is None:
        raise NoSuchGrant(pk)
    return found


def deadlines(today: date) -> list[Deadline]:
    """The days that lie ahead or have passed, of all grants that aren't settled. One query."""
    live = Grant.objects.filter(state__in=[State.SOUGHT, State.PROMISED]).order_by("key")
    rows = live.values_list(
        "key", "title", "account_by", "state", "conditions__words", "conditions__due", "conditions__met_on"
    )
    found = set()
    titles = {}
    for key, title, account_by, state, words, due, met_on in rows:
        titles[key] = title
        if account_by and state == State.PROMISED:
            found.add((account_by, key, ""))
        if due and not met_on:
            found.add((due, key, words))
    return [Deadline(day, key, titles[key], words, day < today) for day, key, words in sorted(found)]


def _deadlines(found: Iterable[GrantView], today: date) -> list[Deadline]:
    ahead = []
    for one in found:
        if not one.is_live:
            continue
        if one.account_by and one.state == State.PROMISED:
            ahead.append(Deadline(one.account_by, one.key, one.title, "", one.account_by < today))
        ahead += [
            Deadline(condition.due, one.key, one.title, condition.words, condition.late)
            for condition in one.conditions
            if condition.due and not condition.met_on
        ]
    return sorted(ahead, key=lambda deadline: (deadline.day, deadline.grant, deadline.words))


def _rows(found: QuerySet[Grant]) -> QuerySet[Grant]:
    return found.prefetch_related("conditions", "invoices")


def _view(row: Grant, today: date) -> GrantView:
    live = [one for one in row.invoices.all() if one.state in (Invoice.State.OPEN, Invoice.State.PAID)]
    conditions = [
        ConditionView(
            one.pk, one.words, one.due, one.met_on, one.met_by, bool(one.due and not one.met_on and one.due < today)
        )
        for one in row.conditions.all()
    ]
    return GrantView(
        key=row.key,
        title=row.title,
        fund=row.fund,
        element=row.element,
        applicant=row.applicant,
        year=row.year,
        sought=row.sought,
        promised=row.promised,
        claimed=total(one.total for one in live),
        received=total(one.paid for one in live),
        state=State(row.state),
        asked_on=row.asked_on,
        decided_on=row.decided_on,
        account_by=row.account_by,
        reference=row.reference,
        demo=row.demo,
        conditions=tuple(sorted(conditions, key=lambda one: (one.due is None, one.due or today, one.id))),
        invoices=tuple(row.invoices.all()),
    )

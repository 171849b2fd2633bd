# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Invoices that were sent and received, contributions that can be asked for, and commitments."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from django.db.models import Count, Q, QuerySet, Sum

from mainport.core.rules.permissions import Actor, Permission, require
from mainport.cycle.models import BankLine, Commitment, Invoice, Party
from mainport.cycle.models.euro import EuroField
from mainport.cycle.queries.naming import ZERO, Names, names
from mainport.cycle.queries.totals import totals
from mainport.cycle.rules.chart import Code

State = Invoice.State
_BOOKED = Q(state__in=[State.OPEN, State.PAID])


class NoSuchInvoice(LookupError):
    """There is no such invoice, commitment or party."""


class Tab(StrEnum):
    """How the invoices are divided."""

    WAITING = "waiting"
    OPEN = "open"
    OVERDUE = "overdue"
    PAID = "paid"
    ENDED = "ended"  # refused or cancelled


_IN: dict[Tab, Callable[[date], Q]] = {
    Tab.WAITING: lambda today: Q(state=State.WAITING),
    Tab.OPEN: lambda today: Q(state=State.OPEN),
    Tab.OVERDUE: lambda today: Q(state=State.OPEN, due__lt=today),
    Tab.PAID: lambda today: Q(state=State.PAID),
    Tab.ENDED: lambda today: Q(state__in=[State.REFUSED, State.CANCELLED]),
}


@dataclass(frozen=True)
class InvoiceView:
    id: int
    number: str
    direction: str
    party: Party = field(repr=False)
    due: date
    date: date
    net: Decimal
    vat: Decimal
    total: Decimal
    paid: Decimal
    words: str
    year: int | None
    element: str
    fund: str
    cost: str
    commitment: str
    grant: str
    state: State
    reason: str
    has_file: bool
    sha256: str
    movement: int | None
    by_name: str
    at: datetime
    demo: bool
    late: bool

    @property
    def left(self) -> Decimal:
        return self.total - self.paid

    @property
    def is_sent(self) -> bool:
        return self.direction == Invoice.Direction.SENT


@dataclass(frozen=True)
class Payment:
    """A line of the bank that paid an invoice."""

    id: int
    booked_on: date
    amount: Decimal
    counter_name: str
    movement: int


@dataclass(frozen=True)
class InvoiceDetail:
    invoice: InvoiceView
    payments: tuple[Payment, ...]
    names: Names = field(repr=False)


@dataclass(frozen=True)
class CommitmentView:
    """A commitment, and what of it isn't invoiced yet."""

    key: str
    words: str
    party: Party = field(repr=False)
    year: int
    element: str
    fund: str
    cost: str
    amount: Decimal
    invoiced: Decimal
    outstanding: Decimal
    date: date
    closed_at: datetime | None
    movement: int
    demo: bool


@dataclass(frozen=True)
class Asked:
    """What a contributor pledged for a year, was asked for, and can be asked for still."""

    party: Party = field(repr=False)
    pledged: Decimal
    asked: Decimal

    @property
    def left(self) -> Decimal:
        return self.pledged - self.asked


# --- Invoices ---


def counts(by: Actor, today: date) -> dict[Tab, int]:
    """How many invoices each tab holds. One query. Raises NotAllowed."""
    require(by, Permission.BOOK)
    asked = {tab.value: Count("pk", filter=chosen(today)) for tab, chosen in _IN.items()}
    return {Tab(name): count for name, count in Invoice.objects.aggregate(**asked).items()}


def invoices(
    by: Actor, today: date, tab: Tab, *, direction: str = "", year: int | None = None, words: str = ""
) -> QuerySet[Invoice]:
    """The invoices of a tab, to be paged and shown by `views`. Raises NotAllowed."""
    require(by, Permission.BOOK)
    found = Invoice.objects.filter(_IN[tab](today)).select_related("party", "movement", "commitment", "grant")
    if direction:
        found = found.filter(direction=direction)
    if year:
        found = found.filter(year=year)
    for word in words.split():
        found = found.filter(Q(number__icontains=word) | Q(words__icontains=word) | Q(party__name__icontains=word))
    order = ("due", "pk") if tab in (Tab.OPEN, Tab.OVERDUE) else ("-date", "-pk")
    return found.order_by(*order)


def views(rows: Iterable[Invoice], today: date) -> list[InvoiceView]:
    return [_view(row, today) for row in rows]


def invoice(by: Actor, pk: int, today: date) -> InvoiceDetail:
    """One invoice with its payments. Raises NotAllowed, NoSuchInvoice."""
    row = find(by, pk)
    lines = BankLine.objects.filter(invoice=row).select_related("movement").order_by("booked_on", "pk")
    payments = [
        Payment(line.pk, line.booked_on, line.amount, line.counter_name, line.movement.number) for line in lines
    ]
    return InvoiceDetail(_view(row, today), tuple(payments), names(parties=False))


def find(by: Actor, pk: int) -> Invoice:
    """To do something with. Raises NotAllowed, NoSuchInvoice."""
    require(by, Permission.BOOK)
    found = Invoice.objects.filter(pk=pk).select_related("party", "movement", "commitment", "grant").first()
    if found is None:
        raise NoSuchInvoice(pk)
    return found


def _view(row: Invoice, today: date) -> InvoiceView:
    return InvoiceView(
        id=row.pk,
        number=row.number,
        direction=row.direction,
        party=row.party,
        date=row.date,
        due=row.due,
        net=row.net,
        vat=row.vat,
        total=row.total,
        paid=row.paid,
        words=row.words,
        year=row.year,
        element=row.element,
        fund=row.fund,
        cost=row.cost,
        commitment=row.commitment.key if row.commitment else "",
        grant=row.grant.key if row.grant else "",
        state=State(row.state),
        reason=row.reason,
        has_file=bool(row.file),
        sha256=row.sha256,
        movement=row.movement.number if row.movement else None,
        by_name=row.by_name,
        at=row.at,
        demo=row.demo,
        late=row.state == State.OPEN and row.due < today,
    )


# --- Contributions to ask for ---


def contributions(by: Actor, year: int) -> list[Asked]:
    """Who pledged for a year, with what was asked. Two queries. Raises NotAllowed."""
    require(by, Permission.BOOK)
    sums: dict[str, dict[Code, Decimal]] = {}
    for total in totals([Code.PLEDGED, Code.CONTRIBUTION], by=("party",), where={"year": year}):
        sums.setdefault(total.key[0], {})[total.code] = total.amount
    found = [
        Asked(party, sums[party.key].get(Code.PLEDGED, ZERO), sums[party.key].get(Code.CONTRIBUTION, ZERO))
        for party in Party.objects.filter(key__in=sums)
    ]
    return sorted(found, key=lambda one: (-one.pledged, one.party.name))


def pledged_years(by: Actor) -> list[int]:
    """The years for which something was pledged. Raises NotAllowed."""
    require(by, Permission.READ_MONEY)
    return [total.key[0] for total in totals([Code.PLEDGED], by=("year",)) if total.amount]


# --- Commitments ---


def commitments(by: Actor, *, year: int | None = None, open_only: bool = False) -> list[CommitmentView]:
    """The last first. One query. Raises NotAllowed."""
    require(by, Permission.BOOK)
    found = _commitments()
    if year:
        found = found.filter(year=year)
    rows = [_commitment(row) for row in found]
    return [row for row in rows if not open_only or row.outstanding]


def commitments_of(by: Actor, party: Party) -> list[CommitmentView]:
    """What is still open with a supplier. Raises NotAllowed."""
    require(by, Permission.BOOK)
    return [_commitment(row) for row in _commitments().filter(party=party, closed_at=None)]


def find_commitment(by: Actor, key: str) -> Commitment:
    """Raises NotAllowed, NoSuchInvoice."""
    require(by, Permission.BOOK)
    found = Commitment.objects.filter(key=key).select_related("party").first()
    if found is None:
        raise NoSuchInvoice(key)
    return found


def commitment_years(by: Actor) -> list[int]:
    require(by, Permission.BOOK)
    return list(Commitment.objects.order_by("-year").values_list("year", flat=True).distinct())


def find_party(by: Actor, key: str) -> Party:
    """Raises NotAllowed, NoSuchInvoice."""
    require(by, Permission.BOOK)
    found = Party.objects.filter(key=key).first()
    if found is None:
        raise NoSuchInvoice(key)
    return found


def _commitments() -> QuerySet[Commitment]:
    booked = Q(invoices__state__in=[State.OPEN, State.PAID])
    invoiced = Sum("invoices__total", filter=booked, output_field=EuroField(), default=0)
    return Commitment.objects.select_related("party", "movement").annotate(invoiced=invoiced).order_by("-date", "key")


def _commitment(row: Commitment) -> CommitmentView:
    invoiced: Decimal = row.invoiced  # type: ignore[attr-defined]
    return CommitmentView(
        key=row.key,
        words=row.words,
        party=row.party,
        year=row.year,
        element=row.element,
        fund=row.fund,
        cost=row.cost,
        amount=row.amount,
        invoiced=invoiced,
        outstanding=ZERO if row.closed_at else max(row.amount - invoiced, ZERO),
        date=row.date,
        closed_at=row.closed_at,
        movement=row.movement.number,
        demo=row.demo,
    )

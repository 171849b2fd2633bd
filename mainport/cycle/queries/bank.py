# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Statements of the bank, the lines of which nobody has said what they were for, and what they may have paid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count, Q, QuerySet

from mainport.core.rules.permissions import Actor, Permission, require
from mainport.cycle.models import BankFile, BankLine, Book, Invoice, Party
from mainport.cycle.rules import matching

#: Lines that wait, on one page.
SHOWN = 100


class NoSuchLine(LookupError):
    """There is no such statement or line."""


@dataclass(frozen=True)
class StatementView:
    id: int
    identification: str
    iban: str
    start: date
    end: date
    opening: Decimal
    closing: Decimal
    lines: int
    waiting: int
    by_name: str
    at: datetime
    demo: bool


@dataclass(frozen=True)
class Proposal:
    """An open invoice that a line may have paid; `certain` where no other fits."""

    id: int
    number: str
    party: Party = field(repr=False)
    words: str
    left: Decimal
    due: date
    sent: bool
    exact: bool
    same_party: bool
    certain: bool = False


@dataclass(frozen=True)
class LineView:
    id: int
    statement: str
    position: int
    booked_on: date
    amount: Decimal  # positive came in
    counter_iban: str
    counter_name: str
    reference: str
    words: str
    movement: int
    assigned: int | None
    invoice: int | None
    invoice_number: str
    demo: bool
    proposals: tuple[Proposal, ...] = ()


@dataclass(frozen=True)
class BankView:
    statements: tuple[StatementView, ...]
    waiting: tuple[LineView, ...]
    waiting_count: int
    iban: str


def bank(by: Actor) -> BankView:
    """Statements, the last first, and the lines that wait with what they may have paid. Five queries.

    Raises NotAllowed.
    """
    require(by, Permission.BOOK)
    statements = [_statement(row) for row in _files().order_by("-end", "-pk")]
    rows = list(_rows().filter(assigned=None).order_by("booked_on", "pk")[:SHOWN])
    open_ = _open() if rows else []
    owners = dict(Party.objects.exclude(iban="").values_list("iban", "key")) if rows else {}
    book = Book.objects.first()
    return BankView(
        statements=tuple(statements),
        waiting=tuple(_line(row, _proposals(row, open_, owners)[:3]) for row in rows),
        waiting_count=sum(one.waiting for one in statements),
        iban=book.iban if book else "",
    )


def statement(by: Actor, pk: int) -> tuple[StatementView, list[LineView]]:
    """One statement with all its lines. Raises NotAllowed, NoSuchLine."""
    require(by, Permission.BOOK)
    row = _files().filter(pk=pk).first()
    if row is None:
        raise NoSuchLine(pk)
    return _statement(row), [_line(line) for line in _rows().filter(file=row).order_by("position")]


def line(by: Actor, pk: int) -> LineView:
    """One line, with every open invoice that it may have paid, the likeliest first. Raises NotAllowed, NoSuchLine."""
    row = find(by, pk)
    owners = dict(Party.objects.filter(iban=row.counter_iban).exclude(iban="").values_list("iban", "key"))
    return _line(row, _proposals(row, _open(), owners) if row.assigned_id is None else ())


def find(by: Actor, pk: int) -> BankLine:
    """To do something with. Raises NotAllowed, NoSuchLine."""
    require(by, Permission.BOOK)
    found = _rows().filter(pk=pk).first()
    if found is None:
        raise NoSuchLine(pk)
    return found


def _files() -> QuerySet[BankFile]:
    return BankFile.objects.annotate(of=Count("lines"), unassigned=Count("lines", filter=Q(lines__assigned=None)))


def _rows() -> QuerySet[BankLine]:
    return BankLine.objects.select_related("file", "movement", "assigned", "invoice")


def _open() -> list[Invoice]:
    return list(Invoice.objects.filter(state=Invoice.State.OPEN).select_related("party").order_by("due", "pk"))


def _proposals(row: BankLine, open_: Sequence[Invoice], owners: dict[str, str]) -> list[Proposal]:
    """By the rule of `bank.assign`: the right way, no more than is left, no account of another party."""
    owner = owners.get(row.counter_iban, "")
    candidates = [
        matching.Candidate(one.pk, one.number, one.total - one.paid, one.direction == "sent", one.party.key)
        for one in open_
    ]
    payment = matching.Payment(row.amount, f"{row.reference} {row.words}", owner, row.booked_on)
    certain = matching.recognise(payment, candidates)
    found = [
        Proposal(
            id=one.pk,
            number=one.number,
            party=one.party,
            words=one.words,
            left=candidate.left,
            due=one.due,
            sent=candidate.sent,
            exact=candidate.left == abs(row.amount),
            same_party=owner == candidate.party,
            certain=one.pk == certain,
        )
        for one, candidate in zip(open_, candidates, strict=True)
        if candidate.sent == (row.amount > 0) and abs(row.amount) <= candidate.left and owner in ("", candidate.party)
    ]
    return sorted(found, key=lambda one: (not one.certain, not one.exact, not one.same_party, one.due, one.id))


def _statement(row: BankFile) -> StatementView:
    return StatementView(
        id=row.pk,
        identification=row.identification,
        iban=row.iban,
        start=row.start,
        end=row.end,
        opening=row.opening,
        closing=row.closing,
        lines=row.of,  # type: ignore[attr-defined]
        waiting=row.unassigned,  # type: ignore[attr-defined]
        by_name=row.by_name,
        at=row.at,
        demo=row.demo,
    )


def _line(row: BankLine, proposals: Sequence[Proposal] = ()) -> LineView:
    return LineView(
        id=row.pk,
        statement=row.file.identification,
        position=row.position,
        booked_on=row.booked_on,
        amount=row.amount,
        counter_iban=row.counter_iban,
        counter_name=row.counter_name,
        reference=row.reference,
        words=row.words,
        movement=row.movement.number,
        assigned=row.assigned.number if row.assigned else None,
        invoice=row.invoice_id,
        invoice_number=row.invoice.number if row.invoice else "",
        demo=row.file.demo,
        proposals=tuple(proposals),
    )

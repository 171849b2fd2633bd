# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Books movements. Nothing else writes in the ledger, and nothing that was booked is changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import astuple
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from mainport.core.actions import record
from mainport.core.rules.permissions import Actor, Permission, require
from mainport.cycle.models import (
    BankLine,
    Book,
    Budget,
    Cell,
    Commitment,
    Grant,
    Invoice,
    Movement,
    Transfer,
)
from mainport.cycle.rules import ledger as rules
from mainport.cycle.rules.chart import Code, is_memorandum
from mainport.cycle.rules.ledger import Sort, Trouble

#: Rows a statement: within what SQLite takes as parameters.
_BATCH = 2000
_ZERO = Decimal("0.00")


class Unbalanced(ValueError):
    """A movement that can't be booked as it is; `troubles` says all that is wrong with it."""

    def __init__(self, troubles: Sequence[Trouble]) -> None:
        self.troubles = list(troubles)
        super().__init__("; ".join(str(trouble) for trouble in troubles))


class BookedAlready(ValueError):
    """There is a movement with this reference, or the movement was undone already."""


def book(*, by: Actor, movements: Sequence[rules.Movement]) -> list[Movement]:
    """Book these movements in their order, all or none, in the transaction of the deed that they belong to.

    The caller has checked that this actor may do the deed, and records it. Raises Unbalanced and BookedAlready;
    RuntimeError outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("movements are booked in the transaction of what they belong to")
    ledger = hold()
    _require_bookable(movements, ledger)
    cells = _cells({cell for m in movements for t in m.transfers for cell in (t.debit, t.credit)})
    now = timezone.now()
    corrected = _corrected(movements)
    rows = [
        Movement(
            number=number,
            sort=movement.sort,
            date=movement.date,
            words=movement.words,
            reference=movement.reference,
            document=movement.document,
            decision=movement.decision,
            corrects=corrected.get(movement.corrects) if movement.corrects else None,
            by_id=by.person_id,
            by_name=by.name,
            at=now,
            demo=movement.demo,
        )
        for number, movement in enumerate(movements, ledger.last_number + 1)
    ]
    Movement.objects.bulk_create(rows, batch_size=_BATCH)
    Transfer.objects.bulk_create(
        (
            Transfer(movement=row, debit=cells[t.debit], credit=cells[t.credit], amount=t.amount)
            for row, movement in zip(rows, movements, strict=True)
            for t in movement.transfers
        ),
        batch_size=_BATCH,
    )
    _add(cells, (t for m in movements for t in m.transfers))
    Book.objects.filter(pk=ledger.pk).update(last_number=ledger.last_number + len(rows))
    return rows


def hold() -> Book:
    """The ledger's row, held until the end of the transaction: numbers have no gaps, totals no race."""
    Book.objects.get_or_create(pk=1)
    return Book.objects.select_for_update().get(pk=1)


def _require_bookable(movements: Sequence[rules.Movement], ledger: Book) -> None:
    found = [trouble for movement in movements for trouble in rules.troubles(movement)]
    for movement in movements:
        money = any(not is_memorandum(transfer.debit.code) for transfer in movement.transfers)
        if money and movement.date.year <= ledger.closed_year:
            expected = f"a day after {ledger.closed_year}: that year is closed"
            found.append(Trouble("date", movement.date.isoformat(), expected))
    if found:
        raise Unbalanced(found)
    references = [movement.reference for movement in movements]
    twice = (
        {reference for reference in references if references.count(reference) > 1} if len(references) < 500 else set()
    )
    if len(set(references)) != len(references):
        raise BookedAlready(f"the same reference twice: {', '.join(sorted(twice)) or 'in a long list'}")
    for start in range(0, len(references), _BATCH // 4):
        known = Movement.objects.filter(reference__in=references[start : start + _BATCH // 4])
        if there := known.values_list("reference", "number").first():
            raise BookedAlready(f"{there[0]} was booked already, as number {there[1]}")


def _corrected(movements: Sequence[rules.Movement]) -> dict[int, Movement]:
    numbers = {movement.corrects for movement in movements if movement.corrects}
    found = {row.number: row for row in Movement.objects.filter(number__in=numbers)} if numbers else {}
    if missing := numbers - found.keys():
        raise Unbalanced([Trouble("corrects", str(min(missing)), "the number of a movement")])
    return found


def _cells(wanted: set[rules.Cell]) -> dict[rules.Cell, Cell]:
    """The rows of these cells, made where there are none yet."""
    known: dict[rules.Cell, Cell] = {}
    years = {cell.year for cell in wanted}
    codes = {cell.code for cell in wanted}
    for row in Cell.objects.filter(year__in=years, code__in=codes):
        cell = rules.Cell(Code(row.code), row.year, row.party, row.fund, row.element, row.cost)
        if cell in wanted:
            known[cell] = row
    new = [Cell(**dict(zip(_FIELDS, astuple(cell), strict=True))) for cell in sorted(wanted - known.keys())]
    for row in Cell.objects.bulk_create(new, batch_size=_BATCH):
        known[rules.Cell(Code(row.code), row.year, row.party, row.fund, row.element, row.cost)] = row
    return known


#: What names a cell.
_FIELDS = ("code", "year", "party", "fund", "element", "cost")


def _add(cells: dict[rules.Cell, Cell], transfers: Iterable[rules.Transfer]) -> None:
    """Carry the transfers into the running totals. Who books holds the ledger: nobody else does so meanwhile."""
    debited: defaultdict[rules.Cell, Decimal] = defaultdict(lambda: _ZERO)
    credited: defaultdict[rules.Cell, Decimal] = defaultdict(lambda: _ZERO)
    counts: defaultdict[rules.Cell, int] = defaultdict(int)
    for transfer in transfers:
        debited[transfer.debit] += transfer.amount
        credited[transfer.credit] += transfer.amount
        counts[transfer.debit] += 1
        counts[transfer.credit] += 1
    # An upsert, by what names a cell: bulk_update writes a CASE with every row, six times as much work.
    Cell.objects.bulk_create(
        (
            Cell(
                **{name: getattr(row, name) for name in _FIELDS},
                debits=row.debits + debited[cell],
                credits=row.credits + credited[cell],
                count=row.count + counts[cell],
            )
            for cell, row in cells.items()
        ),
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=_FIELDS,
        update_fields=["debits", "credits", "count"],
    )


@transaction.atomic
def correct(*, by: Actor, number: int, why: str) -> Movement:
    """Undo a movement by another that takes back all of its transfers, dated today; both stay.

    Raises NotAllowed; Unbalanced where there is no such movement, no reason, or something behind it that would go on
    as if nothing happened: that is undone itself; BookedAlready where it was undone.
    """
    require(by, Permission.BOOK)
    hold()
    old = Movement.objects.filter(number=number).first()
    if old is None:
        raise Unbalanced([Trouble("number", str(number), "the number of a movement")])
    if not why.strip():
        raise Unbalanced([Trouble("why", "nothing", "the reason of the correction")])
    if behind := _behind(old):
        found = f"{number}, which {behind} booked"
        raise Unbalanced([Trouble("number", found, "a movement with nothing behind it: undo that instead")])
    return take_back(by=by, movement=old, why=why)


def take_back(*, by: Actor, movement: Movement, why: str) -> Movement:
    """The correction itself, for the actions that undo what is behind the movement as well. Raises BookedAlready."""
    if Movement.objects.filter(corrects=movement).exists():
        raise BookedAlready(f"movement {movement.number} was undone already")
    undoing = rules.Movement(
        sort=Sort.CORRECTION,
        date=timezone.localdate(),
        words=why.strip()[:500],
        transfers=rules.undone([plain(transfer) for transfer in movement.transfers.select_related("debit", "credit")]),
        reference=f"correction:{movement.number}",
        corrects=movement.number,
        demo=movement.demo,
    )
    [row] = book(by=by, movements=[undoing])
    record(by=by, action="ledger.correct", subject=f"movement:{movement.number}", why=why, by_movement=row.number)
    return row


def _behind(movement: Movement) -> str:
    """What booked a movement and still goes by it; '' where nothing does."""
    if movement.corrects_id is not None:
        return "a correction"
    if invoice := Invoice.objects.filter(movement=movement).first():
        return f"invoice {invoice.number}"
    if line := BankLine.objects.filter(Q(movement=movement) | Q(assigned=movement)).select_related("file").first():
        return f"line {line.position} of statement {line.file.identification}"
    sort, key, *more = (*movement.reference.split(":"), "")
    numbered = key.isdecimal() and more[0].isdecimal()
    if sort == "budget" and numbered and Budget.objects.filter(year=key, version=more[0]).exists():
        return f"version {more[0]} of the budget of {key}"
    for of, model in (("grant", Grant), ("commitment", Commitment)):
        if sort == of and model.objects.filter(key=key).exists():
            return f"{of} {key}"
    return ""


def plain(transfer: Transfer) -> rules.Transfer:
    """A stored transfer as the rules know it."""
    return rules.Transfer(plain_cell(transfer.debit), plain_cell(transfer.credit), transfer.amount)


def plain_cell(cell: Cell) -> rules.Cell:
    return rules.Cell(Code(cell.code), cell.year, cell.party, cell.fund, cell.element, cell.cost)

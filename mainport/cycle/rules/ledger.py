# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Double-entry on plain values: a transfer takes an amount from one cell to another, so that it can't but balance.

The idea of transfers between accounts that keep their own running totals is TigerBeetle's
(https://docs.tigerbeetle.com/concepts/debit-credit/).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from mainport.cycle.rules.amounts import Unreadable, euro
from mainport.cycle.rules.chart import CHART, Code, CostType, Side, is_memorandum


@dataclass(frozen=True, order=True)
class Cell:
    """An account of the chart with what is told apart on it. '' and year 0 where that is nothing.

    `party` is the key of a party, `fund` that of a fund of the agenda, `element` the uid of a goal, task,
    project … of the agenda, `cost` a CostType, `year` the budget year that it counts for.
    """

    code: Code
    year: int
    party: str = ""
    fund: str = ""
    element: str = ""
    cost: str = ""


@dataclass(frozen=True)
class Transfer:
    """An amount in euro, greater than zero, to the debit of one cell and the credit of another."""

    debit: Cell
    credit: Cell
    amount: Decimal


class Sort(StrEnum):
    """What a movement is."""

    PLEDGE = "pledge"
    INVOICE_SENT = "invoice-sent"
    INVOICE_RECEIVED = "invoice-received"
    BANK = "bank"
    RECEIPT = "receipt"
    PAYMENT = "payment"
    APPLICATION = "application"
    GRANT = "grant"
    BUDGET = "budget"
    VIREMENT = "virement"
    COMMITMENT = "commitment"
    RELEASE = "release"  # Of a commitment, or of an application that was decided.
    CLOSING = "closing"
    CORRECTION = "correction"


@dataclass(frozen=True)
class Movement:
    """What is to be booked: transfers that belong together, all of them or none.

    `reference` is unique in the ledger: what is booked twice under one reference is booked once.
    `document` names the paper that shows it, `decision` the key of the decision it carries out.
    """

    sort: Sort
    date: date
    words: str
    transfers: tuple[Transfer, ...]
    reference: str
    document: str = ""
    decision: str = ""
    corrects: int | None = None  # number of the movement that this one undoes
    demo: bool = False


@dataclass(frozen=True)
class Trouble:
    """Why a movement can't be booked: which field, what was found, what was expected."""

    field: str
    found: str
    expected: str

    def __str__(self) -> str:
        return f"{self.field}: found {self.found}, expected {self.expected}"


def troubles(movement: Movement) -> list[Trouble]:
    """All that is wrong with a movement by itself."""
    found: list[Trouble] = []
    if not movement.transfers:
        found.append(Trouble("transfers", "none", "at least one"))
    if not movement.reference:
        found.append(Trouble("reference", "nothing", "a reference that names this movement only"))
    for place, transfer in enumerate(movement.transfers, 1):
        found += _troubles_of(transfer, f"transfer {place}")
    return found


def _troubles_of(transfer: Transfer, place: str) -> Iterable[Trouble]:
    try:
        if euro(transfer.amount) <= 0:
            yield Trouble(f"{place} amount", str(transfer.amount), "an amount above zero")
    except Unreadable as error:
        yield Trouble(f"{place} amount", str(error), "an amount above zero in whole cents")
    if transfer.debit == transfer.credit:
        yield Trouble(place, "the same cell on both sides", "two cells")
    if is_memorandum(transfer.debit.code) != is_memorandum(transfer.credit.code):
        yield Trouble(
            place, f"{transfer.debit.code} to {transfer.credit.code}", "money to money, or memorandum to its counter"
        )
    for cell in (transfer.debit, transfer.credit):
        if cell.cost and cell.cost not in list(CostType):
            yield Trouble(f"{place} cost", cell.cost, ", ".join(CostType))
        if not 0 <= cell.year <= 9999:
            yield Trouble(f"{place} year", str(cell.year), "a year")


def memorandum(code: Code, amount: Decimal, cell: Cell) -> Transfer:
    """What is said of money, on its account and counter-account in the same cell; a negative amount takes it back."""
    counter = CHART[code].counter
    if counter is None:
        raise ValueError(f"{code} is no memorandum account")
    here, there = replace(cell, code=code), replace(cell, code=counter)
    return Transfer(here, there, amount) if amount >= 0 else Transfer(there, here, -amount)


def undone(transfers: Sequence[Transfer]) -> tuple[Transfer, ...]:
    """The transfers that take these back."""
    return tuple(Transfer(t.credit, t.debit, t.amount) for t in transfers)


def balance(code: Code, debits: Decimal, credits: Decimal) -> Decimal:
    """What stands on an account, positive on the side on which it grows."""
    return debits - credits if CHART[code].side is Side.DEBIT else credits - debits

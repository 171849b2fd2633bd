# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Whether the figures of a paper tie: with each other, with the ledger, with the bank, with another paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

ZERO = Decimal("0.00")


class Tie(StrEnum):
    """What must be the same as what."""

    SUMS = "sums"  # By goal, fund and cost, and the ledger's own transfers.
    LINES = "lines"  # The lines of the budget, and what of it stands in the ledger.
    COVER = "cover"  # Income covers expenses, or the gap is named.
    CLOSING = "closing"  # Opening and movements give the closing.
    BANK = "bank"  # The bank's own statement.
    SUSPENSE = "suspense"  # Nothing waits to be assigned.
    BALANCE = "balance"  # Assets are liabilities and reserve.
    ACCOUNTS = "accounts"  # The report, and the accounts of its year.


@dataclass(frozen=True)
class Difference:
    """Two figures that should be the same and aren't."""

    tie: Tie
    what: str
    found: Decimal
    expected: Decimal
    than: str  # what the expected figure is

    @property
    def amount(self) -> Decimal:
        return self.found - self.expected

    def __str__(self) -> str:
        return f"{self.what}: found {self.found:.2f}, expected {self.expected:.2f} ({self.than}), {self.amount:+.2f}"


@dataclass(frozen=True)
class Sums:
    """One sort of amounts, added up in several ways, and what the transfers of the ledger give."""

    what: str
    ledger: Decimal
    ways: Mapping[str, Decimal]


def sums_tie(all_sums: Iterable[Sums]) -> Iterator[Difference]:
    for sums in all_sums:
        for way, amount in sums.ways.items():
            if amount != sums.ledger:
                yield Difference(Tie.SUMS, f"{sums.what} {way}", amount, sums.ledger, "transfers in the ledger")


def lines_tie(lines: Decimal | None, budgeted: Decimal) -> Iterator[Difference]:
    """`lines` is the sum of the lines of the budget that was decided; None where none was."""
    if lines is None:
        yield Difference(Tie.LINES, "lines of the budget, of which none was decided", ZERO, budgeted, "budgeted")
    elif lines != budgeted:
        yield Difference(Tie.LINES, "lines of the budget", lines, budgeted, "budgeted in the ledger")


def cover_ties(income: Decimal, expenses: Decimal, *, gap_is_named: bool) -> Iterator[Difference]:
    if income < expenses and not gap_is_named:
        than = "expenses; or a text in the section about cover that names the gap"
        yield Difference(Tie.COVER, "pledged and promised income", income, expenses, than)


@dataclass(frozen=True)
class Course:
    """One account of the balance sheet over a year, in its own direction."""

    name: str
    opening: Decimal
    movements: Decimal
    closing: Decimal


@dataclass(frozen=True)
class Books:
    """What the accounts of a year rest on. `statement` is the closing balance of the bank's last statement."""

    courses: tuple[Course, ...]
    bank: Decimal
    statement: Decimal | None
    suspense: Decimal
    assets: Decimal
    liabilities: Decimal  # with the reserve


def books_tie(books: Books) -> Iterator[Difference]:
    for course in books.courses:
        if course.opening + course.movements != course.closing:
            what = f"opening and movements of {course.name}"
            yield Difference(Tie.CLOSING, what, course.opening + course.movements, course.closing, "closing")
    if books.statement is None and books.bank:
        yield Difference(Tie.BANK, "bank in the ledger", books.bank, ZERO, "no statement of the bank was taken in")
    elif books.statement is not None and books.bank != books.statement:
        yield Difference(Tie.BANK, "bank in the ledger", books.bank, books.statement, "last statement of the bank")
    if books.suspense:
        yield Difference(Tie.SUSPENSE, "bank lines to be assigned", books.suspense, ZERO, "nothing left to assign")
    if books.assets != books.liabilities:
        yield Difference(Tie.BALANCE, "assets", books.assets, books.liabilities, "liabilities and reserve")


def report_ties(report: Mapping[str, Decimal], accounts: Mapping[str, Decimal] | None) -> Iterator[Difference]:
    """`accounts` are the figures of the decided accounts of the year; None where there are none."""
    if accounts is None:
        spent = report.get("expenditure", ZERO)
        than = "accounts of the year, which weren't decided yet"
        yield Difference(Tie.ACCOUNTS, "expenditure in the report", spent, ZERO, than)
        return
    for name, amount in report.items():
        if amount != accounts.get(name, ZERO):
            yield Difference(
                Tie.ACCOUNTS, f"{name} in the report", amount, accounts.get(name, ZERO), "accounts of the year"
            )

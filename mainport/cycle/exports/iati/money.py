# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The money of each activity, out of the ledger: budgets, what is still to be paid, and transactions.

An element's own money only: what stands on a task isn't added to its goal again, so that nobody counts it twice.
Expenditure counts when the invoice is booked, income when it is received.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from mainport.cycle.exports.iati.names import Names, Org, every, kvk
from mainport.cycle.models import BankLine, Book, Budget, BudgetLine, Cell, Party, Transfer
from mainport.cycle.rules.chart import Code
from mainport.cycle.rules.ledger import Sort, balance

ZERO = Decimal("0.00")

#: TransactionType, by account of the ledger.
INCOMING_FUNDS, OUTGOING_COMMITMENT, DISBURSEMENT, EXPENDITURE, INCOMING_COMMITMENT = "1", "2", "3", "4", "11"
_TYPES = {
    Code.EXPENDITURE: EXPENDITURE,
    Code.COMMITTED: OUTGOING_COMMITMENT,
    Code.PROMISED: INCOMING_COMMITMENT,
    Code.PLEDGED: INCOMING_COMMITMENT,
    Code.RECEIVABLE: INCOMING_FUNDS,
}
#: What an invoice takes back of a commitment was no part of it given up.
_OF_COMMITMENT = (Sort.COMMITMENT, Sort.RELEASE)
_TOLD = (Code.EXPENDITURE, Code.COMMITTED, Code.PROMISED, Code.PLEDGED, Code.BUDGETED, Code.RECEIVABLE)


@dataclass(frozen=True)
class Transaction:
    """Money that came, went, or was promised; negative where that was taken back."""

    number: int
    type: str
    date: date
    amount: Decimal
    words: str
    party: Org
    demo: bool


@dataclass(frozen=True)
class Planned:
    """A budget of a year, of type 1 (original) or 2 (revised); or what is to be paid in it, to somebody."""

    year: int
    amount: Decimal
    type: str = "1"
    party: Org | None = None


class Money:
    """All that the ledger says, by element; `home` names the activity that an element's money belongs to."""

    def __init__(self, names: Names, today: date) -> None:
        self.names = names
        self.today = today
        book = Book.objects.first()
        self.through = book.last_number if book else 0
        cells: defaultdict[str, list[Cell]] = defaultdict(list)
        for cell in Cell.objects.filter(code__in=_TOLD):
            known = cell.element in names.agenda.elements
            cells[cell.element if known else names.alliance.uid].append(cell)
        self.cells = dict(cells)
        self.orgs = self._orgs()
        self.originals = self._originals()
        self.receipts = self._receipts()
        self.invented = self._invented()

    @property
    def elements(self) -> set[str]:
        """Elements with any money."""
        return set(self.cells) | set(self.receipts)

    def funders(self, uid: str) -> list[Org]:
        """Who promised or gave money for it."""
        codes = (Code.PROMISED, Code.PLEDGED, Code.RECEIVABLE)
        keys = dict.fromkeys(cell.party for cell in self.cells.get(uid, ()) if cell.code in codes and cell.party)
        return [self.orgs[key] for key in sorted(keys)]

    # --- Plans ---

    def budgets(self, uid: str) -> list[Planned]:
        """As first decided, and as it is now where that is something else."""
        now: defaultdict[int, Decimal] = defaultdict(lambda: ZERO)
        for cell in self.cells.get(uid, ()):
            if cell.code == Code.BUDGETED:
                now[cell.year] += balance(Code.BUDGETED, cell.debits, cell.credits)
        found = []
        for year in sorted(now.keys() | self.originals.get(uid, {}).keys()):
            original = self.originals.get(uid, {}).get(year, now[year])
            if original:
                found.append(Planned(year, original))
            if now[year] != original:
                found.append(Planned(year, now[year], type="2"))
        return found

    def to_pay(self, uid: str) -> list[Planned]:
        """What is committed and not invoiced yet, in this year and later."""
        open_: defaultdict[tuple[int, str], Decimal] = defaultdict(lambda: ZERO)
        for cell in self.cells.get(uid, ()):
            if cell.code == Code.COMMITTED and cell.year >= self.today.year:
                open_[cell.year, cell.party] += balance(Code.COMMITTED, cell.debits, cell.credits)
        return [
            Planned(year, amount, party=self.orgs.get(party))
            for (year, party), amount in sorted(open_.items())
            if amount > 0
        ]

    def _originals(self) -> dict[str, dict[int, Decimal]]:
        """By element and year, the amount in the first version that was decided."""
        first: dict[int, int] = {}
        decided = Budget.objects.filter(state__in=[Budget.State.DECIDED, Budget.State.AMENDED])
        for pk, year in decided.order_by("year", "version").values_list("pk", "year"):
            first.setdefault(year, pk)
        found: dict[str, dict[int, Decimal]] = {}
        for line in BudgetLine.objects.filter(budget__in=first.values()).select_related("budget"):
            uid = line.element if line.element in self.names.agenda.elements else self.names.alliance.uid
            years = found.setdefault(uid, {})
            years[line.budget.year] = years.get(line.budget.year, ZERO) + line.amount
        return found

    # --- What happened ---

    def transactions(self, uid: str) -> Iterator[Transaction]:
        """In the order of booking; none of a day that is still to come, which IATI has no transactions for."""
        cells = {cell.pk: cell for cell in self.cells.get(uid, ()) if cell.code not in (Code.BUDGETED, Code.RECEIVABLE)}
        sides = [self._side(side, sign, cells) for side, sign in (("debit", 1), ("credit", -1))] if cells else []
        yield from heapq.merge(*sides, self.receipts.get(uid, ()), key=lambda one: one.number)

    def _side(self, side: str, sign: int, cells: Mapping[int, Cell]) -> Iterator[Transaction]:
        found = self._transfers().filter(**{f"{side}_id__in": list(cells)}).order_by("movement__number", "pk")
        for pk, amount, sort, undone_sort, *rest in _values(found, f"{side}_id"):
            cell = cells[pk]
            if cell.code == Code.COMMITTED and (undone_sort or sort) not in _OF_COMMITMENT:
                continue
            yield self._transaction(cell, sign * amount, rest)

    def _transaction(self, cell: Cell, amount: Decimal, rest: Iterable[Any]) -> Transaction:
        number, day, words, demo = rest
        party = self.orgs.get(cell.party, Org({}))
        kind = _TYPES[Code(cell.code)]
        if kind == EXPENDITURE and cell.party in self.partners:
            kind = DISBURSEMENT  # To another partner, for it to spend.
        return Transaction(number, kind, day, amount, words, party, demo)

    def _transfers(self) -> QuerySet[Transfer]:
        return Transfer.objects.filter(movement__number__lte=self.through, movement__date__lte=self.today)

    def _receipts(self) -> dict[str, list[Transaction]]:
        """Money that was received on invoices, by the element that the invoice is for, or else the alliance."""
        owed = {cell.pk: cell for cells in self.cells.values() for cell in cells if cell.code == Code.RECEIVABLE}
        for_what = dict(
            BankLine.objects.filter(assigned__isnull=False, invoice__isnull=False)
            .exclude(invoice__element="")
            .values_list("assigned__number", "invoice__element")
        )
        found: defaultdict[str, list[Transaction]] = defaultdict(list)
        of_receipts = Q(movement__sort=Sort.RECEIPT) | Q(movement__corrects__sort=Sort.RECEIPT)
        for side, sign in (("credit", 1), ("debit", -1)):
            rows = self._transfers().filter(of_receipts, **{f"{side}_id__in": list(owed)})
            for pk, amount, _sort, _undone, *rest, undone_number in _values(
                rows, f"{side}_id", "movement__corrects__number"
            ):
                uid = for_what.get(undone_number or rest[0], "")
                uid = uid if uid in self.names.agenda.elements else self.names.alliance.uid
                found[uid].append(self._transaction(owed[pk], sign * amount, rest))
        return {uid: sorted(rows, key=lambda one: one.number) for uid, rows in found.items()}

    # --- Parties, and what was made up ---

    def _orgs(self) -> dict[str, Org]:
        keys = {cell.party for cells in self.cells.values() for cell in cells if cell.party}
        found = {key: Org(every(key)) for key in keys}
        self.partners: set[str] = set()
        for party in Party.objects.filter(key__in=keys):
            element = self.names.agenda.elements.get(party.element)
            of = [link.target for link in element.links if link.role == "partners"] if element else []
            types = {self.names.org(uid).type for uid in of}
            found[party.key] = Org(every(party.name), kvk(party.kvk), types.pop() if len(types) == 1 else "")
            if of:
                self.partners.add(party.key)
        return found

    def _invented(self) -> set[str]:
        """Elements that demo money was booked on; the alliance for what names no element."""
        rows = Transfer.objects.filter(movement__demo=True).values_list("debit__element", "credit__element").distinct()
        named = {element for row in rows for element in row}
        return {uid if uid in self.names.agenda.elements else self.names.alliance.uid for uid in named}


def _values(found: QuerySet[Transfer], side: str, *more: str) -> Iterator[tuple[Any, ...]]:
    return found.values_list(
        side,
        "amount",
        "movement__sort",
        "movement__corrects__sort",
        "movement__number",
        "movement__date",
        "movement__words",
        "movement__demo",
        *more,
    ).iterator(chunk_size=2000)

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The books of a year at a glance, and the movements of the ledger one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, Sum
from django.utils import timezone

from mainport.core.rules.permissions import Actor, Permission, require
from mainport.cycle.models import BankLine, Book, Budget, Cell, Invoice, Movement, Transfer
from mainport.cycle.models.euro import EuroField
from mainport.cycle.queries.grants import Deadline, deadlines
from mainport.cycle.queries.naming import ZERO, Group, Names, names
from mainport.cycle.queries.totals import Total, totals
from mainport.cycle.rules import ledger as rules
from mainport.cycle.rules.chart import Code
from mainport.cycle.rules.papers import leverage, uncovered

BASE = "base"
#: Movements on a page of the ledger.
PAGE = 50

_SUMS = {
    Code.PLEDGED: "pledged",
    Code.CONTRIBUTION: "contributions",
    Code.SOUGHT: "sought",
    Code.PROMISED: "promised",
    Code.COFINANCING: "cofinancing",
    Code.BUDGETED: "budgeted",
    Code.COMMITTED: "committed",
    Code.EXPENDITURE: "spent",
    Code.RECEIVABLE: "receivable",
    Code.PAYABLE: "payable",
    Code.SUSPENSE: "unassigned",
}


class NoSuchMovement(LookupError):
    """The ledger has no movement of this number."""


# --- The year at a glance ---


@dataclass(frozen=True)
class YearSums:
    """What stands in the books of one budget year."""

    year: int
    pledged: Decimal = ZERO
    contributions: Decimal = ZERO
    sought: Decimal = ZERO
    promised: Decimal = ZERO
    cofinancing: Decimal = ZERO
    budgeted: Decimal = ZERO
    committed: Decimal = ZERO
    spent: Decimal = ZERO
    receivable: Decimal = ZERO
    payable: Decimal = ZERO
    unassigned: Decimal = ZERO
    base_budgeted: Decimal = ZERO
    #: What was budgeted out of funds and isn't promised by them.
    uncovered: Decimal = ZERO

    @property
    def left(self) -> Decimal:
        """What of the budget is neither spent nor committed; below zero where more is."""
        return self.budgeted - self.committed - self.spent

    @property
    def leverage(self) -> Decimal | None:
        """Euro promised by funds for each euro of the partners that was budgeted."""
        return leverage(self.promised, self.base_budgeted)


@dataclass(frozen=True)
class Waiting:
    """What somebody has to do something about."""

    invoices: int  # came in, and nobody has said for what they are
    to_collect: int  # sent, and past the last day to pay
    to_collect_amount: Decimal
    to_pay: int  # received, and past the last day to pay
    to_pay_amount: Decimal
    lines: int  # of the bank, not assigned
    drafts: tuple[int, ...]  # years of which a draft of the budget is at work
    deadlines: tuple[Deadline, ...]

    def __bool__(self) -> bool:
        return any((self.invoices, self.to_collect, self.to_pay, self.lines, self.drafts, self.deadlines))


@dataclass(frozen=True)
class Overview:
    """The books of a year, those of all years beside it, and what waits."""

    year: int
    of_year: YearSums
    years: tuple[YearSums, ...]
    #: On the account today, whatever the year.
    bank: Decimal
    receivable: Decimal
    payable: Decimal
    groups: tuple[Group, ...]  # budgeted, committed, spent, left
    waiting: Waiting
    closed_year: int
    last_number: int
    iban: str
    names: Names = field(repr=False)

    @property
    def is_closed(self) -> bool:
        return self.year <= self.closed_year


def overview(by: Actor, year: int | None = None) -> Overview:
    """The books of a year; without one, of this year or else the last that has any. Raises NotAllowed."""
    require(by, Permission.READ_MONEY)
    today = timezone.localdate()
    rows = totals([*_SUMS, Code.BANK], by=("year", "fund", "element"))
    years = {sums.year: sums for sums in _years(rows)}
    chosen = year or _current(list(years), today.year)
    book = Book.objects.first() or Book()
    known = names(parties=False)
    of = {code: _by_element(rows, chosen, code) for code in (Code.BUDGETED, Code.COMMITTED, Code.EXPENDITURE)}
    left = {
        uid: of[Code.BUDGETED].get(uid, ZERO) - of[Code.COMMITTED].get(uid, ZERO) - of[Code.EXPENDITURE].get(uid, ZERO)
        for uid in {uid for column in of.values() for uid in column}
    }
    return Overview(
        year=chosen,
        of_year=years.get(chosen, YearSums(chosen)),
        years=tuple(years.values()),
        bank=_sum(rows, Code.BANK),
        receivable=_sum(rows, Code.RECEIVABLE),
        payable=_sum(rows, Code.PAYABLE),
        groups=tuple(known.groups([*of.values(), left])),
        waiting=_waiting(today),
        closed_year=book.closed_year,
        last_number=book.last_number,
        iban=book.iban,
        names=known,
    )


def _years(rows: list[Total]) -> list[YearSums]:
    found: defaultdict[int, defaultdict[str, Decimal]] = defaultdict(lambda: defaultdict(lambda: ZERO))
    asked: defaultdict[tuple[int, str, str], list[Decimal]] = defaultdict(lambda: [ZERO, ZERO])
    for row in rows:
        year, fund, element = row.key
        if row.code not in _SUMS or not row.amount:
            continue
        found[year][_SUMS[row.code]] += row.amount
        if row.code is Code.BUDGETED and fund == BASE:
            found[year]["base_budgeted"] += row.amount
        elif row.code in (Code.BUDGETED, Code.PROMISED):
            asked[year, fund, element][row.code is Code.PROMISED] += row.amount
    for (year, _fund, _element), (budgeted, promised) in asked.items():
        found[year]["uncovered"] += uncovered(budgeted, promised)
    return [YearSums(year, **sums) for year, sums in sorted(found.items()) if year]


def _current(years: list[int], this: int) -> int:
    return this if this in years or not years else max(years)


def _by_element(rows: list[Total], year: int, code: Code) -> dict[str, Decimal]:
    found: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
    for row in rows:
        if row.code is code and row.key[0] == year:
            found[row.key[2]] += row.amount
    return dict(found)


def _sum(rows: list[Total], code: Code) -> Decimal:
    return sum((row.amount for row in rows if row.code is code), ZERO)


def _waiting(today: date) -> Waiting:
    """Four queries."""
    late = Q(state=Invoice.State.OPEN, due__lt=today)
    sent, received = Q(direction=Invoice.Direction.SENT), Q(direction=Invoice.Direction.RECEIVED)
    left = F("total") - F("paid")
    counted = Invoice.objects.aggregate(
        invoices=Count("pk", filter=Q(state=Invoice.State.WAITING)),
        to_collect=Count("pk", filter=late & sent),
        to_collect_amount=Sum(left, filter=late & sent, output_field=EuroField(), default=0),
        to_pay=Count("pk", filter=late & received),
        to_pay_amount=Sum(left, filter=late & received, output_field=EuroField(), default=0),
    )
    return Waiting(
        **counted,
        lines=BankLine.objects.filter(assigned=None).count(),
        drafts=tuple(Budget.objects.filter(state=Budget.State.DRAFT).order_by("year").values_list("year", flat=True)),
        deadlines=tuple(deadlines(today)),
    )


# --- The movements ---


@dataclass(frozen=True)
class Wanted:
    """Which movements of the ledger; '' and None for all. `year` is that of the day on which they are dated."""

    year: int | None = None
    sort: str = ""
    words: str = ""
    code: str = ""
    party: str = ""
    fund: str = ""
    element: str = ""
    budget_year: int | None = None

    @property
    def cells(self) -> dict[str, Any]:
        """What is asked of the cells that a movement touches."""
        asked = {
            "code": self.code,
            "party": self.party,
            "fund": self.fund,
            "element": self.element,
            "year": self.budget_year,
        }
        return {name: value for name, value in asked.items() if value}


@dataclass(frozen=True)
class MovementView:
    """A movement with its transfers, and which ones it undoes and is undone by."""

    number: int
    sort: rules.Sort
    date: date
    words: str
    reference: str
    document: str
    decision: str
    corrects: int | None
    corrected_by: int | None
    by_name: str
    at: datetime
    demo: bool
    transfers: tuple[rules.Transfer, ...]


@dataclass(frozen=True)
class LedgerPage:
    """Movements with the newest first, and the numbers from which the pages beside this one start."""

    movements: tuple[MovementView, ...]
    older: int | None  # those below this number
    newer: int | None  # those above this number
    years: tuple[int, ...]
    names: Names = field(repr=False)


def ledger(by: Actor, wanted: Wanted, *, below: int | None = None, above: int | None = None) -> LedgerPage:
    """A page of the ledger, from a number down or up: as fast on the last page as on the first. Raises NotAllowed."""
    require(by, Permission.READ_MONEY)
    found = _chosen(wanted)
    if above is not None:
        rows = list(found.filter(number__gt=above).order_by("number")[: PAGE + 1])
        more = len(rows) > PAGE
        rows = rows[:PAGE][::-1]
        older, newer = (rows[-1].number if rows else None), (rows[0].number if rows and more else None)
    else:
        if below is not None:
            found = found.filter(number__lt=below)
        rows = list(found.order_by("-number")[: PAGE + 1])
        more = len(rows) > PAGE
        rows = rows[:PAGE]
        older, newer = (rows[-1].number if more else None), (rows[0].number if rows and below is not None else None)
    days = Movement.objects.aggregate(first=Min("date"), last=Max("date"))
    years = range(days["last"].year, days["first"].year - 1, -1) if days["last"] else ()
    return LedgerPage(tuple(_views(rows)), older, newer, tuple(years), names())


def movement(by: Actor, number: int) -> tuple[MovementView, Names]:
    """One movement. Raises NotAllowed, NoSuchMovement."""
    require(by, Permission.READ_MONEY)
    rows = list(_with_corrections(Movement.objects.filter(number=number)))
    if not rows:
        raise NoSuchMovement(number)
    return _views(rows)[0], names()


@dataclass(frozen=True)
class Origin:
    """What a movement was booked for ("invoice", "line", "commitment", "grant" or "budget") and its key there."""

    kind: str
    key: str


def origin(by: Actor, found: MovementView) -> Origin | None:
    """Where a movement came from, and is to be undone; None of a pledge. Two queries at most. Raises NotAllowed."""
    require(by, Permission.READ_MONEY)
    first, _, rest = found.reference.partition(":")
    if first in ("grant", "budget", "commitment"):
        return Origin(first, rest.split(":")[0])
    number = found.number if found.corrects is None else found.corrects
    if row := Invoice.objects.filter(movement__number=number).only("pk").first():
        return Origin("invoice", str(row.pk))
    if first in ("bank", "assign"):
        line = BankLine.objects.filter(Q(movement__number=number) | Q(assigned__number=number)).only("pk").first()
        return Origin("line", str(line.pk)) if line else None
    return None


def _with_corrections(found: QuerySet[Movement]) -> QuerySet[Movement]:
    return found.select_related("corrects", "corrected_by")


def _chosen(wanted: Wanted) -> QuerySet[Movement]:
    found = _with_corrections(Movement.objects.all())
    if wanted.year:
        found = found.filter(date__range=(date(wanted.year, 1, 1), date(wanted.year, 12, 31)))
    if wanted.sort:
        found = found.filter(sort=wanted.sort)
    for word in wanted.words.split():
        said = Q(words__icontains=word) | Q(reference__icontains=word) | Q(document__icontains=word)
        found = found.filter(said | Q(decision__icontains=word))
    return _touching(found, wanted.cells) if wanted.cells else found


def _touching(found: QuerySet[Movement], asked: Mapping[str, Any]) -> QuerySet[Movement]:
    """Those with a transfer to or from such a cell. Cells know how often they were touched: where most movements
    did, these are tried one by one until the page is full; else they are looked up by the cells."""
    cells = Cell.objects.filter(**asked)
    often = (cells.aggregate(times=Sum("count"))["times"] or 0) * 2 > _last_number()
    if not often:
        pks = cells.values("pk")
        transfers = Transfer.objects.filter(Q(debit__in=pks) | Q(credit__in=pks))
        return found.filter(pk__in=transfers.order_by().values("movement"))
    debit, credit = (Q(**{f"{side}__{name}": value for name, value in asked.items()}) for side in ("debit", "credit"))
    return found.filter(Exists(Transfer.objects.filter(debit | credit, movement=OuterRef("pk"))))


def _last_number() -> int:
    return Book.objects.values_list("last_number", flat=True).first() or 0


def _views(rows: list[Movement]) -> list[MovementView]:
    transfers: defaultdict[int, list[rules.Transfer]] = defaultdict(list)
    stored = Transfer.objects.filter(movement__in=rows).select_related("debit", "credit").order_by("pk")
    for one in stored:
        transfers[one.movement_id].append(rules.Transfer(_plain(one.debit), _plain(one.credit), one.amount))
    return [
        MovementView(
            number=row.number,
            sort=rules.Sort(row.sort),
            date=row.date,
            words=row.words,
            reference=row.reference,
            document=row.document,
            decision=row.decision,
            corrects=row.corrects.number if row.corrects else None,
            corrected_by=_undoing(row),
            by_name=row.by_name,
            at=row.at,
            demo=row.demo,
            transfers=tuple(transfers[row.pk]),
        )
        for row in rows
    ]


def _undoing(row: Movement) -> int | None:
    undone = getattr(row, "corrected_by", None)
    return undone.number if undone else None


def _plain(cell: Cell) -> rules.Cell:
    return rules.Cell(Code(cell.code), cell.year, cell.party, cell.fund, cell.element, cell.cost)


# --- Parties ---


@dataclass(frozen=True)
class PartyView:
    """Who pays or is paid, with what is open between us."""

    key: str
    name: str
    element: str
    iban: str
    kvk: str
    vat: str
    email: str
    address: str
    demo: bool
    receivable: Decimal
    payable: Decimal
    spent: Decimal


def parties(by: Actor) -> list[PartyView]:
    """Everybody that pays or is paid. Two queries. Raises NotAllowed."""
    require(by, Permission.BOOK)
    sums: defaultdict[str, defaultdict[Code, Decimal]] = defaultdict(lambda: defaultdict(lambda: ZERO))
    for total in totals([Code.RECEIVABLE, Code.PAYABLE, Code.EXPENDITURE], by=("party",)):
        sums[total.key[0]][total.code] += total.amount
    return [_party(row, sums[row.key]) for row in names().parties.values()]


def _party(row: Any, sums: Mapping[Code, Decimal]) -> PartyView:
    place = f"{row.postcode} {row.city}".strip()
    return PartyView(
        key=row.key,
        name=row.name,
        element=row.element,
        iban=row.iban,
        kvk=row.kvk,
        vat=row.vat,
        email=row.email,
        address=", ".join(filter(None, [row.street, place])),
        demo=row.demo,
        receivable=sums[Code.RECEIVABLE],
        payable=sums[Code.PAYABLE],
        spent=sums[Code.EXPENDITURE],
    )

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What stands in the ledger by what a reader asks for: pledged, promised, budgeted, spent, paid, received.

Receivables and payables are kept by party and year. Where a party has paid a part of its invoices, or was paid a
part of them, that part is shared out over what they were for (`rules.shares`): so that paid and received, too,
add up to the cent whatever they are told apart by.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Case, CharField, Exists, F, JSONField, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import JSONObject

from mainport.agenda.models import Element
from mainport.agenda.rules.elements import Kind
from mainport.cycle.models import Book, Budget, Cell, Party
from mainport.cycle.models.euro import EuroField
from mainport.cycle.rules.chart import Code
from mainport.cycle.rules.ledger import balance
from mainport.cycle.rules.papers import leverage as ratio
from mainport.cycle.rules.papers import uncovered as not_covered
from mainport.cycle.rules.shares import ZERO, share

BASE = "base"


class Measure(StrEnum):
    """What is said of money, in the order in which a reader meets it."""

    PLEDGED = "pledged"  # by partners
    SOUGHT = "sought"  # from funds, not decided yet
    PROMISED = "promised"  # by funds
    BUDGETED = "budgeted"
    COMMITTED = "committed"  # and not invoiced yet
    SPENT = "spent"
    PAID = "paid"  # of what was spent
    INVOICED = "invoiced"  # to partners and funds
    RECEIVED = "received"  # of what was invoiced


_PLAIN = {
    Code.PLEDGED: Measure.PLEDGED,
    Code.SOUGHT: Measure.SOUGHT,
    Code.PROMISED: Measure.PROMISED,
    Code.BUDGETED: Measure.BUDGETED,
    Code.COMMITTED: Measure.COMMITTED,
    Code.EXPENDITURE: Measure.SPENT,
    Code.CONTRIBUTION: Measure.INVOICED,
    Code.COFINANCING: Measure.INVOICED,
}
_SETTLED = {Measure.SPENT: Measure.PAID, Measure.INVOICED: Measure.RECEIVED}
_OPEN = {Code.PAYABLE: Measure.SPENT, Code.RECEIVABLE: Measure.INVOICED}
_SIDES = ("code", "year", "party", "fund", "element", "cost")


_DIMENSIONS = _SIDES[1:]
#: What stands for a side that was not told apart.
_NOTHING: dict[str, Any] = {"year": 0, "party": "", "fund": "", "element": "", "cost": ""}
_Place = tuple[Any, ...]


class Row(NamedTuple):
    """An amount of one measure, with all that it can be told apart by."""

    measure: Measure
    year: int
    party: str
    fund: str
    element: str
    cost: str
    amount: Decimal


@dataclass(frozen=True)
class Leverage:
    """What a euro of base money draws in from funds: by what they promised, and by what they paid."""

    promised: Decimal | None
    realised: Decimal | None


@dataclass(frozen=True)
class Sheet:
    """Amounts, to be added up by anything."""

    rows: tuple[Row, ...]

    def sum(self, *measures: Measure, **where: object) -> Decimal:
        """What the rows that fit come to; a side is one value, or a collection of which one is enough."""
        return sum((row.amount for row in self._chosen(measures, where)), ZERO)

    def by(self, side: str, *measures: Measure, **where: object) -> dict[str, Decimal]:
        """The same, told apart by one side; what comes to nothing is left out."""
        found: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
        for row in self._chosen(measures, where):
            found[str(getattr(row, side))] += row.amount
        return {key: amount for key, amount in sorted(found.items()) if amount}

    @cached_property
    def years(self) -> tuple[int, ...]:
        return tuple(sorted({row.year for row in self.rows if row.year and row.amount}))

    def of(self, **where: object) -> Sheet:
        """The rows that fit, as a sheet of their own."""
        return Sheet(tuple(self._chosen((), where)))

    def uncovered(self, **where: object) -> Decimal:
        """Budgeted out of funds and not promised by them, counted by element, fund and year."""
        return sum((amount for *_key, amount in self.gaps(**where)), ZERO)

    def gaps(self, **where: object) -> list[tuple[int, str, str, Decimal]]:
        """Year, fund, element and amount of all that is budgeted out of a fund and not promised."""
        asked = self._beyond_base(Measure.BUDGETED, where)
        given = self._beyond_base(Measure.PROMISED, where)
        found = [(*key, not_covered(amount, given.get(key, ZERO))) for key, amount in sorted(asked.items())]
        return [gap for gap in found if gap[-1]]

    def leverage(self) -> Leverage:
        return Leverage(
            promised=ratio(self.beyond_base(Measure.PROMISED), self.sum(Measure.BUDGETED, fund=BASE)),
            realised=ratio(self.beyond_base(Measure.RECEIVED), self.sum(Measure.SPENT, fund=BASE)),
        )

    def beyond_base(self, *measures: Measure) -> Decimal:
        """What is of funds."""
        return self.sum(*measures) - self.sum(*measures, fund=("", BASE))

    def _beyond_base(self, measure: Measure, where: Mapping[str, object]) -> dict[tuple[int, str, str], Decimal]:
        found: defaultdict[tuple[int, str, str], Decimal] = defaultdict(lambda: ZERO)
        for row in self._chosen((measure,), where):
            if row.fund not in ("", BASE):
                found[row.year, row.fund, row.element] += row.amount
        return found

    def _chosen(self, measures: Collection[Measure], where: Mapping[str, object]) -> Iterable[Row]:
        tests = [(side, _test(wanted)) for side, wanted in where.items() if wanted is not None]
        rows = (row for one in measures for row in self._indexed.get(one, ())) if measures else iter(self.rows)
        return (row for row in rows if all(fits(getattr(row, side)) for side, fits in tests))

    @cached_property
    def _indexed(self) -> dict[Measure, list[Row]]:
        found: defaultdict[Measure, list[Row]] = defaultdict(list)
        for row in self.rows:
            found[row.measure].append(row)
        return found


def _test(wanted: object) -> Callable[[object], bool]:
    if isinstance(wanted, (str, int)):
        return lambda value: value == wanted
    several: frozenset[object] = frozenset(wanted)  # type: ignore[call-overload]
    return lambda value: value in several


# --- Where it comes from ---


@dataclass(frozen=True)
class InForce:
    """The budget of a year that was decided."""

    year: int
    version: int
    decision: str
    demo: bool


@dataclass(frozen=True)
class Origin:
    """What the figures were read from: the ledger up to a movement, and the budgets in force."""

    through: int
    budgets: tuple[InForce, ...]

    def budget(self, year: int | None) -> InForce | None:
        return next((one for one in self.budgets if one.year == year), None)

    @property
    def demo(self) -> bool:
        return any(budget.demo for budget in self.budgets)


# --- Reading ---

#: The key of all parties that are not told apart.
OTHERS = "suppliers"


def read(*, year: int | None = None, by: Collection[str] = _DIMENSIONS, named: Collection[str] | None = None) -> Sheet:
    """The whole ledger, or a year of it, told apart by these sides and added up over the others.

    Of parties those that are `named` are told apart, all others are one: of a thousand suppliers that is what
    costs. Two queries, and one more where something is still to be paid: what it is of is read invoice by invoice.
    """
    of_year = Q() if year is None else Q(year=year)
    sides = [side for side in _DIMENSIONS if side in by]
    sums: defaultdict[_Place, Decimal] = defaultdict(lambda: ZERO)
    cells, columns = Cell.objects.filter(of_year, code__in=list(_PLAIN)), sides
    if named is not None and "party" in sides:
        known = When(party__in=["", *named], then=F("party"))
        cells = cells.annotate(told=Case(known, default=Value(OTHERS), output_field=CharField()))
        columns = ["told" if side == "party" else side for side in sides]
    found = cells.order_by("code", *columns).values_list("code", *columns)
    for code, *key, debit, credit in found.annotate(
        Sum("debits", output_field=EuroField()), Sum("credits", output_field=EuroField())
    ):
        told = dict(zip(sides, key, strict=True))
        place = (_PLAIN[Code(code)], *(told.get(side, nothing) for side, nothing in _NOTHING.items()))
        sums[place] += balance(Code(code), debit, credit)
    unpaid: defaultdict[_Place, Decimal] = defaultdict(lambda: ZERO)
    for row, part in _unpaid(of_year):
        if named is not None and row.party and row.party not in named:
            row = row._replace(party=OTHERS)
        values = (getattr(row, side) if side in sides else nothing for side, nothing in _NOTHING.items())
        unpaid[row.measure, *values] += part
    rows = [_row(place, amount) for place, amount in sums.items()]
    rows += [
        _row((_SETTLED[place[0]], *place[1:]), amount - unpaid[place])
        for place, amount in sums.items()
        if place[0] in _SETTLED
    ]
    return Sheet(tuple(row for row in rows if row.amount))


def years() -> tuple[int, ...]:
    """The years of which the ledger holds anything. One query."""
    known = Cell.objects.filter(year__gt=0, code__in=list(_PLAIN)).exclude(debits=F("credits"))
    return tuple(known.order_by("year").values_list("year", flat=True).distinct())


def of_parties(keys: Collection[str]) -> Sheet:
    """What the ledger holds of these parties. One query."""
    return _sheet(_cells(Q(code__in=[*_PLAIN, *_OPEN], party__in=list(keys))))


def of_fund(fund: str) -> Sheet:
    """What the ledger holds of a fund. One query."""
    return _sheet(_cells(_with_what_is_open(Q(fund=fund))), lambda row: row.fund == fund)


def _unpaid(of_year: Q) -> Iterable[tuple[Row, Decimal]]:
    """What is still open of each row of the parties that have something open."""
    open_ = _open(_cells(of_year & _STILL_OPEN))
    if not open_:
        return
    of = Q(party__in={party for _m, _y, party in open_}, year__in={year for _m, year, _p in open_})
    by_party: defaultdict[_Key, list[Row]] = defaultdict(list)
    for row in map(_plain, _cells(of & Q(code__in=_CLAIMS))):
        if row and row[:3] in open_:
            by_party[row[:3]].append(row)
    for key, claims in by_party.items():
        yield from zip(claims, share(open_[key], [row.amount for row in claims]), strict=True)


def _row(place: _Place, amount: Decimal) -> Row:
    measure, year, party, fund, element, cost = place
    return Row(measure, year, party, fund, element, cost, amount)


@dataclass(frozen=True)
class OfElements:
    """The money of some elements, with all that their page says beside it."""

    sheet: Sheet
    origin: Origin
    funds: Mapping[str, Mapping[str, str]]  # titles by key


def of_elements(uids: Collection[str]) -> OfElements:
    """One query: it also asks, cell by cell, for the budget of the year and for what the fund is called."""
    last = Book.objects.filter(pk=1).values("last_number")[:1]
    budget = Budget.objects.filter(state=Budget.State.DECIDED, year=OuterRef("year")).values(
        said=JSONObject(version="version", decision="decision", demo="demo")
    )
    title = Element.objects.filter(kind=Kind.FUND, removed_at=None, key=OuterRef("fund")).values("title")
    told = Cell.objects.annotate(
        through=Subquery(last),
        budget=Subquery(budget[:1], output_field=JSONField()),
        title=Subquery(title[:1], output_field=JSONField()),
    )
    known = frozenset(uids)
    rows = list(
        told.filter(_with_what_is_open(Q(element__in=known)))
        .order_by(*_SIDES)
        .values_list(*_SIDES, "debits", "credits", "through", "budget", "title")
    )
    sheet = _sheet([row[:8] for row in rows], lambda row: row.element in known)
    budgets = {row[1]: row[-2] for row in rows if row[-2]}
    in_force = (
        InForce(year, said["version"], said["decision"], bool(said["demo"])) for year, said in sorted(budgets.items())
    )
    funds = {row[3]: row[-1] for row in rows if row[-1]}
    return OfElements(sheet, Origin(rows[0][8] if rows else 0, tuple(in_force)), funds)


_Cells = list[tuple[str, int, str, str, str, str, Decimal, Decimal]]
_Key = tuple[Measure, int, str]

_STILL_OPEN = Q(code__in=list(_OPEN)) & ~Q(debits=F("credits"))
_CLAIMS = [code for code, measure in _PLAIN.items() if measure in _SETTLED]


def _with_what_is_open(wanted: Q) -> Q:
    """These cells; beside them, of the parties in them, what is still open and what else it is open of."""
    concerned = Cell.objects.filter(wanted, code__in=_CLAIMS).values("party")
    open_ = Cell.objects.filter(_STILL_OPEN, party=OuterRef("party"), year=OuterRef("year"))
    asked = Q(code__in=list(_PLAIN)) & wanted
    beside = Q(Exists(open_), code__in=_CLAIMS, party__in=concerned)
    return asked | (_STILL_OPEN & Q(party__in=concerned)) | beside


def _cells(wanted: Q) -> _Cells:
    return list(Cell.objects.filter(wanted).order_by(*_SIDES).values_list(*_SIDES, "debits", "credits"))


def _sheet(cells: _Cells, wanted: Callable[[Row], bool] = lambda _row: True) -> Sheet:
    """The rows that are wanted. What was paid of them is known from all of them."""
    rows = [row for row in map(_plain, cells) if row]
    settled = _settle(rows, _open(cells))
    return Sheet(tuple(row for row in (*rows, *settled) if wanted(row)))


def _plain(cell: tuple[str, int, str, str, str, str, Decimal, Decimal]) -> Row | None:
    code, *key, debit, credit = cell
    measure = _PLAIN.get(Code(code))
    amount = balance(Code(code), debit, credit)
    return _row((measure, *key), amount) if measure and amount else None


def _open(cells: _Cells) -> dict[_Key, Decimal]:
    """What is still to be paid, to whom or by whom, of what was spent or invoiced for a year."""
    found = {}
    for code, year, party, _fund, _element, _cost, debit, credit in cells:
        measure = _OPEN.get(Code(code))
        if measure and (amount := balance(Code(code), debit, credit)):
            found[measure, year, party] = amount
    return found


def _settle(rows: Sequence[Row], open_: Mapping[_Key, Decimal]) -> Iterable[Row]:
    """What was paid of each row. A party with something open has paid its invoices in equal measure."""
    by_party: defaultdict[_Key, list[Row]] = defaultdict(list)
    for row in rows:
        if row.measure in _SETTLED:
            by_party[row[:3]].append(row)
    for key, claims in by_party.items():
        unpaid = share(open_.get(key, ZERO), [row.amount for row in claims])
        for row, part in zip(claims, unpaid, strict=True):
            if paid := row.amount - part:
                yield row._replace(measure=_SETTLED[row.measure], amount=paid)


def origin() -> Origin:
    """One query, or two before any budget was decided."""
    last = Book.objects.filter(pk=1).values_list("last_number", flat=True)
    decided = Budget.objects.filter(state=Budget.State.DECIDED).order_by("year").annotate(through=Subquery(last))
    rows = list(decided.values_list("year", "version", "decision", "demo", "through"))
    through = rows[0][-1] if rows else last.first()
    return Origin(through or 0, tuple(InForce(*row[:-1]) for row in rows))


def payers() -> dict[str, Party]:
    """Contributors and funds by their keys: all others are suppliers. One query."""
    return {party.key: party for party in Party.objects.exclude(element="")}


def all_parties() -> dict[str, Party]:
    """Everybody, suppliers too. One query."""
    return {party.key: party for party in Party.objects.all()}

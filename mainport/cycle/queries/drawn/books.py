# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The balance sheet at the end of a year, out of cells that are told apart by the year that they count for.

A receivable of 2023 that was paid in 2024 stood open at the end of 2023, though its cell says nothing of it any
more. So a transfer between two years counts from one day on only: of money through the bank from the year of the
bank's line, of anything else from the later of both years. Each counts on both sides at once: the balance sheet
balances as long as the ledger does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F, Sum

from mainport.cycle.models import BankFile, Transfer
from mainport.cycle.models.euro import EuroField
from mainport.cycle.queries.totals import totals
from mainport.cycle.rules.chart import CHART, Code, Side, is_memorandum
from mainport.cycle.rules.ties import Books, Course

ZERO = Decimal("0.00")
MONEY = tuple(code for code in Code if not is_memorandum(code))
_RESULT = (Code.EXPENDITURE, Code.CONTRIBUTION, Code.COFINANCING)
_SHEET = (Code.BANK, Code.SUSPENSE, Code.RECEIVABLE, Code.PAYABLE, Code.RESERVE)

#: Debit less credit, by account and party.
Net = dict[tuple[Code, str], Decimal]


@dataclass(frozen=True)
class Balance:
    """What there was at the end of a year; amounts by party where that says more."""

    year: int
    bank: Decimal
    suspense: Decimal
    receivable: dict[str, Decimal]
    prepaid: dict[str, Decimal]
    payable: dict[str, Decimal]
    in_advance: dict[str, Decimal]
    reserve: Decimal  # before the result of the year
    result: Decimal

    @property
    def assets(self) -> Decimal:
        return self.bank + self.suspense + sum(self.receivable.values(), ZERO) + sum(self.prepaid.values(), ZERO)

    @property
    def liabilities(self) -> Decimal:
        owed = sum(self.payable.values(), ZERO) + sum(self.in_advance.values(), ZERO)
        return owed + self.reserve + self.result


@dataclass(frozen=True)
class _Step:
    """What was booked between two cells, in all."""

    debit: tuple[Code, int, str]
    credit: tuple[Code, int, str]
    amount: Decimal

    @property
    def counts_from(self) -> int:
        through_bank = [year for code, year, _ in (self.debit, self.credit) if code in (Code.BANK, Code.SUSPENSE)]
        return max(through_bank or (self.debit[1], self.credit[1]))


class Sheets:
    """Balance sheets of several years out of one reading: two queries, and one for the year's own transfers."""

    def __init__(self) -> None:
        self.cells = [
            (total.code, total.key[0], total.key[1], _signed(total.code, total.amount))
            for total in totals(MONEY, by=("year", "party"))
        ]
        self.crossing = list(_steps(crossing=True))

    def net(self, year: int) -> Net:
        """What stood on every account at the end of a year."""
        found: Net = defaultdict(lambda: ZERO)
        for code, of, party, amount in self.cells:
            if of <= year:
                found[code, party] += amount
        for step in self.crossing:
            counts = step.counts_from <= year
            for (code, of, party), sign in ((step.debit, 1), (step.credit, -1)):
                found[code, party] += sign * step.amount * (int(counts) - int(of <= year))
        return found

    def balance(self, year: int) -> Balance:
        now, before = self.net(year), self.net(year - 1)
        result_now, result_before = (-_of(net, *_RESULT) for net in (now, before))
        receivable, in_advance = _two_sides(now, Code.RECEIVABLE)
        prepaid, payable = _two_sides(now, Code.PAYABLE)
        return Balance(
            year=year,
            bank=_of(now, Code.BANK),
            suspense=_of(now, Code.SUSPENSE),
            receivable=receivable,
            prepaid=prepaid,
            payable=payable,
            in_advance=in_advance,
            reserve=-_of(now, Code.RESERVE) + result_before,
            result=result_now - result_before,
        )

    def books(self, year: int) -> Books:
        now, before, moved = self.net(year), self.net(year - 1), self._moved(year)
        sheet = self.balance(year)
        return Books(
            courses=tuple(
                Course(
                    CHART[code].en.lower(),
                    *(_own(code, net) for net in (_of(before, code), moved[code], _of(now, code))),
                )
                for code in _SHEET
            ),
            bank=sheet.bank,
            statement=statement(year),
            suspense=sheet.suspense,
            assets=sheet.assets,
            liabilities=sheet.liabilities,
        )

    def _moved(self, year: int) -> dict[Code, Decimal]:
        """What the transfers of a year themselves did, without the running totals."""
        found: defaultdict[Code, Decimal] = defaultdict(lambda: ZERO)
        steps = [step for step in self.crossing if step.counts_from == year]
        for step in (*steps, *_steps(crossing=False, year=year)):
            found[step.debit[0]] += step.amount
            found[step.credit[0]] -= step.amount
        return found


def statement(year: int) -> Decimal | None:
    """The closing balances of the bank's last statements of a year or before, of every account; None without any."""
    last: dict[str, Decimal] = {}
    files = BankFile.objects.filter(end__lte=date(year, 12, 31)).order_by("end", "id")
    for iban, closing in files.values_list("iban", "closing"):
        last[iban] = closing
    return sum(last.values(), ZERO) if last else None


def _steps(*, crossing: bool, year: int | None = None) -> Iterable[_Step]:
    rows = Transfer.objects.filter(debit__code__in=MONEY).order_by()
    rows = rows.exclude(debit__year=F("credit__year")) if crossing else rows.filter(debit__year=F("credit__year"))
    if year is not None:
        rows = rows.filter(debit__year=year)
    names = [f"{side}__{name}" for side in ("debit", "credit") for name in ("code", "year", "party")]
    for *key, amount in rows.values_list(*names).annotate(Sum("amount", output_field=EuroField())):
        yield _Step((Code(key[0]), key[1], key[2]), (Code(key[3]), key[4], key[5]), amount)


def _signed(code: Code, amount: Decimal) -> Decimal:
    return amount if CHART[code].side is Side.DEBIT else -amount


def _own(code: Code, net: Decimal) -> Decimal:
    """In the direction in which the account grows."""
    return _signed(code, net)


def _of(net: Net, *codes: Code) -> Decimal:
    return sum((amount for (code, _party), amount in net.items() if code in codes), ZERO)


def _two_sides(net: Net, code: Code) -> tuple[dict[str, Decimal], dict[str, Decimal]]:
    """What stands on the debit side by party, and what on the credit side."""
    mine = {party: amount for (of, party), amount in sorted(net.items()) if of is code and amount}
    return (
        {party: amount for party, amount in mine.items() if amount > 0},
        {party: -amount for party, amount in mine.items() if amount < 0},
    )

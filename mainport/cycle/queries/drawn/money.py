# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The money of a paper: what stands in the ledger, read once and told apart in every way that a paper asks for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from mainport.cycle.models import Party
from mainport.cycle.queries.totals import totals
from mainport.cycle.rules.chart import Code

ZERO = Decimal("0.00")
BASE = "base"
_CODES = (
    Code.RECEIVABLE,
    Code.PAYABLE,
    Code.EXPENDITURE,
    Code.CONTRIBUTION,
    Code.COFINANCING,
    Code.PLEDGED,
    Code.SOUGHT,
    Code.PROMISED,
    Code.BUDGETED,
    Code.COMMITTED,
)
_PLACES = {"year": 0, "party": 1, "fund": 2, "element": 3, "cost": 4}


@dataclass(frozen=True)
class Row:
    code: Code
    key: tuple[int, str, str, str, str]
    amount: Decimal


@dataclass(frozen=True)
class Money:
    """Every amount of the ledger by year, party, fund, element and cost; and who the parties are."""

    rows: tuple[Row, ...]
    parties: Mapping[str, Party]

    def sum(self, *codes: Code, year: int | None = None, **where: str | Collection[str]) -> Decimal:
        """What stands on these accounts; a side is one key, or several of which one is enough."""
        return sum((row.amount for row in self._chosen(codes, year, where)), ZERO)

    def by(
        self, side: str, *codes: Code, year: int | None = None, **where: str | Collection[str]
    ) -> dict[str, Decimal]:
        """The same, told apart by one side; what comes to nothing is left out."""
        found: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
        for row in self._chosen(codes, year, where):
            found[str(row.key[_PLACES[side]])] += row.amount
        return {key: amount for key, amount in sorted(found.items()) if amount}

    def years(self) -> list[int]:
        return sorted({row.key[0] for row in self.rows if row.key[0] and row.amount})

    def received_of_fund(self, fund: str, year: int | None = None) -> Decimal:
        """Co-financing that was claimed, less what its payers still owe."""
        payers = self.by("party", Code.COFINANCING, year=year, fund=fund)
        owed = sum((self.owed(party, year, fund) for party in payers), ZERO)
        return sum(payers.values(), ZERO) - owed

    def owed(self, party: str, year: int | None, fund: str) -> Decimal:
        """What a party still owes of one fund; of who pays to several, in the proportion of what was claimed."""
        open_ = self.sum(Code.RECEIVABLE, year=year, party=party)
        claimed = self.by("fund", Code.CONTRIBUTION, Code.COFINANCING, year=year, party=party)
        whole = sum(claimed.values(), ZERO)
        if not whole or len(claimed) == 1:
            return open_
        return (open_ * claimed.get(fund, ZERO) / whole).quantize(Decimal("0.01"))

    def received(self, year: int | None = None) -> Decimal:
        """Co-financing of all funds."""
        return sum((self.received_of_fund(fund, year) for fund in self.by("fund", Code.COFINANCING, year=year)), ZERO)

    def not_base(self, year: int | None, *codes: Code) -> Decimal:
        return self.sum(*codes, year=year) - self.sum(*codes, year=year, fund=BASE)

    def _chosen(
        self, codes: Collection[Code], year: int | None, where: Mapping[str, str | Collection[str]]
    ) -> list[Row]:
        wanted = {_PLACES[side]: {keys} if isinstance(keys, str) else set(keys) for side, keys in where.items()}
        return [
            row
            for code in codes
            for row in self._indexed.get((code, year), ())
            if all(row.key[place] in keys for place, keys in wanted.items())
        ]

    @cached_property
    def _indexed(self) -> dict[tuple[Code, int | None], list[Row]]:
        """The rows of each account by year, and of all years under None: a paper asks hundreds of sums."""
        found: defaultdict[tuple[Code, int | None], list[Row]] = defaultdict(list)
        for row in self.rows:
            found[row.code, row.key[0]].append(row)
            found[row.code, None].append(row)
        return found


def read(through: int | None = None) -> Money:
    """Two queries, however long the ledger."""
    rows = totals(_CODES, by=("year", "party", "fund", "element", "cost"), through=through)
    return Money(
        rows=tuple(Row(total.code, (*total.key,), total.amount) for total in rows),
        parties={party.key: party for party in Party.objects.only("key", "name", "element", "demo")},
    )

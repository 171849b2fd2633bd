# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Budgets of each year: their versions, their lines, what changed between two, and what of them was spent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet, Sum

from mainport.core.rules.permissions import Actor, Permission, require
from mainport.cycle.models import Budget, BudgetLine
from mainport.cycle.models.euro import EuroField
from mainport.cycle.queries.naming import ZERO, Group, Names, names
from mainport.cycle.queries.totals import totals
from mainport.cycle.rules.chart import Code

State = Budget.State
Key = tuple[str, str, str]


class NoSuchBudget(LookupError):
    """There is no budget of this year and version."""


@dataclass(frozen=True)
class VersionView:
    """A version of the budget of a year, with its sum."""

    id: int
    year: int
    version: int
    state: State
    words: str
    decision: str
    decided_at: datetime | None
    by_name: str
    at: datetime
    total: Decimal
    demo: bool


@dataclass(frozen=True)
class YearView:
    """The budget of a year: the version in force or else the last, and what of it was used."""

    year: int
    shown: VersionView
    draft: VersionView | None
    versions: int
    committed: Decimal
    spent: Decimal

    @property
    def in_force(self) -> bool:
        return self.shown.state == State.DECIDED

    @property
    def left(self) -> Decimal:
        return (self.shown.total if self.in_force else ZERO) - self.committed - self.spent


@dataclass(frozen=True)
class LineView:
    """A line, with the amount that it had in the version it is compared with: None where it wasn't there."""

    id: int | None  # none of a line that was dropped
    element: str
    fund: str
    cost: str
    amount: Decimal
    words: str
    before: Decimal | None

    @property
    def difference(self) -> Decimal:
        return self.amount - (self.before or ZERO)


@dataclass(frozen=True)
class BudgetView:
    """A version of a budget in full, beside the one it is compared with."""

    budget: VersionView
    against: VersionView | None
    versions: tuple[VersionView, ...]
    lines: tuple[LineView, ...]
    groups: tuple[Group, ...]  # budgeted, in the other version, committed, spent
    of_funds: tuple[tuple[str, Decimal], ...]
    of_costs: tuple[tuple[str, Decimal], ...]
    draft: VersionView | None
    in_force: VersionView | None
    names: Names = field(repr=False)

    @property
    def changed(self) -> list[LineView]:
        return [line for line in self.lines if line.difference]


def years(by: Actor) -> list[YearView]:
    """The last year first. Two queries. Raises NotAllowed."""
    require(by, Permission.READ_MONEY)
    used: defaultdict[int, dict[Code, Decimal]] = defaultdict(dict)
    for total in totals([Code.COMMITTED, Code.EXPENDITURE], by=("year",)):
        used[total.key[0]][total.code] = total.amount
    of_year: defaultdict[int, list[VersionView]] = defaultdict(list)
    for version in _versions(Budget.objects.exclude(state=State.DROPPED)):
        of_year[version.year].append(version)
    found = []
    for year, versions in sorted(of_year.items(), reverse=True):
        draft = next((one for one in versions if one.state == State.DRAFT), None)
        decided = next((one for one in versions if one.state == State.DECIDED), None)
        sums = used[year]
        found.append(
            YearView(
                year=year,
                shown=decided or versions[0],
                draft=draft,
                versions=len(versions),
                committed=sums.get(Code.COMMITTED, ZERO),
                spent=sums.get(Code.EXPENDITURE, ZERO),
            )
        )
    return found


def budget(by: Actor, year: int, version: int | None = None, against: int | None = None) -> BudgetView:
    """A version of a year's budget, by default the one in force, else the draft; compared with the one before it.

    Five queries. Raises NotAllowed, NoSuchBudget.
    """
    require(by, Permission.READ_MONEY)
    versions = list(_versions(Budget.objects.filter(year=year)))
    by_number = {one.version: one for one in versions}
    draft = next((one for one in versions if one.state == State.DRAFT), None)
    in_force = next((one for one in versions if one.state == State.DECIDED), None)
    shown = by_number.get(version) if version else in_force or draft
    if shown is None:
        raise NoSuchBudget(f"{year} version {version}")
    kept = [one for one in versions if one.state != State.DROPPED and one.version < shown.version]
    other = by_number.get(against) if against else kept[0] if kept else None
    mine = list(BudgetLine.objects.filter(budget=shown.id))
    before = {_key(line): line for line in BudgetLine.objects.filter(budget=other.id)} if other else {}
    known = names(parties=False)
    return BudgetView(
        budget=shown,
        against=other,
        versions=tuple(versions),
        lines=tuple(_lines(mine, before, known)),
        groups=tuple(known.groups(_columns(year, mine, list(before.values())))),
        of_funds=_by(mine, "fund"),
        of_costs=_by(mine, "cost"),
        draft=draft,
        in_force=in_force,
        names=known,
    )


def drafts() -> list[Budget]:
    """Budgets that wait to come into force. For who records decisions. One query."""
    return list(Budget.objects.filter(state=Budget.State.DRAFT))


def find_draft(by: Actor, year: int) -> Budget:
    """The draft of a year, to work on. Raises NotAllowed, NoSuchBudget."""
    require(by, Permission.BOOK)
    found = Budget.objects.filter(year=year, state=State.DRAFT).first()
    if found is None:
        raise NoSuchBudget(f"{year}: no draft")
    return found


def find_line(by: Actor, year: int, pk: int) -> BudgetLine:
    """A line of the draft of a year. Raises NotAllowed, NoSuchBudget."""
    require(by, Permission.BOOK)
    found = BudgetLine.objects.filter(pk=pk, budget__year=year, budget__state=State.DRAFT).select_related("budget")
    line = found.first()
    if line is None:
        raise NoSuchBudget(f"{year}: no line {pk} in a draft")
    return line


def _versions(found: QuerySet[Budget]) -> list[VersionView]:
    rows = found.annotate(sum=Sum("lines__amount", output_field=EuroField(), default=0))
    return [
        VersionView(
            id=row.pk,
            year=row.year,
            version=row.version,
            state=State(row.state),
            words=row.words,
            decision=row.decision,
            decided_at=row.decided_at,
            by_name=row.by_name,
            at=row.at,
            total=row.sum,
            demo=row.demo,
        )
        for row in rows.order_by("-year", "-version")
    ]


def _key(line: BudgetLine) -> Key:
    return line.element, line.fund, line.cost


def _lines(mine: list[BudgetLine], before: Mapping[Key, BudgetLine], known: Names) -> list[LineView]:
    """In the agenda's order; what is gone stands where it stood, with nothing."""
    found = [
        LineView(line.pk, *_key(line), line.amount, line.words, before[key].amount if key in before else None)
        for line in mine
        for key in [_key(line)]
    ]
    there = {_key(line) for line in mine}
    found += [LineView(None, *key, ZERO, row.words, row.amount) for key, row in before.items() if key not in there]
    order = {uid: place for place, uid in enumerate(known.elements)}
    return sorted(found, key=lambda line: (order.get(line.element, len(order)), line.element, line.fund, line.cost))


def _columns(year: int, mine: list[BudgetLine], before: list[BudgetLine]) -> list[dict[str, Decimal]]:
    used: dict[Code, dict[str, Decimal]] = {Code.COMMITTED: {}, Code.EXPENDITURE: {}}
    for total in totals(used, by=("element",), where={"year": year}):
        used[total.code][total.key[0]] = total.amount
    return [dict(_by(mine, "element")), dict(_by(before, "element")), *used.values()]


def _by(lines: list[BudgetLine], side: str) -> tuple[tuple[str, Decimal], ...]:
    found: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
    for line in lines:
        found[getattr(line, side)] += line.amount
    return tuple(sorted(found.items(), key=lambda one: (-one[1], one[0])))

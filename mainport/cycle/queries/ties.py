# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Whether the figures of a paper tie, out of what is stored: the rules are in `rules.ties`."""

from __future__ import annotations

from decimal import Decimal

from mainport.cycle.models import Budget, Paper
from mainport.cycle.queries.drawn.facts import Facts
from mainport.cycle.queries.drawn.groups import groups, totals_of
from mainport.cycle.queries.drawn.money import ZERO
from mainport.cycle.queries.drawn.names import figures, figures_of
from mainport.cycle.queries.totals import totals
from mainport.cycle.rules import ties
from mainport.cycle.rules.chart import CHART, Code
from mainport.cycle.rules.papers import PaperKind
from mainport.cycle.rules.ties import Difference, Sums

#: By what the amounts of an account are told apart in a paper.
_SIDES = {
    Code.PLEDGED: ("party",),
    Code.CONTRIBUTION: ("party", "fund"),
    Code.PROMISED: ("element", "fund"),
    Code.COFINANCING: ("element", "fund"),
    Code.BUDGETED: ("element", "fund", "cost"),
    Code.EXPENDITURE: ("element", "fund", "cost"),
}
_SAID = {"party": "by partner", "element": "by goal", "fund": "by fund", "cost": "by type of cost"}


def differences(kind: str, facts: Facts, *, gap_is_named: bool) -> list[Difference]:
    """Every two figures of a paper that should be the same and aren't."""
    found = list(ties.sums_tie(_sums(facts)))
    if kind == PaperKind.BUDGET:
        found += _budget(facts, gap_is_named=gap_is_named)
    elif kind == PaperKind.ANNUAL_ACCOUNTS:
        found += ties.books_tie(facts.sheets.books(facts.year))
    elif kind == PaperKind.ANNUAL_REPORT:
        found += ties.report_ties(figures(facts), _accounts(facts.year))
    return found


def _sums(facts: Facts) -> list[Sums]:
    """Each sort of amounts as the paper adds it up, and as the transfers of the ledger do."""
    replayed = {total.code: total.amount for total in totals(_SIDES, where={"year": facts.year}, through=facts.number)}
    found = []
    for code, sides in _SIDES.items():
        ways: dict[str, Decimal] = {}
        for side in sides:
            amounts = facts.money.by(side, code, year=facts.year)
            if side == "element":
                whole = totals_of(group.amounts for group in groups(facts, [amounts]))
                ways[_SAID[side]] = whole[0] if whole else ZERO
            else:
                ways[_SAID[side]] = sum(amounts.values(), ZERO)
        found.append(Sums(CHART[code].en.lower(), replayed.get(code, ZERO), ways))
    return found


def _budget(facts: Facts, *, gap_is_named: bool) -> list[Difference]:
    budgeted = facts.money.sum(Code.BUDGETED, year=facts.year)
    decided = Budget.objects.filter(year=facts.year, state=Budget.State.DECIDED).first()
    lines = sum(decided.lines.values_list("amount", flat=True), ZERO) if decided else None
    income = facts.money.sum(Code.PLEDGED, year=facts.year) + facts.money.not_base(facts.year, Code.PROMISED)
    return [*ties.lines_tie(lines, budgeted), *ties.cover_ties(income, budgeted, gap_is_named=gap_is_named)]


def _accounts(year: int) -> dict[str, Decimal] | None:
    """The figures of the accounts of a year, as the ledger had them when these were decided."""
    paper = Paper.objects.filter(kind=PaperKind.ANNUAL_ACCOUNTS, year=year, state=Paper.State.DECIDED).first()
    if paper is None or paper.through is None:
        return None
    codes = (Code.CONTRIBUTION, Code.COFINANCING, Code.EXPENDITURE)
    then = {total.code: total.amount for total in totals(codes, where={"year": year}, through=paper.through)}
    return figures_of(*(then.get(code, ZERO) for code in codes))

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The money of a year: where it came from and where it went."""

from __future__ import annotations

from decimal import Decimal

from mainport.cycle.queries.drawn.facts import Facts
from mainport.cycle.queries.drawn.groups import group_name, group_table, groups, totals_of
from mainport.cycle.queries.drawn.money import BASE, ZERO
from mainport.cycle.queries.drawn.names import (
    fund_name,
    ledger_source,
    party_name,
)
from mainport.cycle.queries.drawn.words import Words
from mainport.cycle.rules.chart import Code
from mainport.cycle.rules.charts import Flow, Node, Series, bars, sankey, stacked
from mainport.cycle.rules.document import Block, Chart, Heading, Paragraph
from mainport.cycle.rules.papers import leverage


def bars_of(title: str, labels: list[str], series: list[Series], w: Words, source: str, *, pile: bool = False) -> Chart:
    """Bars in euro; their table stands beside them in the text."""
    drawing = (stacked if pile else bars)(labels, series, language=w.language, unit="€")
    return Chart(title, drawing.description, drawing.svg, None, source)


# --- Where it comes from ---


def income(facts: Facts, w: Words) -> list[Block]:
    return [*_contributions(facts, w), *_funds(facts, w)]


def _contributions(facts: Facts, w: Words) -> list[Block]:
    money, year = facts.money, facts.year
    pledged, booked = money.by("party", Code.PLEDGED, year=year), money.by("party", Code.CONTRIBUTION, year=year)
    parties = sorted({*pledged, *booked}, key=lambda key: (-pledged.get(key, ZERO), party_name(facts, w, key)))
    head = Heading(2, w("Bijdragen van de partners", "Contributions of the partners"), "contributions")
    if not parties:
        return [head, Paragraph(w(f"Voor {year} is niets toegezegd.", f"Nothing was pledged for {year}."))]
    rows = []
    for party in parties:
        owed = money.owed(party, year, BASE)
        claimed = booked.get(party, ZERO)
        rows.append((party_name(facts, w, party), [pledged.get(party, ZERO), claimed, claimed - owed, owed]))
    total = totals_of(row[1] for row in rows)
    names = [
        w("Toegezegd", "Pledged"),
        w("Gefactureerd", "Invoiced"),
        w("Ontvangen", "Received"),
        w("Nog te ontvangen", "Still due"),
    ]
    told = w(
        f"De partners zegden voor {year} samen {w.euro(total[0])} toe. Daarvan is {w.euro(total[1])} gefactureerd en "
        f"{w.euro(total[2])} ontvangen.",
        f"The partners pledged {w.euro(total[0])} together for {year}. Of this, {w.euro(total[1])} was invoiced and "
        f"{w.euro(total[2])} received.",
    )
    table = w.money_table(
        w(f"Bijdragen van de partners in {year}", f"Contributions of the partners in {year}"),
        names,
        rows,
        total=total,
        label=w("Bijdrage", "Contribution"),
        source=ledger_source(facts, w),
    )
    return [head, Paragraph(told), table]


def _funds(facts: Facts, w: Words) -> list[Block]:
    money, year = facts.money, facts.year
    by = {code: money.by("fund", code, year=year) for code in (Code.SOUGHT, Code.PROMISED, Code.COFINANCING)}
    funds = sorted({fund for amounts in by.values() for fund in amounts if fund != BASE})
    head = Heading(2, w("Cofinanciering", "Co-financing"), "co-financing-income")
    if not funds:
        return [head, Paragraph(w(f"In {year} was er geen cofinanciering.", f"There was no co-financing in {year}."))]
    rows = [
        (
            fund_name(facts, w, fund),
            [
                by[Code.SOUGHT].get(fund, ZERO),
                by[Code.PROMISED].get(fund, ZERO),
                by[Code.COFINANCING].get(fund, ZERO),
                money.received_of_fund(fund, year),
            ],
        )
        for fund in funds
    ]
    names = [
        w("Nog in aanvraag", "Still sought"),
        w("Toegekend", "Promised"),
        w("Gedeclareerd", "Claimed"),
        w("Ontvangen", "Received"),
    ]
    total = totals_of(row[1] for row in rows)
    source = ledger_source(facts, w)
    table = w.money_table(
        w(f"Cofinanciering per fonds in {year}", f"Co-financing per fund in {year}"),
        names,
        rows,
        total=total,
        label=w("Fonds", "Fund"),
        source=source,
    )
    series = [Series(names[place], tuple(row[1][place] for row in rows)) for place in (1, 3)]
    title = w(
        f"Fondsen kenden {w.euro(total[1])} toe; {w.euro(total[3])} is ontvangen",
        f"Funds promised {w.euro(total[1])}; {w.euro(total[3])} was received",
    )
    return [head, bars_of(title, [row[0] for row in rows], series, w, source), table]


# --- Where it goes ---


def spending(facts: Facts, w: Words) -> list[Block]:
    money, year = facts.money, facts.year
    spent, committed = money.by("element", Code.EXPENDITURE, year=year), money.by("element", Code.COMMITTED, year=year)
    budget = facts.budget_by("element")
    left = {
        uid: budget.get(uid, ZERO) - committed.get(uid, ZERO) - spent.get(uid, ZERO)
        for uid in {*budget, *committed, *spent}
    }
    found = groups(facts, [budget, committed, spent, left])
    head = Heading(2, w("Uitgaven per doel en opgave", "Spending per goal and task"), "spending-elements")
    if not found:
        return [
            head,
            Paragraph(w(f"In {year} is niets begroot of uitgegeven.", f"Nothing was budgeted or spent in {year}.")),
        ]
    total = totals_of(group.amounts for group in found)
    source = ledger_source(facts, w)
    title = w(
        f"Besteed: {w.euro(total[2])}, {w.percent(total[2], total[0])} van de begroting",
        f"Spent: {w.euro(total[2])}, {w.percent(total[2], total[0])} of the budget",
    )
    series = [
        Series(w("Begroot", "Budgeted"), tuple(group.amounts[0] for group in found)),
        Series(w("Besteed", "Spent"), tuple(group.amounts[2] for group in found)),
    ]
    names = [w("Begroot", "Budgeted"), w("Verplicht", "Committed"), w("Besteed", "Spent"), w("Over", "Left")]
    caption = w(f"Begroting en uitgaven van {year}", f"Budget and expenditure of {year}")
    return [
        head,
        bars_of(title, [group_name(facts, w, group.uid) for group in found], series, w, source),
        group_table(facts, w, caption, names, found, source),
        *_flows(facts, w),
        *_by_fund_and_cost(facts, w),
        *_leverage(facts, w),
    ]


def _flows(facts: Facts, w: Words) -> list[Block]:
    """From funds to goals: the money of the year as it ran."""
    amounts: dict[tuple[str, str], Decimal] = {}
    for row in facts.money.rows:
        if row.code is Code.EXPENDITURE and row.key[0] == facts.year:
            pair = (row.key[2], facts.pillar_of.get(row.key[3], ""))
            amounts[pair] = amounts.get(pair, ZERO) + row.amount
    flows = {pair: amount for pair, amount in amounts.items() if amount > 0}
    if len(flows) < 2:
        return []
    funds = list(dict.fromkeys(fund for fund, _goal in sorted(flows, key=lambda pair: (pair[0] != BASE, pair))))
    goals = [group.uid for group in groups(facts, [facts.money.by("element", Code.EXPENDITURE, year=facts.year)])]
    drawing = sankey(
        [
            *(Node(f"fund {fund}", fund_name(facts, w, fund), 0, "fund") for fund in funds),
            *(Node(f"goal {goal}", group_name(facts, w, goal), 1, "goal") for goal in goals),
        ],
        [Flow(f"fund {fund}", f"goal {goal}", amount) for (fund, goal), amount in flows.items()],
        language=w.language,
    )
    rows: list[tuple[str, list[Decimal | None]]] = [
        (f"{fund_name(facts, w, fund)} → {group_name(facts, w, goal)}", [amount])
        for (fund, goal), amount in sorted(flows.items())
    ]
    table = w.money_table(
        w(f"Uitgaven van {facts.year}, van fonds naar doel", f"Expenditure of {facts.year}, from fund to goal"),
        [w("Besteed", "Spent")],
        rows,
        total=[sum(flows.values(), ZERO)],
        label=w("Van en naar", "From and to"),
    )
    title = w(
        "Uit welke fondsen de doelen en sectoren werden betaald", "Out of which funds goals and sectors were paid"
    )
    return [Chart(title, drawing.description, drawing.svg, table, ledger_source(facts, w))]


def _by_fund_and_cost(facts: Facts, w: Words) -> list[Block]:
    money, year = facts.money, facts.year
    blocks: list[Block] = [Heading(2, w("Per fonds en kostensoort", "Per fund and type of cost"), "spending-sorts")]
    for side, caption, label in (
        (
            "fund",
            w(f"Begroot en besteed per fonds in {year}", f"Budgeted and spent per fund in {year}"),
            w("Fonds", "Fund"),
        ),
        (
            "cost",
            w(f"Begroot en besteed per kostensoort in {year}", f"Budgeted and spent per type of cost in {year}"),
            w("Kostensoort", "Type of cost"),
        ),
    ):
        budget, spent = facts.budget_by(side), money.by(side, Code.EXPENDITURE, year=year)
        keys = sorted({*budget, *spent}, key=lambda key: (key != BASE, key))
        rows = [
            (
                fund_name(facts, w, key) if side == "fund" else w.cost(key),
                [budget.get(key, ZERO), spent.get(key, ZERO), budget.get(key, ZERO) - spent.get(key, ZERO)],
            )
            for key in keys
        ]
        names = [w("Begroot", "Budgeted"), w("Besteed", "Spent"), w("Verschil", "Difference")]
        total = totals_of(row[1] for row in rows)
        blocks.append(w.money_table(caption, names, rows, total=total, label=label, source=ledger_source(facts, w)))
    return blocks


def _leverage(facts: Facts, w: Words) -> list[Block]:
    money, year = facts.money, facts.year
    promised = leverage(money.not_base(year, Code.PROMISED), facts.budget_of(fund=BASE))
    received = leverage(money.received(year), money.sum(Code.EXPENDITURE, year=year, fund=BASE))
    if promised is None and received is None:
        return []
    said = []
    if promised is not None:
        said.append(
            w(
                f"Tegenover elke begrote euro van de partners stond {w.euro(promised, cents=True)} aan "
                "toegekende cofinanciering.",
                f"Against each budgeted euro of the partners stood {w.euro(promised, cents=True)} of promised "
                "co-financing.",
            )
        )
    if received is not None:
        said.append(
            w(
                f"Voor elke uitgegeven euro basisgeld is {w.euro(received, cents=True)} van fondsen ontvangen.",
                f"For each euro of base money that was spent, {w.euro(received, cents=True)} was received from funds.",
            )
        )
    return [Heading(2, w("Hefboom", "Leverage"), "leverage"), Paragraph(" ".join(said))]

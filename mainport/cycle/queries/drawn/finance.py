# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The money of a paper: where it comes from, where it goes, what is covered, and how that is over the years."""

from __future__ import annotations

from decimal import Decimal

from mainport.cycle.queries.drawn.facts import Facts
from mainport.cycle.queries.drawn.groups import group_name, group_table, groups, totals_of
from mainport.cycle.queries.drawn.money import BASE, ZERO
from mainport.cycle.queries.drawn.names import (
    element_name,
    fund_name,
    ledger_source,
    party_name,
    uncovered_by_fund,
)
from mainport.cycle.queries.drawn.words import Words
from mainport.cycle.rules.chart import Code
from mainport.cycle.rules.charts import Series, bars, stacked
from mainport.cycle.rules.document import Block, Chart, Heading, Note, Paragraph, Table
from mainport.cycle.rules.papers import leverage, uncovered


def _chart(title: str, labels: list[str], series: list[Series], w: Words, source: str, *, pile: bool = False) -> Chart:
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
    return [head, _chart(title, [row[0] for row in rows], series, w, source), table]


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
        _chart(title, [group_name(facts, w, group.uid) for group in found], series, w, source),
        group_table(facts, w, caption, names, found, source),
        *_by_fund_and_cost(facts, w),
        *_leverage(facts, w),
    ]


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


# --- What it may cost ---


def budget(facts: Facts, w: Words) -> list[Block]:
    rows = facts.budgeted
    if not rows:
        return [
            Paragraph(w(f"Voor {facts.year} is nog niets begroot.", f"Nothing has been budgeted for {facts.year} yet."))
        ]
    base = {uid: facts.budget_of(fund=BASE, elements={uid}) for uid in facts.budget_by("element")}
    whole = facts.budget_by("element")
    funds = {uid: amount - base[uid] for uid, amount in whole.items()}
    found = groups(facts, [base, funds, whole])
    total = totals_of(group.amounts for group in found)
    source = ledger_source(facts, w)
    draft = []
    if facts.budget_is_draft:
        source = w("Bron: begroting in concept.", "Source: draft of the budget.")
        draft = [
            Note(
                w(
                    "Deze begroting is een concept: zij is nog niet vastgesteld.",
                    "This budget is a draft: it has not been decided yet.",
                )
            )
        ]
    names = [w("Basisgeld", "Base money"), w("Uit fondsen", "Out of funds"), w("Totaal", "Total")]
    title = w(
        f"De begroting van {facts.year} is {w.euro(total[2])}, waarvan {w.euro(total[1])} uit fondsen",
        f"The budget of {facts.year} is {w.euro(total[2])}, of which {w.euro(total[1])} out of funds",
    )
    series = [Series(names[place], tuple(group.amounts[place] for group in found)) for place in (0, 1)]
    caption = w(
        f"Begroting {facts.year} per doel, opgave en project", f"Budget {facts.year} per goal, task and project"
    )
    blocks: list[Block] = [*draft]
    if all(amount >= 0 for group in found for amount in group.amounts):
        labels = [group_name(facts, w, group.uid) for group in found]
        blocks.append(_chart(title, labels, series, w, source, pile=True))
    return [*blocks, group_table(facts, w, caption, names, found, source), *_budget_sorts(facts, w, source)]


def _budget_sorts(facts: Facts, w: Words, source: str) -> list[Table]:
    tables = []
    for side, caption, label in (
        ("fund", w(f"Begroting {facts.year} per fonds", f"Budget {facts.year} per fund"), w("Fonds", "Fund")),
        (
            "cost",
            w(f"Begroting {facts.year} per kostensoort", f"Budget {facts.year} per type of cost"),
            w("Kostensoort", "Type of cost"),
        ),
    ):
        amounts = facts.budget_by(side)
        rows = [
            (fund_name(facts, w, key) if side == "fund" else w.cost(key), [amount])
            for key, amount in sorted(amounts.items(), key=lambda pair: (pair[0] != BASE, pair[0]))
        ]
        total = [sum(amounts.values(), ZERO)]
        tables.append(w.money_table(caption, [w("Begroot", "Budgeted")], rows, total=total, label=label, source=source))
    return tables


def cover(facts: Facts, w: Words) -> list[Block]:
    """What the budget is paid out of, and what isn't covered."""
    pledged = facts.money.sum(Code.PLEDGED, year=facts.year)
    promised = facts.money.not_base(facts.year, Code.PROMISED)
    expenses = facts.budget_of()
    gap = expenses - pledged - promised
    rows: list[tuple[str, list[Decimal | None]]] = [
        (w("Toegezegd door de partners", "Pledged by the partners"), [pledged]),
        (w("Toegekend door fondsen", "Promised by funds"), [promised]),
        (w("Samen", "Together"), [pledged + promised]),
        (w("Begrote lasten", "Budgeted expenses"), [expenses]),
    ]
    last = w("Nog te dekken", "Not covered yet") if gap > 0 else w("Ruimte", "Room")
    rows.append((last, [abs(gap)]))
    told = (
        w(
            f"Van de begrote {w.euro(expenses)} is {w.euro(pledged + promised)} zeker. Voor {w.euro(gap)} moet "
            "nog geld worden gevonden.",
            f"Of the budgeted {w.euro(expenses)}, {w.euro(pledged + promised)} is certain. For {w.euro(gap)} "
            "money is still to be found.",
        )
        if gap > 0
        else w(
            f"De begrote {w.euro(expenses)} is geheel gedekt.", f"The budgeted {w.euro(expenses)} is covered in full."
        )
    )
    table = w.money_table(
        w(f"Dekking van de begroting van {facts.year}", f"How the budget of {facts.year} is paid"),
        [str(facts.year)],
        rows,
        headings=(2, len(rows) - 1),
        source=ledger_source(facts, w),
    )
    return [Paragraph(told), table]


def cofinancing(facts: Facts, w: Words) -> list[Block]:
    """Which money of others is needed for what: budgeted, sought, promised, and what isn't covered."""
    found: dict[tuple[str, str], list[Decimal]] = {}
    for line in facts.budgeted:
        if line.fund != BASE:
            found.setdefault((line.element, line.fund), [ZERO, ZERO, ZERO])[0] += line.amount
    for place, code in ((1, Code.SOUGHT), (2, Code.PROMISED)):
        for row in facts.money.rows:
            if row.code is code and row.key[0] == facts.year:
                found.setdefault((row.key[3], row.key[2]), [ZERO, ZERO, ZERO])[place] += row.amount
    chosen = {key: amounts for key, amounts in found.items() if any(amounts)}
    if not chosen:
        return [Paragraph(w("Er is geen cofinanciering voorzien.", "No co-financing is foreseen."))]
    order = {uid: place for place, uid in enumerate(facts.agenda.elements)}
    rows = [
        (
            f"{element_name(facts, w, uid)} ({fund_name(facts, w, fund)})",
            [amounts[0], amounts[1], amounts[2], uncovered(amounts[0], amounts[2])],
        )
        for (uid, fund), amounts in sorted(chosen.items(), key=lambda pair: (order.get(pair[0][0], 10**6), pair[0]))
    ]
    names = [
        w("Nodig", "Needed"),
        w("In aanvraag", "Sought"),
        w("Toegekend", "Promised"),
        w("Nog te dekken", "Uncovered"),
    ]
    table = w.money_table(
        w(f"Cofinanciering voor {facts.year}", f"Co-financing for {facts.year}"),
        names,
        rows,
        total=totals_of(row[1] for row in rows),
        label=w("Waarvoor, en uit welk fonds", "For what, and out of which fund"),
        source=ledger_source(facts, w),
    )
    open_ = uncovered_by_fund(facts)
    blocks: list[Block] = [table]
    if any(open_.values()):
        told = w.listed(f"{fund_name(facts, w, fund)} ({w.euro(amount)})" for fund, amount in open_.items() if amount)
        blocks.insert(0, Paragraph(w(f"Nog niet gedekt: {told}.", f"Not covered yet: {told}.")))
    return blocks


# --- Over the years ---


def years(facts: Facts, w: Words) -> list[Block]:
    period = facts.agenda.alliance.attributes.get("period") or {}
    agreed = range(int(str(period.get("start", facts.year))[:4]), int(str(period.get("end", facts.year))[:4]) + 1)
    known = [year for year in sorted({*agreed, *facts.money.years()}) if year]
    codes = (
        (w("Toegezegd door partners", "Pledged by partners"), Code.PLEDGED),
        (w("Bijdragen van partners", "Contributions of partners"), Code.CONTRIBUTION),
        (w("Toegekend door fondsen", "Promised by funds"), Code.PROMISED),
        (w("Cofinanciering", "Co-financing"), Code.COFINANCING),
        (w("Begroot", "Budgeted"), Code.BUDGETED),
        (w("Besteed", "Spent"), Code.EXPENDITURE),
    )
    rows: list[tuple[str, list[Decimal | None]]] = [
        (name, [facts.money.sum(code, year=year) for year in known]) for name, code in codes
    ]
    source = ledger_source(facts, w)
    series = [Series(rows[place][0], tuple(amount or ZERO for amount in rows[place][1])) for place in (4, 5)]
    title = w("Begroot en besteed over de jaren", "Budgeted and spent over the years")
    table = w.money_table(w("Meerjarenbeeld", "Multi-year view"), [str(year) for year in known], rows, source=source)
    return [_chart(title, [str(year) for year in known], series, w, source), table, *_goals_by_year(facts, w, known)]


def _goals_by_year(facts: Facts, w: Words, known: list[int]) -> list[Block]:
    columns = [facts.money.by("element", Code.BUDGETED, year=year) for year in known]
    found = groups(facts, columns)
    if not found:
        return []
    rows = [(group_name(facts, w, group.uid), group.amounts) for group in found]
    return [
        w.money_table(
            w("Begroot per doel en sector, door de jaren heen", "Budgeted per goal and sector, over the years"),
            [str(year) for year in known],
            rows,
            total=totals_of(group.amounts for group in found),
            label=w("Doel of sector", "Goal or sector"),
            source=ledger_source(facts, w),
        )
    ]

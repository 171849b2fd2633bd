# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What things may cost and how that is paid: the budget, its cover, the co-financing it needs, the years."""

from __future__ import annotations

from decimal import Decimal

from mainport.cycle.queries.drawn.facts import Facts
from mainport.cycle.queries.drawn.finance import bars_of
from mainport.cycle.queries.drawn.groups import group_name, group_table, groups, totals_of
from mainport.cycle.queries.drawn.money import BASE, ZERO
from mainport.cycle.queries.drawn.names import element_name, fund_name, ledger_source, uncovered_by_fund
from mainport.cycle.queries.drawn.words import Words
from mainport.cycle.rules.chart import Code
from mainport.cycle.rules.charts import Series
from mainport.cycle.rules.document import Block, Note, Paragraph, Table
from mainport.cycle.rules.papers import uncovered


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
        source = w("begroting in concept.", "draft of the budget.")
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
        blocks.append(bars_of(title, labels, series, w, source, pile=True))
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
    return [Paragraph(told + (_reserve(facts, w) if gap > 0 else "")), table]


def _reserve(facts: Facts, w: Words) -> str:
    """What was left of the years before, which a gap can be met from: whether it is, people decide."""
    before = facts.sheets.balance(facts.year - 1)
    left = before.reserve + before.result
    if left <= 0:
        return ""
    return w(
        f" De reserve was aan het begin van het jaar {w.euro(left)}.",
        f" At the beginning of the year the reserve was {w.euro(left)}.",
    )


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
    return [bars_of(title, [str(year) for year in known], series, w, source), table, *_goals_by_year(facts, w, known)]


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

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The annual accounts: balance sheet, statement of income and expenditure, and what explains them."""

from __future__ import annotations

from decimal import Decimal

from mainport.cycle.queries.drawn.books import Balance
from mainport.cycle.queries.drawn.facts import Facts
from mainport.cycle.queries.drawn.money import ZERO
from mainport.cycle.queries.drawn.names import ledger_source, party_name
from mainport.cycle.queries.drawn.words import Words
from mainport.cycle.rules.chart import Code
from mainport.cycle.rules.document import Block, Bullets, Heading, Paragraph

Row = tuple[str, list[Decimal | None]]


def balance(facts: Facts, w: Words) -> list[Block]:
    now, before = facts.sheets.balance(facts.year), facts.sheets.balance(facts.year - 1)
    columns = [w(f"31 december {year}", f"31 December {year}") for year in (facts.year, facts.year - 1)]
    source = ledger_source(facts, w)

    def row(name: str, get: str) -> Row:
        return name, [_amount(getattr(sheet, get)) for sheet in (now, before)]

    assets = [
        row(w("Te ontvangen", "Receivables"), "receivable"),
        row(w("Bank", "Bank"), "bank"),
        *_if_any(
            row(w("Vooruitbetaald", "Paid in advance"), "prepaid"),
            row(w("Bank, nog toe te wijzen", "Bank, to be assigned"), "suspense"),
        ),
    ]
    owed = [
        row(w("Reserve", "Reserve"), "reserve"),
        row(w("Resultaat van het jaar", "Result of the year"), "result"),
        row(w("Te betalen", "Payables"), "payable"),
        *_if_any(row(w("Vooruit ontvangen", "Received in advance"), "in_advance")),
    ]
    return [
        w.money_table(w("Activa", "Assets"), columns, assets, total=[now.assets, before.assets], source=source),
        w.money_table(
            w("Passiva", "Reserve and liabilities"),
            columns,
            owed,
            total=[now.liabilities, before.liabilities],
            source=source,
        ),
    ]


def _amount(value: Decimal | dict[str, Decimal]) -> Decimal:
    return sum(value.values(), ZERO) if isinstance(value, dict) else value


def _if_any(*rows: Row) -> list[Row]:
    """Without what was nothing in both years."""
    return [row for row in rows if any(row[1])]


def result(facts: Facts, w: Words) -> list[Block]:
    year, money = facts.year, facts.money
    budget = facts.budget_of()
    pledged, promised = money.sum(Code.PLEDGED, year=year), money.not_base(year, Code.PROMISED)

    def of(code: Code) -> tuple[Decimal, Decimal]:
        return money.sum(code, year=year), money.sum(code, year=year - 1)

    contributions, cofinancing, spent = of(Code.CONTRIBUTION), of(Code.COFINANCING), of(Code.EXPENDITURE)
    income = (contributions[0] + cofinancing[0], contributions[1] + cofinancing[1])
    rows: list[Row] = [
        (w("Bijdragen van partners", "Contributions of partners"), [contributions[0], pledged, contributions[1]]),
        (w("Cofinanciering", "Co-financing"), [cofinancing[0], promised, cofinancing[1]]),
        (w("Som van de baten", "Total income"), [income[0], pledged + promised, income[1]]),
        *_spent_by_cost(facts, w),
        (w("Som van de lasten", "Total expenditure"), [spent[0], budget, spent[1]]),
        (w("Resultaat", "Result"), [income[0] - spent[0], pledged + promised - budget, income[1] - spent[1]]),
    ]
    names = [
        w(f"Realisatie {year}", f"Actual {year}"),
        w(f"Begroting {year}", f"Budget {year}"),
        w(f"Realisatie {year - 1}", f"Actual {year - 1}"),
    ]
    caption = w(f"Staat van baten en lasten over {year}", f"Statement of income and expenditure for {year}")
    table = w.money_table(
        caption, names, rows, headings=(2, len(rows) - 2, len(rows) - 1), source=ledger_source(facts, w)
    )
    found = income[0] - spent[0]
    told = (
        w(
            f"Het resultaat over {year} is {w.euro(found)} positief en gaat naar de reserve.",
            f"The result for {year} is a surplus of {w.euro(found)}, which is added to the reserve.",
        )
        if found >= 0
        else w(
            f"Het resultaat over {year} is {w.euro(-found)} negatief en gaat ten laste van de reserve.",
            f"The result for {year} is a deficit of {w.euro(-found)}, which is taken from the reserve.",
        )
    )
    return [Paragraph(told), table]


def _spent_by_cost(facts: Facts, w: Words) -> list[Row]:
    spent = facts.money.by("cost", Code.EXPENDITURE, year=facts.year)
    before = facts.money.by("cost", Code.EXPENDITURE, year=facts.year - 1)
    budget = facts.budget_by("cost")
    return [
        (w.cost(cost), [spent.get(cost, ZERO), budget.get(cost, ZERO), before.get(cost, ZERO)])
        for cost in sorted({*spent, *before, *budget})
    ]


def notes(facts: Facts, w: Words) -> list[Block]:
    sheet, before = facts.sheets.balance(facts.year), facts.sheets.balance(facts.year - 1)
    blocks: list[Block] = []
    for name, title in (
        ("receivable", w("Te ontvangen", "Receivables")),
        ("prepaid", w("Vooruitbetaald", "Paid in advance")),
        ("payable", w("Te betalen", "Payables")),
        ("in_advance", w("Vooruit ontvangen", "Received in advance")),
    ):
        now, then = getattr(sheet, name), getattr(before, name)
        if not now and not then:
            continue
        rows: list[Row] = [
            (party_name(facts, w, key), [now.get(key, ZERO), then.get(key, ZERO)]) for key in sorted({*now, *then})
        ]
        columns = [w(f"31 december {year}", f"31 December {year}") for year in (facts.year, facts.year - 1)]
        blocks += [
            Heading(2, title, f"notes-{name.replace('_', '-')}"),
            w.money_table(
                title,
                columns,
                rows,
                total=[sum(now.values(), ZERO), sum(then.values(), ZERO)],
                label=w("Van of aan wie", "From or to whom"),
                source=ledger_source(facts, w),
            ),
        ]
    return [*blocks, *_reserve(facts, w, sheet, before), *_off_balance(facts, w)]


def _reserve(facts: Facts, w: Words, sheet: Balance, before: Balance) -> list[Block]:
    opening = before.reserve + before.result
    rows: list[Row] = [
        (w(f"Stand op 1 januari {facts.year}", f"On 1 January {facts.year}"), [opening]),
        (w("Rechtstreeks geboekt", "Booked directly"), [sheet.reserve - opening]),
        (w(f"Resultaat over {facts.year}", f"Result for {facts.year}"), [sheet.result]),
    ]
    if not rows[1][1][0]:
        del rows[1]
    table = w.money_table(
        w("Verloop van de reserve", "Course of the reserve"),
        [str(facts.year)],
        rows,
        total=[sheet.reserve + sheet.result],
        source=ledger_source(facts, w),
    )
    return [Heading(2, w("Reserve", "Reserve"), "notes-reserve"), table]


def _off_balance(facts: Facts, w: Words) -> list[Block]:
    committed = facts.money.by("party", Code.COMMITTED, year=facts.year)
    head = Heading(
        2, w("Niet in de balans opgenomen verplichtingen", "Commitments outside the balance sheet"), "notes-commitments"
    )
    if not committed:
        return [head, Paragraph(w("Er zijn geen openstaande verplichtingen.", "There are no open commitments."))]
    rows: list[Row] = [(party_name(facts, w, key), [amount]) for key, amount in committed.items()]
    return [
        head,
        w.money_table(
            w(
                f"Aangegaan voor {facts.year} en nog niet gefactureerd",
                f"Entered into for {facts.year} and not invoiced yet",
            ),
            [w("Verplicht", "Committed")],
            rows,
            total=[sum(committed.values(), ZERO)],
            label=w("Aan wie", "To whom"),
            source=ledger_source(facts, w),
        ),
    ]


def principles(w: Words) -> list[Block]:
    """How the ledger counts; what an alliance has agreed besides stands in the text of the section."""
    return [
        Bullets(
            (
                w(
                    "Bedragen staan in euro's. Elke boeking raakt twee rekeningen voor hetzelfde bedrag; een "
                    "fout wordt met een "
                    "nieuwe boeking hersteld.",
                    "Amounts are in euros. Every booking touches two accounts by the same amount; a mistake is "
                    "put right by a "
                    "new booking.",
                ),
                w(
                    "Baten en lasten tellen in het jaar waarvoor zij bedoeld zijn, ook als zij in een ander "
                    "jaar worden betaald.",
                    "Income and expenditure count in the year that they are meant for, also where they are "
                    "paid in another.",
                ),
                w(
                    "Een bijdrage telt als bate zodra zij is gefactureerd. Cofinanciering telt als bate zodra "
                    "zij bij het fonds is "
                    "gedeclareerd.",
                    "A contribution counts as income once it was invoiced. Co-financing counts as income once "
                    "it was claimed from "
                    "the fund.",
                ),
                w(
                    "Vorderingen en schulden staan tegen de nominale waarde.",
                    "Receivables and payables are stated at face value.",
                ),
                w(
                    "Toezeggingen, toekenningen, begroting en verplichtingen staan buiten de balans, op eigen "
                    "rekeningen met een "
                    "tegenrekening.",
                    "Pledges, grants, budget and commitments stand outside the balance sheet, on accounts of "
                    "their own with a "
                    "counter-account.",
                ),
            )
        )
    ]

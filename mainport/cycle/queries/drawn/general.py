# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Parts that tell the whole: the year at a glance, the alliance, its decisions, how the paper was drawn up."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from mainport.agenda.rules.elements import PILLARS, Kind
from mainport.agenda.rules.status import NEWS, Standing, State
from mainport.cycle.queries.drawn.facts import Facts
from mainport.cycle.queries.drawn.money import BASE
from mainport.cycle.queries.drawn.names import element_name, figures, ledger_source, party_name, uncovered_by_fund
from mainport.cycle.queries.drawn.words import Words
from mainport.cycle.rules.chart import Code
from mainport.cycle.rules.charts import Series, stacked
from mainport.cycle.rules.document import (
    Block,
    Bullets,
    Chart,
    Column,
    Heading,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Table,
    Term,
    Terms,
)
from mainport.cycle.rules.papers import PaperKind, leverage


def at_a_glance(facts: Facts, w: Words, kind: str) -> list[Block]:
    if kind == PaperKind.ANNUAL_REPORT:
        return [*_looking_back(facts, w), *_states_chart(facts, w, facts.then, at_end=True)]
    if kind == PaperKind.ANNUAL_ACCOUNTS:
        return _accounted(facts, w)
    ahead = _looking_ahead(facts, w)
    return ahead if kind == PaperKind.BUDGET else [*ahead, *_states_chart(facts, w, facts.now, at_end=False)]


def _looking_back(facts: Facts, w: Words) -> list[Block]:
    found = figures(facts)
    budget = facts.budget_of()
    income = found["contributions"] + found["co-financing"]
    due = [milestone for milestone in facts.milestones if milestone.due.year == facts.year]
    reached = [m for m in facts.milestones if m.reached_on and m.reached_on.year == facts.year]
    tally = facts.tally(facts.then)
    items = [
        KeyFigure(w.euro(income, cents=False), w("aan baten", "of income"), f"in {facts.year}"),
        KeyFigure(
            w.euro(found["expenditure"], cents=False),
            w("uitgegeven", "spent"),
            w(
                f"{w.percent(found['expenditure'], budget)} van de begroting",
                f"{w.percent(found['expenditure'], budget)} of the budget",
            )
            if budget
            else "",
        ),
        KeyFigure(
            str(sum(count for state, count in tally.items() if state in (State.ON_TRACK, State.DONE))),
            w("opgaven op koers of afgerond", "tasks on track or done"),
            w(f"van de {sum(tally.values())}", f"out of {sum(tally.values())}"),
        ),
    ]
    if due or reached:
        items.append(
            KeyFigure(
                str(len(reached)),
                w("mijlpalen bereikt", "milestones reached"),
                w(f"{len(due)} gepland in {facts.year}", f"{len(due)} planned in {facts.year}"),
            )
        )
    return [KeyFigures(tuple(items)), Paragraph(f"{w('Bron', 'Source')}: {ledger_source(facts, w)}", small=True)]


def _accounted(facts: Facts, w: Words) -> list[Block]:
    found = figures(facts)
    income = found["contributions"] + found["co-financing"]
    sheet = facts.sheets.balance(facts.year)
    when = w(f"31 december {facts.year}", f"31 December {facts.year}")
    items = (
        KeyFigure(w.euro(income), w("aan baten", "of income"), f"in {facts.year}"),
        KeyFigure(w.euro(found["expenditure"]), w("aan lasten", "of expenditure"), f"in {facts.year}"),
        KeyFigure(w.euro(found["result"]), w("resultaat", "result"), f"in {facts.year}"),
        KeyFigure(w.euro(sheet.bank), w("op de bank", "at the bank"), when),
    )
    return [KeyFigures(items), Paragraph(f"{w('Bron', 'Source')}: {ledger_source(facts, w)}", small=True)]


def _looking_ahead(facts: Facts, w: Words) -> list[Block]:
    money, year = facts.money, facts.year
    budget, base = facts.budget_of(), facts.budget_of(fund=BASE)
    factor = leverage(money.not_base(year, Code.PROMISED), base)
    items = [
        KeyFigure(w.euro(budget, cents=False), w("begroot", "budgeted"), str(year)),
        KeyFigure(
            w.euro(money.sum(Code.PLEDGED, year=year), cents=False),
            w("toegezegd door de partners", "pledged by the partners"),
            w("basisfinanciering", "base financing"),
        ),
        KeyFigure(
            w.euro(money.not_base(year, Code.PROMISED), cents=False),
            w("toegekend door fondsen", "promised by funds"),
            w(f"{w.number(factor, 2)} per euro basisgeld", f"{w.number(factor, 2)} for each euro of base money")
            if factor is not None
            else "",
        ),
        KeyFigure(
            w.euro(sum(uncovered_by_fund(facts).values(), Decimal(0)), cents=False),
            w("nog niet gedekt", "not covered yet"),
            w("begroot uit fondsen", "budgeted out of funds"),
        ),
    ]
    return [KeyFigures(tuple(items)), Paragraph(f"{w('Bron', 'Source')}: {ledger_source(facts, w)}", small=True)]


def _states_chart(facts: Facts, w: Words, standings: Mapping[str, Standing], *, at_end: bool) -> list[Block]:
    pillars = [pillar for pillar in facts.of(*PILLARS) if facts.below(pillar.uid, Kind.TASK)]
    if not pillars:
        return []
    tallies = [facts.tally(standings, *(task.uid for task in facts.below(pillar.uid, Kind.TASK))) for pillar in pillars]
    states = [state for state in State if any(state in tally for tally in tallies)]
    drawing = stacked(
        [w.say(pillar.title) for pillar in pillars],
        [Series(w.state(state), tuple(tally.get(state, 0) for tally in tallies)) for state in states],
        language=w.language,
        unit="",
    )
    whole = facts.tally(standings)
    news = sum(count for state, count in whole.items() if state in NEWS)
    when = w(f"eind {facts.year}", f"the end of {facts.year}") if at_end else w.day(facts.today)
    among = sum(whole.values())
    title = w(
        f"Van {news or 'geen'} van de {among} opgaven is bekend hoe zij ervoor staan",
        f"How they stand is known of {news or 'none'} of the {among} tasks",
    )
    table = Table(
        caption=w(
            f"Stand van de opgaven per doel en sector, {when}", f"State of the tasks per goal and sector, {when}"
        ),
        columns=(
            Column(w("Doel of sector", "Goal or sector"), share=2.4),
            *(Column(w.state(s), figures=True, share=1.0) for s in states),
        ),
        rows=tuple(
            (w.say(pillar.title), *(str(tally.get(state, 0)) for state in states))
            for pillar, tally in zip(pillars, tallies, strict=True)
        ),
        total=(w("Totaal", "Total"), *(str(whole.get(state, 0)) for state in states)),
    )
    source = w(
        "goedgekeurde voortgangsberichten van de partners; de slechtste stand telt.",
        "approved progress reports of the partners; the worst state counts.",
    )
    return [Chart(title, drawing.description, drawing.svg, table, source)]


def alliance(facts: Facts, w: Words) -> list[Block]:
    top = facts.agenda.alliance
    blocks: list[Block] = [Paragraph(w.say(top.summary))] if top.summary else []
    for name, nl, en in (("mission", "Missie", "Mission"), ("ambition", "Ambitie", "Ambition")):
        if text := w.say(top.attributes.get(name)):
            blocks += [Heading(2, w(nl, en), f"alliance-{name}"), Paragraph(text)]
    pledged = facts.money.by("party", Code.PLEDGED, year=facts.year)
    rows = [(party_name(facts, w, party), [amount]) for party, amount in sorted(pledged.items(), key=lambda p: -p[1])]
    blocks += [
        Heading(2, w("De partners", "The partners"), "alliance-partners"),
        Bullets(tuple(w.say(partner.title) for partner in facts.of(Kind.PARTNER))),
    ]
    if rows:
        blocks.append(
            w.money_table(
                w(f"Toegezegde basisfinanciering voor {facts.year}", f"Base financing pledged for {facts.year}"),
                [w("Toegezegd", "Pledged")],
                rows,
                total=[sum(pledged.values(), Decimal(0))],
                label=w("Bijdrage", "Contribution"),
                source=ledger_source(facts, w),
            )
        )
    bodies = facts.of(Kind.BODY)
    if bodies:
        blocks += [
            Heading(2, w("Bestuur en uitvoering", "Steering and carrying out"), "alliance-bodies"),
            Terms(tuple(Term(w.say(body.title), w.say(body.summary)) for body in bodies)),
        ]
    return blocks


def decisions(facts: Facts, w: Words) -> list[Block]:
    chosen = [line for line in facts.decisions if line.day.year == facts.year]
    blocks: list[Block] = []
    for line in chosen:
        blocks += [Heading(2, f"{w.day(line.day)}: {w.say(line.title)}")]
        if line.text:
            blocks.append(Paragraph(w.say(line.text)))
        if line.changes:
            names = [_changed_name(facts, w, key) for key in line.changes]
            blocks.append(Paragraph(w(f"Wijzigt: {w.listed(names)}.", f"Changes: {w.listed(names)}."), small=True))
    return blocks


def _changed_name(facts: Facts, w: Words, key: str) -> str:
    """An element by its uid, or an indicator by its key."""
    indicator = next((one.indicator for one in facts.indicators if one.indicator.key == key), None)
    return w.say(indicator.title) if indicator else element_name(facts, w, key)


def account(facts: Facts, w: Words, kind: str) -> list[Block]:
    """How the paper was drawn up, and what its words mean."""
    meanings = _money_terms(w)
    if kind not in (PaperKind.BUDGET, PaperKind.ANNUAL_ACCOUNTS):
        meanings += _state_terms(w)
    drawn = w(
        f"Dit stuk is op {w.day(facts.today)} opgemaakt uit wat op dat moment was vastgelegd: de agenda met haar "
        f"plannen en berichten, de indicatoren zoals zij toen bekend waren, en het grootboek tot en met boeking "
        f"{facts.number}. De teksten zijn door mensen geschreven; tabellen en grafieken volgen uit de vastlegging.",
        f"This paper was drawn up on {w.day(facts.today)} from what was recorded at that moment: the agenda with its "
        f"plans and reports, the indicators as they were known then, and the ledger up to movement {facts.number}. "
        f"The texts were written by people; tables and charts follow from the records.",
    )
    return [Paragraph(drawn), Heading(2, w("Begrippen", "Terms"), "account-terms"), Terms(tuple(meanings))]


def _money_terms(w: Words) -> list[Term]:
    return [
        Term(
            w("Basisfinanciering", "Base financing"),
            w("Wat de partners elk jaar samen toezeggen.", "What the partners together pledge each year."),
        ),
        Term(
            w("Toegezegd, aangevraagd, toegekend", "Pledged, sought, promised"),
            w(
                "Toegezegd is een belofte van een partner, aangevraagd een verzoek aan een fonds, toegekend een "
                "beschikking van een fonds. Pas wat is gefactureerd of gedeclareerd, telt als bate.",
                "A pledge is a partner's promise, what is sought an application to a fund, what is promised a fund's "
                "grant. Only what was invoiced or claimed counts as income.",
            ),
        ),
        Term(
            w("Verplicht", "Committed"),
            w(
                "Een opdracht of toezegging aan een ander die nog niet is gefactureerd.",
                "An order or assignment to another that has not been invoiced yet.",
            ),
        ),
        Term(
            w("Hefboom", "Leverage"),
            w(
                "Euro's van fondsen voor elke euro basisfinanciering: toegekend gedeeld door de begrote "
                "basisfinanciering, "
                "of ontvangen gedeeld door de uitgegeven basisfinanciering.",
                "Euros of funds for each euro of base financing: promised over budgeted base financing, or received "
                "over spent base financing.",
            ),
        ),
        Term(
            w("Nog te dekken", "Not covered yet"),
            w(
                "Wat uit een fonds is begroot en nog niet door dat fonds is toegekend, per opgave en fonds; "
                "nooit minder "
                "dan nul.",
                "What was budgeted out of a fund and is not promised by it yet, per task and fund; never below zero.",
            ),
        ),
    ]


def _state_terms(w: Words) -> list[Term]:
    return [
        Term(
            w("Stand van een opgave", "State of a task"),
            w(
                "Volgt uit de laatste goedgekeurde berichten van de partners; de slechtste telt. Een doel "
                "of sector is "
                "zo ver als zijn slechtste opgave, en goed nieuws telt pas als van meer dan de helft nieuws is.",
                "Follows from the latest approved reports of the partners; the worst counts. A goal or "
                "sector is as its "
                "worst task is, and good news counts only where more than half of the tasks have news.",
            ),
        ),
        Term(
            w("Voortgang van een indicator", "Progress of an indicator"),
            w(
                "Met streefwaarde: de groei tot nu toe tegenover de groei die nodig is. Zonder streefwaarde: of de "
                "waarde de gewenste kant op beweegt. De methode is die van Open SDG.",
                "With a target: growth so far against the growth that is needed. Without one: whether the "
                "value moves "
                "the wished way. The method is that of Open SDG.",
            ),
        ),
    ]

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The chapter of a goal, sector or chapter of the agenda: what was planned, or what came of it."""

from __future__ import annotations

from collections.abc import Iterable

from mainport.agenda.models import Report
from mainport.agenda.rules.elements import Element, Kind
from mainport.agenda.rules.status import State, Status
from mainport.core.rules.dates import first_day, last_day
from mainport.cycle.queries.drawn import indicators
from mainport.cycle.queries.drawn.facts import Facts, Milestone
from mainport.cycle.queries.drawn.money import BASE
from mainport.cycle.queries.drawn.names import element_name, fund_name, ledger_source
from mainport.cycle.queries.drawn.words import DASH, Words
from mainport.cycle.rules.chart import Code
from mainport.cycle.rules.document import Block, Bullets, Column, Heading, Paragraph, Table
from mainport.cycle.rules.papers import PaperKind, paragraphs

_WORKED_ON = (Kind.TASK, Kind.FLAGSHIP, Kind.PROJECT)


def report(facts: Facts, w: Words, uid: str) -> list[Block]:
    """What came of a goal, sector or chapter in the year."""
    pillar = facts.agenda.elements[uid]
    blocks: list[Block] = _aim(pillar, w)
    blocks += _state_table(facts, w, pillar)
    blocks += _measured(facts, w, uid, w("Wat de cijfers zeggen", "What the figures say"))
    for element in facts.below(uid, Kind.TASK):
        blocks += _task_report(facts, w, element)
    blocks += _flagships(facts, w, uid, looks_back=True)
    return blocks


def plan(facts: Facts, w: Words, uid: str, kind: str) -> list[Block]:
    """What will be done for a goal, sector or chapter: in the year, or as an operational plan in all."""
    pillar = facts.agenda.elements[uid]
    whole = kind == PaperKind.IMPLEMENTATION_AGENDA
    blocks: list[Block] = _aim(pillar, w)
    blocks += _plan_table(facts, w, pillar)
    blocks += _measured(facts, w, uid, w("Waaraan wij het afmeten", "How we measure it"))
    for element in facts.below(uid, Kind.TASK):
        blocks += _task_plan(facts, w, element, whole=whole)
    blocks += _flagships(facts, w, uid, looks_back=False)
    return blocks


def _aim(pillar: Element, w: Words) -> list[Block]:
    return (
        [Paragraph(w(f"De ambitie: {w.say(pillar.summary)}", f"The ambition: {w.say(pillar.summary)}"))]
        if pillar.summary
        else []
    )


def _measured(facts: Facts, w: Words, uid: str, title: str) -> list[Block]:
    below = [element.uid for element in facts.below(uid, Kind.TASK, Kind.FLAGSHIP, Kind.PROJECT, Kind.THEME)]
    found = facts.measured(uid, *below)
    if not found:
        return []
    name = w.say(facts.title(uid))
    caption = w(f"Indicatoren bij ‘{name}’", f"Indicators of ‘{name}’")
    blocks: list[Block] = [Heading(2, title, f"{_id(uid)}-figures"), *indicators.tables(found, facts, w, caption)]
    charts = (indicators.chart(one, facts, w) for one in found)
    return [*blocks, *(chart for chart in charts if chart)]


def _id(uid: str) -> str:
    return uid.replace(":", "-", 1)


def _beyond_tasks(facts: Facts, pillar: Element) -> set[str]:
    """What of a goal, sector or chapter lies in none of its tasks: itself, and flagships and projects of its own."""
    whole = {uid for uid, of in facts.pillar_of.items() if of == pillar.uid}
    for task in facts.below(pillar.uid, Kind.TASK):
        whole -= {task.uid, *(element.uid for element in facts.below(task.uid, *_WORKED_ON))}
    return whole


def _beyond_name(w: Words) -> str:
    return w("Buiten de opgaven", "Outside the tasks")


# --- Looking back ---


def _state_table(facts: Facts, w: Words, pillar: Element) -> list[Block]:
    tasks = facts.below(pillar.uid, Kind.TASK)
    if not tasks:
        return []
    rows, budget_all, spent_all = [], facts.budget_of(elements=()), facts.budget_of(elements=())
    for task in tasks:
        inside = {task.uid, *(element.uid for element in facts.below(task.uid, *_WORKED_ON))}
        budget = facts.budget_of(elements=inside)
        spent = facts.money.sum(Code.EXPENDITURE, year=facts.year, element=inside)
        if task.parent == pillar.uid or facts.agenda.elements[task.parent or ""].kind is not Kind.TASK:
            budget_all, spent_all = budget_all + budget, spent_all + spent
        lead = facts.lead(task.uid)
        rows.append(
            (
                element_name(facts, w, task.uid),
                w.say(facts.title(lead)) if lead else DASH,
                w.state(facts.then[task.uid].state),
                w.amount(budget) if budget else DASH,
                w.amount(spent) if spent else DASH,
            )
        )
    rest = _beyond_tasks(facts, pillar)
    budget, spent = (
        facts.budget_of(elements=rest),
        facts.money.sum(Code.EXPENDITURE, year=facts.year, element=rest),
    )
    if budget or spent:
        budget_all, spent_all = budget_all + budget, spent_all + spent
        rows.append((_beyond_name(w), DASH, DASH, w.amount(budget), w.amount(spent)))
    columns = (
        Column(w("Opgave", "Task"), share=2.4),
        Column(w("Trekker", "Lead"), share=1.4),
        Column(w(f"Stand eind {facts.year}", f"State, end of {facts.year}"), share=1.0),
        Column(w("Begroot", "Budgeted"), figures=True, share=0.8),
        Column(w("Besteed", "Spent"), figures=True, share=0.8),
    )
    name = w.say(pillar.title)
    return [
        Table(
            caption=w(
                f"De opgaven van ‘{name}’ in {facts.year} (in hele euro's)",
                f"The tasks of ‘{name}’ in {facts.year} (in whole euros)",
            ),
            columns=columns,
            rows=tuple(rows),
            total=(w("Totaal", "Total"), "", "", w.amount(budget_all), w.amount(spent_all)),
            source=w("voortgangsberichten; grootboek.", "progress reports; ledger."),
        )
    ]


def _task_report(facts: Facts, w: Words, task: Element) -> list[Block]:
    reports = facts.reports_on(task.uid)
    milestones = [
        m for m in facts.milestones_of(task.uid) if facts.year in (m.due.year, m.reached_on and m.reached_on.year)
    ]
    inside = {task.uid, *(element.uid for element in facts.below(task.uid, *_WORKED_ON))}
    money = _task_money(facts, w, inside)
    blocks: list[Block] = [Heading(2, element_name(facts, w, task.uid), _id(task.uid))]
    if task.summary:
        blocks.append(Paragraph(w.say(task.summary)))
    blocks.append(Paragraph(_standing_words(facts, w, task.uid)))
    blocks += [block for one in reports for block in _said(one, w)]
    blocks += _milestones(facts, w, milestones, facts.year)
    return blocks + money


def _standing_words(facts: Facts, w: Words, uid: str) -> str:
    state = facts.then[uid].state
    lead = facts.lead(uid)
    if not lead:
        return w(
            "Voor deze opgave is nog geen plan met een trekker vastgelegd.",
            "There is no plan with a lead for this task yet.",
        )
    partners = [w.say(facts.title(uid)) for uid in facts.named(facts.plan(uid), "partners")]
    told = w(f"Trekker is {w.say(facts.title(lead))}", f"The lead is {w.say(facts.title(lead))}")
    if partners:
        told += w(f"; het werk gebeurt samen met {w.listed(partners)}", f"; the work is done with {w.listed(partners)}")
    if state is State.NO_REPORT:
        return told + w(
            f". Over {facts.year} is geen voortgangsbericht vastgelegd.",
            f". No progress report on {facts.year} was recorded.",
        )
    return told + w(f". Eind {facts.year}: {w.state(state)}.", f". At the end of {facts.year}: {w.state(state)}.")


def _said(one: Report, w: Words) -> Iterable[Block]:
    """What a partner reported, in its own words and language."""
    start, end = one.period.start, one.period.end
    whole = (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) and start.year == end.year
    days = str(start.year) if whole else f"{w.day(start)} {DASH} {w.day(end)}"
    told = [w(f"Voortgangsbericht over {days}", f"Progress report on {days}")]
    names = {"nl": w("in het Nederlands", "in Dutch"), "en": w("in het Engels", "in English")}
    if one.language != w.language and one.language in names:
        told.append(names[one.language])
    if one.demo:
        told.append(w("verzonnen voorbeeld", "invented example"))
    yield Heading(3, f"{one.organisation.name}: {w.state(State(Status(one.status)))}")
    for words in paragraphs(one.words):
        yield Paragraph(words)
    yield Paragraph(f"{', '.join(told)}.", small=True)
    shown = [f"{piece.title}{f' ({piece.url})' if piece.url else ''}" for piece in one.evidence.all()]
    if shown:
        yield Paragraph(w(f"Onderbouwing: {'; '.join(shown)}.", f"Evidence: {'; '.join(shown)}."), small=True)


def _milestones(facts: Facts, w: Words, milestones: list[Milestone], year: int | None) -> list[Block]:
    if not milestones:
        return []
    rows = []
    for milestone in milestones:
        became = w("nog niet bereikt", "not reached yet")
        if milestone.reached_on:
            became = w(f"bereikt op {w.day(milestone.reached_on)}", f"reached on {w.day(milestone.reached_on)}")
        owner = w.say(facts.title(milestone.owner)) if milestone.owner else DASH
        rows.append((w.say(milestone.element.title), w.reduced(milestone.element.attributes["due"]), owner, became))
    columns = (
        Column(w("Mijlpaal", "Milestone"), share=2.2),
        Column(w("Uiterlijk", "By"), share=1.0),
        Column(w("Wie", "Who"), share=1.4),
        Column(w("Stand", "State"), share=1.2),
    )
    caption = w("Mijlpalen", "Milestones") if year is None else w(f"Mijlpalen in {year}", f"Milestones in {year}")
    return [Table(caption, columns, tuple(rows))]


def _task_money(facts: Facts, w: Words, inside: set[str]) -> list[Block]:
    """What it cost, by fund; nothing where no money went to it or was meant for it."""
    money, year = facts.money, facts.year
    budget = {fund: facts.budget_of(fund=fund, elements=inside) for fund in facts.budget_by("fund")}
    spent = money.by("fund", Code.EXPENDITURE, year=year, element=inside)
    committed = money.by("fund", Code.COMMITTED, year=year, element=inside)
    funds = [
        fund
        for fund in sorted({*budget, *spent, *committed}, key=lambda f: (f != BASE, f))
        if budget.get(fund) or spent.get(fund) or committed.get(fund)
    ]
    if not funds:
        return []
    zero = facts.budget_of(elements=())
    rows = [
        (fund_name(facts, w, fund), [budget.get(fund, zero), committed.get(fund, zero), spent.get(fund, zero)])
        for fund in funds
    ]
    total = [sum((row[1][place] for row in rows), zero) for place in range(3)]
    return [
        w.money_table(
            w(f"Geld in {year}", f"Money in {year}"),
            [w("Begroot", "Budgeted"), w("Nog verplicht", "Still committed"), w("Besteed", "Spent")],
            rows,
            total=total if len(rows) > 1 else None,
            label=w("Uit", "Out of"),
            source=ledger_source(facts, w),
        )
    ]


# --- Looking ahead ---


def _plan_table(facts: Facts, w: Words, pillar: Element) -> list[Block]:
    tasks = facts.below(pillar.uid, Kind.TASK)
    if not tasks:
        return []
    rows = []
    zero = facts.budget_of(elements=())
    total = [zero, zero]
    for task in tasks:
        inside = {task.uid, *(element.uid for element in facts.below(task.uid, *_WORKED_ON))}
        budget, base = facts.budget_of(elements=inside), facts.budget_of(fund=BASE, elements=inside)
        if facts.agenda.elements[task.parent or ""].kind is not Kind.TASK:
            total = [total[0] + budget, total[1] + budget - base]
        lead = facts.lead(task.uid)
        rows.append(
            (
                element_name(facts, w, task.uid),
                w.say(facts.title(lead)) if lead else w("nog geen trekker", "no lead yet"),
                w.amount(budget) if budget else DASH,
                w.amount(budget - base) if budget != base else DASH,
            )
        )
    rest = _beyond_tasks(facts, pillar)
    if budget := facts.budget_of(elements=rest):
        funds = budget - facts.budget_of(fund=BASE, elements=rest)
        total = [total[0] + budget, total[1] + funds]
        rows.append((_beyond_name(w), DASH, w.amount(budget), w.amount(funds) if funds else DASH))
    name = w.say(pillar.title)
    return [
        Table(
            caption=w(f"De opgaven van ‘{name}’ (in hele euro's)", f"The tasks of ‘{name}’ (in whole euros)"),
            columns=(
                Column(w("Opgave", "Task"), share=2.4),
                Column(w("Trekker", "Lead"), share=1.4),
                Column(w(f"Begroot {facts.year}", f"Budget {facts.year}"), figures=True, share=0.9),
                Column(w("Waarvan uit fondsen", "Of which out of funds"), figures=True, share=0.9),
            ),
            rows=tuple(rows),
            total=(w("Totaal", "Total"), "", *(w.amount(amount) for amount in total)),
            source=w("plannen van de partners; begroting.", "plans of the partners; budget."),
        )
    ]


def _task_plan(facts: Facts, w: Words, task: Element, *, whole: bool) -> list[Block]:
    found = facts.plan(task.uid)
    blocks: list[Block] = [Heading(2, element_name(facts, w, task.uid), _id(task.uid))]
    if task.summary:
        blocks.append(Paragraph(w.say(task.summary)))
    lead = facts.lead(task.uid)
    if found is None or not lead:
        return [*blocks, Paragraph(_standing_words(facts, w, task.uid))]
    told = w(f"Trekker: {w.say(facts.title(lead))}.", f"Lead: {w.say(facts.title(lead))}.")
    if partners := [w.say(facts.title(uid)) for uid in facts.named(found, "partners")]:
        told += w(f" Samen met {w.listed(partners)}.", f" Together with {w.listed(partners)}.")
    start, end = found.attributes.get("start"), found.attributes.get("end")
    if start and end:
        told += w(
            f" Looptijd: {w.reduced(start)} tot en met {w.reduced(end)}.",
            f" It runs from {w.reduced(start)} to {w.reduced(end)}.",
        )
        if not whole and not first_day(start).year <= facts.year <= last_day(end).year:
            told += w(f" In {facts.year} loopt dit plan niet.", f" The plan does not run in {facts.year}.")
    blocks.append(Paragraph(told))
    if result := w.say(found.attributes.get("result")):
        blocks.append(Paragraph(w(f"Beoogd resultaat: {result}", f"Intended result: {result}")))
    if found.demo:
        blocks.append(
            Paragraph(w("Dit plan is een verzonnen voorbeeld.", "This plan is an invented example."), small=True)
        )
    milestones = [m for m in facts.milestones_of(task.uid) if whole or m.due.year == facts.year]
    blocks += _milestones(facts, w, milestones, None if whole else facts.year)
    risks = [w.say(risk["title"]) for risk in found.attributes.get("risks", ())]
    if risks:
        blocks.append(Paragraph(w(f"Risico: {'; '.join(risks)}", f"Risk: {'; '.join(risks)}")))
    return blocks


def _flagships(facts: Facts, w: Words, uid: str, *, looks_back: bool) -> list[Block]:
    found = facts.below(uid, Kind.FLAGSHIP, Kind.PROJECT)
    if not found:
        return []
    items = []
    for element in found:
        told = w.say(element.title)
        if element.summary:
            told += f": {w.say(element.summary)}"
        budget, spent = (
            facts.budget_of(elements={element.uid}),
            facts.money.sum(Code.EXPENDITURE, year=facts.year, element=element.uid),
        )
        if looks_back and (budget or spent):
            told += w(
                f" Begroot {w.euro(budget)}, besteed {w.euro(spent)}.",
                f" Budgeted {w.euro(budget)}, spent {w.euro(spent)}.",
            )
        elif budget:
            told += w(f" Begroot {w.euro(budget)}.", f" Budgeted {w.euro(budget)}.")
        items.append(told)
    title = w("Vlaggenschepen en projecten", "Flagships and projects")
    blocks: list[Block] = [Heading(2, title, f"{_id(uid)}-flagships"), Bullets(tuple(items))]
    if looks_back:
        for element in found:
            reports = facts.reports_on(element.uid)
            if reports:
                blocks.append(Heading(3, w.say(element.title)))
                blocks += [block for one in reports for block in _said(one, w)]
    return blocks

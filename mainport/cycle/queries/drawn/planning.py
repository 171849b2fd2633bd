# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Parts about the plans: the calendar of milestones, the risks, and what an implementation agenda lacks still."""

from __future__ import annotations

from mainport.agenda.rules.elements import Kind
from mainport.cycle.queries.drawn.facts import Facts
from mainport.cycle.queries.drawn.names import element_name
from mainport.cycle.queries.drawn.words import DASH, Words
from mainport.cycle.rules.document import Block, Bullets, Column, Heading, Paragraph, Table
from mainport.cycle.rules.papers import PaperKind


def calendar(facts: Facts, w: Words, kind: str) -> list[Block]:
    """The milestones of the year; of the implementation agenda, all."""
    whole = kind == PaperKind.IMPLEMENTATION_AGENDA
    chosen = [milestone for milestone in facts.milestones if whole or milestone.due.year == facts.year]
    if not chosen:
        return [
            Paragraph(
                w(
                    "Er zijn nog geen mijlpalen vastgelegd." if whole else f"In {facts.year} valt geen mijlpaal.",
                    "No milestones have been laid down yet." if whole else f"No milestone falls in {facts.year}.",
                )
            )
        ]
    rows = tuple(
        (
            w.reduced(milestone.element.attributes["due"]),
            w.say(milestone.element.title),
            element_name(facts, w, milestone.of).split(" ")[0]
            if milestone.of.startswith("task:")
            else element_name(facts, w, milestone.of),
            w.say(facts.title(milestone.owner)) if milestone.owner else DASH,
        )
        for milestone in chosen
    )
    columns = (
        Column(w("Uiterlijk", "By"), share=1.0),
        Column(w("Mijlpaal", "Milestone"), share=2.2),
        Column(w("Opgave", "Task"), share=0.8),
        Column(w("Wie", "Who"), share=1.6),
    )
    caption = w("Alle mijlpalen, op datum", "All milestones, by date")
    if not whole:
        caption = w(f"Mijlpalen van {facts.year}, op datum", f"Milestones of {facts.year}, by date")
    return [Table(caption, columns, rows, source=w("plannen van de partners.", "plans of the partners."))]


def risks(facts: Facts, w: Words) -> list[Block]:
    rows: list[tuple[str, ...]] = []
    for plan in facts.of(Kind.PLAN):
        for risk in plan.attributes.get("risks", ()):
            answer = w.say(risk.get("measure"))
            rows.append((element_name(facts, w, plan.parent or ""), w.say(risk["title"]), answer or DASH))
    if not rows:
        return [Paragraph(w("In de plannen staan nog geen risico's.", "The plans name no risks yet."))]
    answered = any(row[2] != DASH for row in rows)
    columns = (
        Column(w("Waarbij", "Where"), share=1.4),
        Column(w("Risico", "Risk"), share=2.0),
        Column(w("Wat eraan gedaan wordt", "What is done about it"), share=1.6),
    )
    caption = w("Risico's in de plannen", "Risks in the plans")
    source = w("plannen van de partners.", "plans of the partners.")
    if not answered:
        return [Table(caption, columns[:2], tuple(row[:2] for row in rows), source=source)]
    return [Table(caption, columns, tuple(rows), source=source)]


def lacking(facts: Facts, w: Words) -> list[Block]:
    """What an implementation agenda should have and hasn't."""
    tasks = facts.of(Kind.TASK)
    without_plan = [task for task in tasks if not facts.lead(task.uid)]
    without_milestone = [task for task in tasks if facts.lead(task.uid) and not facts.milestones_of(task.uid)]
    without_indicator = [task for task in tasks if not facts.measured(task.uid)]
    without_target = [one for one in facts.indicators if not one.goals]
    blocks: list[Block] = []
    for title, names in (
        (w("Opgaven zonder trekker", "Tasks without a lead"), [element_name(facts, w, t.uid) for t in without_plan]),
        (
            w("Opgaven zonder mijlpaal", "Tasks without a milestone"),
            [element_name(facts, w, task.uid) for task in without_milestone],
        ),
        (
            w("Opgaven zonder eigen indicator", "Tasks without an indicator of their own"),
            [element_name(facts, w, task.uid) for task in without_indicator],
        ),
        (
            w("Indicatoren zonder streefwaarde", "Indicators without a target"),
            [w.say(one.indicator.title) for one in without_target],
        ),
    ):
        if names:
            blocks += [Heading(2, f"{title} ({len(names)})"), Bullets(tuple(names))]
    return blocks or [Paragraph(w("Er ontbreekt niets.", "Nothing is lacking."))]

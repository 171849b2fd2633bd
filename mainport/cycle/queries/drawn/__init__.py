# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Draws up a paper as a document: what people wrote, and beside it what follows from what is stored."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils import timezone

from mainport.agenda.rules.elements import Kind
from mainport.core.rules.languages import EVERY_LANGUAGE, Text
from mainport.cycle.models import Paper
from mainport.cycle.queries.drawn import accounts, budgeting, finance, general, indicators, pillars, planning
from mainport.cycle.queries.drawn.facts import Facts, NoAgenda, read
from mainport.cycle.queries.drawn.names import figures
from mainport.cycle.queries.drawn.words import Words
from mainport.cycle.rules.document import Block, Document, Heading, Note, PageBreak, Paragraph
from mainport.cycle.rules.papers import Part, SectionPlan, Written, paragraphs

__all__ = ["Facts", "NoAgenda", "figures", "read", "write_up"]

#: Blocks of a chapter that needs a page of its own.
_LONG = 5

_Drawer = Callable[[Facts, Words, SectionPlan, str], list[Block]]

_PARTS: dict[Part, _Drawer] = {
    Part.AT_A_GLANCE: lambda f, w, _s, kind: general.at_a_glance(f, w, kind),
    Part.ALLIANCE: lambda f, w, _s, _k: general.alliance(f, w),
    Part.PILLAR_REPORT: lambda f, w, section, _k: pillars.report(f, w, section.element),
    Part.PILLAR_PLAN: lambda f, w, section, kind: pillars.plan(f, w, section.element, kind),
    Part.INDICATORS: lambda f, w, _s, _k: indicators.all_indicators(f, w),
    Part.CALENDAR: lambda f, w, _s, kind: planning.calendar(f, w, kind),
    Part.RISKS: lambda f, w, _s, _k: planning.risks(f, w),
    Part.LACKING: lambda f, w, _s, _k: planning.lacking(f, w),
    Part.BUDGET: lambda f, w, _s, _k: budgeting.budget(f, w),
    Part.COVER: lambda f, w, _s, _k: budgeting.cover(f, w),
    Part.COFINANCING: lambda f, w, _s, _k: budgeting.cofinancing(f, w),
    Part.YEARS: lambda f, w, _s, _k: budgeting.years(f, w),
    Part.INCOME: lambda f, w, _s, _k: finance.income(f, w),
    Part.SPENDING: lambda f, w, _s, _k: finance.spending(f, w),
    Part.BALANCE: lambda f, w, _s, _k: accounts.balance(f, w),
    Part.RESULT: lambda f, w, _s, _k: accounts.result(f, w),
    Part.NOTES: lambda f, w, _s, _k: accounts.notes(f, w),
    Part.PRINCIPLES: lambda _f, w, _s, _k: accounts.principles(w),
    Part.DECISIONS: lambda f, w, _s, _k: general.decisions(f, w),
    Part.ACCOUNT: lambda f, w, _s, kind: general.account(f, w, kind),
}


def write_up(paper: Paper, facts: Facts, language: str, sections: Sequence[tuple[SectionPlan, Text]]) -> Document:
    """The whole paper in one language; `sections` are its sections in their order with what was written in them.

    A paper that bears the day of its decision says so; any other says that it is a draft.
    """
    w = Words(language)
    kind = facts.agenda.elements.get(f"{Kind.PAPER}:{paper.kind}")
    title = f"{w.say(kind.title) if kind else paper.kind} {paper.year}"
    alliance = w.say(facts.agenda.alliance.title)
    blocks: list[Block] = _warnings(paper, facts, w)
    chapters = [(plan, _section(facts, w, plan, text, paper)) for plan, text in sections]
    for place, (plan, chapter) in enumerate(chapters):
        on_its_own = len(chapter) > _LONG or Part.BALANCE in plan.parts
        blocks += [PageBreak(), *chapter] if place and on_its_own else chapter
    state = _state(paper, w)
    invented = w(" · met verzonnen gegevens", " · with invented data") if _invented(paper, facts) else ""
    return Document(
        title=title,
        subtitle=alliance,
        language=language,
        date=facts.today.isoformat(),
        author=alliance,
        blocks=tuple(blocks),
        footer=f"{title} · {state}{invented}",
        facts=_facts(paper, facts, w),
        summary=w(f"{title} van {alliance}.", f"{title} of {alliance}."),
        keywords=(w.say(kind.title) if kind else paper.kind, str(paper.year), alliance),
        state=state,
    )


def _facts(paper: Paper, facts: Facts, w: Words) -> dict[str, str]:
    """What the paper was drawn up from, as its cover says it."""
    found = {
        w("Grootboek", "Ledger"): w(f"boeking 1 tot en met {facts.number}", f"movements 1 to {facts.number}"),
        w("Indicatoren", "Indicators"): w(f"zoals bekend op {w.day(facts.today)}", f"as known on {w.day(facts.today)}"),
    }
    if paper.edition:
        found[w("Bevroren editie", "Frozen edition")] = f"{paper.edition.key}, SHA-256 {paper.edition.sha256[:16]}…"
    return found | ({w("Besluit", "Decision"): paper.decision} if paper.decision else {})


def _state(paper: Paper, w: Words) -> str:
    version = w(f"versie {paper.version}", f"version {paper.version}")
    if paper.decided_at is None:
        return w(f"concept, {version}", f"draft, {version}")
    day = w.day(timezone.localdate(paper.decided_at))
    by = w(f", besluit {paper.decision}", f", decision {paper.decision}") if paper.decision else ""
    return w(f"vastgesteld op {day}{by}, {version}", f"decided on {day}{by}, {version}")


def _invented(paper: Paper, facts: Facts) -> bool:
    return paper.demo or facts.invented


def _warnings(paper: Paper, facts: Facts, w: Words) -> list[Block]:
    blocks: list[Block] = []
    if _invented(paper, facts):
        blocks.append(
            Note(
                w(
                    "Dit stuk is een voorbeeld om Mainport te leren kennen. Teksten, bedragen en "
                    "voortgangsberichten zijn "
                    "verzonnen; niemand heeft dit gemeld, besloten of uitgegeven. De doelen en opgaven van de "
                    "agenda, de "
                    "toegezegde bijdragen en de cijfers met een bron zijn echt.",
                    "This paper is an example, to get to know Mainport. Texts, amounts and progress reports "
                    "are invented; "
                    "nobody reported, decided or spent any of it. The agenda's goals and tasks, the "
                    "contributions that were "
                    "pledged, and figures that name a source are real.",
                ),
                title=w("Verzonnen voorbeeld", "Invented example"),
                attention=True,
            )
        )
    if paper.decided_at is None:
        blocks.append(
            Note(
                w(
                    f"Dit is een concept van {w.day(facts.today)}. Teksten en cijfers kunnen nog veranderen.",
                    f"This is a draft of {w.day(facts.today)}. Texts and figures may still change.",
                ),
                title=w("Concept", "Draft"),
                attention=True,
            )
        )
    return blocks


def _section(facts: Facts, w: Words, plan: SectionPlan, text: Text, paper: Paper) -> list[Block]:
    """A chapter: its text, then what is drawn up. What has neither is left out, unless it must still be written."""
    written = _written(w, text)
    drawn = [block for part in plan.parts for block in _PARTS[part](facts, w, plan, paper.kind)]
    if not written and not drawn and plan.written is not Written.REQUIRED:
        return []
    if not written and plan.written is Written.REQUIRED:
        prompt = w.say(plan.prompt)
        written = [
            Note(
                prompt or w("Hier moet nog iets worden geschreven.", "Something is still to be written here."),
                title=w("Tekst ontbreekt nog", "Text is still missing"),
            )
        ]
    return [Heading(1, w.say(plan.title), plan.key), *written, *drawn]


def _written(w: Words, text: Text) -> list[Block]:
    words = text.get(w.language) or text.get(EVERY_LANGUAGE, "")
    blocks: list[Block] = []
    if not words and any(text.values()):
        blocks.append(
            Paragraph(
                w("Deze tekst is er nog niet in het Nederlands.", "This text isn't there in English yet."), small=True
            )
        )
        words = w.say(text)
    found = paragraphs(words)
    return blocks + [Paragraph(one, lead=place == 0 and len(found) > 1) for place, one in enumerate(found)]

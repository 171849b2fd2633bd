# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What each of the yearly papers is made of: its sections, who must write them, what is drawn up beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

Text = Mapping[str, str]


class PaperKind(StrEnum):
    """The papers that Mainport knows: keys of the agenda's `paper` elements. Others get `OTHER`'s sections."""

    IMPLEMENTATION_AGENDA = "implementation-agenda"
    ANNUAL_PLAN = "annual-plan"
    BUDGET = "budget"
    ANNUAL_ACCOUNTS = "annual-accounts"
    ANNUAL_REPORT = "annual-report"


class Written(StrEnum):
    """Whether people write in a section."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    NEVER = "never"  # It consists of what is drawn up.


class Part(StrEnum):
    """What is drawn up from what is stored, beside the text of a section."""

    AT_A_GLANCE = "at-a-glance"
    ALLIANCE = "alliance"
    PILLAR_PLAN = "pillar-plan"
    PILLAR_REPORT = "pillar-report"
    INDICATORS = "indicators"
    CALENDAR = "calendar"
    RISKS = "risks"
    LACKING = "lacking"
    BUDGET = "budget"
    COVER = "cover"
    COFINANCING = "co-financing"
    YEARS = "years"
    INCOME = "income"
    SPENDING = "spending"
    BALANCE = "balance"
    RESULT = "result"
    NOTES = "notes"
    PRINCIPLES = "principles"
    DECISIONS = "decisions"
    ACCOUNT = "account"


@dataclass(frozen=True)
class SectionPlan:
    """A section as every paper of its kind has it. `element` is the uid of the goal, sector or chapter it is about.

    `prompt` tells the writer what belongs here.
    """

    key: str
    title: Text
    written: Written
    parts: tuple[Part, ...] = ()
    prompt: Text | None = None
    element: str = ""


@dataclass(frozen=True)
class DecisionLine:
    """A decision of the year, as whoever keeps the register tells it to a paper."""

    key: str
    day: date
    title: Text
    text: Text | None = None
    changes: Sequence[str] = ()  # What it changed: uids of elements, keys of indicators.


@dataclass(frozen=True)
class Pillar:
    """A goal, sector or chapter of the agenda."""

    uid: str
    title: Text


#: Stands for one section for each goal, sector and chapter.
_EACH_PILLAR = "each-pillar"
_R, _O, _N = Written.REQUIRED, Written.OPTIONAL, Written.NEVER


def _section(
    key: str, nl: str, en: str, written: Written, *parts: Part, prompt: tuple[str, str] | None = None
) -> SectionPlan:
    asked = {"nl": prompt[0], "en": prompt[1]} if prompt else None
    return SectionPlan(key, {"nl": nl, "en": en}, written, parts, asked)


_FOREWORD = _section(
    "foreword",
    "Voorwoord",
    "Foreword",
    _R,
    prompt=(
        "Wat betekende dit jaar voor de regio? Namens de stuurgroep.",
        "What did this year mean for the region? On behalf of the steering group.",
    ),
)
_ACCOUNT = _section("account", "Verantwoording", "How this paper was drawn up", _N, Part.ACCOUNT)
_DECISIONS = _section("decisions", "Besluiten", "Decisions", _O, Part.DECISIONS)
_YEARS = _section("years", "Meerjarenbeeld", "Multi-year view", _O, Part.YEARS)

_PILLAR_REPORT = _section(
    _EACH_PILLAR,
    "",
    "",
    _R,
    Part.PILLAR_REPORT,
    prompt=(
        "Wat hebben de partners hier bereikt, wat niet, en wat is daarvan geleerd?",
        "What did the partners achieve here, what didn't they, and what was learnt from it?",
    ),
)
_PILLAR_PLAN = _section(
    _EACH_PILLAR,
    "",
    "",
    _O,
    Part.PILLAR_PLAN,
    prompt=("Wat gaan de partners hier dit jaar doen, en waarom?", "What will the partners do here, and why?"),
)

_KINDS: dict[str, tuple[SectionPlan, ...]] = {
    PaperKind.ANNUAL_REPORT: (
        _FOREWORD,
        _section(
            "summary",
            "Het jaar in het kort",
            "The year in brief",
            _R,
            Part.AT_A_GLANCE,
            prompt=("De kern van het verslag, in een halve pagina.", "The core of the report, in half a page."),
        ),
        _section("alliance", "Over het samenwerkingsverband", "About the alliance", _O, Part.ALLIANCE),
        _PILLAR_REPORT,
        _section("indicators", "De indicatoren op een rij", "All indicators", _O, Part.INDICATORS),
        _section(
            "money",
            "Geld",
            "Money",
            _R,
            Part.INCOME,
            Part.SPENDING,
            prompt=(
                "Waar kwam het geld vandaan, waar ging het heen, en wat wijkt af van de begroting?",
                "Where did the money come from, where did it go, and what differs from the budget?",
            ),
        ),
        _YEARS,
        _DECISIONS,
        _section(
            "outlook",
            "Vooruitblik",
            "Outlook",
            _R,
            prompt=("Wat staat het komende jaar centraal?", "What matters most in the coming year?"),
        ),
        _ACCOUNT,
    ),
    PaperKind.ANNUAL_ACCOUNTS: (
        _section(
            "management",
            "Bestuursverslag",
            "Management report",
            _R,
            Part.AT_A_GLANCE,
            prompt=(
                "De financiële gang van zaken in het kort, en de belangrijkste risico's.",
                "The financial course of the year in brief, and the main risks.",
            ),
        ),
        _section("balance", "Balans", "Balance sheet", _N, Part.BALANCE),
        _section("result", "Staat van baten en lasten", "Statement of income and expenditure", _N, Part.RESULT),
        _section("principles", "Grondslagen", "Accounting principles", _O, Part.PRINCIPLES),
        _section("notes", "Toelichting op de balans", "Notes to the balance sheet", _O, Part.NOTES),
        _section("income", "Toelichting op de baten", "Notes to the income", _O, Part.INCOME),
        _section(
            "spending",
            "Toelichting op de lasten",
            "Notes to the expenditure",
            _R,
            Part.SPENDING,
            prompt=(
                "Verklaar de verschillen tussen begroting en uitgaven.",
                "Explain the differences between budget and expenditure.",
            ),
        ),
        _section("events", "Gebeurtenissen na balansdatum", "Events after the balance sheet date", _O),
        _ACCOUNT,
    ),
    PaperKind.BUDGET: (
        _section(
            "explanation",
            "Toelichting",
            "Explanation",
            _R,
            Part.AT_A_GLANCE,
            prompt=("Welke keuzes maakt deze begroting?", "Which choices does this budget make?"),
        ),
        _section(
            "budget", "Begroting per doel, opgave en project", "Budget per goal, task and project", _O, Part.BUDGET
        ),
        _section(
            "cover",
            "Dekking",
            "How it is paid",
            _O,
            Part.COVER,
            prompt=(
                "Is nog niet alles gedekt? Zeg dan hoe het tekort wordt opgevangen.",
                "Isn't everything covered yet? Then say how the gap will be met.",
            ),
        ),
        _section("co-financing", "Cofinanciering", "Co-financing", _O, Part.COFINANCING),
        _YEARS,
        _ACCOUNT,
    ),
    PaperKind.ANNUAL_PLAN: (
        _section(
            "priorities",
            "Prioriteiten",
            "Priorities",
            _R,
            Part.AT_A_GLANCE,
            prompt=("Wat staat dit jaar voorop?", "What comes first this year?"),
        ),
        _PILLAR_PLAN,
        _section(
            "co-financing",
            "Benodigde cofinanciering",
            "Co-financing that is needed",
            _R,
            Part.COFINANCING,
            prompt=("Welk geld van anderen is nodig, en waarvoor?", "Which money of others is needed, and for what?"),
        ),
        _section("budget", "Wat het kost", "What it costs", _O, Part.BUDGET, Part.COVER),
        _section("calendar", "Kalender", "Calendar", _N, Part.CALENDAR),
        _section("indicators", "Waaraan wij het afmeten", "How we measure it", _O, Part.INDICATORS),
        _section("risks", "Risico's", "Risks", _O, Part.RISKS),
        _ACCOUNT,
    ),
    PaperKind.IMPLEMENTATION_AGENDA: (
        _section(
            "introduction",
            "Inleiding",
            "Introduction",
            _R,
            Part.AT_A_GLANCE,
            prompt=("Hoe brengen de partners de agenda in uitvoering?", "How do the partners carry out the agenda?"),
        ),
        _PILLAR_PLAN,
        _section(
            "indicators", "Meetbare doelen en indicatoren", "Measurable goals and indicators", _O, Part.INDICATORS
        ),
        _section("calendar", "Mijlpalen", "Milestones", _N, Part.CALENDAR),
        _section("risks", "Risico's", "Risks", _O, Part.RISKS),
        _section("lacking", "Wat nog ontbreekt", "What is lacking still", _O, Part.LACKING),
        _ACCOUNT,
    ),
}
_OTHER = (
    _section("introduction", "Inleiding", "Introduction", _R, Part.AT_A_GLANCE),
    _PILLAR_PLAN,
    _ACCOUNT,
)


def sections(kind: str, pillars: Iterable[Pillar]) -> tuple[SectionPlan, ...]:
    """The sections of a paper of this kind, in their order, with one for each goal, sector and chapter."""
    return tuple(_expanded(_KINDS.get(kind, _OTHER), tuple(pillars)))


def _expanded(plans: Iterable[SectionPlan], pillars: Sequence[Pillar]) -> Iterator[SectionPlan]:
    for plan in plans:
        if plan.key != _EACH_PILLAR:
            yield plan
            continue
        for pillar in pillars:
            key = pillar.uid.replace(":", "-", 1)
            yield SectionPlan(key, pillar.title, plan.written, plan.parts, plan.prompt, pillar.uid)


def in_order(plans: Iterable[SectionPlan], before: Sequence[str]) -> list[SectionPlan]:
    """The sections in the order of the paper before; those that it hadn't come after what precedes them here."""
    plans = list(plans)
    order: list[str] = [key for key in before if any(plan.key == key for plan in plans)]
    for place, plan in enumerate(plans):
        if plan.key not in order:
            previous = plans[place - 1].key if place else ""
            order.insert(order.index(previous) + 1 if previous in order else 0, plan.key)
    return sorted(plans, key=lambda plan: order.index(plan.key))


@dataclass(frozen=True)
class Lacking:
    """A section that must be written and isn't, in these languages."""

    section: str
    languages: tuple[str, ...]

    def __str__(self) -> str:
        return f"section {self.section}: found no text in {' and '.join(self.languages)}, expected one"


def lacking(plans: Iterable[SectionPlan], texts: Mapping[str, Text], languages: Sequence[str]) -> list[Lacking]:
    """What must still be written before the paper can be decided."""
    found: list[Lacking] = []
    for plan in plans:
        text = texts.get(plan.key, {})
        absent = tuple(language for language in languages if not text.get(language, "").strip())
        # What may be left open is left open in every language, or written in every one.
        if absent and (plan.written is Written.REQUIRED or len(absent) < len(languages)):
            found.append(Lacking(plan.key, absent))
    return found


def paragraphs(text: str) -> list[str]:
    """A text as it was typed, in paragraphs: an empty line parts them."""
    return [" ".join(block.split()) for block in text.replace("\r\n", "\n").split("\n\n") if block.strip()]


def leverage(drawn: Decimal, base: Decimal) -> Decimal | None:
    """Euro of others for each euro of base money; None without base money."""
    return (drawn / base).quantize(Decimal("0.01")) if base > 0 else None


def uncovered(budgeted: Decimal, promised: Decimal) -> Decimal:
    """What was budgeted out of a fund and isn't promised, never below zero."""
    return max(budgeted - promised, Decimal("0.00"))

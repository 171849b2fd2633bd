# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The five bands of a page: who, plan, money, measured, decided and learnt.

Every task, flagship and project shows the same five in the same order. Each is made by one function
of a `Subject`, listed in `BANDS`; a room that has something to show puts its own function there.
A band that has nothing yet says what is missing and who could fill it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainport.agenda.models import Element, Report
from mainport.agenda.queries import Neighbourhood
from mainport.agenda.queries.reporting import MilestoneView
from mainport.agenda.rules.elements import Kind
from mainport.board.queries import Brief as Decided
from mainport.board.queries import ToDo
from mainport.catalogue.queries.learnt import NOTHING, Learnt
from mainport.core.rules.dates import first_day, last_day
from mainport.cycle.queries.money import OfElements
from mainport.monitor.queries.measured import Brief
from mainport.monitor.rules.summary import Verdict
from mainport.web.agenda import labels, of_learnt
from mainport.web.agenda.addresses import url_of
from mainport.web.board.labels import STANDINGS
from mainport.web.charts.timeline import Point, draw
from mainport.web.money import of_element
from mainport.web.monitor.kept import Kept
from mainport.web.templatetags.mainport import euro, number, when, words


@dataclass(frozen=True)
class Subject:
    """What a band is about, with all that its page has read."""

    element: Element
    around: Neighbourhood
    milestones: Sequence[MilestoneView]
    reports: Sequence[Report]
    today: date
    edit_url: str = ""  # where this reader may lay down or change the plan
    indicators: Sequence[Kept] = ()  # those that the page shows, what can be seen first
    all_indicators: Sequence[Brief] = ()
    dashboard_url: str = ""  # the page of all of them, where there are more
    decisions: Sequence[Decided] = ()
    money: OfElements | None = None  # what is booked on it and below it
    learnt: Learnt = NOTHING  # works about it, and advice that was adopted for it

    @property
    def to_do(self) -> list[ToDo]:
        """What must still be done after decisions, what is due first in front."""
        return sorted((one for decision in self.decisions for one in decision.to_do), key=lambda one: (one.due, one.id))

    @property
    def plan(self) -> Element | None:
        return self.around.plan

    def named(self, role: str) -> list[Element]:
        """Whom the plan names in this field, or else the element itself."""
        own = self.around.targets(role)
        return (self.around.targets(role, self.plan) if self.plan else []) or own

    def holder(self, *roles: str) -> Element:
        """Which of the two names somebody in these fields: the plan, or else the element itself."""
        return self.plan if self.plan and any(self.around.targets(role, self.plan) for role in roles) else self.element

    def value(self, name: str) -> Any:
        """What the plan says in this field, or else the element itself."""
        planned = self.plan.attributes.get(name) if self.plan else None
        return planned or self.element.attributes.get(name)


@dataclass(frozen=True)
class BigFigure:
    """The one figure of a band that matters most."""

    value: str
    label: str
    unit: str = ""
    source: str = ""
    source_url: str = ""
    demo: bool = False


@dataclass(frozen=True)
class Band:
    """One band: its figure and a template for its body, or what is missing."""

    id: str
    title: str
    question: str
    figure: BigFigure | None = None
    template: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)
    missing: str = ""
    filler: str = ""
    url: str = ""
    url_label: str = ""


Build = Callable[[Subject], Band]


def bands(subject: Subject) -> list[Band]:
    """All bands of this subject, in their order."""
    return [build(subject) for build in BANDS]


# --- Who ---


@dataclass(frozen=True)
class Party:
    element: Element
    role: str


def who(subject: Subject) -> Band:
    leads, partners = subject.named("lead"), subject.named("partners")
    parties = [Party(lead, str(labels.FIELDS["lead"])) for lead in leads]
    parties += [Party(p, str(labels.one(p.kind))) for p in partners if p.pk not in {lead.pk for lead in leads}]
    band: dict[str, Any] = {"id": "who", "title": _("Who"), "question": _("Who leads, and who takes part?")}
    if not parties:
        return Band(
            **band,
            missing=_("Nobody has taken the lead yet."),
            filler=_("the programme office, with the partners"),
            **_way_in(subject, reverse("partner_list"), _("The partners of the alliance")),
        )
    return Band(
        **band,
        figure=BigFigure(
            value=number(len(parties)),
            label=_who_label(leads, len(parties)),
            **_source(subject.holder("lead", "partners")),
        ),
        template="agenda/bands/who.html",
        context={
            "parties": parties,
            "count": subject.element.attributes.get("partners_count"),
            "to_do": to_do_rows(subject.to_do),
            "forums": subject.named("forums"),
            "instruments": [
                link.element
                for link in subject.around.pointing
                if link.role == "tasks" and link.element.kind == Kind.INSTRUMENT
            ],
        },
    )


def _who_label(leads: Sequence[Element], count: int) -> str:
    if leads and count == 1:
        return _("organisation: %(lead)s leads") % {"lead": words(leads[0].title)}
    if leads:
        return _("organisations; %(lead)s leads") % {"lead": words(leads[0].title)}
    return ngettext("organisation takes part; nobody leads yet", "organisations take part; nobody leads yet", count)


# --- Plan ---


@dataclass(frozen=True)
class MilestoneRow:
    """A milestone as the list under the line shows it."""

    number: int
    element: Element
    due: str
    state: str
    word: str
    owner: str
    owner_url: str


def plan(subject: Subject) -> Band:
    band: dict[str, Any] = {"id": "plan", "title": _("Plan"), "question": _("What is ready when?")}
    if not (subject.plan or subject.milestones or subject.reports or subject.value("start") or subject.value("end")):
        return Band(
            **band,
            missing=_("There is no plan with milestones yet."),
            filler=_("the organisation that leads, or the programme office"),
            **_way_in(subject, reverse("implementation_agenda"), _("All plans: the implementation agenda")),
        )
    rows = milestone_rows(subject.milestones)
    return Band(
        **band,
        figure=_plan_figure(subject),
        template="agenda/bands/plan.html",
        context={
            "rows": rows,
            "drawings": _drawings(subject, rows),
            "start": subject.value("start"),
            "end": subject.value("end"),
            "result": subject.value("result"),
            "risks": subject.value("risks") or [],
            "depends_on": subject.around.targets("depends_on", subject.plan) if subject.plan else [],
            "reports": subject.reports,
            "today": subject.today,
            "plan": subject.plan,
        },
    )


def _plan_figure(subject: Subject) -> BigFigure | None:
    source = _source(subject.plan or subject.element)
    if subject.milestones:
        reached = sum(view.reached_on is not None for view in subject.milestones)
        all_of_them = len(subject.milestones)
        return BigFigure(
            value=_("%(reached)s of %(all)s") % {"reached": number(reached), "all": number(all_of_them)},
            label=ngettext("milestone reached", "milestones reached", all_of_them),
            **source,
        )
    if subject.value("end"):
        return BigFigure(value=when(subject.value("end"))[-4:], label=_("is the year in which this ends"), **source)
    return None


def milestone_rows(views: Sequence[MilestoneView]) -> list[MilestoneRow]:
    """The milestones by day, numbered, each with its state in a word."""
    return [
        MilestoneRow(
            number=at,
            element=view.element,
            due=view.element.attributes["due"],
            state="done" if view.reached_on else "behind" if view.overdue else "no-report",
            word=_reached_word(view),
            owner=words(view.owner_title),
            owner_url=url_of(view.owner) if view.owner else "",
        )
        for at, view in enumerate(views, start=1)
    ]


def _reached_word(view: MilestoneView) -> str:
    if view.reached_on:
        return _("Reached on %(day)s") % {"day": when(view.reached_on)}
    return _("Past its day") if view.overdue else _("To come")


def _drawings(subject: Subject, rows: Sequence[MilestoneRow]) -> list[Any]:
    """The line of time twice: for a wide screen and for a small one; only one of them is shown."""
    if not rows:
        return []
    days = [view.due for view in subject.milestones]
    start, end = subject.value("start"), subject.value("end")
    points = [Point(row.number, day, row.state) for row, day in zip(rows, days, strict=True)]
    return [
        draw(
            points,
            start=first_day(start) if start else min(days),
            end=last_day(end) if end else max(days),
            today=subject.today,
            width=width,
        )
        for width in (760, 320)
    ]


# --- Money, measured, decided and learnt ---


def money(subject: Subject) -> Band:
    """What the ledger says of it and of all below it; else the budgets that the agenda names."""
    band: dict[str, Any] = {"id": "money", "title": _("Money"), "question": _("Who pays, and what is covered?")}
    budgets = [e for e in (subject.element, *subject.around.all_below(Kind.PROJECT)) if e.attributes.get("budget")]
    context: dict[str, Any] = {"budgets": budgets}
    if subject.money and subject.money.sheet.rows:
        inside = any(e.kind in (Kind.TASK, Kind.FLAGSHIP, Kind.PROJECT) for e in subject.around.below)
        context |= of_element.context(subject.money, inside=inside)
        figure = BigFigure(**of_element.figure(subject.money, subject.today))
        return Band(**band, figure=figure, template="agenda/bands/money.html", context=context)
    if not budgets:
        return Band(
            **band,
            missing=_("Nothing has been budgeted or spent for this yet."),
            filler=_("the programme office, with the yearly budget"),
            url=reverse("money"),
            url_label=_("All money of the alliance"),
        )
    label = ngettext("is the budget of the project", "is the budget of the projects together", len(budgets))
    together = euro(sum(e.attributes["budget"] for e in budgets))
    return Band(
        **band,
        figure=BigFigure(value=together, label=label, **_source(budgets[0])),
        template="agenda/bands/money.html",
        context=context,
    )


def measured(subject: Subject) -> Band:
    band: dict[str, Any] = {"id": "measured", "title": _("Measured"), "question": _("What changes?")}
    if not subject.all_indicators:
        return Band(
            **band,
            missing=_("No indicator with a target has been agreed yet."),
            filler=_("the programme office, with the outside monitors"),
            url=reverse("monitor_list"),
            url_label=_("The monitors that the agenda names"),
        )
    first = subject.indicators[0] if subject.indicators else None
    return Band(
        **band,
        figure=BigFigure(
            value=first.last,
            unit=words(first.definition.unit),
            label=f"{words(first.definition.title)}, {first.last_period}",
            source=first.origin,
            demo=first.demo,
        )
        if first and first.main
        else None,
        template="monitor/band.html",
        context={
            "items": subject.indicators,
            "count": len(subject.all_indicators),
            "without_target": sum(
                not one.with_target and one.verdict is not Verdict.RECOUNTING for one in subject.all_indicators
            ),
            "recounting": sum(one.verdict is Verdict.RECOUNTING for one in subject.all_indicators),
            "dashboard_url": subject.dashboard_url,
        },
    )


def learnt(subject: Subject) -> Band:
    """What was decided, what was found out and which advice was adopted."""
    band: dict[str, Any] = {
        "id": "learnt",
        "title": _("Decided and learnt"),
        "question": _("What did the steering group decide, and what do we know now?"),
    }
    if not subject.decisions and not subject.learnt:
        return Band(
            **band,
            missing=_("No decision and no research is tied to this yet."),
            filler=_("the programme office, after a meeting; a student or researcher, with their work"),
            url=reverse("decision_list"),
            url_label=_("All decisions"),
        )
    return Band(
        **band,
        figure=BigFigure(**of_learnt.figure(subject.decisions, subject.learnt)),
        template="agenda/bands/decided.html",
        context={
            "decisions": subject.decisions,
            "to_do": to_do_rows(subject.to_do),
            **of_learnt.context(subject.learnt, subject.element),
        },
    )


def to_do_rows(found: Sequence[ToDo]) -> list[tuple[ToDo, str, Any]]:
    """What must still be done, each with the glyph and the word of how it stands."""
    return [(one, *STANDINGS[one.standing]) for one in found]


#: In the order in which every page shows them.
BANDS: tuple[Build, ...] = (who, plan, money, measured, learnt)


# --- Parts ---


def _source(element: Element) -> dict[str, Any]:
    """The chapter in which it stands, small under the figure, or that it is an invented example."""
    source = element.source
    return {
        "source": words(source.title) if source else "",
        "source_url": source.url if source else "",
        "demo": element.demo,
    }


def _way_in(subject: Subject, url: str, label: str) -> dict[str, Any]:
    """Those who may edit go where they can fill the band; others to where they can read on."""
    edit = subject.edit_url
    return {"url": edit, "url_label": _("Fill this in")} if edit else {"url": url, "url_label": label}

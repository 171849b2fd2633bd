# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""All that a paper is drawn up from, read once for both languages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from django.utils import timezone

from mainport.agenda import queries as agenda
from mainport.agenda.models import MilestoneReport, Report
from mainport.agenda.rules import status
from mainport.agenda.rules.elements import PILLARS, Agenda, Element, Kind
from mainport.agenda.rules.status import ReportView, Standing, State, Status
from mainport.core.models import Source
from mainport.core.rules.dates import last_day
from mainport.core.rules.languages import Text
from mainport.core.rules.permissions import VISITOR
from mainport.cycle.models import Book, Budget
from mainport.cycle.queries.drawn import money as ledger
from mainport.cycle.queries.drawn.books import Sheets
from mainport.cycle.rules.chart import Code
from mainport.cycle.rules.papers import DecisionLine
from mainport.monitor import queries as monitor
from mainport.monitor.queries.citing import sources_of
from mainport.monitor.queries.indicators import IndicatorValues


@dataclass(frozen=True)
class Milestone:
    element: Element
    of: str  # uid of what it belongs to, not of its plan
    due: date
    owner: str
    reached_on: date | None


@dataclass(frozen=True, order=True)
class BudgetRow:
    element: str
    fund: str
    cost: str
    amount: Decimal


@dataclass(frozen=True)
class Facts:
    """The agenda with its plans, milestones and reports; indicators as known on a day; the ledger."""

    year: int
    today: date
    agenda: Agenda
    reports: Sequence[Report]  # approved, of periods that end in the year
    milestones: Sequence[Milestone]
    indicators: Sequence[IndicatorValues]
    sources: Mapping[str, Source]
    money: ledger.Money
    decisions: Sequence[DecisionLine]
    now: Mapping[str, Standing]  # how everything stands today
    known_at: datetime
    number: int  # of the last movement
    budget: Budget | None
    #: Lines of a draft of the budget, where none was decided: what a plan can go by.
    draft_lines: Sequence[BudgetRow]

    @cached_property
    def sheets(self) -> Sheets:
        return Sheets()

    @cached_property
    def children(self) -> dict[str, list[Element]]:
        found: defaultdict[str, list[Element]] = defaultdict(list)
        for element in self.agenda.elements.values():
            if element.parent:
                found[element.parent].append(element)
        return found

    @cached_property
    def budgeted(self) -> list[BudgetRow]:
        """What the year may cost: as it stands in the ledger, or as a draft has it while none was decided."""
        found: defaultdict[tuple[str, str, str], Decimal] = defaultdict(lambda: ledger.ZERO)
        for row in self.money.rows:
            if row.code is Code.BUDGETED and row.key[0] == self.year:
                _year, _party, fund, element, cost = row.key
                found[element, fund, cost] += row.amount
        rows = [BudgetRow(*key, amount) for key, amount in sorted(found.items()) if amount]
        return rows or list(self.draft_lines)

    @property
    def budget_is_draft(self) -> bool:
        return bool(self.budgeted) and self.budgeted == list(self.draft_lines)

    def budget_of(self, *, fund: str | None = None, elements: Collection[str] | None = None) -> Decimal:
        """What was budgeted out of a fund, for these elements; both where they are given."""
        rows = [
            row.amount
            for row in self.budgeted
            if (fund is None or row.fund == fund) and (elements is None or row.element in elements)
        ]
        return sum(rows, ledger.ZERO)

    def budget_by(self, side: str) -> dict[str, Decimal]:
        """The budget by element, fund or cost."""
        found: defaultdict[str, Decimal] = defaultdict(lambda: ledger.ZERO)
        for row in self.budgeted:
            found[getattr(row, side)] += row.amount
        return dict(sorted(found.items()))

    def of(self, *kinds: Kind) -> list[Element]:
        return [element for element in self.agenda.elements.values() if element.kind in kinds]

    def below(self, uid: str, *kinds: Kind) -> list[Element]:
        """What lies below an element at any depth, in the agenda's order."""
        found: list[Element] = []
        for child in self.children.get(uid, ()):
            if child.kind in kinds:
                found.append(child)
            found += self.below(child.uid, *kinds)
        return found

    @cached_property
    def pillar_of(self) -> dict[str, str]:
        """The uid of the goal, sector or chapter of everything in or below one."""
        found = {pillar.uid: pillar.uid for pillar in self.of(*PILLARS)}
        for pillar in self.of(*PILLARS):
            found |= {element.uid: pillar.uid for element in self.below(pillar.uid, *Kind)}
        return found

    def plan(self, uid: str) -> Element | None:
        return next((child for child in self.children.get(uid, ()) if child.kind is Kind.PLAN), None)

    def named(self, element: Element | None, role: str) -> list[str]:
        """Uids of those who have this role in an element."""
        return [link.target for link in element.links if link.role == role] if element else []

    def lead(self, uid: str) -> str:
        """Uid of who leads an element: by its plan, else by itself; '' where nobody does."""
        found = self.named(self.plan(uid), "lead") or self.named(self.agenda.elements.get(uid), "lead")
        return found[0] if found else ""

    def title(self, uid: str) -> Text:
        element = self.agenda.elements.get(uid)
        return element.title if element else {"mul": uid}

    def milestones_of(self, uid: str) -> list[Milestone]:
        return [milestone for milestone in self.milestones if milestone.of == uid]

    def reports_on(self, uid: str) -> list[Report]:
        return [report for report in self.reports if report.element.uid == uid]

    def measured(self, *uids: str) -> list[IndicatorValues]:
        return [one for one in self.indicators if not set(uids).isdisjoint(one.definition.measures)]

    @cached_property
    def then(self) -> dict[str, Standing]:
        """How everything stood at the end of the year, by the reports of the year and the same rule as ever."""
        last = date(self.year, 12, 31)
        own: dict[str, Standing] = {}
        for element in self.of(Kind.TASK, Kind.FLAGSHIP, Kind.PROJECT):
            views = [
                ReportView(report.organisation.key, Status(report.status), report.period.end)
                for report in self.reports_on(element.uid)
            ]
            late = [
                milestone.element.uid
                for milestone in self.milestones_of(element.uid)
                if milestone.due <= min(last, self.today)
                and (milestone.reached_on is None or milestone.reached_on > last)
            ]
            own[element.uid] = status.standing(
                has_lead=bool(self.lead(element.uid)), reports=status.latest(views), overdue=late
            )
        for pillar in self.of(*PILLARS):
            tasks = [(task.uid, own[task.uid]) for task in self.below(pillar.uid, Kind.TASK)]
            own[pillar.uid] = status.roll_up(tasks)
        return own

    def tally(self, standings: Mapping[str, Standing], *uids: str) -> dict[State, int]:
        """How many of these tasks, or of all, stand how."""
        wanted = uids or tuple(task.uid for task in self.of(Kind.TASK))
        states = [standings[uid].state for uid in wanted if uid in standings]
        return {state: states.count(state) for state in State if state in states}

    @property
    def invented(self) -> bool:
        """Whether anything that the paper tells is an invented example."""
        return (
            any(report.demo for report in self.reports)
            or any(milestone.element.demo for milestone in self.milestones)
            or any(party.demo for party in self.money.parties.values())
            or bool(self.budget and self.budget.demo)
        )


class NoAgenda(ValueError):
    """There is nothing to draw a paper up from."""


def read(
    year: int, *, known_at: datetime | None = None, decisions: Iterable[DecisionLine] = (), through: int | None = None
) -> Facts:
    """Some twenty queries, however large the agenda and however long the ledger. Raises NoAgenda."""
    whole = agenda.agenda()
    if whole is None:
        raise NoAgenda("there is no agenda yet")
    moment = known_at or timezone.now()
    today = timezone.localdate(moment)
    indicators = monitor.values_of(monitor.find_indicators(), known_at)
    reports = agenda.visible(VISITOR).filter(period__end__year=year, element__removed_at=None)
    budgets = list(Budget.objects.filter(year=year, state__in=("decided", "draft")).prefetch_related("lines"))
    decided = next((budget for budget in budgets if budget.state == "decided"), None)
    draft = next((budget for budget in budgets if budget.state == "draft"), None) if not decided else None
    return Facts(
        year=year,
        today=today,
        agenda=whole,
        reports=list(
            reports.select_related("period", "organisation", "element")
            .prefetch_related("evidence", "milestones__milestone")
            .order_by("element__tree_key", "period__start", "organisation__name")
        ),
        milestones=_milestones(whole),
        indicators=indicators,
        sources=sources_of(indicators),
        money=ledger.read(through),
        decisions=sorted(decisions, key=lambda line: (line.day, line.key)),
        now=agenda.standings(today),
        known_at=moment,
        number=Book.objects.filter(pk=1).values_list("last_number", flat=True).first() or 0,
        budget=decided or draft,
        draft_lines=sorted(BudgetRow(line.element, line.fund, line.cost, line.amount) for line in draft.lines.all())
        if draft
        else [],
    )


def _milestones(whole: Agenda) -> list[Milestone]:
    reached: dict[str, date] = {}
    said = MilestoneReport.objects.filter(reached_on__isnull=False, report__state=Report.State.APPROVED)
    for key, day in said.order_by("-reached_on").values_list("milestone__key", "reached_on"):
        if day:
            reached[key] = day
    found: list[Milestone] = []
    for element in whole.elements.values():
        if element.kind is not Kind.MILESTONE or element.parent is None:
            continue
        holder = whole.elements[element.parent]
        of = holder.parent if holder.kind is Kind.PLAN and holder.parent else holder.uid
        owner = next((link.target for link in element.links if link.role == "owner"), "")
        found.append(Milestone(element, of, last_day(element.attributes["due"]), owner, reached.get(element.key)))
    return sorted(found, key=lambda milestone: milestone.due)

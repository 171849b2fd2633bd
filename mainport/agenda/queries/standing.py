# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""How things stand, by the rule in `rules.status`. Public: only approved reports are read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from mainport.agenda.models import Element, Link, MilestoneReport, Report, ReportingPeriod
from mainport.agenda.queries.neighbourhood import Neighbourhood
from mainport.agenda.rules import reporting, status
from mainport.agenda.rules.elements import PILLARS, PLANNED, Kind
from mainport.agenda.rules.status import ReportView, Standing, Status

if TYPE_CHECKING:  # It reads from here what an approved report says.
    from mainport.agenda.queries.reporting import MilestoneView

#: What is as the tasks below it are.
GROUPS = frozenset({Kind.ALLIANCE, *PILLARS, Kind.THEME})


def standings(today: date) -> dict[str, Standing]:
    """How everything that can be planned stands, and the alliance as a whole, by uid. Three queries."""
    return _standings(_rows(), _overdue(today, ""))


def standing_of(element: Element, today: date) -> Standing:
    """How one element stands, read from what lies at or below it. Three queries."""
    within = element.tree_key
    return _standings(_rows(within), _overdue(today, within), within)[element.uid]


def standings_around(around: Neighbourhood, today: date, milestones: Iterable[MilestoneView]) -> dict[str, Standing]:
    """How an element and all below it stand, of which a page has read the rows and milestones already. One query."""
    led = {link.element.parent_id for link in around.links if link.role == "lead" and link.element.kind == Kind.PLAN}
    rows = [
        _Row(row.pk, row.parent_id, Kind(row.kind), row.uid, row.pk in led)
        for row in (around.element, *around.below)
        if row.kind in PLANNED
    ]
    plans = {row.pk: row.parent_id for row in around.below if row.kind == Kind.PLAN}
    overdue: defaultdict[int, list[str]] = defaultdict(list)
    for view in milestones:
        if view.overdue and (parent := view.element.parent_id):
            overdue[plans.get(parent) or parent].append(view.element.uid)
    return _standings(rows, overdue, around.element.tree_key)


def periods() -> list[reporting.PeriodView]:
    """All periods as the rules know them, the first one first."""
    return [period_view(period) for period in ReportingPeriod.objects.order_by("start")]


def period_view(period: ReportingPeriod) -> reporting.PeriodView:
    return reporting.PeriodView(period.start, period.end, period.due, period.is_locked, period.key)


@dataclass(frozen=True)
class _Row:
    """One element of the tree of tasks."""

    pk: int
    parent: int | None
    kind: Kind
    uid: str
    has_lead: bool


def _standings(rows: list[_Row], overdue: Mapping[int, Sequence[str]], within: str = "") -> dict[str, Standing]:
    reports = _reports(within)
    own = {
        row.pk: status.standing(
            has_lead=row.has_lead, reports=status.latest(reports[row.pk]), overdue=overdue.get(row.pk, ())
        )
        for row in rows
    }
    below = _below(rows, own)
    found: dict[str, Standing] = {}
    for row in rows:
        if row.kind in GROUPS or any(uid != row.uid for uid, _ in below[row.pk]):
            found[row.uid] = status.with_own(row.uid, own[row.pk], status.roll_up(below[row.pk]))
        else:
            found[row.uid] = own[row.pk]
    return found


def _below(rows: Iterable[_Row], own: dict[int, Standing]) -> dict[int, list[tuple[str, Standing]]]:
    """What each group and task is judged by, in the order of the agenda: `rules.status`, 5 and 6."""
    rows = list(rows)
    parents = {row.pk: row.parent for row in rows}
    with_tasks = {row.parent for row in rows if row.kind is Kind.TASK}
    below: dict[int, list[tuple[str, Standing]]] = defaultdict(list)
    for row in rows:
        if row.kind is not Kind.TASK:
            if row.kind in GROUPS and row.has_lead:
                below[row.pk].append((row.uid, own[row.pk]))
            continue
        if not row.has_lead and row.pk in with_tasks:
            continue
        at: int | None = row.pk
        while at in parents:
            below[at].append((row.uid, own[row.pk]))
            at = parents[at]
    return below


def _rows(within: str = "") -> list[_Row]:
    lead = Link.objects.filter(
        role="lead", element__kind=Kind.PLAN, element__parent=OuterRef("pk"), element__removed_at__isnull=True
    )
    found = _inside(Element.objects.filter(removed_at__isnull=True, kind__in=[Kind.ALLIANCE, *PLANNED]), within)
    values = found.order_by("tree_key").values_list("pk", "parent_id", "kind", "key", Exists(lead))
    return [_Row(pk, parent, Kind(kind), f"{kind}:{key}", led) for pk, parent, kind, key, led in values]


def _inside(found: QuerySet[Element], within: str, field: str = "tree_key") -> QuerySet[Element]:
    return found.filter(**{f"{field}__startswith": within}) if within else found


def _reports(within: str) -> dict[int, list[ReportView]]:
    """The approved reports that count, by the number of the element that they speak of."""
    approved = Report.objects.filter(state=Report.State.APPROVED)
    later = approved.filter(
        element=OuterRef("element"), organisation=OuterRef("organisation"), period__start__gt=OuterRef("period__start")
    )
    counts = approved.filter(Q(period__in=_counting()) | (Q(status=Status.DONE) & ~Exists(later)))
    if within:
        counts = counts.filter(element__tree_key__startswith=within)
    found: dict[int, list[ReportView]] = defaultdict(list)
    for element, organisation, said, end in counts.order_by().values_list(
        "element_id", "organisation__key", "status", "period__end"
    ):
        found[element].append(ReportView(organisation, Status(said), end))
    return found


def _counting() -> QuerySet[ReportingPeriod, Any]:
    """The periods whose reports count, inside the query that asks: `rules.reporting.counting` says the same."""
    after = ReportingPeriod.objects.filter(start__gt=OuterRef("start")).order_by("start")
    return (
        ReportingPeriod.objects.annotate(after_locked_at=Subquery(after.values("locked_at")[:1]))
        .filter(after_locked_at__isnull=True)
        .order_by()
        .values("pk")
    )


def _overdue(today: date, within: str) -> dict[int, list[str]]:
    """Uids of the milestones past their day, the oldest first, by the number of the element whose they are."""
    milestones = _inside(Element.objects.filter(kind=Kind.MILESTONE, removed_at__isnull=True), within)
    late = milestones.filter(due__lt=today).exclude(Exists(reached()))
    found: dict[int, list[str]] = defaultdict(list)
    for key, parent, kind, above in late.order_by("due", "tree_key").values_list(
        "key", "parent_id", "parent__kind", F("parent__parent_id")
    ):
        found[above if kind == Kind.PLAN else parent].append(f"{Kind.MILESTONE}:{key}")
    return found


def reached() -> QuerySet[MilestoneReport]:
    """What approved reports say of the reaching of the outer query's milestone, the first day first."""
    return MilestoneReport.objects.filter(
        milestone=OuterRef("pk"), reached_on__isnull=False, report__state=Report.State.APPROVED
    ).order_by("reached_on")

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The agenda at a glance: its outline, how many there are of what, what changed lately. All of it is public."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, Exists, Max, Q

from mainport.agenda.models import Element, Link, Report, Version
from mainport.agenda.queries.elements import elements
from mainport.agenda.rules.difference import Sort
from mainport.agenda.rules.elements import PILLARS, Kind
from mainport.core.models import Source

_OUTLINE = (
    Kind.PARTNER,
    Kind.ORGANISATION,
    *PILLARS,
    Kind.THEME,
    Kind.TASK,
    Kind.FLAGSHIP,
    Kind.PROJECT,
    Kind.PLAN,
)


@dataclass(frozen=True)
class Outline:
    """Pillars, themes, tasks, flagships and projects from top to bottom, with who leads and takes part."""

    rows: tuple[Element, ...]
    parties: dict[int, Element]
    plans: dict[int, Element]  # by the id of what is planned
    leads: dict[int, list[int]] = field(default_factory=dict)  # by the id of plan, flagship or project
    partners: dict[int, list[int]] = field(default_factory=dict)

    def lead(self, row: Element) -> Element | None:
        """Who leads this: by its plan, else by itself."""
        return next(iter(self._named(self.leads, row)), None)

    def taking_part(self, row: Element) -> list[Element]:
        return self._named(self.partners, row)

    def _named(self, named: dict[int, list[int]], row: Element) -> list[Element]:
        plan = self.plans.get(row.pk)
        ids = (named.get(plan.pk) if plan else None) or named.get(row.pk, [])
        return [self.parties[pk] for pk in ids if pk in self.parties]


def outline(*, with_sources: bool = False) -> Outline:
    """Two queries, however large the agenda."""
    rows = elements(*_OUTLINE)
    found = list(rows.select_related("source") if with_sources else rows)
    leads: dict[int, list[int]] = defaultdict(list)
    partners: dict[int, list[int]] = defaultdict(list)
    named = Link.objects.filter(role__in=("lead", "partners"), element__removed_at=None, target__removed_at=None)
    for holder, role, target in named.order_by("element", "role", "position").values_list(
        "element_id", "role", "target_id"
    ):
        (leads if role == "lead" else partners)[holder].append(target)
    return Outline(
        rows=tuple(e for e in found if e.kind not in (Kind.PARTNER, Kind.ORGANISATION, Kind.PLAN)),
        parties={e.pk: e for e in found if e.kind in (Kind.PARTNER, Kind.ORGANISATION)},
        plans={e.parent_id: e for e in found if e.kind == Kind.PLAN and e.parent_id},
        leads=leads,
        partners=partners,
    )


def next_milestones(rows: Iterable[Element], today: date) -> dict[int, Element]:
    """For each of these rows the first milestone, of itself or its plan, due from today on. One query."""
    ids = [row.pk for row in rows]
    found: dict[int, Element] = {}
    coming = (
        elements(Kind.MILESTONE)
        .filter(Q(parent__in=ids) | Q(parent__kind=Kind.PLAN, parent__parent__in=ids), due__gte=today)
        .select_related("parent")
        .order_by("-due", "-tree_key")
    )
    for milestone in coming:  # The last one written for a row is the first one due.
        assert milestone.parent is not None
        holder = milestone.parent.parent_id if milestone.parent.kind == Kind.PLAN else milestone.parent_id
        found[holder or 0] = milestone
    return found


def alliance() -> Element | None:
    """The alliance, with `holds_demo`: whether anything in its agenda is an invented example. One query."""
    demo = Element.objects.filter(removed_at__isnull=True, demo=True)
    return elements(Kind.ALLIANCE).annotate(holds_demo=Exists(demo)).first()


def counts() -> Counter[str]:
    """How many elements there are of each kind. One query."""
    tally = Element.objects.filter(removed_at__isnull=True).order_by().values_list("kind").annotate(Count("pk"))
    return Counter(dict(tally))


def sources_in_use() -> list[Source]:
    """The sources that the agenda's elements name."""
    used = Element.objects.filter(removed_at=None, source__isnull=False).values("source")
    return list(Source.objects.filter(pk__in=used))


@dataclass(frozen=True)
class Named:
    """The alliance (with `holds_demo`) and the elements that a page names, in the agenda's order."""

    alliance: Element | None
    elements: Sequence[Element]

    def one(self, *uids: str) -> Element | None:
        return next((element for element in self.elements if element.uid in uids), None)

    def all(self, uids: Iterable[str]) -> list[Element]:
        """In the order of the uids; what the agenda doesn't have is left out."""
        there = {element.uid: element for element in self.elements}
        return [there[uid] for uid in uids if uid in there]


def with_alliance(*kinds: Kind, keys: Collection[str] | None = None) -> Named:
    """All elements of these kinds, or of them those with one of these keys, and the alliance. One query."""
    wanted = Q(kind__in=kinds) if keys is None else Q(kind__in=kinds, key__in=keys)
    demo = Element.objects.filter(removed_at__isnull=True, demo=True)
    found = elements(*kinds, Kind.ALLIANCE).filter(wanted | Q(kind=Kind.ALLIANCE)).annotate(holds_demo=Exists(demo))
    rows = list(found)
    alliance = next((row for row in rows if row.kind == Kind.ALLIANCE), None)
    return Named(alliance, [row for row in rows if row.kind != Kind.ALLIANCE])


# --- What changed lately ---


@dataclass(frozen=True)
class Changed:
    """One element in a change: added, changed or removed."""

    uid: str
    title: dict[str, str]
    sort: Sort
    demo: bool


@dataclass(frozen=True)
class Happening:
    """Elements that changed in one act, for one reason. Of many only the number is told: `changed` is empty."""

    at: datetime
    why: str
    count: int
    changed: tuple[Changed, ...]
    demo: bool  # all of them are invented examples


def lately(limit: int = 8, few: int = 3) -> list[Happening]:
    """The latest acts that changed the agenda, newest first. Two queries."""
    acts = list(
        Version.objects.order_by()
        .values("at", "why")
        .annotate(count=Count("id"), last=Max("id"), invented=Count("id", filter=Q(snapshot__demo=True)))
        .order_by("-at", "-last")[:limit]
    )
    small = [act["at"] for act in acts if act["count"] <= few]
    versions: dict[datetime, list[Version]] = defaultdict(list)
    for version in Version.objects.filter(Q(at__in=small) | Q(until__in=small)) if small else ():
        versions[version.at].append(version)
        if version.until:
            versions[version.until].append(version)
    return [
        Happening(
            at=act["at"],
            why=act["why"],
            count=act["count"],
            changed=tuple(_changed(act["at"], act["why"], versions[act["at"]])) if act["count"] <= few else (),
            demo=act["invented"] == act["count"],
        )
        for act in acts
    ]


def _changed(at: datetime, why: str, versions: list[Version]) -> Iterable[Changed]:
    """What the versions that began at this moment changed of those that ended at it."""
    before = {version.uid: version.snapshot for version in versions if version.until == at and version.snapshot}
    for version in versions:
        if version.at != at or version.why != why:
            continue
        old, new = before.get(version.uid), version.snapshot
        snapshot = new or old
        if snapshot:
            sort = Sort.REMOVED if not new else Sort.CHANGED if old else Sort.ADDED
            yield Changed(version.uid, snapshot["title"], sort, snapshot["demo"])


def latest_reports(limit: int = 8) -> list[Report]:
    """The reports approved last. One query."""
    return list(
        Report.objects.filter(state=Report.State.APPROVED, element__removed_at=None)
        .select_related("element", "organisation", "period")
        .order_by("-reviewed_at")[:limit]
    )


def reports_of(organisation: str, limit: int = 12) -> list[Report]:
    """The latest approved reports of one organisation, by its key. Two queries."""
    return list(
        Report.objects.filter(state=Report.State.APPROVED, element__removed_at=None, organisation__key=organisation)
        .select_related("element", "organisation", "period")
        .prefetch_related("evidence")
        .order_by("-period__start", "element__tree_key")[:limit]
    )

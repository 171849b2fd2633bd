# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What was found out for tasks of the agenda, and which advice was adopted for them: one query."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Subquery, Value, When

from mainport.catalogue.models import Adoption, Record
from mainport.catalogue.queries.records import published


@dataclass(frozen=True)
class Work:
    """A work in one line."""

    key: str
    titles: Mapping[str, str]
    type: str
    published: date | None
    provider: str
    demo: bool


@dataclass(frozen=True)
class Adopted:
    """A recommendation that somebody took up: what it said then, by whom, out of which work, and how it stands."""

    text: Mapping[str, str]
    state: str
    organisation: str
    at: datetime
    work: str
    work_title: Mapping[str, str]
    number: int
    task: str
    demo: bool


@dataclass(frozen=True)
class Learnt:
    """The newest works and adoptions, and how many there are in all."""

    works: tuple[Work, ...] = ()
    works_count: int = 0
    adopted: tuple[Adopted, ...] = ()
    adopted_count: int = 0

    def __bool__(self) -> bool:
        return bool(self.works or self.adopted)


NOTHING = Learnt()


def learnt(tasks: Collection[str], *, goal: str = "", sector: str = "", limit: int = 5) -> Learnt:
    """For these tasks, and for the goal or sector itself if one is given."""
    about = Q(task__in=tasks)
    about |= Q(goal=goal) if goal else Q()
    about |= Q(sector=sector) if sector else Q()
    if not (tasks or goal or sector):
        return NOTHING
    works = published().filter(about, kind=Record.Kind.WORK)
    adopted = Adoption.objects.filter(
        task__in=tasks, recommendation__record__state=Record.State.PUBLISHED, recommendation__record__merged_into=None
    )
    newest = works.order_by(F("published").desc(nulls_last=True), "-id").values("pk")[:limit]
    latest = adopted.order_by("-at", "-id").values("pk")[:limit]
    # A union, and no "or": PostgreSQL would read every record for that.
    shown = Record.objects.filter(pk__in=newest).values("pk").order_by()
    shown = shown.union(Record.objects.filter(recommendations__adoptions__in=latest).values("pk").order_by())
    rows = list(
        Record.objects.order_by(F("published").desc(nulls_last=True), "-id")
        .filter(pk__in=shown)
        .annotate(
            about=Case(When(about, then=True), default=False),
            works_count=Subquery(_count(works)),
            adopted_count=Subquery(_count(adopted)),
        )
        .values(*_OF_WORK, "about", "works_count", "adopted_count", **_OF_ADOPTION)
    )
    if not rows:
        return NOTHING
    by_key = {row["key"]: row for row in rows if row["about"]}
    taken = {row["adoption"]: row for row in rows if row["adoption"] and row["adopted_for"] in tasks}
    by_time = sorted(taken.values(), key=lambda row: (row["at"], row["adoption"]), reverse=True)
    return Learnt(
        works=tuple(Work(**{name: row[name] for name in _OF_WORK}) for row in list(by_key.values())[:limit]),
        works_count=rows[0]["works_count"] or 0,
        adopted=tuple(map(_adopted, by_time[:limit])),
        adopted_count=rows[0]["adopted_count"] or 0,
    )


def _count(rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    """How many rows there are, as a query inside another."""
    counted: QuerySet[Any, Any] = rows.order_by().values(every=Value(1)).annotate(count=Count("pk")).values("count")
    return counted


_OF_WORK = ("key", "titles", "type", "published", "provider", "demo")
_ADOPTION = "recommendations__adoptions"
_OF_ADOPTION = {
    "number": F("recommendations__number"),
    "adoption": F(f"{_ADOPTION}__id"),
    "adopted_for": F(f"{_ADOPTION}__task"),
    "said": F(f"{_ADOPTION}__text"),
    "adoption_state": F(f"{_ADOPTION}__state"),
    "at": F(f"{_ADOPTION}__at"),
    "by": F(f"{_ADOPTION}__by_name"),
    "adopter": F(f"{_ADOPTION}__organisation__name"),
    "adoption_demo": F(f"{_ADOPTION}__demo"),
}


def _adopted(row: dict[str, Any]) -> Adopted:
    return Adopted(
        text=row["said"],
        state=row["adoption_state"],
        organisation=row["adopter"] or row["by"],
        at=row["at"],
        work=row["key"],
        work_title=row["titles"],
        number=row["number"],
        task=row["adopted_for"],
        demo=row["adoption_demo"],
    )

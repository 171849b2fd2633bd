# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What was found out for tasks of the agenda, and which advice was adopted for them: two queries at most."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Q, Window

from mainport.catalogue.models import Adoption, Record
from mainport.catalogue.queries.records import published


@dataclass(frozen=True)
class Work:
    """A work in one line."""

    key: str
    title: Mapping[str, str]
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


def learnt(tasks: Collection[str], *, goal: str = "", sector: str = "", limit: int = 5) -> Learnt:
    """For these tasks, and for the goal or sector itself if one is given."""
    about = Q(task__in=tasks)
    about |= Q(goal=goal) if goal else Q()
    about |= Q(sector=sector) if sector else Q()
    if not (tasks or goal or sector):
        return Learnt()
    works = list(
        published()
        .filter(about, kind=Record.Kind.WORK)
        .annotate(together=Window(Count("pk")))
        .order_by(F("published").desc(nulls_last=True), "-id")
        .only("key", "titles", "type", "published", "provider", "demo")[:limit]
    )
    adopted = list(
        Adoption.objects.filter(task__in=tasks, recommendation__record__state=Record.State.PUBLISHED)
        .select_related("organisation", "recommendation__record")
        .defer("recommendation__record__content", "recommendation__record__own")
        .annotate(together=Window(Count("pk")))
        .order_by("-at", "-id")[:limit]
        if tasks
        else []
    )
    return Learnt(
        works=tuple(Work(row.key, row.titles, row.type, row.published, row.provider, row.demo) for row in works),
        works_count=works[0].together if works else 0,  # type: ignore[attr-defined]
        adopted=tuple(map(_adopted, adopted)),
        adopted_count=adopted[0].together if adopted else 0,  # type: ignore[attr-defined]
    )


def _adopted(row: Adoption) -> Adopted:
    record = row.recommendation.record
    return Adopted(
        text=row.text,
        state=row.state,
        organisation=row.organisation.name if row.organisation else row.by_name,
        at=row.at,
        work=record.key,
        work_title=record.titles,
        number=row.recommendation.number,
        task=row.task,
        demo=row.demo,
    )

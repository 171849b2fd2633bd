# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""All that the page of a work, course or programme shows, in a number of queries that doesn't grow with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.text import slugify

from mainport.catalogue.models import (
    Adoption,
    Identifier,
    KeptFile,
    Offering,
    RawRecord,
    Recommendation,
    Record,
    Relation,
)
from mainport.catalogue.queries.records import published
from mainport.catalogue.rules import contents
from mainport.catalogue.rules.contents import Value
from mainport.catalogue.rules.courses import Course, Programme
from mainport.catalogue.rules.courses import Offering as OfferingValue
from mainport.catalogue.rules.reading import Sense, is_open, sense
from mainport.catalogue.rules.works import Identifier as Number
from mainport.catalogue.rules.works import Scheme
from mainport.core.rules.permissions import Actor, Permission

_PUBLIC = Record.State.PUBLISHED
#: More relations of one work than this are not shown on one page.
MOST_TIES = 200


@dataclass(frozen=True)
class File:
    """A file in our keeping, and whether this reader may have it today."""

    row: KeptFile
    open: bool  # For everybody.
    readable: bool  # For this reader.


@dataclass(frozen=True)
class Tie:
    """Another work and what it is to this one; without a record where it stands elsewhere."""

    sense: Sense
    kind: str
    record: Record | None
    number: Number


@dataclass(frozen=True)
class Origin:
    """A source that gave this record, or one that was merged into it."""

    raw: RawRecord
    merged: bool

    @property
    def fetched_at(self) -> datetime:
        return self.raw.fetched_at


def may_read(by: Actor, record: Record, file: KeptFile, day: date) -> bool:
    """Whether this actor may have a file of a record that they may see."""
    if record.state == _PUBLIC and is_open(file.access, file.embargo_until, day):
        return True
    return by.may(Permission.REVIEW_WORK) or (by.person_id is not None and by.person_id == record.made_by_id)


def files_of(by: Actor, record: Record, day: date) -> list[File]:
    """The newest version of each file; that there is one is no secret, also where it can't be read yet."""
    return [
        File(
            row,
            record.state == _PUBLIC and is_open(row.access, row.embargo_until, day),
            may_read(by, record, row, day),
        )
        for row in record.files.filter(current=True).defer("text").order_by("name")
    ]


def file_of(by: Actor, record: Record, pk: int) -> KeptFile | None:
    """A file of this record; an older version only for those who look the work over, and its author."""
    own = by.may(Permission.REVIEW_WORK) or (by.person_id is not None and by.person_id == record.made_by_id)
    rows = record.files.defer("text") if own else record.files.filter(current=True).defer("text")
    return rows.filter(pk=pk).first()


def recommendations_of(record: Record) -> list[Recommendation]:
    """The advice of a work, each with who adopted it."""
    adopted = Adoption.objects.select_related("organisation").order_by("at", "id")
    return list(record.recommendations.prefetch_related(Prefetch("adoptions", queryset=adopted)).order_by("number"))


def ties_of(record: Record) -> list[Tie]:
    """What the work builds on, what follows it up and what belongs with it, told by itself or by the other."""
    rows = (
        Relation.objects.filter(Q(record=record) | Q(other=record, record__state=_PUBLIC))
        .exclude(record=record, other=record)
        .select_related("record", "other")
        .order_by("id")[:MOST_TIES]
    )
    found: dict[tuple[Sense, object], Tie] = {}
    for row in rows:
        by_other = row.record_id != record.pk
        other = row.record if by_other else row.other
        number = Number(Scheme(row.scheme), row.value)
        if other is not None and other.state != _PUBLIC:
            other = None
        meaning = sense(row.kind, told_by_other=by_other)
        found.setdefault((meaning, other.pk if other else number), Tie(meaning, row.kind, other, number))
    return list(found.values())


def origins_of(record: Record) -> list[Origin]:
    """The sources of this record and of those that were merged into it, the own one first."""
    rows = (
        RawRecord.objects.filter(Q(record=record) | Q(record__merged_into=record))
        .select_related("repository")
        .defer("body", "faults")
        .order_by("id")
    )
    found = [Origin(row, row.record_id != record.pk) for row in rows]
    return sorted(found, key=lambda one: one.merged)


# --- What can be learnt ---


@dataclass(frozen=True)
class Given:
    """An offering as it is kept, with all that it says."""

    row: Offering
    value: OfferingValue


def offerings_of(record: Record, day: date) -> tuple[list[Given], list[Given]]:
    """What can still be joined, by its first day, and what is over."""
    coming: list[Given] = []
    past: list[Given] = []
    for row in record.offerings.all():
        last = row.ends or row.starts
        (past if last and last < day else coming).append(Given(row, contents.read_offering(row.content)))
    return coming, past


def companions_of(record: Record, value: Course | Programme) -> list[Record]:
    """The programmes of a course or the courses of a programme that are here, out of the same source."""
    wanted = value.programmes if isinstance(value, Course) else value.courses
    if not wanted:
        return []
    same = {"repository_id": record.repository_id, "organisation_id": record.organisation_id}
    kind = Record.Kind.PROGRAMME if isinstance(value, Course) else Record.Kind.COURSE
    rows = published().filter(
        kind=kind,
        pk__in=Identifier.objects.filter(scheme=Scheme.LOCAL, value__in=wanted).values("record"),
        **same,
    )
    return list(rows.order_by("id")[:100])


def to_learn() -> QuerySet[Record]:
    """Courses and programmes that are public."""
    return published().filter(kind__in=[Record.Kind.COURSE, Record.Kind.PROGRAMME])


def provider_named(slug: str) -> str | None:
    """The provider whose name gives this address, if it has something public."""
    names = to_learn().exclude(provider="").order_by("provider").values_list("provider", flat=True).distinct()
    return next((name for name in names if slugify(name) == slug), None)


def providers() -> list[tuple[str, int]]:
    """Each provider of what can be learnt, with how much that is."""
    rows = to_learn().exclude(provider="").values("provider").order_by("provider").annotate(count=Count("pk"))
    return [(row["provider"], row["count"]) for row in rows]


# --- All works ---


def works() -> QuerySet[Record]:
    return published().filter(kind=Record.Kind.WORK)


def newest(rows: QuerySet[Record], limit: int, *, tasks: Sequence[str] = (), sector: str = "") -> list[Record]:
    """What became public here last."""
    if tasks:
        rows = rows.filter(task__in=tasks)
    if sector:
        rows = rows.filter(sector=sector)
    return list(rows.order_by("-published_at", "-id")[:limit])


@dataclass(frozen=True)
class Counted:
    """How many works there are: in all, by type, by task, by sector and by goal."""

    total: int
    types: dict[str, int]
    tasks: dict[str, int]
    sectors: dict[str, int]
    goals: dict[str, int]


def counted() -> Counted:
    """One query."""
    found: dict[str, dict[str, int]] = {"type": {}, "task": {}, "sector": {}, "goal": {}}
    total = 0
    for row in works().order_by().values(*found).annotate(count=Count("pk")):
        total += row["count"]
        for name, counts in found.items():
            if row[name]:
                counts[row[name]] = counts.get(row[name], 0) + row["count"]
    return Counted(total, found["type"], found["task"], found["sector"], found["goal"])


def value_of(record: Record) -> Value:
    return contents.read(record.kind, record.content)

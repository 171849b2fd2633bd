# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Pairs of records that seem to be one: what each of the two says, and why somebody is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from mainport.catalogue.models import Match, Record
from mainport.catalogue.rules import contents
from mainport.catalogue.rules.contents import Value
from mainport.catalogue.rules.courses import Course
from mainport.catalogue.rules.matching import Entry, Reason, compare, course_pairs
from mainport.catalogue.rules.works import Work
from mainport.core.rules.languages import Text
from mainport.core.rules.permissions import Actor, Permission, require


@dataclass(frozen=True)
class Side:
    """One of the two, by what it says itself."""

    key: str
    kind: str
    titles: Text
    people: Sequence[str]
    published: str
    numbers: Sequence[str]
    source: str
    state: str
    demo: bool


@dataclass(frozen=True)
class MatchView:
    """Two records, and what speaks for and against their being one."""

    pk: int
    kept: Side
    other: Side
    certainty: float
    verdict: str
    reason: str
    reasons: Sequence[Reason]
    by_name: str
    at: datetime


def matches(*, by: Actor, verdict: str) -> QuerySet[Match]:
    """The pairs on which this was decided; open ones the most certain first, others the last decided first."""
    require(by, Permission.MANAGE_CATALOGUE)
    found = Match.objects.filter(verdict=verdict).select_related("kept__repository", "other__repository")
    return found.order_by("-certainty", "pk") if verdict == Match.Verdict.OPEN else found.order_by("-at", "-pk")


def counts(*, by: Actor) -> dict[str, int]:
    """How many pairs there are by what was decided."""
    require(by, Permission.MANAGE_CATALOGUE)
    rows = dict(Match.objects.order_by().values_list("verdict").annotate(Count("pk")))
    return {verdict: rows.get(verdict, 0) for verdict in Match.Verdict.values}


def find(*, by: Actor, pk: int) -> Match | None:
    require(by, Permission.MANAGE_CATALOGUE)
    return Match.objects.select_related("kept", "other").filter(pk=pk).first()


def shown(match: Match) -> MatchView:
    """A pair with both sides read out, and compared anew."""
    kept, other = _value(match.kept), _value(match.other)
    return MatchView(
        pk=match.pk,
        kept=_side(match.kept, kept),
        other=_side(match.other, other),
        certainty=match.certainty,
        verdict=match.verdict,
        reason=match.reason,
        reasons=_reasons(kept, other),
        by_name=match.by_name,
        at=match.at,
    )


def _value(record: Record) -> Value:
    return contents.read(record.kind, record.content if record.own is None else record.own)


def _reasons(kept: Value, other: Value) -> Sequence[Reason]:
    if isinstance(kept, Work) and isinstance(other, Work):
        return compare(Entry("1", kept), Entry("2", other)).reasons
    if isinstance(kept, Course) and isinstance(other, Course):
        pairs = course_pairs({"1": kept, "2": other}, least=0.0)
        return pairs[0].reasons if pairs else ()
    return ()


def _side(record: Record, value: Value) -> Side:
    if isinstance(value, Work):
        people = [author.name for author in value.authors]
        numbers = [f"{one.scheme.value}: {one.value}" for one in value.identifiers]
        published = str(value.published or "")
    else:
        people = [value.provider.name] if value.provider else []
        numbers, published = [one for one in (value.code, value.url) if one], ""
    return Side(
        key=record.key,
        kind=record.kind,
        titles=value.titles,
        people=people[:10],
        published=published,
        numbers=numbers[:10],
        source=record.repository.key if record.repository else "",
        state=record.state,
        demo=record.demo,
    )

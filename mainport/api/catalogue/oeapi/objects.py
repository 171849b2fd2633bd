# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What the Open Education API tells of: published courses, programmes, offerings and who gives them, by number."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import F, Max, Q, QuerySet
from django.utils import timezone

from mainport.api.catalogue.addresses import page_address
from mainport.api.catalogue.oeapi.parameters import Asked
from mainport.catalogue.exports import oeapi
from mainport.catalogue.exports.oeapi import Around, Json
from mainport.catalogue.models import Identifier, Offering, Record
from mainport.catalogue.queries.records import published
from mainport.catalogue.rules import contents
from mainport.catalogue.rules.courses import Course, Programme
from mainport.catalogue.rules.texts import Texts
from mainport.catalogue.rules.works import Organisation

# --- Numbers ---


class Numbers:
    """Keys by the UUIDs that are made of them, which can't be turned back. Kept in memory, by process.

    A number that isn't known makes it read the keys again, if anything was changed since it read them.
    """

    def __init__(self, kind: str, rows: Callable[[], QuerySet[Any]]) -> None:
        self._kind, self._rows = kind, rows
        self._lock = threading.Lock()
        self._known: dict[str, str] = {}
        self._state: tuple[object, ...] = ()

    def find(self, number: str) -> str:
        """The key; '', which no row has, for a number that is none of ours."""
        with self._lock:
            if number not in self._known:
                changed = Record.objects.aggregate(Max("changed_at"))["changed_at__max"]
                state = (settings.OAI_DOMAIN, self._rows().count(), changed)
                if state != self._state:
                    self._state = state
                    self._known = {
                        oeapi.number(settings.OAI_DOMAIN, self._kind, key): key
                        for key in self._rows().order_by().values_list("key", flat=True)
                    }
            return self._known.get(number, "")


COURSES = Numbers("course", lambda: Record.objects.filter(kind=Record.Kind.COURSE))
PROGRAMMES = Numbers("programme", lambda: Record.objects.filter(kind=Record.Kind.PROGRAMME))
OFFERINGS = Numbers("offering", lambda: Offering.objects.all())


# --- Rows ---


def learnt(kind: str) -> QuerySet[Record]:
    return published().filter(kind=kind).order_by("id")


def offerings(kind: str) -> QuerySet[Offering]:
    """Offerings of what is published, those without a day last."""
    return (
        Offering.objects.filter(record__in=learnt(kind))
        .select_related("record")
        .order_by(F("starts").asc(nulls_last=True), "id")
    )


def in_period(found: QuerySet[Offering], asked: Asked) -> QuerySet[Offering]:
    """From today on, unless another day is asked for; one without a day can begin whenever somebody likes."""
    since = asked.since or timezone.localdate()
    found = found.filter(Q(starts__isnull=True) | Q(starts__gte=since))
    return found.filter(Q(ends__isnull=True, starts__isnull=True) | Q(ends__lte=asked.until)) if asked.until else found


def organisations() -> list[Organisation]:
    """Who gives what is published, by name; with its ROR where any record knows it."""
    rows = published().exclude(kind=Record.Kind.WORK).exclude(provider="").order_by()
    found: dict[str, str] = {}
    for name, ror in rows.values_list("content__provider__name", "content__provider__ror").distinct():
        if name:
            found[name] = found.get(name) or ror or ""
    return [Organisation(name, ror) for name, ror in sorted(found.items())]


def organisation(number: str) -> Organisation | None:
    """The one of this number."""
    return next(
        (one for one in organisations() if oeapi.number(settings.OAI_DOMAIN, "organisation", one.name) == number), None
    )


def of_organisation(found: QuerySet[Any], name: str, path: str = "") -> QuerySet[Any]:
    # The column finds them; it may hold the beginning of a longer name only.
    return found.filter(**{f"{path}provider": name[:200], f"{path}content__provider__name": name})


# --- What matches ---


def matching(found: QuerySet[Any], asked: Asked) -> QuerySet[Any] | list[Any]:
    """Those that the filters of the question leave. Words within JSON are compared here: databases differ in that."""
    tests = [make(asked.get(name)) for name, make in _TESTS.items() if asked.get(name)]
    if not tests:
        return found
    of = F("record__content") if found.model is Offering else F("content")
    rows = found.values_list("pk", F("content"), of)
    # What an offering doesn't say, the course says for it.
    chosen = {pk for pk, said, more in rows if all(test({**more, **said}) for test in tests)}
    # A database takes only so many numbers in one question.
    return found.filter(pk__in=chosen) if len(chosen) < 500 else [row for row in found if row.pk in chosen]


Test = Callable[[Json], bool]


def _has_words(words: str) -> Test:
    wanted = words.casefold()

    def test(said: Json) -> bool:
        texts: Iterable[Texts] = (said.get("titles", {}), said.get("descriptions", {}))
        return any(wanted in text.casefold() for several in texts for text in several.values())

    return test


def _has_mode(mode: str) -> Test:
    """By our own word for it; modes that we don't tell apart are nobody's."""
    own = next((ours.value for ours, theirs in oeapi.MODES.items() if theirs == mode), None)
    return lambda said: own is not None and said.get("mode") == own


_TESTS: dict[str, Callable[[str], Test]] = {
    "q": _has_words,
    "teachingLanguage": lambda code: lambda said: code.split("-")[0] in said.get("languages", []),
    "level": lambda level: lambda said: said.get("level") == level,
    "modeOfDelivery": _has_mode,
    "primaryCode": lambda code: lambda said: code in (said.get("code") or said.get("identifier"),),
    "programmeType": lambda kind: lambda said: (said.get("type") or "programme") == kind,
    "fieldsOfStudy": lambda code: lambda said: code in said.get("subjects", []),
    # What the catalogue doesn't tell of anything is true of nothing.
    **dict.fromkeys(
        ("modeOfStudy", "qualificationAwarded", "levelOfQualification", "resultExpected"), lambda _: lambda said: False
    ),
    "state": lambda state: lambda said: ("cancelled" if said.get("cancelled") else "active") == state,
}


# --- As objects ---


@dataclass(frozen=True)
class Ties:
    """Which programmes a page's courses and programmes are in, by what their sources call each other."""

    of_course: dict[int, list[str]]
    parents: dict[int, str]


def ties(rows: Collection[Record]) -> Ties:
    """Two queries for a whole page: sources name programmes by their own numbers, in either direction."""
    values = {row.pk: contents.read(row.kind, row.content) for row in rows}
    named = {
        number
        for value in values.values()
        for number in ((value.parent,) if isinstance(value, Programme) else getattr(value, "programmes", ()))
        if number
    }
    by_number: dict[tuple[int | None, str], str] = {}
    if named:
        found = Identifier.objects.filter(record__in=learnt("programme"), value__in=named)
        for number, repository, key in found.values_list("value", "record__repository_id", "record__key"):
            by_number.setdefault((repository, number), key)
    of_course: dict[int, list[str]] = {}
    parents: dict[int, str] = {}
    for row in rows:
        value = values[row.pk]
        if isinstance(value, Programme):
            parents[row.pk] = by_number.get((row.repository_id, value.parent), "")
        elif isinstance(value, Course):
            keys = (by_number.get((row.repository_id, number)) for number in value.programmes)
            of_course[row.pk] = [key for key in dict.fromkeys(keys) if key]
    return Ties(of_course, parents)


def shown(rows: Collection[Record], expand: frozenset[str] = frozenset()) -> Iterator[Json]:
    """Courses or programmes as objects, with what is asked to be expanded."""
    known = ties(rows)
    inner = _expanded(known, expand)
    for row in rows:
        value = contents.read(row.kind, row.content)
        around = Around(
            settings.OAI_DOMAIN,
            row.key,
            page_address(row.key),
            tuple(known.of_course.get(row.pk, ())),
            known.parents.get(row.pk, ""),
            row.demo,
        )
        more: Json = {}
        if "organisation" in expand and isinstance(value, Course | Programme) and value.provider:
            more["organisation"] = oeapi.organisation(value.provider, settings.OAI_DOMAIN)
        if "programmes" in expand:
            more["programmes"] = [inner[key] for key in around.programmes if key in inner]
        if "parent" in expand and around.parent in inner:
            more["parent"] = inner[around.parent]
        if "children" in expand and isinstance(value, Programme):
            more["children"] = list(shown(children(row, value)))
        if isinstance(value, Course):
            yield {**oeapi.course(value, around), **more}
        elif isinstance(value, Programme):
            yield {**oeapi.programme(value, around), **more}


def _expanded(known: Ties, expand: frozenset[str]) -> dict[str, Json]:
    """The programmes that are pointed at, as objects by their key, if they are asked for."""
    wanted = {key for keys in known.of_course.values() for key in keys} if "programmes" in expand else set()
    wanted |= set(filter(None, known.parents.values())) if "parent" in expand else set()
    rows = list(learnt("programme").filter(key__in=wanted)) if wanted else []
    return dict(zip((row.key for row in rows), shown(rows), strict=True)) if rows else {}


def children(row: Record, value: Programme) -> list[Record]:
    """The programmes of the same source that say that they are part of this one."""
    found = learnt("programme").filter(repository=row.repository_id, content__parent=value.identifier)
    return list(found[:250])


def courses_of(row: Record, value: Programme) -> QuerySet[Record]:
    """The courses that this programme names, or that name it."""
    named = Identifier.objects.filter(value__in=value.courses, record__kind=Record.Kind.COURSE).values("record_id")
    same = learnt("course").filter(repository=row.repository_id)
    back = [
        pk
        for pk, said in same.values_list("pk", "content__programmes")
        if isinstance(said, list) and value.identifier in said
    ]
    return same.filter(Q(pk__in=named) | Q(pk__in=back))


def shown_offerings(rows: Iterable[Offering], expand: frozenset[str] = frozenset()) -> Iterator[Json]:
    """Offerings as objects; what they offer within them, if that is asked for."""
    rows = list(rows)
    of = {row.record_id: row.record for row in rows}
    kind = "course" if any(record.kind == Record.Kind.COURSE for record in of.values()) else "programme"
    whole = dict(zip(of, shown(list(of.values())), strict=True)) if kind in expand else {}
    for row in rows:
        value = contents.read(row.record.kind, row.record.content)
        if isinstance(value, Course | Programme):
            around = Around(settings.OAI_DOMAIN, row.key, page_address(row.record.key), demo=row.record.demo)
            more: Json = {kind: whole[row.record_id]} if whole else {}
            if "organisation" in expand and value.provider:
                more["organisation"] = oeapi.organisation(value.provider, settings.OAI_DOMAIN)
            said = contents.read_offering(row.content)
            yield {**oeapi.offering(said, value, around, row.record.key), **more}

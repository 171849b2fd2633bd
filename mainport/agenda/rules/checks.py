# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What must hold between the elements of an agenda, beyond what each field says of itself."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mainport.agenda.rules.elements import SHAPES, Agenda, Element, Kind, plan_key
from mainport.core.rules.dates import first_day, last_day
from mainport.core.rules.languages import EVERY_LANGUAGE

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Trouble:
    """Something that doesn't hold: at which field of which element, what was found, what was expected."""

    uid: str
    field: Path
    found: str
    expected: str


def check(agenda: Agenda) -> Iterator[Trouble]:
    """All troubles of this agenda; none means that it may be stored."""
    languages = set(agenda.languages)
    for element in agenda.elements.values():
        yield from _check_languages(element, languages)
        yield from _check_source(element, agenda)
        yield from _check_links(element, agenda)
        yield from _check_dates(element)
        if rule := _BY_KIND.get(element.kind):
            yield from rule(element)
    yield from _check_parties(agenda)
    yield from _check_cycles(agenda)


def _texts(element: Element) -> Iterator[tuple[Path, Mapping[str, str]]]:
    """Every text of an element with the path of its field."""
    yield ("title",), element.title
    if element.summary:
        yield ("summary",), element.summary

    def walk(value: Any, path: Path) -> Iterator[tuple[Path, Mapping[str, str]]]:
        if isinstance(value, Mapping):
            if path and all(isinstance(words, str) and len(language) <= 3 for language, words in value.items()):
                yield path, value
            else:
                for name, inner in value.items():
                    yield from walk(inner, (*path, name))
        elif isinstance(value, list):
            for index, inner in enumerate(value):
                yield from walk(inner, (*path, index))

    yield from walk(element.attributes, ())


def _check_languages(element: Element, languages: set[str]) -> Iterator[Trouble]:
    for path, text in _texts(element):
        spoken = set(text)
        if spoken == {EVERY_LANGUAGE}:
            continue
        for language in sorted(languages - spoken):
            yield Trouble(element.uid, path, "no " + language, f"the text in {', '.join(sorted(languages))}")
        for language in sorted(spoken - languages):
            yield Trouble(
                element.uid, (*path, language), language, f"a language of the alliance: {', '.join(sorted(languages))}"
            )


def _check_source(element: Element, agenda: Agenda) -> Iterator[Trouble]:
    if element.source and element.source not in agenda.sources:
        yield Trouble(
            element.uid, ("source",), element.source, "the id of a source" + _hint(element.source, list(agenda.sources))
        )


def _check_links(element: Element, agenda: Agenda) -> Iterator[Trouble]:
    shape = SHAPES[element.kind]
    seen: dict[str, int] = {}
    for link in element.links:
        index = seen.get(link.role, 0)
        seen[link.role] = index + 1
        path: Path = (link.role, index) if link.role in shape.many else (link.role,)
        to = shape.relations[link.role]
        target = agenda.elements.get(link.target)
        if target is None or target.kind not in to.kinds:
            keys = [
                other.uid if to.qualified else other.key for other in agenda.elements.values() if other.kind in to.kinds
            ]
            written = link.target if to.qualified else link.target.partition(":")[2]
            expected = "the id of a " + " or ".join(kind.value for kind in to.kinds) + _hint(written, keys)
            yield Trouble(element.uid, path, written, expected)
        elif [other.target for other in element.links if other.role == link.role].index(link.target) < index:
            yield Trouble(element.uid, path, target.key, "each once")


def _hint(written: str, known: list[str]) -> str:
    close = difflib.get_close_matches(written, known, n=1)
    return f"; did you mean {close[0]}?" if close else ""


def _check_dates(element: Element) -> Iterator[Trouble]:
    fields: Mapping[str, Any] = element.attributes
    path: Path = ()
    if element.kind is Kind.ALLIANCE:
        fields, path = fields["period"], ("period",)
    start, end = fields.get("start"), fields.get("end")
    if start and end and first_day(start) > last_day(end):
        yield Trouble(element.uid, (*path, "end"), end, f"a date not before the start, {start}")


def _check_contribution(element: Element) -> Iterator[Trouble]:
    per_year, years, total = (element.attributes[name] for name in ("per_year", "years", "total"))
    if per_year * years != total:
        yield Trouble(element.uid, ("total",), str(total), f"{years} years of {per_year}: {years * per_year}")


def _check_place(element: Element) -> Iterator[Trouble]:
    fields = element.attributes
    if ("latitude" in fields) != ("longitude" in fields):
        missing = "longitude" if "latitude" in fields else "latitude"
        yield Trouble(element.uid, (missing,), "nothing", "latitude and longitude together")
    if "latitude" in fields and "precision" not in fields:
        yield Trouble(element.uid, ("precision",), "nothing", "how exact the coordinates are")


_BY_KIND = {Kind.CONTRIBUTION: _check_contribution, Kind.PLACE: _check_place}


def _check_parties(agenda: Agenda) -> Iterator[Trouble]:
    """A party is written by its key alone, so that no organisation may have a partner's."""
    for element in agenda.elements.values():
        if element.kind is Kind.ORGANISATION and f"{Kind.PARTNER}:{element.key}" in agenda.elements:
            yield Trouble(element.uid, ("id",), element.key, "an id that no partner has")


def _check_cycles(agenda: Agenda) -> Iterator[Trouble]:
    """A plan may not wait for itself, by way of others."""
    waits = {
        element.parent or element.uid: [link.target for link in element.links if link.role == "depends_on"]
        for element in agenda.elements.values()
        if element.kind is Kind.PLAN
    }
    done: set[str] = set()
    for start in waits:
        trail: list[str] = []
        yield from _follow(start, waits, trail, done)


def _follow(uid: str, waits: Mapping[str, list[str]], trail: list[str], done: set[str]) -> Iterator[Trouble]:
    if uid in trail:
        round_trip = " > ".join([*trail[trail.index(uid) :], uid])
        yield Trouble(
            f"{Kind.PLAN}:{plan_key(trail[-1])}", ("depends_on",), round_trip, "plans that don't wait for each other"
        )
        return
    if uid in done:
        return
    trail.append(uid)
    for target in waits.get(uid, ()):
        yield from _follow(target, waits, trail, done)
    trail.pop()
    done.add(uid)

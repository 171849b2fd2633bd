# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What must hold between the elements of an agenda, beyond what each field says of itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from mainport.agenda.rules.elements import Agenda, Element, Kind, Link, plan_key
from mainport.agenda.rules.faults import Path, hint, listing, short, show
from mainport.agenda.rules.nodes import SHAPES, To
from mainport.core.rules.dates import first_day, last_day
from mainport.core.rules.languages import EVERY_LANGUAGE

#: Looking for what was meant takes long in a big agenda; after so many wrong ids it isn't done any more.
HINT_LIMIT = 50
#: Characters; an organisation's name and a source's document are columns, unlike other words.
NAME_LIMIT = 200
DOCUMENT_LIMIT = 300


@dataclass(frozen=True)
class Trouble:
    """Something that doesn't hold: at which field of which element, what was found, what was expected.

    A source goes by `source:` and its key.
    """

    uid: str
    field: Path
    found: str
    expected: str


def check(agenda: Agenda) -> Iterator[Trouble]:
    """All troubles of this agenda; none means that it may be stored."""
    languages = set(agenda.languages)
    known = _Known(agenda)
    for source in agenda.sources.values():
        yield from _check_languages(f"source:{source.key}", [(("title",), source.title)], languages)
        if len(source.document) > DOCUMENT_LIMIT:
            expected = f"at most {DOCUMENT_LIMIT} characters"
            yield Trouble(f"source:{source.key}", ("document",), show(source.document), expected)
    for element in agenda.elements.values():
        yield from _check_languages(element.uid, _texts(element), languages)
        yield from _check_source(element, known)
        yield from _check_links(element, known)
        yield from _check_dates(element)
        if rule := _BY_KIND.get(element.kind):
            yield from rule(element)
    yield from _check_parties(agenda)
    yield from _check_cycles(agenda)


@dataclass
class _Known:
    """What may be named; ids are gathered once the first wrong one asks for them."""

    agenda: Agenda
    ids: dict[To, list[str]] = field(default_factory=dict)
    hints: dict[str, str] = field(default_factory=dict)

    def source(self, written: str) -> str:
        return "the id of a source" + self.hint(written, list(self.agenda.sources))

    def element(self, written: str, to: To) -> str:
        if to not in self.ids:
            found = [element for element in self.agenda.elements.values() if element.kind in to.kinds]
            self.ids[to] = [element.uid if to.qualified else element.key for element in found]
        name = "kind:id" if to.qualified else "the id"
        return f"{name} of a {listing(to.kinds)}" + self.hint(written, self.ids[to])

    def hint(self, written: str, ids: list[str]) -> str:
        if written not in self.hints:
            if len(self.hints) >= HINT_LIMIT:
                return ""
            self.hints[written] = hint(written, ids)
        return self.hints[written]


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


def _check_languages(
    uid: str, texts: Iterable[tuple[Path, Mapping[str, str]]], languages: set[str]
) -> Iterator[Trouble]:
    for path, text in texts:
        spoken = set(text)
        if spoken == languages or spoken == {EVERY_LANGUAGE}:
            continue
        wanted = ", ".join(sorted(languages))
        for language in sorted(languages - spoken):
            yield Trouble(uid, path, f"no {language}", f"the text in {wanted}")
        for language in sorted(spoken - languages):
            yield Trouble(uid, (*path, language), show(language), f"a language of the alliance: {wanted}")


def _check_source(element: Element, known: _Known) -> Iterator[Trouble]:
    if element.source and element.source not in known.agenda.sources:
        yield Trouble(element.uid, ("source",), show(element.source), known.source(element.source))


def _check_links(element: Element, known: _Known) -> Iterator[Trouble]:
    shape = SHAPES[element.kind]
    counts: Counter[str] = Counter()
    seen: set[Link] = set()
    for link in element.links:
        path: Path = (link.role, counts[link.role]) if link.role in shape.many else (link.role,)
        to = shape.relations[link.role]
        written = link.target if to.qualified else link.target.partition(":")[2]
        target = known.agenda.elements.get(link.target)
        if target is None or target.kind not in to.kinds:
            yield Trouble(element.uid, path, show(written), known.element(written, to))
        elif link in seen:
            yield Trouble(element.uid, path, f"{show(written)} twice", "each once")
        counts[link.role] += 1
        seen.add(link)


def _check_dates(element: Element) -> Iterator[Trouble]:
    fields: Mapping[str, Any] = element.attributes
    path: Path = ()
    if element.kind is Kind.ALLIANCE:
        fields, path = fields["period"], ("period",)
    start, end = fields.get("start"), fields.get("end")
    if start and end and first_day(start) > last_day(end):
        yield Trouble(element.uid, (*path, "end"), show(end), f"a date not before the start, {start}")


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


def _check_name(element: Element) -> Iterator[Trouble]:
    for language, name in element.title.items():
        if len(name) > NAME_LIMIT:
            yield Trouble(element.uid, ("title", language), show(name), f"at most {NAME_LIMIT} characters")


_BY_KIND = {
    Kind.CONTRIBUTION: _check_contribution,
    Kind.PLACE: _check_place,
    Kind.PARTNER: _check_name,
    Kind.ORGANISATION: _check_name,
}


def _check_parties(agenda: Agenda) -> Iterator[Trouble]:
    """A party is written by its key alone, so that no organisation may have a partner's."""
    for element in agenda.elements.values():
        if element.kind is Kind.ORGANISATION and f"{Kind.PARTNER}:{element.key}" in agenda.elements:
            yield Trouble(element.uid, ("id",), show(element.key), "an id that no partner has")


def _check_cycles(agenda: Agenda) -> Iterator[Trouble]:
    """A plan may not wait for itself, by way of others."""
    waits = {
        element.parent or element.uid: [link.target for link in element.links if link.role == "depends_on"]
        for element in agenda.elements.values()
        if element.kind is Kind.PLAN
    }
    done: set[str] = set()
    for start in waits:
        # What waits for what, each with those it waits for that weren't followed yet.
        trail = {} if start in done else {start: iter(waits[start])}
        while trail:
            last = next(reversed(trail))
            for target in trail[last]:
                if target in trail:
                    yield _round_trip(list(trail), target)
                elif target in waits and target not in done:
                    trail[target] = iter(waits[target])
                    break
            else:
                done.add(last)
                del trail[last]


def _round_trip(trail: list[str], target: str) -> Trouble:
    plan = f"{Kind.PLAN}:{plan_key(trail[-1])}"
    found = short(" > ".join([*trail[trail.index(target) :], target]))
    return Trouble(plan, ("depends_on",), found, "plans that don't wait for each other")

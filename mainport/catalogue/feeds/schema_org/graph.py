# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The things that a page describes, with the references between them, however deep they stand in each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin

from mainport.catalogue.feeds.crossref import plain
from mainport.catalogue.feeds.json import Fields
from mainport.catalogue.rules.faults import Fault
from mainport.catalogue.rules.texts import UNKNOWN, language

#: Levels of things within things, and things on one page: what is meant has fewer.
DEPTH = 40
MOST = 20_000

#: Where the things that a page is about stand within others; what those cite or are part of is no subject of the page.
_INSIDE = (
    "mainEntity", "mainEntityOfPage", "itemListElement", "item", "hasCourse", "hasOfferCatalog", "makesOffer", "offers",
    "itemOffered", "dataset",
)  # fmt: skip
_PREFIX = re.compile(r"^(?:https?://(?:www\.)?schema\.org/|schema:)")


def term(words: object) -> str:
    """A name of schema.org without what stands before it."""
    return _PREFIX.sub("", words).strip("/#") if isinstance(words, str) else ""


def absolute(base: str, words: str) -> str:
    """An address as seen from a page; '' for what is none, such as http://[ ."""
    try:
        return urljoin(base, words)
    except ValueError:
        return ""


@dataclass
class Graph:
    """The things in the order of the page; those with an @id are found by it as well."""

    things: list[dict[str, object]] = field(default_factory=list)
    named: dict[str, dict[str, object]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    language: str = UNKNOWN
    _count: int = 0

    def add(self, value: object, where: str = "") -> None:
        """Takes in what was found: an object, a list of them, or an object with a @graph."""
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                self._take(one, where)
            else:
                self.faults.append(Fault(where, str(one)[:80], "an object"))

    def _take(self, value: dict[str, object], where: str) -> None:
        context = value.get("@context")
        for part in context if isinstance(context, list) else [context]:
            if isinstance(part, dict) and isinstance(spoken := part.get("@language"), str):
                self.language = language(spoken)
        if isinstance(inner := value.get("@graph"), list | dict):
            self.add(inner, f"{where}@graph")
        rest = {name: one for name, one in value.items() if name not in ("@context", "@graph")}
        if rest and (thing := self._plain(rest, 0)) is not None:
            self.things.append(thing)

    def _plain(self, value: dict[str, object], depth: int) -> dict[str, object] | None:
        """A thing with the names of schema.org bare; None for one that is too deep, or one too many."""
        self._count += 1
        if depth > DEPTH or self._count > MOST:
            if not any(fault.found.startswith("too ") for fault in self.faults):
                self.faults.append(
                    Fault("", "too many things within things", f"at most {DEPTH} levels, {MOST:,} things")
                )
            return None
        thing: dict[str, object] = {}
        for name, one in value.items():
            key = name if name.startswith("@") else term(name)
            values = [self._value(part, depth + 1) for part in (one if isinstance(one, list) else [one])]
            kept = [part for part in values if part is not None]
            if kept:
                thing[key] = kept if isinstance(one, list) or key in thing else kept[0]
        for alias, key in (("id", "@id"), ("type", "@type")):
            if alias in thing and key not in thing and isinstance(thing[alias], str | list):
                thing[key] = thing.pop(alias)
        number = thing.get("@id")
        if isinstance(number, str) and len(thing) > 1:
            known = self.named.setdefault(number, thing)
            if known is not thing:
                for name, told in thing.items():
                    known.setdefault(name, told)
        return thing

    def _value(self, value: object, depth: int) -> object:
        if isinstance(value, dict):
            if isinstance(value.get("@list"), list):
                return self._value(value["@list"], depth)
            return self._plain(value, depth)
        if isinstance(value, list):
            return (
                [part for part in (self._value(one, depth + 1) for one in value) if part is not None]
                if depth < DEPTH
                else None
            )
        return value

    def all(self) -> Iterator[Fields]:
        """Every thing that the page is about, those within others after the one in which they stand; each once."""
        seen: set[int] = set()
        waiting: list[object] = list(reversed(self.things))
        while waiting:
            one = waiting.pop()
            if isinstance(one, list):
                waiting += reversed(one)
            elif isinstance(one, dict) and id(one) not in seen:
                seen.add(id(one))
                number = one.get("@id")
                whole = self.named.get(number, one) if isinstance(number, str) else one
                if whole is one and "@type" in one:
                    yield Fields(one, self._where(one), self.faults)
                waiting += [one[name] for name in reversed(_INSIDE) if name in one]

    def _where(self, thing: dict[str, object]) -> str:
        return "/".join(types(thing)) or "thing"

    def values(self, thing: Fields, *names: str) -> list[object]:
        """The values of the first of these properties that there is, references followed."""
        found: list[object] = []
        for value in thing.items(*names):
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, dict) and isinstance(number := one.get("@id"), str):
                    known = self.named.get(number)
                    found.append(known if known is not None and known is not thing.values else one)
                else:
                    found.append(one)
        return found

    def things_of(self, thing: Fields, *names: str) -> list[Fields]:
        """The things that these properties hold, of whichever of them; bare words are taken for a name."""
        found = []
        for name in names:
            for place, value in enumerate(self.values(thing, name)):
                where = f"{thing.path(name)}[{place}]"
                if isinstance(value, dict):
                    found.append(Fields(value, where, thing.faults))
                elif isinstance(value, str) and value.strip():
                    found.append(Fields({"name": value.strip()}, where, thing.faults))
        return found

    def texts(self, thing: Fields, *names: str, code: str = UNKNOWN) -> dict[str, str]:
        """The first of these properties that has words, by language; HTML in them made plain."""
        for name in names:
            found: dict[str, str] = {}
            for value in self.values(thing, name):
                spoken, words = self._words(value, code)
                if words:
                    found.setdefault(spoken, words)
            if found:
                return found
        return {}

    def _words(self, value: object, code: str) -> tuple[str, str]:
        if isinstance(value, dict):
            told = value.get("@language")
            words = value.get("@value", value.get("name"))
            return (language(told) if isinstance(told, str) else code), plain(words) if isinstance(words, str) else ""
        if isinstance(value, bool) or not isinstance(value, str | int):
            return code, ""
        return code, plain(str(value))

    def word(self, thing: Fields, *names: str) -> str:
        """The first words of these properties; of a thing its name, its value or its address."""
        for name in names:
            for value in self.values(thing, name):
                if isinstance(value, dict):
                    inner = Fields(value, thing.path(name), [])
                    words = inner.text("@value", "name", "value", "url", "@id", "termCode")
                elif isinstance(value, str | int) and not isinstance(value, bool):
                    words = str(value).strip()
                else:
                    words = ""
                if words:
                    return words
        return ""


def types(thing: dict[str, object] | Fields) -> list[str]:
    """The types of a thing, with the names of schema.org bare."""
    told = (thing.values if isinstance(thing, Fields) else thing).get("@type")
    return [name for one in (told if isinstance(told, list) else [told]) if (name := term(one))]

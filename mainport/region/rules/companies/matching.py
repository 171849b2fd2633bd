# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Which company a row is about: by KvK number, else by name and town. What may be two companies is told, not merged."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

#: What a name may end with without naming another company.
LEGAL_FORMS = frozenset(
    {
        *("bv", "nv", "vof", "cv", "coop", "cooperatie", "maatschap", "eenmanszaak", "io"),
        *("gmbh", "ltd", "limited", "inc", "llc", "plc", "sa", "sarl", "ab", "oy"),
    }
)
#: Letters that no decomposition of Unicode turns into a plain one.
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
#: Towns that go by two names.
_TOWNS = {
    "den haag": "s gravenhage",
    "the hague": "s gravenhage",
    "den bosch": "s hertogenbosch",
    "stad": "groningen",
    "grunn": "groningen",
}


@dataclass(frozen=True)
class YearIn:
    """What a row says of a year; None is not known."""

    year: int
    jobs: int | None = None
    funding: Decimal | None = None


@dataclass(frozen=True)
class Entry:
    """A row about a company. `municipality` is a code; `names` are others that the row gives it."""

    row: int
    name: str
    kvk: str = ""
    town: str = ""
    municipality: str = ""
    sector: str = ""
    website: str = ""
    founded: int | None = None
    closed: int | None = None
    names: tuple[str, ...] = ()
    years: tuple[YearIn, ...] = ()
    url: str = ""  # Where the source tells of it.


@dataclass(frozen=True)
class Known:
    """A company that is there already."""

    key: str
    name: str
    kvk: str = ""
    town: str = ""
    names: tuple[str, ...] = ()


class Reason(StrEnum):
    """Why a row is taken to be about this company, or about none that is known."""

    NUMBER = "number"
    NAME_AND_TOWN = "name-and-town"
    NEW = "new"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True)
class Match:
    """Which company a row is about: one that is known (`key`), or a new one, by the row that first named it (`first`).

    An ambiguous row has neither; `candidates` are the names of what it may be, `maybe` their keys (or the rows that
    first named them), `told` says why in English.
    """

    entry: Entry
    reason: Reason
    key: str = ""
    first: int = 0
    candidates: tuple[str, ...] = ()
    maybe: tuple[str | int, ...] = ()
    told: str = ""


def plain(text: str) -> str:
    """Small letters without accents and signs, words with one space between.

    >>> plain("  Café «Ørsted» & Zn. "), plain("'s-Gravenhage")
    ('cafe orsted en zn', 's gravenhage')
    """
    text = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    text = re.sub(r"[.\u2019`]|(?<=\w)'(?=\w)", "", re.sub(r"[&+]", " en ", text))
    return " ".join("en" if word == "and" else word for word in re.findall(r"\w+", text))


@lru_cache(maxsize=65536)
def normal(name: str) -> str:
    """A name by which two are the same company: without legal form, accents, signs and capitals.

    >>> normal("Zéro-Ébène B.V."), normal("zero ebene bv i.o."), normal("Jansen & Co V.O.F."), normal("B.V.")
    ('zero ebene', 'zero ebene', 'jansen en co', 'bv')
    """
    words = plain(re.sub(r"\b([bnc])\.?\s*v\b\.?", r"\1v", name, flags=re.IGNORECASE)).split()
    words = re.sub(r"\bv o f\b", "vof", " ".join(words)).split()
    while len(words) > 1 and words[-1] in LEGAL_FORMS:
        words.pop()
    return " ".join(words) or name.strip().casefold()


@lru_cache(maxsize=4096)
def town_of(town: str) -> str:
    """A town by which two are the same: without what stands in brackets, accents, signs and capitals.

    >>> town_of("Groningen (Zernike)"), town_of("Den Haag") == town_of("'s-Gravenhage")
    ('groningen', True)
    """
    found = plain(re.sub(r"\(.*?\)", " ", town))
    return _TOWNS.get(found, found)


@dataclass
class _One:
    """A company while a file is looked through: one that is known, or that a row of the file began."""

    name: str
    kvk: str
    names: set[str]
    towns: set[str]
    key: str = ""
    first: int = 0


@dataclass
class _Index:
    by_number: dict[str, _One] = field(default_factory=dict)
    by_name: dict[str, list[_One]] = field(default_factory=dict)

    def add(self, one: _One) -> _One:
        if one.kvk:
            self.by_number[one.kvk] = one
        for name in one.names:
            self.by_name.setdefault(name, []).append(one)
        return one

    def learn(self, one: _One, entry: Entry) -> None:
        """What a row says of a company counts for the rows after it."""
        if entry.kvk and not one.kvk:
            one.kvk = entry.kvk
            self.by_number[entry.kvk] = one
        if entry.town:
            one.towns.add(town_of(entry.town))
        for name in _names(entry.name, entry.names) - one.names:
            one.names.add(name)
            self.by_name.setdefault(name, []).append(one)

    def named(self, names: Iterable[str]) -> list[_One]:
        found = {id(one): one for name in names for one in self.by_name.get(name, ())}
        return list(found.values())


def resolve(entries: Sequence[Entry], known: Iterable[Known]) -> list[Match]:
    """Of each row which company it is about, in the order of the rows.

    Rows with a number are looked at first: what they tell apart mustn't be taken together because a row without
    number came before.
    """
    index = _Index()
    for one in known:
        towns = {town_of(one.town)} if one.town else set()
        index.add(_One(one.name, one.kvk, _names(one.name, one.names), towns, key=one.key))
    several = _several_numbers(entries)
    order = sorted(range(len(entries)), key=lambda at: (not entries[at].kvk, at))
    found: dict[int, Match] = {at: _match(entries[at], index, several) for at in order}
    return [found[at] for at in range(len(entries))]


def _names(name: str, others: Iterable[str]) -> set[str]:
    return {normal(one) for one in (name, *others) if one.strip()}


def _several_numbers(entries: Sequence[Entry]) -> set[tuple[str, str]]:
    """Names in a town under which rows give more than one number."""
    numbers: dict[tuple[str, str], set[str]] = {}
    for entry in entries:
        if entry.kvk:
            for name in _names(entry.name, entry.names):
                numbers.setdefault((name, town_of(entry.town)), set()).add(entry.kvk)
    return {where for where, found in numbers.items() if len(found) > 1}


def _match(entry: Entry, index: _Index, several: set[tuple[str, str]]) -> Match:
    if entry.kvk and (one := index.by_number.get(entry.kvk)):
        return _is(entry, one, Reason.NUMBER, index)
    names, town = _names(entry.name, entry.names), town_of(entry.town)
    named = [one for one in index.named(names) if not (entry.kvk and one.kvk)]
    here = [one for one in named if town and town in one.towns]
    if len(here) == 1 and entry.kvk and any((name, town) in several for name in names):
        return _ambiguous(entry, here, "several numbers go with this name and town")
    if len(here) == 1:
        return _is(entry, here[0], Reason.NAME_AND_TOWN, index)
    if here:
        return _ambiguous(entry, here, "several companies have this name in this town")
    nowhere = [one for one in named if not town or not one.towns]
    if nowhere:
        return _ambiguous(entry, nowhere, "a company has this name, and a town isn't known")
    one = index.add(_One(entry.name, entry.kvk, names, {town} if town else set(), first=entry.row))
    return Match(entry, Reason.NEW, first=one.first)


def _is(entry: Entry, one: _One, reason: Reason, index: _Index) -> Match:
    index.learn(one, entry)
    return Match(entry, reason, key=one.key, first=one.first, candidates=(one.name,))


def _ambiguous(entry: Entry, found: Sequence[_One], told: str) -> Match:
    return Match(
        entry,
        Reason.AMBIGUOUS,
        candidates=tuple(sorted({one.name for one in found})),
        maybe=tuple(one.key or one.first for one in found),
        told=told,
    )

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Whether two names can be those of one person: 'Jansen, A.' and 'Alice Jansen'."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from mainport.catalogue.rules.works import Author

#: What stands before a family name, in the languages of the region's authors; some sources leave it out.
_BEFORE = "van von der den de het 't ter ten te op in aan bij uit du la le el al bin ibn zu zum zur af av da dos di"
_PARTICLES = frozenset(_BEFORE.split())
_DEGREES = "prof dr drs ir ing mr msc bsc ma ba phd mba mph bc rn em dhr mevr"
_TITLES = frozenset(_DEGREES.split())


def fold(words: str) -> str:
    """Words in small letters without accents: what people type for one and the same name or title.

    >>> fold("Crème Brûlée, Łódź & Øre")
    'creme brulee, lodz & ore'
    """
    if words.isascii():
        return words.casefold()
    plain = words.translate({ord("ł"): "l", ord("Ł"): "L", ord("ø"): "o", ord("Ø"): "O", ord("ß"): "ss", ord("’"): "'"})
    parts = unicodedata.normalize("NFKD", plain)
    return "".join(sign for sign in parts if not unicodedata.combining(sign)).casefold()


@dataclass(frozen=True)
class Name:
    """A name in parts that can be compared: the family name without what stands before it, and the given names."""

    family: tuple[str, ...]
    given: tuple[str, ...]


@lru_cache(maxsize=65_536)
def name_of(author: Author) -> Name:
    """The parts of an author's name; without its own word for the family name, the last words are taken for it."""
    if author.is_organisation:
        return Name(tuple(re.findall(r"\w+", fold(author.name))), ())
    if author.family:
        return Name(_family(author.family), _given(author.given))
    family, comma, given = author.name.partition(",")
    if comma and given.strip():
        return Name(_family(family), _given(given))
    words = author.name.split()
    last = next((place for place in range(1, len(words)) if _begins_family(words[place])), len(words) - 1)
    return Name(_family(" ".join(words[last:])), _given(" ".join(words[:last])))


def _begins_family(word: str) -> bool:
    """Whether this is a particle, or has one behind its hyphen: Alice Jansen-de Vries."""
    return any(part in _PARTICLES for part in fold(word).split("-"))


def _family(words: str) -> tuple[str, ...]:
    parts = [part for part in re.findall(r"[\w']+", fold(words)) if part not in _TITLES]
    bare = [part for part in parts if part not in _PARTICLES]
    return tuple(bare or parts)


def _given(words: str) -> tuple[str, ...]:
    """Given names, where initials written as one word (A.B. or AB) are taken apart; titles and particles left out."""
    found: list[str] = []
    for word in re.findall(r"[^\s.\-]+", words):
        plain = fold(word)
        if plain in _TITLES or plain in _PARTICLES or not plain.isalpha():
            continue
        found += list(plain) if word.isupper() and 1 < len(word) <= 4 else [plain]
    return tuple(found)


def same_person(one: Author, other: Author) -> bool:
    """Whether both can be one person or organisation. Equal ORCIDs settle it, and so do different ones.

    >>> same_person(Author("Alice Jansen"), Author("A. Jansen", family="Jansen", given="A."))
    True
    >>> same_person(Author("Alice Jansen"), Author("Anna Jansen"))
    False
    """
    if one.orcid and other.orcid:
        return one.orcid == other.orcid
    if one.is_organisation != other.is_organisation and one.family + one.given + other.family + other.given:
        return False
    return same_name(name_of(one), name_of(other))


def same_name(one: Name, other: Name) -> bool:
    """Whether the family names are equal (of a double one, its first part is enough) and no given name differs."""
    if not one.family or not other.family:
        return False
    short, long = sorted((one.family, other.family), key=len)
    if short != long[: len(short)]:
        return False
    if not one.given or not other.given:
        return one.family == other.family
    return all(
        first == second or (min(len(first), len(second)) == 1 and first[0] == second[0])
        for first, second in zip(one.given, other.given, strict=False)
    )

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What the check on personal data tells: where, what and why, with the words themselves covered.

Nothing that this makes holds a number, an address or a name of a person; it is kept and shown as it is.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from mainport.catalogue.rules.personal_data import Finding, Kind, Reason, find

#: Around what was found, so many signs are shown.
_AROUND = 70
#: More of one place isn't kept: who sees these knows enough.
MOST = 200

_PAGE_BREAK = "\f"


@dataclass(frozen=True)
class Told:
    """One finding, as it is kept. `field` is a field of the work, or 'file' with the name of the file."""

    field: str
    kind: str
    reason: str
    sure: bool
    covered: str
    context: str
    file: str = ""
    page: int | None = None
    language: str = ""
    number: int | None = None  # Of a recommendation or question.

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


#: A page, a picture or a file of data in which no words could be read.
UNREAD = "unread"


@dataclass(frozen=True)
class Place:
    """A text of a work: where it stands, and what it says."""

    field: str
    text: str
    file: str = ""
    has_pages: bool = False
    unread: int = 0
    language: str = ""
    number: int | None = None


def cover(text: str, kind: Kind) -> str:
    """What was found, so far as its author needs it to find it again: a word of illness itself, else its beginning.

    >>> cover("111222333", Kind.BSN), cover("Jansen", Kind.NAME), cover("a@b.nl", Kind.EMAIL)
    ('1112*****', 'Ja****', 'a@****')
    """
    if kind is Kind.HEALTH:
        return text
    shown = min(4, max(1, len(text) * 4 // 9))
    hide = r"[^\s]" if kind is Kind.EMAIL else r"\w"
    return text[:shown] + re.sub(hide, "*", text[shown:])


@dataclass(frozen=True)
class Known:
    """Who may stand in a work by name: its authors and supervisor. Of them nothing need be taken out."""

    words: frozenset[str] = frozenset()  # Of their names.
    boxes: frozenset[str] = frozenset()  # Their e-mail addresses.

    @classmethod
    def of(cls, names: Iterable[str], boxes: Iterable[str]) -> Known:
        words = (word.casefold() for name in names for word in re.findall(r"\w+", name) if len(word) > 2)
        return cls(frozenset(words), frozenset(box.casefold() for box in boxes if box))

    def has(self, found: Finding) -> bool:
        """Whether this is one of them. Somebody in care or research isn't, whatever the name."""
        if found.kind is Kind.EMAIL:
            return found.text.casefold() in self.boxes
        if found.kind is not Kind.NAME or found.reason is Reason.IN_CARE:
            return False
        said = {word.casefold() for word in re.findall(r"\w+", found.text) if len(word) > 2}
        return bool(said) and said <= self.words


def look(places: Iterable[Place], known: Known = Known()) -> list[Told]:
    """All that may be about a person in these texts, in their order; of who is known, nothing."""
    return [told for place in places for told in _of(place, known)]


def _of(place: Place, known: Known) -> list[Told]:
    found = [one for one in find(place.text) if not known.has(one)]
    breaks = [match.start() for match in re.finditer(_PAGE_BREAK, place.text)] if place.has_pages else []
    # What counts most comes first where there is more than is kept.
    kept = sorted(sorted(found, key=lambda one: not one.sure)[:MOST], key=lambda one: one.start)
    told = [
        _told(
            place,
            one.kind.value,
            one.reason.value,
            sure=one.sure,
            covered=cover(one.text, one.kind),
            context=_context(place.text, one, found),
            page=bisect_right(breaks, one.start) + 1 if place.has_pages else None,
        )
        for one in kept
    ]
    if place.unread:
        told.append(_told(place, UNREAD, UNREAD, sure=False, covered="", context="", page=place.unread))
    return told


def _told(place: Place, kind: str, reason: str, **given: Any) -> Told:
    return Told(
        field=place.field,
        kind=kind,
        reason=reason,
        file=place.file,
        language=place.language,
        number=place.number,
        **given,
    )


def _context(text: str, one: Finding, found: Sequence[Finding]) -> str:
    """The words around it on its page, with all that was found in them covered."""
    start, end = max(0, one.start - _AROUND), min(len(text), one.end + _AROUND)
    start = max(start, text.rfind(_PAGE_BREAK, start, one.start) + 1)
    page_end = text.find(_PAGE_BREAK, one.end, end)
    end = page_end if page_end >= 0 else end
    # No half of another finding may stand at an edge uncovered.
    near = [other for other in found if other.end > start and other.start < end]
    start = min([start, *(other.start for other in near)])
    end = max([end, *(other.end for other in near)])
    parts, place = [], start
    for other in near:
        parts += [text[place : other.start], cover(other.text, other.kind)]
        place = other.end
    return re.sub(r"\s+", " ", "".join([*parts, text[place:end]])).strip()


def mask(text: str) -> str:
    """The text with the numbers of persons and of bank accounts taken out, for keeping where everybody can search."""
    parts, place = [], 0
    for one in find(text):
        if one.kind in (Kind.BSN, Kind.IBAN):
            parts += [text[place : one.start], "*" * (one.end - one.start)]
            place = one.end
    return "".join([*parts, text[place:]])


def fingerprint(places: Iterable[Place], files: Mapping[str, str]) -> str:
    """Of all that is checked: other words, or another file (by its checksum), ask for a new check."""
    told = hashlib.sha256()
    for place in places:
        if not place.file:
            told.update(f"{place.field}|{place.number}|{place.language}|{place.text}\0".encode())
    for name, checksum in sorted(files.items()):
        told.update(f"{name}|{checksum}\0".encode())
    return told.hexdigest()

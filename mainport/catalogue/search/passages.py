# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Shows where in a record the words stand that were asked for: the title, and the sentences that hold most of them."""

from __future__ import annotations

import bisect
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from mainport.catalogue.search.analysis import ANALYSED, says_something, stem, stems, words
from mainport.catalogue.search.answers import Passage, Piece
from mainport.catalogue.search.compounds import SHORTEST_COMPOUND, fold, parts
from mainport.catalogue.search.documents import Text

#: Characters of a passage, about three lines.
LENGTH = 300
#: Of those, before the first word that was found.
BEFORE = 60
#: Text of a file is read so far; what stands later is not shown.
FURTHEST = 400_000
#: What shows a word of a title beside one of a text, when a language is chosen.
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Place:
    """A word of the question in a text."""

    begin: int
    end: int
    word: str


@dataclass(frozen=True)
class Marker:
    """What is marked: each word of the question by its stems, whole and as a part of a compound.

    A text is not cut into words, as the text of a file is long: only what begins like one of the stems is looked at.
    """

    words: tuple[str, ...]
    #: Of words that were looked at, in which language: the word of the question that they are, or hold.
    met: dict[tuple[str, str], str] = field(default_factory=dict, compare=False)

    @cached_property
    def roots(self) -> dict[str, str]:
        return _roots(self.words)

    @cached_property
    def wanted(self) -> Sequence[tuple[str, frozenset[str]]]:
        """Each word with its stems."""
        return [(word, frozenset(stems(word))) for word in self.words]

    @cached_property
    def beginnings(self) -> re.Pattern[str]:
        """What stands in every word that has one of the stems, or a part with one."""
        return re.compile("|".join(sorted({_beginning(root) for root in self.roots})))

    def places(self, text: str, language: str) -> list[Place]:
        if not self.roots:
            return []
        found: list[Place] = []
        plain = folded(text)
        last = 0
        for match in self.beginnings.finditer(plain):
            begin = match.start()
            if begin < last:
                continue
            while begin > last and plain[begin - 1].isalnum():
                begin -= 1
            rest = _REST.match(plain, match.start())
            last = rest.end() if rest else match.end()
            word = self._word(plain[begin:last], language)
            if word:
                found.append(Place(begin, last, word))
        return found

    def _word(self, found: str, language: str) -> str:
        """The word of the question that stands here, by itself or in a compound; nothing where none does."""
        known = self.met.get((found, language))
        if known is None:
            cut = [found] if found.isascii() else words(found)
            telling = len(cut) == 1 and says_something(cut[0], language)
            known = self.roots.get(stem(cut[0], language), "") if telling else ""
            if not known and language != "en" and len(found) >= SHORTEST_COMPOUND:
                known = _inside(found, self.wanted)
            self.met[found, language] = known
        return known


#: What remains of a word.
_REST = re.compile(r"[^\W_]+")
#: The one letter whose lower case is two.
_TWO_WHEN_LOWER = "\u0130"


def folded(text: str) -> str:
    """Without case and accents, each letter in its own place."""
    plain = text.replace(_TWO_WHEN_LOWER, "i").lower()
    if not plain.isascii():
        for letter in set(plain):
            if letter > "\x7f" and len(bare := fold(letter)) == 1:
                plain = plain.replace(letter, bare)
    return plain


def _beginning(root: str) -> str:
    """How a word with this stem begins, as a pattern.

    A stem may write a vowel twice that the word has once (dood of doden), or once what it has twice; and end in
    another letter (reis of reizen, studi of study). What comes after three letters may have changed altogether, and
    of a short stem what comes after two (die of dying).
    """
    single = _TWICE.sub(r"\1", root)
    return "".join(_AS_WRITTEN.get(letter, re.escape(letter)) for letter in single[: 3 if len(single) > 3 else 2])


_TWICE = re.compile(r"([aeou])\1")
_AS_WRITTEN = {
    **{vowel: f"{vowel}{vowel}?" for vowel in "aeou"},
    **dict.fromkeys("iy", "[iy]"),
    **dict.fromkeys("sz", "[sz]"),
    **dict.fromkeys("fv", "[fv]"),
}


@lru_cache(maxsize=256)
def _roots(words: tuple[str, ...]) -> dict[str, str]:
    found = {root: word for word in reversed(words) for root in stems(word)}
    for word in words:
        for part in parts(word):
            for root in stems(part):
                found.setdefault(root, word)
    return found


def _inside(compound: str, wanted: Sequence[tuple[str, frozenset[str]]]) -> str:
    """The word of the question that is a part of this compound."""
    pieces = _pieces_of(compound)
    return next((word for word, roots in wanted if not pieces.isdisjoint(roots)), "") if pieces else ""


@lru_cache(maxsize=50_000)
def _pieces_of(compound: str) -> frozenset[str]:
    return frozenset(root for part in parts(compound) for root in stems(part))


def title(texts: Mapping[str, Text], language: str, marker: Marker) -> Passage | None:
    """The title, in the reader's language where there is one, with the words marked."""
    for code in _ordered(texts, language):
        if texts[code].title:
            text = texts[code].title
            return Passage(_pieces(text, marker.places(text, _analysed(code)), 0, len(text)), code, "title")
    return None


def passage(texts: Mapping[str, Text], language: str, marker: Marker) -> Passage | None:
    """The piece of text with most of the words: of the summary, or else of a file; its beginning where none is there.

    The reader's language goes before another with as many words.
    """
    best: tuple[int, Passage] | None = None
    for part in ("body", "fulltext"):
        for code in _ordered(texts, language):
            text = _clean(getattr(texts[code], part)[:FURTHEST])
            if not text:
                continue
            places = marker.places(text, _analysed(code))
            start, number = _best_start(places)
            if best is None or number > best[0]:
                best = (number, _cut(text, places, start, code, part))
        # What a summary says is worth more than where a file mentions it.
        if best and best[0] >= max(1, len(marker.words) - 1):
            break
    return best[1] if best else None


def _analysed(code: str) -> str:
    return code if code in ANALYSED else "und"


def _ordered(texts: Mapping[str, Text], language: str) -> list[str]:
    return sorted(texts, key=lambda code: code != language)


def _clean(text: str) -> str:
    """The text on one line. Most texts are on one already, and a long one is soon looked through for what isn't."""
    return " ".join(text.split()) if any(space in text for space in _SPACES) else text.strip()


_SPACES = ("\n", "  ", "\t", "\r", "\xa0", "\f", "\u2028")


def _best_start(places: list[Place]) -> tuple[int, int]:
    """Where the piece begins that holds most different words, and how many it holds."""
    best, start = 0, 0
    begins = [place.begin for place in places]
    for number, place in enumerate(places):
        last = bisect.bisect_right(begins, place.begin + LENGTH - BEFORE)
        held = len({other.word for other in places[number:last]})
        if held > best:
            best, start = held, place.begin
    return start, best


def _cut(text: str, places: list[Place], start: int, code: str, field: str) -> Passage:
    begin = _sentence_start(text, start)
    end = _word_end(text, begin + LENGTH)
    pieces = _pieces(text, places, begin, end)
    if begin > 0:
        pieces = (Piece(f"{ELLIPSIS} "), *pieces)
    if end < len(text):
        pieces = (*pieces, Piece(f" {ELLIPSIS}"))
    return Passage(pieces, code, field)


def _pieces(text: str, places: list[Place], begin: int, end: int) -> tuple[Piece, ...]:
    found: list[Piece] = []
    at = begin
    for place in places:
        if place.begin < at or place.end > end:
            continue
        if place.begin > at:
            found.append(Piece(text[at : place.begin]))
        found.append(Piece(text[place.begin : place.end], True))
        at = place.end
    if at < end:
        found.append(Piece(text[at:end]))
    return tuple(found)


def _sentence_start(text: str, at: int) -> int:
    """The beginning of the sentence where that is near, else of a word some way before."""
    if at <= BEFORE * 2:
        return 0
    for mark in (". ", "? ", "! "):
        found = text.rfind(mark, at - BEFORE * 2, at)
        if found >= 0:
            return found + 2
    space = text.find(" ", at - BEFORE, at)
    return space + 1 if space >= 0 else at


def _word_end(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    space = text.rfind(" ", 0, at)
    return space if space > 0 else at

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Shows where in a record the words stand that were asked for: the title, and the sentences that hold most of them."""

from __future__ import annotations

import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from mainport.catalogue.search.analysis import ANALYSED, analyser, plain, stems
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
    """What is marked: each word of the question by its stems, whole and as a part of a compound."""

    words: tuple[str, ...]

    @property
    def roots(self) -> dict[str, str]:
        return _roots(self.words)

    def places(self, text: str, language: str) -> list[Place]:
        roots = self.roots
        if not roots:
            return []
        held = analyser(language).pre_tokenize(text).tokens
        found = {
            (token.char_offset_from, token.char_offset_to): roots[token.text] for token in held if token.text in roots
        }
        if language != "en":
            wanted = [(word, frozenset(stems(word))) for word in self.words]
            for token in plain().pre_tokenize(text).tokens:
                span = (token.char_offset_from, token.char_offset_to)
                if len(token.text) >= SHORTEST_COMPOUND and span not in found:
                    word = _inside(token.text, wanted)
                    if word:
                        found[span] = word
        return [Place(begin, end, word) for (begin, end), word in sorted(found.items())]


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
    return frozenset(root for part in parts(fold(compound)) for root in stems(part))


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
    for field in ("body", "fulltext"):
        for code in _ordered(texts, language):
            text = _clean(getattr(texts[code], field)[:FURTHEST])
            if not text:
                continue
            places = marker.places(text, _analysed(code))
            start, number = _best_start(places)
            if best is None or number > best[0]:
                best = (number, _cut(text, places, start, code, field))
        # What a summary says is worth more than where a file mentions it.
        if best and best[0] >= max(1, len(marker.words) - 1):
            break
    return best[1] if best else None


def _analysed(code: str) -> str:
    return code if code in ANALYSED else "und"


def _ordered(texts: Mapping[str, Text], language: str) -> list[str]:
    return sorted(texts, key=lambda code: code != language)


def _clean(text: str) -> str:
    return " ".join(text.split())


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

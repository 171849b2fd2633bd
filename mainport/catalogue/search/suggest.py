# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Completes what is being typed, and mends what was typed wrong, by words that stand in titles and subjects."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from string import ascii_lowercase

from tantivy import Occur, Query, Schema, Searcher

from mainport.catalogue.search.analysis import stems, words
from mainport.catalogue.search.compounds import parts
from mainport.catalogue.search.detection import _frequencies
from mainport.catalogue.search.query import Question
from mainport.catalogue.search.synonyms import spelled

#: A word is mended when no record holds it, or so many times fewer than the one that it looks like.
RARER = 50
#: Records that are read to find out what a word looks like.
READ = 200
#: Shorter words are too like each other.
SHORTEST = 4
#: From this length on, two letters may be wrong.
LONG = 8
LONGEST = 200
#: A word that is written more often than this is no mistake of typing.
WRITTEN = 1e-7
#: Nor is it doubtful what is meant by one that is written this often, though no text holds it: meaning may find some.
COMMON = 1e-6

_WORD = re.compile(r"[^\W_]+")


def complete(beginning: str, limit: int, schema: Schema, searcher: Searcher) -> tuple[str, ...]:
    """What was typed with its last word completed, by words that stand in records with the earlier ones."""
    beginning = beginning[:LONGEST].replace("\0", " ")
    typed = words(beginning)
    if not typed or beginning[-1].isspace():
        return ()
    *earlier, last = typed
    within = None
    if earlier:
        within = Query.boolean_query(
            [(Occur.Must, Query.term_query(schema, "word", word, "basic")) for word in earlier]
        )
    found = searcher.terms_with_prefix("word", last, within, limit)
    before = beginning[: _last_word(beginning)]
    return tuple(before + word for word, _records in sorted(found, key=lambda pair: (-pair[1], pair[0])))


def _last_word(text: str) -> int:
    """Where the last word of the text begins."""
    begins = [match.start() for match in _WORD.finditer(text)]
    return begins[-1] if begins else len(text)


def mend(
    question: Question,
    absent: Sequence[str],
    titles: Callable[[Query, int], list[str]],
    schema: Schema,
    searcher: Searcher,
) -> str | None:
    """The question with better spelled words in place of those that (almost) no record holds; None where there are
    none. `titles` gives the words of titles that a query finds."""
    better: dict[str, str] = {}
    dutch, english = _frequencies()
    for word in question.telling:
        if len(word) < SHORTEST or word.isdigit():
            continue
        # A word that people write in either language is no mistake of typing, nor is a compound of such words.
        known = max(dutch.get(word, 0.0), english.get(word, 0.0)) > WRITTEN
        if word not in absent and (known or parts(word) or spelled((word,), ())):
            continue
        records = searcher.doc_freq("word", word)
        if word in absent or records == 0:
            other = _like(word, records, titles, schema, searcher)
            if other and (word in absent or searcher.doc_freq("text", word) < searcher.doc_freq("word", other) / RARER):
                better[word] = other
    if not better:
        return None
    return _WORD.sub(lambda match: better.get(_plain(match[0]), match[0]), question.asked)


def _plain(word: str) -> str:
    found = words(word)
    return found[0] if len(found) == 1 else word


def _like(
    word: str, records: int, titles: Callable[[Query, int], list[str]], schema: Schema, searcher: Searcher
) -> str | None:
    for distance in (1, 2) if len(word) >= LONG else (1,):
        alike = Query.fuzzy_term_query(schema, "word", word, distance=distance)
        near = {
            other
            for text in titles(alike, READ)
            for other in words(text)
            if other != word and abs(len(other) - len(word)) <= distance and apart(word, other, distance) <= distance
        }
        counted = [(searcher.doc_freq("word", other), other) for other in near]
        best = max(counted, default=(0, ""))
        if best[0] > records * RARER:
            return best[1]
    return _written_like(word, searcher)


def _written_like(word: str, searcher: Searcher) -> str | None:
    """The word that people write most, of those that one letter makes of this one; rather one that a text holds."""
    dutch, english = _frequencies()
    often = {
        other: count
        for other in _edited(word)
        if (count := max(dutch.get(other, 0.0), english.get(other, 0.0))) > WRITTEN
    }
    likely = sorted(often, key=lambda one: -often[one])
    held = (other for other in likely if any(searcher.doc_freq("text", root) for root in stems(other)))
    known = max(dutch.get(word, 0.0), english.get(word, 0.0)) > WRITTEN
    return next(held, likely[0] if likely and not known and often[likely[0]] > COMMON else None)


def _edited(word: str) -> Iterator[str]:
    """Everything that one letter makes of a word: left out, swapped with the next, changed or added."""
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        if after:
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in ascii_lowercase if letter != after[0])
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        yield from (before + letter + after for letter in ascii_lowercase)


def apart(one: str, other: str, most: int) -> int:
    """How many letters must be added, left out, changed or swapped with the next; more than `most` is most + 1."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, against in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)

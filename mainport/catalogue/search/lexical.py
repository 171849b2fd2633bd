# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""From a question to queries on the index of words.

Each word is looked up by its stems in every language, in each field; a Dutch compound by its parts too, and a name of
the region by its other names. `ranked` is one flat union, so that the index can skip what cannot come high; `all_words`
asks for each word, `some_words` for so many of them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from tantivy import FieldType, Occur, Query, Schema, Searcher

from mainport.catalogue.search.analysis import ANALYSED, stem, stems
from mainport.catalogue.search.compounds import parts
from mainport.catalogue.search.query import Clause, Question
from mainport.catalogue.search.synonyms import synonyms
from mainport.catalogue.search.wordindex import facet_field, number_field

#: What a word is worth in each field. `text` holds the title too, so that a word of the title counts for both.
WORTH = {"text": 1.0, "title": 0.3, "full": 0.3, "parts": 0.8, "names": 0.6}
#: What a part of a compound that was asked for is worth beside the compound, all parts together.
PART = 1.0
#: What another name for the same is worth.
SYNONYM = 0.6
#: Values of a facet that are looked up each by itself.
FEW = 16
#: Fields in which words have places, so that phrases can be looked for.
PHRASED = ("text", "full", "names")
#: Fields that hold words as they are written.
UNSTEMMED = frozenset({"names"})


@dataclass(frozen=True, slots=True)
class Term:
    """A word in a field, with what it is worth there and how many records hold it."""

    field: str
    text: str
    worth: float
    records: int


@dataclass(frozen=True, slots=True)
class Word:
    """A word that was asked for: where it stands, itself or as its parts."""

    word: str
    terms: tuple[Term, ...] = ()
    parts: tuple[tuple[Term, ...], ...] = ()

    @property
    def anywhere(self) -> bool:
        return bool(self.terms) or (bool(self.parts) and all(self.parts))


@dataclass(frozen=True)
class Lookup:
    """A question, looked up in one state of the index."""

    schema: Schema
    searcher: Searcher
    question: Question
    words: tuple[Word, ...]
    others: tuple[Query, ...] = ()
    other_names: Mapping[int, tuple[Query, ...]] = field(default_factory=dict)

    @cached_property
    def present(self) -> tuple[Word, ...]:
        """The words that stand somewhere in the index."""
        return tuple(word for place, word in enumerate(self.words) if word.anywhere or self.other_names.get(place))

    @cached_property
    def absent(self) -> tuple[str, ...]:
        here = {word.word for word in self.present}
        return tuple(word.word for word in self.words if word.word not in here)

    @cached_property
    def known(self) -> float:
        """How much of the question stands in the index at all, 0 to 1: each word weighs by how rare it is, a compound
        counts by its parts."""
        total = max(self.searcher.num_docs, 1)
        held = every = 0.0
        for word in self.words:
            if word.terms:
                rarity = max(_rarity(term.records, total) for term in word.terms)
                held, every = held + rarity, every + rarity
            else:
                rarity = _rarity(0, total)
                found = sum(bool(part) for part in word.parts) / len(word.parts) if word.parts else 0.0
                held, every = held + rarity * found, every + rarity
        return held / every if every else 0.0

    def ranked(self) -> Query | None:
        """Records with any of the words, the most telling highest."""
        found: list[tuple[Occur, Query]] = []
        for word in self.words:
            found += [(Occur.Should, self._query(term)) for term in word.terms]
            for part in word.parts:
                found += [(Occur.Should, self._query(term, PART / len(word.parts))) for term in part]
        found += [(Occur.Should, query) for query in self.others]
        return Query.boolean_query(found) if found else None

    def all_words(self) -> Query:
        """Records with every word that stands anywhere at all."""
        return Query.boolean_query([(Occur.Must, query) for query in self._each])

    def some_words(self, number: int) -> Query:
        """Records with at least so many of the words."""
        return Query.boolean_query([(Occur.Should, query) for query in self._each], number)

    @cached_property
    def _each(self) -> list[Query]:
        return [
            self._one(word, self.other_names.get(place, ()))
            for place, word in enumerate(self.words)
            if word.anywhere or self.other_names.get(place)
        ]

    def _one(self, word: Word, others: Sequence[Query]) -> Query:
        found = [(Occur.Should, self._query(term)) for term in word.terms]
        found += [(Occur.Should, query) for query in others]
        if word.parts and all(word.parts):
            share = PART / len(word.parts)
            each = [_any([self._query(term, share) for term in part]) for part in word.parts]
            found.append((Occur.Should, Query.boolean_query([(Occur.Must, query) for query in each])))
        return found[0][1] if len(found) == 1 else Query.boolean_query(found)

    def _query(self, term: Term, share: float = 1.0) -> Query:
        query = Query.term_query(self.schema, term.field, term.text, "freq")
        worth = term.worth * share
        return query if worth == 1.0 else Query.boost_query(query, worth)


def _rarity(records: int, total: int) -> float:
    """The inverse document frequency, as BM25 has it."""
    return math.log(1 + (total - records + 0.5) / (records + 0.5))


def look_up(question: Question, schema: Schema, searcher: Searcher) -> Lookup:
    """Find out which words of the question stand where."""
    words = tuple(_word(word, searcher) for word in question.telling)
    others: list[Query] = []
    other_names: dict[int, tuple[Query, ...]] = {}
    place = {word: at for at, word in enumerate(question.telling)}
    for begin, end, names in synonyms(question.words):
        queries = [query for name in names for query in _name(name, schema, searcher)]
        others += queries
        # Another name stands for all the words of the first one.
        for word in question.words[begin:end]:
            if queries and word in place:
                other_names[place[word]] = (*other_names.get(place[word], ()), *queries)
    return Lookup(schema, searcher, question, words, tuple(others), other_names)


def _word(word: str, searcher: Searcher) -> Word:
    found = tuple(_terms(word, stems(word), searcher))
    pieces = tuple(tuple(_terms(part, (stem(part, "nl"),), searcher)) for part in parts(word))
    return Word(word, found, pieces)


def _terms(word: str, roots: Sequence[str], searcher: Searcher) -> list[Term]:
    found: list[Term] = []
    for name, worth in WORTH.items():
        for root in (word,) if name in UNSTEMMED else roots:
            records = searcher.doc_freq(name, root)
            if records:
                found.append(Term(name, root, worth, records))
    return found


def _name(name: Sequence[str], schema: Schema, searcher: Searcher) -> list[Query]:
    """Another name, where the index holds it."""
    found = [
        query
        for language in ANALYSED
        if (query := _phrase([stem(word, language) for word in name], "text", schema, searcher)) is not None
    ]
    return [Query.boost_query(query, SYNONYM) for query in found[:1]]


def _phrase(words: Sequence[str], name: str, schema: Schema, searcher: Searcher) -> Query | None:
    if not words or not all(searcher.doc_freq(name, word) for word in words):
        return None
    if len(words) == 1:
        return Query.term_query(schema, name, words[0], "freq")
    return Query.phrase_query(schema, name, list(words))


def _any(queries: Sequence[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Should, query) for query in queries])


def clause(asked: Clause, schema: Schema, searcher: Searcher) -> Query:
    """A phrase, or a word in a field: a phrase of which a small word was left out at storing is found without it."""
    if asked.field == "identifier":
        return Query.term_query(schema, "identifier", " ".join(asked.words))
    found: list[Query] = []
    for name in (asked.field,) if asked.field else PHRASED:
        for language in ("und",) if name in UNSTEMMED else ANALYSED:
            query = _placed(asked.words, name, language, schema, searcher)
            if query is not None:
                found.append(query)
    return _any(found) if found else Query.empty_query()


def _placed(words: Sequence[str], name: str, language: str, schema: Schema, searcher: Searcher) -> Query | None:
    from mainport.catalogue.search.analysis import analyser, plain

    cut = (plain() if name in UNSTEMMED else analyser(language)).pre_tokenize(" ".join(words)).tokens
    if not cut or not all(searcher.doc_freq(name, token.text) for token in cut):
        return None
    if len(cut) == 1:
        return Query.term_query(schema, name, cut[0].text, "freq")
    first = cut[0].position
    return Query.phrase_query(schema, name, [(token.position - first, token.text) for token in cut])


def conditions(
    question: Question,
    filters: Mapping[str, Sequence[str]],
    ranges: Mapping[str, tuple[int | None, int | None]],
    schema: Schema,
    searcher: Searcher,
) -> list[tuple[Occur, Query]]:
    """What must hold, and what must not, whatever the words: it adds nothing to a score."""
    found: list[tuple[Occur, Query]] = []
    for asked in question.clauses:
        query = clause(asked, schema, searcher)
        # A phrase that must stand there says how well a record fits; what is left out doesn't.
        found.append((Occur.MustNot, query) if asked.excluded else (Occur.Must, query))
    for name, values in filters.items():
        if values:
            chosen = _chosen(name, values, schema)
            found.append((Occur.Must, Query.boost_query(chosen, 0.0)))
    for name, (low, high) in ranges.items():
        if low is not None or high is not None:
            between = Query.range_query(schema, number_field(name), FieldType.Integer, low, high)
            found.append((Occur.Must, Query.boost_query(between, 0.0)))
    return found


def _chosen(name: str, values: Sequence[str], schema: Schema) -> Query:
    """Records with one of these values. A set reads all records with any of them beforehand, a few terms only those
    that the words come to."""
    if len(values) > FEW:
        return Query.term_set_query(schema, facet_field(name), list(values))
    return _any([Query.term_query(schema, facet_field(name), value, "basic") for value in values])


def within(query: Query | None, held: Sequence[tuple[Occur, Query]]) -> Query:
    """The query under conditions; all records where there is no query."""
    positive = any(occur == Occur.Must for occur, _query in held)
    if query is None:
        return Query.boolean_query([*held, *([] if positive else [(Occur.Must, Query.all_query())])])
    return Query.boolean_query([(Occur.Must, query), *held]) if held else query

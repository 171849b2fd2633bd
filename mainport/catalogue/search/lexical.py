# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""From a question to queries on the index of words.

Each word is looked up by its stems in every language, in each field; a Dutch compound by its parts too, and a name of
the region by its other names. `ranked` is one flat union, so that the index can skip what cannot come high; `holding`
asks for so many of the words. A compound is there where it stands as one word, or where all its parts do; asked for
softly, one that no record holds is there where half of its parts are.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from tantivy import FieldType, Occur, Query, Schema, Searcher

from mainport.catalogue.search.analysis import ANALYSED, analyser, plain, stem, stems
from mainport.catalogue.search.compounds import parts
from mainport.catalogue.search.query import Clause, Question
from mainport.catalogue.search.synonyms import spelled, synonyms
from mainport.catalogue.search.wordindex import facet_field, number_field

#: What a word is worth in each field. `text` holds the title too, so that a word of the title counts for both.
WORTH = {"text": 1.0, "title": 0.3, "full": 0.3, "parts": 0.8, "names": 0.6}
#: What a part of a compound that was asked for is worth beside the compound, all parts together.
PART = 1.0
#: What another name for the same is worth.
SYNONYM = 0.6
#: A compound that so many records hold as one word isn't looked for as loose parts: nobody reads on to those.
ENOUGH = 200
#: Where no record holds a whole compound, nor all its parts, this share of them must be there.
HALF = 0.5
#: Where more of the records than this have one of the values that were chosen, those with others are left out.
MOST = 0.5
#: Values of a facet that are looked up each by itself.
FEW = 16
#: A question of at most one word more is asked for all its words but one by leaving each out in turn.
FEW_LEFT_OUT = 3
#: Fields in which words have places, so that phrases can be looked for.
PHRASED = ("text", "full", "names")
#: Fields that hold words as they are written.
UNSTEMMED = frozenset({"names"})
#: Words of which is remembered where they stand, and how to ask for them.
REMEMBERED = 10_000


class Term(NamedTuple):
    """A word in a field, with what it is worth there and how many records hold it."""

    field: str
    text: str
    worth: float
    records: int


class Word(NamedTuple):
    """A word that was asked for: where it stands, itself or as its parts."""

    word: str
    terms: tuple[Term, ...] = ()
    parts: tuple[tuple[Term, ...], ...] = ()

    @property
    def anywhere(self) -> bool:
        return bool(self.terms) or any(self.parts)

    @property
    def whole(self) -> bool:
        """Whether it can be there in full: as one word, or as all its parts."""
        return bool(self.terms) or (bool(self.parts) and all(self.parts))

    @property
    def loose(self) -> bool:
        """Whether some of its parts may do: where no record holds it as one word."""
        return not self.terms and any(self.parts)


class Vocabulary:
    """The words of the index in one state: where each stands, and the query that finds it. What was asked before is
    remembered, since people ask for the same words."""

    def __init__(self, schema: Schema, searcher: Searcher) -> None:
        self.schema = schema
        self.searcher = searcher
        self._words: dict[str, Word] = {}
        self._queries: dict[tuple[str, bool], Query] = {}
        self._shares: dict[str, dict[str, float]] = {}

    def word(self, word: str) -> Word:
        found = self._words.get(word)
        if found is None:
            terms = self._terms(word, stems(word))
            common = any(term.field == "text" and term.records >= ENOUGH for term in terms)
            cut = () if common else parts(word)
            found = Word(word, terms, tuple([self._terms(part, (stem(part, "nl"),)) for part in cut]) if cut else ())
            if len(self._words) >= REMEMBERED:
                self._words.clear()
            self._words[word] = found
        return found

    def _terms(self, word: str, roots: Sequence[str]) -> tuple[Term, ...]:
        count = self.searcher.doc_freq
        found: list[Term] = []
        for root in roots:
            if here := count("text", root):
                found.append(Term("text", root, WORTH["text"], here))
                # What stands in a title stands in the text too.
                if records := count("title", root):
                    found.append(Term("title", root, WORTH["title"], records))
            if records := count("full", root):
                found.append(Term("full", root, WORTH["full"], records))
            # Parts are held by their Dutch stems, and that is the first one; another one may be the same by chance.
            if (here or root is roots[0]) and (records := count("parts", root)):
                found.append(Term("parts", root, WORTH["parts"], records))
        if records := count("names", word):
            found.append(Term("names", word, WORTH["names"], records))
        return tuple(found)

    def query(self, word: Word, *, softly: bool) -> Query:
        """Records that hold this word."""
        key = (word.word, softly)
        found = self._queries.get(key)
        if found is None:
            found = any_of(self.ways(word, softly=softly))
            if len(self._queries) >= REMEMBERED:
                self._queries.clear()
            self._queries[key] = found
        return found

    def ways(self, word: Word, *, softly: bool) -> list[Query]:
        """The ways in which a record may hold this word."""
        found = [self.term(term) for term in word.terms]
        if not word.parts:
            return found
        held = [part for part in word.parts if part]
        least = len(word.parts)
        if softly and word.loose:
            least = min(len(held), math.ceil(len(word.parts) * HALF))
        if not held or len(held) < least:
            return found
        share = PART / len(word.parts)
        if least == 1:
            return found + [self.term(term, share) for part in held for term in part]
        each = [any_of([self.term(term, share) for term in part]) for part in held]
        if least == len(each):
            return [*found, Query.boolean_query([(Occur.Must, query) for query in each])]
        return [*found, Query.boolean_query([(Occur.Should, query) for query in each], least)]

    def shares(self, facet: str) -> Mapping[str, float]:
        """What share of the records has each value of this facet, where each record has just one, of few; else
        nothing."""
        found = self._shares.get(facet)
        if found is None:
            found = {}
            name, number = facet_field(facet), self.searcher.num_docs
            every = Query.all_query()
            counted = self.searcher.aggregate(every, {"all": {"terms": {"field": name, "size": FEW + 1}}})["all"]
            counts = {str(one["key"]): int(one["doc_count"]) for one in counted["buckets"]}
            if len(counts) <= FEW and sum(counts.values()) == number:
                held: Any = self.searcher.search(Query.exists_query(name), limit=1)
                if held.count == number:
                    found = {value: count / number for value, count in counts.items()}
            self._shares[facet] = found
        return found

    def term(self, term: Term, share: float = 1.0) -> Query:
        query = Query.term_query(self.schema, term.field, term.text, "freq")
        worth = term.worth * share
        return query if worth == 1.0 else Query.boost_query(query, worth)


@dataclass(frozen=True)
class Lookup:
    """A question, looked up in one state of the index."""

    vocabulary: Vocabulary
    question: Question
    words: tuple[Word, ...]
    #: Those of which something stands in the index, each with its other names.
    present: tuple[tuple[Word, tuple[Query, ...]], ...]
    others: tuple[Query, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether each of those can be there in full."""
        return all(word.terms or others or word.whole for word, others in self.present)

    @property
    def loose(self) -> bool:
        """Whether asking softly can find more."""
        return any(word.loose for word, _others in self.present)

    @property
    def absent(self) -> tuple[str, ...]:
        if len(self.present) == len(self.words):
            return ()
        here = {word.word for word, _others in self.present}
        return tuple(word.word for word in self.words if word.word not in here)

    @cached_property
    def known(self) -> float:
        """How much of the question stands in the index at all, 0 to 1: each word weighs by how rare it is, a compound
        counts by its parts."""
        total = max(self.vocabulary.searcher.num_docs, 1)
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
        term = self.vocabulary.term
        found: list[tuple[Occur, Query]] = []
        for word in self.words:
            found += [(Occur.Should, term(one)) for one in word.terms]
            for part in word.parts:
                found += [(Occur.Should, term(one, PART / len(word.parts))) for one in part]
        found += [(Occur.Should, query) for query in self.others]
        return Query.boolean_query(found) if found else None

    def holding(self, least: int, *, softly: bool) -> Query:
        """Records with at least so many of the words that stand anywhere at all."""
        number = len(self.present)
        if least == 1 < number:
            # One flat union, which the index goes through faster than through one of unions.
            ways = self.vocabulary.ways
            return any_of([one for word, others in self.present for one in (*ways(word, softly=softly), *others)])
        each = self._each(softly=softly)
        if least == number:
            return all_of(each)
        if least == len(each) - 1 <= FEW_LEFT_OUT:
            # All but one, in turn: the index is faster at that than at counting. Records with all of them count each
            # word more than once, but so many are asked for only where there are none.
            return any_of([all_of([*each[:place], *each[place + 1 :]]) for place in range(len(each))])
        return Query.boolean_query([(Occur.Should, query) for query in each], least)

    def _each(self, *, softly: bool) -> list[Query]:
        find = self.vocabulary.query
        found: list[Query] = []
        for word, others in self.present:
            if others:
                found.append(any_of([*self.vocabulary.ways(word, softly=softly), *others]))
            elif softly or word.terms or word.whole:
                found.append(find(word, softly=softly))
        return found


def _rarity(records: int, total: int) -> float:
    """The inverse document frequency, as BM25 has it."""
    return math.log(1 + (total - records + 0.5) / (records + 0.5))


def look_up(question: Question, vocabulary: Vocabulary) -> Lookup:
    """Find out which words of the question stand where."""
    schema, searcher = vocabulary.schema, vocabulary.searcher
    words = tuple([vocabulary.word(word) for word in question.telling])
    named = [*synonyms(question.words), *spelled(question.words, question.joined)]
    if not named:
        return Lookup(vocabulary, question, words, tuple([(word, ()) for word in words if word.anywhere]))
    others: list[Query] = []
    other_names: dict[int, tuple[Query, ...]] = {}
    place = {word: at for at, word in enumerate(question.telling)}
    for begin, end, names in named:
        queries = [query for name in names for query in _name(name, schema, searcher)]
        others += queries
        # Another name stands for all the words of the first one.
        for word in question.words[begin:end]:
            if queries and word in place:
                other_names[place[word]] = (*other_names.get(place[word], ()), *queries)
    held = [(word, other_names.get(place, ())) for place, word in enumerate(words)]
    present = tuple((word, names) for word, names in held if names or word.anywhere)
    return Lookup(vocabulary, question, words, present, tuple(others))


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


def all_of(queries: Sequence[Query]) -> Query:
    """Records that each of these finds."""
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Must, query) for query in queries])


def any_of(queries: Sequence[Query]) -> Query:
    """Records that one of these finds."""
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
    return any_of(found) if found else Query.empty_query()


def _placed(words: Sequence[str], name: str, language: str, schema: Schema, searcher: Searcher) -> Query | None:
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
    vocabulary: Vocabulary,
) -> list[tuple[Occur, Query]]:
    """What must hold, and what must not, whatever the words: it adds nothing to a score."""
    schema, searcher = vocabulary.schema, vocabulary.searcher
    found: list[tuple[Occur, Query]] = []
    for asked in question.clauses:
        query = clause(asked, schema, searcher)
        # A phrase that must stand there says how well a record fits; what is left out doesn't.
        found.append((Occur.MustNot, query) if asked.excluded else (Occur.Must, query))
    for name, values in filters.items():
        if values:
            found += _chosen(name, values, vocabulary)
    for name, (low, high) in ranges.items():
        if low is not None or high is not None:
            between = Query.range_query(schema, number_field(name), FieldType.Integer, low, high)
            found.append((Occur.Must, Query.boost_query(between, 0.0)))
    return found


def _chosen(name: str, values: Sequence[str], vocabulary: Vocabulary) -> list[tuple[Occur, Query]]:
    """Records with one of these values.

    A set reads all records with any of them beforehand, a few terms those that the words come near; where most
    records have one of them it is less work to leave out those with another.
    """
    schema = vocabulary.schema
    if len(values) > FEW:
        chosen = Query.term_set_query(schema, facet_field(name), list(values))
        return [(Occur.Must, Query.boost_query(chosen, 0.0))]
    if len(values) > 1:
        shares = vocabulary.shares(name)
        if sum(shares.get(value, 0.0) for value in values) > MOST:
            others = [value for value in shares if value not in values]
            return [(Occur.MustNot, Query.term_query(schema, facet_field(name), value, "basic")) for value in others]
    chosen = any_of([Query.term_query(schema, facet_field(name), value, "basic") for value in values])
    return [(Occur.Must, Query.boost_query(chosen, 0.0))]


def within(query: Query | None, held: Sequence[tuple[Occur, Query]]) -> Query:
    """The query under conditions; all records where there is no query."""
    positive = any(occur == Occur.Must for occur, _query in held)
    if query is None:
        return Query.boolean_query([*held, *([] if positive else [(Occur.Must, Query.all_query())])])
    return Query.boolean_query([(Occur.Must, query), *held]) if held else query

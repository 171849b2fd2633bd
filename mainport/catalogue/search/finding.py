# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Asks both indexes, and makes one answer of it.

What counts as found: records with every word of a short question; with most words of a long one, or of a short one
where nothing holds every word; and, when meaning is asked too, the records that come nearest to it, as far as they
stand out from chance. `total` and the facets count exactly those.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tantivy import DocAddress, Index, Occur, Order, Query, Schema, Searcher

from mainport.catalogue.search import facets, fusion, lexical, passages, suggest, wordindex
from mainport.catalogue.search import query as grammar
from mainport.catalogue.search.answers import Answer, Facet, Hit, Mode, Request, Sort, Weighing
from mainport.catalogue.search.detection import language_of
from mainport.catalogue.search.documents import UNKNOWN, Text
from mainport.catalogue.search.embedding import Encoder
from mainport.catalogue.search.fusion import Ranked
from mainport.catalogue.search.lexical import Lookup, Vocabulary
from mainport.catalogue.search.vectors import VectorStore, question_vectors

#: A question of more words than this is a sentence: not every word of it has to be there.
STRICT = 4
#: Where no record holds every word of a short one, this share must be there …
MOST = 0.6
#: … and of a longer one this share.
SOME = 0.3
#: Records that each of both rankings puts forward.
FORWARD = 300
#: Records that are looked through one by one under narrow filters, instead of all vectors.
NARROW = 5_000
#: Nobody turns so many pages.
DEEPEST = 10_000
#: When so few are found, another spelling is tried.
FEW = 3


@dataclass(frozen=True)
class Opened:
    """Both indexes in one state."""

    path: Path
    index: Index
    searcher: Searcher
    vectors: VectorStore
    models: Callable[[], Sequence[Encoder]]
    vocabulary: Vocabulary

    @property
    def schema(self) -> Schema:
        return self.vocabulary.schema

    def uids(self, addresses: Sequence[DocAddress]) -> list[int]:
        return [int(uid or 0) for uid in self.searcher.fast_field_values("uid", list(addresses))]


@dataclass(frozen=True)
class Asked:
    """A request that was read: its words looked up, its conditions, and what counts as found by words."""

    request: Request
    question: grammar.Question
    lookup: Lookup
    held: Sequence[tuple[Occur, Query]]
    match: Query | None
    every_word: bool = True

    def under(self, query: Query | None) -> Query:
        return lexical.within(query, self.held)


def find(opened: Opened, request: Request) -> Answer:
    if request.like is not None:
        from mainport.catalogue.search.similar import like

        return like(opened, request)

    def told() -> str:
        language = language_of(request.words, request.language, request.presumption)
        return language if language != UNKNOWN else request.language

    question = grammar.read(request.words, told, plain_words=request.plain)
    every = ways(opened, request, question)
    ordered_by_fit = request.sort is Sort.BEST and bool(question.words or question.clauses)
    if request.mode is not Mode.WORDS and question.plain.strip() and ordered_by_fit and len(opened.vectors):
        return _by_both(opened, _first(opened, every))
    return _by_words(opened, request, every)


def ways(opened: Opened, request: Request, question: grammar.Question) -> Iterator[Asked]:
    """Look the words up, and say how many of them must be there: ever fewer, until something holds them."""
    lookup = lexical.look_up(question, opened.vocabulary)
    held = lexical.conditions(question, request.filters, request.ranges, opened.vocabulary)
    number = len(lookup.present)
    if not question.telling:
        yield Asked(request, question, lookup, held, None)
    elif not number:
        yield Asked(request, question, lookup, held, Query.empty_query(), every_word=False)
    elif request.distant:
        yield Asked(request, question, lookup, held, lookup.ranked(), not lookup.absent)
    else:
        for least, softly in fewer(number, whole=lookup.whole, loose=lookup.loose):
            every = least == number and not softly and not lookup.absent
            yield Asked(request, question, lookup, held, lookup.holding(least, softly=softly), every)


def fewer(number: int, *, whole: bool, loose: bool) -> Iterator[tuple[int, bool]]:
    """How many of so many words must be there, and whether parts of a compound will do for it: ever fewer.

    `whole`: each of the words can be there in full; `loose`: of some of them only parts.
    """
    short = number <= STRICT
    if short and whole:
        yield number, False
    if short and loose:
        yield number, True
    most = math.ceil(number * (MOST if short else SOME))
    if most > 1 and (most < number or not short):
        yield most, short and loose
    if number > 1:
        yield 1, loose


def _first(opened: Opened, every: Iterable[Asked]) -> Asked:
    """The first way in which something is found, or else the last one."""
    asked: Asked | None = None
    for following in every:
        if asked and opened.searcher.search(asked.under(asked.match), limit=1, count=False).hits:
            return asked
        asked = following
    assert asked
    return asked


def _number(result: Any) -> int:
    """How many a query finds; tantivy's own types don't tell of this attribute."""
    return int(result.count or 0)


# --- By words -----------------------------------------------------------------------------------------------------


#: By which number, and how, when not by fit.
_ORDERS = {Sort.NEWEST: ("day", Order.Desc), Sort.OLDEST: ("day", Order.Asc), Sort.START: ("start", Order.Asc)}


def _by_words(opened: Opened, request: Request, every: Iterable[Asked]) -> Answer:
    limit, offset = max(1, request.limit), min(request.offset, DEEPEST)
    for asked in every:
        by = _ORDERS.get(request.sort)
        if by is None and asked.match is None and not asked.question.clauses:
            by = _ORDERS[Sort.NEWEST]
        query = asked.under(asked.match)
        if by:
            name, order = by
            result = opened.searcher.search(
                query, limit=limit, offset=offset, order_by_field=wordindex.number_field(name), order=order
            )
            scores = [0.0] * len(result.hits)
        else:
            result = opened.searcher.search(query, limit=limit, offset=offset)
            scores = [float(score) for score, _address in result.hits]
        total = _number(result)
        if total:
            break
    addresses = [address for _score, address in result.hits][: request.limit]
    ranked = [
        Ranked(uid, score, words_rank=offset + place, words_score=score, words_share=1.0)
        for place, (uid, score) in enumerate(zip(opened.uids(addresses), scores, strict=False), 1)
    ]
    return _answer(opened, asked, ranked, addresses, total, frozenset(), Mode.WORDS)


# --- By words and meaning -----------------------------------------------------------------------------------------


def _by_both(opened: Opened, asked: Asked) -> Answer:
    request = asked.request
    forward = min(DEEPEST, max(FORWARD, 2 * (request.offset + request.limit)))
    vectors = question_vectors(asked.question.plain, opened.models())
    known = asked.lookup.known
    similar = opened.vectors.similar(vectors, fusion.model_weights(known))
    words = {} if request.mode is Mode.MEANING else _scores(opened, asked, forward)
    near = _near(opened, asked, similar, forward)
    candidates = list(dict.fromkeys((*words, *near)))
    meaning = {**opened.vectors.of(similar, [uid for uid in words if uid not in near]), **near}
    if request.mode is not Mode.MEANING:
        words |= _scores(opened, asked, len(candidates), [uid for uid in candidates if uid not in words])
    ranked = fusion.fuse(candidates, words, meaning, known)
    matching = _matching(opened, asked, candidates)
    least = fusion.bar(similar)
    shown = [one for one in ranked if one.uid in matching or request.distant or fusion.stands_out(one, least)]
    extra = frozenset(one.uid for one in shown) - matching
    by_words = _number(opened.searcher.search(asked.under(asked.match), limit=1)) if asked.match is not None else 0
    total = by_words + len(extra)
    page = shown[request.offset : request.offset + request.limit]
    where = addresses(opened, [one.uid for one in page])
    return _answer(opened, asked, page, [where[one.uid] for one in page], total, extra, request.mode)


def _scores(opened: Opened, asked: Asked, limit: int, among: Sequence[int] | None = None) -> dict[int, float]:
    """What the words make of records: of the best ones, or of those `among`."""
    query = asked.lookup.ranked()
    if query is None and not any(not clause.excluded for clause in asked.question.clauses):
        return {}
    if among is not None:
        if not among:
            return {}
        query = lexical.within(query, [*asked.held, (Occur.Must, _these(opened, among))])
    else:
        query = asked.under(query)
    hits = opened.searcher.search(query, limit=max(1, limit), count=False).hits
    return dict(
        zip(opened.uids([address for _score, address in hits]), (float(score) for score, _ in hits), strict=True)
    )


def _near(opened: Opened, asked: Asked, similar: fusion.Values, most: int) -> dict[int, float]:
    """The records nearest in meaning that satisfy the conditions."""
    found = opened.vectors.best(similar, most)
    here = those_held(opened, asked.held, list(found))
    if len(here) < len(found) // 2 and asked.held:
        # Narrow conditions: look at what satisfies them instead of at what is near.
        narrow = [address for _s, address in opened.searcher.search(asked.under(None), limit=NARROW, count=False).hits]
        every = opened.vectors.of(similar, opened.uids(narrow))
        best = sorted(every.items(), key=lambda pair: -pair[1])[:most]
        return dict(best) | {uid: found[uid] for uid in here}
    return {uid: value for uid, value in found.items() if uid in here}


def those_held(opened: Opened, held: Sequence[tuple[Occur, Query]], uids: Sequence[int]) -> frozenset[int]:
    """Which of these are in the index of words still, and satisfy the conditions."""
    if not uids:
        return frozenset()
    query = lexical.within(_these(opened, uids), held)
    hits = opened.searcher.search(query, limit=len(uids), count=False).hits
    return frozenset(opened.uids([address for _score, address in hits]))


def _matching(opened: Opened, asked: Asked, uids: Sequence[int]) -> frozenset[int]:
    """Which of these are found by their words."""
    if asked.match is None or not uids:
        return frozenset()
    query = lexical.within(asked.match, [*asked.held, (Occur.Must, _these(opened, uids))])
    hits = opened.searcher.search(query, limit=len(uids), count=False).hits
    return frozenset(opened.uids([address for _score, address in hits]))


def _these(opened: Opened, uids: Sequence[int]) -> Query:
    return Query.boost_query(Query.term_set_query(opened.schema, "uid", list(uids)), 0.0)


def addresses(opened: Opened, uids: Sequence[int]) -> dict[int, DocAddress]:
    if not uids:
        return {}
    hits = opened.searcher.search(_these(opened, uids), limit=len(uids), count=False).hits
    found = [address for _score, address in hits]
    return dict(zip(opened.uids(found), found, strict=True))


# --- The answer ---------------------------------------------------------------------------------------------------


def _answer(
    opened: Opened,
    asked: Asked,
    ranked: Sequence[Ranked],
    addresses: Sequence[DocAddress],
    total: int,
    extra: frozenset[int],
    mode: Mode,
) -> Answer:
    request, question = asked.request, asked.question
    marker = passages.Marker(question.highlighted if request.highlight else ())
    hits = [
        hit(opened, one, address, request, marker, one.uid in extra)
        for one, address in zip(ranked, addresses, strict=True)
    ]
    return Answer(
        hits=tuple(hits),
        total=total,
        facets=_facets(opened, asked, extra) if request.facets else (),
        every_word=asked.every_word,
        dropped=asked.lookup.absent,
        did_you_mean=_mended(opened, asked, total - len(extra)) if question.words else None,
        weighing=weighing(ranked, asked.lookup.known) if mode is not Mode.WORDS else None,
        mode=mode,
    )


def hit(
    opened: Opened, one: Ranked, address: DocAddress, request: Request, marker: passages.Marker, extra: bool
) -> Hit:
    if not request.highlight:
        return Hit(one.uid, "", one.score, by_meaning_only=extra, explanation=fusion.explained(one))
    key, texts = stored(opened, address)
    return Hit(
        one.uid,
        key,
        one.score,
        passages.title(texts, request.language, marker),
        passages.passage(texts, request.language, marker),
        extra,
        fusion.explained(one),
    )


def stored(opened: Opened, address: DocAddress) -> tuple[str, dict[str, Text]]:
    return wordindex.read_stored(opened.searcher.doc(address)["stored"][0])


def _facets(opened: Opened, asked: Asked, extra: frozenset[int]) -> tuple[Facet, ...]:
    request = asked.request

    def found(left_out: str | None) -> Query:
        filters = {name: values for name, values in request.filters.items() if name != left_out}
        held = lexical.conditions(asked.question, filters, request.ranges, opened.vocabulary)
        if asked.match is None or not extra:
            return lexical.within(asked.match, held)
        either = Query.boolean_query([(Occur.Should, asked.match), (Occur.Should, _these(opened, sorted(extra)))])
        return lexical.within(either, held)

    return facets.count(request.facets, request.filters, request.facet_size, opened.searcher, found)


def _mended(opened: Opened, asked: Asked, found: int) -> str | None:
    """A better spelling, where little was found or a word is nowhere."""
    if found > FEW and not asked.lookup.absent:
        return None

    def titles(query: Query, most: int) -> list[str]:
        hits = opened.searcher.search(query, limit=most, count=False).hits
        texts = [stored(opened, address)[1] for _score, address in hits]
        return [text.title for held in texts for text in held.values()]

    return suggest.mend(asked.question, asked.lookup.absent, titles, opened.schema, opened.searcher)


def weighing(ranked: Sequence[Ranked], known: float = 1.0) -> Weighing:
    """How much words and meaning counted on this page, on average."""
    if not ranked:
        return Weighing(0.0, 0.0)
    words = sum(one.words_share for one in ranked) / len(ranked)
    return Weighing(round(words, 2), round(1 - words, 2), fusion.reasons(ranked, known))

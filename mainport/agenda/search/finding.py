# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Asks the index, and shows where the words stand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from tantivy import Document, Occur, Query, Schema

from mainport.agenda.models import Element
from mainport.agenda.queries import history
from mainport.agenda.rules.elements import Kind
from mainport.agenda.search.catalogue import Opened, catch_up, open_index
from mainport.agenda.search.snippets import marked, snippet
from mainport.agenda.search.words import Question, question

#: A code that was typed in full stands before all words; a title before other words; and the
#: reader's language before another one.
CODE, TITLE, BODY, BEGINNING, OTHER_LANGUAGE = 100.0, 3.0, 1.0, 0.5, 0.4
#: Nobody turns so many pages; the index keeps as many in memory.
DEEPEST = 10_000


@dataclass(frozen=True)
class Hit:
    """One element that was found: its title and a passage, as safe HTML with the words marked.

    `language` is that of the passage where it isn't the reader's.
    """

    uid: str
    title: str
    passage: str
    language: str | None = None


@dataclass(frozen=True)
class Answer:
    """What was found: one page of hits, and how many there are of each kind."""

    hits: tuple[Hit, ...] = ()
    total: int = 0
    counts: Mapping[Kind, int] = field(default_factory=dict)
    #: Whether the hits hold every word that was asked for; False where none does, and any was taken.
    every_word: bool = True


def search(
    asked: str,
    *,
    language: str,
    kinds: Collection[Kind] = (),
    offset: int = 0,
    limit: int = 20,
    alliance: Element | None = None,
) -> Answer:
    """What the agenda says of these words, the most fitting first. Never refuses a question.

    Two queries, or three when something changed; one less where the caller has read the alliance.
    """
    wanted = question(asked, language)
    origin = history.origin(alliance) if wanted.words else None
    if origin is None:
        return Answer()
    catch_up(origin)
    opened = open_index(origin)
    if opened is None:
        return Answer()
    answer = _ask(opened, wanted, language, kinds, offset, limit, Occur.Must)
    if not answer.counts and len(wanted.words) > 1:
        answer = _ask(opened, wanted, language, kinds, offset, limit, Occur.Should)
    return answer


def _ask(
    opened: Opened,
    wanted: Question,
    language: str,
    kinds: Collection[Kind],
    offset: int,
    limit: int,
    each: Occur,
) -> Answer:
    searcher = opened.searcher()
    query = _query(opened, wanted, language, each)
    buckets = searcher.aggregate(query, {"kinds": {"terms": {"field": "kind", "size": len(Kind)}}})["kinds"]["buckets"]
    found = {bucket["key"]: bucket["doc_count"] for bucket in buckets}
    counts = {kind: found[kind.value] for kind in Kind if kind.value in found}
    total = sum(count for kind, count in counts.items() if not kinds or kind in kinds)
    if kinds:
        chosen = Query.term_set_query(opened.schema, "kind", [kind.value for kind in kinds])
        query = Query.boolean_query([(Occur.Must, query), (Occur.Must, Query.boost_query(chosen, 0.0))])
    hits: tuple[Hit, ...] = ()
    if offset < min(total, DEEPEST):
        result = searcher.search(query, limit=max(1, limit), offset=offset, count=False)
        hits = tuple(_hit(searcher.doc(address), opened.languages, language, wanted) for _score, address in result.hits)
    return Answer(hits=hits, total=total, counts=counts, every_word=each is Occur.Must)


def _query(opened: Opened, wanted: Question, language: str, each: Occur) -> Query:
    codes = [Query.term_query(opened.schema, "key", code) for code in wanted.codes if code not in wanted.words]
    words = [(each, _word(opened, wanted, word, language)) for word in wanted.words]
    return Query.boolean_query(
        [
            *((Occur.Should, Query.boost_query(code, CODE)) for code in codes),
            (Occur.Should, Query.boolean_query(words)),
        ]
    )


def _word(opened: Opened, wanted: Question, word: str, language: str) -> Query:
    """One word, in any field of any language; the last one may be the beginning of another."""
    may_go_on = wanted.open_ended and word == wanted.words[-1]
    code = Query.term_query(opened.schema, "key", word)
    found: list[tuple[Occur, Query]] = [(Occur.Should, Query.boost_query(code, CODE))]
    for other in opened.languages:
        weight = 1.0 if other == language else OTHER_LANGUAGE
        stem = wanted.stems(other)[word]
        for name, worth in ((f"title_{other}", TITLE), (f"body_{other}", BODY)):
            exact = Query.term_query(opened.schema, name, stem)
            found.append((Occur.Should, Query.boost_query(exact, weight * worth)))
            if may_go_on:
                beginning = _beginning(opened.schema, name, word)
                found.append((Occur.Should, Query.boost_query(beginning, weight * worth * BEGINNING)))
    if may_go_on:
        found.append((Occur.Should, Query.boost_query(_beginning(opened.schema, "key", word), BEGINNING)))
    return Query.boolean_query(found)


def _beginning(schema: Schema, name: str, word: str) -> Query:
    return Query.fuzzy_term_query(schema, name, word, distance=0, prefix=True)


def _hit(document: Document, languages: Iterable[str], language: str, wanted: Question) -> Hit:
    """Titles and passages in the reader's language; in another one where only that holds the words."""
    order = sorted(languages, key=lambda other: other != language)
    texts = {
        other: (str(document.get_first(f"title_{other}") or ""), str(document.get_first(f"body_{other}") or ""))
        for other in order
    }
    title = next((texts[other][0] for other in order if texts[other][0]), "")
    for other in order:
        passage = snippet(texts[other][1], other, wanted)
        if passage or (other == order[0] and "<mark>" in marked(title, other, wanted)):
            break
    else:
        other, passage = order[0], ""
    if not passage:
        passage = snippet(texts[order[0]][1], order[0], wanted, anyway=True)
        other = order[0]
    return Hit(
        uid=str(document["uid"][0]),
        title=marked(title, order[0], wanted),
        passage=passage,
        language=other if other != language else None,
    )

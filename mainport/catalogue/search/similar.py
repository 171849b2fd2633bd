# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""More like this: records that share a record's telling words, and lie near it in meaning."""

from __future__ import annotations

import math
from collections import Counter

from tantivy import DocAddress, Occur, Query

from mainport.catalogue.search import finding, fusion, lexical, passages
from mainport.catalogue.search.analysis import analyser
from mainport.catalogue.search.answers import Answer, Mode, Request
from mainport.catalogue.search.query import Question
from mainport.catalogue.search.wordindex import known

#: Words of the record that are looked for.
MOST_WORDS = 25
#: Of words of the title each counts for so many.
TITLE = 3


def like(opened: finding.Opened, request: Request) -> Answer:
    """The records most like the one that is named, without itself; none where it isn't there."""
    assert request.like is not None
    schema, searcher = opened.schema, opened.searcher
    hits = searcher.search(Query.term_query(schema, "uid", request.like), limit=1, count=False).hits
    if not hits:
        return Answer()
    question = Question("")
    itself = (Occur.MustNot, Query.term_query(schema, "uid", request.like))
    held = [*lexical.conditions(question, request.filters, request.ranges, opened.vocabulary), itself]
    query = _words_of(opened, hits[0][1])
    found = searcher.search(lexical.within(query, held), limit=finding.FORWARD, count=False).hits if query else []
    words = dict(zip(opened.uids([address for _s, address in found]), (float(s) for s, _a in found), strict=True))
    meaning: dict[int, float] = {}
    if request.mode is not Mode.WORDS:
        own = opened.vectors.vectors(request.like)
        if own:
            similar = opened.vectors.similar(own)
            near = opened.vectors.best(similar, finding.FORWARD)
            here = finding.those_held(opened, held, list(near))
            meaning = opened.vectors.of(similar, [*words, *here])
    candidates = list(dict.fromkeys((*words, *meaning)))
    ranked = fusion.fuse(candidates, words, meaning)
    page = ranked[request.offset : request.offset + request.limit]
    addresses = finding.addresses(opened, [one.uid for one in page])
    marker = passages.Marker(())
    mode = Mode.BOTH if meaning else Mode.WORDS
    made = tuple(finding.hit(opened, one, addresses[one.uid], request, marker, False) for one in page)
    return Answer(hits=made, total=len(ranked), mode=mode, weighing=finding.weighing(page))


def _words_of(opened: finding.Opened, address: DocAddress) -> Query | None:
    """The record's most telling words: often in it, and seldom elsewhere."""
    _key, texts = finding.stored(opened, address)
    counted: Counter[str] = Counter()
    for code, text in texts.items():
        cut = analyser(known(code, text))
        counted.update(dict.fromkeys(cut.analyze(text.title), TITLE))
        counted.update(cut.analyze(text.body))
    total = opened.searcher.num_docs
    weighed: list[tuple[float, str]] = []
    for word, times in counted.items():
        records = opened.searcher.doc_freq("text", word)
        if records > 1:
            weighed.append(((1 + math.log(times)) * math.log(1 + total / records), word))
    chosen = sorted(weighed, reverse=True)[:MOST_WORDS]
    terms = [(Occur.Should, Query.term_query(opened.schema, "text", word, "freq")) for _weight, word in chosen]
    return Query.boolean_query(terms) if terms else None

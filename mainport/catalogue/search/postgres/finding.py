# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Asks PostgreSQL, and makes the same answer of it as the embedded engine does (search/finding.py): the same records
count as found, with the same totals and facets. The order within them is PostgreSQL's own."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection

from mainport.catalogue.search import fusion, passages
from mainport.catalogue.search import query as grammar
from mainport.catalogue.search.analysis import analyser, words
from mainport.catalogue.search.answers import Answer, Facet, Hit, Mode, Request, Sort, Value, Weighing
from mainport.catalogue.search.detection import language_of
from mainport.catalogue.search.documents import UNKNOWN, Text
from mainport.catalogue.search.finding import DEEPEST, FEW, FORWARD, fewer
from mainport.catalogue.search.fusion import Ranked
from mainport.catalogue.search.postgres import lookup as looking
from mainport.catalogue.search.postgres import meaning
from mainport.catalogue.search.postgres.lookup import Condition, Lookup, conditions, look_up, where
from mainport.catalogue.search.postgres.tables import TABLE, WORDS, has, quoted
from mainport.catalogue.search.similar import MOST_WORDS, TITLE
from mainport.catalogue.search.suggest import LONG, SHORTEST, apart
from mainport.catalogue.search.vectors import question_vectors
from mainport.catalogue.search.wordindex import known


@dataclass(frozen=True)
class Asked:
    """A request that was read: its words looked up, and what counts as found by words (None: all that satisfies)."""

    request: Request
    question: grammar.Question
    language: str
    lookup: Lookup
    match: Condition | None
    every_word: bool = True

    def found(self) -> list[Condition]:
        return [*self.lookup.held, *([self.match] if self.match else [])]


def find(request: Request, models: meaning.Models) -> Answer:
    if request.like is not None:
        return like(request, models)
    language = language_of(request.words, request.language, request.presumption)
    told = language if language != UNKNOWN else request.language
    question = grammar.read(request.words, told, plain_words=request.plain)
    asked = ask(request, question, language)
    ordered_by_fit = request.sort is Sort.BEST and bool(question.words or question.clauses)
    if request.mode is not Mode.WORDS and question.plain.strip() and ordered_by_fit and meaning.there():
        return _by_both(asked, models)
    return _by_words(asked)


def ask(request: Request, question: grammar.Question, language: str) -> Asked:
    """Look the words up, and settle how many of them must be there."""
    held = conditions(question, request.filters, request.ranges)
    if not question.telling:
        return Asked(request, question, language, Lookup(held=tuple(held)), None)
    found = look_up(question, held)
    number = len(found.words)
    if not number:
        return Asked(request, question, language, found, Condition("false"), every_word=False)
    if request.distant:
        return Asked(request, question, language, found, found.any_piece, not found.absent)
    asked: Asked | None = None
    for least, softly in fewer(number, whole=found.whole, loose=found.loose):
        if asked and _any(asked.found()):
            return asked
        every = least == number and not softly and not found.absent
        asked = Asked(request, question, language, found, found.holding(least, softly=softly), every)
    assert asked
    return asked


def _rows(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _any(held: Sequence[Condition]) -> bool:
    it = where(held)
    return bool(_rows(f"SELECT 1 FROM {TABLE} WHERE {it.sql} LIMIT 1", it.values))  # noqa: S608


def _total(held: Sequence[Condition]) -> int:
    it = where(held)
    return int(_rows(f"SELECT count(*) FROM {TABLE} WHERE {it.sql}", it.values)[0][0])  # noqa: S608


# --- By words ---

_ORDERS = {
    Sort.NEWEST: "n_day DESC NULLS LAST",
    Sort.OLDEST: "n_day ASC NULLS LAST",
    Sort.START: "n_start ASC NULLS LAST",
}


def _by_words(asked: Asked) -> Answer:
    request = asked.request
    order = _ORDERS.get(request.sort)
    if order is None and asked.match is None and not asked.question.clauses:
        order = _ORDERS[Sort.NEWEST]
    score = Condition("0.0::float8") if order else asked.lookup.score
    it = where(asked.found())
    rows = _rows(
        f"SELECT uid, {score.sql} AS score FROM {TABLE} WHERE {it.sql} "  # noqa: S608
        f"ORDER BY {order or 'score DESC'}, uid DESC LIMIT %s OFFSET %s",
        [*score.values, *it.values, request.limit, min(request.offset, DEEPEST)],
    )
    ranked = [
        Ranked(uid, float(points), words_rank=request.offset + place, words_score=float(points), words_share=1.0)
        for place, (uid, points) in enumerate(rows, 1)
    ]
    return _answer(asked, ranked, _total(asked.found()), frozenset(), Mode.WORDS)


# --- By words and meaning ---


def _by_both(asked: Asked, models: meaning.Models) -> Answer:
    request = asked.request
    forward = min(DEEPEST, max(FORWARD, 2 * (request.offset + request.limit)))
    vectors = question_vectors(asked.question.plain, models())
    said = {} if request.mode is Mode.MEANING else _scores(asked, forward)
    wanted = meaning.Wanted.of(vectors, fusion.model_weights(asked.lookup.known))
    near = meaning.nearest(wanted, asked.lookup.held, forward)
    candidates = list(dict.fromkeys((*said, *near)))
    meant = {**meaning.of(wanted, [uid for uid in said if uid not in near]), **near}
    if request.mode is not Mode.MEANING:
        said |= _scores(asked, len(candidates), [uid for uid in candidates if uid not in said])
    ranked = fusion.fuse(candidates, said, meant, asked.lookup.known)
    matching = _matching(asked, candidates)
    least = meaning.bar(wanted)
    shown = [one for one in ranked if one.uid in matching or request.distant or fusion.stands_out(one, least)]
    extra = frozenset(one.uid for one in shown) - matching
    by_words = _total(asked.found()) if asked.match else 0
    page = shown[request.offset : request.offset + request.limit]
    return _answer(asked, page, by_words + len(extra), extra, request.mode)


def _scores(asked: Asked, limit: int, among: Sequence[int] | None = None) -> dict[int, float]:
    """What the words make of records: of the best ones, or of those `among`."""
    if (among is not None and not among) or not asked.lookup.words:
        return {}
    held = [*asked.lookup.held, asked.lookup.holding(1, softly=True)]
    if among is not None:
        held.append(Condition("uid = ANY(%s)", (list(among),)))
    it, score = where(held), asked.lookup.score
    rows = _rows(
        f"SELECT uid, {score.sql} AS score FROM {TABLE} WHERE {it.sql} ORDER BY score DESC, uid DESC LIMIT %s",  # noqa: S608
        [*score.values, *it.values, max(1, limit)],
    )
    return {uid: float(points) for uid, points in rows}


def _matching(asked: Asked, uids: Sequence[int]) -> frozenset[int]:
    """Which of these are found by their words."""
    if asked.match is None or not uids:
        return frozenset()
    it = where([*asked.found(), Condition("uid = ANY(%s)", (list(uids),))])
    return frozenset(uid for (uid,) in _rows(f"SELECT uid FROM {TABLE} WHERE {it.sql}", it.values))  # noqa: S608


# --- The answer ---


def _answer(asked: Asked, ranked: Sequence[Ranked], total: int, extra: frozenset[int], mode: Mode) -> Answer:
    return Answer(
        hits=_hits(asked.request, ranked, passages.Marker(asked.question.highlighted), extra),
        total=total,
        facets=_facets(asked, extra) if asked.request.facets else (),
        every_word=asked.every_word,
        dropped=asked.lookup.absent,
        did_you_mean=_mended(asked, total - len(extra)) if asked.question.words else None,
        weighing=_weighing(ranked, asked.lookup.known) if mode is not Mode.WORDS else None,
        mode=mode,
    )


def _hits(
    request: Request, ranked: Sequence[Ranked], marker: passages.Marker, extra: frozenset[int]
) -> tuple[Hit, ...]:
    held: dict[int, tuple[str, dict[str, Text]]] = {}
    if ranked and request.highlight:
        rows = _rows(f"SELECT uid, key, texts FROM {TABLE} WHERE uid = ANY(%s)", [[one.uid for one in ranked]])  # noqa: S608
        held = {uid: (key, _texts(texts)) for uid, key, texts in rows}
    found = []
    for one in ranked:
        key, texts = held.get(one.uid, ("", {}))
        shown = (
            passages.title(texts, request.language, marker) if texts else None,
            passages.passage(texts, request.language, marker) if texts else None,
        )
        found.append(Hit(one.uid, key, one.score, *shown, one.uid in extra, fusion.explained(one)))
    return tuple(found)


def _texts(raw: Any) -> dict[str, Text]:
    # Django leaves jsonb as text, to read it by its own fields.
    held = json.loads(raw) if isinstance(raw, str) else raw
    return {code: Text(*texts) for code, texts in held.items()}


def _facets(asked: Asked, extra: frozenset[int]) -> tuple[Facet, ...]:
    request = asked.request
    free = [name for name in request.facets if not request.filters.get(name)]
    counts = _counts(asked, free, None, extra) if free else {}
    for name in request.facets:
        if name not in free:
            counts |= _counts(asked, [name], name, extra)
    return tuple(
        _facet(name, counts.get(name, {}), tuple(request.filters.get(name, ())), request.facet_size)
        for name in request.facets
    )


def _counts(asked: Asked, names: list[str], left_out: str | None, extra: frozenset[int]) -> dict[str, dict[str, int]]:
    """How often each value of these facets occurs among what is found, without the filter of the facet left out."""
    filters = {name: values for name, values in asked.request.filters.items() if name != left_out}
    held = conditions(asked.question, filters, asked.request.ranges)
    if asked.match:
        either = Condition(f"({asked.match.sql} OR uid = ANY(%s))", (*asked.match.values, sorted(extra)))
        held.append(either if extra else asked.match)
    it = where(held)
    rows = _rows(
        f"SELECT tag, count(*) FROM {TABLE}, unnest(tags) AS tag WHERE split_part(tag, '=', 1) = ANY(%s) "  # noqa: S608
        f"AND {it.sql} GROUP BY tag",
        [names, *it.values],
    )
    found: dict[str, dict[str, int]] = {}
    for tag, number in rows:
        name, _, value = tag.partition("=")
        found.setdefault(name, {})[value] = number
    return found


def _facet(name: str, counts: dict[str, int], chosen: tuple[str, ...], size: int) -> Facet:
    shown = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:size]
    shown += [(value, counts.get(value, 0)) for value in chosen if value not in dict(shown)]
    return Facet(name, tuple(Value(value, number, value in chosen) for value, number in shown))


def _weighing(ranked: Sequence[Ranked], stands: float = 1.0) -> Weighing:
    share = sum(one.words_share for one in ranked) / len(ranked) if ranked else 0.0
    return Weighing(round(share, 2), round(1 - share, 2) if ranked else 0.0, fusion.reasons(ranked, stands))


# --- Spelling, completing, likeness ---


def _mended(asked: Asked, found: int) -> str | None:
    """A better spelling by trigrams, where little was found or a word is nowhere."""
    if (found > FEW and not asked.lookup.absent) or not has("pg_trgm"):
        return None
    better: dict[str, str] = {}
    for word in asked.question.telling:
        if len(word) >= SHORTEST and not word.isdigit() and word in asked.lookup.absent and (other := _like(word)):
            better[word] = other
    if not better:
        return None
    return " ".join(better.get((words(part) or [""])[0], part) for part in asked.question.asked.split())


def _like(word: str) -> str | None:
    distance = 2 if len(word) >= LONG else 1
    # Words of which two letters in the middle are wrong share few trigrams: what is near is measured below.
    rows = _rows(
        f"SELECT word, count(*) FROM {WORDS} WHERE similarity(word, %s) >= 0.25 AND length(word) BETWEEN %s AND %s "  # noqa: S608
        "GROUP BY word ORDER BY similarity(word, %s) DESC LIMIT 50",
        [word, len(word) - distance, len(word) + distance, word],
    )
    near = [(-apart(word, other, distance), number, other) for other, number in rows]
    return max((one for one in near if -one[0] <= distance), default=(0, 0, None))[2]


def complete(beginning: str, limit: int) -> tuple[str, ...]:
    """What was typed with its last word completed, by words that stand in records with the earlier ones."""
    beginning = beginning[:200].replace("\0", " ")
    typed = words(beginning)
    if not typed or beginning[-1].isspace():
        return ()
    *earlier, last = typed
    within = "".join(f" AND uid IN (SELECT uid FROM {WORDS} WHERE word = %s)" for _ in earlier)  # noqa: S608
    # In the collation of bytes what begins so lies between these two.
    rows = _rows(
        f"SELECT word, count(*) FROM {WORDS} WHERE word >= %s AND word < %s{within} "  # noqa: S608
        "GROUP BY word ORDER BY 2 DESC, 1 LIMIT %s",
        [last, last + "\U0010ffff", *earlier, limit],
    )
    before = beginning[: beginning.rstrip().rfind(" ") + 1]
    return tuple(before + word for word, _number in rows)


def like(request: Request, models: meaning.Models) -> Answer:
    """The records most like the one that is named, without itself; none where it isn't there."""
    rows = _rows(f"SELECT texts FROM {TABLE} WHERE uid = %s", [request.like])  # noqa: S608
    if not rows:
        return Answer()
    held = (*conditions(grammar.Question(""), request.filters, request.ranges), Condition("uid <> %s", (request.like,)))
    counted: Counter[str] = Counter()
    for code, text in _texts(rows[0][0]).items():
        cut = analyser(known(code, text))
        counted.update(dict.fromkeys(cut.analyze(text.title), TITLE))
        counted.update(cut.analyze(text.body))
    often = [word for word, _times in counted.most_common(4 * MOST_WORDS)]
    total, numbers = looking.count([f"{quoted(word)}:AB" for word in often])
    weighed = []
    for word in often:
        records = numbers[f"{quoted(word)}:AB"]
        if records > 1:
            weighed.append(((1 + math.log(counted[word])) * math.log(1 + total / records), word))
    terms = [
        looking.Word(word, f"{quoted(word)}:AB", f"{quoted(word)}:AB", telling=weight)
        for weight, word in sorted(weighed, reverse=True)
    ][:MOST_WORDS]
    asked = Asked(replace(request, words=""), grammar.Question(""), UNKNOWN, Lookup(tuple(terms), (), held), None)
    said = _scores(asked, FORWARD)
    meant: dict[int, float] = {}
    if request.mode is not Mode.WORDS and meaning.there():
        meant = meaning.like(request.like or 0, held, FORWARD)
    ranked = fusion.fuse(list(dict.fromkeys((*said, *meant))), said, meant)
    page = ranked[request.offset : request.offset + request.limit]
    mode = Mode.BOTH if meant else Mode.WORDS
    hits = _hits(request, page, passages.Marker(()), frozenset())
    return Answer(hits=hits, total=len(ranked), mode=mode, weighing=_weighing(page))

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""From a question to conditions in SQL: the same rules as the embedded engine's (search/lexical.py), in tsqueries."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.db import connection

from mainport.catalogue.search.analysis import ANALYSED, analyser, plain, stem, stems
from mainport.catalogue.search.compounds import parts
from mainport.catalogue.search.documents import FACETS, NUMBERS
from mainport.catalogue.search.lexical import ENOUGH, HALF
from mainport.catalogue.search.postgres.tables import IDENTIFIER, NAME, PART, TABLE, quoted, tag
from mainport.catalogue.search.query import Clause, Question
from mainport.catalogue.search.synonyms import spelled, synonyms

#: More records with a word than this tell nothing more about how telling it is.
COUNTED = 20_000
#: The weights of a tsvector (D, C, B, A: files, names and parts, texts, titles), as ts_rank takes them.
WEIGHTS = "{0.2, 0.5, 0.8, 1.0}"
#: Brings ts_rank's scale near that of BM25, for which the fusion with meaning was weighed.
SCALE = 12.0


@dataclass(frozen=True)
class Condition:
    """A piece of SQL with its values."""

    sql: str
    values: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Word:
    """A word that was asked for: as a tsquery, how many records hold it, and how telling it is.

    `soft`: the same where some of its parts will do; `query` may be empty then.
    """

    word: str
    query: str
    soft: str
    records: int = 0
    telling: float = 0.0


@dataclass(frozen=True)
class Lookup:
    """A question, looked up in the table as it is now."""

    words: tuple[Word, ...] = ()
    absent: tuple[str, ...] = ()
    held: tuple[Condition, ...] = ()
    #: How much of the question stands in the index at all, 0 to 1: each word weighs by how rare it is.
    known: float = 1.0
    #: Every word and every part of one that stands anywhere.
    pieces: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether each word can be there in full."""
        return all(word.query for word in self.words)

    @property
    def loose(self) -> bool:
        """Whether asking softly can find more."""
        return any(word.soft != word.query for word in self.words)

    @property
    def any_piece(self) -> Condition:
        return Condition("words @@ %s::tsquery", (" | ".join(f"({piece})" for piece in self.pieces),))

    def holding(self, least: int, *, softly: bool) -> Condition:
        """Records with at least so many of the words."""
        queries = [query for word in self.words if (query := word.soft if softly else word.query)]
        if least == len(self.words):
            return Condition("words @@ %s::tsquery", (" & ".join(f"({query})" for query in queries),))
        any_word = " | ".join(f"({query})" for query in queries)
        if least <= 1:
            return Condition("words @@ %s::tsquery", (any_word,))
        counted = " + ".join(["0", *("(words @@ %s::tsquery)::int" for _ in queries)])
        return Condition(f"(words @@ %s::tsquery AND {counted} >= %s)", (any_word, *queries, least))

    @property
    def score(self) -> Condition:
        """How well a record fits, by its words: each as often and as high up as it stands there, and as seldom
        elsewhere."""
        if not self.words:
            return Condition("0.0::float8")
        each = " + ".join("%s::float8 * ts_rank(%s::float4[], words, %s::tsquery, 1)" for _ in self.words)
        values = [value for word in self.words for value in (word.telling * SCALE, WEIGHTS, word.soft)]
        return Condition(f"({each})", tuple(values))


def look_up(question: Question, conditions: Sequence[Condition]) -> Lookup:
    """Find out which words of the question stand anywhere. One query."""
    others = _other_names(question)
    pieces = [_pieces(word) for word in question.telling]
    asked: list[str] = []
    for own, inner in pieces:
        asked += [own, *inner]
    asked += [one for names in others.values() for one in names]
    total, counts = count(list(dict.fromkeys(asked)))
    present: list[Word] = []
    absent: list[str] = []
    known = every = 0.0
    for word, (own, inner) in zip(question.telling, pieces, strict=True):
        found = [own] if counts[own] else []
        if inner and all(counts[one] for one in inner) and counts[own] < ENOUGH:
            found.append("(" + " & ".join(f"({one})" for one in inner) + ")")
        found += [one for one in others.get(word, ()) if counts[one]]
        soft = found if counts[own] else [*found, *_half([one for one in inner if counts[one]], len(inner))]
        if soft:
            of_names = [counts[one] for one in others.get(word, ())]
            of_parts = [] if counts[own] else [counts[one] for one in inner]
            records = max(counts[own], *of_names, *of_parts, 1)
            present.append(Word(word, " | ".join(found), " | ".join(soft), records, _rarity(records, total)))
        else:
            absent.append(word)
        here = sum(bool(counts[one]) for one in inner) / len(inner) if inner and not counts[own] else bool(counts[own])
        rarity = _rarity(counts[own], total)
        known, every = known + rarity * here, every + rarity
    here_at_all = tuple(one for one in dict.fromkeys(asked) if counts[one])
    return Lookup(tuple(present), tuple(absent), tuple(conditions), known / every if every else 0.0, here_at_all)


def _half(here: Sequence[str], number: int) -> list[str]:
    """At least half of so many parts, of those that are there at all."""
    least = min(len(here), math.ceil(number * HALF))
    return ["(" + " & ".join(f"({one})" for one in some) + ")" for some in combinations(here, least)] if here else []


def _rarity(records: int, total: int) -> float:
    """The inverse document frequency, as BM25 has it."""
    return math.log(1 + (max(total - records, 0) + 0.5) / (records + 0.5))


def _pieces(word: str) -> tuple[str, tuple[str, ...]]:
    """The word itself in every field, and its parts, each in every field."""
    return _anywhere(word, stems(word)), tuple(_anywhere(part, (stem(part, "nl"),)) for part in parts(word))


def _anywhere(word: str, roots: Sequence[str]) -> str:
    found = [quoted(root) for root in roots] + [quoted(PART + root) for root in roots] + [quoted(NAME + word)]
    return " | ".join(dict.fromkeys(found))


def _other_names(question: Question) -> dict[str, list[str]]:
    """Other names for a word, or for the words that it stands among: in each language, as they stand in texts."""
    found: dict[str, list[str]] = {}
    for begin, end, names in [*synonyms(question.words), *spelled(question.words, question.joined)]:
        for name in names:
            for language in ANALYSED:
                roots = [quoted(stem(word, language)) + ":AB" for word in name]
                query = " <-> ".join(roots)
                for word in question.words[begin:end]:
                    if word in question.telling and query not in found.setdefault(word, []):
                        found[word].append(query)
    return found


def count(queries: Sequence[str]) -> tuple[int, dict[str, int]]:
    """How many records there are, and how many hold each of these, up to COUNTED."""
    one = f"(SELECT count(*) FROM (SELECT 1 FROM {TABLE} WHERE words @@ %s::tsquery LIMIT {COUNTED}) c)"  # noqa: S608
    sql = f"SELECT {', '.join([f'(SELECT count(*) FROM {TABLE})', *(one for _ in queries)])}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, list(queries))
        total, *counts = cursor.fetchone()
    return total, dict(zip(queries, counts, strict=True))


# --- What must hold ---


def conditions(
    question: Question,
    filters: Mapping[str, Sequence[str]],
    ranges: Mapping[str, tuple[int | None, int | None]],
) -> list[Condition]:
    """What must hold, and what must not, whatever the words."""
    found = [_clause(one) for one in question.clauses]
    for name, values in filters.items():
        if values:
            if name not in FACETS:
                raise ValueError(f"no facet {name}")
            found.append(Condition("tags && %s::text[]", ([tag(name, value) for value in values],)))
    for name, (low, high) in ranges.items():
        if name not in NUMBERS:
            raise ValueError(f"no number {name}")
        for sign, bound in ((">=", low), ("<=", high)):
            if bound is not None:
                found.append(Condition(f"n_{name} {sign} %s", (bound,)))
    return found


def _clause(asked: Clause) -> Condition:
    """A phrase or a word in a field."""
    no = "NOT " if asked.excluded else ""
    if asked.field == IDENTIFIER:
        return Condition(f"{no}tags @> %s::text[]", ([tag(IDENTIFIER, " ".join(asked.words))],))
    fields = (asked.field,) if asked.field else ("text", "full", "names")
    queries = [query for name in fields for query in _phrases(asked.words, name)]
    if not queries:
        return Condition(f"{no}false")
    return Condition(f"{no}words @@ %s::tsquery", (" | ".join(f"({query})" for query in queries),))


_IN_FIELD = {"text": ":AB", "title": ":A", "full": ":D", "names": ""}


def _phrases(words: Sequence[str], name: str) -> list[str]:
    """The words next to each other in this field, as each language stems them; small words that aren't kept leave
    their room."""
    found: list[str] = []
    for language in ("",) if name == "names" else ANALYSED:
        cut = (analyser(language) if language else plain()).pre_tokenize(" ".join(words)).tokens
        before = NAME if name == "names" else ""
        query = ""
        last = 0
        for token in cut:
            if query:
                query += f" <{token.position - last}> "
            query += quoted(before + token.text) + _IN_FIELD[name]
            last = token.position
        if query:
            found.append(query)
    return list(dict.fromkeys(found))


def where(held: Sequence[Condition]) -> Condition:
    """All of these together."""
    values = tuple(value for one in held for value in one.values)
    return Condition(" AND ".join(one.sql for one in held) or "true", values)

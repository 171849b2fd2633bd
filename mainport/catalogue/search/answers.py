# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A question to an engine and its answer: the same for the embedded one and for PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from mainport.catalogue.search.documents import Document


class Mode(StrEnum):
    """How records are found: by their words, by their meaning, or by both, weighed for each question."""

    WORDS = "words"
    MEANING = "meaning"
    BOTH = "both"


class Sort(StrEnum):
    BEST = "best"
    NEWEST = "newest"
    OLDEST = "oldest"
    START = "start"  # Courses that start first.


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked.

    `words` as typed: "a phrase", -without, author:name, title:word. `language` is the asker's; the language of the
    words is told from the words where it can be. `filters` name a facet and the values of which one must hold;
    `ranges` a number and its bounds, either may be None. `facets` are counted, each as if its own filter were off, so
    that a visitor sees what another choice would give. `like`: records like this one (a uid), instead of words.

    Records that are found by their meaning alone are given as far as they stand out from chance; `distant` gives the
    others too, below them. Without `highlight` a hit is a number and a score: the texts are not read. `plain` words
    are read without grammar. `presumption`: how much sooner than another the language of the words is presumed to be
    the asker's (e to this power as likely).
    """

    words: str = ""
    language: str = "nl"
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ranges: Mapping[str, tuple[int | None, int | None]] = field(default_factory=dict)
    facets: tuple[str, ...] = ()
    facet_size: int = 30
    sort: Sort = Sort.BEST
    offset: int = 0
    limit: int = 20
    mode: Mode = Mode.BOTH
    like: int | None = None
    highlight: bool = True
    distant: bool = False
    plain: bool = False
    presumption: float = 1.0


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters of a passage; `marked` where it is a word that was asked for. Plain text: escape it."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """Where in the record the words stand. `field` is title, body or fulltext."""

    pieces: tuple[Piece, ...]
    language: str
    field: str = "body"


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a hit stands where it stands.

    Each ranker's own rank (from 1, None where it did not find it), its score on the scale from 0 (like any other
    record) upwards, and the weight that the question gave it; `score` is what they add up to.
    """

    score: float
    words_rank: int | None = None
    words_score: float = 0.0
    words_weight: float = 0.0
    meaning_rank: int | None = None
    meaning_score: float = 0.0
    meaning_weight: float = 0.0
    found: tuple[str, ...] = ()  # Words of the question that the record holds.


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that was found. `by_meaning_only`: it holds too few of the words, but says the same."""

    uid: int
    key: str
    score: float
    title: Passage | None = None
    passage: Passage | None = None
    by_meaning_only: bool = False
    explanation: Explanation | None = None


@dataclass(frozen=True, slots=True)
class Value:
    value: str
    count: int
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one facet among what was found, the most frequent first; chosen ones always among them."""

    name: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Weighing:
    """How the question was weighed, for a reader who wants to know: see fusion.py."""

    words: float
    meaning: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found. `total` counts every hit of the hits' pages, `facets` count the same records.

    `every_word` is False where no record held all words and fewer were asked for: `dropped` names the words that no
    record holds. `did_you_mean` is a better spelling, where there is one that finds more.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    facets: tuple[Facet, ...] = ()
    every_word: bool = True
    dropped: tuple[str, ...] = ()
    did_you_mean: str | None = None
    weighing: Weighing | None = None
    mode: Mode = Mode.WORDS


class Engine(Protocol):
    """What the product asks of an engine; a second one gives the same filters and the same counts."""

    def search(self, request: Request) -> Answer:
        """Never refuses a question: what can't be read as grammar is read as words."""
        ...

    def suggest(self, beginning: str, *, limit: int = 8) -> tuple[str, ...]:
        """Words and titles that begin so, the most frequent first."""
        ...

    def stamps(self) -> Mapping[int, int]:
        """The stamp of each record that the engine holds, by uid."""
        ...

    def apply(self, changed: Iterable[Document], deleted: Iterable[int] = ()) -> int:
        """Put these records in, in place of what was held of them; take those out. All at once, or nothing."""
        ...

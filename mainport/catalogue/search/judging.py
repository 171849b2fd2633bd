# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Answers the questions of a judged collection as the product would: its own index, analysers, models and settings.

The index is made for the occasion and thrown away. The language of texts and questions is told from their words, and
where a text is short from the language of most of them; or it is given.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path

from mainport.catalogue.search.answers import Mode, Request
from mainport.catalogue.search.collections import Collection
from mainport.catalogue.search.detection import language_of, leaning
from mainport.catalogue.search.documents import Document, Text
from mainport.catalogue.search.embedding import Encoder
from mainport.catalogue.search.engine import EmbeddedEngine

#: Documents that are given for each question.
DEPTH = 100
#: Texts by which the language of most is settled.
SAMPLE = 2_000
#: How sure a language is that was given.
GIVEN = 50.0

Run = dict[str, list[tuple[str, float]]]
Told = Callable[[str, int], None]


def run(
    collection: Collection,
    models: Sequence[Encoder],
    *,
    language: str = "",
    query_language: str = "",
    depth: int = DEPTH,
    told: Told | None = None,
) -> Run:
    """For each judged question the documents found, best first, with their scores.

    `told` hears how many more texts were embedded ("texts") and questions answered ("questions").
    """
    texts = _presumed((f"{title} {text}" for title, text in collection.texts.values()), language)
    questions = _presumed(collection.questions.values(), query_language or language)
    documents = _documents(collection.texts, texts)
    names = list(collection.texts)
    with tempfile.TemporaryDirectory(prefix="mainport-evaluate-") as folder:
        engine = EmbeddedEngine(Path(folder), models)
        engine.build(documents)
        if models:
            engine.embed(documents, lambda number: told("texts", number) if told else None, texts)
        found: Run = {}
        for name in collection.judgements:
            answer = engine.search(
                Request(
                    words=collection.questions[name],
                    language=questions[0],
                    presumption=questions[1],
                    limit=depth,
                    mode=Mode.BOTH if models else Mode.WORDS,
                    highlight=False,
                    distant=True,
                    plain=True,
                )
            )
            found[name] = _falling([(names[hit.uid], hit.score) for hit in answer.hits])
            if told:
                told("questions", 1)
        return found


def _presumed(texts: Iterable[str], given: str) -> tuple[str, float]:
    return (given, GIVEN) if given else leaning(islice(texts, SAMPLE))


def _documents(texts: Mapping[str, tuple[str, str]], presumed: tuple[str, float]) -> list[Document]:
    return [
        Document(number, name, {language_of(f"{title} {text}", *presumed): Text(title, text)})
        for number, (name, (title, text)) in enumerate(texts.items())
    ]


def _falling(found: list[tuple[str, float]]) -> list[tuple[str, float]]:
    """The same order with scores that fall at every step: trec_eval orders equal ones by their names."""
    falling: list[tuple[str, float]] = []
    last = float("inf")
    for name, score in found:
        last = min(score, last - 1e-5)
        falling.append((name, last))
    return falling


def write(found: Run, path: Path) -> None:
    """The run in TREC's form."""
    with path.open("w", encoding="utf-8") as file:
        for question, ranked in found.items():
            for place, (name, score) in enumerate(ranked, 1):
                file.write(f"{question} Q0 {name} {place} {score:.6f} mainport\n")

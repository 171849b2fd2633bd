# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Answers the questions of a judged collection as the product would: its own index, analysers, models and settings.

The index is made for the occasion and thrown away. The language of texts and questions is told from their words, and
where a text is short from the language of most of them; or it is given.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path

from mainport.catalogue.search import effort
from mainport.catalogue.search.answers import Mode, Request
from mainport.catalogue.search.collections import Collection
from mainport.catalogue.search.detection import language_of, leaning
from mainport.catalogue.search.documents import Document, Text
from mainport.catalogue.search.embedding import Encoder, role_of
from mainport.catalogue.search.engine import EmbeddedEngine

#: Documents that are given for each question.
DEPTH = 100
#: Texts by which the language of most is settled.
SAMPLE = 2_000
#: How sure a language is that was given.
GIVEN = 50.0

Run = dict[str, list[tuple[str, float]]]


def run(
    collection: Collection,
    models: Sequence[Encoder],
    *,
    language: str = "",
    query_language: str = "",
    depth: int = DEPTH,
    own: bool | None = None,
    seconds: float | None = None,
    told: effort.Told | None = None,
) -> Run:
    """For each judged question the documents found, best first, with their scores.

    `own`: whether a question may find the text that has its own id; by default where such texts are meant as answers
    (Collection.paired). `seconds`: how long texts may be embedded; None is until all are (see effort). `told` hears how
    many more texts were embedded by the quick models ("quick") and by all ("texts"), and questions answered
    ("questions").
    """
    own = collection.paired if own is None else own
    texts = _presumed((f"{title} {text}" for title, text in collection.texts.values()), language)
    questions = _presumed(collection.questions.values(), query_language or language)
    documents = _documents(collection.texts, texts)
    names = list(collection.texts)
    requests = {
        name: Request(
            words=collection.questions[name],
            language=questions[0],
            presumption=questions[1],
            limit=depth if own else depth + 1,
            mode=Mode.BOTH if models else Mode.WORDS,
            highlight=False,
            distant=True,
            plain=True,
        )
        for name in collection.judgements
        # An empty question asks for everything on a page; here it asks for nothing.
        if collection.questions[name].strip()
    }
    role = role_of(f"{title} {text}" for title, text in collection.texts.values())
    tell = told or _nobody
    with tempfile.TemporaryDirectory(prefix="mainport-evaluate-") as folder:
        engine = EmbeddedEngine(Path(folder), models)
        engine.build(documents)
        if models:
            effort.embed(engine, documents, list(requests.values()), role, seconds=seconds, told=tell)
        found: Run = {}
        for name in collection.judgements:
            hits = engine.search(requests[name]).hits if name in requests else ()
            ranked = [(names[hit.uid], hit.score) for hit in hits if own or names[hit.uid] != name]
            found[name] = _falling(ranked[:depth])
            tell("questions", 1)
        return found


def _nobody(what: str, number: int) -> None:
    """Hears of progress and tells nobody."""


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
    """The run in TREC's form; with tabs between its columns where a space is part of an id."""
    between = "\t" if any(spaced(one) for one in found) or any(spaced(n) for r in found.values() for n, _ in r) else " "
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for question, ranked in found.items():
            for place, (name, score) in enumerate(ranked, 1):
                file.write(between.join((question, "Q0", name, str(place), f"{score:.6f}", "mainport")) + "\n")


def spaced(name: str) -> bool:
    return len(name.split()) != 1

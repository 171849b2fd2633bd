# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Reads judged collections: texts and questions as BEIR writes them, judgements as BEIR or TREC does.

Texts and questions are JSON, one on a line: `_id`, `text`, and of a text `title`. Judgements are lines of `query-id
corpus-id score`, with or without such a heading, or TREC's four columns. What can't be read is told by file, line and
field; a file that ends in .gz is unpacked.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast


class Unreadable(ValueError):
    """What is wrong with a file of the collection, and where."""

    def __init__(self, path: Path, line: int, problem: str) -> None:
        super().__init__(f"{path}, line {line}: {problem}")


@dataclass(frozen=True)
class Collection:
    """Texts by id as (title, text); questions by id; and for each judged question the documents' relevance by id."""

    texts: dict[str, tuple[str, str]]
    questions: dict[str, str]
    judgements: dict[str, dict[str, int]]

    @property
    def strangers(self) -> int:
        """Judged documents that are not among the texts."""
        return len({one for judged in self.judgements.values() for one in judged} - self.texts.keys())


def read(corpus: Path, queries: Path, qrels: Path) -> Collection:
    texts: dict[str, tuple[str, str]] = {}
    for line, name, held in _objects(corpus):
        if name in texts:
            raise Unreadable(corpus, line, f"_id: {name!r} was given to an earlier text too")
        texts[name] = (_text(corpus, line, held, "title"), _text(corpus, line, held, "text"))
    questions: dict[str, str] = {}
    for line, name, held in _objects(queries):
        if name in questions:
            raise Unreadable(queries, line, f"_id: {name!r} was given to an earlier question too")
        questions[name] = _text(queries, line, held, "text", needed=True)
    if not texts:
        raise Unreadable(corpus, 1, "there is no text in this file")
    return Collection(texts, questions, _judgements(qrels, questions))


def _judgements(path: Path, questions: dict[str, str]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for line, text in _lines(path):
        columns = text.split("\t") if text.count("\t") in (2, 3) else text.split()
        if len(columns) not in (3, 4):
            raise Unreadable(path, line, f"{len(columns)} columns where 3 (BEIR) or 4 (TREC) were expected")
        question, document, value = columns[0].strip(), columns[-2].strip(), columns[-1].strip()
        relevance = _whole(value)
        if relevance is None:
            if not found and line == 1:
                continue  # A heading.
            raise Unreadable(path, line, f"score: {value!r} is not a whole number")
        if question not in questions:
            raise Unreadable(path, line, f"query-id: {question!r} is not among the questions")
        found.setdefault(question, {})[document] = relevance
    if not found:
        raise Unreadable(path, 1, "there is no judgement in this file")
    return found


def _whole(value: str) -> int | None:
    try:
        number = float(value)
    except ValueError:
        return None
    return int(number) if number.is_integer() else None


def _objects(path: Path) -> Iterator[tuple[int, str, dict[str, object]]]:
    for line, text in _lines(path):
        try:
            held = json.loads(text)
        except ValueError as problem:
            raise Unreadable(path, line, f"this is not JSON: {problem}") from problem
        if not isinstance(held, dict):
            raise Unreadable(path, line, "an object was expected, with _id and text")
        name = held.get("_id")
        if not isinstance(name, str | int) or isinstance(name, bool) or not str(name).strip():
            raise Unreadable(path, line, f"_id: a text was expected, not {name!r}")
        yield line, str(name), held


def _text(path: Path, line: int, held: dict[str, object], field: str, *, needed: bool = False) -> str:
    value = held.get(field)
    if value is None and not needed:
        return ""
    if not isinstance(value, str):
        raise Unreadable(path, line, f"{field}: a text was expected, not {value!r}")
    return value


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    with _opened(path) as file:
        for number, raw in enumerate(file, 1):
            try:
                text = raw.decode("utf-8-sig" if number == 1 else "utf-8").strip("\r\n")
            except UnicodeDecodeError as problem:
                raise Unreadable(path, number, f"this is not UTF-8: {problem}") from problem
            if text.strip():
                yield number, text


def _opened(path: Path) -> IO[bytes]:
    return cast("IO[bytes]", gzip.open(path, "rb")) if path.suffix == ".gz" else path.open("rb")

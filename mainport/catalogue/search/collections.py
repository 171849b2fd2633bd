# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Reads judged collections: texts and questions as BEIR writes them, judgements as BEIR or TREC does.

Texts and questions are JSON, one on a line: `_id` (or `id`), `text`, and of a text `title`. Judgements are lines of
`query-id corpus-id score`, with or without such a heading, or TREC's four columns. What can't be read is told by file,
line and field; a file that is packed by gzip is unpacked.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

#: How a file that gzip packed begins, whatever it is called.
GZIP = b"\x1f\x8b"


class Unreadable(ValueError):
    """What is wrong with a file of the collection, and where."""

    def __init__(self, path: Path, line: int, problem: str) -> None:
        super().__init__(f"{path}, line {line}: {problem}")


@dataclass(frozen=True)
class Collection:
    """Texts by id as (title, text); questions by id; and for each judged question the documents' relevance by id.

    `unasked`: how many questions were judged that are not among the questions, and left out.
    """

    texts: dict[str, tuple[str, str]]
    questions: dict[str, str]
    judgements: dict[str, dict[str, int]]
    unasked: int = 0

    @property
    def strangers(self) -> int:
        """Judged documents that are not among the texts."""
        return len({one for judged in self.judgements.values() for one in judged} - self.texts.keys())

    @property
    def own_ids(self) -> int:
        """How many judged questions have the id of a text."""
        return len(self.judgements.keys() & self.texts.keys())

    @property
    def paired(self) -> bool:
        """Whether a text of the same id as a question is meant as its answer, as between sentences and translations.
        Where none is, it is taken to be the question itself, as BEIR does (its ArguAna, its Quora)."""
        return any(judged.get(question, 0) > 0 for question, judged in self.judgements.items())


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
    judged = _judgements(qrels)
    asked = {name: row for name, row in judged.items() if name in questions}
    if not asked:
        raise Unreadable(qrels, 1, f"none of the judged questions, such as {next(iter(judged))!r}, is in {queries}")
    return Collection(texts, questions, asked, len(judged) - len(asked))


def _judgements(path: Path) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    headed = False
    for line, text in _lines(path):
        columns = text.split("\t") if text.count("\t") in (2, 3) else text.split()
        if len(columns) not in (3, 4):
            raise Unreadable(path, line, f"{len(columns)} columns where 3 (BEIR) or 4 (TREC) were expected")
        question, document, value = columns[0].strip(), columns[-2].strip(), columns[-1].strip()
        relevance = _whole(value)
        if relevance is None:
            if not found and not headed:
                headed = True
                continue
            raise Unreadable(path, line, f"score: {value!r} is not a whole number")
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
        name = held.get("_id", held.get("id"))
        if not isinstance(name, str | int) or isinstance(name, bool) or not str(name).strip():
            raise Unreadable(path, line, f"_id: a text was expected, not {name!r}")
        yield line, _whole_text(str(name)).strip(), held


def _text(path: Path, line: int, held: dict[str, object], field: str, *, needed: bool = False) -> str:
    value = held.get(field)
    if value is None and not needed:
        return ""
    if not isinstance(value, str):
        raise Unreadable(path, line, f"{field}: a text was expected, not {value!r}")
    return _whole_text(value)


def _whole_text(value: str) -> str:
    """JSON may hold half of a pair of surrogates, which no file can be written with."""
    return value.encode("utf-8", "replace").decode("utf-8") if not value.isascii() else value


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    number = 0
    with _opened(path) as file:
        try:
            for number, raw in enumerate(file, 1):
                text = raw.decode("utf-8-sig" if number == 1 else "utf-8").strip("\r\n")
                if text.strip():
                    yield number, text
        except UnicodeDecodeError as problem:
            raise Unreadable(path, number, f"this is not UTF-8: {problem}") from problem
        except (EOFError, zlib.error, gzip.BadGzipFile) as problem:
            raise Unreadable(path, number + 1, f"the packed file is damaged: {problem}") from problem


def _opened(path: Path) -> IO[bytes]:
    with path.open("rb") as file:
        packed = file.read(2) == GZIP
    return cast("IO[bytes]", gzip.open(path, "rb")) if packed else path.open("rb")

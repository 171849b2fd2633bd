# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The index on disk: made, kept up with the table of versions, and opened.

Under INDEX_DIR/agenda each whole building is a folder of its own; the file `current` names the one
in use and what it was built from. A new one is written beside it and takes its place by one rename,
so that a reader never meets half of one. Within a folder, a commit of tantivy is as atomic.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from tantivy import Document, Index, IndexWriter, Query, Schema, SchemaBuilder, Searcher

from mainport.agenda.queries import history
from mainport.agenda.queries.history import Origin
from mainport.agenda.rules.elements import Element
from mainport.agenda.rules.fields import words_of
from mainport.agenda.search.words import KEYS, STEMMERS, analyzer, key_analyzer

#: Rises with every change of what is stored, so that an older index is built anew.
FORMAT = 1
#: The document that says up to which version the index has read.
MARK = "_mark"
#: Bytes for the one thread that writes.
HEAP = 20_000_000
#: Seconds after which a folder that is not in use is left over, and not being written.
LEFT_OVER = 3600


@dataclass(frozen=True)
class State:
    """How far the index is: the last version that it holds, how many elements, and what was done just now."""

    version: int
    elements: int
    built: bool = False
    read: int = 0


@dataclass(frozen=True)
class Opened:
    """An index that can be searched."""

    index: Index
    languages: tuple[str, ...]

    @property
    def schema(self) -> Schema:
        return self.index.schema

    def searcher(self) -> Searcher:
        """What was committed last."""
        self.index.reload()
        return self.index.searcher()


def catch_up(origin: Origin | None = None) -> State | None:
    """Read what changed since the last time; build the index where there is none that fits.

    None where there is no agenda. While another process writes, the index stays as it is.
    """
    origin = origin or history.origin()
    if origin is None:
        return None
    opened = open_index(origin)
    if opened is None:
        return _build(origin)
    searcher = opened.searcher()
    if _mark(searcher) == (origin.newest, origin.newest_at):
        return State(version=origin.newest, elements=searcher.num_docs - 1)
    return _read_on(opened, origin)


def rebuild() -> State | None:
    """Build the whole index anew, whatever there is; None where there is no agenda."""
    origin = history.origin()
    return _build(origin) if origin else None


def open_index(origin: Origin) -> Opened | None:
    """The index in use; None where it is missing, damaged, or was built from something else."""
    try:
        current = json.loads((_folder() / "current").read_text())
        if current["origin"] != _fingerprint(origin):
            return None
        index = _with_analyzers(Index.open(str(_folder() / current["folder"])), origin.languages)
        opened = Opened(index, origin.languages)
        _mark(opened.searcher())
    except (OSError, ValueError, LookupError, TypeError):
        return None
    return opened


def _folder() -> Path:
    return Path(settings.INDEX_DIR) / "agenda"


def _read_on(opened: Opened, origin: Origin) -> State:
    try:
        writer = opened.index.writer(heap_size=HEAP, num_threads=1)
    except ValueError:  # Another process is writing: what it commits is there for the next search.
        searcher = opened.searcher()
        return State(version=_mark(searcher)[0], elements=searcher.num_docs - 1)
    # Between our look and our lock that other process may have read on.
    changes = history.changed_since(*_mark(opened.searcher()))
    for uid, element in changes.elements.items() if changes else ():
        writer.delete_documents_by_term("uid", uid)
        if element:
            writer.add_document(_document(element, opened.languages))
    if changes:
        _put_mark(writer, changes.newest, changes.newest_at)
        writer.commit()
    writer.wait_merging_threads()
    if changes is None:
        return _build(origin)
    return State(version=changes.newest, elements=opened.searcher().num_docs - 1, read=len(changes.elements))


def _build(origin: Origin) -> State:
    changes = history.everything()
    name = uuid.uuid4().hex
    path = _folder() / name
    path.mkdir(parents=True)
    index = _with_analyzers(Index(_schema(origin.languages), path=str(path)), origin.languages)
    writer = index.writer(heap_size=HEAP, num_threads=1)
    standing = [element for element in changes.elements.values() if element]
    for element in standing:
        writer.add_document(_document(element, origin.languages))
    _put_mark(writer, changes.newest, changes.newest_at)
    writer.commit()
    writer.wait_merging_threads()
    _put_in_place(name, origin)
    return State(version=changes.newest, elements=len(standing), built=True, read=len(standing))


def _put_in_place(name: str, origin: Origin) -> None:
    draft = _folder() / f"{name}.current"
    draft.write_text(json.dumps({"folder": name, "origin": _fingerprint(origin)}))
    os.replace(draft, _folder() / "current")
    for other in _folder().iterdir():
        # A young folder may be one that another process is filling, or reading from.
        if other.name not in (name, "current") and time.time() - other.stat().st_mtime > LEFT_OVER:
            shutil.rmtree(other, ignore_errors=True)


def _fingerprint(origin: Origin) -> str:
    """What the index is a cache of: this layout, these languages, this alliance in this database."""
    stemmers = [(language, STEMMERS.get(language, "")) for language in origin.languages]
    return hashlib.sha256(json.dumps([FORMAT, stemmers, origin.alliance, origin.first]).encode()).hexdigest()


def _schema(languages: Iterable[str]) -> Schema:
    builder = SchemaBuilder()
    builder.add_text_field("uid", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("kind", stored=True, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_text_field("key", tokenizer_name=KEYS, index_option="basic")
    builder.add_integer_field("version", stored=True)
    builder.add_text_field("at", stored=True, tokenizer_name="raw", index_option="basic")
    for language in languages:
        builder.add_text_field(f"title_{language}", stored=True, tokenizer_name=f"words_{language}")
        builder.add_text_field(f"body_{language}", stored=True, tokenizer_name=f"words_{language}")
    return builder.build()


def _with_analyzers(index: Index, languages: Iterable[str]) -> Index:
    index.register_tokenizer(KEYS, key_analyzer())
    for language in languages:
        index.register_tokenizer(f"words_{language}", analyzer(language))
    index.config_reader("manual")
    return index


def _document(element: Element, languages: Iterable[str]) -> Document:
    document = Document()
    document.add_text("uid", element.uid)
    document.add_text("kind", element.kind.value)
    document.add_text("key", element.key)
    for language in languages:
        title, body = words_of(element, language)
        document.add_text(f"title_{language}", title)
        document.add_text(f"body_{language}", body)
    return document


def _put_mark(writer: IndexWriter, version: int, at: str) -> None:
    writer.delete_documents_by_term("uid", MARK)
    mark = Document()
    mark.add_text("uid", MARK)
    mark.add_integer("version", version)
    mark.add_text("at", at)
    writer.add_document(mark)


def _mark(searcher: Searcher) -> tuple[int, str]:
    """The last version that the index holds, and its moment."""
    (_score, address) = searcher.search(Query.term_query(_SCHEMA_OF_MARK, "uid", MARK), limit=1).hits[0]
    mark = searcher.doc(address)
    return int(mark["version"][0]), str(mark["at"][0])


_SCHEMA_OF_MARK = _schema(())

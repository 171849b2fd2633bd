# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The index of words: its fields, and how a record is put into them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tantivy import Document as Entry
from tantivy import Filter, Index, Schema, SchemaBuilder, TextAnalyzerBuilder, Tokenizer

from mainport.catalogue.search.analysis import plain, stem, tokens
from mainport.catalogue.search.compounds import LONG_WORD, SHORTEST_COMPOUND, fold, parts
from mainport.catalogue.search.detection import language_of
from mainport.catalogue.search.documents import FACETS, NUMBERS, UNKNOWN, Document, Text

#: Bytes for the threads that write.
HEAP = 300_000_000


def schema() -> Schema:
    """`text` holds titles, texts and subjects; `title` titles once more, as a word there tells more; `parts` the parts
    of compounds of both; `full` the text of files; `word` words as they are written, to complete and to mend them."""
    builder = SchemaBuilder()
    builder.add_integer_field("uid", indexed=True, fast=True)
    builder.add_integer_field("stamp", fast=True)
    for name in ("text", "title", "full"):
        builder.add_text_field(name, tokenizer_name="plain")
    builder.add_text_field("names", tokenizer_name="plain")
    builder.add_text_field("parts", tokenizer_name="spaces", index_option="freq")
    builder.add_text_field("word", tokenizer_name="plain", index_option="basic")
    builder.add_text_field("identifier", tokenizer_name="raw", index_option="basic")
    for name in FACETS:
        builder.add_text_field(facet_field(name), tokenizer_name="raw", index_option="basic", fast=True)
    for name in NUMBERS:
        builder.add_integer_field(number_field(name), indexed=True, fast=True)
    builder.add_bytes_field("stored", stored=True)
    return builder.build()


def facet_field(name: str) -> str:
    return f"f_{name}"


def number_field(name: str) -> str:
    return f"n_{name}"


_FACETS = {name: facet_field(name) for name in FACETS}
_NUMBERS = {name: number_field(name) for name in NUMBERS}
_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def create(path: Path) -> Index:
    path.mkdir(parents=True, exist_ok=True)
    return _with_analysers(Index(schema(), path=str(path)))


def opened(path: Path) -> Index:
    return _with_analysers(Index.open(str(path)))


def _with_analysers(index: Index) -> Index:
    index.register_tokenizer("plain", plain())
    index.register_tokenizer(
        "spaces", TextAnalyzerBuilder(Tokenizer.whitespace()).filter(Filter.remove_long(60)).build()
    )
    index.config_reader("manual")
    return index


def entry(document: Document) -> Entry:
    """The record as the index of words holds it."""
    found = Entry()
    found.add_integer("uid", document.uid)
    found.add_integer("stamp", document.stamp)
    compounds: list[str] = []
    for code, text in document.texts.items():
        _add_text(found, text, known(code, text), compounds)
    if document.keywords:
        language = known(next(iter(document.texts), UNKNOWN), next(iter(document.texts.values()), Text()))
        for keyword in document.keywords:
            found.add_pre_tokenized_text("text", tokens(keyword, language))
            found.add_text("word", keyword)
            compounds += _parts_of(keyword)
    if compounds:
        found.add_text("parts", " ".join(compounds))
    for name in (*document.people, *document.organisations):
        found.add_text("names", name)
    for name in document.people:
        found.add_text("word", name)
    for identifier in document.identifiers:
        found.add_text("identifier", identifier.strip().lower())
    for facet, values in document.facets.items():
        for value in values:
            found.add_text(_FACETS[facet], value)
    for number, amount in document.numbers.items():
        found.add_integer(_NUMBERS[number], amount)
    found.add_bytes("stored", _stored(document))
    return found


def _add_text(found: Entry, text: Text, language: str, compounds: list[str]) -> None:
    if text.title:
        cut = tokens(text.title, language)
        found.add_pre_tokenized_text("title", cut)
        found.add_pre_tokenized_text("text", cut)
        found.add_text("word", text.title)
    if text.body:
        found.add_pre_tokenized_text("text", tokens(text.body, language))
    if text.fulltext:
        found.add_pre_tokenized_text("full", tokens(text.fulltext, language))
    if language != "en":
        compounds += _parts_of(f"{text.title}\n{text.body}")


def known(code: str, text: Text) -> str:
    """The language of a text: as the record says, or as the words tell."""
    return code if code != UNKNOWN else language_of(f"{text.title} {text.body}")


#: Of each long word the stems of its parts. Texts repeat words more than they make new ones; a limit is there for those
#: that do.
_PARTS: dict[str, str] = {}
_MOST_KEPT = 1_000_000


def _parts_of(text: str) -> list[str]:
    found = []
    for word in long_words(text.lower()):
        stems = _PARTS.get(word)
        if stems is None:
            if len(_PARTS) >= _MOST_KEPT:
                _PARTS.clear()
            stems = _PARTS[word] = " ".join(stem(part, "nl") for part in parts(fold(word)))
        if stems:
            found.append(stems)
    return found


def long_words(text: str) -> list[str]:
    """The words that are long enough for a compound. Most of a text isn't, and is passed over quickly."""
    found: list[str] = []
    for piece in text.split():
        if len(piece) >= SHORTEST_COMPOUND:
            found += (piece,) if piece.isalpha() else LONG_WORD.findall(piece)
    return found


def _stored(document: Document) -> bytes:
    texts = {code: [text.title, text.body, text.fulltext] for code, text in document.texts.items()}
    return _write({"key": document.key, "texts": texts}).encode(errors="replace")


def read_stored(raw: Any) -> tuple[str, dict[str, Text]]:
    """The key and the texts of a record, out of what is stored of it."""
    held = json.loads(bytes(raw))
    return held["key"], {code: Text(*texts) for code, texts in held["texts"].items()}


def entries(documents: Iterable[Document]) -> Iterable[tuple[int, Entry]]:
    for document in documents:
        yield document.uid, entry(document)

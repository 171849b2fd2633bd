# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The tables of the index in PostgreSQL, and a record as a row of them.

They are no models: the index command makes them, each building anew, and nothing else of the database refers to them.
Words are cut by the product's own analysers, as for the embedded engine, so that both find the same; PostgreSQL keeps
them as a tsvector: stems of titles (weight A) and texts (B), names (C, after n:), parts of compounds (C, after p:) and
the text of files (D).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection

from mainport.catalogue.search.analysis import analyser, plain, stem, words
from mainport.catalogue.search.compounds import fold, parts
from mainport.catalogue.search.documents import NUMBERS, UNKNOWN, Document, Text
from mainport.catalogue.search.wordindex import known, long_words

TABLE, WORDS, VECTORS, MARK = (
    "catalogue_search",
    "catalogue_search_word",
    "catalogue_search_vector",
    "catalogue_search_mark",
)
NAME, PART, IDENTIFIER = "n:", "p:", "identifier"
#: PostgreSQL counts no further in a tsvector: all that stands later is said to stand there.
LAST_PLACE = 16_383
#: Of one tsvector PostgreSQL keeps a megabyte; the text of files is read so far.
MOST_WORDS_OF_FILES = 60_000
#: Between two values, so that no phrase reaches from one to the next.
GAP = 10

_COLUMNS = ("uid", "key", "stamp", "texts", "words", "tags", *(f"n_{name}" for name in NUMBERS))


def has(extension: str) -> bool:
    """Whether this database has this extension."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM pg_extension WHERE extname = %s)", [extension])
        return bool(cursor.fetchone()[0])


def obtain(extension: str) -> bool:
    """The same, after making it where the machine has it and we may."""
    if has(extension):
        return True
    may = (
        "SELECT EXISTS (SELECT 1 FROM pg_available_extension_versions WHERE name = %s AND "
        "((trusted AND has_database_privilege(current_database(), 'CREATE')) "
        "OR (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)))"
    )
    with connection.cursor() as cursor:
        cursor.execute(may, [extension])
        if not cursor.fetchone()[0]:
            return False
        cursor.execute(f"CREATE EXTENSION IF NOT EXISTS {connection.ops.quote_name(extension)}")
    return True


def there(table: str = TABLE) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [table])
        return bool(cursor.fetchone()[0])


def create(end: str = "_next") -> None:
    """Empty tables beside those in use."""
    numbers = ", ".join(f"n_{name} integer" for name in NUMBERS)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}{end}, {WORDS}{end}")
        cursor.execute(
            f"CREATE TABLE {TABLE}{end} (uid bigint PRIMARY KEY, key text NOT NULL, stamp bigint NOT NULL, "
            f"texts jsonb NOT NULL, words tsvector NOT NULL, tags text[] NOT NULL, {numbers})"
        )
        cursor.execute(f'CREATE TABLE {WORDS}{end} (word text COLLATE "C" NOT NULL, uid bigint NOT NULL)')


def make_indexes(end: str = "_next") -> None:
    """After the rows, since that is quicker."""
    trigrams = obtain("pg_trgm")
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE INDEX ON {TABLE}{end} USING gin (words)")
        cursor.execute(f"CREATE INDEX ON {TABLE}{end} USING gin (tags)")
        for name in NUMBERS:
            cursor.execute(f"CREATE INDEX ON {TABLE}{end} (n_{name})")
        cursor.execute(f"CREATE INDEX ON {WORDS}{end} (word, uid)")
        cursor.execute(f"CREATE INDEX ON {WORDS}{end} (uid)")
        if trigrams:
            cursor.execute(f"CREATE INDEX ON {WORDS}{end} USING gin (word gin_trgm_ops)")


def swap() -> None:
    """Let the new tables take the place of the old ones; a reader waits for the moment that it takes."""
    with connection.cursor() as cursor:
        for table in (TABLE, WORDS):
            cursor.execute(f"DROP TABLE IF EXISTS {table}")
            cursor.execute(f"ALTER TABLE {table}_next RENAME TO {table}")
        cursor.execute(f"ANALYZE {TABLE}, {WORDS}")


def put(documents: Iterable[Document], end: str = "", size: int = 500) -> Iterator[int]:
    """Write the rows of these records, which must not be there; the number of each portion."""
    marks = ", ".join(["%s", "%s", "%s", "%s::jsonb", "%s::tsvector", "%s", *("%s" for _ in NUMBERS)])
    insert = f"INSERT INTO {TABLE}{end} ({', '.join(_COLUMNS)}) VALUES ({marks})"  # noqa: S608
    batch: list[Document] = []

    def write() -> int:
        with connection.cursor() as cursor:
            cursor.executemany(insert, [row(document) for document in batch])
            pairs = [(word, document.uid) for document in batch for word in vocabulary(document)]
            cursor.executemany(f"INSERT INTO {WORDS}{end} (word, uid) VALUES (%s, %s)", pairs)  # noqa: S608
        return len(batch)

    for document in documents:
        batch.append(document)
        if len(batch) == size:
            yield write()
            batch = []
    if batch:
        yield write()


def take_out(uids: list[int]) -> None:
    with connection.cursor() as cursor:
        for table in (TABLE, WORDS):
            cursor.execute(f"DELETE FROM {table} WHERE uid = ANY(%s)", [uids])  # noqa: S608


def row(document: Document) -> list[Any]:
    texts = {code: [text.title, text.body, text.fulltext] for code, text in document.texts.items()}
    return [
        document.uid,
        document.key,
        document.stamp,
        json.dumps(texts, ensure_ascii=False).replace("\\u0000", " "),
        vector_of(document),
        tags(document),
        *(document.numbers.get(name) for name in NUMBERS),
    ]


def tags(document: Document) -> list[str]:
    """Facets and identifiers, each as name=value."""
    found = [tag(name, value) for name, values in document.facets.items() for value in values]
    found += [tag(IDENTIFIER, value.strip().lower()) for value in document.identifiers]
    return list(dict.fromkeys(found))


def tag(name: str, value: str) -> str:
    return f"{name}={value}".replace("\0", " ")


def vocabulary(document: Document) -> set[str]:
    """Words as they are written in titles, subjects and names of people: to complete and to mend others by."""
    said = [*(text.title for text in document.texts.values()), *document.keywords, *document.people]
    return {word for one in said for word in words(one)}


class _Vector:
    """A tsvector in the making."""

    def __init__(self) -> None:
        self.places: dict[str, list[str]] = {}
        self.at = 1

    def add(self, tokens: Iterable[Any], weight: str, before: str = "") -> None:
        last = 0
        for token in tokens:
            last = token.position
            self.places.setdefault(before + token.text, []).append(f"{min(self.at + last, LAST_PLACE)}{weight}")
        self.at += last + GAP

    def loose(self, found: Iterable[str], weight: str, before: str) -> None:
        """Words without a place."""
        for word in found:
            self.places.setdefault(before + word, []).append(f"{LAST_PLACE}{weight}")

    def __str__(self) -> str:
        return " ".join(f"{quoted(word)}:{','.join(places[:255])}" for word, places in self.places.items())


def quoted(word: str) -> str:
    """A word for a tsvector or a tsquery."""
    return "'" + word.replace("\\", "\\\\").replace("'", "''").replace("\0", " ") + "'"


def vector_of(document: Document) -> str:
    found = _Vector()
    compounds: list[str] = []
    for code, text in document.texts.items():
        language = known(code, text)
        cut = analyser(language)
        found.add(cut.pre_tokenize(text.title).tokens, "A")
        found.add(cut.pre_tokenize(text.body).tokens, "B")
        if language != "en":
            compounds += _parts_of(f"{text.title} {text.body}")
    if document.keywords:
        language = known(next(iter(document.texts), UNKNOWN), next(iter(document.texts.values()), Text()))
        for keyword in document.keywords:
            found.add(analyser(language).pre_tokenize(keyword).tokens, "B")
            compounds += _parts_of(keyword)
    for name in (*document.people, *document.organisations):
        found.add(plain().pre_tokenize(name).tokens, "C", NAME)
    found.loose(compounds, "C", PART)
    for code, text in document.texts.items():
        if text.fulltext:
            found.add(analyser(known(code, text)).pre_tokenize(text.fulltext).tokens[:MOST_WORDS_OF_FILES], "D")
    return str(found)


def _parts_of(text: str) -> list[str]:
    return [stem(part, "nl") for word in long_words(text) for part in parts(fold(word))]

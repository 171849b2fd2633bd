# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A second engine: the index in the database itself, for installations whose servers share no disk.

PostgreSQL with nothing added finds by words (tsvector); pg_trgm mends spelling, pgvector adds meaning, each where the
database has it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction

from mainport.catalogue.search.answers import Answer, Request
from mainport.catalogue.search.documents import Document
from mainport.catalogue.search.embedding import Encoder, encoders
from mainport.catalogue.search.postgres import finding, meaning, tables
from mainport.catalogue.search.vectors import Rows


class PostgresEngine:
    """The index in the site's own database. A reader sees whole states: each change is one transaction."""

    def __init__(self, models: Sequence[Encoder] | None = None) -> None:
        if connection.vendor != "postgresql":
            raise ImproperlyConfigured("MAINPORT_SEARCH_ENGINE=postgres needs a DATABASE_URL of PostgreSQL")
        self._models = models

    def _encoders(self) -> Sequence[Encoder]:
        return encoders() if self._models is None else self._models

    def build(self, documents: Iterable[Document]) -> int:
        """New tables beside the old ones, which they replace in one transaction; gives the number of records."""
        tables.create()
        number = sum(tables.put(documents, "_next"))
        tables.make_indexes()
        with transaction.atomic():
            tables.swap()
        return number

    @transaction.atomic
    def apply(self, changed: Iterable[Document], deleted: Iterable[int] = ()) -> int:
        """Put these records in, in place of what was held of them; take those out. All at once, or nothing."""
        if not tables.there():
            return self.build(changed)
        gone = list(deleted)
        tables.take_out(gone)
        number = 0
        batch: list[Document] = []
        for document in changed:
            batch.append(document)
            if len(batch) == 500:
                number += self._put(batch)
                batch = []
        return number + self._put(batch) + len(gone)

    @staticmethod
    def _put(batch: list[Document]) -> int:
        tables.take_out([document.uid for document in batch])
        return sum(tables.put(batch))

    def stamps(self) -> Mapping[int, int]:
        """The stamp of each record that the index holds, by uid."""
        if not tables.there():
            return {}
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT uid, stamp FROM {tables.TABLE}")  # noqa: S608
            return dict(cursor.fetchall())

    def search(self, request: Request) -> Answer:
        """Never refuses a question: what can't be read as grammar is read as words."""
        return finding.find(request, self._encoders) if tables.there() else Answer()

    def suggest(self, beginning: str, *, limit: int = 8) -> tuple[str, ...]:
        """Words and titles that begin so, the most frequent first."""
        return finding.complete(beginning, limit) if tables.there() else ()

    def forget_vectors(self) -> None:
        meaning.forget()

    @transaction.atomic
    def put_vectors(self, rows: Rows, stamps: Mapping[int, int]) -> None:
        """Where the database knows no vectors this does nothing."""
        if len(rows):
            meaning.put(rows)

    def mark(self) -> Mapping[str, Any] | None:
        if not tables.there(tables.MARK) or not tables.there():
            return None
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT mark FROM {tables.MARK}")  # noqa: S608
            row = cursor.fetchone()
        found: Mapping[str, Any] | None = json.loads(row[0]) if row else None
        return found

    @transaction.atomic
    def put_mark(self, mark: Mapping[str, Any]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TABLE IF NOT EXISTS {tables.MARK} (mark text NOT NULL)")
            cursor.execute(f"DELETE FROM {tables.MARK}")  # noqa: S608
            cursor.execute(f"INSERT INTO {tables.MARK} VALUES (%s)", [json.dumps(mark)])  # noqa: S608

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Many rows at once, by the fastest road of each database: COPY in PostgreSQL, one prepared statement in SQLite."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from django.db import connection, models

#: COPY costs two round trips more than an INSERT; below this it doesn't pay.
FEW = 50
#: SQLite takes at most 32,766 variables in one statement since 3.32, 999 before.
PIECE = 900


def insert(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[tuple[Any, ...]], *, quietly: bool = False
) -> int:
    """Insert rows and say how many; `quietly` skips those that are there already."""
    table, names = model._meta.db_table, ", ".join(f'"{name}"' for name in columns)
    if connection.vendor == "postgresql" and not quietly:
        return _copy(table, names, rows)
    skip = " ON CONFLICT DO NOTHING" if quietly else ""
    held = rows if isinstance(rows, list) else list(rows)
    if held:
        with connection.cursor() as cursor:
            cursor.executemany(_insert(table, names, len(columns)) + skip, held)
    return len(held)


def _insert(table: str, names: str, columns: int) -> str:
    places = ", ".join(["%s"] * columns)
    return f'INSERT INTO "{table}" ({names}) VALUES ({places})'  # noqa: S608: names come from the models


def _copy(table: str, names: str, rows: Iterable[tuple[Any, ...]]) -> int:
    iterator = iter(rows)
    first = list(islice(iterator, FEW))
    if not first:
        return 0
    with connection.cursor() as cursor:
        if len(first) < FEW:
            cursor.executemany(_insert(table, names, len(first[0])), first)
            return len(first)
        count = 0
        with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
            for part in (first, iterator):
                for row in part:
                    copy.write_row(row)
                    count += 1
        return count


def update(model: type[models.Model], column: str, value: Any, ids: Sequence[int]) -> None:
    """Set one column to one value in the rows with these ids."""
    for start in range(0, len(ids), PIECE):
        model._default_manager.filter(pk__in=ids[start : start + PIECE]).update(**{column: value})

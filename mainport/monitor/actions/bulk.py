# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Many rows at once, by the fastest road of each database: COPY in PostgreSQL, one prepared statement in SQLite."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, islice
from typing import Any

from django.db import connection, models

#: COPY costs two round trips more than an INSERT; below this it doesn't pay.
FEW = 50
#: Variables in one statement: SQLite took 999 before its release 3.32. A hundred rows in a statement cost half
#: of what they cost one by one.
VARIABLES = 990
#: After so many rows at once PostgreSQL knows too little of its table to plan what reads them in the same transaction:
#: it took minutes where it takes milliseconds.
MANY = 5_000


def insert(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[tuple[Any, ...]], *, quietly: bool = False
) -> int:
    """Insert rows and say how many; `quietly` skips those that are there already."""
    table, names = model._meta.db_table, ", ".join(f'"{name}"' for name in columns)
    start = f'INSERT INTO "{table}" ({names}) VALUES '  # noqa: S608 -- names come from the models
    end = " ON CONFLICT DO NOTHING" if quietly else ""
    place = f"({', '.join(['%s'] * len(columns))})"
    if connection.vendor == "sqlite":
        return _in_pieces(start, place.replace("%s", "?"), end, rows, VARIABLES // len(columns))
    iterator = iter(rows)
    first = list(islice(iterator, FEW))
    if len(first) < FEW or quietly:
        held = [*first, *iterator]
        if held:
            with connection.cursor() as cursor:
                cursor.executemany(start + place + end, held)
        return len(held)
    count = _copy(f'COPY "{table}" ({names}) FROM STDIN', chain(first, iterator))
    if count >= MANY:
        with connection.cursor() as cursor:
            cursor.execute(f'ANALYZE "{table}"')
    return count


def _in_pieces(start: str, place: str, end: str, rows: Iterable[tuple[Any, ...]], size: int) -> int:
    """SQLite: many rows in one statement, which is compiled once."""
    iterator, count = iter(rows), 0
    connection.ensure_connection()
    # Straight to the driver: Django would translate the same long statement anew for each piece.
    execute = connection.connection.execute
    full = start + ", ".join([place] * size) + end
    with connection.wrap_database_errors:
        while piece := list(islice(iterator, size)):
            statement = full if len(piece) == size else start + ", ".join([place] * len(piece)) + end
            execute(statement, list(chain.from_iterable(piece)))
            count += len(piece)
    return count


def _copy(statement: str, rows: Iterable[tuple[Any, ...]]) -> int:
    count = 0
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
            count += 1
    return count


def update(model: type[models.Model], column: str, value: Any, ids: Sequence[int]) -> None:
    """Set one column to one value in the rows with these ids."""
    for start in range(0, len(ids), VARIABLES):
        model._default_manager.filter(pk__in=ids[start : start + VARIABLES]).update(**{column: value})

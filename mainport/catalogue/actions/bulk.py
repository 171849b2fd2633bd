# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Writing many rows at once: a statement that is made once and run for each row.

bulk_create and bulk_update make one statement with all values of all rows, of which making and reading takes several
times as long as the writing; that counts where a hundred thousand records come in.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection, models

Field = Any  # models.Field, of whatever values


def insert_many(rows: Sequence[models.Model]) -> None:
    """Write rows that are new, all of one model. They don't hear which number each got."""
    if not rows:
        return
    options = rows[0]._meta
    fields = [field for field in options.concrete_fields if not field.primary_key]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {quote(options.db_table)} ({columns}) VALUES ({places})"  # noqa: S608 -- own names
    with connection.cursor() as cursor:
        cursor.executemany(sql, [_values(row, fields, adding=True) for row in rows])


def update_many(rows: Sequence[models.Model], names: Sequence[str]) -> None:
    """Write these fields of all rows, which are of one model."""
    if not rows:
        return
    options = rows[0]._meta
    fields: list[Field] = [options.get_field(name) for name in names]
    quote = connection.ops.quote_name
    columns = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    sql = f"UPDATE {quote(options.db_table)} SET {columns} WHERE {quote(str(options.pk.column))} = %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(sql, [[*_values(row, fields, adding=False), row.pk] for row in rows])


def _values(row: models.Model, fields: Sequence[Field], *, adding: bool) -> list[Any]:
    return [field.get_db_prep_save(field.pre_save(row, adding), connection) for field in fields]

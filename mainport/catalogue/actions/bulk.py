# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Changing many rows at once."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, models


def update_many(rows: Sequence[models.Model], names: Sequence[str]) -> None:
    """Write these fields of all rows, which are of one model.

    A statement that is made once and run for each row: bulk_update makes one statement with a case for each row and
    field, of which making and reading takes ten times as long as the writing.
    """
    if not rows:
        return
    options = rows[0]._meta
    fields = [options.get_field(name) for name in names]
    assert all(isinstance(field, models.Field) for field in fields)
    quote = connection.ops.quote_name
    columns = ", ".join(f"{quote(field.column)} = %s" for field in fields)  # type: ignore[union-attr]
    key = options.pk
    sql = f"UPDATE {quote(options.db_table)} SET {columns} WHERE {quote(key.column)} = %s"  # noqa: S608 -- own names
    values = [
        [
            *(field.get_db_prep_save(field.pre_save(row, False), connection) for field in fields),  # type: ignore[union-attr]
            row.pk,
        ]
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(sql, values)

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Triggers that keep movements and transfers as they were booked, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = ("cycle_movement", "cycle_transfer")
_MESSAGE = "the ledger is only added to: book a correction"


def install(connection: BaseDatabaseWrapper) -> None:
    """Refuse UPDATE and DELETE on the ledger's tables from now on."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION cycle_keep() RETURNS trigger LANGUAGE plpgsql AS"
                f" $$ BEGIN RAISE EXCEPTION '{_MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
            )
        for table in TABLES:
            for deed in ("UPDATE", "DELETE"):
                cursor.execute(_statement(connection.vendor, table, deed))


def _statement(vendor: str, table: str, deed: str) -> str:
    name = f"{table}_no_{deed.lower()}"
    if vendor == "postgresql":
        return f"CREATE OR REPLACE TRIGGER {name} BEFORE {deed} ON {table} FOR EACH ROW EXECUTE FUNCTION cycle_keep()"
    return f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {deed} ON {table} BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END"


def remove(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        for table in TABLES:
            for deed in ("update", "delete"):
                name = f"{table}_no_{deed}"
                on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Without the guards, inside a transaction: for a backup that takes the place of everything."""
    if not connection.in_atomic_block:
        raise RuntimeError("the guards of the ledger are lifted outside a transaction")
    remove(connection)
    yield
    install(connection)

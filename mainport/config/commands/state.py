# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Makes and migrates the database."""

from __future__ import annotations

import click
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from mainport.core.terminal import console, emit, json_option


@click.command()
@json_option
def migrate(as_json: bool) -> None:
    """Bring the database to this version's tables; safe to run again."""
    before = _applied()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    new = sorted(_applied() - before)
    data = {"database": connection.vendor, "applied": [f"{app}.{name}" for app, name in new]}
    emit(data, as_json=as_json, show=lambda: console.print(f"{len(new)} migrations applied on {connection.vendor}."))


def _applied() -> set[tuple[str, str]]:
    return set(MigrationRecorder(connection).applied_migrations())

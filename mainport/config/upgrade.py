# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""May this version run on this database? Asked before an upgrade; changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations import DeleteModel, RemoveField
from django.db.migrations.operations.base import Operation

from mainport.agenda import queries
from mainport.agenda.rules.checks import check


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; `blocks` where the upgrade must not go on."""

    text: str
    blocks: bool = False


def findings() -> list[Finding]:
    """All findings, those of the migrations first; the data are looked at only when the tables fit."""
    executor = MigrationExecutor(connection)
    found = [*_unknown(executor), *_waiting(executor)]
    if len(executor.loader.applied_migrations) and not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        found += _agenda()
    return found


def _unknown(executor: MigrationExecutor) -> Iterator[Finding]:
    """Migrations that were applied and that this version doesn't know: it is older than the database."""
    own = {app for app, _ in executor.loader.disk_migrations}
    known = set(executor.loader.disk_migrations) | set(executor.loader.replacements)
    for app, name in sorted(executor.loader.applied_migrations):
        if app in own and (app, name) not in known:
            yield Finding(f"the database has {app}.{name}, which this version doesn't know: it is of a newer one", True)


def _waiting(executor: MigrationExecutor) -> Iterator[Finding]:
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan:
        yield Finding("no migration waits")
    for migration, _backwards in plan:
        lost = [operation for operation in migration.operations if _loses_data(operation)]
        name = f"{migration.app_label}.{migration.name}"
        if lost and executor.loader.applied_migrations:
            yield Finding(f"{name} loses data: {'; '.join(o.describe() for o in lost)}. Back up first", True)
        else:
            yield Finding(f"{name} waits")


def _loses_data(operation: Operation) -> bool:
    return isinstance(operation, RemoveField | DeleteModel) or not operation.reversible


def _agenda() -> Iterator[Finding]:
    """What must hold between elements, asked of what is stored by the rules of this version."""
    agenda = queries.agenda()
    if agenda is None:
        yield Finding("there is no agenda yet")
        return
    troubles = list(check(agenda))
    for trouble in troubles:
        where = ".".join(map(str, trouble.field))
        yield Finding(f"{trouble.uid} {where}: found {trouble.found}, expected {trouble.expected}", True)
    if not troubles:
        yield Finding(f"the agenda's {len(agenda.elements)} elements hold together")

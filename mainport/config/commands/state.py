# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Makes, migrates, keeps and brings back the database and the files."""

from __future__ import annotations

from pathlib import Path

import click
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from mainport.config import archive, upgrade
from mainport.core.terminal import console, emit, fail, json_option, table


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


@click.command()
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The archive to write.")
@json_option
def backup(out: Path, as_json: bool) -> None:
    """Write every row and every uploaded file to one archive, with a hash of each table."""
    manifest = archive.write(out)
    emit(manifest, as_json=as_json, show=lambda: _show(manifest, f"Written to {out}"))


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--yes", is_flag=True, help="Don't ask before what is there is replaced.")
@json_option
def restore(file: Path, yes: bool, as_json: bool) -> None:
    """Replace all that is there by what the archive FILE holds; works from SQLite to PostgreSQL and back.

    The hash of each table is compared afterwards; if one differs, everything stays as it was.
    """
    if not yes:
        click.confirm("This replaces everything in the database and the uploaded files. Go on?", abort=True, err=True)
    try:
        manifest = archive.read(file)
    except archive.ArchiveError as error:
        fail(f"{file}: {error}. Nothing was changed.", as_json=as_json)
    else:
        emit(manifest, as_json=as_json, show=lambda: _show(manifest, f"Restored from {file}, every hash equal"))


def _show(manifest: dict[str, archive.Manifest], title: str) -> None:
    rows = [(name, entry["rows"], entry["sha256"][:16]) for name, entry in manifest["tables"].items() if entry["rows"]]
    table(["Table", "Rows", "SHA-256"], rows, title=f"{title}; {len(manifest['files'])} files")


@click.command()
@json_option
def upgrade_check(as_json: bool) -> None:
    """Say whether this version may run on this database, and what would change; changes nothing."""
    findings = upgrade.findings()
    data = {"safe": not any(f.blocks for f in findings), "findings": [f.__dict__ for f in findings]}

    def show() -> None:
        for finding in findings:
            console.print(
                f"[{'red' if finding.blocks else 'green'}]{'NO ' if finding.blocks else 'ok '}[/] {finding.text}"
            )

    emit(data, as_json=as_json, show=show)
    if not data["safe"]:
        raise SystemExit(1)

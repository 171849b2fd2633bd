# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport region companies`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from mainport.core.terminal import emit, fail, json_option, table

#: So many rows of a kind are shown; --json gives all.
SHOWN = 20


@click.command("companies")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", default="", help="As it stands beside the figures; the file's name unless given.")
@click.option("--licence", default="", help="Under which terms it may be used, and which agreement says so.")
@click.option(
    "--public/--totals-only",
    "rows_public",
    default=None,
    help="Whether everybody may see single companies of it. Unless given: of Dealroom totals only.",
)
@click.option("--look", is_flag=True, help="Only tell what would become of each row; store nothing.")
@json_option
def companies(file: Path, source: str, licence: str, rows_public: bool | None, look: bool, as_json: bool) -> None:
    """Store young companies out of FILE: CSV or XLSX, of our columns or as Dealroom exports them.

    Our columns are name, kvk, town, municipality, sector, founded, closed, website, year, jobs and funding: a row a
    company, or a row for each year of it. Every fault is told with file, row, column and what was expected; then
    nothing is stored. Rows that may be about several companies are told, and wait to be placed: see company-imports,
    which also takes a file back.
    """
    from mainport.core.rules.permissions import system
    from mainport.region.actions.companies import Terms, put_file
    from mainport.region.feeds.faults import Refused

    try:
        report = put_file(
            by=system("mainport region companies"),
            body=file.read_bytes(),
            name=file.name,
            terms=Terms(source or file.name, licence, rows_public),
            look=look,
        )
    except Refused as error:
        fail(str(error), as_json=as_json, faults=[fault.__dict__ for fault in error.faults])
        return
    except ValueError as error:
        fail(str(error), as_json=as_json)
        return
    except OSError as error:
        fail(f"{file} can't be read: {error.strerror or error}", as_json=as_json)
        return
    data: dict[str, Any] = {
        "file": report.file,
        "shape": report.shape,
        "sha256": report.sha256,
        "stored": report.stored,
        "import": report.key,
        "single_companies_public": report.rows_public,
        "new": report.new,
        "known": report.known,
        "years": report.years,
        "rows": dict(report.reasons),
        "matches": [
            {
                "row": one.entry.row,
                "name": one.entry.name,
                "reason": str(one.reason),
                "company": one.key or None,
                "same_as_row": one.first if not one.key and one.first != one.entry.row else None,
                "candidates": list(one.candidates),
                "told": one.told,
            }
            for one in report.matches
        ],
        "changes": [change.__dict__ for change in report.changes],
        "notes": list(report.notes),
    }
    emit(data, as_json=as_json, show=lambda: _show(data))


def _show(data: dict[str, Any]) -> None:
    done = "Stored" if data["stored"] else "Looked at, nothing stored"
    click.echo(f"{done}: {data['new']} new companies, {data['known']} that were known, {data['years']} years.")
    unclear = [one for one in data["matches"] if one["reason"] == "ambiguous"]
    if unclear:
        wait = f" They wait to be placed: mainport region company-imports {data['import']}" if data["stored"] else ""
        click.echo(f"Left out, since they may be about several companies: {len(unclear)} rows.{wait}")
        rows = [(one["row"], one["name"], ", ".join(one["candidates"]), one["told"]) for one in unclear[:SHOWN]]
        table(["row", "name", "may be", "because"], rows)
    named = [one for one in data["matches"] if one["reason"] == "name-and-town" and one["company"]]
    if named:
        click.echo(f"Known by name and town: {len(named)} rows.")
        table(["row", "name", "company"], [(one["row"], one["name"], one["company"]) for one in named[:SHOWN]])
    if data["changes"]:
        click.echo(f"Otherwise than was known: {len(data['changes'])}; the file counts.")
        rows = [(one["company"], one["field"], one["old"], one["new"]) for one in data["changes"][:SHOWN]]
        table(["company", "column", "was", "is"], rows)
    for note in data["notes"][:SHOWN]:
        click.echo(note)

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport region company-imports`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from mainport.core.terminal import emit, fail, json_option, table

if TYPE_CHECKING:
    from mainport.region.models import CompanyImport

#: So many rows that wait are shown; --json gives all.
SHOWN = 20


@click.command("company-imports")
@click.argument("number", type=int, required=False)
@click.option("--undo", is_flag=True, help="Take import NUMBER back.")
@click.option("--row", type=int, help="Place this row of import NUMBER, of which it isn't clear whose it is.")
@click.option("--is", "where", default="", help="Whose --row is: the key of a company, new, or none to leave it out.")
@json_option
def company_imports(number: int | None, undo: bool, row: int | None, where: str, as_json: bool) -> None:
    """Show which files of companies came in, by whom and under which licence; take one back, or place its rows.

    With NUMBER, that import and its rows that wait. Taking back gives exactly what was there before, and is refused,
    with the reason, where later imports rest on it.
    """
    from mainport.core.rules.permissions import system
    from mainport.region.actions import company_imports as actions
    from mainport.region.feeds.faults import Refused
    from mainport.region.queries import companies as queries

    if number is None:
        if undo or row is not None:
            fail("Which import? Give its number: mainport region company-imports NUMBER", as_json=as_json)
        rows = [_told(one) for one in queries.imports()]
        emit(rows, as_json=as_json, show=lambda: _show(rows))
        return
    if (undo and row is not None) or (row is None) != (not where):
        fail("Give either --undo, or --row with --is, or neither", as_json=as_json)
    kept = queries.find_import(number)
    if kept is None:
        fail(f"import {number}: there is none", as_json=as_json)
        return
    by = system("mainport region company-imports")
    try:
        if undo:
            actions.undo(by=by, kept=kept)
        elif row is not None:
            actions.place(by=by, kept=kept, row=row, where=where)
    except Refused as error:
        fail(str(error), as_json=as_json, faults=[fault.__dict__ for fault in error.faults])
        return
    except ValueError as error:
        fail(f"import {number}: {error}", as_json=as_json)
        return
    kept.refresh_from_db(fields=["undone_at", "undone_by_name", "unclear"])
    data = _told(kept) | {"unclear": kept.unclear}
    emit(data, as_json=as_json, show=lambda: _show_one(data))


def _told(one: CompanyImport) -> dict[str, Any]:
    return {
        "import": one.pk,
        "file": one.file,
        "shape": one.shape,
        "source": one.source,
        "licence": one.licence,
        "single_companies_public": one.rows_public,
        "by": one.by_name,
        "at": one.at.isoformat(timespec="seconds"),
        "new": one.new,
        "known": one.known,
        "years": one.years,
        "rows_of": one.of_id,
        "waiting": 0 if one.undone_at else sum(row["placed"] is None for row in one.unclear),
        "undone_at": one.undone_at.isoformat(timespec="seconds") if one.undone_at else None,
        "undone_by": one.undone_by_name,
        "demo": one.demo,
        "sha256": one.sha256,
    }


def _show(rows: list[dict[str, Any]]) -> None:
    if not rows:
        click.echo("No companies came in yet.")
        return
    head = ["import", "file", "at", "by", "new", "known", "waiting", "public", "taken back"]
    shown = [
        (
            one["import"],
            one["file"],
            one["at"],
            one["by"],
            one["new"],
            one["known"],
            one["waiting"],
            "rows" if one["single_companies_public"] else "totals",
            one["undone_at"] or "",
        )
        for one in rows
    ]
    table(head, shown)


def _show_one(data: dict[str, Any]) -> None:
    _show([data])
    waiting = [] if data["undone_at"] else [one for one in data["unclear"] if one["placed"] is None]
    if waiting:
        rows = [
            (one["entry"]["row"], one["entry"]["name"], ", ".join(one["maybe"]), one["told"]) for one in waiting[:SHOWN]
        ]
        table(["row", "name", "may be", "because"], rows)

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport cycle render`, `papers` and `check`: the yearly papers as files, as a list, and held to the ledger."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from mainport.core.terminal import emit, fail, json_option, table

_NAME = "mainport cycle"


def _actor() -> Any:
    from mainport.core.rules.permissions import system

    return system(_NAME)


@click.command("render")
@click.argument("kind")
@click.argument("year", type=int)
@click.option("--lang", default="nl", show_default=True, help="Language of the paper: one of the alliance's.")
@click.option(
    "--format", "format_", type=click.Choice(["pdf", "docx", "odt", "html"]), default="pdf", show_default=True
)
@click.option("--version", type=int, help="A version; else the one that is being made, or the last.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Where to write the file.")
@json_option
def render(kind: str, year: int, lang: str, format_: Any, version: int | None, out: Path, as_json: bool) -> None:
    """Write the paper KIND of YEAR (annual-report 2023) as a file.

    A decided paper is written as it was decided. Any other is drawn up from what is stored now, and says that it is a
    draft; so is one that nobody has begun yet.
    """
    from mainport.cycle.exports.papers import render as write
    from mainport.cycle.queries import papers as queries

    around = queries.frame()
    if kind not in around.kinds:
        _unknown("kind", kind, list(around.kinds), as_json)
    if lang not in around.languages:
        _unknown("language", lang, list(around.languages), as_json)
    try:
        paper = queries.find(_actor(), kind, year, version)
    except queries.NoSuchPaper:
        if version is not None:
            fail(f"there is no version {version} of {kind} {year}", as_json=as_json)
        paper = queries.unbegun(kind, year)
    document = queries.document(_actor(), paper, lang)
    content = write(document, format_)
    try:
        out.write_bytes(content)
    except OSError as error:
        fail(f"{out}: {error.strerror}", as_json=as_json)
    data = {
        "kind": kind,
        "year": year,
        "version": paper.version,
        "state": paper.state,
        "language": document.language,
        "format": format_,
        "out": str(out),
        "bytes": len(content),
        "sha256": paper.sha256,
    }
    emit(data, as_json=as_json, show=lambda: click.echo(f"{out}: {document.title}, {document.state}"))


def _unknown(what: str, found: str, there: list[str], as_json: bool) -> None:
    fail(f"{what} {found}: expected {', '.join(there) or 'an agenda that has one'}", as_json=as_json)


@click.command("papers")
@click.option("--year", type=int, help="Only those of this year.")
@json_option
def papers(year: int | None, as_json: bool) -> None:
    """List the yearly papers: how far each is."""
    from mainport.cycle.queries import papers as queries

    rows = queries.papers(_actor(), year=year)
    data = [
        {
            "kind": line.paper.kind,
            "year": line.paper.year,
            "version": line.paper.version,
            "state": line.paper.state,
            "sections": line.sections,
            "written": line.written,
            "open_comments": line.comments,
            "agreed": line.agreed,
            "partners": line.partners,
            "decision": line.paper.decision,
            "decided_at": line.paper.decided_at.isoformat() if line.paper.decided_at else None,
            "edition": line.paper.edition.key if line.paper.edition else None,
            "through": line.paper.through,
            "sha256": line.paper.sha256,
            "demo": line.paper.demo,
        }
        for line in rows
    ]
    columns = ("kind", "year", "version", "state", "written", "sections", "agreed", "partners", "open_comments")
    emit(data, as_json=as_json, show=lambda: table(columns, [[row[name] for name in columns] for row in data]))


@click.command("check")
@click.argument("kind")
@click.argument("year", type=int)
@json_option
def check(kind: str, year: int, as_json: bool) -> None:
    """Say whether the figures of the paper KIND of YEAR tie, and what else keeps it from being decided.

    Ends with 1 where figures differ.
    """
    from mainport.cycle.queries import papers as queries

    around = queries.frame()
    if kind not in around.kinds:
        _unknown("kind", kind, list(around.kinds), as_json)
    try:
        paper = queries.find(_actor(), kind, year)
    except queries.NoSuchPaper:
        paper = queries.unbegun(kind, year)
    differences = queries.differences(paper)
    begun = paper.pk is not None and paper.content is None
    data = {
        "kind": kind,
        "year": year,
        "ties": not differences,
        "differences": [
            {
                "tie": one.tie.value,
                "what": one.what,
                "found": f"{one.found:.2f}",
                "expected": f"{one.expected:.2f}",
                "than": one.than,
            }
            for one in differences
        ],
        "texts": [str(one) for one in queries.lacking(paper)] if begun else [],
        "unsigned": [f"{key}: {said}" for key, said in queries.unsigned(paper)] if begun else [],
    }
    emit(data, as_json=as_json, show=lambda: _show(data))
    if differences:
        raise click.exceptions.Exit(1)


def _show(data: dict[str, Any]) -> None:
    click.echo(f"{data['kind']} {data['year']}: " + ("the figures tie." if data["ties"] else "the figures differ."))
    for one in data["differences"]:
        click.echo(f"- {one['what']}: found {one['found']}, expected {one['expected']} ({one['than']})")
    for name, title in (("texts", "Not written yet:"), ("unsigned", "Not agreed yet:")):
        if data[name]:
            click.echo(title)
            for line in data[name]:
                click.echo(f"- {line}")

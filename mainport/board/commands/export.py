# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport board export`."""

from __future__ import annotations

from pathlib import Path

import click

from mainport.core.rules.permissions import VISITOR, system
from mainport.core.terminal import emit, fail, json_option


@click.command()
@click.argument("format", type=click.Choice(["ori", "mdto"]), metavar="FORMAT")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The file to write.")
@click.option(
    "--confidential", is_flag=True, help="With what is confidential: for an archive that keeps it. Openings are logged."
)
@json_option
def export(format: str, out: Path, confidential: bool, as_json: bool) -> None:
    """Write meetings, papers and decisions as FORMAT: ori (Open Raadsinformatie 2.0, JSON) or mdto (a zip of files
    with MDTO metadata). Only what is public, unless --confidential."""
    from django.conf import settings
    from django.utils import timezone

    from mainport.agenda.queries import alliance
    from mainport.board.exports import mdto, ori
    from mainport.board.queries import Damaged
    from mainport.core.rules.languages import say

    by = system("mainport board export") if confidential else VISITOR
    try:
        if format == "ori":
            data = ori.write(by=by, site=settings.SITE_URL)
        else:
            found = alliance()
            maker = say(found.title, "nl") if found else "Mainport"
            data = mdto.write(by=by, maker=maker, source=settings.SITE_URL, now=timezone.now())
    except Damaged as error:
        fail(f"Nothing was written: {error}.", as_json=as_json)
        return
    out.write_bytes(data)
    emit(
        {"format": format, "file": str(out), "bytes": len(data)},
        as_json=as_json,
        show=lambda: click.echo(f"{out}: {len(data)} bytes"),
    )

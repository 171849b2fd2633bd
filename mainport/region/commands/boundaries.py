# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport region boundaries`."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import click

from mainport.core.terminal import emit, fail, json_option

#: Those of rules and feeds.pdok; it loads when it is needed.
KINDS = ("municipality", "province", "corop")


@click.command("boundaries")
@click.option("--kind", type=click.Choice(KINDS), default="municipality", show_default=True)
@click.option("--year", type=click.IntRange(1900, 2100), required=True, help="The borders of 1 January of this year.")
@click.option(
    "--file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A GeoJSON of the same shape, instead of asking PDOK.",
)
@click.option("--source", default="", help="As it stands below a map; for a --file.")
@json_option
def boundaries(kind: str, year: int, file: Path | None, source: str, as_json: bool) -> None:
    """Store the borders of areas in a year: from PDOK (CBS Gebiedsindelingen), or out of a file.

    Borders of that year that were there are exchanged. Where PDOK can't be reached, what was stored stays.
    """
    from mainport.core import terminal
    from mainport.core.fetching.problems import Problem
    from mainport.core.rules.permissions import system
    from mainport.region.actions import boundaries as actions
    from mainport.region.feeds import pdok
    from mainport.region.feeds.flows_file import Fault, Refused

    by = system("mainport region boundaries")
    try:
        if file is None:
            quiet = as_json or not terminal.console.is_terminal
            with nullcontext() if quiet else terminal.console.status(f"Asking PDOK for the borders of {year} …"):
                count = actions.fetch(by=by, kind=kind, year=year)
            told = pdok.address(kind, year)
        else:
            found = pdok.read(file.read_bytes(), name=file.name, year=year)
            wrong = [
                Fault(file.name, number, "statcode", f"{one.code}, a {one.kind} of {one.year}", f"a {kind} of {year}")
                for number, one in enumerate(found, start=1)
                if (one.kind, one.year) != (kind, year)
            ]
            if wrong:
                raise Refused(wrong[:20], max(len(wrong) - 20, 0))
            told = source or file.name
            count = actions.put(by=by, found=found, source=told)
    except Refused as error:
        fail(str(error), as_json=as_json, faults=[fault.__dict__ for fault in error.faults])
        return
    except Problem as error:
        fail(f"Nothing was stored: {error}. A file of the same shape can be given with --file.", as_json=as_json)
        return
    except OSError as error:
        fail(f"{file} can't be read: {error.strerror or error}", as_json=as_json)
        return
    data = {"kind": kind, "year": year, "areas": count, "source": told}
    emit(data, as_json=as_json, show=lambda: click.echo(f"{count} areas ({kind}, {year}). Source: {told}"))

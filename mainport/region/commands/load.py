# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport region load`."""

from __future__ import annotations

import click

from mainport.core.terminal import emit, json_option


@click.command("load")
@json_option
def load(as_json: bool) -> None:
    """Store the flow table that comes with Mainport: commuting to and from Groningen, December 2014 (CBS).

    Doing it again changes nothing.
    """
    from mainport.core.rules.permissions import system
    from mainport.region.actions.flows import load_groningen

    table = load_groningen(by=system("mainport region load"))
    data = {"key": table.key, "year": table.year, "borders": table.borders, "rows": table.rows, "source": table.source}
    emit(data, as_json=as_json, show=lambda: click.echo(f"{table.key}: {table.rows} pairs. Source: {table.source}"))

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport region compare`."""

from __future__ import annotations

from pathlib import Path

import click

from mainport.core.terminal import emit, fail, json_option, table
from mainport.region.commands.delineate import read_pairs

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("compare")
@click.argument("first", type=_FILE)
@click.argument("second", type=_FILE)
@click.option("--columns", default="zone,region", show_default=True, help="Those of zone and region, in both files.")
@json_option
def compare(first: Path, second: Path, columns: str, as_json: bool) -> None:
    """Tell how far the regions of FIRST and SECOND agree, and which zones moved.

    The adjusted Rand index is 1 where they are equal, and about 0 where they agree by chance. Zones that are in no
    region are left out.
    """
    from mainport.region.rules import compare as compared

    names = [column.strip() for column in columns.split(",")]
    if len(names) != 2:
        fail(f"--columns {columns}: expected two, of zone and region", as_json=as_json)
    try:
        one, other = (read_pairs(path, *names) for path in (first, second))
    except (ValueError, OSError) as error:
        fail(str(error), as_json=as_json)
        return
    found = compared(one, other)
    moved = [{"zone": zone, "first": one[zone], "second": other[zone]} for zone in found.moved]
    data = {
        "ari": found.ari,
        "zones": len(one.keys() & other.keys()),
        "moved": moved,
        "only_first": list(found.only_first),
        "only_second": list(found.only_second),
    }

    def show() -> None:
        click.echo(f"Adjusted Rand index {found.ari:.4f} over {data['zones']} zones; {len(moved)} moved.")
        if moved:
            table(["zone", first.name, second.name], [(row["zone"], row["first"], row["second"]) for row in moved])
        for name, zones in ((first.name, found.only_first), (second.name, found.only_second)):
            if zones:
                click.echo(f"Only in {name}: {', '.join(zones)}")

    emit(data, as_json=as_json, show=show)

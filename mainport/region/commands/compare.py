# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport region compare`."""

from __future__ import annotations

from pathlib import Path

import click

from mainport.core.terminal import emit, fail, json_option, table
from mainport.region.commands.delineate import read_labels

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("compare")
@click.argument("first", type=_FILE)
@click.argument("second", type=_FILE)
@click.option("--columns", default="zone,region", show_default=True, help="Those of zone and region.")
@click.option("--second-columns", default="", help="Those of SECOND, where they are called otherwise.")
@json_option
def compare(first: Path, second: Path, columns: str, second_columns: str, as_json: bool) -> None:
    """Tell how far the regions of FIRST and SECOND agree, and which zones moved.

    The adjusted Rand index is 1 where they are equal, and about 0 where they agree by chance. Zones that are in no
    region are left out. A file that hasn't these columns, but zone and region, or two columns only, is read by those.
    """
    from mainport.region.feeds.faults import Refused
    from mainport.region.rules import compare as compared

    try:
        read = [
            read_labels(path, asked, "zone,region")
            for path, asked in ((first, columns), (second, second_columns or columns))
        ]
    except Refused as error:
        fail(str(error), as_json=as_json, faults=[fault.__dict__ for fault in error.faults])
        return
    except (ValueError, OSError) as error:
        fail(str(error), as_json=as_json)
        return
    one, other = ({zone: region for zone, (region, _row) in found.labels.items()} for found in read)
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

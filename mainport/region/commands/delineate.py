# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport region delineate`."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import Any, TextIO

import click

from mainport.core.terminal import emit, fail, json_option, table

#: The names of rules.methods.Method, .flows_file.Unit and so on: what draws regions loads when it is needed.
METHODS = ("coombes-bond", "fua", "tolbert-sizer", "intramax", "leiden", "shading")
#: So many of the largest regions are shown.
SHOWN = 15

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("delineate")
@click.argument("file", metavar="FLOWS", type=_FILE)
@click.option("--columns", default=None, help="Those of home, work and amount: home,work,amount.")
@click.option("--unit", type=click.Choice(["one", "thousands"]), default=None, help="What an amount of 1 stands for.")
@click.option("--period", default="", help="Which period of the file, where it has several.")
@click.option("--outside", multiple=True, help="A code that is no zone, such as abroad. May be given more than once.")
@click.option("--method", type=click.Choice(METHODS), default="coombes-bond", show_default=True)
@click.option("--mode", type=click.Choice(["strict", "istat34"]), default="strict", show_default=True)
@click.option("--min-size", type=float, default=1000, show_default=True, help="Smallest size in working residents.")
@click.option("--min-containment", type=float, default=0.6667, show_default=True)
@click.option("--target-size", type=float, default=10000, show_default=True)
@click.option("--target-containment", type=float, default=0.75, show_default=True)
@click.option("--cities", type=_FILE, help="For fua: CSV with the columns zone,city.")
@click.option("--threshold", type=float, default=0.15, show_default=True, help="For fua and shading: the least share.")
@click.option("--cores", type=click.Choice(["merged", "single"]), default="merged", show_default=True)
@click.option("--borders", type=_FILE, help="GeoJSON of the zones: fua and intramax then keep regions in one piece.")
@click.option("--borders-code", default="code", show_default=True, help="The property that holds the zone's code.")
@click.option("--borders-tolerance", type=float, default=0.002, show_default=True, help="In the file's coordinates.")
@click.option("--city", default="", help="For shading: the code of the city.")
@click.option("--cut", type=float, default=0.98, show_default=True, help="For tolbert-sizer: the greatest distance.")
@click.option("--internal", type=float, default=0.75, show_default=True, help="For intramax: the share kept inside.")
@click.option("--resolution", type=float, default=1.0, show_default=True, help="For leiden: more gives more regions.")
@click.option("--seed", type=int, default=1, show_default=True, help="For leiden: where chance begins.")
@click.option("--seeds", type=int, default=5, show_default=True, help="For leiden: so many are tried.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="CSV of zone,region to write.")
@json_option
def delineate(file: Path, out: Path | None, as_json: bool, **options: Any) -> None:
    """Draw regions out of FLOWS: a CSV of who lives where and works, studies or shops where.

    Columns are home, work and amount unless --columns names others; CBS's tables 85481NED and 81251NED are known by
    theirs. Every fault is reported with file, row, column and what was expected; then nothing is written. Without
    --out, zone,region goes to standard output.
    """
    from mainport.region.feeds.flows_file import Refused, Unit, read_flows
    from mainport.region.rules import delineate as draw

    try:
        read = read_flows(
            file,
            [column.strip() for column in options["columns"].split(",")] if options["columns"] else None,
            unit=Unit(options["unit"]) if options["unit"] else None,
            period=options["period"],
            outside=options["outside"],
        )
        found = draw(read.flows, options["method"], _options(options))
    except Refused as error:
        fail(str(error), as_json=as_json, faults=[fault.__dict__ for fault in error.faults])
        return
    except KeyError as error:
        fail(f"zone {error.args[0]} isn't in {file.name}", as_json=as_json)
        return
    except ValueError as error:
        fail(str(error), as_json=as_json)
        return
    if out:
        try:
            with out.open("w", encoding="utf-8", newline="") as written:
                _write(found.region, written)
        except OSError as error:
            fail(f"{out} can't be written: {error.strerror or error}", as_json=as_json)
    data = {
        "method": options["method"],
        "zones": len(read.flows),
        "regions": found.regions,
        "unit": str(read.unit),
        "rows": read.rows,
        "left_out": read.left_out,
        "suppressed_pairs": read.flows.suppressed,
        "origins_without_jobs": [{"zone": zone, "row": row} for zone, row in read.without_jobs],
        **found.facts,
        "region": found.region,
        **(
            {"share": {zone: None if share != share else share for zone, share in found.share.items()}}
            if found.share
            else {}
        ),
    }
    emit(data, as_json=as_json, show=lambda: _show(data, out))


def _options(given: dict[str, Any]) -> Any:
    from mainport.region.rules import Options
    from mainport.region.rules.delineation.fua import Cores

    if given["method"] == "shading" and not given["city"]:
        raise ValueError("shading needs --city with the code of a zone")
    if given["method"] == "fua" and not given["cities"]:
        raise ValueError("fua needs --cities with a CSV of zone,city")
    names = (
        "mode",
        "min_size",
        "min_containment",
        "target_size",
        "target_containment",
        "threshold",
        "cut",
        "internal",
        "resolution",
        "seed",
        "seeds",
        "city",
    )
    return Options(
        **{name: given[name] for name in names},
        cores=Cores(given["cores"]),
        cities=read_pairs(given["cities"], "zone", "city") if given["cities"] else {},
        neighbours=_neighbours(given["borders"], given["borders_code"], given["borders_tolerance"]),
    )


def _neighbours(path: Path | None, code: str, tolerance: float) -> Any:
    from mainport.region.rules.neighbours import neighbours

    if path is None:
        return None
    try:
        return neighbours(json.loads(path.read_bytes()), code, tolerance)
    except ValueError as error:
        raise ValueError(f"{path.name}: {error}") from error


def read_pairs(path: Path, first: str, second: str) -> dict[str, str]:
    """A CSV of two columns as a dictionary. Raises ValueError, naming file, row and column, for what is none.

    Rows whose second column is empty are left out.
    """
    found: dict[str, str] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        there = rows.fieldnames or []
        for column in (first, second):
            if column not in there:
                raise ValueError(f"{path.name}, row 1: no column {column}; found {', '.join(there) or 'nothing'}")
        for row in rows:
            zone, value = (row[first] or "").strip(), (row[second] or "").strip()
            if not zone:
                raise ValueError(f"{path.name}, row {rows.line_num}, column {first}: found nothing, expected a code")
            if zone in found:
                raise ValueError(f"{path.name}, row {rows.line_num}, column {first}: {zone} again, expected it once")
            if value:
                found[zone] = value
    return found


def _write(region: dict[str, str], file: TextIO) -> None:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["zone", "region"])
    writer.writerows(region.items())


def _show(data: dict[str, Any], out: Path | None) -> None:
    if out is None:
        _write(data["region"], sys.stdout)
        return
    zones: dict[str, int] = {}
    for region in data["region"].values():
        if region:
            zones[region] = zones.get(region, 0) + 1
    largest = sorted(zones.items(), key=lambda one: (-one[1], one[0]))[:SHOWN]
    click.echo(f"{data['zones']} zones in {data['regions']} regions by {data['method']}. The largest:")
    table(["region", "zones"], largest)
    if data["suppressed_pairs"]:
        click.echo(f"{data['suppressed_pairs']} pairs were kept back by the source: they count as unknown, not as 0.")
    if data["left_out"]:
        click.echo(f"{data['left_out']} rows of provinces, the country and such were left out.")
    if "stability" in data:
        click.echo(f"Mean agreement of the seeds (adjusted Rand index): {data['stability']:.3f}")
    if idle := data["origins_without_jobs"]:
        named = ", ".join(f"{one['zone']} (row {one['row']})" for one in idle)
        click.echo(f"Nobody who lives in {named} has a job there or elsewhere.")
    click.echo(f"Written: {out}")

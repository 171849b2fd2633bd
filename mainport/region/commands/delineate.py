# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport region delineate`."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from mainport.core.terminal import emit, fail, json_option, table

if TYPE_CHECKING:
    from mainport.region.rules.flows import Flows

#: The names of rules.methods.Method, .flows_file.Unit and so on: what draws regions loads when it is needed.
METHODS = ("coombes-bond", "fua", "tolbert-sizer", "intramax", "leiden", "shading")
LAYOUTS = ("auto", "pairs", "rows-are-homes", "rows-are-works")
#: So many of the largest regions are shown.
SHOWN = 15

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("delineate")
@click.argument("file", metavar="FLOWS", type=_FILE)
@click.option("--columns", default=None, help="Those of home, work and amount: home,work,amount.")
@click.option("--unit", type=click.Choice(["one", "thousands"]), default=None, help="What an amount of 1 stands for.")
@click.option("--period", default="", help="Which period of the file, where it has several.")
@click.option("--layout", type=click.Choice(LAYOUTS), default="auto", show_default=True, help="See below.")
@click.option("--decimal", type=click.Choice([".", ","]), default=None, help="The sign before decimals.")
@click.option("--outside", multiple=True, help="A code that is no zone, such as abroad. May be given more than once.")
@click.option("--method", type=click.Choice(METHODS), default="coombes-bond", show_default=True)
@click.option("--mode", type=click.Choice(["strict", "istat34"]), default="strict", show_default=True)
@click.option("--min-size", type=float, default=1000, show_default=True, help="Smallest size in working residents.")
@click.option("--min-containment", type=float, default=0.6667, show_default=True)
@click.option("--target-size", type=float, default=10000, show_default=True)
@click.option("--target-containment", type=float, default=0.75, show_default=True)
@click.option("--cities", type=_FILE, help="For fua: CSV or XLSX with the columns zone,city; a row a zone.")
@click.option("--cities-columns", default="zone,city", show_default=True, help="Those of zone and city.")
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
    """Draw regions out of FLOWS: CSV (or that packed by gzip) or XLSX of who lives where and works or studies where.

    A row a pair: its columns are home, work and amount, or others of --columns; CBS's tables 85481NED and 81251NED are
    known by theirs. Or a row a home and a column a place of work, which is known by codes that are both; --layout
    rows-are-works is the other way. Totals beside and below are compared with what they are the sum of, and left out.
    Every fault is reported with file, row, column and what was expected; then nothing is written. Without --out,
    zone,region goes to standard output.
    """
    from mainport.region.feeds.flows_file import Layout, Refused, Unit, read_flows
    from mainport.region.rules import delineate as draw

    try:
        read = read_flows(
            file,
            [column.strip() for column in options["columns"].split(",")] if options["columns"] else None,
            unit=Unit(options["unit"]) if options["unit"] else None,
            period=options["period"],
            outside=options["outside"],
            layout=Layout(options["layout"]),
            decimal=options["decimal"] or "",
        )
        found = draw(read.flows, options["method"], _options(options, read.flows, file.name))
    except Refused as error:
        fail(str(error), as_json=as_json, faults=[fault.__dict__ for fault in error.faults])
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
        "columns": list(read.columns),
        "left_out": read.left_out,
        "totals": list(read.totals.names),
        "beyond_columns": read.totals.beyond,
        "empty_cells": read.empty,
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


def _options(given: dict[str, Any], flows: Flows, file: str) -> Any:
    from mainport.region.feeds.faults import Fault, refuse
    from mainport.region.rules import Options
    from mainport.region.rules.delineation.fua import Cores

    if given["method"] == "shading" and not given["city"]:
        raise ValueError("shading needs --city with the code of a zone")
    if given["method"] == "fua" and not given["cities"]:
        raise ValueError("fua needs --cities with a file of zone,city")
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
    )
    cities: dict[str, str] = {}
    if given["method"] == "fua":
        path = given["cities"]
        read = read_labels(path, given["cities_columns"], "zone,city")
        expected = f"the code of a zone in {file}"
        refuse(
            [
                Fault(path.name, row, read.columns[0], f"'{zone}'", expected)
                for zone, (_city, row) in read.labels.items()
                if zone_in(zone, flows) is None
            ]
        )
        cities = {zone_in(zone, flows) or zone: city for zone, (city, _row) in read.labels.items()}
    city = zone_in(given["city"], flows) if given["method"] == "shading" else ""
    if city is None:
        raise ValueError(f"--city {given['city']}: expected the code of a zone in {file}")
    return Options(
        **{name: given[name] for name in names},
        city=city,
        cores=Cores(given["cores"]),
        cities=cities,
        neighbours=_neighbours(given["borders"], given["borders_code"], given["borders_tolerance"], flows),
    )


def zone_in(code: str, flows: Flows) -> str | None:
    """How the flows spell a code; None where they don't have it."""
    from mainport.region.feeds.codes import spelled

    ways = (code, spelled(code), code.removesuffix(".0"))
    return next((way for way in ways if way in flows), None)


def _neighbours(path: Path | None, code: str, tolerance: float, flows: Flows) -> Any:
    from mainport.region.rules.neighbours import neighbours

    if path is None:
        return None
    try:
        found = neighbours(json.loads(path.read_bytes()), code, tolerance)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{path.name}: {error}") from error
    if not any(zone_in(zone, flows) for zone in found):
        first = ", ".join(list(found)[:3]) or "nothing"
        raise ValueError(f"{path.name}: none of its areas ({first}, …) is a zone of the flows")
    return {zone_in(zone, flows) or zone: [zone_in(one, flows) or one for one in near] for zone, near in found.items()}


@dataclass(frozen=True)
class Labels:
    """By zone what a file says of it, and the row; `columns` are those it was read from."""

    labels: dict[str, tuple[str, int]]
    columns: tuple[str, str]


def read_labels(path: Path, columns: str, usual: str) -> Labels:
    """A file of zones, each with a city or region. Columns are those that are asked, or else the usual ones, or those
    of a file of two columns.

    Rows whose second column is empty are left out. Raises Refused, with the row, for zones that are empty or come
    twice, and ValueError for columns that aren't two.
    """
    from mainport.region.feeds.codes import spelled
    from mainport.region.feeds.faults import Fault, Refused, refuse
    from mainport.region.feeds.texts import ROW, opened

    asked = [column.strip() for column in columns.split(",")]
    if len(asked) != 2 or not all(asked):
        raise ValueError(f"columns {columns}: expected two, such as {usual}")
    ways = [asked, usual.split(",")]

    def finds(rows: Sequence[tuple[int, list[str]]]) -> int | None:
        heads = [{cell.strip() for cell in cells} for _row, cells in rows[:20]]
        return next((place for place, head in enumerate(heads) if any(set(way) <= head for way in ways)), None)

    texts = opened(path, path.name, asked, finds)
    there = list(texts.header)
    way = next((way for way in ways if set(way) <= set(there)), there if len(there) == 2 and columns == usual else None)
    if way is None:
        found = ", ".join(filter(None, there)) or "nothing"
        raise Refused([Fault(path.name, texts.at, "-", f"the columns {found}", f"{' and '.join(asked)}")])
    labels: dict[str, tuple[str, int]] = {}
    faults = []
    frame = texts.frame.select(ROW, *(str(there.index(column)) for column in way))
    for row, *cells in frame.iter_rows():
        zone, label = spelled(cells[0].strip()), cells[1].strip()
        if not zone:
            faults.append(Fault(path.name, row, way[0], "nothing", "the code of a zone"))
        elif zone in labels:
            faults.append(
                Fault(path.name, row, way[0], f"'{zone}' again", f"each zone once; it is in row {labels[zone][1]}")
            )
        else:
            labels[zone] = (label, row)
    refuse(faults)
    return Labels({zone: found for zone, found in labels.items() if found[0]}, (way[0], way[1]))


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
    if data["totals"]:
        told = f": they count {data['beyond_columns']:g} more than their parts, which is elsewhere"
        click.echo(f"Totals ({', '.join(data['totals'])}) are no zones{told if data['beyond_columns'] else ''}.")
    if data["empty_cells"]:
        click.echo(f"{data['empty_cells']} empty cells count as nobody.")
    if "stability" in data:
        click.echo(f"Mean agreement of the seeds (adjusted Rand index): {data['stability']:.3f}")
    if idle := data["origins_without_jobs"]:
        named = ", ".join(f"{one['zone']} (row {one['row']})" for one in idle)
        click.echo(f"Nobody who lives in {named} has a job there or elsewhere.")
    click.echo(f"Written: {out}")

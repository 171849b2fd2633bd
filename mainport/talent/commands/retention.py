# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport talent retention`: paths and rates of places, from a table."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from mainport.core.terminal import console, emit, json_option, table
from mainport.talent.commands.doors import door, people, percent
from mainport.talent.feeds.flows import Read, names_of, read, read_areas
from mainport.talent.rules.disclosure import THRESHOLD
from mainport.talent.rules.paths import PATHS, PathCounts
from mainport.talent.rules.retention import Retention, total

_FILE = click.Path(dir_okay=False, path_type=Path)


def _columns(_context: click.Context, _option: click.Parameter, value: str) -> dict[str, str]:
    pairs = [pair.partition("=") for pair in value.split(",") if pair]
    if wrong := [key for key, sign, header in pairs if not (sign and header)]:
        raise click.BadParameter(f"{wrong[0]!r} isn't of the form home=HEADER")
    return {key.strip(): header.strip() for key, _sign, header in pairs}


@click.command()
@click.argument("file", type=_FILE)
@click.option("--columns", callback=_columns, default="", help="What columns are called: home=gm_16,later=gm_28,…")
@click.option("--areas", type=_FILE, help="A CSV file (code,area) that takes codes together; others are refused.")
@click.option("--threshold", type=click.IntRange(1), default=THRESHOLD, show_default=True, help="Hide counts under it.")
@click.option("--level", type=click.FloatRange(0, 1, True, True), default=0.95, show_default=True, help="Of intervals.")
@json_option
def retention(
    file: Path, columns: dict[str, str], areas: Path | None, threshold: int, level: float, as_json: bool
) -> None:
    """Tell of each place who stayed, left, came and returned.

    FILE holds persons or flows (home_16, study, home_28, and people where a row is more than one person), or
    totals of places (place, graduates, retained; inward and cohort where known). The published files of the ONS
    (towns, as XLSX), of the DfE (districts) and of the US Census (PSEO) are read as they are.

    Of persons and flows, counts under the threshold are kept back with what would give them away.
    """
    with door(file, as_json=as_json):
        of_codes = read_areas(areas.read_bytes(), areas.name) if areas else None
        found = read(file.read_bytes(), file.name, columns=columns, areas=of_codes, threshold=threshold)
    data = as_data(found, level)
    emit({"file": str(file), **data}, as_json=as_json, show=lambda: _show(found, level))


def as_data(found: Read, level: float) -> dict[str, Any]:
    """What JSON says of it."""
    counts = {place.place: place for place in found.counts}
    places = [{**_rates(row, level), "paths": _paths(counts.get(row.place), level)} for row in found.retention]
    return {
        "shape": found.shape,
        "rows": found.rows,
        "rows_without_numbers": found.without,
        "interval": {"method": "wilson", "level": level},
        "total": _rates(total(list(found.retention)), level),
        "places": places,
        "moves_told_of": dict(found.left),
        "moves": [asdict(one) for one in found.moved],
    }


def _rates(row: Retention, level: float) -> dict[str, Any]:
    rate = row.rate(level)
    return {
        "place": row.place,
        "name": row.name,
        "graduates": row.graduates,
        "retained": row.retained,
        "retention": asdict(rate) if rate else None,
        "inward": row.inward,
        "inward_rate": row.inward_rate,
        "net_rate": row.net_rate,
    }


def _paths(place: PathCounts | None, level: float) -> dict[str, Any] | None:
    if place is None:
        return None
    shares = {path: place.share(path, level) for path in PATHS}
    return {
        **{
            path.value: {"count": count, **(asdict(share) if share else {"value": None, "low": None, "high": None})}
            for (path, share), count in zip(shares.items(), place.counts, strict=True)
        },
        "unknown": {"count": place.unknown},
    }


def _show(found: Read, level: float) -> None:
    names = names_of(found.retention)
    counts = {place.place: place for place in found.counts}
    paths = PATHS if counts else ()
    rows = []
    for row in [*found.retention, total(list(found.retention))]:
        rate, place = row.rate(level), counts.get(row.place)
        shares = [place.share(path, level) if place else None for path in paths]
        interval = f"{100 * rate.low:.1f}–{100 * rate.high:.1f}" if rate else ""
        rows.append(
            [
                names.get(row.place) or row.place,
                people(row.graduates),
                *(percent(share.value) if share else "" for share in shares),
                percent(rate.value) if rate else "",
                interval,
                percent(row.inward_rate),
                percent(row.net_rate),
            ]
        )
    titles = [path.replace("_", " ") for path in paths]
    table(["place", "graduates", *titles, "retention", f"{100 * level:g} %", "inward", "net"], rows)
    if counts:
        console.print("Empty: kept back, because it's small or would give a small count away; or not known.")
    if found.without:
        console.print(f"{found.without} rows have no number in the source and are left out.")

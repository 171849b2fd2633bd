# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport monitor import sheet`."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Any

import click

from mainport.core.terminal import emit, fail, json_option, table
from mainport.monitor.rules.tables import Lines, Missing

#: So many values of a preview are shown; as JSON all of them are.
SHOWN = 20


@click.command("sheet")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--mapping", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="How to read it, as YAML."
)
@click.option("--feed", default="", help="The feed whose mapping to read it by, where none is given.")
@click.option("--preview", is_flag=True, help="Store nothing: show what would be stored.")
@click.option("--accept", is_flag=True, help="Store it even if it looks impossible, or much of what was known is gone.")
@json_option
def import_sheet(file: Path, mapping: Path | None, feed: str, preview: bool, accept: bool, as_json: bool) -> None:
    """Store FILE, of CSV, XLSX, XLS or ODS, by a mapping that says what its columns mean.

    The mapping is kept with the feed that it names: the next file needs only `--feed`. Every fault is
    reported with file, row, field and what was expected; then nothing is stored.
    """
    from mainport.core.rules.permissions import system
    from mainport.monitor.actions.sheet import import_sheet as take_in
    from mainport.monitor.rules.sheet_mapping import Refused

    try:
        done = take_in(
            by=system("mainport monitor import"),
            path=file,
            mapping=read_yaml(mapping) if mapping else None,
            mapping_name=mapping.name if mapping else "mapping",
            feed=feed,
            preview=preview,
            accept=accept,
        )
    except Refused as error:
        fail(str(error), as_json=as_json, faults=[fault.__dict__ for fault in error.faults])
        return
    except OSError as error:
        fail(f"{file} can't be read: {error.strerror or error}", as_json=as_json)
        return
    found, stored = done.table, done.stored
    data = {
        "feed": done.feed,
        "preview": done.is_preview,
        "observations": stored.observations,
        "changed": stored.changed,
        "series": stored.series,
        "conflicts": [conflict.__dict__ for conflict in found.contradictions],
        "measures": [{"key": m.key, "title": m.title, "unit": m.unit, "decimals": m.decimals} for m in found.measures],
        "dimensions": [
            {"key": d.key, "title": d.title, "role": d.role, "codes": {code.key: code.title for code in d.codes}}
            for d in found.dimensions
        ],
        **({"values": list(_values(found))} if preview else {}),
    }
    emit(data, as_json=as_json, show=lambda: _show(data, found))


def read_yaml(path: Path) -> Any:
    """What a file of YAML holds. Raises Refused with its row."""
    import yaml

    from mainport.monitor.rules.sheet_mapping import Fault, Refused

    try:
        return yaml.safe_load(path.read_text(encoding="utf-8-sig")) or {}
    except (yaml.YAMLError, UnicodeDecodeError, ValueError, RecursionError) as error:
        row = getattr(getattr(error, "problem_mark", None), "line", -1) + 1
        found = str(getattr(error, "problem", None) or error)[:200]
        raise Refused([Fault(path.name, row, "mapping", found, "YAML in UTF-8")]) from error


def _values(found: Lines) -> Any:
    for (measure, coordinates), line in found.lines.items():
        codes = coordinates.split("|") if found.sides else []
        for period, (value, text, missing, _finality) in line.items():
            told = Missing(missing).name.lower().replace("_", " ") if missing else None
            yield {
                "measure": measure,
                **{side.key: code for side, code in zip(found.sides, codes, strict=True)},
                found.time.key: period,
                "value": text if value is None else value,
                "missing": told,
            }


def _show(data: dict[str, Any], found: Lines) -> None:
    if data["preview"]:
        sides = [side.key for side in found.sides]
        head = ["measure", *sides, found.time.key, "value", "unit"]
        units = {measure.key: measure.unit for measure in found.measures}
        rows = [
            [
                row["measure"],
                *(row[side] for side in sides),
                row[found.time.key],
                row["missing"] or row["value"],
                units[row["measure"]],
            ]
            for row in islice(_values(found), SHOWN)
        ]
        table(head, rows)
        if data["observations"] > SHOWN:
            click.echo(f"… and {data['observations'] - SHOWN:,} values more")
    for conflict in found.contradictions:
        places = "; ".join(f"{v['value']} in row {v['row']}" for v in conflict.values)
        at = " ".join(filter(None, [conflict.measure, *conflict.coordinates.split("|"), conflict.period]))
        click.echo(f"conflict  {at}: {places}")
    would = "would be " if data["preview"] else ""
    click.echo(
        f"{data['feed']}: {data['observations']:,} observations read, {data['changed']:,} {would}stored, "
        f"{len(found.contradictions)} conflicts." + (" Nothing was stored." if data["preview"] else "")
    )

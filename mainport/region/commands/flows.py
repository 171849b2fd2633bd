# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport region flows`."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from typing import Any

import click

from mainport.core.terminal import emit, fail, json_option

#: Those of feeds.flows_file.Layout.
LAYOUTS = ("auto", "pairs", "rows-are-homes", "rows-are-works")
#: Those of models.FlowTable.Purpose; it loads when it is needed.
PURPOSES = ("work", "study", "pupils", "care", "shopping", "other")


@click.command("flows")
@click.argument(
    "files",
    metavar="FILE...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option("--purpose", type=click.Choice(PURPOSES), default="work", show_default=True)
@click.option("--year", type=click.IntRange(1900, 2100), required=True, help="Of which the flows are.")
@click.option("--borders", type=int, help="The year of whose municipalities they speak; --year unless given.")
@click.option("--source", required=True, help="As it stands below figures.")
@click.option("--source-url", default="")
@click.option("--title", default="", help="In English; by purpose and year unless given.")
@click.option("--title-nl", default="", help="In Dutch; the same as --title unless given.")
@click.option("--key", default="", help="Under which it is kept; by title and year unless given.")
@click.option("--columns", default="", help="Those of home, work and amount: home,work,amount.")
@click.option("--unit", type=click.Choice(["one", "thousands"]), help="What an amount of 1 stands for.")
@click.option("--period", default="", help="Which period of the file, where it has several: 2022MM12.")
@click.option("--partial", is_flag=True, help="The file doesn't hold all flows, such as those to one city alone.")
@click.option("--layout", type=click.Choice(LAYOUTS), default="auto", show_default=True, help="See below.")
@click.option("--decimal", type=click.Choice([".", ","]), default=None, help="The sign before decimals.")
@click.option("--format", "shape", type=click.Choice(["csv", "odata"]), default="csv", show_default=True)
@json_option
def flows(files: tuple[Path, ...], shape: str, as_json: bool, **options: Any) -> None:
    """Store a table of flows: who lives where and works, studies or shops where.

    CSV or XLSX with a row a pair, or with a row a home and a column a place of work (or the other way: --layout
    rows-are-works); or tables 85481NED and 81251NED of CBS, which are known by their columns: as StatLine gives them
    ("onbewerkt"), or with --format odata as pages of answers of CBS's OData, in their order. A table that was there
    under that key is replaced. Every fault is told with file, row, column and what was expected; then nothing is
    stored.
    """
    from mainport.core.rules.permissions import system
    from mainport.region.actions.flows import put_file
    from mainport.region.feeds import odata
    from mainport.region.feeds.flows_file import Layout, Refused, Unit

    if shape == "csv" and len(files) > 1:
        fail("Several files: expected one, or pages of answers with --format odata", as_json=as_json)
    columns = [column.strip() for column in options["columns"].split(",") if column.strip()]
    try:
        bodies = [(file.name, file.read_bytes()) for file in files]
        with tempfile.NamedTemporaryFile(suffix=".csv") as made:
            path = files[0]
            if shape == "odata":
                made.write(odata.as_csv(bodies))
                made.flush()
                path = Path(made.name)
            table = put_file(
                by=system("mainport region flows"),
                path=path,
                about=_about(options),
                columns=columns or None,
                unit=Unit(options["unit"]) if options["unit"] else None,
                period=options["period"],
                layout=Layout(options["layout"]),
                decimal=options["decimal"] or "",
                name=files[0].name,
                sha256=hashlib.sha256(b"".join(body for _name, body in bodies)).hexdigest(),
            )
    except Refused as error:
        fail(str(error), as_json=as_json, faults=[fault.__dict__ for fault in error.faults])
        return
    except OSError as error:
        fail(f"A file can't be read: {error}", as_json=as_json)
        return
    except ValueError as error:
        fail(str(error), as_json=as_json)
        return
    data = {
        "key": table.key,
        "purpose": table.purpose,
        "year": table.year,
        "borders": table.borders,
        "rows": table.rows,
        "suppressed_pairs": table.suppressed,
        "outside": table.outside,
        "source": table.source,
        "sha256": table.sha256,
    }
    kept_back = f", of which {table.suppressed} kept back by the source" if table.suppressed else ""
    emit(data, as_json=as_json, show=lambda: click.echo(f"{table.key}: {table.rows} pairs{kept_back}."))


def _about(options: dict[str, Any]) -> Any:
    from django.utils.text import slugify

    from mainport.region.actions.flows import About
    from mainport.region.rules.areas import FIRST, LAST

    borders = options["borders"] or options["year"]
    if not borders >= FIRST:
        raise ValueError(f"--borders {borders}: the division is known from {FIRST} to {LAST}")
    title = options["title"] or f"Flows of {options['purpose']}"
    key = options["key"] or slugify(f"{title}-{options['year']}")
    if slugify(key) != key:
        raise ValueError(f"--key {key}: expected small letters, digits and hyphens, such as {slugify(key) or 'flows'}")
    return About(
        key=key[:80],
        title={"nl": options["title_nl"] or title, "en": title},
        purpose=options["purpose"],
        year=options["year"],
        borders=borders,
        source=options["source"],
        source_url=options["source_url"],
        partial=options["partial"],
    )

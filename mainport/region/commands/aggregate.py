# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport region aggregate`."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from mainport.core.terminal import emit, fail, json_option


@click.command("aggregate")
@click.argument("given", metavar="TRIPS...", nargs=-1, required=True)
@click.option("--columns", required=True, help="Those of home and work, and of amount where there is one: home,work.")
@click.option("--by", multiple=True, help="A column, such as purpose or year: a matrix for each of its values.")
@click.option("--where", multiple=True, help="Only rows with this value: purpose=work. Of one column several: any.")
@click.option(
    "--zones",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="CSV of code,zone: in which zone of the matrix a code of the files lies.",
)
@click.option(
    "--unknown-zones",
    type=click.Choice(["refuse", "outside"]),
    default="refuse",
    show_default=True,
    help="A code that is empty or isn't in --zones: refuse it, or count it as unknown.",
)
@click.option(
    "--keep-below",
    type=click.FloatRange(min=0),
    default=0,
    help="Write a dot for pairs of less than this and more than 0.",
)
@click.option(
    "--counted",
    type=click.Choice(["amount", "rows"]),
    default="amount",
    show_default=True,
    help="What --keep-below is held against: the sum of a pair, or how many rows it was made from.",
)
@click.option("--engine", type=click.Choice(["local", "spark"]), default="local", show_default=True)
@click.option("--master", default="local[*]", show_default=True, help="For spark: local[N], or spark://host:port.")
@click.option("--set", "settings", multiple=True, help="For spark: a setting of its own: spark.driver.memory=8g.")
@click.option(
    "--batch",
    type=click.IntRange(min=0),
    help="Megabytes of files after which what was added up is kept (local 512, spark 65536); 0: after each file.",
)
@click.option("--afresh", is_flag=True, help="Don't take up what an earlier run for this --out left.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="CSV to write.")
@json_option
def aggregate(given: tuple[str, ...], out: Path, as_json: bool, **options: Any) -> None:
    """Add up raw TRIPS or persons, a row each, to pairs of zones: home,work,amount, as `region delineate` reads them.

    TRIPS are files, patterns in quotes, and folders: CSV in UTF-8 (also .gz) or Parquet. Without a column of amounts
    each row is one. Every fault is reported with file, row, column and what was expected; then nothing is written. A
    run that was stopped goes on where it was when the same command is given again. The engine spark needs
    mainport[spark] and Java; it gives the same result as the engine local.
    """
    from mainport.region.feeds.flows_file import OUTSIDE, Refused
    from mainport.region.feeds.trips import adding, files
    from mainport.region.rules.aggregation import Counted, told

    try:
        question = _question(options)
        found = files.look(files.find(given), question)
        if not out.parent.is_dir():
            raise ValueError(f"--out {out}: there is no folder {out.parent}")
        keep = adding.kept_in(out)
        if options["afresh"]:
            adding.forget(keep)
        with _engine(options) as engine, _progress(found) as done:
            most = None if options["batch"] is None else options["batch"] << 20
            added = adding.add_up(found, question, engine, keep, most=most, told=done)
        matrices, about = told(added.sums, question, options["keep_below"], Counted(options["counted"]), OUTSIDE)
        to = adding.paths(out, matrices, question)
        if read := {path.resolve() for path in to} & {file.path.resolve() for file in found}:
            raise ValueError(f"--out {read.pop()} is one of the files that are read")
        adding.write(matrices, to)
        adding.forget(keep)
    except Refused as error:
        fail(str(error), as_json=as_json, faults=[fault.__dict__ for fault in error.faults])
        return
    except ValueError as error:
        fail(str(error), as_json=as_json)
        return
    except OSError as error:
        fail(f"{error.filename or out} can't be read or written: {error.strerror or error}", as_json=as_json)
        return
    data = {
        "engine": options["engine"],
        "files": len(found),
        "bytes": sum(file.size for file in found),
        "taken_up_files": added.taken_up,
        **about.__dict__,
        "out": [
            {"file": str(path), "pairs": matrix.pairs.height, **dict(zip(question.by, matrix.of, strict=True))}
            for matrix, path in zip(matrices, to, strict=True)
        ],
    }
    emit(data, as_json=as_json, show=lambda: _show(data, options))


def _question(options: dict[str, Any]) -> Any:
    from mainport.region.feeds.trips.files import crosswalk
    from mainport.region.rules.aggregation import Question

    columns = [column.strip() for column in options["columns"].split(",")]
    if len(columns) not in (2, 3) or not all(columns):
        raise ValueError(f"--columns {options['columns']}: expected home,work or home,work,amount")
    home, work, amount = [*columns, ""][:3]
    where: dict[str, frozenset[str]] = {}
    for one in options["where"]:
        column, is_there, value = one.partition("=")
        if not is_there or not column:
            raise ValueError(f"--where {one}: expected column=value")
        where[column.strip()] = where.get(column.strip(), frozenset()) | {value.strip()}
    return Question(
        home,
        work,
        amount,
        by=tuple(dict.fromkeys(options["by"])),
        where=where,
        zones=crosswalk(options["zones"]) if options["zones"] else None,
        unknown_outside=options["unknown_zones"] == "outside",
    )


@contextlib.contextmanager
def _engine(options: dict[str, Any]) -> Iterator[Any]:
    if options["engine"] == "local":
        from mainport.region.feeds.trips.local import Local

        yield Local()
        return
    from mainport.region.feeds.trips.spark import Spark

    settings = dict(one.partition("=")[::2] for one in options["settings"])
    if strange := [name for name, value in settings.items() if not name.startswith("spark.") or not value]:
        raise ValueError(f"--set {strange[0]}: expected spark.setting=value")
    engine = Spark(options["master"], settings)
    try:
        yield engine
    finally:
        engine.close()


@contextlib.contextmanager
def _progress(files: Sequence[Any]) -> Iterator[Any]:
    """Shows bytes done and to do, to a person."""
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    from mainport.core.terminal import console

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("Trips", total=sum(file.size for file in files))
        yield lambda batch: bar.advance(task, sum(file.size for file in batch))


def _show(data: dict[str, Any], options: dict[str, Any]) -> None:
    click.echo(
        f"{data['rows']:,} rows in {data['files']:,} files: {data['pairs']:,} pairs, {data['amount']:,.10g} in all."
    )
    if data["taken_up_files"]:
        click.echo(f"{data['taken_up_files']:,} files had been added up by an earlier run.")
    if data["kept_back"]:
        click.echo(f"{data['kept_back']:,} pairs were kept back by the source: a dot, not 0.")
    if data["beside"]:
        click.echo(f"{data['beside']:,} rows without an amount count as nothing beside others of the same pair.")
    if data["held_back"]:
        click.echo(f"{data['held_back']:,} pairs below {options['keep_below']:g} are held back: a dot.")
    if data["outside"]:
        click.echo(f"{data['outside']:,.10g} begin or end abroad or at an unknown place.")
    for one in data["out"]:
        click.echo(f"Written: {one['file']}")

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport monitor import open-sdg` and `publish`."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

Step = Callable[[str, int, int], None]

_json = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")


@click.command("open-sdg")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--name", default="", help="Name of the feed; else it is named after the folder or archive.")
@click.option("--licence", default="", help="Licence of the data, as its address or name.")
@_json
def import_open_sdg(path: Path, name: str, licence: str, as_json: bool) -> None:
    """Store the data repository PATH of Open SDG: a folder, a tar archive or a zip archive.

    Reports rows that can't be read and cells with several values by file, row and field; of such a cell no
    value is picked. Taken in again, only files that differ are read.
    """
    from mainport.core.rules.permissions import system
    from mainport.core.terminal import emit, fail
    from mainport.monitor.actions.open_sdg import import_open_sdg as take_in

    try:
        with _short_lived(), _progress(as_json) as step:
            done = take_in(by=system("mainport monitor import"), path=path, name=name, licence=licence, step=step)
    except ValueError as error:
        fail(str(error), as_json=as_json)
        return
    if done.refused:
        fail(f"{path} is refused, nothing was changed: {done.refused}", as_json=as_json, feed=done.feed)
    found, stored = done.repository, done.stored
    conflicts = [
        {
            "dataset": table.key,
            "measure": conflict.measure,
            "coordinates": conflict.coordinates,
            "period": conflict.period,
            "values": list(conflict.values),
        }
        for table in found.tables
        for conflict in table.contradictions
    ]
    data = {
        "feed": done.feed,
        "indicators": found.indicators,
        "datasets": len(found.tables) + len(found.unchanged),
        "unchanged_datasets": len(found.unchanged),
        "rows": found.rows,
        "observations": stored.observations,
        "changed": stored.changed,
        "series": stored.series,
        "conflicts": conflicts,
        "faults": [fault.__dict__ for fault in found.faults],
        "without_data": found.without_data,
    }

    def show() -> None:
        for fault in found.faults:
            click.echo(f"fault     {fault}")
        for conflict in conflicts:
            places = "; ".join(f"{v['value']} in {v['file']}, row {v['row']}" for v in conflict["values"])
            at = f"{conflict['measure']} {conflict['coordinates']} {conflict['period']}"
            click.echo(f"conflict  {conflict['dataset']} {at}: {places}")
        click.echo(
            f"{done.feed}: {found.indicators} indicators, {data['datasets']} with data "
            f"({len(found.unchanged)} unchanged), {stored.observations:,} observations read, "
            f"{stored.changed:,} stored, {len(conflicts)} conflicts, {len(found.faults)} faults."
        )

    emit(data, as_json=as_json, show=show)


@click.command()
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="The folder to write.")
@click.option("--changed", is_flag=True, help="Write only what changed since the last time.")
@_json
def publish(out: Path, changed: bool, as_json: bool) -> None:
    """Write every table as open data: CSV with CSVW, JSON-stat, SDMX-ML and SDMX-JSON, with an index."""
    from django.conf import settings

    from mainport.core.terminal import emit, fail
    from mainport.monitor.exports.folder import publish as write

    try:
        with _short_lived(), _progress(as_json) as step:
            done = write(out, site_url=settings.SITE_URL, changed=changed, step=step)
    except ValueError as error:
        fail(str(error), as_json=as_json)
        return
    except OSError as error:
        fail(f"{out} can't be written: {error.strerror or error}", as_json=as_json)
        return
    data = {"out": str(out), **done.__dict__}
    emit(
        data,
        as_json=as_json,
        show=lambda: click.echo(
            f"{out}: {len(done.written)} tables written in {done.files} files ({done.size:,} bytes), "
            f"{done.unchanged} unchanged, {len(done.removed)} removed."
        ),
    )


@contextmanager
def _short_lived() -> Iterator[None]:
    """Almost all that is made lives until the end: looking for what doesn't would take a fifth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@contextmanager
def _progress(as_json: bool) -> Iterator[Step]:
    """Show how far it is, where somebody looks on."""
    if as_json or not sys.stderr.isatty():
        yield lambda what, done, of: None
        return
    from rich.progress import Progress

    from mainport.core.terminal import console

    with Progress(console=console, transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda what, done, of: bar.update(task, description=what, completed=done, total=of)

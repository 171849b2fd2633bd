# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport catalogue index`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict

import click

from mainport.catalogue.queries.records import published
from mainport.catalogue.search import catalogue, jobs, kept
from mainport.catalogue.search.embedding import encoders
from mainport.core.terminal import console, emit, json_option


@click.command()
@click.option("--rebuild", "anew", is_flag=True, help="Build it anew, whatever there is.")
@click.option("--embed", is_flag=True, help="Make the vectors that are lacking, too; the worker makes them otherwise.")
@click.option("--seconds", type=click.FloatRange(0), help="With --embed: stop after so long; what is left can wait.")
@json_option
def index(anew: bool, embed: bool, seconds: float | None, as_json: bool) -> None:
    """Bring the search index of works and courses up to date. Searching and the worker do so by themselves."""
    with _bar("Records", published().count(), quiet=as_json) as tell:
        state = catalogue.rebuild(tell) if anew else catalogue.keep_whole(tell)
    made = _embed(seconds, as_json) if embed else 0
    left = kept.waiting(encoders()).count() if encoders() else 0
    data = {"records": published().count(), **asdict(state), "vectors_made": made, "vectors_waiting": left}
    emit(data, as_json=as_json, show=lambda: click.echo(_told(data)))


def _embed(seconds: float | None, quiet: bool) -> int:
    waiting = kept.waiting(encoders()).count() if encoders() else 0
    made = 0
    if not waiting:
        catalogue.take_vectors()
        return 0
    with _bar("Vectors", waiting, quiet=quiet) as tell:

        def told(count: int) -> None:
            nonlocal made
            made += count
            tell(count)

        jobs.make_some(seconds, told)
    return made


def _told(data: dict[str, int | bool]) -> str:
    done = "built anew" if data["built"] else f"{data['read']} read, {data['removed']} taken out"
    vectors = f", {data['vectors_waiting']} wait for their vectors" if data["vectors_waiting"] else ""
    return f"{data['records']} records: {done}{vectors}."


@contextmanager
def _bar(what: str, total: int, *, quiet: bool) -> Iterator[Callable[[int], None]]:
    """A bar on standard error; none for a program that reads."""
    if quiet:
        yield lambda count: None
        return
    from rich.progress import Progress

    with Progress(console=console, transient=True) as progress:
        task = progress.add_task(what, total=total)
        yield lambda count: progress.advance(task, count)

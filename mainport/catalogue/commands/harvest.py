# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport catalogue harvest`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from mainport.catalogue.actions import harvesting
from mainport.catalogue.actions.repositories import RepositoryRefused, add_repository, key_for
from mainport.catalogue.feeds import FORMATS
from mainport.catalogue.models import Harvest, Repository
from mainport.core.rules.permissions import system
from mainport.core.terminal import console, emit, fail, json_option

BY = system("mainport catalogue")
_URLS = ("http://", "https://")


@click.command()
@click.argument("source")
@click.option("--format", "format_", type=click.Choice(list(FORMATS)), default="oai-pmh", show_default=True)
@click.option(
    "--prefix",
    default="",
    help="OAI-PMH: the metadata format to ask for; the richest that it offers if it isn't given.",
)
@click.option("--set", "part", default="", help="OAI-PMH: the set to ask for; all if it isn't given.")
@click.option("--name", default="", help="What to call a repository that is new.")
@click.option("--whole", is_flag=True, help="All there is, and not only what changed; what is no longer there goes.")
@click.option("--accept", is_flag=True, help="Believe it where much of what was there is gone.")
@json_option
def harvest(
    source: str, format_: str, prefix: str, part: str, name: str, whole: bool, accept: bool, as_json: bool
) -> None:
    """Take what changed at SOURCE: the key of a repository, or the address of one (which is kept then).

    One that was broken off (by Ctrl+C, a crash or a fault of the source) goes on where it was. Ends with exit code 1
    where it fails; what came stays.
    """
    try:
        repository = _repository(source, format_, prefix, part, name)
    except (RepositoryRefused, Repository.DoesNotExist) as error:
        fail(f"{str(error)[:1].upper()}{str(error)[1:]}.", as_json=as_json, repository=source)
        return
    run(repository, whole=whole, accept=accept, as_json=as_json)


def run(repository: Repository, *, whole: bool, accept: bool, as_json: bool, get: Any = None) -> None:
    """Harvest, say how it goes and how it ended."""
    try:
        with progress(repository.key, quiet=as_json) as tell:
            found = harvesting.harvest(by=BY, repository=repository, whole=whole, accept=accept, tell=tell, get=get)
    except harvesting.Busy as error:
        fail(f"{error}.", as_json=as_json, repository=repository.key)
        return
    except KeyboardInterrupt:
        fail(f"Stopped; the same command goes on from here: {repository.key}.", as_json=as_json, state="stopped")
        return
    if found.state == Harvest.State.FAILED:
        fail(f"{repository.key}: {found.problem}\n{said(found)}", as_json=as_json, **as_data(found))
    emit(as_data(found), as_json=as_json, show=lambda: console.print(said(found), markup=False, highlight=False))


def _repository(source: str, format_: str, prefix: str, part: str, name: str) -> Repository:
    if not source.startswith(_URLS):
        found = Repository.objects.filter(key=source).first()
        if found is None:
            names = ", ".join(Repository.objects.values_list("key", flat=True)) or "none yet; give an address"
            raise Repository.DoesNotExist(f"there is no repository {source}. The repositories: {names}")
        return found
    settings = {name: value for name, value in (("prefix", prefix), ("set", part)) if value}
    for known in Repository.objects.filter(url=source, format=format_):
        if {key: known.settings.get(key, "") for key in ("prefix", "set")} == {"prefix": prefix, "set": part}:
            return known
    key = name or key_for(source, *settings.values())
    return add_repository(by=BY, key=key, format=format_, url=source, settings=settings)


def as_data(found: Harvest) -> dict[str, Any]:
    """A harvest for a program."""
    return {
        "repository": found.repository.key,
        "harvest": found.pk,
        "state": str(found.state),
        "whole": found.whole,
        "since": found.since,
        "until": found.until,
        "requests": found.requests,
        **harvesting.counted(found),
        "problem": found.problem,
    }


def said(found: Harvest) -> str:
    """A harvest for a person."""
    counts = harvesting.counted(found)
    words = ", ".join(f"{count:,} {name}" for name, count in counts.items() if count) or "nothing new"
    return f"{found.repository.key}: {found.state}; {words}."


@contextmanager
def progress(key: str, *, quiet: bool) -> Iterator[Callable[[harvesting.Told], None]]:
    """Says on a terminal how far a harvest is, and of how many where the source tells."""
    if quiet or not console.is_terminal:
        yield lambda told: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=console, transient=True) as shown:
        task = shown.add_task(key, total=None)
        yield lambda told: shown.update(task, completed=told.place.records, total=told.place.size)

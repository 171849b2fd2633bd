# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport agenda`: load, show, compare and export the agenda."""

from __future__ import annotations

import hashlib
import os
import tempfile
from datetime import datetime, time
from importlib import resources
from pathlib import Path
from typing import Any

import click
from django.conf import settings
from django.utils import timezone
from rich.console import Console

from mainport.agenda import actions, queries
from mainport.agenda.exports import FORMATS, Edition
from mainport.agenda.rules import difference, nesting
from mainport.agenda.rules.document import AgendaError, read
from mainport.agenda.rules.elements import Agenda
from mainport.agenda.rules.summary import counts
from mainport.agenda.search import cli as searching
from mainport.core.rules.languages import say
from mainport.core.rules.permissions import system
from mainport.core.terminal import console, emit, fail, json_option, table

BY = system("mainport agenda")


@click.group()
def agenda() -> None:
    """The agenda: load, show, compare, export, search."""


agenda.add_command(searching.index)
agenda.add_command(searching.search)


@agenda.command()
@click.argument("file")
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--if-empty", is_flag=True, help="Do nothing where there is an agenda already.")
@click.option("--why", default="", help="The reason, kept with each changed element.")
@json_option
def load(file: str, dry_run: bool, if_empty: bool, why: str, as_json: bool) -> None:
    """Load FILE (YAML), or the name of an agenda that comes with Mainport: groningen-2022-2026.

    A file with any fault is refused whole. Loading again changes only what differs.
    """
    if if_empty and queries.elements().exists():
        emit(
            {"file": file, "skipped": True}, as_json=as_json, show=lambda: console.print("There is an agenda already.")
        )
        return
    try:
        wanted = read(_content(file))
        changes = (
            actions.difference(wanted)
            if dry_run
            else actions.load(by=BY, agenda=wanted, why=why or f"loaded from {Path(file).name}")
        )
    except AgendaError as error:
        faults = [fault.__dict__ for fault in error.faults]
        fail(f"{file} is refused, nothing was changed:\n{error}", as_json=as_json, file=file, faults=faults)
    except (actions.OtherAlliance, actions.Refused) as error:
        fail(str(error), as_json=as_json, file=file)
    else:
        data = {
            "file": file,
            "dry_run": dry_run,
            "changes": [change.to_json() for change in changes],
            "counts": counts(wanted.elements.values()),
        }
        emit(data, as_json=as_json, show=lambda: _show_changes(changes, dry_run=dry_run))


def _content(file: str) -> bytes:
    path = Path(file)
    if path.is_file():
        return path.read_bytes()
    embedded = resources.files("mainport.agenda") / "data" / f"{file}.yaml"
    if "/" not in file and embedded.is_file():
        return embedded.read_bytes()
    names = ", ".join(sorted(f.name.removesuffix(".yaml") for f in embedded_files()))
    raise click.ClickException(f"no file {file}, and no agenda of that name comes with Mainport (there is: {names})")


def embedded_files() -> list[Any]:
    return [f for f in (resources.files("mainport.agenda") / "data").iterdir() if f.name.endswith(".yaml")]


def _show_changes(changes: list[difference.Change], *, dry_run: bool) -> None:
    console = Console()
    colours = {difference.Sort.ADDED: "green", difference.Sort.CHANGED: "yellow", difference.Sort.REMOVED: "red"}
    for change in changes:
        console.print(f"[{colours[change.sort]}]{change.sort:8}[/] {change.uid}  {say(change.element.title, 'en')}")
        if change.sort is difference.Sort.CHANGED:
            for field in change.fields:
                console.print(f"           {field.field}: {field.old!r} → {field.new!r}", style="dim")
    tally = ", ".join(f"{sum(c.sort is sort for c in changes)} {sort}" for sort in difference.Sort)
    console.print(("Would change" if dry_run else "Changed") + f": {tally}.")


@agenda.command()
@click.argument("element_id", metavar="[ID]", required=False)
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="As it stood at the end of this day.")
@json_option
def show(element_id: str | None, day: datetime | None, as_json: bool) -> None:
    """Show the agenda with its counts, or one element by its ID (E3, or task:E3)."""
    found = _agenda(day, as_json)
    if element_id is None:
        tally = counts(found.elements.values())
        data = {"alliance": nesting.fields_of(found.alliance), "counts": tally, "agenda": nesting.nest(found)}
        emit(data, as_json=as_json, show=lambda: _show_counts(found, tally))
        return
    matches = [e for e in found.elements.values() if element_id in (e.uid, e.key)]
    if len(matches) != 1:
        error = queries.UnknownElement(element_id, [e.uid for e in matches])
        fail(str(error), as_json=as_json, candidates=error.candidates)
    element = matches[0]
    below = [e.to_json() | {"id": e.uid} for e in found.elements.values() if e.parent == element.uid]
    data = element.to_json() | {"id": element.uid, "below": below}
    emit(data, as_json=as_json, show=lambda: Console().print_json(data=data))


def _show_counts(found: Agenda, tally: dict[str, Any]) -> None:
    money = tally.pop("contributions")
    rows = [[name, number] for name, number in tally.items()]
    rows.append(["contributions", f"{money['count']}: EUR {money['per_year']:,} a year, EUR {money['total']:,} in all"])
    table(["What", "How many"], rows, title=say(found.alliance.title, "en"))
    tally["contributions"] = money


def _agenda(day: datetime | None, as_json: bool) -> Agenda:
    found = queries.agenda_on(_end_of(day)) if day else queries.agenda()
    if found is None:
        fail("there is no agenda" + (f" on {day:%Y-%m-%d}" if day else ": mainport agenda load FILE"), as_json=as_json)
        raise AssertionError
    return found


def _end_of(day: datetime) -> datetime:
    return timezone.make_aware(datetime.combine(day.date(), time.max))


@agenda.command()
@click.argument("first", type=click.DateTime(["%Y-%m-%d"]))
@click.argument("second", type=click.DateTime(["%Y-%m-%d"]))
@json_option
def diff(first: datetime, second: datetime, as_json: bool) -> None:
    """Show what changed between the end of the day FIRST and that of SECOND."""
    days = [queries.agenda_on(_end_of(day)) for day in (first, second)]
    old, new = (found.elements if found else {} for found in days)
    changes = list(difference.compare(old, new))
    data = {"from": f"{first:%Y-%m-%d}", "to": f"{second:%Y-%m-%d}", "changes": [c.to_json() for c in changes]}
    emit(data, as_json=as_json, show=lambda: _show_changes(changes, dry_run=False))


@agenda.command()
@click.option("--format", "name", type=click.Choice(list(FORMATS)), required=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The file to write.")
@click.option("--lang", "language", help="The language of a format that has only one; else the agenda's first.")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="As it stood at the end of this day.")
@json_option
def export(name: str, out: Path, language: str | None, day: datetime | None, as_json: bool) -> None:
    """Write the whole agenda to a file: YAML loads again, the others are for others' programs."""
    found = _agenda(day, as_json)
    if language and language not in found.languages:
        fail(f"the agenda isn't in {language}; it is in {', '.join(found.languages)}", as_json=as_json)
    edition = Edition(
        site_url=settings.SITE_URL,
        day=day.date() if day else timezone.localdate(),
        language=language or found.languages[0],
    )
    content = FORMATS[name].write(found, edition)
    try:
        _write_whole(out, content)
    except OSError as error:
        fail(f"{out} can't be written: {error.strerror or error}", as_json=as_json, file=str(out))
    data = {"format": name, "file": str(out), "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    emit(data, as_json=as_json, show=lambda: Console().print(f"Wrote {out} ({len(content):,} bytes)."))


def _write_whole(out: Path, content: bytes) -> None:
    """Write beside the file and rename, so that nobody ever finds half of it."""
    descriptor, beside = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
    try:
        with open(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        # A temporary file is its owner's alone; this one is as readable as any other that the owner makes.
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(beside, 0o666 & ~mask)
        os.replace(beside, out)
    except BaseException:
        os.unlink(beside)
        raise

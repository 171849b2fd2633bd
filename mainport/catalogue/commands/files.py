# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport catalogue import`: the works or courses of a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
import yaml

from mainport.catalogue.actions.repositories import RepositoryRefused, add_repository, plain
from mainport.catalogue.commands.harvest import run
from mainport.catalogue.feeds import FORMATS
from mainport.catalogue.models import Repository
from mainport.catalogue.rules.sheet_mapping import read_mapping
from mainport.core.fetching.problems import NotTrusted
from mainport.core.rules.permissions import system
from mainport.core.terminal import fail, json_option

BY = system("mainport catalogue")
#: Bytes that a file may have: more is for who splits it.
LIMIT = 64 * 1024 * 1024
_FILES = [name for name, kind in FORMATS.items() if kind.is_file]
_BY_ENDING = {".ris": "ris", ".bib": "bibtex", ".csv": "sheet", ".xlsx": "sheet"}


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--format", "format_", type=click.Choice(_FILES), help="By the end of the file's name if it isn't given.")
@click.option(
    "--mapping",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Sheets: a file of YAML or JSON that says which column is what.",
)
@click.option("--into", default="", help="The repository to put them in; one named after the file if it isn't given.")
@json_option
def import_file(file: Path, format_: str | None, mapping: Path | None, into: str, as_json: bool) -> None:
    """Take the works or courses of FILE into the catalogue.

    The same file again changes nothing; a newer version of it changes what is other in it. What it no longer names
    stays. Ends with exit code 1 where it can't be read.
    """
    format_ = format_ or _BY_ENDING.get(file.suffix.lower(), "")
    try:
        repository = _repository(file, format_, _mapping(mapping), into)
    except RepositoryRefused as error:
        fail(f"{str(error)[:1].upper()}{str(error)[1:]}.", as_json=as_json, file=str(file))
        return

    def get(_url: str, *, accept: str = "*/*") -> bytes:
        size = file.stat().st_size
        if size > LIMIT:
            raise NotTrusted(f"{file} is {size / 1024**2:,.0f} MiB: a file may have {LIMIT // 1024**2} MiB; split it")
        return file.read_bytes()

    run(repository, whole=True, accept=False, as_json=as_json, get=get)


def _mapping(file: Path | None) -> dict[str, Any]:
    if file is None:
        return {}
    try:
        # By way of JSON: what YAML takes for a day is a word for a mapping.
        found = json.loads(json.dumps(yaml.safe_load(file.read_text("utf-8")), default=str))
        read_mapping(found)
    except (yaml.YAMLError, ValueError, OSError, RecursionError) as error:
        raise RepositoryRefused(f"{file} is no mapping: {error}") from error
    return dict(found)


def _repository(file: Path, format_: str, mapping: dict[str, Any], into: str) -> Repository:
    if not format_:
        raise RepositoryRefused(f"{file.name} doesn't tell its format by its name: give --format")
    key = into or plain(file.stem)
    settings = {"mapping": mapping} if mapping else {}
    known = Repository.objects.filter(key=key).first()
    if format_ == "sheet" and not mapping and (known is None or not known.settings.get("mapping")):
        raise RepositoryRefused(f"which column of {file.name} is what? Give --mapping")
    if known is None:
        return add_repository(by=BY, key=key, format=format_, title={"mul": file.name}, settings=settings)
    if known.format != format_ or known.url:
        raise RepositoryRefused(f"the repository {key} has another source: give --into")
    if mapping and known.settings != settings:
        known.settings = settings
        known.save(update_fields=["settings"])
    return known

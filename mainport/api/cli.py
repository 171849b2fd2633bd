# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport api`: the document that describes the API."""

from __future__ import annotations

import json
from pathlib import Path

import click

from mainport.api.document import EXAMPLE_SITE, document
from mainport.api.door import VERSION
from mainport.core.terminal import emit, fail, json_option


@click.group()
def api() -> None:
    """The API: its description."""


@api.command()
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The file to write; else it is printed.")
@click.option("--url", default=EXAMPLE_SITE, show_default=True, help="The site that the document speaks of.")
@json_option
def schema(out: Path | None, url: str, as_json: bool) -> None:
    """Print the OpenAPI document, or write it: mainport/api/openapi.json is made by this."""
    written = document_text(url)
    if out is None:
        click.echo(written, nl=False)
        return
    try:
        out.write_text(written)
    except OSError as error:
        fail(f"{out} can't be written: {error.strerror or error}", as_json=as_json, file=str(out))
    data = {"file": str(out), "version": VERSION, "paths": len(document(url)["paths"])}
    emit(data, as_json=as_json, show=lambda: click.echo(f"Wrote {out}, version {VERSION}."))


def document_text(url: str) -> str:
    """The document as it is committed: readable, and the same for the same code."""
    return json.dumps(document(url.rstrip("/")), ensure_ascii=False, indent=2) + "\n"

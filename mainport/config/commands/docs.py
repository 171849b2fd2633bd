# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport docs`: the generated reference."""

from pathlib import Path

import click

from mainport.config import reference
from mainport.core.terminal import console, emit, fail, json_option


@click.group()
def docs() -> None:
    """The generated reference in docs/reference."""


@docs.command()
@click.option(
    "--to", type=click.Path(path_type=Path, file_okay=False), default=Path("docs/reference"), show_default=True
)
@click.option("--check", is_flag=True, help="Write nothing; fail where a page is not what the code says.")
@json_option
def build(to: Path, check: bool, as_json: bool) -> None:
    """Write the reference from the code."""
    pages = {name: reference.page(name) for name in reference.PAGES}
    stale = [name for name, text in pages.items() if not (to / name).is_file() or (to / name).read_text() != text]
    if check and stale:
        fail(f"not what the code says: {', '.join(stale)}; run `make docs`", as_json=as_json, stale=stale)
    if not check:
        to.mkdir(parents=True, exist_ok=True)
        for name in stale:
            (to / name).write_text(pages[name])
    data = {"pages": sorted(pages), "written": [] if check else stale}
    emit(data, as_json=as_json, show=lambda: console.print(f"{len(pages)} pages, {len(stale)} written anew."))

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport board pack`."""

from __future__ import annotations

from pathlib import Path

import click

from mainport.core.rules.permissions import VISITOR, system
from mainport.core.terminal import emit, fail, json_option


@click.command()
@click.argument("meeting")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The PDF to write.")
@click.option("--lang", type=click.Choice(["nl", "en"]), default="nl", show_default=True, help="Its language.")
@click.option("--public", is_flag=True, help="As everybody may read it: without what is confidential.")
@json_option
def pack(meeting: str, out: Path, lang: str, public: bool, as_json: bool) -> None:
    """Write the pack of MEETING as one PDF with bookmarks: its agenda, and each item with its papers.

    The members' pack holds confidential papers; that it was made is kept in the audit log.
    """
    from mainport.board.exports import pack as packs
    from mainport.board.queries import Damaged, Unseen

    by = VISITOR if public else system("mainport board pack")
    try:
        made = packs.write(by=by, meeting=meeting, language=lang)
    except Unseen:
        fail(f"There is no meeting {meeting}: `mainport board meetings` lists them.", as_json=as_json)
        return
    except Damaged as error:
        fail(f"Nothing was written: {error}.", as_json=as_json)
        return
    out.write_bytes(made.content)
    data = {"meeting": meeting, "file": str(out), "bytes": len(made.content), "papers": made.papers}
    data |= {"pages": made.pages, "left_out": made.left_out}
    emit(
        data,
        as_json=as_json,
        show=lambda: click.echo(f"{out}: {made.pages} pages, {made.papers} papers"),
    )

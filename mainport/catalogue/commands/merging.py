# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport catalogue merge`: look for records of different sources that are one."""

from __future__ import annotations

import click

from mainport.catalogue.actions.duplicates import look
from mainport.core.rules.permissions import system
from mainport.core.terminal import console, emit, json_option

BY = system("mainport catalogue")


@click.command()
@click.option("--all", "all_anew", is_flag=True, help="Compare everything anew, and not only what came or changed.")
@json_option
def merge(all_anew: bool, as_json: bool) -> None:
    """Look for duplicates: join those that are certain, and leave the others to who manages the catalogue.

    What was joined can be taken apart on the page of duplicates; a pair that somebody told apart is never joined again.
    """
    if as_json or not console.is_terminal:
        found = look(by=BY, all_anew=all_anew)
    else:
        with console.status("Looking …") as status:
            found = look(by=BY, all_anew=all_anew, tell=lambda done, of: status.update(f"Read {done:,} of {of:,}"))
    data = {"compared": found.compared, "merged": found.merged, "asked": found.asked}
    said = f"{found.compared:,} records compared: {found.merged:,} joined, {found.asked:,} pairs to decide on."
    emit(data, as_json=as_json, show=lambda: console.print(said))

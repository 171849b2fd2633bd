# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport board remind`."""

from __future__ import annotations

import click

from mainport.core.terminal import emit, fail, json_option


@click.command()
@json_option
def remind(as_json: bool) -> None:
    """Write to who must see to what is overdue or due within a week; to nobody twice in a week."""
    from mainport.board.tasks import remind_of_follow_ups

    try:
        letters = int(remind_of_follow_ups.call())
    except ExceptionGroup as error:
        reasons = "; ".join(sorted({str(one) for one in error.exceptions}))
        fail(f"{error.message}: {reasons}. They go out the next time.", as_json=as_json)
        return
    emit({"letters": letters}, as_json=as_json, show=lambda: click.echo(f"{letters} letters sent"))

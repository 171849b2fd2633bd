# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport board`: meetings, decisions and what follows from them."""

import click

from mainport.core.lazy import LazyGroup

_COMMANDS = "mainport.board.commands"


@click.group(
    cls=LazyGroup,
    found={
        "meetings": f"{_COMMANDS}.lists:meetings",
        "decisions": f"{_COMMANDS}.lists:decisions",
        "follow-ups": f"{_COMMANDS}.lists:follow_ups",
        "remind": f"{_COMMANDS}.remind:remind",
        "pack": f"{_COMMANDS}.pack:pack",
        "export": f"{_COMMANDS}.export:export",
    },
)
def board() -> None:
    """The board: meetings, decisions, follow-ups, packs and exports."""

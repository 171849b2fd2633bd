# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport cycle`: the money, and the yearly papers."""

import click

from mainport.core.lazy import LazyGroup

_COMMANDS = "mainport.cycle.commands"


@click.group(
    cls=LazyGroup,
    found={
        "status": f"{_COMMANDS}.totals:status",
        "totals": f"{_COMMANDS}.totals:totals_command",
        "pledges": f"{_COMMANDS}.totals:pledges",
        "render": f"{_COMMANDS}.render:render",
        "papers": f"{_COMMANDS}.render:papers",
        "check": f"{_COMMANDS}.render:check",
    },
)
def cycle() -> None:
    """The cycle: money in and out, and the yearly papers."""


@cycle.group(
    "import",
    cls=LazyGroup,
    found={
        "camt": f"{_COMMANDS}.import_:import_camt",
        "ubl": f"{_COMMANDS}.import_:import_ubl",
    },
)
def import_() -> None:
    """Take in files of the bank and of suppliers."""


@cycle.group(
    cls=LazyGroup,
    found={
        "iati": f"{_COMMANDS}.export:export_iati",
        "xaf": f"{_COMMANDS}.export:export_xaf",
        "csv": f"{_COMMANDS}.export:export_csv",
        "ubl": f"{_COMMANDS}.export:export_ubl",
    },
)
def export() -> None:
    """Write files for others: IATI, the accountant, spreadsheets."""

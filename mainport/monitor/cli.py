# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport monitor`: feeds, observations, indicators and progress."""

import click

from mainport.core.lazy import LazyGroup

_COMMANDS = "mainport.monitor.commands"


@click.group(
    cls=LazyGroup,
    found={
        "feeds": f"{_COMMANDS}.feeds:show_feeds",
        "add-feed": f"{_COMMANDS}.feeds:add_feed",
        "refresh": f"{_COMMANDS}.feeds:refresh",
        "assess": f"{_COMMANDS}.assess:assess",
        "freeze": f"{_COMMANDS}.editions:freeze",
        "indicators": f"{_COMMANDS}.indicators:indicators",
        "progress": f"{_COMMANDS}.indicators:progress",
        "publish": f"{_COMMANDS}.open_data:publish",
    },
)
def monitor() -> None:
    """The monitor: feeds, observations, indicators, progress."""


@monitor.group(
    "import",
    cls=LazyGroup,
    found={
        "open-sdg": f"{_COMMANDS}.open_data:import_open_sdg",
        "sheet": f"{_COMMANDS}.sheet:import_sheet",
    },
)
def import_() -> None:
    """Take in a whole collection of tables, or a file."""

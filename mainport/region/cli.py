# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport region`: regions out of flows, and how far two of them agree."""

import click

from mainport.core.lazy import LazyGroup

_COMMANDS = "mainport.region.commands"


@click.group(
    cls=LazyGroup,
    found={
        "delineate": f"{_COMMANDS}.delineate:delineate",
        "compare": f"{_COMMANDS}.compare:compare",
        "load": f"{_COMMANDS}.load:load",
    },
)
def region() -> None:
    """The region: areas, commuting, and the regions that follow from it."""

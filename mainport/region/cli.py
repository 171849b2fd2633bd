# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport region`: regions out of flows, how far two of them agree, and what is stored to draw them from."""

import click

from mainport.core.lazy import LazyGroup

_COMMANDS = "mainport.region.commands"


@click.group(
    cls=LazyGroup,
    found={
        "aggregate": f"{_COMMANDS}.aggregate:aggregate",
        "areas": f"{_COMMANDS}.areas:areas",
        "boundaries": f"{_COMMANDS}.boundaries:boundaries",
        "companies": f"{_COMMANDS}.companies:companies",
        "company-imports": f"{_COMMANDS}.company_imports:company_imports",
        "compare": f"{_COMMANDS}.compare:compare",
        "delineate": f"{_COMMANDS}.delineate:delineate",
        "flows": f"{_COMMANDS}.flows:flows",
        "load": f"{_COMMANDS}.load:load",
    },
)
def region() -> None:
    """The region: areas, commuting, the regions that follow from it, and young companies."""

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport talent`: who stays, how many people a sector will have, how many rooms September lacks."""

import click

from mainport.core.lazy import LazyGroup

_COMMANDS = "mainport.talent.commands"


@click.group(
    cls=LazyGroup,
    found={
        "retention": f"{_COMMANDS}.retention:retention",
        "project": f"{_COMMANDS}.project:project",
        "peak": f"{_COMMANDS}.peak:peak",
    },
)
def talent() -> None:
    """Talent: who stays and returns, human-capital agendas, the autumn peak of rooms."""

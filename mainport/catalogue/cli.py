# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport catalogue`: works and courses, harvested, kept, indexed and found."""

import click

from mainport.core.lazy import LazyGroup

_COMMANDS = "mainport.catalogue.commands"


@click.group(
    cls=LazyGroup,
    found={
        "evaluate": f"{_COMMANDS}.evaluate:evaluate",
        "harvest": f"{_COMMANDS}.harvest:harvest",
        "repositories": f"{_COMMANDS}.repositories:repositories",
        "import": f"{_COMMANDS}.files:import_file",
        "merge": f"{_COMMANDS}.merging:merge",
        "index": f"{_COMMANDS}.index:index",
        "register": f"{_COMMANDS}.registering:register",
        "search": f"{_COMMANDS}.search:search",
        "questionnaire": f"{_COMMANDS}.academy:questionnaire",
        "sign": f"{_COMMANDS}.academy:sign",
    },
)
def catalogue() -> None:
    """Works and courses: harvested, kept, indexed and found."""

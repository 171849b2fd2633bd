# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The generated reference tells of everything, however deep it lies."""

from __future__ import annotations

import click

from mainport.config.cli import main
from mainport.config.reference import commands_page


def test_every_subcommand_is_told_of() -> None:
    page = commands_page()
    with click.Context(main) as context:
        for room in main.list_commands(context):
            group = main.get_command(context, room)
            if isinstance(group, click.Group):
                with click.Context(group, parent=context) as inside:
                    for name in group.list_commands(inside):
                        assert f"## `mainport {room} {name}`" in page
    assert "## `mainport region delineate`" in page

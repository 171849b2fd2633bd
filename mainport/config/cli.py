# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The command `mainport`: one group a room, and what serves and keeps the whole."""

from __future__ import annotations

import atexit
import gc
import os
from importlib import import_module

import click

#: Name of the subcommand: module and attribute. Loaded when asked for, after Django's set-up.
ROOMS = {
    "agenda": ("mainport.agenda.cli", "agenda"),
    "catalogue": ("mainport.catalogue.cli", "catalogue"),
    "monitor": ("mainport.monitor.cli", "monitor"),
    "cycle": ("mainport.cycle.cli", "cycle"),
    "board": ("mainport.board.cli", "board"),
    "region": ("mainport.region.cli", "region"),
    "api": ("mainport.api.cli", "api"),
    "talent": ("mainport.talent.cli", "talent"),
    "people": ("mainport.core.cli", "people"),
    "demo": ("mainport.config.commands.demo", "demo"),
    "docs": ("mainport.config.commands.docs", "docs"),
    "migrate": ("mainport.config.commands.state", "migrate"),
    "backup": ("mainport.config.commands.state", "backup"),
    "restore": ("mainport.config.commands.state", "restore"),
    "upgrade-check": ("mainport.config.commands.state", "upgrade_check"),
    "serve": ("mainport.config.commands.serve", "serve"),
    "worker": ("mainport.config.commands.serve", "worker"),
    "django": ("mainport.config.commands.django", "django"),
}

#: Commands that only read and write data, and their settings: they start in half the time without what serves pages.
DATA_ONLY = {
    ("monitor", "import", "open-sdg"): "queue_settings",
    ("monitor", "publish"): "data_settings",
    ("monitor", "assess"): "data_settings",
    ("region", "aggregate"): "data_settings",
    ("region", "delineate"): "data_settings",
    ("region", "compare"): "data_settings",
}


class Rooms(click.Group):
    """Finds a room's subcommands when they are asked for."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        found = (kind for command, kind in DATA_ONLY.items() if tuple(args[: len(command)]) == command)
        kind = next(found, "settings")
        if kind != "settings" and gc.isenabled():
            # What such a command makes lives until its end: looking for what doesn't would take a fifth of the
            # time, on the way and once more when the process ends.
            gc.disable()
            ctx.call_on_close(gc.enable)
            atexit.register(gc.freeze)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"mainport.config.{kind}")
        return super().resolve_command(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(ROOMS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in ROOMS:
            return None
        import django

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mainport.config.settings")
        django.setup()
        module, attribute = ROOMS[cmd_name]
        command: click.Command = getattr(import_module(module), attribute)
        return command


@click.group(cls=Rooms)
@click.version_option(package_name="mainport")
def main() -> None:
    """Mainport: the open platform on which a regional alliance runs its strategic agenda.

    All commands honour DATABASE_URL and MAINPORT_DATA_DIR.
    """

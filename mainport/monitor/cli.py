# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport monitor`: feeds, observations, indicators and progress."""

import click

from mainport.monitor.commands.assess import assess


@click.group()
def monitor() -> None:
    """The monitor: feeds, observations, indicators, progress."""


monitor.add_command(assess)


def _register() -> None:
    from mainport.monitor.commands import feeds

    for command in (feeds.show_feeds, feeds.add_feed, feeds.refresh):
        monitor.add_command(command)


_register()

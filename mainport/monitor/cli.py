# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport monitor`: feeds, observations, indicators and progress."""

import click


@click.group()
def monitor() -> None:
    """The monitor: feeds, observations, indicators, progress."""

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Serves the site, and does the background jobs."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import click
from django.conf import settings
from django.core.management import call_command

from mainport.core.terminal import console, json_option


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
@click.option("--with-worker", is_flag=True, help="Do the background jobs too, in a process beside the server.")
@json_option
def serve(host: str, port: int, workers: int, with_worker: bool, as_json: bool) -> None:
    """Serve the site with Granian."""
    from granian import Granian
    from granian.constants import Interfaces

    call_command("collectstatic", interactive=False, verbosity=0)
    if as_json:
        click.echo(json.dumps({"url": settings.SITE_URL, "host": host, "port": port, "workers": workers}))
    else:
        console.print(f"Mainport is at [bold]{settings.SITE_URL}[/bold] (stop with Ctrl+C)")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mainport.config.settings")
    # The models of search would take every core for one question.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    server = Granian(
        "mainport.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        respawn_failed_workers=True,
        log_access=False,
    )
    jobs = subprocess.Popen([sys.executable, "-m", "mainport", "worker"]) if with_worker else None
    try:
        server.serve()
    finally:
        if jobs:
            jobs.terminate()
            jobs.wait()


@click.command()
@click.option("--batch", is_flag=True, help="Stop when there is nothing left to do.")
@json_option
def worker(batch: bool, as_json: bool) -> None:
    """Do the jobs that wait, as they come: visits, harvests, and each morning reminders of what decisions ask.

    `--batch` stops when none is left.
    """
    from mainport.board.tasks import keep_reminding
    from mainport.catalogue.doi_jobs import keep_registering
    from mainport.catalogue.search.jobs import keep_searching
    from mainport.catalogue.tasks import keep_harvesting
    from mainport.monitor.tasks import keep_visiting

    keep_visiting(soon=True)
    keep_harvesting(soon=True)
    keep_registering(soon=True)
    keep_reminding()
    keep_searching(soon=True)
    if as_json:
        click.echo(json.dumps({"worker": "started", "batch": batch}))
    call_command("db_worker", batch=batch, verbosity=1)

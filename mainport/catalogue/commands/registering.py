# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport catalogue register`: DOIs for works that were handed in."""

from __future__ import annotations

import click

from mainport.catalogue.actions import registering
from mainport.catalogue.models import Registration
from mainport.core.rules.permissions import system
from mainport.core.terminal import console, emit, json_option

BY = system("mainport catalogue")


@click.command()
@json_option
def register(as_json: bool) -> None:
    """Register a DOI for each published work that waits for one, and tell the agency what changed.

    Tries again what failed before. Ends with exit code 1 where any fails, or where no agency was set.
    """
    if not registering.is_on():
        raise click.ClickException("No agency is set: MAINPORT_DATACITE_URL, _PREFIX, _ACCOUNT and _PASSWORD.")
    done = registering.round_of(by=BY, anew=True)
    troubles = {one.doi: one.problem for one in Registration.objects.exclude(problem="")}
    data = {"registered": done.registered, "failed": done.failed, "problems": troubles}

    def show() -> None:
        console.print(f"{done.registered:,} told to the agency, {done.failed:,} failed.")
        for doi, problem in troubles.items():
            console.print(f"  {doi}: {problem}", highlight=False, markup=False)

    emit(data, as_json=as_json, show=show)
    if done.failed:
        raise SystemExit(1)

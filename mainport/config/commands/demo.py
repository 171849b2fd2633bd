# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport demo`: invented people and records, to look around with."""

from __future__ import annotations

from typing import Any

import click

from mainport.agenda import demo as records
from mainport.agenda import queries
from mainport.agenda.rules.elements import Kind
from mainport.board import demo as board
from mainport.catalogue import demo as works
from mainport.catalogue import demo_courses as courses
from mainport.core import demo as people
from mainport.core.rules.permissions import system
from mainport.core.terminal import console, emit, fail, json_option, table
from mainport.cycle import demo as money
from mainport.cycle import demo_papers as papers
from mainport.region import demo as flows
from mainport.talent import demo as talent

BY = system("mainport demo")


@click.group()
def demo() -> None:
    """Invented people and records, to look around with; each is marked as invented."""


@demo.command()
@click.option("--force", is_flag=True, help="Also where people have accounts who are not invented.")
@json_option
def load(force: bool, as_json: bool) -> None:
    """Make the invented people of every role, with plans and reports. Doing it again makes only what is missing.

    Refused where somebody has an account who is not invented, so that no invention ends up
    between what is real.
    """
    partners = [partner.key for partner in queries.elements(Kind.PARTNER)]
    if not partners:
        fail("There is no agenda yet: first `mainport agenda load groningen-2022-2026`.", as_json=as_json)
    try:
        counts = people.load(by=BY, organisations=partners, force=force)
        counts |= records.load(by=BY, earlier=papers.reports())
        counts |= money.load(by=BY)
        counts |= papers.load(by=BY)
        counts |= board.load(by=BY)
        counts |= talent.load(by=BY)
        counts |= courses.load(by=BY)
        counts |= works.load(by=BY)
        counts |= flows.load(by=BY)
    except people.RealPeople:
        fail(
            "Nothing was made: people have accounts here who are not invented. Use an installation of its own "
            "for a demonstration, with another MAINPORT_DATA_DIR or DATABASE_URL; or --force, if this is one.",
            as_json=as_json,
        )
        return
    emit(counts, as_json=as_json, show=lambda: _show(counts))


def _show(counts: dict[str, int]) -> None:
    console.print(", ".join(f"{number} {what}" for what, number in counts.items()))
    console.print("Log-ins: [bold]mainport demo logins[/bold]")


@demo.command()
@json_option
def logins(as_json: bool) -> None:
    """Print how the invented people log in, with the second-step code of this moment."""
    known = people.logins()
    if not known:
        fail("There are no invented people yet: first `mainport demo load`.", as_json=as_json)
    data: list[dict[str, Any]] = [
        {
            "role": login.role,
            "organisation": login.organisation,
            "name": login.name,
            "email": login.email,
            "password": login.password,
            "code": login.code(),
        }
        for login in known
    ]
    emit(data, as_json=as_json, show=lambda: table(list(data[0]), [list(row.values()) for row in data]))

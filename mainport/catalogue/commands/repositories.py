# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport catalogue repositories`: which sources are harvested, and adding one."""

from __future__ import annotations

from typing import Any

import click
from django.utils import timezone

from mainport.catalogue.actions.repositories import RepositoryRefused, add_repository, key_for
from mainport.catalogue.feeds import FORMATS
from mainport.catalogue.queries import harvests as queries
from mainport.core import queries as core
from mainport.core.models import Organisation, Person
from mainport.core.rules.languages import say
from mainport.core.rules.permissions import system
from mainport.core.terminal import console, emit, fail, json_option, table

BY = system("mainport catalogue")


@click.group(invoke_without_command=True)
@json_option
@click.pass_context
def repositories(context: click.Context, as_json: bool) -> None:
    """List the sources that are harvested, and how the last harvest of each went; `add` adds one."""
    if context.invoked_subcommand is None:
        _show(as_json)


@repositories.command("list")
@json_option
def list_(as_json: bool) -> None:
    """List the sources that are harvested, and how the last harvest of each went."""
    _show(as_json)


def _show(as_json: bool) -> None:
    found = queries.repositories(by=BY)
    rows = [
        [
            one.key,
            one.format,
            say(one.title, "en"),
            f"{one.records:,}",
            f"{timezone.localtime(one.harvest.started_at):%Y-%m-%d %H:%M}" if one.harvest else "never",
            (one.harvest.problem if one.harvest and one.harvest.problem else one.state)[:200],
        ]
        for one in found
    ]
    head = ["repository", "format", "title", "records", "harvested", "state"]
    emit([queries.as_data(one) for one in found], as_json=as_json, show=lambda: table(head, rows))


@repositories.command()
@click.argument("url")
@click.option("--format", "format_", type=click.Choice(list(FORMATS)), default="oai-pmh", show_default=True)
@click.option("--name", default="", help="What to call the repository; after its address if it isn't given.")
@click.option("--title", default="", help="What people call it.")
@click.option(
    "--prefix", default="", help="OAI-PMH: the metadata format; the richest that it offers if it isn't given."
)
@click.option("--set", "part", default="", help="OAI-PMH: the set to ask for; all if it isn't given.")
@click.option("--match", default="", help="Sites: what an address of a page has to have in it.")
@click.option("--every", default=24, show_default=True, type=click.IntRange(0), help="Hours between harvests; 0: none.")
@click.option("--pause", default=0.0, type=click.FloatRange(0, 600), help="Seconds of rest between two questions.")
@click.option(
    "--preference", default=100, show_default=True, type=click.IntRange(0, 10000), help="Lower is believed first."
)
@click.option("--organisation", default="", help="Key of the organisation whose records these are.")
@click.option("--owner", default="", help="E-mail address of whoever is told when it fails.")
@json_option
def add(
    url: str,
    format_: str,
    name: str,
    title: str,
    prefix: str,
    part: str,
    match: str,
    every: int,
    pause: float,
    preference: int,
    organisation: str,
    owner: str,
    as_json: bool,
) -> None:
    """Add the source at URL. It is harvested by the worker in its rounds, or by `mainport catalogue harvest`."""
    named: dict[str, Any] = {"prefix": prefix, "set": part, "match": match, "pause": pause}
    try:
        repository = add_repository(
            by=BY,
            key=name or key_for(url, *filter(None, (prefix, part))),
            format=format_,
            url=url,
            title={"mul": title} if title else None,
            settings={key: value for key, value in named.items() if value},
            organisation=_organisation(organisation),
            owner=_owner(owner),
            preference=preference,
            every=every or None,
        )
    except RepositoryRefused as error:
        fail(f"{str(error)[:1].upper()}{str(error)[1:]}.", as_json=as_json, url=url)
        return
    data = {"repository": repository.key, "format": format_, "url": url, "settings": repository.settings}
    said = f"Added. Now: mainport catalogue harvest {repository.key}"
    emit(data, as_json=as_json, show=lambda: console.print(said))


def _organisation(key: str) -> Organisation | None:
    if not key:
        return None
    found = Organisation.objects.filter(key=key).first()
    if found is None:
        raise RepositoryRefused(f"there is no organisation {key}")
    return found


def _owner(email: str) -> Person | None:
    if not email:
        return None
    found = core.people(by=BY).filter(email__iexact=email).first()
    if found is None:
        raise RepositoryRefused(f"nobody has an account with {email}")
    return found

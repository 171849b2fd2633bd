# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport monitor add-feed dcat`: a dataset that a catalogue describes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mainport.core.fetching.problems import Problem
from mainport.core.terminal import console, fail, json_option, table
from mainport.monitor.actions.catalogue import look_up
from mainport.monitor.commands.feeds import BY, add, described
from mainport.monitor.commands.other_feeds import name_of
from mainport.monitor.models import Feed

if TYPE_CHECKING:
    from mainport.monitor.feeds.dcat.described import Described, Distribution


@click.command("dcat")
@click.argument("dataset")
@click.option("--base-url", default="", help="The catalogue; data.overheid.nl if it isn't given.")
@click.option("--distribution", default="", help="Which of its distributions: key, address or title.")
@click.option(
    "--mapping",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="How to read a distribution that is CSV, XLSX or ODS, as YAML.",
)
@click.option("--filter", "chosen", default="", help="Which observations of a table of CBS: a $filter of OData.")
@described
@json_option
def add_dcat(
    dataset: str,
    base_url: str,
    distribution: str,
    mapping: Path | None,
    chosen: str,
    name: str,
    title: str,
    every: int,
    owner: str,
    as_json: bool,
) -> None:
    """Add DATASET of a DCAT catalogue, and show what the catalogue has of it.

    DATASET is a name or id in CKAN, such as data.overheid.nl is, or the address of a dataset in JSON-LD. Its
    values are read from CBS's OData, JSON-stat, SDMX, or by a mapping from a file; its licence, publisher and
    date of change are those of the catalogue.
    """
    from mainport.monitor.feeds.dcat import BASE_URL, choose
    from mainport.monitor.rules.sheet_mapping import Refused

    url = base_url or (dataset if dataset.startswith(("https://", "http://")) else BASE_URL)
    settings: dict[str, Any] = {"dataset": dataset}
    try:
        if mapping:
            settings["mapping"] = _mapping(mapping)
        found = look_up(by=BY, url=url, dataset=dataset)
        one = choose(found, distribution, with_mapping=mapping is not None)
    except Refused as error:
        fail(str(error), as_json=as_json, faults=[fault.__dict__ for fault in error.faults])
        return
    except Problem as error:
        fail(f"{str(error)[:1].upper()}{str(error)[1:]}.", as_json=as_json, dataset=dataset, url=url)
        return
    if distribution:
        settings["distribution"] = one.key
    if chosen:
        settings["filter"] = chosen
    if not as_json:
        _show(found, one)
    add(
        key=name or name_of(dataset),
        format=Feed.Format.DCAT,
        title=title or found.title,
        url=url,
        settings=settings,
        owner=owner,
        every=every,
        as_json=as_json,
        found=_as_data(found, one),
    )


def _mapping(path: Path) -> Any:
    """The mapping, once it is known to be one. Raises Refused."""
    from mainport.monitor.actions.sheet import plain_mapping
    from mainport.monitor.commands.sheet import read_yaml
    from mainport.monitor.rules.sheet_mapping import read_mapping

    found = plain_mapping(read_yaml(path))
    read_mapping(found, path.name)
    return found


def _as_data(found: Described, chosen: Distribution) -> dict[str, Any]:
    return {
        "dataset": found.key,
        "licence": found.licence,
        "publisher": found.publisher,
        "modified": found.modified,
        "distributions": [
            {
                "distribution": one.key,
                "title": one.title,
                "format": one.named,
                "read_as": one.format or None,
                "url": one.url,
                "chosen": one == chosen,
            }
            for one in found.distributions
        ],
    }


def _show(found: Described, chosen: Distribution) -> None:
    console.print(f"{found.title}; {found.publisher or 'no publisher'}; {found.modified or 'no date'}", markup=False)
    table(
        ["distribution", "format", "read as", "address"],
        [
            [one.key, one.named, f"{one.format or 'not read'}{' (chosen)' if one == chosen else ''}", one.url]
            for one in found.distributions
        ],
    )

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport monitor add-feed` of the formats that are one address."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

import click

from mainport.core.terminal import fail, json_option
from mainport.monitor.commands.feeds import add, described
from mainport.monitor.models import Feed


@click.command("jsonstat")
@click.argument("url")
@described
@json_option
def add_jsonstat(url: str, name: str, title: str, every: int, owner: str, as_json: bool) -> None:
    """Add the dataset or collection of JSON-stat 2.0 at URL, such as an answer of Eurostat.

    The values come with `mainport monitor refresh`, or by themselves where the worker runs.
    """
    add(
        key=name or name_of(url),
        format=Feed.Format.JSONSTAT,
        title=title,
        url=url,
        settings={},
        owner=owner,
        every=every,
        as_json=as_json,
    )


@click.command("sdmx")
@click.argument("url")
@click.option("--structure", default="", help="Address of its structure with codelists: the titles for SDMX-ML.")
@click.option("--measure", default="", help="The dimension whose codes are measures; else there is one, OBS_VALUE.")
@described
@json_option
def add_sdmx(
    url: str, structure: str, measure: str, name: str, title: str, every: int, owner: str, as_json: bool
) -> None:
    """Add the data of SDMX at URL: SDMX-ML 2.1, generic or structure-specific, or SDMX-JSON.

    The values come with `mainport monitor refresh`, or by themselves where the worker runs.
    """
    settings = {"structure": structure, "measure": measure}
    add(
        key=name or name_of(url),
        format=Feed.Format.SDMX,
        title=title,
        url=url,
        settings={key: value for key, value in settings.items() if value},
        owner=owner,
        every=every,
        as_json=as_json,
    )


@click.command("swing")
@click.argument("variables", nargs=-1, required=True, metavar="VARIABLE...")
@click.option("--base-url", required=True, help="The site, or its jiveservices/odata.")
@click.option("--geo-level", required=True, help="The level of places, such as gemeente.")
@click.option("--period-level", default="year", show_default=True, help="The level of periods.")
@click.option("--periods", default="all", show_default=True, help="One period, or all, or mrp: the most recent.")
@click.option(
    "--missing",
    multiple=True,
    help="What the site means by a mark in place of a number: x=confidential, or impossible, or 'not available'.",
)
@described
@json_option
def add_swing(
    variables: tuple[str, ...],
    base_url: str,
    geo_level: str,
    period_level: str,
    periods: str,
    missing: tuple[str, ...],
    name: str,
    title: str,
    every: int,
    owner: str,
    as_json: bool,
) -> None:
    """Add variables of a site of ABF Swing, at one level of places and of periods, as one table.

    A site that wants a key gets it from MAINPORT_FEEDS_API_KEYS. The values come with
    `mainport monitor refresh`, or by themselves where the worker runs.
    """
    from mainport.monitor.rules.sheet_mapping import MISSING

    marks = dict(one.rpartition("=")[::2] for one in missing)
    if wrong := [f"{mark}={word}" for mark, word in marks.items() if not mark or word not in MISSING]:
        fail(f"--missing {wrong[0]}: expected MARK=WORD, with a word of {', '.join(MISSING)}.", as_json=as_json)
    settings = {
        "variables": list(dict.fromkeys(variables)),
        "geo_level": geo_level,
        "period_level": period_level,
        "periods": periods,
    }
    add(
        key=name or name_of(variables[0]),
        format=Feed.Format.SWING,
        title=title,
        url=base_url,
        settings={**settings, **({"missing": marks} if marks else {})},
        owner=owner,
        every=every,
        as_json=as_json,
    )


def name_of(url: str) -> str:
    """What a feed is called after its address, unless somebody names it: the last part of it.

    >>> name_of("https://ec.europa.eu/eurostat/api/dissemination/statistics/1.0/data/prc_hicp_manr?geo=NL")
    'prc_hicp_manr'
    """
    last = unquote(urlsplit(url).path).rstrip("/").rpartition("/")[2]
    return re.sub(r"[^A-Za-z0-9_-]+", "-", re.sub(r"\.(json|xml)$", "", last)).strip("-_")[:80]

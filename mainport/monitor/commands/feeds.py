# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport monitor feeds`, `add-feed` and `refresh`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from types import MappingProxyType
from typing import Any

import click
from django.utils import timezone

from mainport.core import queries as core
from mainport.core.lazy import LazyGroup
from mainport.core.models import Person
from mainport.core.rules.languages import say
from mainport.core.rules.permissions import system
from mainport.core.terminal import console, emit, fail, json_option, table
from mainport.monitor.actions import feeds as actions
from mainport.monitor.feeds import VISITED
from mainport.monitor.models import Feed, Fetch
from mainport.monitor.queries import feeds as queries

BY = system("mainport monitor")
_TABLE = re.compile(r"[A-Za-z0-9_-]{1,80}")


@click.command("feeds")
@json_option
def show_feeds(as_json: bool) -> None:
    """List the feeds: where values come from, and how the last visit to each went."""
    data: list[dict[str, Any]] = [
        {
            "feed": state.key,
            "format": state.format,
            "title": state.title,
            "url": state.url,
            "licence": state.licence,
            "owner": state.owner,
            "every": state.every,
            "next": state.next_at,
            "good": state.good_at,
            "tried": state.tried_at,
            "stale": state.stale,
            "problem": state.problem,
            "note": state.note,
            "observations": state.observations,
            "state": state.standing,
        }
        for state in queries.feed_states(by=BY)
    ]
    rows = [
        [
            row["feed"],
            row["format"],
            say(row["title"], "en"),
            f"{row['observations']:,}",
            _when(row["good"]) if row["good"] else "never",
            _state(row),
        ]
        for row in data
    ]
    head = ["feed", "format", "title", "observations", "good at", "state"]
    emit(data, as_json=as_json, show=lambda: table(head, rows))


def _state(row: Mapping[str, Any]) -> str:
    if row["stale"]:
        return f"STALE: {row['problem']}"
    return row["note"] or str(row["state"]).replace("-", " ")


def described(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that every format has."""
    for option in (
        click.option("--owner", default="", help="E-mail address of whoever is told when it fails."),
        click.option(
            "--every", default=24, show_default=True, type=click.IntRange(0), help="Hours between visits; 0: none."
        ),
        click.option("--title", default="", help="What people call it; the table's own title if it isn't given."),
        click.option("--name", default="", help="What to call the feed; the table's own name if it isn't given."),
    ):
        command = option(command)
    return command


@click.group(
    "add-feed",
    cls=LazyGroup,
    found={
        "jsonstat": "mainport.monitor.commands.other_feeds:add_jsonstat",
        "sdmx": "mainport.monitor.commands.other_feeds:add_sdmx",
        "swing": "mainport.monitor.commands.other_feeds:add_swing",
        "dcat": "mainport.monitor.commands.catalogue:add_dcat",
    },
)
def add_feed() -> None:
    """Add a feed, by its format."""


@add_feed.command("cbs")
@click.argument("table_id", metavar="TABLE")
@click.option("--base-url", default="", help="Where the tables are; CBS's own address if it isn't given.")
@click.option(
    "--filter", "chosen", multiple=True, help="Which observations: a $filter of OData; of several all must hold."
)
@described
@json_option
def add_cbs(
    table_id: str, base_url: str, chosen: tuple[str, ...], name: str, title: str, every: int, owner: str, as_json: bool
) -> None:
    """Add TABLE of CBS StatLine, or of another source that answers by OData v4 as CBS does.

    The values come with `mainport monitor refresh`, or by themselves where the worker runs.
    """
    from mainport.monitor.feeds.cbs import BASE_URL

    condition = " and ".join(f"({one})" for one in chosen) if len(chosen) > 1 else "".join(chosen)
    if not _TABLE.fullmatch(table_id):
        fail(f"{table_id} isn't a table of CBS, such as 85937NED.", as_json=as_json)
    add(
        key=name or table_id,
        format=Feed.Format.CBS,
        title=title,
        url=base_url or BASE_URL,
        settings={"table": table_id, **({"filter": condition} if condition else {})},
        owner=owner,
        every=every,
        as_json=as_json,
    )


def add(
    *,
    key: str,
    format: str,
    title: str,
    url: str,
    settings: dict[str, Any],
    owner: str,
    every: int,
    as_json: bool,
    found: Mapping[str, Any] = MappingProxyType({}),
) -> None:
    """Add the feed and say so, or say why there can't be such a feed; `found` is said beside it as JSON."""
    try:
        feed = actions.add_feed(
            by=BY,
            key=key,
            format=format,
            title={"mul": title} if title else {},
            url=url,
            settings=settings,
            owner=_owner(owner),
            every=every or None,
        )
    except actions.FeedRefused as error:
        fail(_sentence(error), as_json=as_json, feed=key)
        return
    data = {"feed": feed.key, "format": feed.format, "url": feed.url, "settings": feed.settings, "every": feed.every}
    said = f"Added. Now: mainport monitor refresh {feed.key}"
    emit({**data, **found}, as_json=as_json, show=lambda: console.print(said))


def _owner(email: str) -> Person | None:
    if not email:
        return None
    found = core.people(by=BY).filter(email__iexact=email).first()
    if not found:
        raise actions.FeedRefused(f"nobody has an account with {email}")
    return found


@click.command()
@click.argument("feed", required=False)
@click.option("--if-changed", is_flag=True, help="Only if the source has another version than the one that is known.")
@click.option("--accept", is_flag=True, help="Store what comes even if it looks impossible, or much of it is gone.")
@json_option
def refresh(feed: str | None, if_changed: bool, accept: bool, as_json: bool) -> None:
    """Visit FEED, or all feeds that can be visited, and store what came.

    A feed that fails keeps its values, is marked stale, and its owner is told. Ends with exit code 1 then.
    """
    try:
        found = [queries.find_feed(feed)] if feed else [queries.find_feed(key) for key in queries.feed_keys()]
    except Feed.DoesNotExist:
        names = ", ".join(queries.feed_keys()) or "none yet; add one with `mainport monitor add-feed`"
        fail(f"There is no feed {feed}. The feeds: {names}.", as_json=as_json, feed=feed)
        return
    if feed and found[0].format not in VISITED:
        fail(f"{feed} comes from {found[0].get_format_display()}: nobody visits it.", as_json=as_json, feed=feed)
    results = []
    for one in found:
        if one.format not in VISITED:
            continue
        with _progress(one.key, quiet=as_json) as told:
            visited = actions.refresh(by=BY, feed=one, if_changed=if_changed, accept=accept, told=told)
        results.append(_as_data(visited))
        if not as_json:
            console.print(_line(visited), markup=False, highlight=False)
    _finish(feed, results, as_json=as_json)


def _finish(feed: str | None, results: list[dict[str, Any]], *, as_json: bool) -> None:
    problems = [f"{result['feed']}: {result['message']}" for result in results if result["stale"]]
    data = results[0] if feed else {"observations": sum(r["observations"] for r in results), "feeds": results}
    if problems:
        fail("\n".join(problems), as_json=as_json, **{key: data[key] for key in data if key != "message"})
    emit(data, as_json=as_json, show=lambda: None)


def _as_data(visited: actions.Visited) -> dict[str, Any]:
    fetch, stored = visited.fetch, visited.stored
    return {
        "feed": visited.feed.key,
        "outcome": str(fetch.outcome),
        "observations": stored.observations,
        "changed": stored.changed,
        "conflicts": stored.conflicts,
        "series": stored.series,
        "message": fetch.message,
        "stale": visited.stale,
        "good": visited.feed.good_at,
        "sha256": fetch.sha256,
        "size": fetch.size,
    }


def _line(visited: actions.Visited) -> str:
    stored, key = visited.stored, visited.feed.key
    if visited.fetch.outcome == Fetch.Outcome.STORED:
        said = f"{key}: {stored.observations:,} observations, {stored.changed:,} of them new or other"
        said += f", {stored.conflicts:,} in conflict" if stored.conflicts else ""
        return f"{said}. {visited.fetch.message}".rstrip()
    if visited.fetch.outcome == Fetch.Outcome.UNCHANGED:
        return f"{key}: nothing changed; {stored.observations:,} observations."
    kept = f"the values of {_when(visited.feed.good_at)} stay" if visited.feed.good_at else "nothing is stored"
    return f"{key}: stale; {kept}."


def _when(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"


@contextmanager
def _progress(key: str, *, quiet: bool) -> Iterator[Callable[[int, int], None]]:
    if quiet or not console.is_terminal:
        yield lambda answers, size: None
        return
    with console.status(f"{key}: asking …") as status:
        yield lambda answers, size: status.update(f"{key}: {answers} answers, {size / 1024 / 1024:,.1f} MiB")


def _sentence(error: Exception) -> str:
    words = str(error)
    return f"{words[:1].upper()}{words[1:]}."

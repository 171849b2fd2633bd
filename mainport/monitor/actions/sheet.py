# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Takes in a file of CSV, XLSX or ODS by a mapping that is kept with its feed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.db import DataError, transaction
from django.utils import timezone

from mainport import __version__
from mainport.core.actions import record
from mainport.core.fetching import raw
from mainport.core.rules.permissions import Actor, Permission, require
from mainport.monitor.actions.alerts import tell_of
from mainport.monitor.actions.storing import Stored, store
from mainport.monitor.feeds.sheet import rows_of
from mainport.monitor.models import Dataset, Feed, Fetch
from mainport.monitor.queries import feeds as queries
from mainport.monitor.rules import plausible
from mainport.monitor.rules.sheet import table_of_rows
from mainport.monitor.rules.sheet_mapping import Fault, Refused, SheetMapping, read_mapping
from mainport.monitor.rules.tables import Lines

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}")


@dataclass(frozen=True)
class SheetImported:
    """What a file brought, or would bring where it was only previewed."""

    feed: str
    table: Lines
    stored: Stored
    is_preview: bool


def import_sheet(
    *,
    by: Actor,
    path: Path,
    mapping: Mapping[str, Any] | None = None,
    mapping_name: str = "mapping",
    feed: str = "",
    preview: bool = False,
    accept: bool = False,
) -> SheetImported:
    """Store what the file holds, and the mapping with its feed; with `preview` only say what would be stored.

    Without a mapping it is read by the one that is kept with `feed`. `accept` stores what looks impossible too.
    Raises NotAllowed, OSError, and Refused with every fault of mapping or file: then nothing is stored.
    """
    require(by, Permission.MANAGE_FEEDS)
    found = _mapping(mapping, mapping_name, feed)
    read = read_mapping(found, mapping_name)
    _check_feed(read, mapping_name)
    content = path.read_bytes()
    try:
        table = table_of_rows(read, path.name, rows_of(content, read, path.name))
        with transaction.atomic():
            done = _store(by, read, found, path, content, table, accept=accept, keep=not preview)
            if preview:
                transaction.set_rollback(True)
        return SheetImported(read.feed, table, done, preview)
    except Refused as error:
        if not preview:
            _refuse(by, read.feed, path, error)
        raise


def _mapping(given: Mapping[str, Any] | None, name: str, feed: str) -> Any:
    if given is not None:
        return plain_mapping(given)
    known = Feed.objects.filter(key=feed, format=Feed.Format.SHEET).first()
    if known is None or "mapping" not in known.settings:
        raise Refused([Fault(name, 0, "feed", feed, "a mapping, or a feed that keeps one")])
    return known.settings["mapping"]


def plain_mapping(found: Any) -> Any:
    """As JSON holds it: YAML also has days, and names that are numbers."""
    if isinstance(found, Mapping):
        return {str(name): plain_mapping(value) for name, value in found.items()}
    if isinstance(found, list):
        return [plain_mapping(value) for value in found]
    return found if found is None or isinstance(found, str | int | float) else str(found)


def _check_feed(read: SheetMapping, name: str) -> None:
    if not _KEY.fullmatch(read.feed):
        expected = "a name of letters, digits, - and _, at most 80"
        raise Refused([Fault(name, 0, "feed", read.feed, expected)])
    other = Feed.objects.filter(key=read.feed).exclude(format=Feed.Format.SHEET).first()
    if other:
        raise Refused([Fault(name, 0, "feed", read.feed, f"a name that no feed of {other.format} has")])


def _store(
    by: Actor, read: SheetMapping, mapping: Any, path: Path, content: bytes, table: Lines, *, accept: bool, keep: bool
) -> Stored:
    feed = _feed(by, read, mapping)
    _check(read, table, path, accept=accept)
    fetch = _fetch(by, feed, path, Fetch.Outcome.STORED, plausible.note(table))
    fetch.sha256, fetch.size, fetch.licence = hashlib.sha256(content).hexdigest(), len(content), feed.licence
    try:
        with transaction.atomic():
            done = store(by=by, fetch=fetch, tables=[table], whole=read.whole)
    except (ValueError, DataError) as error:  # Other dimensions than before; a text that no column holds.
        raise Refused([Fault(path.name, 0, "table", str(error), "a table as it was before")]) from error
    if keep:
        fetch.raw = _keep(feed, fetch, content, path.suffix)
        tell_of(fetch)
    fetch.save()
    feed.good_at = feed.tried_at = fetch.at
    feed.problem = ""
    feed.save()
    return done


def _check(read: SheetMapping, table: Lines, path: Path, *, accept: bool) -> None:
    """Raises Refused where this can't be true, given what is known."""
    dataset = Dataset.objects.filter(key=table.key).first()
    if dataset and dataset.feed.key != read.feed:
        raise Refused([Fault(path.name, 0, "feed", read.feed, f"another name: {dataset.feed.key} has this table")])
    if accept:
        return
    known = queries.known(dataset) if dataset else None
    if known and not read.whole:
        known = replace(known, observations=0)  # A part may be smaller than all that is known.
    reasons = plausible.implausible(table, known)
    if reasons:
        raise Refused(
            [Fault(path.name, 0, "values", why, "values that can be true (or accept them)") for why in reasons]
        )


def _feed(by: Actor, read: SheetMapping, mapping: Any) -> Feed:
    settings = {"mapping": mapping}
    feed, is_new = Feed.objects.select_for_update().get_or_create(
        key=read.feed,
        defaults={"format": Feed.Format.SHEET, "title": dict(read.title), "settings": settings},
    )
    if is_new:
        record(by=by, action="feed.add", subject=f"feed:{feed.key}", format=feed.format, settings=settings)
    elif feed.settings != settings:
        record(by=by, action="feed.change", subject=f"feed:{feed.key}", before=feed.settings, settings=settings)
    feed.settings, feed.title = settings, dict(read.title)
    feed.licence = read.licence or feed.licence
    return feed


def _fetch(by: Actor, feed: Feed, path: Path, outcome: Fetch.Outcome, message: str) -> Fetch:
    return Fetch.objects.create(
        feed=feed,
        at=timezone.now(),
        outcome=outcome,
        url=path.resolve().as_uri()[:2000],
        message=message,
        code_version=__version__[:40],
        by_name=by.name[:200],
    )


def _keep(feed: Feed, fetch: Fetch, content: bytes, suffix: str) -> str:
    """Under its hash: a file that comes twice is kept once."""
    name = f"{feed.key}/{fetch.sha256}{suffix[:10]}"
    target = raw.folder() / name
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists():
        beside = target.with_name(f".{target.name}")
        beside.write_bytes(content)
        beside.replace(target)
    return name


@transaction.atomic
def _refuse(by: Actor, key: str, path: Path, error: Refused) -> None:
    """Keep that a file was refused, where there is a feed already. Its values are as good as they were: not stale."""
    feed = Feed.objects.filter(key=key).first()
    if feed:
        more = len(error.faults) - 100
        message = "\n".join(map(str, error.faults[:100])) + (f"\nand {more} more" if more > 0 else "")
        _fetch(by, feed, path, Fetch.Outcome.REFUSED, message)
        record(by=by, action="monitor.refuse", subject=f"feed:{key}", why=message[:1000])

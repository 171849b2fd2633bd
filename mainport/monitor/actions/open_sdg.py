# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Takes in a whole data repository of Open SDG."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from mainport import __version__
from mainport.core.actions import record
from mainport.core.fetching import raw
from mainport.core.rules.permissions import Actor, Permission, require
from mainport.monitor.actions.alerts import tell_of
from mainport.monitor.actions.storing import Stored, store
from mainport.monitor.feeds import open_sdg
from mainport.monitor.models import Dataset, Feed, Fetch
from mainport.monitor.rules import describing
from mainport.monitor.rules.identifiers import TOTAL
from mainport.monitor.rules.tables import Lines

_COLUMNS = "columns"
_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


@dataclass
class Imported:
    """What a repository brought; `refused` says why nothing was stored."""

    feed: str
    stored: Stored = field(default_factory=Stored)
    repository: open_sdg.Repository = field(default_factory=open_sdg.Repository)
    refused: str = ""


def name_of(path: Path) -> str:
    """How a feed is named after its folder or archive, unless somebody names it."""
    stem = path.resolve().name
    while (shorter := re.sub(r"\.(tar|gz|tgz|zip|bz2|xz)$", "", stem, flags=re.IGNORECASE)) != stem:
        stem = shorter
    return re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-")[:60] or "open-sdg"


def import_open_sdg(
    *,
    by: Actor,
    path: Path,
    name: str = "",
    licence: str = "",
    step: Callable[[str, int, int], None] = lambda what, done, of: None,
) -> Imported:
    """Store the data of a repository, a folder or an archive, as tables of a feed that is named after it.

    Only files that differ from last time are read. Nothing is stored of what can't be trusted; the visit and
    its reason are kept all the same. Raises NotAllowed, and ValueError for a name that can't be one or that
    is of a feed of another format.
    """
    require(by, Permission.MANAGE_FEEDS)
    key = name or name_of(path)
    if not _KEY.fullmatch(key):
        raise ValueError(f"{key!r} can't be the name of a feed: small letters, digits and hyphens, at most 60")
    other = Feed.objects.filter(key=key).exclude(format=Feed.Format.OPEN_SDG).first()
    if other:
        raise ValueError(f"there is a feed {key} already, of the format {other.format}")
    try:
        found = open_sdg.files(path)
        content = path.read_bytes() if path.is_file() else open_sdg.pack(found)
        known = dict(Dataset.objects.filter(feed__key=key).values_list("key", "extra__digest"))
        licence = licence or Feed.objects.filter(key=key).values_list("licence", flat=True).first() or ""
        repository = open_sdg.read(found, key, known, licence, step)
        return _store(by, key, path, content, licence, repository)
    except ValueError as reason:  # Refused, or what can't be stored.
        return _refuse(by, key, path, str(reason))


@transaction.atomic
def _store(by: Actor, key: str, path: Path, content: bytes, licence: str, repository: open_sdg.Repository) -> Imported:
    feed = _feed(by, key, path, licence)
    fetch = _fetch(by, feed, path, Fetch.Outcome.STORED, "")
    fetch.licence = feed.licence
    fetch.sha256, fetch.size = hashlib.sha256(content).hexdigest(), len(content)
    stored = store(by=by, fetch=fetch, tables=_fitting(repository), total=TOTAL)
    fetch.raw = _keep(feed, fetch, content, "".join(path.suffixes[-2:]) if path.is_file() else ".tar.gz")
    if not repository.tables:
        fetch.outcome = Fetch.Outcome.UNCHANGED
    fetch.message = _summary(repository)
    fetch.save()
    outgrown = [str(fault) for fault in repository.faults if fault.field == _COLUMNS]
    feed.good_at, feed.problem = fetch.at, "\n".join(outgrown)
    feed.save()
    tell_of(fetch)
    return Imported(key, stored, repository)


def _fitting(repository: open_sdg.Repository) -> list[Lines]:
    """The tables whose dimensions are those that they had, or more; the others are faults, and keep their values."""
    tables = repository.tables
    known = dict(Dataset.objects.filter(key__in=[table.key for table in tables]).values_list("key", "dimensions"))
    fitting = []
    for table in tables:
        old = describing.dimensions_from_json(known.get(table.key, ()))
        if old and describing.grown(old, table.dimensions) is None:
            had, has = (", ".join(d.title for d in dimensions) for dimensions in (old, table.dimensions))
            why = f"aren't those that it had ({had}): its values stay as they were"
            repository.faults.append(open_sdg.Fault(table.extra["file"], 0, _COLUMNS, has, why))
        else:
            fitting.append(table)
    return fitting


def _summary(repository: open_sdg.Repository) -> str:
    faults = "\n".join(map(str, repository.faults[:100]))
    more = len(repository.faults) - 100
    return faults + (f"\nand {more} more" if more > 0 else "")


def _keep(feed: Feed, fetch: Fetch, content: bytes, suffix: str) -> str:
    """Under the hash of the archive: one that comes twice is kept once."""
    name = f"{feed.key}/{fetch.sha256}{suffix}"
    target = raw.folder() / name
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists():
        beside = target.with_name(f".{target.name}")
        beside.write_bytes(content)
        beside.replace(target)
    return name


@transaction.atomic
def _refuse(by: Actor, key: str, path: Path, reason: str) -> Imported:
    feed = _feed(by, key, path, "")
    _fetch(by, feed, path, Fetch.Outcome.REFUSED, reason)
    feed.problem = reason
    feed.save()
    record(by=by, action="monitor.refuse", subject=f"feed:{key}", why=reason)
    return Imported(key, refused=reason)


def _feed(by: Actor, key: str, path: Path, licence: str) -> Feed:
    feed, is_new = Feed.objects.get_or_create(
        key=key, defaults={"format": Feed.Format.OPEN_SDG, "title": {"mul": key}, "url": path.resolve().as_uri()[:1000]}
    )
    if is_new:
        record(by=by, action="feed.add", subject=f"feed:{key}", format=feed.format, url=feed.url)
    feed.licence = licence or feed.licence
    feed.tried_at = timezone.now()
    feed.save()
    return feed


def _fetch(by: Actor, feed: Feed, path: Path, outcome: Fetch.Outcome, message: str) -> Fetch:
    return Fetch.objects.create(
        feed=feed,
        at=timezone.now(),
        outcome=outcome,
        url=path.resolve().as_uri()[:2000],
        message=message,
        code_version=__version__,
        by_name=by.name,
    )

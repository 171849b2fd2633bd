# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Adds feeds and visits them. Whatever a visit meets, the values that were there stay."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import DataError, transaction
from django.utils import timezone

from mainport import __version__
from mainport.core.actions import record
from mainport.core.fetching.problems import NotChanged, NotReached, NotTrusted, Problem
from mainport.core.models import Person
from mainport.core.rules.languages import Text
from mainport.core.rules.permissions import Actor, Permission, require
from mainport.monitor import tasks
from mainport.monitor.actions.alerts import tell_of
from mainport.monitor.actions.storing import Stored, store
from mainport.monitor.feeds import Asked, reader
from mainport.monitor.models import Dataset, Feed, Fetch
from mainport.monitor.queries import feeds as queries
from mainport.monitor.rules import plausible
from mainport.monitor.rules.lines import lines_of
from mainport.monitor.rules.tables import Lines, Table

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}")


class FeedRefused(ValueError):
    """There can't be such a feed; the message says why."""


@dataclass(frozen=True)
class Visited:
    """How a visit went: what it stored, or why it didn't (`fetch.message`), and whether the feed is stale now."""

    feed: Feed
    fetch: Fetch
    stored: Stored

    @property
    def stale(self) -> bool:
        return bool(self.feed.problem)


@transaction.atomic
def add_feed(
    *,
    by: Actor,
    key: str,
    format: str,
    title: Text,
    url: str,
    settings: dict[str, Any],
    licence: str = "",
    owner: Person | None = None,
    every: int | None = None,
    demo: bool = False,
) -> Feed:
    """Add a feed that is visited each `every` hours, from now on; none: when somebody asks for it.

    Raises NotAllowed, FeedRefused.
    """
    require(by, Permission.MANAGE_FEEDS)
    if not _KEY.fullmatch(key):
        raise FeedRefused(f"{key!r} can't be the name of a feed: letters, digits, - and _ only, at most 80")
    if format not in Feed.Format.values:
        raise FeedRefused(f"{format} isn't a format; the formats are {', '.join(Feed.Format.values)}")
    if Feed.objects.filter(key=key).exists():
        raise FeedRefused(f"there is a feed {key} already")
    if url:
        _check_address(url)
    feed = Feed.objects.create(
        key=key,
        format=format,
        title=dict(title),
        url=url,
        settings=settings,
        licence=licence,
        owner=owner,
        every=every,
        next_at=timezone.now() if every else None,
        demo=demo,
    )
    record(by=by, action="feed.add", subject=_subject(feed), format=format, url=url, settings=settings, every=every)
    return feed


def _check_address(url: str) -> None:
    from mainport.core.fetching.http import check_address

    try:
        check_address(url)
    except NotTrusted as error:
        raise FeedRefused(str(error)) from error


def refresh(
    *,
    by: Actor,
    feed: Feed,
    if_changed: bool = False,
    accept: bool = False,
    told: Callable[[int, int], None] = lambda answers, size: None,
) -> Visited:
    """Visit the feed and store what it brings; where it fails, mark it stale and tell its owner.

    `if_changed` ends the visit where the source still has the version that is known; `accept` stores what
    looks impossible too. Raises NotAllowed, and KeyError for a format that nobody visits.
    """
    from mainport.core.fetching.http import MIB, Limits, Visit
    from mainport.core.fetching.raw import Keeper, kept

    require(by, Permission.MANAGE_FEEDS)
    read = reader(feed.format)
    last = queries.last_stored(feed)
    before = kept(last.raw) if last else None
    with Keeper() as keeper:
        journey = _Journey(by, feed, keeper, last)
        try:
            with Visit(
                feed.url,
                keeper,
                limits=Limits(size=settings.FEEDS_MAX_MIB * MIB, time=settings.FEEDS_MAX_SECONDS),
                before=before,
                allow_loopback=settings.FEEDS_ALLOW_LOOPBACK,
                api_keys=settings.FEEDS_API_KEYS,
                told=told,
            ) as visit:
                tables = read(_asked(feed, if_changed=if_changed), visit)
            if last and (not visit.changed or keeper.sha256 == last.sha256):
                raise NotChanged
            return journey.arrived(tables, accept=accept)
        except NotChanged:
            return journey.unchanged()
        except (Problem, ValueError, DataError) as error:
            return journey.failed(error)
        finally:
            if before:
                before.close()


def _asked(feed: Feed, *, if_changed: bool) -> Asked:
    known = Dataset.objects.filter(feed=feed, key=feed.key).first()
    return Asked(
        key=feed.key,
        url=feed.url,
        settings=feed.settings,
        known_version=known.version if known and if_changed and not feed.problem else "",
        known_dimensions=tuple(dimension["key"] for dimension in known.dimensions) if known else (),
    )


class _Journey:
    """One visit to one feed, and the three ways in which it can end; each in one transaction."""

    def __init__(self, by: Actor, feed: Feed, keeper: Any, last: Fetch | None) -> None:
        self._by, self._keeper, self._last = by, keeper, last
        self._feed = feed
        self._at = timezone.now()

    @transaction.atomic
    def arrived(self, tables: Sequence[Lines | Table], *, accept: bool) -> Visited:
        """Raises NotTrusted and ValueError for what can't be stored; then nothing is."""
        feed = self._locked()
        # Learnt now, not when the visit began: an edition that was frozen in between must not change.
        self._at = timezone.now()
        lines = [table if isinstance(table, Lines) else lines_of(table) for table in tables]
        self._check(feed, lines, accept=accept)
        notes = " ".join(filter(None, map(plausible.note, lines)))
        fetch = self._fetch(Fetch.Outcome.STORED, notes, licence=next((t.licence for t in lines if t.licence), ""))
        stored = store(by=self._by, fetch=fetch, tables=lines)
        if not feed.title and lines:
            feed.title = {lines[0].language: lines[0].title}
        feed.licence = feed.licence or fetch.licence
        self._succeeded(feed)
        self._record(fetch, changed=stored.changed, conflicts=stored.conflicts, accepted=accept)
        fetch.raw = self._keep_raw()
        fetch.save(update_fields=["raw"])
        tell_of(fetch)
        return Visited(feed, fetch, stored)

    def _check(self, feed: Feed, tables: Sequence[Lines], *, accept: bool) -> None:
        known = {d.key: d for d in Dataset.objects.filter(key__in=[table.key for table in tables])}
        for dataset in known.values():
            if dataset.feed_id != feed.pk:
                raise NotTrusted(f"the table {dataset.key} is of another feed, {dataset.feed.key}")
        if accept:
            return
        reasons = [
            reason
            for table in tables
            for reason in plausible.implausible(table, queries.known(known[table.key]) if table.key in known else None)
        ]
        if reasons:
            raise NotTrusted("; ".join(reasons))

    @transaction.atomic
    def unchanged(self) -> Visited:
        assert self._last is not None, "something was stored, or it couldn't be unchanged"
        feed = self._locked()
        fetch = self._fetch(
            Fetch.Outcome.UNCHANGED,
            self._last.message,
            licence=self._last.licence,
            raw=self._last.raw,
            observations=self._last.observations,
        )
        self._succeeded(feed)
        self._record(fetch)
        return Visited(feed, fetch, Stored(observations=fetch.observations))

    @transaction.atomic
    def failed(self, error: Exception) -> Visited:
        """Mark the feed stale and tell its owner, if it wasn't stale already."""
        feed = self._locked()
        outcome = Fetch.Outcome.FAILED if isinstance(error, NotReached) else Fetch.Outcome.REFUSED
        fetch = self._fetch(outcome, str(error), raw=self._keep_raw())
        is_news = not feed.problem
        feed.problem = fetch.message
        feed.next_at = self._again(feed)
        feed.tried_at = self._at
        feed.save(update_fields=["problem", "next_at", "tried_at"])
        self._record(fetch, problem=fetch.message)
        if is_news:
            transaction.on_commit(lambda: _enqueue_letter(fetch.pk))
        return Visited(feed, fetch, Stored())

    def _again(self, feed: Feed) -> datetime | None:
        """After 2 hours, 4, 8 … since a source that is down for a moment shouldn't cost a day, nor be pestered."""
        if not feed.every:
            return None
        failures = feed.fetches.filter(at__gt=feed.good_at) if feed.good_at else feed.fetches.all()
        return self._at + timedelta(hours=min(feed.every, 2 ** min(failures.count(), 10)))

    def _locked(self) -> Feed:
        """The feed as it is now, held until the transaction ends: two visits store one after the other."""
        self._feed = Feed.objects.select_for_update().get(pk=self._feed.pk)
        return self._feed

    def _fetch(self, outcome: Fetch.Outcome, message: str, **values: Any) -> Fetch:
        answers = self._keeper.answers
        return Fetch.objects.create(
            feed=self._feed,
            at=self._at,
            outcome=outcome,
            url=(answers[0].url if answers else self._feed.url)[:2000],
            message=message,
            sha256=self._keeper.sha256,
            size=self._keeper.size,
            code_version=__version__[:40],
            by_name=self._by.name[:200],
            **values,
        )

    def _succeeded(self, feed: Feed) -> None:
        first = self._keeper.answers[0] if self._keeper.answers else None
        feed.problem = ""
        feed.good_at = feed.tried_at = self._at
        feed.next_at = self._at + timedelta(hours=feed.every) if feed.every else None
        feed.etag, feed.modified = (first.etag, first.modified) if first else ("", "")
        feed.save()

    def _keep_raw(self) -> str:
        """The name under which the answers are kept; that of an earlier visit where they are the same."""
        if not self._keeper.answers:
            return ""
        same = self._feed.fetches.filter(sha256=self._keeper.sha256).exclude(raw="").first()
        if same:
            return same.raw
        name = f"{self._feed.key}/{self._at:%Y%m%dT%H%M%S%f}.zip"
        self._keeper.keep(name)
        return name

    def _record(self, fetch: Fetch, **data: Any) -> None:
        record(
            by=self._by,
            action="feed.refresh",
            subject=_subject(self._feed),
            fetch=fetch.pk,
            outcome=str(fetch.outcome),
            sha256=fetch.sha256,
            **data,
        )


def _enqueue_letter(fetch: int) -> None:
    tasks.tell_owner.enqueue(fetch)


def _subject(feed: Feed) -> str:
    return f"feed:{feed.key}"

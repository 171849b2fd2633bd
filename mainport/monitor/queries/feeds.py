# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Reads of feeds: how each stands, what its visits brought, which are due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, OuterRef, QuerySet, Subquery

from mainport.core.rules.languages import Text
from mainport.core.rules.permissions import Actor, Permission
from mainport.monitor.models import Dataset, Feed, Fetch, Observation
from mainport.monitor.rules.plausible import Known


@dataclass(frozen=True)
class FeedState:
    """How a feed stands. `problem` says why it is stale: then its values are those of `good_at`.

    `owner` is named to those who manage feeds only; `observations` is of the last visit that brought some,
    `note` what was noticed then.
    """

    key: str
    format: str
    title: Text
    url: str
    licence: str
    owner: str
    every: int | None
    next_at: datetime | None
    good_at: datetime | None
    tried_at: datetime | None
    problem: str
    observations: int
    note: str
    demo: bool

    @property
    def stale(self) -> bool:
        return bool(self.problem)

    @property
    def standing(self) -> str:
        """`stale`, `not-visited-yet`, `empty` where the last good visit brought nothing, or `good`."""
        if self.stale:
            return "stale"
        if not self.good_at:
            return "not-visited-yet"
        return "good" if self.observations else "empty"


def feed_states(*, by: Actor) -> list[FeedState]:
    """All feeds in the order of their keys. Two queries."""
    found = list(Feed.objects.select_related("owner"))
    last = {fetch.feed_id: fetch for fetch in _last_good()}
    may = by.may(Permission.MANAGE_FEEDS)
    return [_state(feed, last.get(feed.pk), name_owner=may) for feed in found]


def _last_good() -> QuerySet[Fetch]:
    """Of each feed the last visit that brought values."""
    good = Fetch.objects.filter(
        feed=OuterRef("pk"), outcome__in=[Fetch.Outcome.STORED, Fetch.Outcome.UNCHANGED]
    ).order_by("-at", "-id")
    return Fetch.objects.filter(pk__in=Feed.objects.values_list(Subquery(good.values("pk")[:1]), flat=True))


def _state(feed: Feed, last: Fetch | None, *, name_owner: bool) -> FeedState:
    return FeedState(
        key=feed.key,
        format=feed.format,
        title=feed.title,
        url=feed.url,
        licence=feed.licence,
        owner=str(feed.owner) if name_owner and feed.owner else "",
        every=feed.every,
        next_at=feed.next_at,
        good_at=feed.good_at,
        tried_at=feed.tried_at,
        problem=feed.problem,
        observations=last.observations if last else 0,
        note=last.message if last else "",
        demo=feed.demo,
    )


def find_feed(key: str) -> Feed:
    """Raises Feed.DoesNotExist."""
    return Feed.objects.select_related("owner").get(key=key)


def feed_keys() -> list[str]:
    return list(Feed.objects.values_list("key", flat=True))


def fetches(feed_key: str, limit: int = 50) -> list[Fetch]:
    """The visits to a feed, newest first."""
    return list(Fetch.objects.filter(feed__key=feed_key)[:limit])


def last_stored(feed: Feed) -> Fetch | None:
    """The visit whose answers are what is stored now."""
    return feed.fetches.filter(outcome=Fetch.Outcome.STORED).first()


def due_feeds(now: datetime) -> list[Feed]:
    """The feeds whose next visit is due, that which waits longest first."""
    return list(Feed.objects.filter(next_at__lte=now, every__isnull=False).order_by("next_at"))


def known(dataset: Dataset) -> Known:
    """What is known of a dataset, to hold what comes against."""
    # What the source took back is no longer counted: `storing.GONE`.
    there = Observation.objects.filter(series__dataset=dataset, current=True).exclude(
        value=None, text=None, missing=3, finality=0
    )
    lowest: Mapping[str, tuple[float, int]] = {
        measure: (low, of)
        for measure, low, of in Observation.objects.filter(series__dataset=dataset, current=True, value__isnull=False)
        .values_list("series__measure")
        .annotate(low=Min("value"), of=Count("id"))
        .order_by()
    }
    declared = dataset.extra.get("declared")
    return Known(
        version=dataset.version,
        observations=there.count(),
        declared=declared if isinstance(declared, int) else None,
        lowest=lowest,
    )

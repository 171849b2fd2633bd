# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Harvests a source: part by part, each stored whole with where the harvest is, so that it can end at any moment.

A process that is killed leaves its last whole part; the next one goes on from there. Whatever a source sends, what
was stored stays.
"""

from __future__ import annotations

import math
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import DataError, transaction
from django.utils import timezone

from mainport.catalogue import feeds
from mainport.catalogue.actions import merging
from mainport.catalogue.actions.repositories import subject
from mainport.catalogue.actions.taking_in import Interrupted, by_pages, held, take_in, withdraw_unspoken
from mainport.catalogue.actions.taking_up import SILENT, Busy, asked, begin
from mainport.catalogue.feeds.walks import Expired, Get, Part, Walk
from mainport.catalogue.models import Harvest, RawRecord, Repository
from mainport.catalogue.rules.faults import Refused
from mainport.catalogue.rules.walking import Place
from mainport.core.actions import record
from mainport.core.fetching.problems import NotReached, NotTrusted, Problem
from mainport.core.rules.permissions import Actor, Permission, require

__all__ = ["SILENT", "Busy", "Told", "begin", "counted", "end", "harvest", "is_paused"]

State = Harvest.State

#: An answer that can't be read is asked for again: it may have been broken off, or made in a bad moment.
TRIES = 3
#: Seconds that a source may ask patience while somebody waits, in one go; for more, it is harvested later.
PATIENCE = 120.0
#: Records that may be gone at once, or this part of them, without anybody looking at it.
GONE, GONE_PART = 20, 0.5


@dataclass(frozen=True)
class Told:
    """How a harvest goes, for who looks on."""

    harvest: Harvest
    place: Place


Tell = Callable[[Told], None]


def harvest(
    *,
    by: Actor,
    repository: Repository,
    whole: bool = False,
    accept: bool = False,
    get: Get | None = None,
    at_most: float = math.inf,
    tell: Tell = lambda told: None,
) -> Harvest:
    """Take what changed since the last complete harvest, or go on with the one that was broken off.

    `whole` asks for all there is; `accept` believes a source from which much is gone; `get` brings what is in a file
    of this machine; after `at_most` seconds it is left for later (`is_paused`). The harvest tells how it ended: one
    that failed says why, and can be taken up again. Raises NotAllowed, and Busy.
    """
    require(by, Permission.MANAGE_CATALOGUE)
    owner = secrets.token_hex(8)
    begun = begin(by=by, repository=repository, whole=whole, owner=owner)
    run = _Run(by, repository, begun, owner, accept, tell, time.monotonic() + at_most)
    try:
        if get is not None:
            run.go(get)
        else:
            _visit(run)
    except Interrupted:
        pass
    except (Problem, Refused, DataError) as error:
        run.failed(error)
    except KeyboardInterrupt:
        run.stopped()
        raise
    except Exception as error:
        run.failed(error)
        raise
    return Harvest.objects.select_related("repository").get(pk=run.harvest.pk)


def _visit(run: _Run) -> None:
    from mainport.core.fetching.http import MIB, Limits, Visit
    from mainport.core.fetching.raw import Unkept

    limits = Limits(
        size=settings.HARVEST_MAX_MIB * MIB,
        answer=min(settings.FEEDS_MAX_MIB, 64) * MIB,
        time=settings.HARVEST_MAX_SECONDS,
    )
    with Visit(
        run.repository.url,
        Unkept(),
        limits=limits,
        allow_loopback=settings.FEEDS_ALLOW_LOOPBACK,
        api_keys=settings.FEEDS_API_KEYS,
    ) as visit:
        run.go(visit.get)


class _Run:
    """One process that is at a harvest, and the ways in which that can end."""

    def __init__(
        self,
        by: Actor,
        repository: Repository,
        harvest: Harvest,
        owner: str,
        accept: bool,
        tell: Tell,
        deadline: float,
    ) -> None:
        self.repository, self.harvest = repository, harvest
        self._by, self._owner, self._accept, self._tell, self._deadline = by, owner, accept, tell, deadline
        self._requests = 0
        self._walk: Walk = feeds.walk(repository.format, asked(repository, harvest))

    def go(self, get: Get) -> None:
        """From where the harvest is to the end of the list."""

        def counted(url: str, *, accept: str = "*/*") -> bytes:
            self._requests += 1
            return get(url, accept=accept)

        while not (place := Place.of(self.harvest.position)).done:
            self._tell(Told(self.harvest, place))
            if time.monotonic() > self._deadline:
                self._pause()
                return
            try:
                part = self._part(counted, place)
            except Expired:
                self._again()
                continue
            requests, self._requests = self._requests, 0
            self.harvest = take_in(
                harvest=self.harvest,
                owner=self._owner,
                repository=self.repository,
                part=part,
                requests=requests,
                most=settings.HARVEST_MAX_RECORDS,
            )
            if part.position is not None and (pause := float(self.repository.settings.get("pause", 0))):
                time.sleep(pause)
        self._tell(Told(self.harvest, place))
        self._complete()

    def _part(self, get: Get, place: Place) -> Part:
        """The part at this place, asked for again where the source asks patience or sends what can't be read."""
        for left in reversed(range(TRIES)):
            try:
                return self._walk.part(get, place.at)
            except NotReached as error:
                if not left or not 0 < error.after <= PATIENCE:
                    raise
                time.sleep(error.after)
            except Refused:
                if not left:
                    raise
                time.sleep(0.2)
            self._alive()
        raise AssertionError("the last try returns or raises")

    @transaction.atomic
    def _alive(self) -> None:
        self.harvest = held(self.harvest, self._owner)
        self.harvest.alive_at = timezone.now()
        self.harvest.save(update_fields=["alive_at"])

    @transaction.atomic
    def _again(self) -> None:
        """The source forgot where we were: its list is asked for from the beginning, and known records are passed."""
        self.harvest = held(self.harvest, self._owner)
        self.harvest.position = {**self.harvest.position, **Place.of(self.harvest.position).again().as_json()}
        self.harvest.alive_at = timezone.now()
        self.harvest.save(update_fields=["position", "alive_at"])

    @transaction.atomic
    def _complete(self) -> None:
        """All came: what the source has no longer is withdrawn, and the next harvest begins where this one did."""
        now = timezone.now()
        found = held(self.harvest, self._owner)
        if self._walk.snapshot and not found.since:
            found.deleted += self._gone(found, now)
        place = Place.of(found.position)
        found.state, found.ended_at, found.alive_at, found.requests = (
            State.COMPLETE,
            now,
            now,
            found.requests + self._requests,
        )
        kept = {name: found.position[name] for name in ("asked", "notes") if name in found.position}
        found.position = {"records": place.records, "pages": place.pages, **kept}
        found.save()
        # Of a source without a clock that can be relied on, the last change that came; else nothing new is known.
        until = found.until or place.latest or found.since
        self._repository(until=until, next_at=self._later(timedelta(hours=self.repository.every or 0), now))
        self._record(found)
        if found.new or found.changed:
            transaction.on_commit(_look_for_duplicates)
        self.harvest = found

    def _gone(self, found: Harvest, now: datetime) -> int:
        """What a list of all there is doesn't name. Raises NotTrusted where that is much of what was known."""
        here = RawRecord.objects.filter(repository=self.repository, deleted=False)
        ids = list(here.exclude(harvest=found).values_list("pk", flat=True))
        if len(ids) > GONE and len(ids) > GONE_PART * here.count() and not self._accept:
            raise NotTrusted(
                f"{len(ids):,} of {here.count():,} records are no longer at the source; harvest it with --accept "
                "if that is right"
            )
        for page in by_pages(ids):
            rows = RawRecord.objects.filter(pk__in=page)
            records = [one for one in rows.values_list("record_id", flat=True) if one]
            rows.update(deleted=True, harvest=found, fetched_at=now)
            withdraw_unspoken(records, now)
            merging.rejoin(records, now)
        return len(ids)

    @transaction.atomic
    def failed(self, error: Exception) -> None:
        """Keep why it failed; what was stored stays. The owner is told, unless it had failed before."""
        from mainport.catalogue import tasks

        now = timezone.now()
        try:
            found = held(self.harvest, self._owner)
        except Interrupted:
            return
        is_news = not self._failures()
        found.problem = str(error)[:4000] or type(error).__name__
        found.requests += self._requests
        found.state, found.ended_at = State.FAILED, now
        found.save(update_fields=["problem", "requests", "state", "ended_at"])
        hours = min(self.repository.every or 0, 2 ** min(self._failures(), 10))
        after = timedelta(seconds=min(error.after, 86400)) if isinstance(error, NotReached) else timedelta()
        self._repository(next_at=self._later(max(timedelta(hours=hours), after), now))
        self._record(found, problem=found.problem)
        if is_news:
            transaction.on_commit(lambda: tasks.tell_owner.enqueue(found.pk))
        self.harvest = found

    @transaction.atomic
    def _pause(self) -> None:
        """Let others have their turn; whoever asked for it goes on with it later."""
        found = held(self.harvest, self._owner)
        found.state, found.ended_at = State.STOPPED, timezone.now()
        found.position = {**found.position, "paused": True}
        found.save(update_fields=["state", "ended_at", "position"])

    @transaction.atomic
    def stopped(self) -> None:
        """Somebody at the keyboard ended it."""
        try:
            found = held(self.harvest, self._owner)
        except Interrupted:
            return
        end(by=self._by, harvest=found)

    def _failures(self) -> int:
        """Harvests that failed since the last complete one."""
        complete = self.repository.harvests.filter(state=State.COMPLETE).first()
        failed = self.repository.harvests.filter(state=State.FAILED)
        return failed.filter(started_at__gt=complete.started_at).count() if complete else failed.count()

    def _later(self, pause: timedelta, now: datetime) -> datetime | None:
        return now + pause if self.repository.every and self.repository.active else None

    def _repository(self, **values: Any) -> None:
        Repository.objects.filter(pk=self.repository.pk).update(**values)
        self.repository.refresh_from_db()

    def _record(self, found: Harvest, **data: Any) -> None:
        record(
            by=self._by,
            action="repository.harvested",
            subject=subject(self.repository),
            harvest=found.pk,
            state=str(found.state),
            **counted(found),
            **data,
        )


def _look_for_duplicates() -> None:
    from mainport.catalogue import tasks

    tasks.keep_looking_for_duplicates()


@transaction.atomic
def end(*, by: Actor, harvest: Harvest) -> bool:
    """Stop a harvest after the part that it is at; whether it was running. It can be taken up again."""
    require(by, Permission.MANAGE_CATALOGUE)
    found = Harvest.objects.select_for_update().select_related("repository").get(pk=harvest.pk)
    if found.state != State.RUNNING:
        return False
    found.state, found.ended_at = State.STOPPED, timezone.now()
    found.save(update_fields=["state", "ended_at"])
    record(by=by, action="repository.stop", subject=subject(found.repository), harvest=found.pk)
    return True


def is_paused(found: Harvest) -> bool:
    """Whether a harvest was left for later by the process that was at it, and by nobody."""
    return bool(found.state == State.STOPPED and found.position.get("paused"))


def counted(found: Harvest) -> dict[str, Any]:
    """What became of the records, by the names of the columns."""
    return {name: getattr(found, name) for name in ("new", "changed", "same", "deleted", "refused")}

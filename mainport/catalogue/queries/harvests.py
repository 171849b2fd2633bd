# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Which sources there are, how their harvests go, what is wrong with their records; for who manages the catalogue."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from mainport.catalogue.models import Harvest, RawRecord, Repository
from mainport.catalogue.rules.walking import Place
from mainport.core.rules.languages import Text
from mainport.core.rules.permissions import Actor, Permission, require

#: Bytes of a raw record that a page shows.
SHOWN = 200_000
#: A running harvest that is silent for so long has been killed; as actions.harvesting has it.
SILENT = timedelta(minutes=15)


@dataclass(frozen=True)
class RepositoryState:
    """A source and how its last harvest went: never, running, silent, complete, stopped or failed."""

    key: str
    format: str
    title: Text
    url: str
    settings: Mapping[str, Any]
    organisation: str
    owner: str
    preference: int
    every: int | None
    next_at: datetime | None
    active: bool
    until: str
    demo: bool
    records: int = 0
    faulty: int = 0
    harvest: Harvest | None = None
    place: Place = field(default_factory=Place)

    @property
    def state(self) -> str:
        if self.harvest is None:
            return "never"
        if self.harvest.state == Harvest.State.RUNNING and self.harvest.alive_at < timezone.now() - SILENT:
            return "silent"
        return str(self.harvest.state)

    @property
    def is_running(self) -> bool:
        return self.state == "running"

    @property
    def can_go_on(self) -> bool:
        """Whether the last harvest was broken off: the next one goes on with it."""
        return self.state in ("stopped", "failed", "silent")


def repositories(*, by: Actor, key: str = "") -> list[RepositoryState]:
    """The sources, each with its last harvest, in a handful of queries. Raises NotAllowed."""
    require(by, Permission.MANAGE_CATALOGUE)
    last = Harvest.objects.filter(repository=OuterRef("pk")).order_by("-started_at", "-id")
    found = Repository.objects.select_related("organisation", "owner").annotate(last=Subquery(last.values("pk")[:1]))
    if key:
        found = found.filter(key=key)
    sources = list(found)
    harvests = Harvest.objects.in_bulk([pk for one in sources if (pk := getattr(one, "last", None))])
    counts: dict[int, Mapping[str, Any]] = {
        row["repository"]: row
        for row in RawRecord.objects.filter(repository__in=sources, deleted=False)
        .order_by()
        .values("repository")
        .annotate(all=Count("pk"), faulty=Count("pk", filter=~Q(faults=[])))
    }
    return [_state(one, harvests.get(getattr(one, "last", None) or 0), counts.get(one.pk, {})) for one in sources]


def _state(one: Repository, harvest: Harvest | None, counts: Mapping[str, Any]) -> RepositoryState:
    return RepositoryState(
        key=one.key,
        format=one.format,
        title=one.title,
        url=one.url,
        settings=one.settings,
        organisation=one.organisation.name if one.organisation else "",
        owner=one.owner.email if one.owner else "",
        preference=one.preference,
        every=one.every,
        next_at=one.next_at,
        active=one.active,
        until=one.until,
        demo=one.demo,
        records=counts.get("all", 0),
        faulty=counts.get("faulty", 0),
        harvest=harvest,
        place=Place.of(harvest.position) if harvest else Place(),
    )


def find(*, by: Actor, key: str) -> RepositoryState | None:
    """The source under this key."""
    return next(iter(repositories(by=by, key=key)), None)


def harvests(*, by: Actor, key: str) -> QuerySet[Harvest]:
    """The harvests of a source, the last one first."""
    require(by, Permission.MANAGE_CATALOGUE)
    return Harvest.objects.filter(repository__key=key)


def raw_records(*, by: Actor, key: str, only_faulty: bool = False, words: str = "") -> QuerySet[RawRecord]:
    """The records of a source as they came, without their bodies."""
    require(by, Permission.MANAGE_CATALOGUE)
    found = RawRecord.objects.filter(repository__key=key).select_related("record", "repository").defer("body")
    if only_faulty:
        found = found.exclude(faults=[])
    if words:
        found = found.filter(Q(identifier__icontains=words) | Q(record__key=words))
    return found.order_by("pk")


def raw_record(*, by: Actor, key: str, number: int) -> RawRecord | None:
    """One record as it came."""
    require(by, Permission.MANAGE_CATALOGUE)
    return RawRecord.objects.filter(repository__key=key, pk=number).select_related("record", "repository").first()


def body(raw: RawRecord) -> str:
    """What the source sent, as far as a page shows it; bytes that are no words are marked."""
    unpacking = zlib.decompressobj()
    return unpacking.decompress(bytes(raw.body), SHOWN).decode("utf-8", "replace")


def as_data(one: RepositoryState) -> dict[str, Any]:
    """A source for a program."""
    last = one.harvest
    return {
        "repository": one.key,
        "format": one.format,
        "title": one.title,
        "url": one.url,
        "settings": one.settings,
        "organisation": one.organisation,
        "preference": one.preference,
        "every": one.every,
        "next_at": one.next_at,
        "active": one.active,
        "until": one.until,
        "records": one.records,
        "faulty": one.faulty,
        "state": one.state,
        "demo": one.demo,
        "harvest": None
        if last is None
        else {
            "started_at": last.started_at,
            "ended_at": last.ended_at,
            "whole": last.whole,
            "since": last.since,
            **{name: getattr(last, name) for name in ("requests", "new", "changed", "same", "deleted", "refused")},
            "problem": last.problem,
            "seen": one.place.records,
            "size": one.place.size,
        },
    }

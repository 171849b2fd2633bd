# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Reads of the versions: what changed since a version, and between two moments."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from mainport.agenda.models import Element, Version
from mainport.agenda.queries.elements import elements
from mainport.agenda.rules import elements as rules
from mainport.agenda.rules.difference import Change, compare
from mainport.agenda.rules.elements import Kind


@dataclass(frozen=True)
class Origin:
    """What a cache of the agenda is made from.

    `first` tells one database from another: the oldest version, which never changes.
    """

    alliance: str
    languages: tuple[str, ...]
    first: str
    newest: int
    newest_at: str


@dataclass(frozen=True)
class Changes:
    """Each element that changed, as it is now, or None where it was removed; and the newest version read."""

    elements: dict[str, rules.Element | None]
    newest: int
    newest_at: str


def origin() -> Origin | None:
    """None where there is no agenda. Three queries."""
    alliance = elements(Kind.ALLIANCE).first()
    first = Version.objects.order_by("id").values_list("id", "uid", "at").first()
    newest = Version.objects.order_by("-id").values_list("id", "at").first()
    if alliance is None or first is None or newest is None:
        return None
    return Origin(
        alliance=alliance.uid,
        languages=tuple(alliance.attributes["languages"]),
        first=f"{first[0]} {first[1]} {first[2].isoformat()}",
        newest=newest[0],
        newest_at=newest[1].isoformat(),
    )


def is_version(version: int, at: str) -> bool:
    """Whether the table holds this version: not so after an older backup was put back."""
    found = Version.objects.filter(pk=version).values_list("at", flat=True).first()
    return found is not None and found.isoformat() == at


def newest_version() -> int:
    """The number of the newest version of all; 0 where there is none."""
    return Version.objects.order_by("-id").values_list("id", flat=True).first() or 0


def changed_since(version: int) -> Changes:
    """What changed after this version; since 0 the whole agenda."""
    newest = Version.objects.order_by("-id").values_list("id", "at").first()
    rows = Version.objects.filter(id__gt=version) if version else Version.objects.filter(until__isnull=True)
    found: dict[str, rules.Element | None] = {}
    for uid, data in rows.order_by("id").values_list("uid", "snapshot"):
        found[uid] = rules.Element.from_json(data) if data else None
    return Changes(found, newest[0] if newest else 0, newest[1].isoformat() if newest else "")


def as_of(version: int, uids: Collection[str]) -> dict[str, rules.Element]:
    """These elements as they were when this was the newest version; those that were there then."""
    found: dict[str, rules.Element] = {}
    rows = Version.objects.filter(uid__in=uids, id__lte=version).order_by("id")
    for uid, data in rows.values_list("uid", "snapshot"):
        found.pop(uid, None)
        if data:
            found[uid] = rules.Element.from_json(data)
    return found


def versions_since(version: int, uids: Collection[str], parents: Collection[str] = ()) -> QuerySet[Version]:
    """Versions after this one of these elements, and of milestones under these parents."""
    scope = Q(uid__in=uids) | Q(uid__startswith=f"{Kind.MILESTONE}:", snapshot__parent__in=list(parents))
    return Version.objects.filter(scope, id__gt=version).order_by("id")


def changes_between(first: datetime, second: datetime) -> list[Change]:
    """What differs between these two moments, the element that stands highest in the agenda first. Three queries."""
    touched = Version.objects.filter(at__gt=first, at__lte=second).values("uid")
    states = [
        {
            uid: rules.Element.from_json(data)
            for uid, data in Version.objects.filter(uid__in=touched, at__lte=moment, snapshot__isnull=False)
            .exclude(until__lte=moment)
            .values_list("uid", "snapshot")
        }
        for moment in (first, second)
    ]
    changes = list(compare(*states))
    places = named([change.uid for change in changes])
    return sorted(changes, key=lambda change: places[change.uid].tree_key if change.uid in places else "~")


def named(uids: Collection[str]) -> dict[str, Element]:
    """Elements by uid, also those that were removed."""
    wanted = set(uids)
    keys = {uid.partition(":")[2] for uid in wanted}
    # A long list in SQL has a limit, and beyond it the whole table is as quick.
    rows = Element.objects.filter(key__in=keys) if len(keys) <= 500 else Element.objects.all()
    return {row.uid: row for row in rows if row.uid in wanted}

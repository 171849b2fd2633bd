# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Reads of the versions: what changed since a version, and between two moments."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet, Subquery

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


def origin(alliance: Element | None = None) -> Origin | None:
    """None where there is no agenda. One query, and one for the alliance where the caller hasn't read it."""
    alliance = alliance or elements(Kind.ALLIANCE).first()
    ends = (Version.objects.order_by(end).values("id")[:1] for end in ("id", "-id"))
    first, newest = (Q(pk=Subquery(end)) for end in ends)
    found = list(Version.objects.filter(first | newest).order_by("id").values_list("id", "uid", "at"))
    if alliance is None or not found:
        return None
    return Origin(
        alliance=alliance.uid,
        languages=tuple(alliance.attributes["languages"]),
        first=" ".join(map(str, found[0])),
        newest=found[-1][0],
        newest_at=found[-1][2].isoformat(),
    )


def newest_version() -> int:
    """The number of the newest version of all; 0 where there is none."""
    return Version.objects.order_by("-id").values_list("id", flat=True).first() or 0


def changed_since(version: int, at: str) -> Changes | None:
    """What changed after this version, of this moment. None where the table doesn't hold it, so that
    nothing can be said: an older backup was put back. One query.
    """
    rows = Version.objects.filter(id__gte=version).order_by("id").values_list("id", "at", "uid", "snapshot")
    found = list(rows)
    if not found or (found[0][0], found[0][1].isoformat()) != (version, at):
        return None
    return _changes(found[1:] or found)


def everything() -> Changes:
    """All that stands in the agenda, as `changed_since` tells it. One query."""
    rows = Version.objects.filter(until__isnull=True).order_by("id").values_list("id", "at", "uid", "snapshot")
    return _changes(list(rows))


def _changes(rows: list[tuple[int, datetime, str, dict[str, Any] | None]]) -> Changes:
    found = {uid: rules.Element.from_json(data) if data else None for _id, _at, uid, data in rows}
    newest, at = (rows[-1][0], rows[-1][1].isoformat()) if rows else (0, "")
    return Changes(found, newest, at)


def as_of(version: int, uids: Collection[str]) -> dict[str, rules.Element]:
    """These elements as they were when this was the newest version; those that were there then."""
    found: dict[str, rules.Element] = {}
    rows = Version.objects.filter(uid__in=uids, id__lte=version).order_by("id")
    data: Any
    for uid, data in rows.values_list("uid", "snapshot"):
        found.pop(uid, None)
        if data:
            found[uid] = rules.Element.from_json(data)
    return found


def last_known(uid: str) -> rules.Element | None:
    """An element as it is, or as it last was; None where there never was one."""
    found = Version.objects.filter(uid=uid, snapshot__isnull=False).order_by("-id").values_list("snapshot", flat=True)
    data = found.first()
    return rules.Element.from_json(data) if data else None


def versions_since(version: int, uids: Collection[str], parents: Collection[str] = ()) -> QuerySet[Version]:
    """Versions after this one of these elements, and of milestones under these parents."""
    scope = Q(uid__in=uids) | Q(uid__startswith=f"{Kind.MILESTONE}:", snapshot__parent__in=list(parents))
    return Version.objects.filter(scope, id__gt=version).order_by("id")


def changes_between(first: datetime, second: datetime) -> list[Change]:
    """What differs between these two moments, the element that stands highest in the agenda first. Three queries."""
    touched = Version.objects.filter(at__gt=first, at__lte=second).values("uid")
    states = [
        {
            uid: rules.Element.from_json(data or {})
            for uid, data in Version.objects.filter(uid__in=touched, at__lte=moment, snapshot__isnull=False)
            .exclude(until__lte=moment)
            .values_list("uid", "snapshot")
            if data
        }
        for moment in (first, second)
    ]
    changes = list(compare(*states))
    places = named([change.uid for change in changes])
    return sorted(changes, key=lambda change: places[change.uid].tree_key if change.uid in places else "~")


def began() -> datetime | None:
    """When the first agenda was loaded."""
    return Version.objects.order_by("id").values_list("at", flat=True).first()


def existed(moment: datetime) -> bool:
    """Whether there was an agenda at this moment."""
    first = began()
    return first is not None and first <= moment


def every_uid() -> list[str]:
    """Of all that is or once was in the agenda. One query."""
    return [f"{kind}:{key}" for kind, key in Element.objects.order_by().values_list("kind", "key")]


def named(uids: Collection[str]) -> dict[str, Element]:
    """Elements by uid with what they hang on, also those that were removed. One query."""
    wanted = set(uids)
    keys = {uid.partition(":")[2] for uid in wanted}
    # A long list in SQL has a limit, and beyond it the whole table is as quick.
    rows = Element.objects.select_related("parent")
    rows = rows.filter(key__in=keys) if len(keys) <= 500 else rows
    return {row.uid: row for row in rows if row.uid in wanted}

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The records that harvesters are told of: all that is public, and all that ever was, which is told as deleted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import connection
from django.db.models import Min, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from mainport.api.catalogue.oai.tokens import Place
from mainport.catalogue.models import Record
from mainport.catalogue.rules.contents import Json


class Row(NamedTuple):
    """What the database says of a record. `content` is left out where only headers are asked for."""

    id: int
    key: str
    kind: str
    type: str
    state: str
    merged_into: int | None
    changed_at: datetime
    published_at: datetime
    organisation: str | None
    sector: str
    task: str
    access: str
    demo: bool
    content: Json | None = None

    @property
    def deleted(self) -> bool:
        """Withdrawn, taken back to be changed, or found to be another record: its address sends on to that one."""
        return self.state != Record.State.PUBLISHED or self.merged_into is not None

    @property
    def identifier(self) -> str:
        return f"oai:{settings.OAI_DOMAIN}:{self.key}"


_COLUMNS = (
    *("id", "key", "kind", "type", "state", "merged_into_id", "changed_at", "published_at", "organisation__key"),
    *("sector", "task", "access", "demo"),
)


def harvested() -> QuerySet[Record]:
    """All that is or was public; that never changes back, so that a deletion is told for ever.

    Sets are told apart by in_kind, in_type …: on the columns themselves a database may find half of all records by an
    index, and sort those for each part of a list, where it should walk along the changes.
    """
    return Record.objects.filter(published_at__isnull=False).alias(
        **{f"in_{column}": Coalesce(column, Value("")) for column in ("kind", "type", "access", "sector", "task")},
        in_organisation=Coalesce("organisation__key", Value("")),
    )


def chosen(kinds: frozenset[str], inside: Q, since: datetime | None, before: datetime | None) -> QuerySet[Record]:
    """The records of these kinds in a set, of which the datestamp lies in a period, by datestamp."""
    found = harvested().filter(inside).order_by("changed_at", "id")
    if kinds != frozenset(Record.Kind.values):
        found = found.filter(Q(in_kind__in=sorted(kinds)))
    if since:
        found = found.filter(changed_at__gte=since)
    return found.filter(changed_at__lt=before) if before else found


def after(found: QuerySet[Record], place: Place) -> QuerySet[Record]:
    """What follows the last record that was given."""
    return found.filter(changed_at__gte=place.changed_at).filter(
        Q(changed_at__gt=place.changed_at) | Q(id__gt=place.id)
    )


def rows(found: QuerySet[Record], limit: int, *, with_content: bool) -> Iterator[Row]:
    """The first of these."""
    columns = (*_COLUMNS, "content") if with_content else _COLUMNS
    return (Row(*row) for row in found.values_list(*columns)[:limit])


def by_identifier(identifier: str) -> Row | None:
    """The record of this identifier, if it is one of ours."""
    beginning = f"oai:{settings.OAI_DOMAIN}:"
    key = identifier.removeprefix(beginning)
    if not identifier.startswith(beginning) or len(key) > 80 or "\0" in key:
        return None
    return next(rows(harvested().filter(key=key).order_by(), 1, with_content=True), None)


def earliest() -> datetime:
    """A moment before which no record changed."""
    return harvested().aggregate(at=Min("changed_at"))["at"] or timezone.now()


#: How long a transaction of SQLite, which doesn't tell of those that are under way, may take.
_PATIENCE = timedelta(seconds=5)


def as_of() -> datetime:
    """Up to when the catalogue is known: what changed before is there.

    A harvester asks next time from the moment at which we say that we answered. A transaction that is under way now
    will show its records later, with a datestamp of before: so we say when the oldest of those began. Reading ones
    don't count once they have taken a minute, or a backup would hold the clock for as long as it takes.
    """
    now = timezone.now()
    if connection.vendor != "postgresql":
        return now - _PATIENCE
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(xact_start) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid()"
            " AND (backend_xid IS NOT NULL OR xact_start > clock_timestamp() - interval '1 minute')"
        )
        (oldest,) = cursor.fetchone()
    return min(now, oldest) if oldest else now

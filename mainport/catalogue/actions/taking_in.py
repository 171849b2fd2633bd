# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Storing one part of a harvest: what the source gave, what became of it, and where the harvest is now, as one."""

from __future__ import annotations

import hashlib
import logging
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from mainport.catalogue.actions import merging, records
from mainport.catalogue.actions.bulk import insert_many, update_many
from mainport.catalogue.actions.records import Item, Outcome
from mainport.catalogue.feeds.walks import Found, Part
from mainport.catalogue.models import Harvest, RawRecord, Record, Repository
from mainport.catalogue.rules.contents import Value
from mainport.catalogue.rules.faults import Fault, Refused
from mainport.catalogue.rules.mending import mend
from mainport.catalogue.rules.walking import Place

logger = logging.getLogger(__name__)

#: Faults that are kept of one record, and signs of each.
MOST_FAULTS = 50
MOST_WORDS = 300


class Interrupted(Exception):
    """The harvest was stopped, or another process has taken it up."""


@dataclass
class Tally:
    """What became of the records of a part. `fresh` is how many this harvest hadn't seen before."""

    new: int = 0
    changed: int = 0
    same: int = 0
    deleted: int = 0
    refused: int = 0
    fresh: int = 0


@dataclass
class _Sorted:
    """The raw records of a part by what has to be done with them."""

    made: list[RawRecord] = field(default_factory=list)
    given: list[RawRecord] = field(default_factory=list)  # Of an older row, with another body.
    seen: list[RawRecord] = field(default_factory=list)  # Of an older row, and the same.
    restamped: list[RawRecord] = field(default_factory=list)
    reread: list[RawRecord] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)  # Records that others may have to be joined with anew.
    gone: list[RawRecord] = field(default_factory=list)
    returned: list[RawRecord] = field(default_factory=list)  # That were gone before.
    values: list[tuple[RawRecord, Value]] = field(default_factory=list)


def held(harvest: Harvest, owner: str) -> Harvest:
    """The harvest, held until the transaction ends. Raises Interrupted where it is no longer this process's."""
    found = Harvest.objects.select_for_update().get(pk=harvest.pk)
    if found.state != Harvest.State.RUNNING or found.position.get("owner", {}).get("token") != owner:
        raise Interrupted
    return found


@transaction.atomic
def take_in(*, harvest: Harvest, owner: str, repository: Repository, part: Part, requests: int, most: int) -> Harvest:
    """Store a part and move the harvest on; raises Interrupted, and Refused for a list that goes round."""
    harvest = held(harvest, owner)
    now = timezone.now()
    tally = Tally()
    found = {one.identifier: one for one in [*map(_short, part.found), *map(_nameless, part.faults)]}
    _store(harvest, repository, found, tally, now)
    place = Place.of(harvest.position).after(
        tally.fresh,
        part.position,
        size=part.size,
        latest=max((one.datestamp for one in found.values()), default=""),
        most=most,
    )
    notes = [*harvest.position.get("notes", []), *map(str, part.notes)][:MOST_FAULTS]
    harvest.position = {**harvest.position, **place.as_json(), **({"notes": notes} if notes else {})}
    if part.until and not harvest.until:
        harvest.until = part.until
    for name in ("new", "changed", "same", "deleted", "refused"):
        setattr(harvest, name, getattr(harvest, name) + getattr(tally, name))
    harvest.requests += requests
    harvest.alive_at = now
    harvest.save(
        update_fields=["position", "until", "new", "changed", "same", "deleted", "refused", "requests", "alive_at"]
    )
    return harvest


def _store(harvest: Harvest, repository: Repository, found: dict[str, Found], tally: Tally, now: datetime) -> None:
    known = {
        raw.identifier: raw
        for raw in RawRecord.objects.filter(repository=repository, identifier__in=list(found)).defer("body")
    }
    work = _Sorted()
    for identifier, one in found.items():
        _sort(harvest, repository, one, known.get(identifier), work, tally, now)
    _put(harvest, repository, work, tally)
    insert_many(work.made)
    columns = ["datestamp", "sets", "harvest", "fetched_at"]
    update_many(work.restamped, columns)
    update_many(work.reread, [*columns, "faults", "record"])
    given = ["deleted", "body", "media_type", "sha256", "faults", "record"]
    update_many([*work.given, *work.gone], [*columns, *given])
    RawRecord.objects.filter(pk__in=[raw.pk for raw in work.seen]).update(harvest=harvest, fetched_at=now)
    gone = [raw.record_id for raw in work.gone if raw.record_id]
    withdraw_unspoken(gone, now)
    merging.rejoin([*gone, *work.changed], now)


def _sort(
    harvest: Harvest,
    repository: Repository,
    one: Found,
    raw: RawRecord | None,
    work: _Sorted,
    tally: Tally,
    now: datetime,
) -> None:
    sha256 = hashlib.sha256(one.body).hexdigest()
    was_seen = raw is not None and raw.harvest_id == harvest.pk
    tally.fresh += not was_seen
    is_same = raw is not None and raw.sha256 == sha256 and raw.deleted == one.deleted
    if raw is not None and is_same and (was_seen or not harvest.whole or one.deleted):
        # The same words are read once; a harvest of all there is reads them anew, for readers learn as well.
        tally.same += not was_seen
        if raw.datestamp == one.datestamp and raw.sets == list(one.sets):
            work.seen.append(raw)
            return
        _stamp(raw, one, harvest, now)
        work.restamped.append(raw)
        return
    if raw is None:
        raw = RawRecord(repository=repository, identifier=one.identifier)
        work.made.append(raw)
    elif one.deleted:
        work.gone.append(raw)
        tally.deleted += 1
    elif is_same:
        work.reread.append(raw)
    else:
        work.given.append(raw)
        if raw.deleted:
            work.returned.append(raw)
    _stamp(raw, one, harvest, now)
    if not is_same:
        raw.deleted, raw.sha256, raw.media_type = one.deleted, sha256, one.media_type
        raw.body = zlib.compress(one.body, 4)
    raw.faults = []
    if one.deleted:
        tally.same += raw.pk is None
    else:
        _read(one, raw, work, tally)


def _stamp(raw: RawRecord, one: Found, harvest: Harvest, now: datetime) -> None:
    raw.harvest, raw.fetched_at = harvest, now
    raw.datestamp, raw.sets = one.datestamp[:30], list(one.sets)


def _read(one: Found, raw: RawRecord, work: _Sorted, tally: Tally) -> None:
    """What the record says, beside its faults; one that can't be read keeps what it said before."""
    faults: list[Fault] = []
    try:
        if one.reading is None:
            raise Refused([Fault("", "", "a record")])
        value, faults = one.reading()
        value, wrong = mend(value)
        faults = [*faults, *wrong]
        work.values.append((raw, value))
    except Refused as error:
        faults = [*faults, *error.faults]
        tally.refused += 1
    except Exception as error:
        # Whatever a reader meets in one record, the others of the source can still come.
        logger.exception("Record %s of %s can't be read", raw.identifier, raw.repository.key)
        faults = [*faults, Fault("", f"{type(error).__name__}: {error}", "a record that can be read")]
        tally.refused += 1
    raw.faults = [
        {"where": fault.field, "found": fault.found[:MOST_WORDS], "expected": fault.expected[:MOST_WORDS]}
        for fault in faults[:MOST_FAULTS]
    ]


def _put(harvest: Harvest, repository: Repository, work: _Sorted, tally: Tally) -> None:
    """Store what could be read, each in the record that it had before or in a new one."""
    known = Record.objects.in_bulk([raw.record_id for raw, _value in work.values if raw.record_id])
    _leave_closed(work, known, tally)
    keys = {
        raw.identifier: records.new_key(value, repository.key, raw.identifier)
        for raw, value in work.values
        if not raw.record_id
    }
    taken = {one.key: one for one in Record.objects.filter(key__in=list(keys.values()))} if keys else {}
    items = []
    for raw, value in work.values:
        record = known.get(raw.record_id or 0)
        key = keys.get(raw.identifier, "")
        if record is None and (other := taken.get(key)):
            # It was harvested before, and what was kept of that is gone; or a title with the same numbers.
            record = other if other.repository_id == repository.pk else None
            key = "" if record is None else key
        # What another Mainport invented stays marked as such: it is in a set of that name there.
        items.append(Item(value, record, key, repository.demo or "demo" in raw.sets))
    stored = records.put_many(items, repository=repository, organisation=repository.organisation)
    for (raw, _value), one in zip(work.values, stored, strict=True):
        raw.record = one.record
        if raw.pk is not None:
            work.changed.append(one.record.pk)
    for one in stored:
        tally.new += one.outcome is Outcome.NEW
        tally.changed += one.outcome is Outcome.CHANGED
        tally.same += one.outcome is Outcome.SAME


def _leave_closed(work: _Sorted, known: dict[int, Record], tally: Tally) -> None:
    """What somebody here withdrew, while its source told of it all along, stays withdrawn."""
    returned = {raw.pk for raw in work.returned}
    closed = {
        raw.pk
        for raw, _value in work.values
        if raw.record_id
        and raw.pk not in returned
        and (record := known.get(raw.record_id))
        and record.state == Record.State.WITHDRAWN
    }
    tally.same += len(closed)
    work.values = [(raw, value) for raw, value in work.values if raw.pk is None or raw.pk not in closed]


def withdraw_unspoken(ids: Sequence[int], now: datetime) -> int:
    """Withdraw the records of which no source speaks any more; how many."""
    if not ids:
        return 0
    spoken = RawRecord.objects.filter(record_id__in=ids, deleted=False).values_list("record_id", flat=True)
    silent = set(ids) - set(spoken)
    found = Record.objects.filter(pk__in=silent, state=Record.State.PUBLISHED)
    return found.update(state=Record.State.WITHDRAWN, changed_at=now)


def _short(one: Found) -> Found:
    """An identifier that fits; a longer one by its beginning and its sum."""
    if len(one.identifier) <= 500:
        return one
    values: dict[str, Any] = {name: getattr(one, name) for name in one.__dataclass_fields__}
    end = hashlib.sha256(one.identifier.encode()).hexdigest()
    return Found(**(values | {"identifier": f"{one.identifier[:400]}…{end}"}))


def _nameless(fault: Fault) -> Found:
    """A record without so much as an identifier: kept by its fault, the same each time that it comes."""

    def refuse() -> tuple[Value, list[Fault]]:
        raise Refused([fault])

    name = hashlib.sha256(str(fault).encode()).hexdigest()[:16]
    return Found(f"?{name}", str(fault).encode(), "text/plain", refuse)


def by_pages(ids: Iterable[int], size: int = 500) -> Iterable[list[int]]:
    """These ids, so many at a time: a database takes only so many in one question."""
    page: list[int] = []
    for one in ids:
        page.append(one)
        if len(page) == size:
            yield page
            page = []
    if page:
        yield page

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Storing records, with the columns and rows that follow from what each says: one, or a page of a harvest."""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from mainport.catalogue.actions.bulk import insert_many, update_many
from mainport.catalogue.models import Identifier, Offering, Recommendation, Record, Relation, Repository
from mainport.catalogue.rules import contents, courses, works
from mainport.catalogue.rules.contents import Value
from mainport.catalogue.rules.courses import Course, Programme
from mainport.catalogue.rules.faults import Refused
from mainport.catalogue.rules.texts import UNKNOWN, first
from mainport.catalogue.rules.works import Identifier as Number
from mainport.catalogue.rules.works import Scheme, Work
from mainport.core.actions import record as keep_event
from mainport.core.models import Organisation, Person
from mainport.core.rules.permissions import Actor

State = Record.State


class Outcome(StrEnum):
    """What storing did."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True)
class Item:
    """A value to store: in `record`, or in a new one under `key`."""

    value: Value
    record: Record | None = None
    key: str = ""
    demo: bool = False


@dataclass(frozen=True)
class Stored:
    """Where a value was stored, and what that did."""

    record: Record
    outcome: Outcome


def new_key(value: Value, *origin: str) -> str:
    """A key with words of the title: the same for the same `origin` (repository, identifier), else new each time.

    >>> new_key(Work({"nl": "Energie in Délfzijl"}), "hanze", "oai:1")
    'energie-in-delfzijl-a0eff81c'
    """
    title = first(value.titles, "nl", "en")
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].rstrip("-")
    end = hashlib.sha256("|".join(origin).encode()).hexdigest()[:8] if origin else secrets.token_hex(4)
    return f"{words}-{end}" if words else end


def check(value: Value) -> None:
    """Raises Refused with all that is wrong with it."""
    faults = works.check(value) if isinstance(value, Work) else courses.check(value)
    if faults:
        raise Refused(faults)


@transaction.atomic
def put(
    *,
    by: Actor,
    value: Value,
    record: Record | None = None,
    key: str = "",
    organisation: Organisation | None = None,
    state: str = State.PUBLISHED,
    made_by: Person | None = None,
    demo: bool = False,
    why: str = "",
) -> Stored:
    """Store one value; raises Refused. An audit event is left where it changed something."""
    check(value)
    stored = put_many([Item(value, record, key, demo)], organisation=organisation, state=state, made_by=made_by)[0]
    if stored.outcome is not Outcome.SAME:
        verb = "add" if stored.outcome is Outcome.NEW else "edit"
        keep_event(by=by, action=f"record.{verb}", subject=f"record:{stored.record.key}", why=why)
        _rejoin(stored.record)
    return stored


def put_many(
    items: Sequence[Item],
    *,
    repository: Repository | None = None,
    organisation: Organisation | None = None,
    state: str = State.PUBLISHED,
    made_by: Person | None = None,
) -> list[Stored]:
    """Store checked values in a handful of queries, in the order of `items`; the caller keeps the audit event.

    A record that others were merged into keeps the value as its `own`; actions.merging joins them anew.
    """
    now = timezone.now()
    stored = [_store(item, state, now) for item in items]
    new = [one.record for one in stored if one.outcome is Outcome.NEW]
    for record in new:
        record.repository, record.organisation, record.made_by = repository, organisation, made_by
    Record.objects.bulk_create(new)
    update_many([one.record for one in stored if one.outcome is Outcome.CHANGED], _FILLED)
    _put_rows(
        [(one.record, item.value) for one, item in zip(stored, items, strict=True) if one.outcome is not Outcome.SAME],
        {record.pk for record in new},
    )
    return stored


def _store(item: Item, state: str, now: datetime) -> Stored:
    content = contents.written(item.value)
    record = item.record
    if record is None:
        record = Record(key=item.key or new_key(item.value), demo=item.demo, made_at=now)
        outcome = Outcome.NEW
    elif _says(record.content if record.own is None else record.own) == _says(content) and record.state == state:
        return Stored(record, Outcome.SAME)
    else:
        outcome = Outcome.CHANGED
        if record.own is not None:
            record.own = content
    record.state = state
    fill(record, item.value, content, now)
    return Stored(record, outcome)


def _says(content: contents.Json) -> contents.Json:
    """What a content says, whenever its source put another date on it or moved it to another of its sets."""
    provenance = content.get("provenance", {})
    return {**content, "provenance": {**provenance, "datestamp": "", "sets": []}}


#: The columns that `fill` and `_store` set.
_FILLED = [
    "kind", "type", "state", "titles", "language", "content", "own", "provider", "published", "access",
    "sector", "goal", "task", "changed_at", "published_at",
]  # fmt: skip


def put_joined(record: Record, value: Value, content: contents.Json, now: datetime) -> None:
    """Let a record say what several say together; actions.merging set its own words and its state."""
    fill(record, value, content, now)
    record.save(update_fields=_FILLED)
    _put_rows([(record, value)], set())


def fill(record: Record, value: Value, content: contents.Json, now: datetime) -> None:
    """Set the columns that follow from a value."""
    record.kind, record.titles, record.content = contents.kind_of(value), dict(value.titles), content
    record.provider = _provider(value)[:200]
    record.changed_at = now
    if record.state == State.PUBLISHED and record.published_at is None:
        record.published_at = now
    if isinstance(value, Work):
        record.type, record.access, record.language = value.type.value, value.access.value, value.language
        record.published = value.published.earliest if value.published else None
    else:
        record.type, record.access, record.published = "", "", None
        record.language = next(iter(value.languages), UNKNOWN)
    if isinstance(value, Work | Course):
        record.sector, record.goal, record.task = value.sector, value.goal, value.task


def _provider(value: Value) -> str:
    if isinstance(value, Work):
        # Who asked for a work isn't who made it.
        own = next((one.name for one in value.organisations if one.name and one.role != "client"), "")
        return own or next((one.name for author in value.authors for one in author.organisations if one.name), "")
    return value.provider.name if value.provider else ""


# --- The rows beside a record ---


def _put_rows(pairs: Sequence[tuple[Record, Value]], new: set[int]) -> None:
    """Exchange identifiers and relations, and keep offerings and recommendations that others point at."""
    old = [record for record, _value in pairs if record.pk not in new]
    Identifier.objects.filter(record__in=old).delete()
    Relation.objects.filter(record__in=old).delete()
    numbers = [
        Identifier(record=record, scheme=number.scheme.value, value=number.value[:500])
        for record, value in pairs
        for number in dict.fromkeys(_numbers(value))
    ]
    insert_many(numbers)
    relations = [
        Relation(record=record, kind=kind, scheme=number.scheme.value, value=number.value[:500])
        for record, value in pairs
        if isinstance(value, Work)
        for kind, number in dict.fromkeys((one.kind, one.identifier) for one in value.relations)
    ]
    _tie(relations, numbers)
    insert_many(relations)
    for record, value in pairs:
        if isinstance(value, Work):
            if value.recommendations or record.pk not in new:
                _put_recommendations(record, value)
        elif value.offerings or record.pk not in new:
            _put_offerings(record, value)


def _numbers(value: Value) -> Iterable[Number]:
    if isinstance(value, Work):
        return value.identifiers
    return (Number(Scheme.LOCAL, one) for one in (value.identifier, value.code) if one)


def _tie(relations: Sequence[Relation], numbers: Sequence[Identifier]) -> None:
    """Point relations at the records that have these numbers: new relations, and old ones that waited for a record."""
    wanted = {(one.scheme, one.value) for one in relations}
    if wanted:
        known = {
            (one.scheme, one.value): one.record_id
            for one in Identifier.objects.filter(value__in={value for _scheme, value in wanted})
        }
        if keys := {value for scheme, value in wanted if scheme == Scheme.LOCAL}:
            # Our own keys are numbers too: an author names a work of this catalogue by the end of its address.
            known |= {(Scheme.LOCAL.value, key): pk for key, pk in _own_keys(keys)}
        for relation in relations:
            relation.other_id = known.get((relation.scheme, relation.value))
    made = {(one.scheme, one.value): one.record_id for one in numbers}
    waiting = Relation.objects.filter(other__isnull=True, value__in={value for _scheme, value in made})
    late = [one for one in waiting if (one.scheme, one.value) in made]
    for relation in late:
        relation.other_id = made[relation.scheme, relation.value]
    update_many(late, ["other"])


def _own_keys(keys: set[str]) -> Iterable[tuple[str, int]]:
    return Record.objects.filter(key__in=keys).values_list("key", "pk")


def _put_recommendations(record: Record, work: Work) -> None:
    """By number: one that was adopted keeps its row, also where the work says it no longer."""
    known = {one.number: one for one in record.recommendations.all()}
    for advice in work.recommendations:
        record.recommendations.update_or_create(
            number=advice.number, defaults={"text": dict(advice.text), "task": advice.task}
        )
    gone = known.keys() - {advice.number for advice in work.recommendations}
    Recommendation.objects.filter(record=record, number__in=gone, adoptions__isnull=True).delete()


def _put_offerings(record: Record, value: Course | Programme) -> None:
    """By the source's number: one that somebody follows keeps its row as long as the source has it."""
    for offering in value.offerings:
        place = next(iter(offering.places), courses.Place())
        price = next((one.amount for one in offering.prices if one.currency == "EUR"), None)
        Offering.objects.update_or_create(
            record=record,
            identifier=offering.identifier[:400],
            defaults={
                "key": f"{record.key[:66]}-{hashlib.sha256(offering.identifier.encode()).hexdigest()[:12]}",
                "starts": offering.starts,
                "ends": offering.ends,
                "enrol_until": offering.enrol_until,
                "mode": offering.mode.value,
                "town": place.town[:100],
                "latitude": place.latitude,
                "longitude": place.longitude,
                "price": price,
                "cancelled": offering.cancelled,
                "content": contents.written(offering),
            },
        )
    kept = [offering.identifier[:400] for offering in value.offerings]
    Offering.objects.filter(record=record).exclude(identifier__in=kept).delete()


@transaction.atomic
def withdraw(*, by: Actor, record: Record, why: str) -> None:
    """Take a public record away: its address says that it is gone, and harvesters hear it."""
    record.state, record.changed_at = State.WITHDRAWN, timezone.now()
    record.save(update_fields=["state", "changed_at"])
    keep_event(by=by, action="record.withdraw", subject=f"record:{record.key}", why=why)
    _rejoin(record)


@transaction.atomic
def set_state(*, by: Actor, record: Record, state: str, why: str = "") -> None:
    """Move a record to another state, as its own room's actions decide."""
    now = timezone.now()
    old, record.state, record.changed_at = record.state, state, now
    if state == State.PUBLISHED and record.published_at is None:
        record.published_at = now
    record.save(update_fields=["state", "changed_at", "published_at"])
    keep_event(by=by, action="record.state", subject=f"record:{record.key}", why=why, old=old, new=state)
    _rejoin(record)


def _rejoin(record: Record) -> None:
    """Join anew what others that were found to be the same say together with this one."""
    from mainport.catalogue.actions.merging import rejoin  # It stores what it joins by this module.

    if record.own is not None or record.merged_into_id is not None:
        rejoin([record.pk], timezone.now())
        record.refresh_from_db()

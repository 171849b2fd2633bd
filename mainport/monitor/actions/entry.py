# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Values by hand, with four eyes: one proposes, another confirms or returns. Only then it is an observation."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify

from mainport import __version__
from mainport.core.actions import put_sources, record
from mainport.core.models import Source
from mainport.core.rules.languages import say
from mainport.core.rules.permissions import Actor, Permission, require
from mainport.monitor.actions.alerts import tell_of
from mainport.monitor.actions.storing import store
from mainport.monitor.models import Dataset, Entry, Feed, Fetch, Period
from mainport.monitor.queries.entry import Place, place_of
from mainport.monitor.queries.indicators import ENTERED
from mainport.monitor.rules import describing
from mainport.monitor.rules import entry as rules
from mainport.monitor.rules.entry import EntryRefused, No
from mainport.monitor.rules.indicators import Kind
from mainport.monitor.rules.periods import parse
from mainport.monitor.rules.tables import Code, Dimension, Lines, Measure, Role

_TITLE = {"nl": "Met de hand ingevoerd", "en": "Entered by hand"}


@dataclass(frozen=True)
class Proposal:
    """A value with where it comes from. `at` are the codes of the sides: for an indicator its area alone."""

    at: tuple[str, ...]
    period: str
    value: float | None
    source: str
    missing: int = 0
    note: str = ""
    measure: str = ""
    text: str = ""  # Instead of a value, of an indicator in words.


@transaction.atomic
def propose(*, by: Actor, place: Place, proposal: Proposal) -> Entry:
    """Let a value wait for a second person. Raises NotAllowed, EntryRefused."""
    require(by, Permission.MANAGE_FEEDS)
    proposal = replace(
        proposal, period=proposal.period.strip(), source=proposal.source.strip(), text=proposal.text.strip()
    )
    definition = place.definition
    found = rules.faults(
        period=proposal.period,
        value=proposal.value,
        missing=proposal.missing,
        source=proposal.source,
        floor=definition.floor if definition else None,
        ceiling=definition.ceiling if definition else None,
        text=proposal.text,
        in_words=place.in_words,
    )
    if found:
        raise EntryRefused(found)
    dataset, measure, coordinates = _cell(place, proposal)
    try:
        with transaction.atomic():
            entry = Entry.objects.create(
                indicator=place.indicator,
                dataset=dataset,
                measure=measure,
                coordinates=coordinates,
                period=_period(dataset, proposal.period),
                value=proposal.value,
                text=proposal.text,
                missing=proposal.missing,
                source=proposal.source,
                note=proposal.note,
                by_id=by.person_id,
                by_name=by.name,
                at=timezone.now(),
            )
    except IntegrityError as error:
        raise EntryRefused({"": No.WAITS_ALREADY}) from error
    _record(by, entry, "propose", value=entry.value, text=entry.text, missing=entry.missing, source=entry.source)
    return entry


@transaction.atomic
def confirm(*, by: Actor, entry: Entry) -> Entry:
    """Store what somebody else proposed, and tell who follows it. Raises NotAllowed, EntryRefused."""
    found = _to_decide(by, entry)
    fetch = _fetch(by, found)
    found.state, found.fetch = Entry.State.CONFIRMED, fetch
    _decide(by, found)
    stored = store(by=by, fetch=fetch, tables=[_table(found, by)], whole=False)
    tell_of(fetch)
    _record(by, found, "confirm", fetch=fetch.pk, changed=stored.changed)
    return found


@transaction.atomic
def send_back(*, by: Actor, entry: Entry, why: str) -> Entry:
    """Return what somebody else proposed, with the reason. Raises NotAllowed, EntryRefused."""
    found = _to_decide(by, entry)
    if not why.strip():
        raise EntryRefused({"why": No.NO_REASON})
    found.state, found.why = Entry.State.RETURNED, why.strip()
    _decide(by, found)
    _record(by, found, "return", why=found.why)
    return found


@transaction.atomic
def withdraw(*, by: Actor, entry: Entry) -> Entry:
    """Take back what the actor proposed. Raises NotAllowed, EntryRefused."""
    require(by, Permission.MANAGE_FEEDS)
    found = Entry.objects.select_for_update().get(pk=entry.pk)
    if found.state != Entry.State.WAITING:
        raise EntryRefused({"": No.NOT_WAITING})
    if by.person_id is None or by.person_id != found.by_id:
        raise EntryRefused({"": No.NOT_OWN_ENTRY})
    found.state = Entry.State.WITHDRAWN
    _decide(by, found)
    _record(by, found, "withdraw")
    return found


def _to_decide(by: Actor, entry: Entry) -> Entry:
    """The entry as it is now, held until the transaction ends: of two who decide at once, one does."""
    require(by, Permission.MANAGE_FEEDS)
    found = Entry.objects.select_for_update().get(pk=entry.pk)
    waits = found.state == Entry.State.WAITING
    if no := rules.refusal_of_decision(by.person_id, found.by_id, waiting=waits):
        raise EntryRefused({"": no})
    return found


def _decide(by: Actor, entry: Entry) -> None:
    entry.decided_by_id, entry.decided_by_name, entry.decided_at = by.person_id, by.name, timezone.now()
    entry.save()


def _cell(place: Place, proposal: Proposal) -> tuple[str, str, str]:
    """Dataset, measure and coordinates. Raises EntryRefused where there is no such cell."""
    if place.indicator and place.definition:
        if proposal.at[:1] not in [(area.id,) for area in place.definition.places] or len(proposal.at) != 1:
            raise EntryRefused({"side_0": No.NO_SUCH_CELL})
        return ENTERED, place.indicator.key, f"{proposal.at[0]}|{source_key(proposal.source)}"
    assert place.dataset is not None, "a place is an indicator or a dataset"
    if proposal.measure not in [measure.key for measure in place.measures]:
        raise EntryRefused({"measure": No.NO_SUCH_CELL})
    if len(proposal.at) != len(place.sides):
        raise EntryRefused({"": No.NO_SUCH_CELL})
    for number, (code, side) in enumerate(zip(proposal.at, place.sides, strict=True)):
        if code not in [known.key for known in side.codes]:
            raise EntryRefused({f"side_{number}": No.NO_SUCH_CELL})
    return place.dataset.key, proposal.measure, "|".join(proposal.at)


def _period(dataset: str, code: str) -> str:
    """The code under which this table has the period already, so that one period isn't two; else as it was given."""
    span = parse(code)
    same = Period.objects.filter(start=span.start, end=span.end, frequency=span.frequency)
    times = [d for row in Dataset.objects.filter(key=dataset) for d in row.dimensions if d["role"] == "time"]
    known = {item["key"] for time in times for item in time["codes"]}
    return next((found for found in same.values_list("code", flat=True) if found in known), code)


def source_key(source: str) -> str:
    """One key for what is one source in people's eyes: a corrected figure of it is a revision, not another's."""
    return f"hand-{slugify(source)[:70] or hashlib.sha256(source.encode()).hexdigest()[:16]}"


def _fetch(by: Actor, entry: Entry) -> Fetch:
    feed, _made = Feed.objects.get_or_create(key=ENTERED, defaults={"format": Feed.Format.HAND, "title": _TITLE})
    # Two entries store one after the other.
    feed = Feed.objects.select_for_update().get(pk=feed.pk)
    now = timezone.now()
    Feed.objects.filter(pk=feed.pk).update(good_at=now, tried_at=now)
    content = json.dumps(
        [
            *(entry.dataset, entry.measure, entry.coordinates, entry.period),
            *(entry.value, entry.text, entry.missing, entry.source),
        ]
    ).encode()
    return Fetch.objects.create(
        feed=feed,
        at=now,
        outcome=Fetch.Outcome.STORED,
        url=entry.source if _is_address(entry.source) else "",
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        code_version=__version__[:40],
        by_name=by.name[:200],
    )


def _is_address(source: str) -> bool:
    return source.startswith(("https://", "http://")) and " " not in source


def _table(entry: Entry, by: Actor) -> Lines:
    cell = (entry.value, entry.text or None, entry.missing, 0)
    lines = {(entry.measure, entry.coordinates): {entry.period: cell}}
    if entry.indicator is None:
        dataset = Dataset.objects.get(key=entry.dataset)
        return Lines(**_described(dataset, entry.period), lines=lines)
    definition = place_of(f"indicator:{entry.indicator.key}").definition
    assert definition is not None, "an indicator has its definition"
    area, source = entry.coordinates.split("|")
    address = entry.source if _is_address(entry.source) else ""
    put_sources(by=by, sources=[Source(key=source, title={"mul": entry.source}, document=entry.source, url=address)])
    name = next((say(place.title, "nl") for place in definition.places if place.id == area), area)
    return Lines(
        key=ENTERED,
        title=_TITLE["nl"],
        description="Cijfers die mensen invoerden, elk door een ander bevestigd.",
        dimensions=(
            Dimension("Gebied", "Gebied", Role.GEO, (Code(area, name),)),
            Dimension("Bron", "Bron", Role.OTHER, (Code(source, entry.source),)),
            Dimension("Perioden", "Perioden", Role.TIME, (Code(entry.period, entry.period),)),
        ),
        measures=(
            Measure(
                entry.measure,
                say(definition.title, "nl"),
                say(definition.unit, "nl"),
                definition.decimals,
                say(definition.definition, "nl"),
                kind="String" if definition.kind is Kind.QUALITATIVE else "Double",
            ),
        ),
        lines=lines,
    )


def _described(dataset: Dataset, period: str) -> dict[str, Any]:
    """What is known of the table, with the period among its codes."""
    dimensions = [
        replace(d, codes=(*d.codes, Code(period, period)))
        if d.role is Role.TIME and period not in [code.key for code in d.codes]
        else d
        for d in describing.dimensions_from_json(dataset.dimensions)
    ]
    names = ("key", "title", "description", "language", "version", "modified", "licence", "publisher", "frequency")
    return {name: getattr(dataset, name) for name in (*names, "extra")} | {
        "dimensions": tuple(dimensions),
        "measures": describing.measures_from_json(dataset.measures),
    }


def _record(by: Actor, entry: Entry, verb: str, *, why: str = "", **data: Any) -> None:
    cell = {"cell": [entry.dataset, entry.measure, entry.coordinates, entry.period]}
    record(by=by, action=f"entry.{verb}", subject=f"entry:{entry.pk}", why=why, **cell, **data)

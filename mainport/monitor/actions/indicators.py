# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Writes of indicators: their definitions, their targets, and who wants to hear of them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from mainport import __version__
from mainport.agenda import queries as agenda
from mainport.core.actions import put_sources, record
from mainport.core.models import Source
from mainport.core.rules.languages import Text, say
from mainport.core.rules.permissions import Actor, NotAllowed, Permission, require
from mainport.monitor.actions.alerts import tell_of
from mainport.monitor.actions.feeds import add_feed
from mainport.monitor.actions.storing import Stored, store
from mainport.monitor.actions.summaries import renew
from mainport.monitor.models import Feed, Fetch, Indicator, Subscription, Target
from mainport.monitor.queries.indicators import PUBLISHED
from mainport.monitor.rules.indicators import Aim, Definition, File
from mainport.monitor.rules.lines import Row, gather
from mainport.monitor.rules.periods import parse
from mainport.monitor.rules.tables import Code, Dimension, Lines, Measure, Role


class TargetRefused(ValueError):
    """There can't be such a target; the message says why."""


@dataclass(frozen=True)
class Loaded:
    """What a load changed: keys of indicators and of feeds."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    targets: tuple[str, ...]
    feeds_added: tuple[str, ...]
    #: Feeds that bring what is connected, and aren't there.
    feeds_missing: tuple[str, ...]
    stored: Stored


@transaction.atomic
def load(*, by: Actor, file: File, with_feeds: bool = False, why: str = "") -> Loaded:
    """Make or change the indicators that a file defines. Those that it doesn't name stay.

    Loading again changes only what differs; a target that somebody set later than the file's stays. Published
    figures are stored as observations. `with_feeds` adds the feeds that bring what is connected.
    Raises NotAllowed.
    """
    require(by, Permission.EDIT_AGENDA)
    put_sources(by=by, sources=[_source(source) for source in file.sources.values()])
    # Held in the order in which `renew` does, so that a visit that ends meanwhile waits instead of crossing.
    list(Indicator.objects.order_by("pk").select_for_update().values_list("pk"))
    known = {one.key: one for one in Indicator.objects.prefetch_related("measures")}
    elements = {element.uid: element for element in agenda.elements()}
    added: list[str] = []
    changed: list[str] = []
    targets: list[str] = []
    for position, definition in enumerate(file.indicators.values()):
        old = known.get(definition.id)
        one = _put(definition, position, old)
        if one:
            (changed if old else added).append(one.key)
            record(by=by, action="indicator.change" if old else "indicator.add", subject=_subject(one), why=why)
            targets += _targets(by, one, definition, why)
        # Also of one that is the same: the agenda may have been loaded since.
        measured = {elements[uid] for uid in definition.measures if uid in elements}
        if old is None or measured != set(old.measures.all()):
            (one or known[definition.id]).measures.set(measured)
    feeds_added, feeds_missing = _feeds(by, file, with_feeds=with_feeds)
    stored = _store_published(by, file)
    # All of them: a source that an indicator names may be called otherwise now.
    renew(file.indicators)
    return Loaded(
        added=tuple(added),
        changed=tuple(changed),
        targets=tuple(targets),
        feeds_added=feeds_added,
        feeds_missing=feeds_missing,
        stored=stored,
    )


def _put(definition: Definition, position: int, old: Indicator | None) -> Indicator | None:
    """The indicator with this definition; None where nothing differs."""
    data = definition.model_dump(mode="json")
    if old and old.definition == data and old.position == position:
        return None
    values = {
        "title": dict(definition.title),
        "definition": data,
        "position": position,
        "changed_at": timezone.now(),
    }
    return Indicator.objects.update_or_create(key=definition.id, defaults=values)[0]


@transaction.atomic
def set_target(
    *,
    by: Actor,
    indicator: Indicator,
    period: str,
    why: str,
    value: float | None = None,
    words: Text | None = None,
    interim: bool = False,
    source: str = "",
) -> Target:
    """Set what the indicator must be by a period. What was set before for that period ends, and stays in history.

    Raises NotAllowed, and TargetRefused for a target that says nothing, has no reason or no period.
    """
    require(by, Permission.EDIT_AGENDA)
    if not why.strip():
        raise TargetRefused("a target needs its reason: who decided it, and where")
    if value is None and not words:
        raise TargetRefused("a target is a number, or words")
    try:
        parse(period)
    except ValueError as error:
        raise TargetRefused(str(error)) from error
    target = _set_target(by, indicator, period, value, words, interim=interim, source=source, why=why)
    renew([indicator.key])
    return target


@transaction.atomic
def end_target(*, by: Actor, target: Target, why: str) -> None:
    """Say that a target no longer stands. It stays in history. Raises NotAllowed, TargetRefused."""
    require(by, Permission.EDIT_AGENDA)
    if not why.strip():
        raise TargetRefused("ending a target needs its reason")
    if Target.objects.filter(pk=target.pk, until__isnull=True).update(until=timezone.now()):
        renew([target.indicator.key])
        record(by=by, action="target.end", subject=_subject(target.indicator), why=why, period=target.period)


@transaction.atomic
def subscribe(*, by: Actor, indicator: Indicator) -> None:
    """Let the asker hear when the indicator changes; again is no harm. Raises NotAllowed for who has no account."""
    if by.person_id is None:
        raise NotAllowed("only somebody with an account can subscribe")
    defaults = {"since": timezone.now()}
    _row, made = Subscription.objects.get_or_create(indicator=indicator, person_id=by.person_id, defaults=defaults)
    if made:
        record(by=by, action="indicator.subscribe", subject=_subject(indicator))


@transaction.atomic
def unsubscribe(*, by: Actor, indicator: Indicator) -> None:
    """Let the asker no longer hear of the indicator."""
    if by.person_id and Subscription.objects.filter(indicator=indicator, person_id=by.person_id).delete()[0]:
        record(by=by, action="indicator.unsubscribe", subject=_subject(indicator))


def _subject(indicator: Indicator) -> str:
    return f"indicator:{indicator.key}"


def _source(source: Any) -> Source:
    return Source(
        key=source.id,
        title=dict(source.title),
        document=source.document,
        url=source.url or "",
        published=source.published or "",
    )


def _targets(by: Actor, one: Indicator, definition: Definition, why: str) -> list[str]:
    """Set the file's targets, but for those periods about which somebody else decided since."""
    done = []
    aims = [(aim, True) for aim in definition.interim] + ([(definition.target, False)] if definition.target else [])
    for aim, interim in aims:
        last = one.targets.filter(period=aim.period).order_by("-at", "-id").first()
        if last and (last.source != aim.source or _same(last, aim)):
            continue
        _set_target(by, one, aim.period, aim.value, aim.words, interim=interim, source=aim.source, why=why)
        done.append(f"{one.key} {aim.period}")
    return done


def _same(target: Target, aim: Aim) -> bool:
    return target.value == aim.value and (target.words or None) == (dict(aim.words) if aim.words else None)


def _set_target(
    by: Actor,
    indicator: Indicator,
    period: str,
    value: float | None,
    words: Text | None,
    *,
    interim: bool,
    source: str,
    why: str,
) -> Target:
    now = timezone.now()
    old = indicator.targets.filter(period=period, until__isnull=True).first()
    if old:
        Target.objects.filter(pk=old.pk).update(until=now)
    target = Target.objects.create(
        indicator=indicator,
        period=period,
        value=value,
        words=dict(words) if words else None,
        interim=interim,
        source=source,
        by_name=by.name,
        at=now,
    )
    new = {"value": value, "interim": interim, "source": source}
    was = {"value": old.value, "source": old.source} if old else None
    record(by=by, action="target.set", subject=_subject(indicator), why=why, period=period, old=was, new=new)
    return target


def _feeds(by: Actor, file: File, *, with_feeds: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(feeds added, feeds missing): those of tables that formulas of connected indicators read."""
    from mainport.monitor.rules.formula import tables

    read = {
        name for item in file.indicators.values() if item.connected and item.formula for name in tables(item.formula)
    }
    there = set(Feed.objects.values_list("key", flat=True))
    wanted = [feed for feed in file.feeds.values() if feed.table in read and feed.id not in there]
    if not with_feeds:
        return (), tuple(feed.id for feed in wanted)
    for feed in wanted:
        add_feed(
            by=by,
            key=feed.id,
            format=feed.format,
            title=feed.title,
            url=feed.url or "",
            settings={"table": feed.table, **({"filter": feed.filter} if feed.filter else {})},
            licence=feed.licence or "",
            every=feed.every,
        )
    return tuple(feed.id for feed in wanted), ()


def _store_published(by: Actor, file: File) -> Stored:
    """Store the published figures, where they differ from those of the last time."""
    table = _published(file)
    told = [
        (key, sorted((period, *cell) for period, cell in line.items())) for key, line in sorted(table.lines.items())
    ]
    content = json.dumps([told, [measure.title for measure in table.measures]], ensure_ascii=False).encode()
    sha256 = hashlib.sha256(content).hexdigest()
    title = {"nl": "Gepubliceerde cijfers", "en": "Published figures"}
    now = timezone.now()
    feed, _made = Feed.objects.get_or_create(key=PUBLISHED, defaults={"format": Feed.Format.HAND, "title": title})
    last = feed.fetches.filter(outcome=Fetch.Outcome.STORED).first()
    if last and last.sha256 == sha256:
        return Stored(observations=sum(map(len, table.lines.values())), series=len(table.lines))
    fetch = Fetch.objects.create(
        feed=feed,
        at=now,
        outcome=Fetch.Outcome.STORED,
        sha256=sha256,
        size=len(content),
        code_version=__version__,
        by_name=by.name,
    )
    Feed.objects.filter(pk=feed.pk).update(good_at=now, tried_at=now)
    stored = store(by=by, fetch=fetch, tables=[table])
    tell_of(fetch)
    return stored


def _published(file: File) -> Lines:
    """The published figures as a table: a measure for each indicator, at each source."""
    items = [item for item in file.indicators.values() if item.published]
    rows: list[Row] = [
        (item.id, figure.source, figure.period, (figure.value, say(figure.words, "nl") if figure.words else None, 0, 0))
        for item in items
        for figure in item.published
    ]
    lines, contradictions = gather(rows)
    sources = dict.fromkeys(source for _measure, source, _period, _cell in rows)
    periods = sorted({period for _measure, _source, period, _cell in rows})
    return Lines(
        key=PUBLISHED,
        title="Gepubliceerde cijfers",
        description="Cijfers zoals bronnen ze publiceerden. Waar bronnen verschillen, staan ze er beide.",
        dimensions=(
            Dimension(
                "Bron",
                "Bron",
                Role.OTHER,
                tuple(Code(key, say(file.sources[key].title, "nl"), file.sources[key].document) for key in sources),
            ),
            Dimension("Perioden", "Perioden", Role.TIME, tuple(Code(period, period) for period in periods)),
        ),
        measures=tuple(
            Measure(
                item.id,
                say(item.title, "nl"),
                say(item.unit, "nl"),
                item.decimals,
                say(item.definition, "nl"),
                kind="String" if all(figure.value is None for figure in item.published) else "Double",
            )
            for item in items
        ),
        lines=lines,
        contradictions=contradictions,
    )

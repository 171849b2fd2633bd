# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Loads a whole agenda, and stores what changes of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from mainport.agenda import queries
from mainport.agenda.actions.refusals import require
from mainport.agenda.models import Element, Link, Version
from mainport.agenda.rules import elements as rules
from mainport.agenda.rules.checks import Trouble, check
from mainport.agenda.rules.difference import Change, Sort, compare, overlay
from mainport.agenda.rules.elements import Agenda, Kind
from mainport.catalogue.actions.terms import put_terms
from mainport.core.actions import put_organisations, put_sources, record
from mainport.core.models import Source
from mainport.core.rules.dates import last_day
from mainport.core.rules.languages import say
from mainport.core.rules.permissions import Actor, Permission

_KIND_ORDER = {kind: index for index, kind in enumerate(Kind)}


class OtherAlliance(Exception):
    """The file speaks of another alliance than the one that this installation serves."""


class Refused(Exception):
    """The change would break what must hold between elements."""

    def __init__(self, troubles: list[Trouble]) -> None:
        self.troubles = troubles
        super().__init__(
            "; ".join(
                f"{t.uid} {'.'.join(map(str, t.field))}: found {t.found}, expected {t.expected}" for t in troubles
            )
        )


def difference(agenda: Agenda) -> list[Change]:
    """What loading this agenda would change.

    Raises OtherAlliance where the installation already serves another one, and Refused where what
    the file doesn't speak of, and so stays, would no longer fit to what it changes.
    """
    old = queries.agenda()
    if old and old.alliance.uid != agenda.alliance.uid:
        raise OtherAlliance(
            f"this installation serves {old.alliance.key}; the file is of {agenda.alliance.key}. "
            "Use another MAINPORT_DATA_DIR or DATABASE_URL for it."
        )
    before = old.elements if old else {}
    after = overlay(before, agenda)
    sources = {**(old.sources if old else {}), **agenda.sources}
    if len(after) > len(agenda.elements) and (troubles := list(check(Agenda(elements=after, sources=sources)))):
        raise Refused(troubles)
    return list(compare(before, after))


@transaction.atomic
def load(*, by: Actor, agenda: Agenda, why: str = "") -> list[Change]:
    """Make the stored agenda what this one says; only what differs is written. The changes made."""
    require(by, Permission.EDIT_AGENDA)
    hold()
    put_sources(
        by=by,
        sources=[
            Source(key=s.key, title=dict(s.title), document=s.document, url=s.url, published=s.published)
            for s in agenda.sources.values()
        ],
    )
    changes = difference(agenda)
    if changes:
        store(by=by, changes=changes, why=why)
        record(
            by=by,
            action="agenda.load",
            subject=agenda.alliance.uid,
            why=why,
            **{sort.value: sum(change.sort is sort for change in changes) for sort in Sort},
        )
    return changes


# --- Storing ---


def hold() -> None:
    """Let no other process write the agenda until this transaction ends.

    So what was checked still holds when it is written, and versions are numbered in the order in
    which they become visible, on which `search` counts. SQLite has one writer anyway.
    """
    Element.objects.select_for_update().filter(kind=Kind.ALLIANCE).first()


def store(*, by: Actor, changes: list[Change], why: str) -> None:
    """Write the changes: rows, links, versions."""
    now = timezone.now()
    rows = {row.uid: row for row in Element.objects.all()}
    sources = {source.key: source for source in Source.objects.all()}
    new = [change.new for change in changes if change.new]

    _put_rows(new, rows, sources, now)
    gone = [rows[change.uid] for change in changes if change.sort is Sort.REMOVED]
    for row in gone:
        row.removed_at = now
    Element.objects.bulk_update(gone, ["removed_at"], batch_size=500)
    _renew_tree_keys(rows)
    _put_links(new, rows, gone)
    _put_versions(changes, by, why, now)
    put_organisations(
        by=by,
        names={e.key: say(e.title, "nl") for e in new if e.kind in (Kind.PARTNER, Kind.ORGANISATION)},
    )
    put_terms({(e.kind.value, e.key): dict(e.title) for e in new if e.kind in (Kind.SECTOR, Kind.GOAL, Kind.TASK)})


def _put_rows(
    new: Iterable[rules.Element], rows: dict[str, Element], sources: Mapping[str, Source], now: datetime
) -> None:
    """Insert and update, a level at a time, since a child needs its parent's id."""
    waiting = list(new)
    coming = {element.uid for element in waiting}
    fields = ["parent", "position", "title", "summary", "source", "demo", "attributes", "due", "removed_at"]
    while waiting:
        ready = [e for e in waiting if e.parent is None or e.parent not in coming]
        waiting = [e for e in waiting if e.parent is not None and e.parent in coming]
        added: list[Element] = []
        changed: list[Element] = []
        for element in ready:
            row = rows.get(element.uid)
            (added if row is None else changed).append(row := row or Element(kind=element.kind, key=element.key))
            row.parent = rows[element.parent] if element.parent else None
            row.position = element.position
            row.title = dict(element.title)
            row.summary = dict(element.summary) if element.summary else None
            row.source = sources[element.source] if element.source else None
            row.demo = element.demo
            row.attributes = dict(element.attributes)
            row.due = _due(element)
            row.tree_key = _tree_key(row, row.parent.tree_key if row.parent else "")
            row.removed_at = None
            rows[element.uid] = row
            coming.discard(element.uid)
        Element.objects.bulk_create(added, batch_size=500)
        Element.objects.bulk_update(changed, fields, batch_size=500)


def _due(element: rules.Element) -> date | None:
    written = element.attributes.get("due") or element.attributes.get("end")
    return last_day(written) if written else None


def _tree_key(row: Element, above: str) -> str:
    return f"{above}{_KIND_ORDER[Kind(row.kind)]:02d}{row.position:05d}"


def _renew_tree_keys(rows: Mapping[str, Element]) -> None:
    """Give what lies below a moved element its new place: `models.Element.tree_key`."""
    by_id = {row.pk: row for row in rows.values()}
    keys: dict[int, str] = {}

    def key(row: Element) -> str:
        if row.pk not in keys:
            above = key(by_id[row.parent_id]) if row.parent_id else ""
            keys[row.pk] = _tree_key(row, above)
        return keys[row.pk]

    moved = [row for row in rows.values() if row.tree_key != key(row)]
    for row in moved:
        row.tree_key = keys[row.pk]
    Element.objects.bulk_update(moved, ["tree_key"], batch_size=500)


def _put_links(new: Iterable[rules.Element], rows: Mapping[str, Element], gone: Iterable[Element]) -> None:
    """Links of the changed elements, made anew; those of what is gone go."""
    new = list(new)
    touched = [rows[element.uid].pk for element in new] + [row.pk for row in gone]
    for start in range(0, len(touched), 500):
        Link.objects.filter(element__in=touched[start : start + 500]).delete()
    Link.objects.bulk_create(
        (
            Link(element=rows[element.uid], role=link.role, target=rows[link.target], position=position)
            for element in new
            for position, link in enumerate(element.links)
        ),
        batch_size=500,
    )


def _put_versions(changes: list[Change], by: Actor, why: str, now: datetime) -> None:
    """Close the versions that were open and open new ones."""
    uids = [change.uid for change in changes]
    for start in range(0, len(uids), 500):
        Version.objects.filter(uid__in=uids[start : start + 500], until__isnull=True).update(until=now)
    Version.objects.bulk_create(
        (
            Version(
                uid=change.uid,
                snapshot=change.new.to_json() if change.new else None,
                at=now,
                by_id=by.person_id,
                by_name=by.name,
                why=why,
            )
            for change in changes
        ),
        batch_size=500,
    )

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Records of different sources that are one: joined under the most preferred, taken apart again, told apart for good.

A merger is a Match that is MERGED: its `other` says what it says by way of `kept`. Those make trees; each record in
one but its root is `merged_into` the root, and the root's content is the union of what all of them say, its own words
kept in `own`. Whatever is done to a tree, the content follows from the records in it: nothing is lost on the way.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from mainport.catalogue.actions import records
from mainport.catalogue.models import Match, RawRecord, Record
from mainport.catalogue.rules import contents
from mainport.catalogue.rules.contents import Value
from mainport.catalogue.rules.courses import Course, Programme
from mainport.catalogue.rules.merging import union
from mainport.core.actions import record as keep_event
from mainport.core.rules.permissions import Actor, Permission, require

State = Record.State
Verdict = Match.Verdict


class CannotMerge(ValueError):
    """These records can't be one; the message says why."""


def rank(record: Record) -> tuple[int, int]:
    """The lower, the more preferred: what was handed in here, then by the preference of the repository, then by age."""
    return (record.repository.preference if record.repository else -1, record.pk)


@transaction.atomic
def merge(*, by: Actor, first: Record, second: Record, reason: str, certainty: float = 1.0) -> Match:
    """Join two records with all that were joined with either; the most preferred is kept.

    Raises NotAllowed, and CannotMerge for records of two kinds, that aren't public, or that somebody told apart.
    """
    require(by, Permission.MANAGE_CATALOGUE)
    one, other = (_root(pk) for pk in (first.pk, second.pk))
    asked = _match(first, second)
    if one.pk == other.pk:
        if asked is None:
            raise CannotMerge(f"{first.key} and {second.key} are one already, by way of others")
        return asked
    _check(one, other)
    kept, joined = sorted((one, other), key=rank)
    now = timezone.now()
    if asked and {asked.kept_id, asked.other_id} != {kept.pk, joined.pk}:
        asked.delete()  # Their trees are joined at the roots, which is what is undone later.
    match = _match(kept, joined) or Match()
    match.kept, match.other, match.verdict = kept, joined, Verdict.MERGED
    match.reason, match.certainty, match.by_name, match.at = reason[:30], certainty, by.name[:200], now
    match.save()
    _regroup({kept.pk, joined.pk}, now)
    keep_event(
        by=by,
        action="record.merge",
        subject=f"record:{kept.key}",
        other=joined.key,
        reason=reason,
        certainty=certainty,
    )
    return match


@transaction.atomic
def tell_apart(*, by: Actor, match: Match, why: str = "") -> None:
    """These two aren't one: taken apart where they were joined, and never joined again by themselves."""
    require(by, Permission.MANAGE_CATALOGUE)
    match = Match.objects.select_for_update().select_related("kept", "other").get(pk=match.pk)
    was_merged = match.verdict == Verdict.MERGED
    now = timezone.now()
    members = set(_tree(match.kept_id)) if was_merged else set()
    match.verdict, match.by_name, match.at = Verdict.APART, by.name[:200], now
    match.save(update_fields=["verdict", "by_name", "at"])
    if was_merged:
        _regroup(members, now)
    keep_event(
        by=by,
        action="record.apart",
        subject=f"record:{match.kept.key}",
        why=why,
        other=match.other.key,
        merged=was_merged,
    )


@transaction.atomic
def ask_again(*, by: Actor, match: Match) -> None:
    """Nobody decided yet whether these two are one."""
    require(by, Permission.MANAGE_CATALOGUE)
    match = Match.objects.select_for_update().select_related("kept", "other").get(pk=match.pk)
    if match.verdict != Verdict.APART:
        return
    match.verdict, match.by_name, match.at = Verdict.OPEN, by.name[:200], timezone.now()
    match.save(update_fields=["verdict", "by_name", "at"])
    keep_event(by=by, action="record.ask-again", subject=f"record:{match.kept.key}", other=match.other.key)


def rejoin(ids: Collection[int], now: datetime) -> None:
    """Join anew what these records say with the others of their trees, after a harvest changed some of them."""
    if not ids:
        return
    touched = Record.objects.filter(Q(own__isnull=False) | Q(merged_into__isnull=False), pk__in=ids)
    roots = {merged_into or pk for pk, merged_into in touched.values_list("pk", "merged_into")}
    for root in sorted(roots):
        _join(root, now, moved=False)


# --- Trees ---


def _match(one: Record, other: Record) -> Match | None:
    both = Q(kept=one, other=other) | Q(kept=other, other=one)
    return Match.objects.select_for_update().filter(both).first()


def _root(pk: int) -> Record:
    record = Record.objects.select_for_update().get(pk=pk)
    if record.merged_into_id:
        record = Record.objects.select_for_update().get(pk=record.merged_into_id)
    return record


def _check(one: Record, other: Record) -> None:
    if one.kind != other.kind or one.demo != other.demo:
        raise CannotMerge(f"{one.key} is a {one.kind}, and {other.key} a {other.kind}: they can't be one")
    for record in (one, other):
        if record.state not in (State.PUBLISHED, State.WITHDRAWN):
            raise CannotMerge(f"{record.key} isn't public yet")
    mine, theirs = _tree(one.pk), _tree(other.pk)
    apart = Match.objects.filter(
        Q(kept__in=mine, other__in=theirs) | Q(kept__in=theirs, other__in=mine), verdict=Verdict.APART
    ).select_related("kept", "other")
    if found := apart.first():
        raise CannotMerge(f"{found.kept.key} and {found.other.key} were told apart by {found.by_name}")


def _tree(pk: int) -> list[int]:
    """The records that are joined with this one, itself among them."""
    root = Record.objects.values_list("merged_into", flat=True).get(pk=pk) or pk
    return [root, *Record.objects.filter(merged_into=root).values_list("pk", flat=True)]


def _regroup(ids: Iterable[int], now: datetime) -> None:
    """Find the trees that the matches make of these records, and join or free what is in them."""
    members = {one for pk in ids for one in _tree(pk)}
    edges = Match.objects.filter(verdict=Verdict.MERGED, kept__in=members, other__in=members)
    above = dict(edges.values_list("other", "kept"))
    found = {record.pk: record for record in Record.objects.select_for_update().filter(pk__in=members)}
    roots: set[int] = set()
    for pk in sorted(members):
        root = pk
        while root in above:
            root = above[root]
        roots.add(root)
        into = root if root != pk else None
        if found[pk].merged_into_id != into:
            Record.objects.filter(pk=pk).update(merged_into=into, changed_at=now)
    for root in sorted(roots):
        _join(root, now, moved=True)


def _join(root: int, now: datetime, *, moved: bool) -> None:
    """Let a root say what all of its tree say; one that is alone says what it said itself."""
    record = Record.objects.select_related("repository").get(pk=root)
    members = list(Record.objects.filter(merged_into=root).select_related("repository"))
    own = record.content if record.own is None else record.own
    sources = list(RawRecord.objects.filter(record=record).values_list("deleted", flat=True))
    # What somebody here withdrew stays withdrawn, whatever others still say.
    is_closed = record.state == State.WITHDRAWN and not all(sources)
    speaks = not is_closed and (not all(sources) if sources else record.state == State.PUBLISHED)
    speaking = [(one, one.content) for one in members if one.state == State.PUBLISHED and not is_closed]
    if speaks or not speaking:
        speaking.append((record, own))
    speaking.sort(key=lambda pair: rank(pair[0]))
    values = [contents.read(record.kind, content) for _one, content in speaking]
    value = _joined(values) if len(values) > 1 else values[0]
    alive = speaks or speaking[0][0] is not record
    content = contents.written(value)
    state = record.state if not members and record.own is None else State.PUBLISHED if alive else State.WITHDRAWN
    kept = own if members else None
    if record.content == content and record.own == kept and record.state == state and not moved:
        return
    record.own, record.state = kept, state
    records.put_joined(record, value, content, now)


def _joined(values: Sequence[Value]) -> Value:
    value: Value = union(values).value  # type: ignore[type-var]
    if isinstance(value, Course | Programme):
        offerings = tuple(replace(one, of=value.identifier if one.of else "") for one in value.offerings)
        return replace(value, offerings=offerings)
    return value

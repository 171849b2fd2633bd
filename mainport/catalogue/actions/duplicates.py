# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Looks for records of different sources that are one: joins those that are certain, and asks somebody of the others.

What changed since the last look is compared with all else, by keys that are kept: numbers, titles with names, pieces
of titles and of full texts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import numpy as np
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from mainport.catalogue.actions import merging
from mainport.catalogue.models import KeptFile, Match, MatchingKeys, Record
from mainport.catalogue.rules import contents
from mainport.catalogue.rules.courses import Course
from mainport.catalogue.rules.matching import PERHAPS, SURE, Entry, Pair, compare, course_pairs, groups, keys, signature
from mainport.catalogue.rules.matching.evidence import MOST
from mainport.catalogue.rules.works import Work
from mainport.core.rules.permissions import Actor, Permission, require

#: Records that are read at a time, and pairs that are compared at a time.
PAGE = 500
Numbers = np.ndarray[Any, Any]
Item = TypeVar("Item")


@dataclass
class Looked:
    """What a look found: records compared, joined, and pairs that somebody has to decide on."""

    compared: int = 0
    merged: int = 0
    asked: int = 0


Tell = Callable[[int, int], None]


def look(*, by: Actor, all_anew: bool = False, tell: Tell = lambda done, of: None) -> Looked:
    """Compare what is new or changed (or everything) with all else. May be run twice; raises NotAllowed."""
    require(by, Permission.MANAGE_CATALOGUE)
    if all_anew:
        MatchingKeys.objects.all().delete()
    _keep_keys(tell)
    fresh = set(_with_keys().filter(compared=False).values_list("pk", flat=True))
    looked = Looked(compared=len(fresh))
    pairs = [*_work_pairs(fresh), *_course_pairs(fresh)]
    if pairs:
        _decide(by, pairs, looked)
    for _done, page in _pages(sorted(fresh)):
        MatchingKeys.objects.filter(pk__in=page).update(compared=True)
    return looked


# --- Keys ---


def _comparable() -> QuerySet[Record]:
    return Record.objects.filter(
        state=Record.State.PUBLISHED, merged_into__isnull=True, kind__in=[Record.Kind.WORK, Record.Kind.COURSE]
    )


def _with_keys() -> QuerySet[MatchingKeys]:
    return MatchingKeys.objects.filter(record__state=Record.State.PUBLISHED, record__merged_into__isnull=True)


def _keep_keys(tell: Tell) -> None:
    """Make the keys of what has none, or changed since."""
    wanted = _comparable().filter(Q(matching_keys__isnull=True) | ~Q(matching_keys__at=F("changed_at")))
    ids = list(wanted.order_by("pk").values_list("pk", flat=True))
    for done, page in _pages(ids):
        found = list(Record.objects.filter(pk__in=page).only("pk", "kind", "content", "changed_at"))
        signed = _signatures([one.pk for one in found])
        rows = [
            MatchingKeys(
                record=one,
                keys=_packed(_keys(one, signed.get(one.pk, b""))),
                signature=signed.get(one.pk, b""),
                at=one.changed_at,
                compared=False,
            )
            for one in found
        ]
        MatchingKeys.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["record"],
            update_fields=["keys", "signature", "at", "compared"],
        )
        tell(done, len(ids))


def _signatures(ids: Sequence[int]) -> dict[int, bytes]:
    """The signature of the longest text of each record that has files of which we know the text."""
    longest: dict[int, str] = {}
    for pk, text in (
        KeptFile.objects.filter(record__in=ids, current=True).exclude(text="").values_list("record", "text")
    ):
        longest[pk] = max(longest.get(pk, ""), text, key=len)
    return {pk: signature(text) for pk, text in longest.items()}


def _keys(record: Record, signed: bytes) -> Iterable[str]:
    value = contents.read(record.kind, record.content)
    # Courses are compared all at once: of them there are few, and which addresses say something depends on all.
    return keys(Entry(str(record.pk), value, signed)) if isinstance(value, Work) else ()


def _packed(found: Iterable[str]) -> bytes:
    """Each key as 8 bytes of its sum; the last bit says whether it is one of a piece of a title, which many share."""
    numbers = [
        int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "little") & ~1 | key.startswith("alike:")
        for key in sorted(found)
    ]
    return bytes(np.array(numbers, dtype="<u8").tobytes())


# --- Pairs ---


def _work_pairs(fresh: set[int]) -> Iterator[Pair]:
    """The pairs of works of which at least one is new or changed."""
    known = _decided()
    candidates = [pair for pair in sorted(_candidates(fresh)) if pair not in known]
    entries: dict[int, Entry] = {}
    for _done, page in _pages(candidates):
        wanted = {pk for pair in page for pk in pair} - entries.keys()
        if len(entries) > 20 * PAGE:
            entries = {}
            wanted = {pk for pair in page for pk in pair}
        entries |= _entries(wanted)
        for one, other in page:
            if one in entries and other in entries:
                pair = compare(entries[one], entries[other])
                if pair.certainty >= PERHAPS:
                    yield pair


def _entries(ids: Iterable[int]) -> dict[int, Entry]:
    rows = Record.objects.filter(pk__in=list(ids), kind=Record.Kind.WORK).select_related("matching_keys")
    found = {}
    for record in rows.only("pk", "kind", "content", "matching_keys__signature"):
        value = contents.read(record.kind, record.content)
        assert isinstance(value, Work)
        found[record.pk] = Entry(str(record.pk), value, bytes(record.matching_keys.signature))
    return found


def _candidates(fresh: set[int]) -> set[tuple[int, int]]:
    """Records that share a key, one of them fresh."""
    owners, numbers = _all_keys()
    order = np.argsort(numbers, kind="stable")
    owners, numbers = owners[order], numbers[order]
    edges = np.flatnonzero(np.diff(numbers)) + 1
    starts = np.concatenate(([0], edges))
    ends = np.concatenate((edges, [len(numbers)]))
    is_fresh = np.isin(owners, np.fromiter(fresh, dtype="<i8", count=len(fresh)))
    freshness = np.concatenate(([0], np.cumsum(is_fresh)))
    worth = (ends - starts > 1) & (freshness[ends] > freshness[starts])
    found: set[tuple[int, int]] = set()
    for start, end in zip(starts[worth], ends[worth], strict=True):
        sharing = sorted({int(one) for one in owners[start:end]})
        if len(sharing) > MOST:
            if numbers[start] & 1:
                continue  # Pieces of titles that very many share are of a phrase such as "annual report".
            found.update((sharing[0], other) for other in sharing[1:] if other in fresh or sharing[0] in fresh)
            continue
        for place, one in enumerate(sharing):
            found.update((one, other) for other in sharing[place + 1 :] if one in fresh or other in fresh)
    return found


def _all_keys() -> tuple[Numbers, Numbers]:
    """The keys of all works side by side: whose each is, and the key."""
    owners: list[Numbers] = [np.empty(0, dtype="<i8")]
    numbers: list[Numbers] = [np.empty(0, dtype="<u8")]
    for pk, packed in _with_keys().values_list("pk", "keys").iterator(chunk_size=5000):
        found = np.frombuffer(bytes(packed), dtype="<u8")
        numbers.append(found)
        owners.append(np.full(len(found), pk, dtype="<i8"))
    return np.concatenate(owners), np.concatenate(numbers)


def _course_pairs(fresh: set[int]) -> list[Pair]:
    rows = _comparable().filter(kind=Record.Kind.COURSE)
    if fresh.isdisjoint(rows.values_list("pk", flat=True)):
        return []
    courses: dict[str, Course] = {}
    for record in rows.only("pk", "kind", "content").iterator(chunk_size=2000):
        value = contents.read(record.kind, record.content)
        assert isinstance(value, Course)
        courses[str(record.pk)] = value
    known = _decided()
    return [
        pair
        for pair in course_pairs(courses)
        if (int(pair.first) in fresh or int(pair.second) in fresh) and _of(pair) not in known
    ]


def _of(pair: Pair) -> tuple[int, int]:
    one, other = sorted((int(pair.first), int(pair.second)))
    return one, other


def _decided() -> set[tuple[int, int]]:
    """Pairs on which somebody is asked or decided already."""
    return {(min(pair), max(pair)) for pair in Match.objects.values_list("kept", "other")}


# --- What becomes of them ---


def _decide(by: Actor, pairs: Sequence[Pair], looked: Looked) -> None:
    """Join what is certain, and ask somebody of the rest."""
    ids = {pk for pair in pairs for pk in _of(pair)}
    found: dict[int, Record] = {}
    for _done, page in _pages(sorted(ids)):
        found |= {one.pk: one for one in Record.objects.filter(pk__in=page).select_related("repository")}
    certain = [pair for pair in pairs if pair.certainty >= SURE and _may_join(found, pair)]
    told = {_of(pair): pair for pair in pairs}
    apart = [(str(one), str(other)) for one, other in _apart()]
    for group in groups(certain, apart=apart):
        members = sorted((found[int(name)] for name in group), key=merging.rank)
        for other in members[1:]:
            looked.merged += _merge(by, members[0], other, told, members)
    together = _roots(ids)
    now = timezone.now()
    doubtful = [pair for pair in pairs if together[_of(pair)[0]] != together[_of(pair)[1]]]
    Match.objects.bulk_create([_question(found, pair, now) for pair in doubtful], ignore_conflicts=True)
    looked.asked += len(doubtful)


def _may_join(found: dict[int, Record], pair: Pair) -> bool:
    """Whether nobody has to be asked: two records of one source are told apart by it, so that somebody is."""
    one, other = (found[pk] for pk in _of(pair))
    return one.demo == other.demo and (one.repository_id is None or one.repository_id != other.repository_id)


def _merge(
    by: Actor,
    kept: Record,
    other: Record,
    told: dict[tuple[int, int], Pair],
    members: Sequence[Record],
) -> bool:
    """Join one of a group with its first; for the reason that ties it to any of the group, where not to the first."""
    pair = told.get((min(kept.pk, other.pk), max(kept.pk, other.pk))) or max(
        (
            found
            for member in members
            if member.pk != other.pk and (found := told.get((min(member.pk, other.pk), max(member.pk, other.pk))))
        ),
        key=lambda pair: pair.certainty,
    )
    reason = max(pair.reasons, key=lambda reason: reason.weight).kind if pair.reasons else "alike"
    try:
        merging.merge(by=by, first=kept, second=other, reason=str(reason), certainty=pair.certainty)
    except merging.CannotMerge:
        return False
    return True


def _apart() -> set[tuple[int, int]]:
    """Pairs that were told apart, and so the roots of what they are joined in."""
    found = Match.objects.filter(verdict=Match.Verdict.APART)
    rows = found.values_list("kept", "other", "kept__merged_into", "other__merged_into")
    return {(mine or kept, theirs or other) for kept, other, mine, theirs in rows}


def _roots(ids: set[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for _done, page in _pages(sorted(ids)):
        rows = Record.objects.filter(pk__in=page).values_list("pk", "merged_into")
        found |= {pk: into or pk for pk, into in rows}
    return found


def _question(found: dict[int, Record], pair: Pair, now: datetime) -> Match:
    kept, other = sorted((found[pk] for pk in _of(pair)), key=merging.rank)
    reason = max(pair.reasons, key=lambda reason: reason.weight).kind if pair.reasons else "alike"
    return Match(
        kept=kept,
        other=other,
        reason=str(reason)[:30],
        certainty=pair.certainty,
        verdict=Match.Verdict.OPEN,
        by_name="",
        at=now,
    )


def _pages(items: Sequence[Item]) -> Iterator[tuple[int, Sequence[Item]]]:
    for begin in range(0, len(items), PAGE):
        page = items[begin : begin + PAGE]
        yield begin + len(page), page

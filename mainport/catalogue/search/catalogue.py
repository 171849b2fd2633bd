# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The index of the catalogue: which engine keeps it, built from the database, and kept up with it.

The index is a cache of the records: all of it can be made again. What it has read stands in a mark: the moment of the
last change that it holds. Moments are taken before a transaction ends, so that one that took long shows up late: what
lies within OVERLAP before the mark is looked at again, and left alone where the index has it already.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.utils import timezone

from mainport.catalogue.models import Embedding, Record, Term
from mainport.catalogue.queries.records import published
from mainport.catalogue.search import kept, reading
from mainport.catalogue.search.answers import Answer, Engine, Request
from mainport.catalogue.search.documents import Document, day_number
from mainport.catalogue.search.embedding import encoders
from mainport.catalogue.search.vectors import Rows

#: Rises with every change of what a document holds, so that an older index is built anew.
FORMAT = 1
#: How much later than its moment a change may show up.
OVERLAP = timedelta(minutes=5)
#: While changes are that young, the overlap is looked at again after so long, and not at each search.
PATIENCE = timedelta(seconds=10)
#: A visitor waits for so many changes; more are left to the worker.
MOST_FOR_A_VISITOR = 200
#: Records in one commit of the index.
BATCH = 5_000

Progress = Callable[[int], None]


class Keeping(Engine, Protocol):
    """An engine that can be built whole, that takes vectors, and that remembers how far it has read."""

    def build(self, documents: Iterable[Document]) -> int: ...

    def forget_vectors(self) -> None: ...

    def put_vectors(self, rows: Rows, stamps: Mapping[int, int]) -> None: ...

    def mark(self) -> Mapping[str, Any] | None: ...

    def put_mark(self, mark: Mapping[str, Any]) -> None: ...


@dataclass(frozen=True)
class State:
    """What was done just now."""

    read: int = 0
    removed: int = 0
    built: bool = False
    behind: bool = False  # Changes wait for the worker, or another process is writing.


@dataclass(frozen=True)
class Mark:
    """Up to which moment the index has read, when it did, and which records it holds of the overlap before it.

    `held` is the last day on which all records were held against it, `vectors` the number of the last vectors that it
    took.
    """

    origin: str
    newest: int
    read_at: int
    day: int
    held: int
    vectors: int = 0
    recent: Mapping[str, int] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return {**self.__dict__, "recent": dict(self.recent)}


def engine() -> Keeping:
    """The engine of this installation (MAINPORT_SEARCH_ENGINE)."""
    if settings.SEARCH_ENGINE == "postgres":
        from mainport.catalogue.search.postgres import PostgresEngine

        return PostgresEngine()
    from mainport.catalogue.search.embedded import embedded

    return embedded(folder())


def folder() -> Path:
    return Path(settings.INDEX_DIR) / "catalogue"


def catch_up(*, most: int | None = MOST_FOR_A_VISITOR) -> State:
    """Read what changed since the last time, or build the index where there is none that fits.

    One query where nothing changed. With more than `most` changes nothing is read: the worker does so.
    """
    keeper = engine()
    mark, (origin, newest, vectors) = _read(keeper), _origin()
    if mark and mark.origin == origin and _settled(mark, newest) and mark.vectors >= vectors:
        return State()
    with _lock() as ours:
        if not ours:
            return State(behind=True)
        mark = _read(keeper)
        if mark is None or mark.origin != origin:
            if most is not None and published().count() > 20 * most:
                return State(behind=True)
            return _build(keeper, origin)
        done = _reconcile(keeper, mark) if newest < mark.newest else _read_on(keeper, mark, newest, most)
        _take_vectors(keeper, vectors, most=1)
        return done


def search(request: Request) -> Answer:
    """What the catalogue holds of this, after reading what changed; nothing where there is no index yet."""
    return search_each([request])[0]


def search_each(requests: Sequence[Request]) -> list[Answer]:
    """The same for several questions at once, for which the database is asked only once what changed."""
    catch_up()
    asked = engine()
    return [asked.search(request) for request in requests]


def suggest(beginning: str, *, limit: int = 8) -> tuple[str, ...]:
    """Words and titles that begin so."""
    return engine().suggest(beginning, limit=limit) if beginning.strip() else ()


def rebuild(progress: Progress | None = None) -> State:
    """Build the whole index anew beside the old one, which serves until the new one takes its place."""
    with _lock(wait=True):
        return _build(engine(), _origin()[0], progress)


def keep_whole(progress: Progress | None = None) -> State:
    """All that waits, whatever it takes; once a day every record is held against the index, and it is put right."""
    with _lock(wait=True):
        keeper, (origin, newest, vectors) = engine(), _origin()
        mark = _read(keeper)
        if mark is None or mark.origin != origin:
            return _build(keeper, origin, progress)
        if newest < mark.newest or mark.held < day_number(timezone.localdate()):
            done = _reconcile(keeper, mark)
        else:
            done = _read_on(keeper, mark, newest, None)
        _take_vectors(keeper, vectors)
        return done


def take_vectors() -> None:
    """Put vectors in the index that were made since the last time; an index that is not there takes them when built."""
    with _lock(wait=True):
        keeper, (origin, _newest, vectors) = engine(), _origin()
        mark = _read(keeper)
        if mark and mark.origin == origin:
            _take_vectors(keeper, vectors)


def stamp(moment: datetime) -> int:
    return reading.stamp_of(moment)


# --- Steps ---


def _build(keeper: Keeping, origin: str, progress: Progress | None = None) -> State:
    # The mark is of before the reading: what changes meanwhile is read once more.
    (_same, newest, vectors), now, today = _origin(), stamp(timezone.now()), timezone.localdate()
    before = _read(keeper)
    recent: dict[str, int] = {}
    read = keeper.build(_watched(reading.documents(today), _edge(newest), recent, progress))
    ours = before is not None and before.origin == origin
    if not ours:
        # What the old index took along belongs to records of another database.
        keeper.forget_vectors()
    taken = before.vectors if before and ours else 0
    _write(keeper, Mark(origin, newest, now, day_number(today), day_number(today), taken, recent))
    _take_vectors(keeper, vectors)
    return State(read=read, built=True)


def _watched(
    found: Iterator[Document], edge: int, recent: dict[str, int], progress: Progress | None
) -> Iterator[Document]:
    """The same documents; those of the overlap are remembered in `recent`."""
    for document in found:
        yield document
        if document.stamp >= edge:
            recent[str(document.uid)] = document.stamp
        if progress:
            progress(1)


def _read_on(keeper: Keeping, mark: Mark, newest: int, most: int | None) -> State:
    today, now = timezone.localdate(), stamp(timezone.now())
    since = _moment(_edge(mark.newest))
    changed = Record.objects.filter(changed_at__gte=since).order_by().values_list("pk", "changed_at")
    stamps = {str(pk): stamp(moment) for pk, moment in changed}
    wanted = {int(pk) for pk, one in stamps.items() if mark.recent.get(pk) != one}
    if day_number(today) > mark.day:
        wanted.update(reading.turned_by(_day(mark.day), today).values_list("pk", flat=True))
    if most is not None and len(wanted) > most:
        return State(behind=True)
    read, removed = _apply(keeper, sorted(wanted), today)
    edge = _edge(newest)
    recent = {pk: one for pk, one in stamps.items() if one >= edge}
    _write(keeper, Mark(mark.origin, newest, now, day_number(today), mark.held, mark.vectors, recent))
    return State(read, removed)


def _reconcile(keeper: Keeping, mark: Mark) -> State:
    newest, now, today = _origin()[1], stamp(timezone.now()), timezone.localdate()
    held = dict(keeper.stamps())
    rows = published().order_by().values_list("pk", "changed_at").iterator(chunk_size=10_000)
    lacking = [pk for pk, changed_at in rows if held.pop(pk, None) != stamp(changed_at)]
    read, removed = _apply(keeper, sorted([*lacking, *held]), today)
    _write(keeper, Mark(mark.origin, newest, now, day_number(today), day_number(today), mark.vectors))
    return State(read, removed)


def _take_vectors(keeper: Keeping, newest: int, *, most: int | None = None) -> None:
    """Put vectors in that came after the mark, if any did; so many portions at most."""
    mark = _read(keeper)
    if mark is None or mark.vectors >= newest:
        return
    portions = kept.after(mark.vectors, encoders())
    for number, rows, stamps in islice(portions, most):
        keeper.put_vectors(rows, stamps)
        _write(keeper, replace(mark, vectors=number))


def _apply(keeper: Keeping, uids: list[int], today: date) -> tuple[int, int]:
    """Put in what is public of these records and take out the rest; how many of each."""
    read: list[int] = []

    def public(batch: list[int]) -> Iterator[Document]:
        for document in reading.documents_of(batch, today):
            read.append(document.uid)
            yield document

    for start in range(0, len(uids), BATCH):
        batch = uids[start : start + BATCH]
        keeper.apply(public(batch), batch)
    return len(read), len(uids) - len(read)


def _settled(mark: Mark, newest: int) -> bool:
    """Whether there is nothing to look for: no newer change, and none that can still show up late."""
    now = stamp(timezone.now())
    if newest != mark.newest or day_number(timezone.localdate()) > mark.day:
        return False
    patience = int(PATIENCE.total_seconds() * 1_000_000)
    return _edge(mark.read_at) > newest or now - mark.read_at < patience


def _edge(newest: int) -> int:
    """From where changes may show up later than their moment."""
    return newest - int(OVERLAP.total_seconds() * 1_000_000)


def _origin() -> tuple[str, int, int]:
    """What the index is a cache of, by the first record of this database, the layout and the agenda's words; the last
    change and the last vectors. One query."""
    found = (
        Record.objects.order_by("pk")
        .annotate(
            last=Record.objects.order_by("-changed_at").values("changed_at")[:1],
            vectors=Embedding.objects.order_by("-pk").values("pk")[:1],
            called=Term.objects.order_by("-at").values("at")[:1],
        )
        .values_list("pk", "made_at", "last", "vectors", "called")
        .first()
    )
    first = [found[0], str(found[1]), str(found[4])] if found else []
    name = hashlib.sha256(json.dumps([FORMAT, settings.SEARCH_ENGINE, first]).encode()).hexdigest()
    return (name, stamp(found[2]), found[3] or 0) if found else (name, 0, 0)


def _moment(microseconds: int) -> datetime:
    return reading._EPOCH + timedelta(microseconds=microseconds)


def _day(number: int) -> date:
    return date(1970, 1, 1) + timedelta(days=number)


def _read(keeper: Keeping) -> Mark | None:
    try:
        found = keeper.mark()
        return Mark(**found) if found else None
    except (TypeError, ValueError):
        return None


def _write(keeper: Keeping, mark: Mark) -> None:
    keeper.put_mark(mark.to_json())


@contextmanager
def _lock(*, wait: bool = False) -> Iterator[bool]:
    """Of the processes on this machine one writes; whether that is us."""
    folder().mkdir(parents=True, exist_ok=True)
    handle = os.open(folder() / "writing", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
    finally:
        os.close(handle)

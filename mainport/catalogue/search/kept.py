# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Vectors in the database, where they outlive an index: making one takes a quarter of a second, reading it none."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from mainport.catalogue.models import Embedding, Record
from mainport.catalogue.queries.records import published
from mainport.catalogue.search import reading, vectors
from mainport.catalogue.search.centres import EDITION
from mainport.catalogue.search.documents import Document
from mainport.catalogue.search.embedding import Encoder, passages_of
from mainport.catalogue.search.vectors import Rows

#: Records of which the vectors are read at once.
PORTION = 2_000


def name_of(encoders: Sequence[Encoder]) -> str:
    """What the vectors were made by: other models make other ones, and so does another measure of languages."""
    name = "+".join([*(encoder.name for encoder in encoders), f"centres-{EDITION}"])
    return name if len(name) <= 80 else hashlib.sha256(name.encode()).hexdigest()


def waiting(encoders: Sequence[Encoder]) -> QuerySet[Record]:
    """Public records without vectors of these models, or that changed since; the oldest change first."""
    outdated = Q(embedding__at__lt=F("changed_at")) | ~Q(embedding__encoder=name_of(encoders))
    return published().filter(Q(embedding__isnull=True) | outdated).order_by("changed_at", "pk")


def make(uids: Sequence[int], encoders: Sequence[Encoder]) -> int:
    """Make the vectors of these records; where the words are the same since, they stay. How many were made."""
    started = timezone.now()
    documents = list(reading.documents_of(uids, timezone.localdate()))
    held = {one.record_id: one for one in Embedding.objects.filter(record__in=uids).defer("vectors")}
    name = name_of(encoders)
    same: list[Document] = []
    new: list[Document] = []
    for document in documents:
        known = held.get(document.uid)
        fits = known is not None and known.encoder == name and known.sha256 == _sha256(document)
        (same if fits else new).append(document)
    rows = vectors.embed(new, encoders)
    made = [
        Embedding(
            record_id=document.uid,
            encoder=name,
            sha256=_sha256(document),
            vectors=packed(rows.take(np.flatnonzero(rows.uids == document.uid))),
            at=started,
        )
        for document in new
    ]
    with transaction.atomic():
        Embedding.objects.filter(record__in=[document.uid for document in same]).update(at=started)
        # A new row has a higher number: that is how an index finds what it lacks.
        Embedding.objects.filter(record__in=[document.uid for document in new]).delete()
        # What was erased meanwhile needs none.
        there = set(Record.objects.filter(pk__in=[one.record_id for one in made]).values_list("pk", flat=True))
        Embedding.objects.bulk_create([one for one in made if one.record_id in there])
    return len(made)


def after(number: int, encoders: Sequence[Encoder]) -> Iterator[tuple[int, Rows, dict[int, int]]]:
    """The vectors of these models with higher numbers, in portions; each with its highest number, and for each record
    the stamp of the state that was embedded."""
    found = Embedding.objects.filter(encoder=name_of(encoders)).order_by("pk")
    columns = ("pk", "record_id", "vectors", "at", "record__changed_at")
    while portion := list(found.filter(pk__gt=number).values_list(*columns)[:PORTION]):
        rows = together([unpacked(uid, bytes(raw)) for _pk, uid, raw, _at, _changed in portion])
        stamps = {uid: reading.stamp_of(min(at, changed)) for _pk, uid, _raw, at, changed in portion}
        yield portion[-1][0], rows, stamps
        number = portion[-1][0]


def together(parts: Iterable[Rows]) -> Rows:
    kept = [part for part in parts if len(part)]
    if not kept:
        return Rows(np.empty(0, np.int64), {}, {})
    names = list(kept[0].numbers)
    return Rows(
        np.concatenate([part.uids for part in kept]),
        {name: np.concatenate([part.numbers[name] for part in kept]) for name in names},
        {name: np.concatenate([part.scales[name] for part in kept]) for name in names},
    )


def _sha256(document: Document) -> str:
    return hashlib.sha256("\0".join(passages_of(document)).encode(errors="replace")).hexdigest()


def packed(rows: Rows) -> bytes:
    """The rows of one record as bytes, without its uid."""
    out = io.BytesIO()
    arrays = {f"n:{name}": numbers for name, numbers in rows.numbers.items()}
    np.savez(out, **arrays, **{f"s:{name}": scales for name, scales in rows.scales.items()})  # type: ignore[arg-type]
    return out.getvalue()


def unpacked(uid: int, raw: bytes) -> Rows:
    with np.load(io.BytesIO(raw), allow_pickle=False) as held:
        numbers = {name[2:]: held[name] for name in held.files if name.startswith("n:")}
        scales = {name[2:]: held[name] for name in held.files if name.startswith("s:")}
    length = len(next(iter(scales.values()), np.empty(0)))
    return Rows(np.full(length, uid, np.int64), numbers, scales)

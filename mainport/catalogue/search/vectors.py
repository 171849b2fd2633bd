# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The index of meanings: vectors of whole numbers of 8 bits in files that are mapped, each compared with the question.

Nothing is approximated: a million records of two models take some 30 ms of one core. A store is a list of parts that
never change; a part that comes later takes the place of what an earlier one holds of a record. The list itself is
replaced by one rename. A record that is gone needs no mark here: the index of words no longer gives it.
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from mainport.catalogue.search.centres import centred, spread
from mainport.catalogue.search.detection import language_of
from mainport.catalogue.search.documents import Document
from mainport.catalogue.search.embedding import Encoder, Matrix, Role, as_question, is_short, passages_of

#: How much the judgement of each model counts, the first one first; by how well each tells meanings apart.
WEIGHTS = (0.75, 0.25)
#: Texts that are encoded in one go; similar lengths together, as the longest one sets the price.
BATCH = 32
#: More parts than this are joined.
MOST_PARTS = 16


@dataclass(frozen=True)
class Rows:
    """Vectors of records: for each row the record's uid, and for each model 8-bit numbers and their scale."""

    uids: NDArray[np.int64]
    numbers: dict[str, NDArray[np.int8]]
    scales: dict[str, NDArray[np.float32]]

    def __len__(self) -> int:
        return len(self.uids)

    def take(self, chosen: NDArray[Any]) -> Rows:
        return Rows(
            self.uids[chosen],
            {name: rows[chosen] for name, rows in self.numbers.items()},
            {name: scale[chosen] for name, scale in self.scales.items()},
        )


def joined(parts: Sequence[Rows]) -> Rows:
    """The rows of all parts; of a record that stands in several the last part's."""
    if not parts:
        return Rows(np.empty(0, np.int64), {}, {})
    if len(parts) == 1:
        return parts[0]
    seen: NDArray[np.int64] = np.empty(0, np.int64)
    kept: list[Rows] = []
    for part in reversed(parts):
        fresh = ~np.isin(part.uids, seen)
        kept.append(part if fresh.all() else part.take(np.flatnonzero(fresh)))
        seen = np.union1d(seen, part.uids)
    kept.reverse()
    names = [name for name in kept[0].numbers if all(name in part.numbers for part in kept)]
    return Rows(
        np.concatenate([part.uids for part in kept]),
        {name: np.concatenate([part.numbers[name] for part in kept]) for name in names},
        {name: np.concatenate([part.scales[name] for part in kept]) for name in names},
    )


def embed(documents: Iterable[Document], encoders: Sequence[Encoder]) -> Rows:
    """The vectors of records: one or more rows each, without what is common to their language, in 8 bits."""
    texts: list[tuple[int, Role, str, str]] = []
    for document in documents:
        for passage in passages_of(document):
            role = Role.QUERY if is_short(passage) else Role.PASSAGE
            text = as_question(passage) if role is Role.QUERY else passage
            texts.append((document.uid, role, language_of(passage), text))
    numbers: dict[str, NDArray[np.int8]] = {}
    scales: dict[str, NDArray[np.float32]] = {}
    for encoder in encoders:
        vectors = np.zeros((len(texts), encoder.size), np.float32)
        chance = np.ones(len(texts), np.float32)
        for role in Role:
            chosen = [row for row, text in enumerate(texts) if text[1] is role]
            vectors[chosen] = _encode([texts[row][3] for row in chosen], role, encoder)
            chance[chosen] = spread(encoder.name, role)
            for language in {texts[row][2] for row in chosen}:
                rows = [row for row in chosen if texts[row][2] == language]
                vectors[rows] = centred(vectors[rows], encoder.name, role, language)
        numbers[encoder.name], fine = _quantised(vectors)
        scales[encoder.name] = fine / chance
    return Rows(np.array([text[0] for text in texts], np.int64), numbers, scales)


def _encode(texts: Sequence[str], role: Role, encoder: Encoder) -> Matrix:
    order = sorted(range(len(texts)), key=lambda row: len(texts[row]))
    found = np.empty((len(texts), encoder.size), np.float32)
    for start in range(0, len(order), BATCH):
        rows = order[start : start + BATCH]
        found[rows] = encoder.encode([texts[row] for row in rows], role)
    return found


def _quantised(vectors: Matrix) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    largest = np.maximum(np.abs(vectors).max(axis=1, initial=0.0), 1e-9)
    return np.round(vectors / largest[:, None] * 127).astype(np.int8), (largest / 127).astype(np.float32)


def question_vectors(text: str, encoders: Sequence[Encoder], language: str) -> dict[str, Matrix]:
    """The vectors of a question, by model."""
    asked = as_question(text)
    return {
        encoder.name: centred(encoder.encode([asked], Role.QUERY), encoder.name, Role.QUERY, language)[0]
        for encoder in encoders
    }


class VectorStore:
    """The parts under a folder, as they were when it was opened."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        names = json.loads((folder / "parts.json").read_text()) if (folder / "parts.json").exists() else []
        self.names: list[str] = names
        self.rows = joined([_load(folder / name) for name in names])

    def __len__(self) -> int:
        return len(self.rows)

    def similar(self, question: dict[str, Matrix]) -> NDArray[np.float32]:
        """For each row how much more alike it is to the question than chance, in standard deviations."""
        found = np.zeros(len(self.rows), np.float32)
        weights = dict(zip(question, WEIGHTS, strict=False))
        present = [name for name in question if name in self.rows.numbers]
        total = sum(weights[name] for name in present)
        for name in present:
            numbers, fine = _quantised(question[name][None])
            share = np.float32(weights[name] / total) * fine[0]
            _add_products(self.rows.numbers[name], self.rows.scales[name], numbers[0].astype(np.int16), share, found)
        return found

    def best(self, similar: NDArray[np.float32], most: int) -> dict[int, float]:
        """The records with the highest rows, each with its highest."""
        if not len(similar):
            return {}
        number = min(len(similar), most * 2)
        rows = np.argpartition(-similar, number - 1)[:number]
        rows = rows[np.argsort(-similar[rows], kind="stable")]
        found: dict[int, float] = {}
        for uid, value in zip(self.rows.uids[rows].tolist(), similar[rows].tolist(), strict=True):
            if uid not in found:
                found[uid] = value
                if len(found) == most:
                    break
        return found

    def of(self, similar: NDArray[np.float32], uids: Sequence[int]) -> dict[int, float]:
        """The highest row of each of these records that has one."""
        order, sorted_uids = self._order()
        wanted = np.asarray(uids, np.int64)
        first = np.searchsorted(sorted_uids, wanted, "left")
        last = np.searchsorted(sorted_uids, wanted, "right")
        return {
            uid: float(similar[order[begin:end]].max())
            for uid, begin, end in zip(wanted.tolist(), first.tolist(), last.tolist(), strict=True)
            if end > begin
        }

    def vectors(self, uid: int) -> dict[str, Matrix]:
        """What the models make of this record: the mean of its rows, at length 1."""
        order, sorted_uids = self._order()
        begin, end = np.searchsorted(sorted_uids, uid, "left"), np.searchsorted(sorted_uids, uid, "right")
        rows = order[begin:end]
        found: dict[str, Matrix] = {}
        for name, numbers in self.rows.numbers.items():
            if len(rows):
                mean = (numbers[rows].astype(np.float32) * self.rows.scales[name][rows, None]).mean(axis=0)
                found[name] = (mean / max(float(np.linalg.norm(mean)), 1e-9)).astype(np.float32)
        return found

    def uids(self) -> frozenset[int]:
        return frozenset(self.rows.uids.tolist())

    def _order(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        if not hasattr(self, "_sorted"):
            order = np.argsort(self.rows.uids, kind="stable")
            self._sorted = (order, self.rows.uids[order])
        return self._sorted


def add(folder: Path, rows: Rows) -> None:
    """Add a part; join all of them where they have become many."""
    folder.mkdir(parents=True, exist_ok=True)
    store = VectorStore(folder)
    names = [*store.names, _save(folder, rows)]
    if len(names) > MOST_PARTS:
        names = [_save(folder, joined([store.rows, rows]))]
    draft = folder / f"{uuid.uuid4().hex}.draft"
    draft.write_text(json.dumps(names))
    os.replace(draft, folder / "parts.json")
    # A reader that has an old part mapped keeps it; one that is just opening it opens the list again.
    for old in set(store.names) - set(names):
        for file in folder.glob(f"{old}*"):
            file.unlink(missing_ok=True)


def _save(folder: Path, rows: Rows) -> str:
    name = uuid.uuid4().hex
    np.save(folder / f"{name}.uids.npy", rows.uids)
    for model, numbers in rows.numbers.items():
        np.save(folder / f"{name}.{model}.numbers.npy", numbers)
        np.save(folder / f"{name}.{model}.scales.npy", rows.scales[model])
    return name


def _load(path: Path) -> Rows:
    numbers: dict[str, NDArray[np.int8]] = {}
    scales: dict[str, NDArray[np.float32]] = {}
    for file in sorted(path.parent.glob(f"{path.name}.*.numbers.npy")):
        model = file.name[len(path.name) + 1 : -len(".numbers.npy")]
        numbers[model] = np.load(file, mmap_mode="r")
        scales[model] = np.load(path.parent / f"{path.name}.{model}.scales.npy")
    return Rows(np.load(path.parent / f"{path.name}.uids.npy"), numbers, scales)


@numba.njit(cache=True, fastmath=True)  # type: ignore[untyped-decorator]
def _add_products(
    rows: NDArray[np.int8],
    scales: NDArray[np.float32],
    question: NDArray[np.int16],
    share: np.float32,
    out: NDArray[np.float32],
) -> None:
    for row in range(rows.shape[0]):
        total = np.int32(0)
        for column in range(rows.shape[1]):
            total += np.int32(rows[row, column]) * np.int32(question[column])
        out[row] += np.float32(total) * scales[row] * share

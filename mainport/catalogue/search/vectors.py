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
import shutil
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import numba
import numpy as np
from numpy.typing import NDArray

from mainport.catalogue.search.centres import centred, spread
from mainport.catalogue.search.documents import Document
from mainport.catalogue.search.embedding import Encoder, Matrix, Role, as_question, passages_of

#: How much each model counts, the first one first, where nothing is known of the question's words.
WEIGHTS = (0.75, 0.25)
#: What a model is expected to say for each standard deviation of the other one's, where only the other has spoken: so
#: much do they go together, on texts of all kinds (0.45 to 0.58).
ALIKE = 0.5
#: Texts that are encoded in one go; similar lengths together, as the longest one sets the price.
BATCH = 32
#: When there are more parts than this, small ones are joined.
MOST_PARTS = 16
#: Less alike than anything.
NOTHING = np.float32(-1e9)


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
    kept = [part.take(np.flatnonzero(valid)) for part, valid in zip(parts, _valid(parts), strict=True)]
    names = [name for name in kept[0].numbers if all(name in part.numbers for part in kept)]
    return Rows(
        np.concatenate([part.uids for part in kept]),
        {name: np.concatenate([part.numbers[name] for part in kept]) for name in names},
        {name: np.concatenate([part.scales[name] for part in kept]) for name in names},
    )


def _valid(parts: Sequence[Rows]) -> list[NDArray[np.bool_]]:
    """Which rows of each part are not replaced by a later one."""
    seen: NDArray[np.int64] = np.empty(0, np.int64)
    found: list[NDArray[np.bool_]] = []
    for part in reversed(parts):
        found.append(~np.isin(part.uids, seen) if len(seen) else np.ones(len(part), np.bool_))
        seen = np.union1d(seen, part.uids)
    return found[::-1]


def embed(documents: Iterable[Document], encoders: Sequence[Encoder], role: Role = Role.PASSAGE) -> Rows:
    """The vectors of records: one or more rows each, without what is due to their language, in 8 bits.

    All records of an index have one `role`: what was embedded in another one can't be compared with it.
    """
    uids: list[int] = []
    texts: list[str] = []
    for document in documents:
        found = passages_of(document)
        uids += [document.uid] * len(found)
        texts += found
    numbers: dict[str, NDArray[np.int8]] = {}
    scales: dict[str, NDArray[np.float32]] = {}
    for encoder in encoders:
        encoded = questions(texts, encoder) if role is Role.QUERY else _encode(texts, role, encoder)
        numbers[encoder.name], fine = _quantised(centred(encoded, encoder.name, role))
        scales[encoder.name] = fine / np.float32(spread(encoder.name, role))
    return Rows(np.array(uids, np.int64), numbers, scales)


def questions(texts: Sequence[str], encoder: Encoder) -> Matrix:
    """The vectors of texts as questions: between what is made of them as they are written and without capitals.

    A model sees much in a capital: in German a noun, where a title or a label begins with one nothing at all.
    """
    forms = [as_question(text) for text in texts]
    every = list(dict.fromkeys(form for both in forms for form in both))
    place = {form: row for row, form in enumerate(every)}
    found = _encode(every, Role.QUERY, encoder)
    rows = [found[[place[form] for form in both]].mean(axis=0) for both in forms]
    return np.array(rows, np.float32).reshape(len(texts), encoder.size)


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


def question_vectors(text: str, encoders: Sequence[Encoder]) -> dict[str, Matrix]:
    """The vectors of a question, by model."""
    asked = " ".join(text.split())
    return {
        encoder.name: centred(_question(asked, cast(Any, encoder)), encoder.name, Role.QUERY)[0] for encoder in encoders
    }


@lru_cache(maxsize=1_000)
def _question(asked: str, encoder: Encoder) -> Matrix:
    # Who turns a page or narrows an answer asks the same again.
    return questions([asked], encoder)


class VectorStore:
    """The parts under a folder, as they were when it was opened. Numbers stay on the disk, and in its cache."""

    def __init__(self, folder: Path) -> None:
        names = _names(folder)
        self.parts = [_load(folder / name) for name in names]
        self.uids: NDArray[np.int64] = np.concatenate([np.empty(0, np.int64), *(part.uids for part in self.parts)])
        valid = np.concatenate([np.empty(0, np.bool_), *_valid(self.parts)])
        self._gone = np.flatnonzero(~valid)
        self._order = np.argsort(self.uids, kind="stable")
        self._sorted = self.uids[self._order]
        #: The stamp that each record had when it was embedded.
        self.stamps: dict[int, int] = {}
        for name in names:
            self.stamps |= dict(np.load(folder / f"{name}.stamps.npy").tolist())

    def __len__(self) -> int:
        return len(self.uids)

    def similar(self, question: Mapping[str, Matrix], counting: Sequence[float] = WEIGHTS) -> NDArray[np.float32]:
        """For each row how much more alike it is to the question than chance, in standard deviations; `counting` says
        how much each model counts."""
        found = np.zeros(len(self.uids), np.float32)
        weights = dict(zip(question, counting, strict=False))
        every = sum(weights.values())
        start = 0
        for part in self.parts:
            out = found[start : start + len(part)]
            present = [name for name in question if name in part.numbers]
            total = sum(weights[name] for name in present)
            expected = (total + ALIKE * (every - total)) / every
            for name in present:
                numbers, fine = _quantised(question[name][None])
                share = np.float32(weights[name] / total * expected * fine[0])
                _add_products(part.numbers[name], part.scales[name], numbers[0].astype(np.int16), share, out)
            start += len(part)
        found[self._gone] = NOTHING
        return found

    def best(self, similar: NDArray[np.float32], most: int) -> dict[int, float]:
        """The records with the highest rows, each with its highest."""
        if not len(similar):
            return {}
        number = min(len(similar), most * 2)
        rows = np.argpartition(-similar, number - 1)[:number]
        rows = rows[np.argsort(-similar[rows], kind="stable")]
        found: dict[int, float] = {}
        for uid, value in zip(self.uids[rows].tolist(), similar[rows].tolist(), strict=True):
            if uid not in found and value > NOTHING:
                found[uid] = value
                if len(found) == most:
                    break
        return found

    def of(self, similar: NDArray[np.float32], uids: Sequence[int]) -> dict[int, float]:
        """The highest row of each of these records that has one."""
        wanted = np.asarray(uids, np.int64)
        begins = np.searchsorted(self._sorted, wanted, "left").tolist()
        ends = np.searchsorted(self._sorted, wanted, "right").tolist()
        return {
            uid: float(similar[self._order[begin:end]].max())
            for uid, begin, end in zip(uids, begins, ends, strict=True)
            if end > begin
        }

    def vectors(self, uid: int) -> dict[str, Matrix]:
        """What the models make of this record: the mean of its rows, at length 1."""
        begin, end = np.searchsorted(self._sorted, [uid, uid + 1]).tolist()
        rows = set(self._order[begin:end].tolist()) - set(self._gone.tolist())
        found: dict[str, Matrix] = {}
        start = 0
        for part in self.parts:
            here = [row - start for row in sorted(rows) if start <= row < start + len(part)]
            for name, numbers in part.numbers.items():
                if here:
                    mean = (numbers[here].astype(np.float32) * part.scales[name][here, None]).mean(axis=0)
                    found[name] = (mean / max(float(np.linalg.norm(mean)), 1e-9)).astype(np.float32)
            start += len(part)
        return found


def add(folder: Path, rows: Rows, stamps: Mapping[int, int]) -> None:
    """Add a part, with the stamps of its records; join all parts where they have become many."""
    folder.mkdir(parents=True, exist_ok=True)
    before = _names(folder)
    names = [*before, _save(folder, rows, stamps)]
    if len(names) > MOST_PARTS:
        names = _with_small_ones_joined(folder, names)
    draft = folder / f"{uuid.uuid4().hex}.draft"
    draft.write_text(json.dumps(names))
    os.replace(draft, folder / "parts.json")
    # A reader that has an old part mapped keeps it.
    for old in {file.name.partition(".")[0] for file in folder.glob("*.uids.npy")} - set(names):
        for file in folder.glob(f"{old}.*"):
            file.unlink(missing_ok=True)


def _with_small_ones_joined(folder: Path, names: list[str]) -> list[str]:
    """The last parts as one, as far back as a part is not much larger than all after it: large ones are left alone,
    and those that other models made."""
    parts = [_load(folder / name) for name in names]
    first, total = len(parts) - 1, len(parts[-1])
    while first and len(parts[first - 1]) <= 2 * total and parts[first - 1].numbers.keys() == parts[-1].numbers.keys():
        first -= 1
        total += len(parts[first])
    stamps: dict[int, int] = {}
    for name in names[first:]:
        stamps |= dict(np.load(folder / f"{name}.stamps.npy").tolist())
    return [*names[:first], _save(folder, joined(parts[first:]), stamps)]


def copy(source: Path, target: Path) -> None:
    """Take the parts of one folder along to another one; files that never change are linked where that can be."""
    target.mkdir(parents=True, exist_ok=True)
    names = _names(source)
    for name in names:
        for file in source.glob(f"{name}.*"):
            try:
                os.link(file, target / file.name)
            except OSError:
                shutil.copyfile(file, target / file.name)
    (target / "parts.json").write_text(json.dumps(names))


def _names(folder: Path) -> list[str]:
    try:
        return [str(name) for name in json.loads((folder / "parts.json").read_text())]
    except FileNotFoundError:
        return []


def _save(folder: Path, rows: Rows, stamps: Mapping[int, int]) -> str:
    name = uuid.uuid4().hex
    np.save(folder / f"{name}.uids.npy", rows.uids)
    np.save(folder / f"{name}.stamps.npy", np.array(sorted(stamps.items()), np.int64).reshape(-1, 2))
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


def _compiled(function: Callable[..., None]) -> Callable[..., None]:
    """Compiled at the first question; kept on disk where there is a place to keep it."""
    try:
        made: Callable[..., None] = numba.njit(cache=True, fastmath=True)(function)
    except RuntimeError:  # Neither the package nor the user's cache can be written.
        made = numba.njit(fastmath=True)(function)
    return made


@_compiled
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

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Keeps the vectors of texts on disk, by the texts' hash: a collection that is judged again isn't embedded again."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from mainport.catalogue.search.embedding import Encoder, Matrix, Role

#: SQLite takes no more values in one question.
MOST_ASKED = 500


class CachedEncoder:
    """An encoder that first looks whether it has met a text before. `told` hears how many texts were new."""

    def __init__(self, encoder: Encoder, folder: Path, told: Callable[[int], None] | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.name = encoder.name
        self.size = encoder.size
        self._encoder = encoder
        self._told = told
        self._file = sqlite3.connect(folder / f"{encoder.name}.sqlite", timeout=60)
        self._file.execute("pragma journal_mode = wal")
        self._file.execute("create table if not exists vectors (key blob primary key, vector blob) without rowid")

    def encode(self, texts: Sequence[str], role: Role) -> Matrix:
        keys = [hashlib.sha256(f"{role}\0{text}".encode(errors="replace")).digest() for text in texts]
        held = self._held(keys)
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in held}
        if new:
            vectors = self._encoder.encode(list(new.values()), role).astype(np.float16)
            with self._file:
                rows = [(key, vector.tobytes()) for key, vector in zip(new, vectors, strict=True)]
                self._file.executemany("insert or ignore into vectors values (?, ?)", rows)
            held |= dict(rows)
            if self._told:
                self._told(len(new))
        found: Matrix = np.array([np.frombuffer(held[key], np.float16) for key in keys], np.float32)
        return found.reshape(len(texts), self.size)

    def _held(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        found: dict[bytes, bytes] = {}
        for start in range(0, len(keys), MOST_ASKED):
            asked = keys[start : start + MOST_ASKED]
            marks = ",".join("?" * len(asked))
            found |= dict(self._file.execute(f"select key, vector from vectors where key in ({marks})", asked))  # noqa: S608
        return found

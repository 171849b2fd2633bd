# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The embedded engine of this installation: in its folder, with the mark of how far it has read."""

from __future__ import annotations

import json
import os
import shutil
import uuid
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from mainport.catalogue.search import storage, vectors
from mainport.catalogue.search.engine import EmbeddedEngine
from mainport.catalogue.search.vectors import Rows


class Embedded(EmbeddedEngine):
    """Keeps its mark as a file beside the index: written after what it tells of, and whole."""

    def mark(self) -> Mapping[str, Any] | None:
        try:
            found: Mapping[str, Any] = json.loads((self.folder / "mark.json").read_text())
        except (OSError, ValueError):
            return None
        return found

    def put_mark(self, mark: Mapping[str, Any]) -> None:
        draft = self.folder / f"mark-{uuid.uuid4().hex}"
        draft.write_text(json.dumps(mark))
        os.replace(draft, self.folder / "mark.json")

    def forget_vectors(self) -> None:
        shutil.rmtree(storage.current(self.folder) / "vectors", ignore_errors=True)

    def put_vectors(self, rows: Rows, stamps: Mapping[int, int]) -> None:
        vectors.add(storage.current(self.folder) / "vectors", rows, dict(stamps))


@cache
def embedded(folder: Path) -> Embedded:
    """One a folder and process, since an open index is kept for the next search."""
    return Embedded(folder / "words")

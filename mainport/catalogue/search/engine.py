# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The embedded engine: an index of words and one of meanings in a folder, with nothing to run beside the site."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from mainport.catalogue.search.answers import Answer, Request
from mainport.catalogue.search.documents import Document


class EmbeddedEngine:
    """An index under `folder`. Many may read it; one writes at a time; a reader sees whole states only."""

    def __init__(self, folder: Path, encoder: object | None = None) -> None:
        self.folder = folder
        self.encoder = encoder

    def build(self, documents: Iterable[Document]) -> int:
        """A new index of these records beside the old one, which it replaces by one rename. Gives their number."""
        raise NotImplementedError

    def apply(self, changed: Iterable[Document], deleted: Iterable[int] = ()) -> int:
        """Put these records in, in place of what was held of them; take those out. All at once, or nothing."""
        raise NotImplementedError

    def stamps(self) -> Mapping[int, int]:
        """The stamp of each record that the index holds, by uid."""
        raise NotImplementedError

    def search(self, request: Request) -> Answer:
        """Never refuses a question: what can't be read as grammar is read as words."""
        raise NotImplementedError

    def suggest(self, beginning: str, *, limit: int = 8) -> tuple[str, ...]:
        """Words and titles that begin so, the most frequent first."""
        raise NotImplementedError

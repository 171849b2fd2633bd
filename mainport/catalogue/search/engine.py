# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The embedded engine: an index of words and one of meanings in a folder, with nothing to run beside the site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path

from tantivy import Query

from mainport.catalogue.search import finding, lexical, storage, suggest, vectors, wordindex
from mainport.catalogue.search.answers import Answer, Request
from mainport.catalogue.search.documents import Document
from mainport.catalogue.search.embedding import Encoder, Role, encoders

#: Records that are embedded between two looks at whether somebody is listening.
AT_A_TIME = 64


class Busy(RuntimeError):
    """Another process is writing in this index."""


class EmbeddedEngine:
    """An index under `folder`. Many may read it; one writes at a time; a reader sees whole states only.

    `models` embed texts and questions; without any the engine searches by words. By default they are those of this
    machine, loaded when the first question needs them.
    """

    def __init__(self, folder: Path, models: Sequence[Encoder] | None = None) -> None:
        self.folder = folder
        self._models = models
        self._opened: finding.Opened | None = None
        self._state: tuple[object, ...] = ()
        #: The folder, and the files that tell whether something in it changed.
        self._looked_at: tuple[Path | None, tuple[str, ...]] = (None, ())

    @property
    def models(self) -> Sequence[Encoder]:
        if self._models is None:
            self._models = encoders()
        return self._models

    # --- Writing ------------------------------------------------------------------------------------------------

    def build(self, documents: Iterable[Document], *, threads: int = 2) -> int:
        """A new index of these records beside the old one, which it replaces by one rename; gives their number.

        Vectors of records that the old one held are taken along: they go by the record's number, and `embed` tells
        which have changed by their stamp.
        """
        path = storage.fresh(self.folder)
        writer = wordindex.create(path / "words").writer(heap_size=wordindex.HEAP, num_threads=threads)
        number = 0
        for document in documents:
            writer.add_document(wordindex.entry(document))
            number += 1
        writer.commit()
        writer.wait_merging_threads()
        try:
            before = storage.current(self.folder)
        except storage.NoIndex:
            before = None
        if before is not None and (before / "vectors" / "parts.json").exists():
            vectors.copy(before / "vectors", path / "vectors")
        storage.put_in_place(self.folder, path.name)
        return number

    def apply(self, changed: Iterable[Document], deleted: Iterable[int] = ()) -> int:
        """Put these records in, in place of what was held of them; take those out. All at once, or nothing."""
        try:
            path = storage.current(self.folder)
        except storage.NoIndex:
            return self.build(changed)
        index = wordindex.opened(path / "words")
        try:
            writer = index.writer(heap_size=wordindex.HEAP // 4, num_threads=1)
        except ValueError as problem:
            raise Busy("another process is writing in the index") from problem
        number = 0
        try:
            for uid in deleted:
                writer.delete_documents_by_term("uid", uid)
                number += 1
            for document in changed:
                writer.delete_documents_by_term("uid", document.uid)
                writer.add_document(wordindex.entry(document))
                number += 1
            writer.commit()
        except BaseException:
            writer.rollback()
            raise
        finally:
            writer.wait_merging_threads()
        return number

    def embed(
        self,
        documents: Iterable[Document],
        told: Callable[[int], None] | None = None,
        role: Role = Role.PASSAGE,
        models: Sequence[Encoder] | None = None,
    ) -> int:
        """Add the vectors of these records, by all models or these, in place of earlier ones. Slow: some four records
        a second. All records of an index want the same `role`.

        Each batch is there for the next question; what was done is not lost when it stops half-way.
        """
        folder = storage.current(self.folder) / "vectors"
        number = 0
        source = iter(documents)
        while batch := list(islice(source, AT_A_TIME)):
            vectors.add(
                folder,
                vectors.embed(batch, models or self.models, role),
                {record.uid: record.stamp for record in batch},
            )
            number += len(batch)
            if told:
                told(len(batch))
        return number

    def lacking_vectors(self) -> tuple[int, ...]:
        """The records that are not embedded, or have changed since, the newest stamp first."""
        opened = self._open()
        if opened is None:
            return ()
        held = opened.vectors.stamps
        lacking = [(stamp, uid) for uid, stamp in self.stamps().items() if held.get(uid) != stamp]
        return tuple(uid for _stamp, uid in sorted(lacking, reverse=True))

    # --- Reading ------------------------------------------------------------------------------------------------

    def stamps(self) -> Mapping[int, int]:
        """The stamp of each record that the index holds, by uid."""
        opened = self._open()
        if opened is None or not opened.searcher.num_docs:
            return {}
        searcher = opened.searcher
        found = searcher.search(Query.all_query(), limit=searcher.num_docs, count=False).hits
        addresses = [address for _score, address in found]
        uids = searcher.fast_field_values("uid", addresses)
        stamps = searcher.fast_field_values("stamp", addresses)
        return {int(uid or 0): int(stamp or 0) for uid, stamp in zip(uids, stamps, strict=True)}

    def search(self, request: Request) -> Answer:
        """Never refuses a question: what can't be read as grammar is read as words."""
        opened = self._open()
        return Answer() if opened is None else finding.find(opened, request)

    def suggest(self, beginning: str, *, limit: int = 8) -> tuple[str, ...]:
        """Words and titles that begin so, the most frequent first."""
        opened = self._open()
        return () if opened is None else suggest.complete(beginning, limit, opened.schema, opened.searcher)

    def _open(self) -> finding.Opened | None:
        """The index as it was committed last; what was opened before where nothing changed."""
        try:
            path = storage.current(self.folder) if not self._fresh() else None
        except storage.NoIndex:
            return None
        if path is not None:
            state = self._look(path)
            index = wordindex.opened(path / "words")
            index.reload()
            store = vectors.VectorStore(path / "vectors")
            searcher = index.searcher()
            vocabulary = lexical.Vocabulary(index.schema, searcher)
            self._opened = finding.Opened(path, index, searcher, store, lambda: self.models, vocabulary)
            self._state = state
        return self._opened

    def _fresh(self) -> bool:
        return self._opened is not None and self._look(self._opened.path) == self._state

    def _look(self, path: Path) -> tuple[object, ...]:
        if path != self._looked_at[0]:
            files = (self.folder / "current", path / "words" / "meta.json", path / "vectors" / "parts.json")
            self._looked_at = (path, tuple(map(str, files)))
        return (path, *map(storage.state, self._looked_at[1]))

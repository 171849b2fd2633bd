# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A paper as a page reads it: chapters of blocks, each ready for its template."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from mainport.cycle.rules.document import Block, Chart, Document, Heading, Note, Table

#: A longer text in a column of figures isn't a figure, and may run over lines.
LONGEST_FIGURE = 26


@dataclass(frozen=True)
class Cell:
    text: str
    label: str  # of its column, for a screen on which the table stacks
    numeric: bool


@dataclass(frozen=True)
class Row:
    """`sort` is `row`, `sub-total` or `heading`: one cell over the whole width."""

    sort: str
    cells: tuple[Cell, ...]

    @property
    def first(self) -> Cell:
        return self.cells[0]

    @property
    def others(self) -> tuple[Cell, ...]:
        return self.cells[1:]


@dataclass(frozen=True)
class ShownTable:
    caption: str
    columns: tuple[Cell, ...]
    rows: tuple[Row, ...]
    total: Row | None
    source: str


@dataclass(frozen=True)
class Shown:
    """A block, with what its template can't make itself; `sort` is the block's own name, in small letters."""

    sort: str
    block: Any
    level: int = 0
    caption: str = ""
    table: ShownTable | None = None
    drawing: SafeString = field(default_factory=SafeString)


@dataclass
class Chapter:
    id: str
    title: str
    blocks: list[Shown] = field(default_factory=list)


@dataclass(frozen=True)
class Reading:
    """A document in chapters. `before` stands before the first; `said` are words in the document's language."""

    document: Document
    before: Sequence[Shown]
    chapters: Sequence[Chapter]
    said: Any

    @property
    def invented(self) -> bool:
        return any(isinstance(shown.block, Note) and shown.block.attention for shown in self.before)


def read(document: Document, *, deeper: int = 0) -> Reading:
    """The document for a page on which a chapter is a heading of level 2, or so many levels deeper.

    Raises ValueError for a table of which a row has more or fewer cells than there are columns.
    """
    # Writers of papers load lxml and more: no page but that of a paper waits for it.
    from mainport.cycle.exports.prepared import prepare
    from mainport.cycle.exports.words import words

    made = prepare(document, figures_behind=False)
    said = words(made.language)
    before: list[Shown] = []
    chapters: list[Chapter] = []
    for shown in _shown(made.blocks, said, deeper):
        block = shown.block
        if isinstance(block, Heading) and block.level == 1:
            chapters.append(Chapter(block.id, block.text))
        else:
            (chapters[-1].blocks if chapters else before).append(shown)
    return Reading(made, before, chapters, said)


def _shown(blocks: Sequence[Block], said: Any, deeper: int) -> Iterator[Shown]:
    tables = charts = 0
    for block in blocks:
        sort = type(block).__name__.lower()
        if isinstance(block, Heading):
            yield Shown(sort, block, level=min(block.level + 1 + deeper, 6))
        elif isinstance(block, Table):
            tables += 1
            table = _table(block, f"{said.table} {tables}. {block.caption}")
            yield Shown(sort, block, caption=table.caption, table=table)
        elif isinstance(block, Chart):
            charts += 1
            behind = _table(block.table, block.table.caption) if block.table else None
            caption = f"{said.figure} {charts}. {block.title}"
            yield Shown(sort, block, caption=caption, table=behind, drawing=_drawing(block, charts))
        else:
            yield Shown(sort, block)


def _drawing(chart: Chart, number: int) -> SafeString:
    from mainport.cycle.exports.html import inline

    # Known elements and attributes only, parsed and written anew: nothing in it runs, loads or styles.
    return mark_safe(inline(chart, number))  # noqa: S308


def _table(table: Table, caption: str) -> ShownTable:
    return ShownTable(
        caption=caption,
        columns=tuple(Cell(column.title, column.title, column.figures) for column in table.columns),
        rows=tuple(_row(table, row, under=place in table.heading_rows) for place, row in enumerate(table.rows)),
        total=_row(table, table.total) if table.total else None,
        source=table.source,
    )


def _row(table: Table, row: tuple[str, ...], *, under: bool = False) -> Row:
    cells = tuple(
        Cell(text, column.title, column.figures and len(text) <= LONGEST_FIGURE)
        for column, text in zip(table.columns, row, strict=True)
    )
    sort = "row" if not under else "sub-total" if any(row[1:]) else "heading"
    return Row(sort, cells)


def cells(document: Document) -> Iterator[dict[str, str]]:
    """Every cell of every table, those behind charts too, as one line: for who wants the figures themselves."""
    chapter, number = "", 0
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 1:
            chapter = block.text
        table = block.table if isinstance(block, Chart) else block
        if not isinstance(table, Table):
            continue
        number += 1
        for row in [*table.rows, *([table.total] if table.total else [])]:
            for column, text in zip(table.columns[1:], row[1:], strict=True):
                yield {
                    "chapter": chapter,
                    "table": str(number),
                    "caption": table.caption,
                    "row": row[0],
                    "column": column.title,
                    "value": text,
                    "source": table.source,
                }

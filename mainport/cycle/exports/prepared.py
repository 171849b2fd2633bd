# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A document made ready to be written: what every format asks of it, done once.

Headings go down a level at a time and have ids of their own; paragraphs are single; every row has its cells; no sign
is left that XML can't hold; the figures behind the charts follow as tables.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from mainport.cycle.rules.document import (
    Block,
    Bullets,
    Chart,
    Document,
    Heading,
    Numbered,
    PageBreak,
    Paragraph,
    Table,
)  # fmt: skip

from .words import words

#: What XML 1.0 can't hold (surrogates, controls), and the overrides with which a text reads other than it is.
_FORBIDDEN = re.compile(
    "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f\\ud800-\\udfff\\u202d\\u202e\\ufdd0-\\ufdef\\ufffe\\uffff]"
)
#: Spaces at which a figure would come apart from its sign.
_TOGETHER = re.compile(r"(?<=€) (?=[\d−-])|(?<=\d) (?=%)")
#: Deepest level of a heading.
DEEPEST = 5
#: The text of a page is so wide (mm); so wide is a sign of a table, in text and in figures, and the white beside it.
WIDE, SIGN, FIGURE, INSET = 150.0, 1.68, 1.55, 3.4
#: What is longer than this in a column of figures is no figure: it may run over lines.
LONGEST_FIGURE = 26

T = TypeVar("T")


def clean(text: str) -> str:
    r"""The text without what no file can hold or no reader should meet.

    >>> clean("a\x00b\u202ec")
    'abc'
    """
    return _TOGETHER.sub("\u00a0", unicodedata.normalize("NFC", _FORBIDDEN.sub("", text)))


def texts_changed(value: T, change: Callable[[str], str]) -> T:
    """The same dataclass, with every text in it changed, except drawings."""
    if isinstance(value, str):
        return change(value)  # type: ignore[return-value]
    if isinstance(value, tuple):
        return tuple(texts_changed(item, change) for item in value)  # type: ignore[return-value]
    if isinstance(value, dict):
        return {change(str(name)): texts_changed(item, change) for name, item in value.items()}  # type: ignore[return-value]
    if is_dataclass(value) and not isinstance(value, type):
        changed: dict[str, Any] = {
            one.name: texts_changed(getattr(value, one.name), change) for one in fields(value) if one.name != "svg"
        }
        return replace(value, **changed)
    return value


def prepare(document: Document, *, figures_behind: bool = True) -> Document:
    """The document as the writers take it; with `figures_behind`, a last chapter holds the data of its charts.

    Raises ValueError for a table of which a row has more or fewer cells than there are columns.
    """
    made = texts_changed(replace(document, facts=dict(document.facts)), clean)
    blocks = [*made.blocks, *_figures_behind(made)] if figures_behind else list(made.blocks)
    for table in _tables(blocks):
        _check(table)
    return replace(made, blocks=tuple(_numbered_ids(_single(_levels(blocks)))))


def _figures_behind(document: Document) -> Iterator[Block]:
    charts = [block for block in document.blocks if isinstance(block, Chart) and block.table is not None]
    if not charts:
        return
    said = words(document.language)
    yield PageBreak()
    yield Heading(1, said.figures_behind)
    yield Paragraph(said.figures_behind_lead, lead=True)
    for chart in charts:
        assert chart.table is not None
        yield chart.table


def _tables(blocks: Sequence[Block]) -> Iterator[Table]:
    for block in blocks:
        table = block.table if isinstance(block, Chart) else block
        if isinstance(table, Table):
            yield table


def _check(table: Table) -> None:
    many = len(table.columns)
    if not many:
        raise ValueError(f"table {table.caption!r} has no columns")
    for number, row in enumerate([*table.rows, *([table.total] if table.total else [])], 1):
        if len(row) != many:
            raise ValueError(f"table {table.caption!r}, row {number}: {len(row)} cells, expected {many}")


def _levels(blocks: Sequence[Block]) -> Iterator[Block]:
    """Headings that begin at 1 and never skip a level on the way down: who hears a paper finds its way by them."""
    level = 0
    for block in blocks:
        if isinstance(block, Heading):
            level = max(1, min(block.level, level + 1, DEEPEST))
            yield replace(block, level=level)
        else:
            yield block


def _single(blocks: Iterator[Block]) -> Iterator[Block]:
    """Paragraphs apart, and nothing empty."""
    for block in blocks:
        if isinstance(block, Paragraph):
            for text in re.split(r"\n\s*\n", block.text):
                if text.strip():
                    yield replace(block, text=" ".join(text.split("\n")).strip())
        elif isinstance(block, Bullets | Numbered):
            if items := tuple(item.strip() for item in block.items if item.strip()):
                yield replace(block, items=items)
        elif not isinstance(block, Heading) or block.text.strip():
            yield block


def _numbered_ids(blocks: Iterator[Block]) -> Iterator[Block]:
    taken: set[str] = set()
    for block in blocks:
        if not isinstance(block, Heading):
            yield block
            continue
        slug = slugged(block.id or block.text)
        own, number = slug, 1
        while own in taken:
            number += 1
            own = f"{slug}-{number}"
        taken.add(own)
        yield replace(block, id=own)


def slugged(text: str) -> str:
    """A text as an id: letters, digits and hyphens, beginning with a letter.

    >>> slugged("Doel 1: Ecosysteem"), slugged("2023")
    ('doel-1-ecosysteem', 's-2023')
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")
    return slug if slug[:1].isalpha() else f"s-{slug}".rstrip("-")


def widths(table: Table) -> list[float]:
    """How wide each column is, in mm of a page's text. Figures stay on their line and texts have room for their
    longest word; what is left goes to the columns that ask for a share of it, or else to the texts."""
    least, wished = [], []
    for place, column in enumerate(table.columns):
        cells = [row[place] for row in rows_of(table)]
        word = max(len(word) for cell in cells for word in cell.split(" "))
        # The heading of figures may run over lines.
        figures = min(max(word, *(len(cell) for cell in cells[1:]), 3), LONGEST_FIGURE) * FIGURE
        signs, wish = min(max(word, 5), 24), min(max(len(cell) for cell in cells), 70)
        least.append((figures if column.figures else signs * SIGN) + INSET)
        wished.append(0.0 if column.figures else max(wish - signs, 0.5))
    free = WIDE - sum(least)
    shares = [column.share for column in table.columns]
    if free <= 0 or not sum(shares) + sum(wished):
        return [wide * WIDE / sum(least) for wide in least]
    if not sum(shares):
        return [wide + free * wish / sum(wished) for wide, wish in zip(least, wished, strict=True)]
    return _shared(least, shares)


def _shared(least: list[float], shares: list[float]) -> list[float]:
    """The room divided by the shares; whoever would get less than it needs gets that, before the others divide."""
    made = list(least)
    dividing = {place for place, share in enumerate(shares) if share}
    while True:
        room = WIDE - sum(wide for place, wide in enumerate(made) if place not in dividing)
        whole = sum(shares[place] for place in dividing)
        short = {place for place in dividing if room * shares[place] / whole < least[place]}
        if not short or short == dividing:
            break
        dividing -= short
    for place in dividing:
        made[place] = room * shares[place] / whole
    return made


def rows_of(table: Table) -> list[tuple[str, ...]]:
    """The rows with the header before them and the total behind them."""
    return [tuple(column.title for column in table.columns), *table.rows, *([table.total] if table.total else [])]

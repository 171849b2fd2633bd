# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A paper as it is read, apart from how it is set: what the writers of PDF, DOCX, ODT and HTML have in common.

A decided paper is kept in this form, so that it reads the same for ever.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, get_args


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is a chapter."""

    level: int
    text: str
    #: What links and the table of contents call it; unique in the document.
    id: str = ""


@dataclass(frozen=True)
class Paragraph:
    """Running text. `lead` is the opening of a chapter, `small` a note or a source."""

    text: str
    lead: bool = False
    small: bool = False


@dataclass(frozen=True)
class Bullets:
    items: tuple[str, ...]


@dataclass(frozen=True)
class Numbered:
    """Items of which the order matters: 1, 2, 3."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Term:
    """A word and what it means."""

    word: str
    meaning: str


@dataclass(frozen=True)
class Terms:
    items: tuple[Term, ...]


@dataclass(frozen=True)
class KeyFigure:
    """One figure, set large; `note` says since when, out of what, or where from."""

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True)
class KeyFigures:
    """A row of figures that sum up what follows; two to four read best."""

    items: tuple[KeyFigure, ...]


@dataclass(frozen=True)
class Note:
    """Something set apart from the running text: a decision, a condition, that figures are invented."""

    text: str
    title: str = ""
    attention: bool = False


@dataclass(frozen=True)
class Column:
    """A column of a table: figures stand to the right. `share` is its part, beside other shares, of the width
    that columns without one (0) don't need."""

    title: str
    figures: bool = False
    share: float = 0.0


@dataclass(frozen=True)
class Table:
    """A table of texts that are written out already, in the language of the document.

    `total` is the last row, set apart; `heading_rows` are the places (from 0) of rows that are sub-headings or
    sub-totals. `source` says where its figures come from.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()
    heading_rows: tuple[int, ...] = ()
    source: str = ""


@dataclass(frozen=True)
class Chart:
    """A drawing with the title that says what is seen, a description for who doesn't see it, and its data.

    Without a table where the same figures stand in a table beside it.
    """

    title: str
    description: str
    svg: str
    table: Table | None = None
    source: str = ""


@dataclass(frozen=True)
class PageBreak:
    pass


Block = Heading | Paragraph | Bullets | Numbered | Terms | KeyFigures | Note | Table | Chart | PageBreak

_SORTS: dict[str, type[Any]] = {sort.__name__: sort for sort in get_args(Block)}
#: What the items of a block are, where they aren't texts.
_ITEMS: dict[str, type[Any]] = {"Terms": Term, "KeyFigures": KeyFigure}


@dataclass(frozen=True)
class Document:
    """A whole paper in one language."""

    title: str
    subtitle: str
    language: str  # BCP 47: nl, en
    date: str  # ISO 8601
    author: str
    blocks: tuple[Block, ...]
    #: Under every page: version, state, invented or not.
    footer: str = ""
    #: What it was drawn up from: number of the last movement, edition, decision.
    facts: Mapping[str, str] = field(default_factory=dict)
    #: What the paper says, in a sentence or two: for lists, and for who looks into its properties.
    summary: str = ""
    keywords: tuple[str, ...] = ()
    #: Written out in the language of the document, on the cover: draft, decided on …
    state: str = ""

    def to_json(self) -> dict[str, Any]:
        data = asdict(self)
        data["blocks"] = [{"sort": type(block).__name__, **asdict(block)} for block in self.blocks]
        data["facts"] = dict(self.facts)
        data["keywords"] = list(self.keywords)
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Document:
        """The document as it was kept. What older ones don't say is as it was before it could be said."""
        keywords = tuple(data.get("keywords", ()))
        return cls(**{**data, "blocks": tuple(_block(block) for block in data["blocks"]), "keywords": keywords})


def _block(data: Mapping[str, Any]) -> Block:
    fields = {name: value for name, value in data.items() if name != "sort"}
    if item := _ITEMS.get(data["sort"]):
        fields["items"] = [item(**entry) for entry in fields["items"]]
    made: Block = _SORTS[data["sort"]](**_tupled(fields))
    return made


def _tupled(fields: Mapping[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {name: _frozen(value) for name, value in fields.items()}
    if "columns" in made:
        made["columns"] = tuple(Column(**column) for column in fields["columns"])
    if isinstance(fields.get("table"), Mapping):
        made["table"] = Table(**_tupled(fields["table"]))
    return made


def _frozen(value: Any) -> Any:
    """Lists as tuples, all the way down."""
    return (
        tuple(_frozen(item) for item in value) if isinstance(value, Sequence) and not isinstance(value, str) else value
    )

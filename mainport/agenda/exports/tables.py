# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Elements as rows with plain cells, for CSV and spreadsheets.

A text becomes a column a language (title_nl, title_en), a relation the ids that it names, a
structure a column a part (period_start) or, where it is a list of structures, JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mainport.agenda.exports.texts import TEXTS, as_text
from mainport.agenda.rules.elements import Agenda, Element, Kind, Source
from mainport.agenda.rules.nodes import SHAPES
from mainport.core.rules.languages import EVERY_LANGUAGE, say

Cell = str | int | float | bool | None
Row = dict[str, Cell]


def rows(elements: Iterable[Element], languages: Sequence[str]) -> list[Row]:
    """One row an element, in the order given."""
    return [_row(element, languages) for element in elements]


def columns(kinds: Iterable[Kind], found: Sequence[Row]) -> list[str]:
    """The columns in which these kinds' rows have something, in the order of their fields."""
    used = {name for row in found for name, cell in row.items() if cell is not None}
    fields = dict.fromkeys(name for kind in kinds for name in (*SHAPES[kind].relations, *SHAPES[kind].attributes))
    order = [*_FIRST, *fields, *_LAST]
    # Of a field that spreads over columns, these keep the order in which the rows name them.
    parts: dict[str, dict[str, None]] = {}
    for row in found:
        for name in row:
            parts.setdefault(_field(name, order), {})[name] = None
    return [part for name in order for part in parts.get(name, ()) if part in used or part in _ALWAYS]


def source_rows(sources: Iterable[Source], languages: Sequence[str]) -> list[Row]:
    """One row a source."""
    return [
        {"id": source.key}
        | _cells("title", source.title, languages)
        | {"document": source.document, "url": source.url or None, "published": source.published or None}
        for source in sources
    ]


def by_kind(agenda: Agenda) -> dict[Kind, list[Element]]:
    """The elements of each kind that the agenda has, in the order of the agenda."""
    found: dict[Kind, list[Element]] = {kind: [] for kind in Kind}
    for element in agenda.elements.values():
        found[element.kind].append(element)
    return {kind: elements for kind, elements in found.items() if elements}


_FIRST = ("id", "kind", "key", "parent", "position", "title", "summary")
_LAST = ("source", "demo")
_ALWAYS = frozenset({"id", "kind", "key", "parent", "position"})


def _field(column: str, fields: Sequence[str]) -> str:
    """The field that a column belongs to: the longest whose name it begins with."""
    return max((name for name in fields if column == name or column.startswith(f"{name}_")), key=len, default=column)


def _row(element: Element, languages: Sequence[str]) -> Row:
    row: Row = {
        "id": element.uid,
        "kind": element.kind.value,
        "key": element.key,
        "parent": element.parent,
        "position": element.position,
    }
    row |= _cells("title", element.title, languages)
    row |= _cells("summary", element.summary or dict.fromkeys(languages), languages)
    for role in SHAPES[element.kind].relations:
        row[role] = " ".join(link.target for link in element.links if link.role == role) or None
    for name in SHAPES[element.kind].attributes:
        value = element.attributes.get(name)
        if name in TEXTS[element.kind]:
            value = as_text(value) if value else dict.fromkeys(languages)
        row |= _cells(name, value, languages)
    row["source"] = element.source
    row["demo"] = element.demo or None
    return row


def _cells(name: str, value: Any, languages: Sequence[str]) -> Row:
    if isinstance(value, Mapping):
        if is_text(value, languages):
            return {f"{name}_{language}": say(value, language) or None for language in languages}
        return {
            column: cell
            for part, inner in value.items()
            for column, cell in _cells(f"{name}_{part}", inner, languages).items()
        }
    if isinstance(value, list | tuple):
        if all(isinstance(item, str) for item in value):
            return {name: ", ".join(value) or None}
        return {name: json.dumps(value, ensure_ascii=False) if value else None}
    return {name: value}


def is_text(value: Mapping[str, Any], languages: Sequence[str]) -> bool:
    """Whether a mapping is a text in languages, and no structure."""
    return bool(value) and set(value) <= {*languages, EVERY_LANGUAGE}

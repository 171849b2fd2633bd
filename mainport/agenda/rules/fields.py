# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What each field of a kind holds, read from its node class: for forms, for search, for history.

A new kind or field in `rules.elements` has its form and its place in the index without a line here.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, StrictFloat, StrictInt

from mainport.agenda.rules.elements import Element, Kind
from mainport.agenda.rules.nodes import NODES, SHAPES, Euro, Key, Language, ReducedDate, Text, To, Website, Words
from mainport.core.rules.languages import EVERY_LANGUAGE


class Sort(StrEnum):
    """What a field holds."""

    TEXT = "text"  # in each language of the alliance
    WORDS = "words"
    LINES = "lines"  # several words
    LANGUAGES = "languages"
    DATE = "date"  # reduced: a year, a month or a day
    WEBSITE = "website"
    KEY = "key"
    WHOLE = "whole"
    NUMBER = "number"
    CHOICE = "choice"
    FLAG = "flag"
    ONE = "one"  # relation to one element
    SEVERAL = "several"  # relation to several
    GROUP = "group"  # fields that belong together: `parts`
    ROWS = "rows"  # the same, any number of times


@dataclass(frozen=True)
class FieldShape:
    """One field: what it holds, whether it must be there, and what its values are bound to."""

    name: str
    sort: Sort
    required: bool = False
    least: float | None = None
    most: float | None = None
    choices: tuple[str, ...] = ()
    to: To | None = None
    parts: tuple[FieldShape, ...] = ()


_SIMPLE: tuple[tuple[Any, Sort], ...] = (
    (Text, Sort.TEXT),
    (Words, Sort.WORDS),
    (ReducedDate, Sort.DATE),
    (Website, Sort.WEBSITE),
    (Key, Sort.KEY),
    (Euro, Sort.WHOLE),
    (bool, Sort.FLAG),
    (int, Sort.WHOLE),
    (float, Sort.NUMBER),
)
_LAST = ("source", "demo")
#: Words that only machines and makers of maps read: no search is meant for them.
_UNREAD = frozenset({"sort", "field", "precision", "coordinates_source"})


@cache
def fields_of_kind(kind: Kind) -> tuple[FieldShape, ...]:
    """The fields of a kind that an element of it has itself: not its children, not its id."""
    node = NODES[kind]
    own = [name for name in node.model_fields if name != "id" and name not in SHAPES[kind].children]
    found = {shape.name: shape for shape in fields_of_model(node) if shape.name in own}
    return tuple(sorted(found.values(), key=lambda shape: (shape.name in _LAST, own.index(shape.name))))


def fields_of_model(model: type[BaseModel]) -> list[FieldShape]:
    """The fields of a group of fields, such as a period or a risk, or of any other model."""
    hints = get_type_hints(model, include_extras=True)
    return [_shape(name, hints[name], info.is_required()) for name, info in model.model_fields.items()]


def _shape(name: str, hint: Any, required: bool) -> FieldShape:
    hint, marks = _bare(hint)
    to = next((mark for mark in marks if isinstance(mark, To)), None)
    least = next((mark for mark in _limits(marks, "ge")), None)
    most = next((mark for mark in _limits(marks, "le")), None)
    if to:
        return FieldShape(name, Sort.SEVERAL if get_origin(hint) is tuple else Sort.ONE, required, to=to)
    for alias, sort in _SIMPLE:
        if hint == alias:
            return FieldShape(name, sort, required, 0 if alias == Euro else least, 10**12 if alias == Euro else most)
    if get_origin(hint) is Literal:
        return FieldShape(name, Sort.CHOICE, required, choices=get_args(hint))
    if get_origin(hint) is tuple:
        return _several(name, get_args(hint)[0], required)
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return FieldShape(name, Sort.GROUP, required, parts=tuple(fields_of_model(hint)))
    if set(get_args(hint)) == {StrictInt, StrictFloat}:
        return FieldShape(name, Sort.NUMBER, required)
    return FieldShape(name, Sort.ROWS, required)  # A list of an element's children, which callers leave out.


def _several(name: str, item: Any, required: bool) -> FieldShape:
    if item == Words:
        return FieldShape(name, Sort.LINES, required)
    if item == Language:
        return FieldShape(name, Sort.LANGUAGES, required)
    assert isinstance(item, type), f"{name}: a list of {item} has no form yet"
    assert issubclass(item, BaseModel), f"{name}: a list of {item} has no form yet"
    return FieldShape(name, Sort.ROWS, required, parts=() if item in NODES.values() else tuple(fields_of_model(item)))


def _bare(hint: Any) -> tuple[Any, list[Any]]:
    """The type without `| None`, and what `Annotated` says of it; the aliases of `rules.elements` stay whole."""
    marks: list[Any] = []
    while True:
        if get_origin(hint) in (Union, types.UnionType) and type(None) in get_args(hint):
            (hint,) = (inner for inner in get_args(hint) if inner is not type(None))
        elif get_origin(hint) is Annotated and not any(hint == alias for alias, _sort in _SIMPLE):
            hint, *more = get_args(hint)
            marks += more
        else:
            return hint, marks


def _limits(marks: list[Any], name: str) -> list[float]:
    inner = [piece for mark in marks for piece in (mark, *getattr(mark, "metadata", ()))]
    return [value for piece in inner if (value := getattr(piece, name, None)) is not None]


def words_of(element: Element, language: str) -> tuple[str, str]:
    """(title, all other words) of an element in one language, with what is the same in every one."""
    found = [_in(element.summary, language)]
    for shape in fields_of_kind(element.kind):
        if shape.name in element.attributes and shape.name not in _UNREAD:
            found += _words(shape, element.attributes[shape.name], language)
    return _in(element.title, language), "\n".join(words for words in found if words)


def _words(shape: FieldShape, value: Any, language: str) -> list[str]:
    if shape.sort is Sort.TEXT:
        return [_in(_text(value), language)]
    if shape.sort is Sort.WORDS:
        return [value]
    if shape.sort is Sort.LINES:
        return list(value)
    if shape.sort is Sort.ROWS:
        return [
            words
            for row in value
            for part in shape.parts
            if part.name in row
            for words in _words(part, row[part.name], language)
        ]
    return []


def _text(value: Any) -> Mapping[str, str]:
    return {EVERY_LANGUAGE: value} if isinstance(value, str) else value


def _in(text: Mapping[str, str] | None, language: str) -> str:
    return (text.get(language) or text.get(EVERY_LANGUAGE) or "") if text else ""

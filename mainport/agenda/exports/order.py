# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""One order for the fields of an agenda: PostgreSQL keeps JSON in another than the one it was given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from mainport.agenda.rules.elements import Agenda, Element
from mainport.agenda.rules.nodes import SHAPES, Period, Risk
from mainport.core.rules.languages import EVERY_LANGUAGE

#: The fields of the structures inside attributes.
_INNER = (*Period.model_fields, *Risk.model_fields)


def in_order(agenda: Agenda) -> Agenda:
    """The same agenda, its fields and languages in the order of the file format and of the alliance."""
    languages = (*agenda.languages, EVERY_LANGUAGE)
    sources = sorted(agenda.sources.values(), key=lambda source: source.key)
    return Agenda(
        elements={uid: _element(element, languages) for uid, element in agenda.elements.items()},
        sources={source.key: replace(source, title=_value(source.title, languages)) for source in sources},
    )


def _element(element: Element, languages: Sequence[str]) -> Element:
    fields = SHAPES[element.kind].attributes
    return replace(
        element,
        title=_value(element.title, languages),
        summary=_value(element.summary, languages),
        attributes={name: _value(element.attributes[name], languages) for name in fields if name in element.attributes},
    )


def _value(value: Any, languages: Sequence[str]) -> Any:
    if isinstance(value, Mapping):
        order = languages if set(value) <= set(languages) else _INNER
        names = sorted(value, key=lambda name: (order.index(name) if name in order else len(order), name))
        return {name: _value(value[name], languages) for name in names}
    if isinstance(value, list | tuple):
        return [_value(item, languages) for item in value]
    return value

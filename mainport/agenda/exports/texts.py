# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Texts among an element's attributes, where one that is the same in every language is kept as plain words."""

from __future__ import annotations

from collections.abc import Mapping
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from mainport.agenda.rules.elements import Kind
from mainport.agenda.rules.nodes import NODES, SHAPES
from mainport.core.rules.languages import EVERY_LANGUAGE


def _is_text(annotation: Any) -> bool:
    """Whether a field is `rules.elements.Text`, optional or not."""
    if get_origin(annotation) is dict:
        return True
    return get_origin(annotation) in (Annotated, Union, UnionType) and any(map(_is_text, get_args(annotation)))


#: The attributes of each kind that are texts.
TEXTS: dict[Kind, frozenset[str]] = {
    kind: frozenset(name for name in SHAPES[kind].attributes if _is_text(node.model_fields[name].annotation))
    for kind, node in NODES.items()
}


def as_text(value: Any) -> Mapping[str, str]:
    """A text attribute by language."""
    return {EVERY_LANGUAGE: value} if isinstance(value, str) else value

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""How the values of this room are built, so that one writer, one reader and one schema fit all of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from mainport.catalogue.rules.texts import Day

Form = Literal["one", "many", "texts", "many texts", "days"]

#: The plain types that a part can have.
PLAIN: tuple[type[Any], ...] = (str, bool, int, float, Decimal, date, Day)


@dataclass(frozen=True)
class Part:
    """A field: under which name it stands outside, in what form, of which type, and what it is when nobody says."""

    field: str
    name: str
    form: Form
    type: type[Any]
    default: Any

    @property
    def is_value(self) -> bool:
        """Whether it has parts itself."""
        return dataclasses.is_dataclass(self.type) and self.type not in PLAIN


_SHAPES: dict[type[Any], tuple[Part, ...]] = {}


def shape(made: type[Any]) -> tuple[Part, ...]:
    """The parts of a value's class, in their order.

    >>> from mainport.catalogue.rules.works import Work
    >>> [(part.name, part.form) for part in shape(Work)][:3]
    [('title', 'texts'), ('type', 'one'), ('identifier', 'many')]
    """
    if made not in _SHAPES:
        hints = get_type_hints(made)
        _SHAPES[made] = tuple(_part(one, hints[one.name]) for one in dataclasses.fields(made))
    return _SHAPES[made]


def _part(field: dataclasses.Field[Any], hint: Any) -> Part:
    default = field.default_factory() if callable(field.default_factory) else field.default
    form, plain = _form(hint)
    name = singular(field.name) if form != "one" else field.name
    first, *rest = name.split("_")
    return Part(field.name, first + "".join(map(str.capitalize, rest)), form, plain, default)


def _form(hint: Any) -> tuple[Form, type[Any]]:
    if get_origin(hint) in (Union, UnionType):
        (hint,) = (one for one in get_args(hint) if one is not NoneType)
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        return ("many texts", str) if get_origin(inner) is Mapping else ("many", inner)
    if get_origin(hint) is Mapping:
        return ("days", Day) if get_args(hint)[1] is Day else ("texts", str)
    if not (dataclasses.is_dataclass(hint) or issubclass(hint, (*PLAIN, StrEnum))):
        raise TypeError(f"{hint} is no part of a value")
    return "one", hint


def singular(name: str) -> str:
    """One of several: each stands in an element of its own.

    >>> singular("summaries"), singular("courses"), singular("funding"), singular("text")
    ('summary', 'course', 'funding', 'text')
    """
    return f"{name[:-3]}y" if name.endswith("ies") else name.removesuffix("s")

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The parameters of the API: each as strict as its description says."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Annotated, Any

from django.utils import timezone
from ninja import Query, Schema
from pydantic import BeforeValidator, Field, WithJsonSchema

from mainport.agenda.rules.nodes import KEY_PATTERN

_DIGITS = re.compile(r"0|[1-9][0-9]{0,8}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _whole(value: Any) -> Any:
    if isinstance(value, str) and not _DIGITS.fullmatch(value):
        raise ValueError("a whole number")
    return value


def _day(value: Any) -> Any:
    """Pydantic takes a number of seconds for a date too; nobody means that here."""
    if isinstance(value, str):
        try:
            if not _DAY.fullmatch(value):
                raise ValueError
            return date.fromisoformat(value)
        except ValueError:
            raise ValueError("a day as YYYY-MM-DD") from None
    return value


def _yes_or_no(value: Any) -> Any:
    if isinstance(value, str):
        if value not in ("true", "false"):
            raise ValueError("true or false")
        return value == "true"
    return value


ID_PATTERN = r"^([a-z]+:)?[A-Za-z0-9][A-Za-z0-9-]*$"
#: Of free text: a database takes any character but NUL, so that the door refuses it.
WITHOUT_NUL = r"^[^\x00]*$"

# What limits a value stands before what reads it, or the document wouldn't tell of the limit.
Number = Annotated[int, Field(ge=1, le=999_999_999), BeforeValidator(_whole)]
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
YesOrNo = Annotated[bool, BeforeValidator(_yes_or_no)]
Id = Annotated[str, Field(pattern=ID_PATTERN, max_length=110)]
Key = Annotated[str, Field(pattern=KEY_PATTERN, max_length=90)]

Page = Annotated[
    Annotated[int, Field(ge=1, le=1_000_000), BeforeValidator(_whole)], Query(1, description="Which page, from 1.")
]
PageSize = Annotated[
    Annotated[int, Field(ge=1, le=500), BeforeValidator(_whole)],
    Query(50, alias="pageSize", description="How many on one page, at most 500."),
]


def names_of(shape: type[Schema]) -> tuple[BeforeValidator, WithJsonSchema]:
    """What makes a text a list of the fields of this shape, with commas between them."""
    known = list(shape.model_fields)

    def check(value: Any) -> Any:
        if isinstance(value, str) and not set(value.split(",")) <= set(known):
            raise ValueError(f"names, with commas between them, out of: {', '.join(known)}")
        return value

    one = f"({'|'.join(known)})"
    return BeforeValidator(check), WithJsonSchema({"type": "string", "pattern": f"^{one}(,{one})*$"})


def end_of(day: date) -> datetime:
    """The last moment of a day where the alliance is."""
    return timezone.make_aware(datetime.combine(day, time.max))

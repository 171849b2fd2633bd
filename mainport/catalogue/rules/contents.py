# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Works, programmes and courses as JSON to keep, and back: nothing is lost on the way.

Fields that have their default are left out, so that a value that gains a field still reads what was kept before.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import TypeAdapter

from mainport.catalogue.rules.courses import Course, Offering, Programme
from mainport.catalogue.rules.works import Work

#: What a record can say.
Value = Work | Programme | Course

#: By the kind of the record.
VALUES: dict[str, type[Value]] = {"work": Work, "programme": Programme, "course": Course}
Json = dict[str, Any]


@cache
def _adapter(kind: str) -> TypeAdapter[Any]:
    return TypeAdapter(Offering if kind == "offering" else VALUES[kind])


def kind_of(value: Value) -> str:
    """The kind of record that says this."""
    return next(kind for kind, made in VALUES.items() if isinstance(value, made))


def written(value: Value | Offering) -> Json:
    """The value as JSON."""
    found: Json = _adapter("offering" if isinstance(value, Offering) else kind_of(value)).dump_python(
        value, mode="json", exclude_defaults=True
    )
    return found


def read(kind: str, content: Json) -> Value:
    """The value of a record of this kind. Raises ValueError for what `written` didn't write."""
    found: Value = _adapter(kind).validate_python(content)
    return found


def read_offering(content: Json) -> Offering:
    found: Offering = _adapter("offering").validate_python(content)
    return found

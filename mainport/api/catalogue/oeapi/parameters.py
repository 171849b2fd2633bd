# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What a client may ask beside the address: parameters by the specification, read and checked; and parts of objects."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest

from mainport.api.catalogue.oeapi import filters
from mainport.api.catalogue.oeapi.filters import Filter
from mainport.api.problems import Fault, Refused

SIZES = (10, 20, 50, 100, 250)
LIST = ("pageSize", "pageNumber", "fields", "consumer")
ONE = ("expand", "fields", "consumer")
#: So many brackets within brackets a list of fields may have.
_DEPTH = 8
Json = dict[str, Any]
Tree = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """The parameters of a request, each as what it means."""

    size: int = 10
    page: int = 1
    expand: frozenset[str] = frozenset()
    fields: Tree | None = None
    since: date | None = None
    until: date | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    filter: Filter = field(default_factory=Filter)

    def get(self, name: str) -> str:
        return self.words.get(name, "")


def read(request: HttpRequest, known: tuple[str, ...], expands: tuple[str, ...] = ()) -> Asked:
    """The parameters, of which only `known` ones may be there. Raises Refused with all that is wrong.

    A list can be filtered by filter_query too.
    """
    filtered = "pageSize" in known
    faults = [
        Fault(name[:80], ", ".join(given)[:80], f"one of: {', '.join(known)}" if name not in known else "it once")
        for name, given in request.GET.lists()
        if not (filtered and name.startswith(filters.PREFIX)) and (name not in known or len(given) > 1)
    ]
    words = {name: request.GET[name] for name in known if name in request.GET}
    made: Json = {
        name: _read(way, words[given], given, faults)
        for given, (name, way) in _WAYS.items()
        if given in words and given in known
    }
    made.pop("", None)  # Those that are only looked at, and stay words.
    expand = frozenset(filter(None, words.get("expand", "").split(",")))
    if expand - set(expands):
        faults.append(Fault("expand", ", ".join(sorted(expand))[:80], f"some of: {', '.join(expands) or 'nothing'}"))
    if faults:
        raise Refused(400, errors=faults)
    pairs = [(name, one) for name, several in request.GET.lists() for one in several]
    return Asked(expand=expand, words=words, filter=filters.read(pairs) if filtered else Filter(), **made)


def _read(way: Callable[[str], Any], words: str, name: str, faults: list[Fault]) -> Any:
    try:
        return way(words)
    except ValueError as error:
        faults.append(Fault(name, words[:80], str(error)))
        return None


def _size(words: str) -> int:
    if words not in map(str, SIZES):
        raise ValueError(f"one of: {', '.join(map(str, SIZES))}")
    return int(words)


def _page(words: str) -> int:
    if not re.fullmatch(r"[1-9]\d{0,9}", words, re.ASCII) or int(words) >= 2**31:
        raise ValueError("a whole number from 1 on, in 32 bits")
    return int(words)


def _day(words: str) -> date:
    """A day, or the day of a moment."""
    try:
        return date.fromisoformat(words) if len(words) == 10 else datetime.fromisoformat(words).date()
    except ValueError:
        raise ValueError("a day such as 2027-01-31, or a moment such as 2027-01-31T00:00:00+01:00") from None


def _language(words: str) -> str:
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*", words):
        raise ValueError("a language such as nl or nl-NL")
    return words


def _truth(words: str) -> str:
    if words not in ("true", "false"):
        raise ValueError("true or false")
    return words


def _fields(words: str) -> Tree | None:
    """Fields such as name,organisation(name): each with those that are asked of it.

    It is a hint, says the specification, so that one that can't be read is no reason to refuse: all fields are given.
    """
    tree: Tree = {}
    stack = [tree]
    inner = words.strip()
    if inner.startswith("(") and inner.endswith(")"):
        inner = inner[1:-1]
    name = ""
    for sign in f"{inner},":
        if sign == "(":
            if len(stack) > _DEPTH:
                return None
            stack.append(stack[-1].setdefault(name.strip(), {}))
            name = ""
        elif sign in ",)":
            if name.strip():
                stack[-1].setdefault(name.strip(), {})
            name = ""
            if sign == ")":
                stack.pop()
                if not stack:
                    return None
        else:
            name += sign
    return tree if len(stack) == 1 else None


_WAYS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "pageSize": ("size", _size),
    "pageNumber": ("page", _page),
    "fields": ("fields", _fields),
    "since": ("since", _day),
    "until": ("until", _day),
    "teachingLanguage": ("", _language),
    "resultExpected": ("", _truth),
    "returnTimelineOverrides": ("", _truth),
}

#: What the specification asks of every object, wherever it stands.
_NEEDED = frozenset(
    {
        *("courseId", "programmeId", "organisationId", "courseOfferingId", "programmeOfferingId", "associationId"),
        *("learningOutcomeId", "personId", "primaryCode", "name", "programmeType", "organisationType", "role", "state"),
        *("codeType", "code", "language", "value", "addressType", "costType", "studyLoadUnit", "startDateTime"),
        *("latitude", "longitude"),
    }
)


def part(item: Any, fields: Tree | None) -> Any:
    """An object with only the fields that were asked for, and those that must be there."""
    if not fields:
        return item
    if isinstance(item, list):
        return [part(one, fields) for one in item]
    if not isinstance(item, dict):
        return item
    return {name: part(value, fields.get(name)) for name, value in item.items() if name in fields or name in _NEEDED}

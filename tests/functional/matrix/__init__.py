# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Every address of the site, by role, by status. `tests/functional/test_matrix.py` asks each of them.

A new address needs a row in the file of its area (portal, workspace, accounts, api), or the suite
fails. A row is one line:

    #                                            visitor alice charlie bob dave erin frank grace
    row("person", {"pk": person("erin")},   get="302     403   403     403 200  403  403   200",
                                           post="302     403   403     403 302  403  403   302", data={...}),

- One status for everybody may stand alone: get="200".
- `page(...)` is a row for an address made by `pages.routes`: it covers name, name_json and name_csv.
- Arguments and `data` are values, or functions that are given the `Stage`; they may make what they
  need, since each request is undone before the next.
- A URL that answers only POST has get="405".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from mainport.core.models import Person
from tests.conftest import Cast

#: The columns of each row. Alice reports and Bob coordinates for one organisation, Charlie reports for another.
ROLES = ("visitor", "alice", "charlie", "bob", "dave", "erin", "frank", "grace")


@dataclass(frozen=True)
class Stage:
    """What stands when a row is asked: the cast and the Groningen agenda."""

    cast: Cast


Given = Any | Callable[[Stage], Any]


@dataclass(frozen=True)
class Row:
    """One address: its URL name (with namespace), what its route needs, and what each role is answered."""

    name: str
    arguments: Mapping[str, Given] | Callable[[Stage], Mapping[str, Any]]
    get: tuple[int, ...]
    post: tuple[int, ...] = ()
    data: Mapping[str, Given] | Callable[[Stage], Mapping[str, Any]] | None = None
    opener: str = ""  # Who of the cast sees the page, where none of the columns does.


def row(
    name: str,
    arguments: Mapping[str, Given] | Callable[[Stage], Mapping[str, Any]] | None = None,
    *,
    get: str,
    post: str = "",
    data: Mapping[str, Given] | Callable[[Stage], Mapping[str, Any]] | None = None,
    opener: str = "",
) -> list[Row]:
    """One address. `post` where it writes, with the `data` to send."""
    return [Row(name, arguments or {}, _statuses(name, get), _statuses(name, post) if post else (), data, opener)]


def page(name: str, arguments: Mapping[str, Given] | None = None, *, get: str, opener: str = "") -> list[Row]:
    """The three addresses of a page that offers its data."""
    return [one for end in ("", "_json", "_csv") for one in row(name + end, arguments, get=get, opener=opener)]


def outsider(stage: Stage, name: str) -> Person:
    """Somebody of the cast who comes in from outside, made where they aren't there: what a request made is undone."""
    return Person.objects.filter(email=f"{name}@example.org").first() or getattr(replace(stage.cast), name)


def table(*rows: list[Row]) -> list[Row]:
    return [one for several in rows for one in several]


def person(name: str) -> Callable[[Stage], int]:
    """The number of somebody of the cast."""
    return lambda stage: int(getattr(stage.cast, name).pk)


def _statuses(name: str, written: str) -> tuple[int, ...]:
    statuses = tuple(int(status) for status in written.split())
    if len(statuses) == 1:
        return statuses * len(ROLES)
    if len(statuses) != len(ROLES):
        raise ValueError(f"row {name}: {len(statuses)} statuses for {len(ROLES)} roles")
    return statuses

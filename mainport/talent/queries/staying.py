# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What tables of people say of who stays: as much of it as gives away no small count.

What a table says is kept in memory by the digest of its file: it changes only with that.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from mainport.talent.feeds import flows
from mainport.talent.feeds.graduates import Graduates, read_graduates
from mainport.talent.feeds.labour import is_uwv, read_uwv
from mainport.talent.feeds.yearly import read_yearly
from mainport.talent.models import Table
from mainport.talent.rules.staying import Staying, stays

T = TypeVar("T")


def paths(table: Table) -> flows.Read:
    """The paths and rates of a table of graduates. One query at most."""
    return _of(table, flows.read)


def graduates(table: Table) -> tuple[Graduates, ...]:
    """The rows of a table of who is graduating. One query at most."""
    return _of(table, lambda body, name: tuple(read_graduates(body, name)))


def vacancies(table: Table) -> dict[str, float]:
    """Open jobs by sector; none where the labour table is of another shape. One query at most."""

    def read(body: bytes, name: str) -> dict[str, float]:
        return read_uwv(body, name) if is_uwv(body) else {}

    return _of(table, read)


def staying(table: Table) -> Staying:
    """How long people stay, whether they return, and where they go from year to year. One query at most."""
    return _of(table, lambda body, name: stays(read_yearly(body, name)))


_KEPT: dict[tuple[str, str], object] = {}
_MOST_KEPT = 24


def _of(table: Table, read: Callable[[bytes, str], T]) -> T:
    key = (table.kind, table.sha256)
    found = _KEPT.get(key)
    if found is None:
        body = Table.objects.values_list("body", flat=True).get(pk=table.pk)
        found = read(bytes(body), table.file_name)
        while len(_KEPT) >= _MOST_KEPT:
            _KEPT.pop(next(iter(_KEPT)))
        _KEPT[key] = found
    return found  # type: ignore[return-value]

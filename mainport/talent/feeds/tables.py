# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The kinds of tables that can be kept, each read by its own feed."""

from __future__ import annotations

from collections.abc import Callable

from mainport.talent.feeds import flows, graduates, labour, studielink, yearly
from mainport.talent.rules.faults import Fault, Refused


def _flows(body: bytes, name: str) -> int:
    return flows.read(body, name).rows


def _registrations(body: bytes, name: str) -> int:
    return len(studielink.read_registrations(body, name))


def _enrolled(body: bytes, name: str) -> int:
    return len(studielink.read_enrolled(body, name))


def _labour(body: bytes, name: str) -> int:
    """UWV's vacancies or ROA's table."""
    if labour.is_uwv(body):
        return len(labour.read_uwv(body, name))
    return len(labour.read_roa(body, name).cells)


def _history(body: bytes, name: str) -> int:
    return len(labour.read_past(body, name))


def _yearly(body: bytes, name: str) -> int:
    return len(yearly.read_yearly(body, name).person)


def _graduates(body: bytes, name: str) -> int:
    return len(graduates.read_graduates(body, name))


#: By the kind of a Table: how many rows were read. Raises Refused.
KINDS: dict[str, Callable[[bytes, str], int]] = {
    "paths": _flows,
    "retention": _flows,
    "registrations": _registrations,
    "enrolled": _enrolled,
    "labour": _labour,
    "history": _history,
    "yearly": _yearly,
    "graduates": _graduates,
}


def rows_of(kind: str, body: bytes, name: str) -> int:
    """How many rows a table of this kind has. Raises Refused with every fault."""
    if kind not in KINDS:
        raise Refused([Fault(name, 1, "kind", kind, f"one of {', '.join(KINDS)}")])
    rows = KINDS[kind](body, name)
    if not rows:
        raise Refused([Fault(name, 2, "row", "nothing", "at least one row below the names of the columns")])
    return rows

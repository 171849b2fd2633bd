# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""How each kind of source is walked: which part to ask for first, what is in it, and what to ask for next.

A walk asks by the `get` that it is given and keeps nothing: where it is stands in the position, which is JSON, so
that a harvest can be broken off anywhere and taken up by another process.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from mainport.catalogue.rules.contents import Value
from mainport.catalogue.rules.faults import Fault

Json = dict[str, Any]
#: What a record says, and what of it couldn't be read. Raises Refused.
Reading = Callable[[], tuple[Value, list[Fault]]]


class Get(Protocol):
    """Asks for an address; core.fetching's Visit.get is one."""

    def __call__(self, url: str, *, accept: str = "*/*") -> bytes: ...


@dataclass(frozen=True)
class Asked:
    """What a harvest asks of a source. `since` is a moment by the source's own clock; '' asks for all there is."""

    source: str
    url: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    since: str = ""


@dataclass(frozen=True)
class Found:
    """A record as the source gave it; it is read when that is needed. A deleted one says nothing."""

    identifier: str
    body: bytes
    media_type: str
    reading: Reading | None = None
    datestamp: str = ""
    sets: tuple[str, ...] = ()
    deleted: bool = False


@dataclass(frozen=True)
class Part:
    """One page of records. `position` is with what to ask for the next one; None: this was the last.

    `until` is up to when this walk tells of changes, by the source's clock; '' where it has none. `faults` are of
    records of which not even the identifier could be read, `notes` of the answer around the records.
    """

    found: tuple[Found, ...]
    position: Json | None
    until: str = ""
    size: int | None = None
    faults: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()


class Expired(Exception):
    """The source no longer knows the position: the list has to be asked for from its beginning."""


class Walk(Protocol):
    """`lasting`: a position can still be asked with after a long while. `snapshot`: a walk without `since` names
    all that there is, so that what it doesn't name is gone. `whole_every`: after so many days all there is has to be
    asked for, since the source doesn't tell of everything that changed; 0 is each time, and None never."""

    @property
    def lasting(self) -> bool: ...
    @property
    def snapshot(self) -> bool: ...
    @property
    def whole_every(self) -> int | None: ...

    def part(self, get: Get, position: Json) -> Part:
        """The part at this position; an empty one is the beginning.

        Raises Expired, Problem for what the source refuses, and Refused for an answer that can't be read.
        """

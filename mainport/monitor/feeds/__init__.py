# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Outside formats coming in; a file a format.

A format that is visited over http has a function `read(asked, visit)`: it asks `visit` for what it needs
and gives the tables that came. It raises `NotReached`, `NotTrusted` and `NotChanged` of core.fetching.problems.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mainport.core.fetching.http import Visit
    from mainport.monitor.rules.tables import Lines, Table


@dataclass(frozen=True)
class Asked:
    """What a visit is for: `key` names the table that comes, `settings` is what the format needs."""

    key: str
    url: str
    settings: Mapping[str, Any]
    #: The version that is known, where a visit may end when the source still has that one.
    known_version: str = ""
    #: The keys of the dimensions that the table had before; none where it is new.
    known_dimensions: tuple[str, ...] = ()


Reader = Callable[[Asked, "Visit"], "Sequence[Lines | Table]"]

#: The module of each format that is visited. Loaded when it is needed.
VISITED = {
    "cbs": "mainport.monitor.feeds.cbs",
    "jsonstat": "mainport.monitor.feeds.jsonstat",
    "sdmx": "mainport.monitor.feeds.sdmx",
    "swing": "mainport.monitor.feeds.swing",
    "dcat": "mainport.monitor.feeds.dcat",
}


def reader(format: str) -> Reader:
    """Raises KeyError for a format that nobody visits."""
    found: Reader = import_module(VISITED[format]).read
    return found

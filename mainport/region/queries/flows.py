# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Flow tables: which there are, and what is in one, at its own borders or at later ones."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import polars as pl
from django.db.models import QuerySet

from mainport.region.models import FlowTable
from mainport.region.rules.areas import LAST, Basis, netherlands
from mainport.region.rules.flows import Flows


@dataclass(frozen=True)
class Opened:
    """A table with its flows at the borders of a year; `shared` are the older areas that had to be divided, by what."""

    table: FlowTable
    year: int
    pairs: pl.DataFrame
    flows: Flows
    shared: dict[str, Basis]


def tables() -> QuerySet[FlowTable]:
    """All flow tables, without their pairs."""
    return FlowTable.objects.defer("pairs")


def find(key: str) -> FlowTable | None:
    return tables().filter(key=key).first()


def opened(table: FlowTable, borders: int | None = None) -> Opened:
    """The flows of a table. Raises ValueError for borders before those of the table.

    Tables aren't changed once they are stored (actions.flows gives a new file a new row), so what was read is kept.
    """
    year = borders or table.borders
    pairs, flows, shared = _opened(table.pk, table.sha256, tuple(table.outside), table.borders, min(year, LAST))
    return Opened(table, year, pairs, flows, shared)


@lru_cache(maxsize=16)
def _opened(
    pk: int, sha256: str, outside: tuple[str, ...], own: int, year: int
) -> tuple[pl.DataFrame, Flows, dict[str, Basis]]:
    from mainport.region.rules.areas import brought
    from mainport.region.rules.stored import as_flows, unpacked

    pairs = unpacked(bytes(FlowTable.objects.values_list("pairs", flat=True).get(pk=pk)))
    shared: dict[str, Basis] = {}
    if year != min(own, LAST):
        walk = netherlands().crosswalk(own, year)
        pairs = brought(pairs, walk)
        shared = {code: parts[0].basis for code, parts in walk.items() if len(parts) > 1}
    return pairs, as_flows(pairs, outside), shared

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What every feed parses to and every export writes from: a statistical table with its metadata.

The words are SDMX's and CBS's: a table has measures and dimensions; an observation is the value of one
measure at one code of each dimension, over one period.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl


class Role(StrEnum):
    """What a dimension speaks of."""

    TIME = "time"
    GEO = "geo"
    OTHER = "other"


class Missing(IntEnum):
    """Why there is no number (CBS's ValueAttribute). A missing value is never zero."""

    NONE = 0  # There is one.
    IMPOSSIBLE = 1
    CONFIDENTIAL = 2
    NOT_AVAILABLE = 3


class Finality(IntEnum):
    """How final a value is (CBS's status of a period, SDMX's OBS_STATUS)."""

    UNKNOWN = 0
    PROVISIONAL = 1
    REVISED_PROVISIONAL = 2
    DEFINITIVE = 3
    ESTIMATED = 4


@dataclass(frozen=True)
class Code:
    """One value that a dimension can take, in the order of the source."""

    key: str
    title: str
    description: str = ""
    group: str | None = None
    finality: Finality = Finality.UNKNOWN  # of a period


@dataclass(frozen=True)
class Dimension:
    """A side of a table; `codes` of the time dimension are its periods as the source writes them."""

    key: str
    title: str
    role: Role
    codes: tuple[Code, ...]
    description: str = ""


@dataclass(frozen=True)
class Measure:
    """What is measured; `decimals` as published; `kind` the source's data type (Long, Double, String)."""

    key: str
    title: str
    unit: str
    decimals: int = 0
    description: str = ""
    group: str | None = None
    kind: str = "Double"


@dataclass(frozen=True, kw_only=True)
class Description:
    """What a source says of a table besides its observations."""

    key: str
    title: str
    dimensions: tuple[Dimension, ...]
    measures: tuple[Measure, ...]
    description: str = ""
    language: str = "nl"
    version: str = ""
    modified: str = ""
    licence: str = ""
    publisher: str = ""
    frequency: str = ""
    #: What else the source says of the table, as it says it: kept, shown, and served again.
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def time(self) -> Dimension:
        return next(dimension for dimension in self.dimensions if dimension.role is Role.TIME)

    @property
    def sides(self) -> tuple[Dimension, ...]:
        """The dimensions besides time, in the order of the columns d0, d1 …"""
        return tuple(dimension for dimension in self.dimensions if dimension.role is not Role.TIME)


@dataclass(frozen=True, kw_only=True)
class Table(Description):
    """A whole table of one source.

    `frame` holds the observations, one a row: `measure` (Utf8), one Utf8 column of codes for each
    dimension that isn't time, named `d0`, `d1` … in the order of `dimensions`, `period` (Utf8, as the
    source writes it), `value` (Float64, null where missing), `text` (Utf8, null but for texts),
    `missing` (Int8, of `Missing`), `finality` (Int8, of `Finality`).
    """

    frame: pl.DataFrame


#: Value, text, `Missing`, `Finality`.
Cell = tuple[float | None, str | None, int, int]
#: Key of the measure, and the codes of the sides with | between.
LineKey = tuple[str, str]


@dataclass(frozen=True)
class Contradiction:
    """One cell for which a table gives several values, and where each stands if the source has places."""

    measure: str
    coordinates: str
    period: str
    values: tuple[Any, ...]


@dataclass(frozen=True, kw_only=True)
class Lines(Description):
    """A whole table as plain values, a line for each series: what is stored and what exports write.

    Where a table is small, this costs less than a frame, whose library takes a third of a second to load.
    """

    lines: Mapping[LineKey, Mapping[str, Cell]]
    contradictions: tuple[Contradiction, ...] = ()


def __getattr__(name: str) -> Any:
    """`SCHEMA`: made when somebody asks, since its library takes a third of a second to load."""
    if name == "SCHEMA":
        return schema()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


@cache
def schema() -> dict[str, Any]:
    """The columns of every frame but for those of its dimensions."""
    import polars as pl

    return {
        "measure": pl.Utf8,
        "period": pl.Utf8,
        "value": pl.Float64,
        "text": pl.Utf8,
        "missing": pl.Int8,
        "finality": pl.Int8,
    }

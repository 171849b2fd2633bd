# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What was reported of autumns that have been and of who stays: told with its source, and never fitted to."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from typing import Any

from mainport.talent.rules.tables import read_csv


@dataclass(frozen=True)
class Told:
    year: int
    what: str
    place: str
    value: float
    #: "about", "never full that year": what the source says with the number.
    note: str
    source: str
    address: str

    def as_data(self) -> dict[str, Any]:
        return asdict(self)


@cache
def autumns() -> tuple[Told, ...]:
    """The autumns 2018-2022 in Groningen and the national shortage, as newspapers and Kences reported them."""
    name = "housing-years.csv"
    rows = read_csv((resources.files("mainport.talent") / "data" / name).read_bytes(), name)
    years, values = rows.numbers("year", whole=True), rows.numbers("value")
    words = [rows.columns[column] for column in ("what", "place", "note", "source", "address")]
    rows.check()
    return tuple(
        Told(int(year), what, place, value, note, source, address)
        for year, value, what, place, note, source, address in zip(years, values, *words, strict=True)
    )


@dataclass(frozen=True)
class Rate:
    """What others published of who stays in the North: `what` is a key, `note` what the source says with the number."""

    what: str
    value: float
    year: int
    note: str
    source: str
    address: str
    #: The indicator of the agenda that holds the same figure; "" for none.
    indicator: str

    def as_data(self) -> dict[str, Any]:
        return asdict(self)


@cache
def rates_of_the_north() -> tuple[Rate, ...]:
    """Shares in percent of who left, came or returned, as newspapers and the university reported them."""
    name = "published-rates.csv"
    rows = read_csv((resources.files("mainport.talent") / "data" / name).read_bytes(), name)
    years, values = rows.numbers("year", whole=True), rows.numbers("value", most=100)
    words = [rows.columns[column] for column in ("what", "note", "source", "address", "indicator")]
    rows.check()
    return tuple(
        Rate(what, value, int(year), note, source, address, indicator)
        for year, value, what, note, source, address, indicator in zip(years, values, *words, strict=True)
    )

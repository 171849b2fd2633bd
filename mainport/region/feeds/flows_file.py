# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Flows out of a CSV: of any columns, or as CBS publishes its commuting tables (85481NED since 2014, 81251NED before).

CBS gives thousands of jobs with one decimal, pads its keys with blanks, puts provinces and the whole country among
the municipalities, and marks with a dot what it keeps back. What is kept back isn't zero.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np
import polars as pl

from mainport.region.rules.flows import Floats, Flows, flows

#: What sources write for an amount that they keep back or don't know.
SUPPRESSED = (".", "..", "x", "X", "*")
#: What is no zone, in either language: it counts in the totals of a zone only.
OUTSIDE = ("abroad", "unknown", "buitenland", "onbekend", "buitenland/onbekend", "buitenland en onbekend")
#: More faults than these are counted, not told.
MOST_FAULTS = 20
#: No pair of municipalities has a million jobs: such a number of thousands is one of jobs.
MOST_THOUSANDS = 1000.0

_CBS_COLUMNS = {"home": re.compile(r"woon", re.I), "work": re.compile(r"werk(?!nemer|zame)", re.I)}
_CBS_AMOUNT = re.compile(r"banen|jobs", re.I)
_CBS_PERIOD = re.compile(r"^period", re.I)
_MUNICIPALITY = re.compile(r"GM\d{4}$")
_KEY = re.compile(r"[A-Z]{2}\d{2,4}$")
#: Codes of CBS for abroad and unknown, of which a table has those of one level or of several. They count in the
#: totals of a zone.
_NOWHERE = (re.compile(r"GM099[789]$|GM9999$"), re.compile(r"NL9[89]$"), re.compile(r"PV9[89]$"))


class Unit(StrEnum):
    """What an amount of 1 stands for: one job, person or trip, or a thousand of them."""

    ONE = "one"
    THOUSANDS = "thousands"


@dataclass(frozen=True)
class Fault:
    """What is wrong at one place of a file. The row is that of the file, the header being row 1."""

    file: str
    row: int
    column: str
    found: str
    expected: str

    def __str__(self) -> str:
        return f"{self.file}, row {self.row}, column {self.column}: found {self.found}, expected {self.expected}"


class Refused(ValueError):
    """A file that isn't taken, with every fault that was told; `more` were only counted."""

    def __init__(self, faults: Sequence[Fault], more: int = 0) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join([*map(str, faults), *([f"and {more} more"] if more else [])]))


@dataclass(frozen=True)
class Read:
    """`without_jobs` names zones that occur as a home, and the row, though nobody who lives there has a job;
    `left_out` counts rows of provinces, the country and such, whose jobs are in those of municipalities; `pairs` are
    home, work and amount (null where it was kept back) where they were asked for, and `outside` what is no zone."""

    flows: Flows
    unit: Unit
    rows: int
    without_jobs: tuple[tuple[str, int], ...] = ()
    left_out: int = 0
    pairs: pl.DataFrame | None = None
    outside: tuple[str, ...] = ()


def read_flows(
    path: Path,
    columns: Sequence[str] | None = None,
    *,
    unit: Unit | None = None,
    period: str = "",
    outside: Collection[str] = (),
    strange: Callable[[Collection[str]], Mapping[str, str]] | None = None,
    to_store: bool = False,
    name: str = "",
) -> Read:
    """The flows of a file. `columns` names those of home, work and amount; without, they are those names or CBS's.

    Amounts are given back in ones. The unit is ones, or thousands of a table of CBS, unless said otherwise. `strange`
    tells by code which are none, and what was expected instead. What is read `to_store` comes with its pairs, and is
    refused where nobody who lives in a home has a job. Raises Refused, with every fault of a kind at once.
    """
    name = name or path.name
    frame, separator = _table(path, name)
    home, work, amount, cbs = _columns(frame, columns, name)
    frame = _of_period(frame, period, name)
    rows = frame.height
    comma = separator != "," and frame[amount].str.contains(r"^\s*-?\d+,\d+\s*$").any()
    text = pl.col(amount).str.strip_chars()
    kept_back = text.is_in(SUPPRESSED) | ((text == "") if cbs else pl.lit(False))
    frame = frame.select(
        pl.col("row"),
        # Numbers stand for the texts: a large matrix repeats few of them.
        pl.col(home).str.strip_chars().cast(pl.Categorical).alias("home"),
        pl.col(work).str.strip_chars().cast(pl.Categorical).alias("work"),
        text.cast(pl.Categorical).alias("text"),
        pl.when(kept_back)
        .then(float("nan"))
        .otherwise((text.str.replace(",", ".", literal=True) if comma else text).cast(pl.Float64, strict=False))
        .alias("amount"),
    )
    if cbs:
        nowhere = _nowhere(_codes(frame))
        frame = _municipalities(frame, nowhere)
        outside = {*outside, *nowhere}
    names = {"home": home, "work": work, "text": amount}
    _check(frame, name, names, strange, {*outside, *OUTSIDE, ""})
    unit = unit or (Unit.THOUSANDS if cbs else Unit.ONE)
    _check_unit(frame, name, amount, unit)
    amounts = frame["amount"].to_numpy()
    if unit is Unit.THOUSANDS:
        # A decimal of a thousand is a whole number of jobs; 2.3 thousand isn't 2299.9999.
        amounts = np.round(amounts * 1000, 6)
    left_outside = [code for code in _codes(frame) if code.casefold() in OUTSIDE or code in outside]
    found = flows(frame["home"], frame["work"], amounts, outside=left_outside)
    without_jobs = _without_jobs(frame, found)
    if to_store and without_jobs:
        expected = "at least one job of somebody who lives there, or no row of it"
        raise Refused([Fault(name, row, home, f"'{zone}', without jobs", expected) for zone, row in without_jobs])
    return Read(
        flows=found,
        unit=unit,
        rows=rows,
        without_jobs=without_jobs,
        left_out=rows - frame.height,
        pairs=_pairs(frame, amounts) if to_store else None,
        outside=tuple(left_outside),
    )


def _pairs(frame: pl.DataFrame, amounts: Floats) -> pl.DataFrame:
    found = frame.select(pl.col("home", "work").cast(pl.String), pl.Series("amount", amounts))
    return found.with_columns(pl.col("amount").fill_nan(None))


def _table(path: Path, name: str) -> tuple[pl.DataFrame, str]:
    with path.open("rb") as file:
        head = file.readline(65536)
    if not head.strip():
        raise Refused([Fault(name, 1, "-", "an empty file", "a header and rows")])
    separator = max((";", "\t", "|", ","), key=lambda one: head.count(one.encode()))
    try:
        frame = pl.read_csv(path, separator=separator, infer_schema=False).fill_null("")
    except (pl.exceptions.PolarsError, UnicodeDecodeError) as error:
        said = str(error).splitlines()[0]
        raise Refused([Fault(name, 1, "-", said, f"CSV in UTF-8, separated by '{separator}'")]) from error
    frame = frame.rename({column: column.strip().lstrip("\ufeff") for column in frame.columns})
    return frame.with_row_index("row", offset=2), separator


def _columns(frame: pl.DataFrame, asked: Sequence[str] | None, name: str) -> tuple[str, str, str, bool]:
    """The columns of home, work and amount, and whether they are CBS's."""
    there = [column for column in frame.columns if column != "row"]
    if asked is not None:
        if len(asked) != 3:
            raise ValueError(f"{len(asked)} columns: expected three, of home, work and amount")
        if missing := [column for column in asked if column not in there]:
            raise Refused(
                [Fault(name, 1, column, "no such column", f"one of {', '.join(there)}") for column in missing]
            )
        return asked[0], asked[1], asked[2], False
    if {"home", "work", "amount"} <= set(there):
        return "home", "work", "amount", False
    home = next((column for column in there if _CBS_COLUMNS["home"].search(column)), None)
    work = next((column for column in there if _CBS_COLUMNS["work"].search(column) and column != home), None)
    amount = next((column for column in there if _CBS_AMOUNT.search(column) and column not in (home, work)), None)
    if home and work and amount:
        return home, work, amount, True
    raise Refused(
        [Fault(name, 1, "-", f"the columns {', '.join(there)}", "home, work and amount, or their names in --columns")]
    )


def _of_period(frame: pl.DataFrame, period: str, name: str) -> pl.DataFrame:
    column = next((one for one in frame.columns if _CBS_PERIOD.search(one) or one == "year"), None)
    if column is None:
        if period:
            raise Refused([Fault(name, 1, "-", "no column of periods", f"one, to find {period} in")])
        return frame
    there = frame[column].str.strip_chars().unique().sort().to_list()
    if not period and len(there) > 1:
        raise Refused([Fault(name, 1, column, f"the periods {', '.join(there)}", "one, or --period with one of them")])
    if period and period not in there:
        raise Refused([Fault(name, 1, column, f"the periods {', '.join(there)}", period)])
    return frame.filter(pl.col(column).str.strip_chars() == period) if period else frame


def _nowhere(codes: Collection[str]) -> set[str]:
    """Abroad and unknown, at one level only: on each level they are the same jobs."""
    levels = ({code for code in codes if level.match(code)} for level in _NOWHERE)
    return next((found for found in levels if found), set())


def _municipalities(frame: pl.DataFrame, nowhere: Collection[str]) -> pl.DataFrame:
    """Without provinces, the country and other keys of CBS: their jobs are those of their municipalities."""
    others = {code for level in _NOWHERE for code in _codes(frame) if level.match(code)} - set(nowhere)
    larger = [
        code
        for code in _codes(frame)
        if code in others or (_KEY.match(code) and not _MUNICIPALITY.match(code) and code not in nowhere)
    ]
    return frame.filter(~_among("home", larger) & ~_among("work", larger)) if larger else frame


def _codes(frame: pl.DataFrame) -> list[str]:
    return sorted({code for side in ("home", "work") for code in frame[side].unique().cast(pl.String)})


def _among(column: str, codes: Collection[str]) -> pl.Expr:
    return pl.col(column).cast(pl.String).is_in(list(codes))


def _check(
    frame: pl.DataFrame,
    name: str,
    names: dict[str, str],
    strange: Callable[[Collection[str]], Mapping[str, str]] | None,
    outside: Collection[str],
) -> None:
    """Raise Refused for amounts that are none, codes that are empty or unknown, and pairs that come twice."""
    number = "a number, or a dot for what is kept back"
    none = (
        pl.col("amount").is_null()
        | pl.col("amount").is_infinite()
        | (pl.col("amount").is_nan() & ~_among("text", (*SUPPRESSED, "")))
    )
    looks = [(none, "text", number), (pl.col("amount") < 0, "text", "0 or more")]
    codes = _codes(frame)
    zones = [code for code in codes if code not in outside and code.casefold() not in OUTSIDE]
    strangers = strange(zones) if strange else {}
    for side in ("home", "work"):
        if "" in codes:
            looks.append((_among(side, [""]), side, "the code of a zone"))
        looks += [(_among(side, [code]), side, expected) for code, expected in strangers.items()]
    faults: list[Fault] = []
    for look, column, expected in looks:
        for row, found in frame.filter(look).select("row", column).iter_rows():
            faults.append(Fault(name, row, names[column], f"'{found}'" if found else "nothing", expected))
    faults += _twice(frame, name, names)
    if faults:
        faults.sort(key=lambda fault: fault.row)
        raise Refused(faults[:MOST_FAULTS], max(len(faults) - MOST_FAULTS, 0))
    if not frame.height:
        raise Refused([Fault(name, 2, names["home"], "no rows", "at least one pair of zones")])


def _twice(frame: pl.DataFrame, name: str, names: dict[str, str]) -> list[Fault]:
    pair = frame["home"].to_physical().cast(pl.UInt64) * 2**32 + frame["work"].to_physical().cast(pl.UInt64)
    if pair.n_unique() == len(pair):
        return []
    first: dict[tuple[str, str], int] = {}
    faults = []
    for row, home, work in frame.filter(pair.is_duplicated()).sort("row").select("row", "home", "work").iter_rows():
        if (home, work) in first:
            expected = f"each pair once; it is in row {first[home, work]}"
            faults.append(Fault(name, row, names["work"], f"{home} to {work} again", expected))
        else:
            first[home, work] = row
    return faults


def _check_unit(frame: pl.DataFrame, name: str, amount: str, unit: Unit) -> None:
    """Raise Refused for jobs where thousands are expected, and for thousands where jobs are."""
    there = frame.filter(pl.col("amount") > 0)
    if not there.height:
        return
    largest = there.sort("amount", descending=True).row(0, named=True)
    tenths = (there["amount"] * 10).to_numpy()
    broken = there.filter(pl.col("amount") != pl.col("amount").round())
    if unit is Unit.THOUSANDS and largest["amount"] >= MOST_THOUSANDS:
        expected = "thousands, of which no pair has so many: these look like jobs (--unit one)"
        raise Refused([Fault(name, largest["row"], amount, f"'{largest['text']}'", expected)])
    if (
        unit is Unit.ONE
        and broken.height
        and largest["amount"] < MOST_THOUSANDS
        and np.allclose(tenths, np.round(tenths), atol=1e-6)
    ):
        row, text = broken.select("row", "text").row(0)
        expected = "jobs: with one decimal, these look like thousands (--unit thousands)"
        raise Refused([Fault(name, row, amount, f"'{text}'", expected)])


def _without_jobs(frame: pl.DataFrame, found: Flows) -> tuple[tuple[str, int], ...]:
    idle = {zone for zone, jobs in zip(found.zones, found.residents, strict=True) if jobs == 0}
    if not idle:
        return ()
    # Where all that is known of a zone is that it is kept back, it may have jobs.
    rows = (
        frame.filter(_among("home", sorted(idle)))
        .group_by("home")
        .agg(pl.col("row").min(), pl.col("amount").is_nan().any().alias("kept_back"))
        .filter(~pl.col("kept_back"))
        .sort("row")
    )
    return tuple((home, row) for home, row in rows.select("home", "row").iter_rows())

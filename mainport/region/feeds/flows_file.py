# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Flows out of CSV or XLSX: pairs in columns of any names, a table with a column for each destination, or as CBS
publishes its commuting tables (85481NED since 2014, 81251NED before).

CBS gives thousands of jobs with one decimal, pads its keys with blanks, puts provinces and the whole country among
the municipalities, and marks with a dot what it keeps back. What is kept back isn't zero.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import numpy as np
import polars as pl

from mainport.region.feeds import amounts, codes, matrix
from mainport.region.feeds.checks import check, check_unit, without_jobs
from mainport.region.feeds.faults import MOST_FAULTS, Fault, Refused
from mainport.region.feeds.matrix import Totals, Wide
from mainport.region.feeds.texts import ROW, Texts, opened
from mainport.region.rules.flows import Floats, Flows, flows

__all__ = ["MOST_FAULTS", "SUPPRESSED", "Fault", "Layout", "Read", "Refused", "Unit", "read_flows"]

#: What sources write for an amount that they keep back or don't know.
SUPPRESSED = (".", "..", "...", "…", ":", "x", "X", "*")
#: What they write for none at all.
_NIL = ("-", "–", "—")
#: What is no zone, in either language: it counts in the totals of a zone only.
OUTSIDE = ("abroad", "unknown", "buitenland", "onbekend", "buitenland/onbekend", "buitenland en onbekend")

_CBS_COLUMNS = {"home": re.compile(r"woon", re.I), "work": re.compile(r"werk(?!nemer|zame)", re.I)}
_CBS_AMOUNT = re.compile(r"banen|jobs", re.I)
_CBS_PERIOD = re.compile(r"^period", re.I)
_MUNICIPALITY = re.compile(r"GM\d{4}$")
_KEY = re.compile(r"[A-Z]{2}\d{2,4}$")
#: Codes of CBS for abroad and unknown, of which a table has those of one level or of several. They count in the
#: totals of a zone.
_NOWHERE = (re.compile(r"GM099[789]$|GM9999$"), re.compile(r"NL9[89]$"), re.compile(r"PV9[89]$"))
#: What the columns of pairs are often called, whatever their capitals.
_CALLED = (
    ("home", "origin", "orig", "from", "residence", "community_live", "h_geocode"),
    ("work", "destination", "dest", "to", "workplace", "community_work", "w_geocode"),
    ("amount", "flow", "flows", "count", "jobs", "people", "persons", "commuters", "trips", "value", "n", "s000"),
)


class Unit(StrEnum):
    """What an amount of 1 stands for: one job, person or trip, or a thousand of them."""

    ONE = "one"
    THOUSANDS = "thousands"


class Layout(StrEnum):
    """How a file holds flows: a row a pair, or a row for each home (or place of work) and a column for each other."""

    AUTO = "auto"
    PAIRS = "pairs"
    ROWS_ARE_HOMES = "rows-are-homes"
    ROWS_ARE_WORKS = "rows-are-works"


@dataclass(frozen=True)
class Read:
    """`without_jobs` names zones that occur as a home, and the row, though nobody who lives there has a job;
    `left_out` counts rows of provinces, the country and such, whose jobs are in those of municipalities; `pairs` are
    home, work and amount (null where it was kept back) where they were asked for, and `outside` what is no zone;
    `columns` are those of home, work and amount, or nothing for a table with a column for each destination, of which
    `empty` cells said nothing; `totals` were rows and columns of sums."""

    flows: Flows
    unit: Unit
    rows: int
    without_jobs: tuple[tuple[str, int], ...] = ()
    left_out: int = 0
    pairs: pl.DataFrame | None = None
    outside: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    empty: int = 0
    totals: Totals = field(default_factory=Totals)


@dataclass(frozen=True)
class _Laid:
    """The pairs of a file as texts: row, home, work, text; `rows` it had, and what its columns are called."""

    frame: pl.DataFrame
    rows: int
    names: tuple[str, str, str]
    separator: str
    cbs: bool = False
    wide: Wide | None = None


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
    layout: Layout = Layout.AUTO,
    decimal: str = "",
) -> Read:
    """The flows of a file. `columns` names those of home, work and amount; without, they are such names or CBS's, or
    the file is a table with a column for each destination.

    Amounts are given back in ones. The unit is ones, or thousands of a table of CBS, unless said otherwise; ones that
    look like thousands have to be said to be ones. `decimal`
    is the sign before decimals, where the amounts don't tell. `strange` tells by code which are none, and what was
    expected instead. What is read `to_store` comes with its pairs, and is refused where nobody who lives in a home has
    a job. Raises Refused, with every fault of a kind at once.
    """
    name = name or path.name
    laid = _laid(path, name, columns, layout, period)
    frame = codes.tidied(_numbers(laid, decimal, name), {*OUTSIDE, *outside, *matrix.TOTALS})
    if laid.cbs:
        nowhere = _nowhere(codes.of(frame))
        frame = _municipalities(frame, nowhere)
        outside = {*outside, *nowhere}
    read_rows = frame.height
    no_zones = {code for code in codes.of(frame) if code.casefold() in OUTSIDE or code in outside}
    check(frame, name, laid.names, laid.wide, (*SUPPRESSED, *_NIL), strange, no_zones)
    frame, totals = matrix.without_totals(frame, name, laid.names[2], no_zones, is_wide=laid.wide is not None)
    no_zones |= {totals.elsewhere} - {""}
    told, unit = unit is not None, unit or (Unit.THOUSANDS if laid.cbs else Unit.ONE)
    check_unit(frame, name, laid.names[2], laid.wide, thousands=unit is Unit.THOUSANDS, told=told)
    found_amounts = frame["amount"].to_numpy()
    if unit is Unit.THOUSANDS:
        # A decimal of a thousand is a whole number of jobs; 2.3 thousand isn't 2299.9999.
        found_amounts = np.round(found_amounts * 1000, 6)
    left_outside = [code for code in codes.of(frame) if code in no_zones]
    found = flows(frame["home"], frame["work"], found_amounts, outside=left_outside)
    idle = without_jobs(frame, found)
    if to_store and idle:
        expected = "at least one job of somebody who lives there, or no row of it"
        raise Refused([Fault(name, row, laid.names[0], f"'{zone}', without jobs", expected) for zone, row in idle])
    return Read(
        flows=found,
        unit=unit,
        rows=laid.rows,
        without_jobs=idle,
        left_out=laid.rows - read_rows if laid.cbs else 0,
        pairs=_pairs(frame, found_amounts) if to_store else None,
        outside=tuple(left_outside),
        columns=() if laid.wide else laid.names,
        empty=laid.wide.empty if laid.wide else 0,
        totals=totals,
    )


def _pairs(frame: pl.DataFrame, found: Floats) -> pl.DataFrame:
    pairs = frame.select(pl.col("home", "work").cast(pl.String), pl.Series("amount", found))
    return pairs.with_columns(pl.col("amount").fill_nan(None))


# --- Where the pairs are ---


def _laid(path: Path, name: str, columns: Sequence[str] | None, layout: Layout, period: str) -> _Laid:
    if columns is not None and len(columns) != 3:
        raise ValueError(f"{len(columns)} columns: expected three, of home, work and amount")
    if columns is not None and len(set(columns)) < 3:
        raise ValueError(f"the columns {', '.join(columns)}: expected three different ones")
    may_be_wide = layout is not Layout.PAIRS and columns is None

    def finds(rows: Sequence[tuple[int, list[str]]]) -> int | None:
        for place, (_number, cells) in enumerate(rows[:20]):
            there = [cell.strip() for cell in cells]
            if set(columns) <= set(there) if columns else _known(there):
                return place
        return matrix.head_of(rows) if may_be_wide else None

    texts = opened(path, name, columns or (), finds)
    forced = layout in (Layout.ROWS_ARE_HOMES, Layout.ROWS_ARE_WORKS)
    if forced or (may_be_wide and not _known(texts.header)):
        rows = "work" if layout is Layout.ROWS_ARE_WORKS else "home"
        found = matrix.wide(texts, name, rows=rows, anyway=forced)
        if found is not None:
            frame = _as_categories(found.pairs.rename({ROW: "row", "amount": "text"}))
            return _Laid(frame, texts.frame.height, (found.heading,) * 3, texts.separator, wide=found)
    return _in_columns(texts, columns, name, period)


def _known(there: Sequence[str]) -> tuple[str, str, str, bool] | None:
    """The columns of home, work and amount by what they are called, and whether they are CBS's."""
    if {"home", "work", "amount"} <= set(there):
        return "home", "work", "amount", False
    called = [[one for one in there if one.casefold() in names] for names in _CALLED]
    if all(len(found) == 1 for found in called):
        return called[0][0], called[1][0], called[2][0], False
    home = next((column for column in there if _CBS_COLUMNS["home"].search(column)), None)
    work = next((column for column in there if _CBS_COLUMNS["work"].search(column) and column != home), None)
    amount = next((column for column in there if _CBS_AMOUNT.search(column) and column not in (home, work)), None)
    return (home, work, amount, True) if home and work and amount else None


def _in_columns(texts: Texts, asked: Sequence[str] | None, name: str, period: str) -> _Laid:
    there = [column for column in texts.header if column]
    if asked is not None:
        if missing := [column for column in asked if column not in there]:
            expected = f"one of {', '.join(there)}"
            raise Refused([Fault(name, texts.at, column, "no such column", expected) for column in missing])
        home, work, amount, cbs = *asked, False
    elif known := _known(texts.header):
        home, work, amount, cbs = known
    else:
        expected = "home, work and amount, or their names in --columns; or a column for each destination"
        raise Refused([Fault(name, texts.at, "-", f"the columns {', '.join(there)}", expected)])
    if twice := [column for column in (home, work, amount) if texts.twice(column)]:
        raise Refused([Fault(name, texts.at, column, "the column twice", "each column once") for column in twice])
    frame = _of_period(texts.named(), period, name, texts.at, {home, work, amount})
    laid = frame.select(
        pl.col(ROW).alias("row"),
        pl.col(home).str.strip_chars().alias("home"),
        pl.col(work).str.strip_chars().alias("work"),
        pl.col(amount).str.strip_chars().alias("text"),
    )
    return _Laid(_as_categories(laid), frame.height, (home, work, amount), texts.separator, cbs)


def _as_categories(frame: pl.DataFrame) -> pl.DataFrame:
    """Numbers stand for the texts: a large matrix repeats few of them."""
    return frame.select("row", pl.col("home", "work", "text").cast(pl.Categorical))


def _of_period(frame: pl.DataFrame, period: str, name: str, at: int, taken: Collection[str]) -> pl.DataFrame:
    column = next(
        (one for one in frame.columns if (_CBS_PERIOD.search(one) or one == "year") and one not in taken), None
    )
    if column is None:
        if period:
            raise Refused([Fault(name, at, "-", "no column of periods", f"one, to find {period} in")])
        return frame
    there = frame[column].str.strip_chars().unique().sort().to_list()
    if not period and len(there) > 1:
        raise Refused([Fault(name, at, column, f"the periods {', '.join(there)}", "one, or --period with one of them")])
    if period and period not in there:
        raise Refused([Fault(name, at, column, f"the periods {', '.join(there)}", period)])
    return frame.filter(pl.col(column).str.strip_chars() == period) if period else frame


# --- What they say ---


def _numbers(laid: _Laid, decimal: str, name: str) -> pl.DataFrame:
    """With the amount of each text: NaN where it was kept back, null where it is no number."""
    texts = laid.frame["text"].unique().cast(pl.String)
    known = texts.filter(~texts.is_in(["", *SUPPRESSED, *_NIL]))
    read = known.cast(pl.Float64, strict=False)
    if _is_odd(known) or decimal:
        how = amounts.style(known.to_list(), laid.separator, decimal)
        if how.doubt:
            row, home, work = laid.frame.filter(pl.col("text").cast(pl.String) == how.doubt).row(0)[:3]
            column = (work if laid.wide and laid.wide.rows == "home" else home) if laid.wide else laid.names[2]
            expected = "to be told whether this is a decimal or a thousand: --decimal , or --decimal ."
            raise Refused([Fault(name, row, column, f"'{how.doubt}'", expected)])
        read = pl.Series([amounts.plain(text, how) for text in known], dtype=pl.String).cast(pl.Float64, strict=False)
    kept_back = [*SUPPRESSED, *([""] if laid.cbs else [])]
    values = pl.DataFrame(
        {
            "text": pl.concat([known, pl.Series([*kept_back, *_NIL], dtype=pl.String)]),
            "amount": pl.concat([read, pl.Series([float("nan")] * len(kept_back) + [0.0] * len(_NIL))]),
        }
    )
    spelled = laid.frame["text"].unique().cast(pl.String)
    values = values.filter(pl.col("text").is_in(spelled.to_list())).with_columns(pl.col("text").cast(pl.Categorical))
    return laid.frame.join(values, on="text", how="left", maintain_order="left")


def _is_odd(texts: pl.Series) -> bool:
    """Whether amounts aren't plainly numbers with a point before decimals."""
    if texts.str.contains(r"[, \u00a0\u2009\u202f'\u2019]").any() or texts.str.count_matches(r"\.").max() not in (0, 1):
        return bool(len(texts))
    dotted = texts.filter(texts.str.contains(".", literal=True))
    return bool(len(dotted)) and bool(dotted.str.contains(r"^[-+]?[1-9]\d{0,2}\.\d{3}$").all())


def _nowhere(found: Collection[str]) -> set[str]:
    """Abroad and unknown, at one level only: on each level they are the same jobs."""
    levels = ({code for code in found if level.match(code)} for level in _NOWHERE)
    return next((level for level in levels if level), set())


def _municipalities(frame: pl.DataFrame, nowhere: Collection[str]) -> pl.DataFrame:
    """Without provinces, the country and other keys of CBS: their jobs are those of their municipalities."""
    there = codes.of(frame)
    others = {code for level in _NOWHERE for code in there if level.match(code)} - set(nowhere)
    larger = [
        code
        for code in there
        if code in others or (_KEY.match(code) and not _MUNICIPALITY.match(code) and code not in nowhere)
    ]
    return frame.filter(~codes.among("home", larger) & ~codes.among("work", larger)) if larger else frame

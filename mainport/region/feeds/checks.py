# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What can be wrong with pairs of flows (row, home, work, text, amount), each fault at its row and column."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

import numpy as np
import polars as pl

from mainport.region.feeds import codes
from mainport.region.feeds.faults import MOST_FAULTS, Fault, Refused
from mainport.region.feeds.matrix import Wide, is_total
from mainport.region.rules.flows import Flows

#: No pair of municipalities has a million jobs: such a number of thousands is one of jobs.
MOST_THOUSANDS = 1000.0
#: Whole numbers up to here are exact, and their squares can be held.
MOST_AMOUNT = 1e15
_NUMBER = "a number, or a dot for what is kept back"


def check(
    frame: pl.DataFrame,
    name: str,
    names: tuple[str, str, str],
    wide: Wide | None,
    signs: Collection[str],
    strange: Callable[[Collection[str]], Mapping[str, str]] | None,
    outside: Collection[str],
) -> None:
    """Raise Refused for amounts that are none, codes that are empty or unknown, and pairs that come twice. `names` are
    those of the columns, `signs` what stands for an amount that isn't known."""
    amount = pl.col("amount")
    none = amount.is_null() | amount.is_infinite() | (amount.is_nan() & ~codes.among("text", (*signs, "")))
    looks = [(none, _NUMBER), (amount < 0, "0 or more")]
    looks.append(((amount > MOST_AMOUNT) & amount.is_finite(), f"at most {MOST_AMOUNT:.0e}"))
    faults: list[Fault] = []
    for look, expected in looks:
        for row, home, work, found in frame.filter(look).select("row", "home", "work", "text").iter_rows():
            column = across(wide, home, work) if wide else names[2]
            faults.append(Fault(name, row, column, f"'{found}'" if found else "nothing", expected))
    faults += _codes(frame, name, names, wide, strange, outside)
    faults += _twice(frame, name, names[1])
    if faults:
        faults.sort(key=lambda fault: fault.row)
        raise Refused(faults[:MOST_FAULTS], max(len(faults) - MOST_FAULTS, 0))
    if not frame.height:
        raise Refused([Fault(name, 2, names[0], "no rows", "at least one pair of zones")])


def across(wide: Wide, home: str, work: str) -> str:
    """What stands above a cell of a table with a column for each destination."""
    return work if wide.rows == "home" else home


def _codes(
    frame: pl.DataFrame,
    name: str,
    names: tuple[str, str, str],
    wide: Wide | None,
    strange: Callable[[Collection[str]], Mapping[str, str]] | None,
    outside: Collection[str],
) -> list[Fault]:
    there = codes.of(frame)
    zones = [code for code in there if code and code not in outside and not is_total(code)]
    wrong = dict(strange(zones)) if strange else {}
    wrong |= {code: "a code without signs that aren't letters" for code in zones if codes.CONTROL.search(code)}
    wrong |= {"": "the code of a zone"} if "" in there else {}
    faults = []
    for side, column in (("home", names[0]), ("work", names[1])):
        found = frame.filter(codes.among(side, list(wrong))) if wrong else frame.clear()
        if wide:
            found = found.unique(side, keep="first", maintain_order=True)
        for row, code in found.select("row", side).iter_rows():
            shown = codes.CONTROL.sub("?", code)
            fault = Fault(name, row, column, f"'{shown}'" if code else "nothing", wrong[code])
            if wide and side != wide.rows:
                fault = Fault(name, wide.at, shown, fault.found, fault.expected)
            faults.append(fault)
    return faults


def _twice(frame: pl.DataFrame, name: str, column: str) -> list[Fault]:
    pair = frame["home"].to_physical().cast(pl.UInt64) * 2**32 + frame["work"].to_physical().cast(pl.UInt64)
    if pair.n_unique() == len(pair):
        return []
    first: dict[tuple[str, str], int] = {}
    faults = []
    for row, home, work in frame.filter(pair.is_duplicated()).sort("row").select("row", "home", "work").iter_rows():
        if (home, work) in first:
            expected = f"each pair once; it is in row {first[home, work]}"
            faults.append(Fault(name, row, column, f"{home} to {work} again", expected))
        else:
            first[home, work] = row
    return faults


def check_unit(frame: pl.DataFrame, name: str, amount: str, wide: Wide | None, *, thousands: bool, told: bool) -> None:
    """Raise Refused for jobs where thousands are expected, and for what looks like thousands where nobody told that
    these are jobs."""
    there = frame.filter(pl.col("amount") > 0)
    if not there.height:
        return
    largest = there.sort("amount", descending=True).row(0, named=True)
    if thousands and largest["amount"] >= MOST_THOUSANDS:
        expected = "thousands, of which no pair has so many: these look like jobs (--unit one)"
        column = across(wide, largest["home"], largest["work"]) if wide else amount
        raise Refused([Fault(name, largest["row"], column, f"'{largest['text']}'", expected)])
    if thousands or told or largest["amount"] >= MOST_THOUSANDS:
        return
    tenths = (there["amount"] * 10).to_numpy()
    broken = there.filter(pl.col("amount") != pl.col("amount").round())
    if broken.height and np.allclose(tenths, np.round(tenths), atol=1e-6):
        row, home, work, text = broken.select("row", "home", "work", "text").row(0)
        column = across(wide, home, work) if wide else amount
        expected = "jobs: with one decimal, these look like thousands (--unit thousands, or else --unit one)"
        raise Refused([Fault(name, row, column, f"'{text}'", expected)])


def without_jobs(frame: pl.DataFrame, found: Flows) -> tuple[tuple[str, int], ...]:
    """Zones that occur as a home, and the row, though nobody who lives there has a job."""
    idle = {zone for zone, jobs in zip(found.zones, found.residents, strict=True) if jobs == 0}
    if not idle:
        return ()
    # Where all that is known of a zone is that it is kept back, it may have jobs.
    rows = (
        frame.filter(codes.among("home", sorted(idle)))
        .group_by("home")
        .agg(pl.col("row").min(), pl.col("amount").is_nan().any().alias("kept_back"))
        .filter(~pl.col("kept_back"))
        .sort("row")
    )
    return tuple((home, row) for home, row in rows.select("home", "row").iter_rows())

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The engine of one machine: streams through the files, so that memory follows the pairs and not the trips.

It is the judge of what is right in a file: what another engine finds strange, it looks at.
"""

from __future__ import annotations

import csv
import io
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence

import polars as pl

from mainport.region.feeds.flows_file import MOST_FAULTS, OUTSIDE, SUPPRESSED, Fault
from mainport.region.feeds.trips.files import TripFile, Wrong, opened
from mainport.region.rules.aggregation import BLANKS, MOST, PARTS, UNKNOWN, Question

_NUMBER = f"a number from 0 to {MOST:,}, or a dot for what is kept back"


class Local:
    """Polars, on all cores of this machine."""

    name = "local"
    #: Bytes of files between two moments at which what was added up is kept.
    batch = 1 << 29

    def sums(self, batch: Sequence[TripFile], question: Question) -> pl.DataFrame:
        """The partial sums of files of one shape. Raises Wrong, with every fault, where there is one."""
        rows = _rows(batch, question)
        found = (
            _judged(rows, batch[0], question)
            .group_by(question.keys)
            .agg(
                pl.len().cast(pl.Int64).alias("rows"),
                pl.col("known").sum().cast(pl.Int64),
                pl.col("whole").sum(),
                pl.col("parts").sum(),
                pl.col("wrong").sum(),
            )
        )
        try:
            sums = found.collect(engine="streaming")
        except (pl.exceptions.PolarsError, OSError) as error:
            raise _unreadable(batch, str(error).splitlines()[0]) from error
        if not sums["wrong"].sum():
            return sums.select(*question.schema)
        faults, more, blank = [], 0, 0
        for file in batch:
            told, count, blanks = _faults(file, question)
            faults += told
            more += count - len(told)
            blank += blanks
        if faults:
            raise Wrong(faults, more)
        # All that was wrong were lines with nothing on them, which aren't rows.
        return sums.filter(pl.col("wrong") == 0).select(*question.schema)

    def close(self) -> None:
        """Nothing is left running."""


def _rows(batch: Sequence[TripFile], question: Question, *, everything: bool = False) -> pl.LazyFrame:
    """The columns that are asked for, c0 and on, as text; `beyond` what stands beyond the last column.

    With `everything` also `row`, and `blank` where a line of a CSV has nothing on it. Such lines are left out where
    nothing else would tell them from rows.
    """
    first, paths = batch[0], [one.path for one in batch]
    index = {"row_index_name": "row", "row_index_offset": first.first_row} if everything else {}
    if first.parquet:
        read = pl.scan_parquet(paths, glob=False, hive_partitioning=False, **index)  # type: ignore[arg-type]
        blank, beyond = pl.lit(False), pl.lit(None, pl.String)
        columns = list(first.header)
    else:
        columns = [f"column {place}" for place in range(len(first.header))]
        read = pl.scan_csv(
            paths,
            glob=False,
            has_header=False,
            skip_rows=1,
            separator=first.separator,
            schema=dict.fromkeys([*columns, "beyond"], pl.String),
            extra_columns="ignore",
            missing_columns="insert",
            **index,  # type: ignore[arg-type]
        )
        beyond = pl.col("beyond")
        blank = pl.all_horizontal(pl.col(columns).str.strip_chars(BLANKS).fill_null("") == "")
        if question.unknown_outside and not everything:
            read = read.filter(~blank)
    chosen = [
        pl.col(columns[first.header.index(column)]).alias(f"c{place}") for place, column in enumerate(question.columns)
    ]
    return read.select(*chosen, beyond.alias("beyond"), *([pl.col("row"), blank.alias("blank")] if everything else []))


def _judged(rows: pl.LazyFrame, file: TripFile, question: Question) -> pl.LazyFrame:
    """Each row with its keys and amount, and `wrong` where it is; `wrong_…` says what of it."""
    place = {column: f"c{number}" for number, column in enumerate(question.columns)}
    for column, values in question.where.items():
        rows = rows.filter(_text(place[column]).is_in(sorted(values)))
    rows = rows.with_columns(
        _text(place[question.home]).alias("home"),
        _text(place[question.work]).alias("work"),
        *(_text(place[column]).alias(f"by{number}") for number, column in enumerate(question.by)),
        *_amount(place.get(question.amount), file, question),
    )
    again = (pl.col("home") == question.home) & (pl.col("work") == question.work)
    rows = rows.with_columns(again.alias("wrong_again") if not file.parquet else pl.lit(False).alias("wrong_again"))
    for side in ("home", "work"):
        rows = _zone(rows, side, question)
    wrong = [
        (pl.col("beyond").is_not_null()).alias("wrong_beyond"),
        *((pl.col(key) == "").alias(f"wrong_{key}") for key in question.keys[2:]),
    ]
    rows = rows.with_columns(wrong)
    names = ["again", "beyond", "amount", *question.keys]
    return rows.with_columns(pl.any_horizontal(f"wrong_{name}" for name in names).alias("wrong"))


def _text(column: str) -> pl.Expr:
    return pl.col(column).cast(pl.String).str.strip_chars(BLANKS).fill_null("")


def _zone(rows: pl.LazyFrame, side: str, question: Question) -> pl.LazyFrame:
    """The zone of the matrix instead of the code; `said_…` the code."""
    code = pl.col(side)
    rows = rows.with_columns(code.alias(f"said_{side}"))
    zone: pl.Expr = pl.when(code != "").then(code)
    if question.zones is not None:
        walk = pl.LazyFrame(
            {"code": list(question.zones), "zone": list(question.zones.values())},
            schema={"code": pl.String, "zone": pl.String},
        )
        rows = rows.join(walk, left_on=side, right_on="code", how="left")
        nowhere = pl.when(code.str.to_lowercase().is_in(OUTSIDE)).then(code)
        zone = pl.coalesce(pl.col("zone"), nowhere)
    if question.unknown_outside:
        zone = zone.fill_null(UNKNOWN)
    rows = rows.with_columns(zone.fill_null("").alias(side), zone.is_null().alias(f"wrong_{side}"))
    return rows.drop("zone") if question.zones is not None else rows


def _amount(column: str | None, file: TripFile, question: Question) -> list[pl.Expr]:
    """Whether it is known, its whole part and its millionths, and whether it is wrong; `said_amount` as it stands."""
    if column is None:
        return [
            pl.lit(True).alias("known"),
            pl.lit(1, pl.Int64).alias("whole"),
            pl.lit(0, pl.Int64).alias("parts"),
            pl.lit(False).alias("wrong_amount"),
            pl.lit("").alias("said_amount"),
        ]
    text = _text(column)
    if file.parquet and file.types[question.columns.index(question.amount)] != "String":
        number = pl.col(column).cast(pl.Float64)
        suppressed = pl.col(column).is_null()
    else:
        plain = text if file.separator in ("", ",") else text.str.replace(r"^([+-]?[0-9]+),([0-9]+)$", "$1.$2")
        number = plain.cast(pl.Float64, strict=False)
        suppressed = text.is_in(SUPPRESSED)
    known = number.is_between(0, MOST).fill_null(False) & number.is_finite().fill_null(False)
    whole = number.floor()
    parts = ((number - whole) * PARTS + 0.5).floor()
    return [
        known.alias("known"),
        pl.when(known).then(whole).otherwise(0).cast(pl.Int64).alias("whole"),
        pl.when(known).then(parts).otherwise(0).cast(pl.Int64).alias("parts"),
        (~known & ~suppressed).alias("wrong_amount"),
        text.alias("said_amount"),
    ]


def _faults(file: TripFile, question: Question) -> tuple[list[Fault], int, int]:
    """The first faults of a file, how many there are, and how many lines have nothing on them."""
    judged = _judged(_rows([file], question, everything=True), file, question)
    number = _NUMBER if not file.parquet else _NUMBER.replace("a dot", "null")
    zone = "the code of a zone" if question.zones is None else "a code of the crosswalk"
    looks = [
        ("again", question.home, pl.lit("the header again"), "a row"),
        ("beyond", "-", pl.concat_str(pl.lit("'"), "beyond", pl.lit("' beyond the last column")), "no more columns"),
        ("home", question.home, _said("said_home"), zone),
        ("work", question.work, _said("said_work"), zone),
        *((f"by{place}", column, _said(f"by{place}"), "a value") for place, column in enumerate(question.by)),
        ("amount", question.amount, _said("said_amount"), number),
    ]
    wrong = judged.filter("wrong")
    asked = [
        wrong.filter(~pl.col("blank") & pl.col(f"wrong_{name}")).select("row", found.alias("found")).head(MOST_FAULTS)
        for name, _column, found, _expected in looks
    ]
    flags = [pl.col(f"wrong_{name}").filter(~pl.col("blank")).sum() for name, *_ in looks]
    counts = wrong.select(*flags, pl.col("blank").sum())
    *found, counted = pl.collect_all([*asked, counts], engine="streaming")
    faults = [
        Fault(str(file.path), row, column, said, expected)
        for rows, (_name, column, _found, expected) in zip(found, looks, strict=True)
        for row, said in rows.iter_rows()
    ]
    *each, blank = counted.row(0)
    faults.sort(key=lambda fault: fault.row)
    return faults[:MOST_FAULTS], sum(each), blank


def _said(column: str) -> pl.Expr:
    return (
        pl.when(pl.col(column) == "").then(pl.lit("nothing")).otherwise(pl.concat_str(pl.lit("'"), column, pl.lit("'")))
    )


def _unreadable(batch: Sequence[TripFile], said: str) -> Wrong:
    """What is wrong with the shape of these files, of which the engine didn't say where."""
    for file in batch:
        if not file.parquet and (fault := _broken(file)):
            return Wrong([fault])
    names = ", ".join(str(file.path) for file in batch)
    return Wrong([Fault(names, 1, "-", said, "a file that can be read from begin to end")])


def _broken(file: TripFile) -> Fault | None:
    """The first row that isn't UTF-8, or of which a quote isn't where quotes may be."""
    row, lines = 0, list[str]()

    def kept(text: Iterable[str]) -> Iterator[str]:
        for line in text:
            lines.append(line)
            yield line

    separator = re.escape(file.separator)
    value = rf'(?:"(?:[^"]|"")*"|[^"{separator}]*)'
    record = re.compile(rf"\ufeff?{value}(?:{separator}{value})*\s*")
    try:
        with opened(file.path) as raw:
            # Bytes that aren't UTF-8 come through as what no text can hold.
            text = io.TextIOWrapper(raw, encoding="utf-8", errors="surrogateescape", newline="")
            for row, values in enumerate(csv.reader(kept(text), delimiter=file.separator, strict=True), start=1):
                for place, said in enumerate(values):
                    if not said.isascii() and any("\udc80" <= one <= "\udcff" for one in said):
                        column = file.header[place] if place < len(file.header) else "-"
                        return Fault(str(file.path), row, column, ascii(said), "UTF-8")
                if '"' in (whole := "".join(lines)) and not record.fullmatch(whole):
                    expected = "quotes around a whole value, and doubled in it"
                    return Fault(str(file.path), row, "-", ascii(whole.strip()), expected)
                lines.clear()
    except csv.Error as error:
        return Fault(str(file.path), row + 1, "-", str(error), f"CSV separated by '{file.separator}'")
    except (OSError, EOFError, zlib.error) as error:
        return Fault(str(file.path), row + 1, "-", str(error), "a file that is whole")
    return None

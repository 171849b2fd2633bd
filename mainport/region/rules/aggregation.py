# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""From raw trips or persons, a row each, to pairs of zones: what is asked, what a sum holds, and what is told of it.

Sums are kept as whole numbers (the whole part of each amount, and its millionths), so that they come out the same in
whatever order and on however many machines they were made.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import polars as pl

#: Under this a zone that isn't known is counted, where that is asked for.
UNKNOWN = "unknown"
#: Stripped from both ends of a value. Spelled out, since engines differ in what they call a blank.
BLANKS = " \t\r\n\v\f\u00a0\u2007\u202f\ufeff"
#: More trips than these aren't behind one row.
MOST = 1_000_000_000
#: An amount counts to this part.
PARTS = 1_000_000
#: Of a column that splits the result, so many different values make so many files; more is another kind of column.
MOST_FILES = 200

#: What a partial sum holds beside its keys: rows, rows whose amount is known, and the amount.
SUMS = {"rows": pl.Int64, "known": pl.Int64, "whole": pl.Int64, "parts": pl.Int64}


class Counted(StrEnum):
    """What is held against the smallest number that is shown: the sum of a pair, or the rows that it was made from."""

    AMOUNT = "amount"
    ROWS = "rows"


@dataclass(frozen=True)
class Question:
    """Which columns are added up. Without `amount` each row is one trip; each value of `by` gets a matrix of its own;
    `where` names the values of a column that count. `zones` gives for each code in the files the zone of the matrix;
    a code that it doesn't have is refused, or counted as unknown where `unknown_outside`."""

    home: str
    work: str
    amount: str = ""
    by: tuple[str, ...] = ()
    where: Mapping[str, frozenset[str]] = field(default_factory=dict)
    zones: Mapping[str, str] | None = None
    unknown_outside: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """All that are read, each once."""
        asked = (self.home, self.work, *([self.amount] if self.amount else []), *self.by, *self.where)
        return tuple(dict.fromkeys(asked))

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns of a partial sum that say of what it is one."""
        return ("home", "work", *(f"by{place}" for place in range(len(self.by))))

    @property
    def schema(self) -> dict[str, type[pl.DataType]]:
        """The columns of a partial sum."""
        return {**dict.fromkeys(self.keys, pl.String), **SUMS}

    def fingerprint(self) -> str:
        """Sums that answer the same question have the same one."""
        zones = None if self.zones is None else sorted(self.zones.items())
        where = [(column, sorted(values)) for column, values in sorted(self.where.items())]
        asked = ["1", self.home, self.work, self.amount, self.by, where, zones, self.unknown_outside]
        return hashlib.sha256(json.dumps(asked).encode()).hexdigest()


@dataclass(frozen=True)
class Matrix:
    """One matrix: its values of the columns that split the result, and pairs of home, work and amount as text, with a
    dot for what is kept back."""

    of: tuple[str, ...]
    pairs: pl.DataFrame


@dataclass(frozen=True)
class Told:
    """`kept_back` pairs have a dot since their source gave no amount, `held_back` since they are small;
    `beside` rows without an amount fell in a pair of which others have one, and count as nothing there."""

    rows: int
    pairs: int
    amount: float
    kept_back: int
    held_back: int
    beside: int
    outside: float


def summed(partial: pl.LazyFrame, question: Question) -> pl.DataFrame:
    """Partial sums of the same question as one, in the order of their keys."""
    return (
        partial.group_by(question.keys)
        .agg(pl.col(name).sum() for name in SUMS)
        .sort(question.keys)
        .collect(engine="streaming")
    )


def told(
    sums: pl.DataFrame,
    question: Question,
    least: float = 0,
    counted: Counted = Counted.AMOUNT,
    outside: Collection[str] = (UNKNOWN,),
) -> tuple[list[Matrix], Told]:
    """The matrices of these sums. What is above zero and below `least` is held back; zero is told as zero. `outside`
    are codes, in small letters, that are no zones."""
    whole = pl.col("whole") + pl.col("parts") // PARTS
    parts = pl.col("parts") % PARTS
    amount = whole + parts / PARTS
    measure = amount if counted is Counted.AMOUNT else pl.col("rows")
    kept_back = pl.col("known") == 0
    held_back = ~kept_back & (amount > 0) & (measure < least)
    decimals = pl.concat_str(pl.lit("."), parts.cast(pl.String).str.pad_start(6, "0").str.strip_chars_end("0"))
    text = pl.concat_str(whole.cast(pl.String), pl.when(parts > 0).then(decimals).otherwise(pl.lit("")))
    nowhere = pl.any_horizontal(pl.col("home", "work").str.to_lowercase().is_in(list(outside)))
    found = sums.with_columns(
        pl.when(kept_back | held_back).then(pl.lit(".")).otherwise(text).alias("amount"),
        kept_back.alias("kept_back"),
        held_back.alias("held_back"),
        amount.alias("sum"),
        nowhere.alias("nowhere"),
    )
    about = found.select(
        pl.col("rows").sum(),
        pl.len().alias("pairs"),
        pl.col("sum").sum().alias("amount"),
        pl.col("kept_back", "held_back").sum(),
        pl.when(~pl.col("kept_back")).then(pl.col("rows") - pl.col("known")).sum().alias("beside"),
        pl.col("sum").filter("nowhere").sum().alias("outside"),
    ).row(0, named=True)
    pairs = ["home", "work", "amount"]
    by = question.keys[2:]
    if not by:
        return [Matrix((), found.select(pairs))], Told(**about)
    split = found.sort(*by, "home", "work").partition_by(by, as_dict=True, maintain_order=True)
    return [Matrix(tuple(map(str, of)), one.select(pairs)) for of, one in split.items()], Told(**about)

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Codes of zones in a table of pairs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

import polars as pl

_WHOLE = re.compile(r"\d+(?:\.0+)?$")
#: Signs that are no letters: a code has none, and a database doesn't take them all.
CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def of(frame: pl.DataFrame) -> list[str]:
    """All codes, in order."""
    return sorted({code for side in ("home", "work") for code in frame[side].unique().cast(pl.String)})


def among(column: str, codes: Collection[str]) -> pl.Expr:
    return pl.col(column).cast(pl.String).is_in(list(codes))


def spelled(code: str) -> str:
    """One way of writing for what looks the same: é is one letter, also where it came as an e with an accent."""
    return code if code.isascii() else unicodedata.normalize("NFC", code)


def tidied(frame: pl.DataFrame, outside: Collection[str] = ()) -> pl.DataFrame:
    """With codes spelled one way. Where all codes but those of `outside` are whole numbers, 101.0 is 101: it became a
    decimal on its way through a program for tables."""
    there = [code for code in of(frame) if code]
    floats = all(_WHOLE.match(code) for code in there if code not in outside and code.casefold() not in outside)
    new = {code: code.partition(".")[0] if floats and _WHOLE.match(code) else spelled(code) for code in there}
    changed = {old: code for old, code in new.items() if old != code}
    if not changed:
        return frame
    return frame.with_columns(pl.col("home", "work").cast(pl.String).replace(changed).cast(pl.Categorical))

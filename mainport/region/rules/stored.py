# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Pairs of flows as they are kept: a Parquet file with home, work and amount (null where the source kept it back)."""

from __future__ import annotations

import io
from collections.abc import Collection

import polars as pl

from mainport.region.rules.flows import Flows, flows

SCHEMA = {"home": pl.String, "work": pl.String, "amount": pl.Float64}


def packed(pairs: pl.DataFrame) -> bytes:
    """The pairs as they are kept; the same pairs give the same bytes."""
    out = io.BytesIO()
    pairs.select(pl.col(name).cast(kind) for name, kind in SCHEMA.items()).sort("home", "work").write_parquet(
        out, compression="zstd"
    )
    return out.getvalue()


def unpacked(body: bytes) -> pl.DataFrame:
    """The pairs out of what was kept."""
    return pl.read_parquet(io.BytesIO(body))


def as_flows(pairs: pl.DataFrame, outside: Collection[str] = ()) -> Flows:
    """The flows of these pairs; a null amount is one that the source kept back."""
    return flows(pairs["home"], pairs["work"], pairs["amount"].fill_null(float("nan")).to_numpy(), outside=outside)

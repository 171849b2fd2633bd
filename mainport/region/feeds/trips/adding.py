# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Adding up many files of trips, batch by batch: what was added up is kept beside the result until that is there.

So a run that was stopped, or that met a fault in a late file, is taken up where it was. What is kept of a batch goes
under a mark of its files (path, size, time of change) and of the question: another question or a changed file is
added up anew.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import polars as pl

from mainport.region.feeds.flows_file import MOST_FAULTS, Fault
from mainport.region.feeds.trips.files import TripFile, Wrong, batches, mark
from mainport.region.rules.aggregation import MOST_FILES, Matrix, Question, summed


class Engine(Protocol):
    """Adds up files. Engines differ in where they run, and in nothing that they give back."""

    name: str
    #: Bytes of files between two moments at which what was added up is kept.
    batch: int

    def sums(self, batch: Sequence[TripFile], question: Question) -> pl.DataFrame:
        """The partial sums (`Question.schema`) of files of one shape. Raises Wrong, with every fault."""

    def close(self) -> None:
        """Let go of what it holds."""


@dataclass(frozen=True)
class Added:
    """`taken_up` files had been added up by an earlier run."""

    sums: pl.DataFrame
    taken_up: int


def kept_in(out: Path) -> Path:
    """Where what is added up for this result is kept: hidden, so that a folder of trips doesn't take it for trips."""
    return out.with_name(f".{out.name}.partial")


def add_up(
    files: Sequence[TripFile],
    question: Question,
    engine: Engine,
    keep: Path,
    *,
    most: int | None = None,
    told: Callable[[Sequence[TripFile]], None] = lambda _batch: None,
) -> Added:
    """The sums of all files. `most` are the bytes of a batch; `told` hears of each batch that is done.

    Raises Wrong for faults, after all files were seen or as many faults found as are told.
    """
    keep.mkdir(parents=True, exist_ok=True)
    parts: list[Path] = []
    faults: list[Fault] = []
    more = taken_up = 0
    for batch in batches(files, engine.batch if most is None else most):
        path = keep / f"{mark(batch, question)}.parquet"
        if _whole(path, question):
            taken_up += len(batch)
        else:
            try:
                sums = engine.sums(batch, question)
            except Wrong as error:
                faults += error.faults
                more += error.more
                if len(faults) >= MOST_FAULTS:
                    break
                continue
            beside = path.with_suffix(f".{os.getpid()}")
            sums.write_parquet(beside, compression="zstd")
            beside.replace(path)
        parts.append(path)
        told(batch)
    if faults:
        raise Wrong(faults, more)
    return Added(summed(pl.scan_parquet(parts, glob=False), question), taken_up)


def forget(keep: Path) -> None:
    """Remove what was kept of a result that is there."""
    if keep.is_dir():
        for path in keep.iterdir():
            path.unlink()
        keep.rmdir()


def paths(out: Path, matrices: Sequence[Matrix], question: Question) -> list[Path]:
    """Where each matrix goes: `out`, or beside it with its values in the name.

    Raises ValueError for more than can be meant, and for values that differ in signs alone.
    """
    if not question.by:
        return [out]
    by = " and ".join(question.by)
    if len(matrices) > MOST_FILES:
        raise ValueError(f"{by}: {len(matrices)} different values, and a file each; expected at most {MOST_FILES}")
    found: dict[Path, Matrix] = {}
    for matrix in matrices:
        name = ".".join(re.sub(r"[^\w-]+", "-", value).strip("-") for value in matrix.of)
        path = out.with_name(f"{out.stem}.{name}{out.suffix}")
        if path in found:
            raise ValueError(f"{by}: '{', '.join(found[path].of)}' and '{', '.join(matrix.of)}' would be one file")
        found[path] = matrix
    return list(found)


def write(matrices: Sequence[Matrix], to: Sequence[Path]) -> None:
    """Write each matrix as home,work,amount: all of them, or none."""
    beside = [path.with_name(f".{path.name}.{os.getpid()}") for path in to]
    try:
        for matrix, path in zip(matrices, beside, strict=True):
            matrix.pairs.write_csv(path)
        for path, final in zip(beside, to, strict=True):
            path.replace(final)
    finally:
        for path in beside:
            path.unlink(missing_ok=True)


def _whole(path: Path, question: Question) -> bool:
    try:
        return dict(pl.read_parquet_schema(path)) == question.schema
    except (OSError, pl.exceptions.PolarsError):
        return False

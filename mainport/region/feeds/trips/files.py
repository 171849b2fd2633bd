# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Which files of trips there are, and what is in each: CSV (also gzipped) or Parquet, known by how it begins."""

from __future__ import annotations

import csv
import glob
import gzip
import hashlib
import io
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

import polars as pl

from mainport.region.feeds.flows_file import MOST_FAULTS, Fault, Refused
from mainport.region.rules.aggregation import Question

#: What is taken out of a folder. What is named file by file, or by a pattern, may have any other ending too.
ENDINGS = (".csv", ".csv.gz", ".tsv", ".tsv.gz", ".parquet")
#: A header is no longer.
MOST_HEADER = 1 << 20
_GZIP, _PARQUET = b"\x1f\x8b", b"PAR1"
_NUMBERS = (pl.Int8, pl.Int16, pl.Int32, pl.Int64, pl.UInt8, pl.UInt16, pl.UInt32, pl.UInt64)


@dataclass(frozen=True)
class TripFile:
    """A file and its shape: the columns in their order, and for a CSV what separates them.

    `types` are those of the columns that are asked for, in a Parquet file.
    """

    path: Path
    size: int
    modified: int
    header: tuple[str, ...]
    separator: str = ""
    types: tuple[str, ...] = ()

    @property
    def parquet(self) -> bool:
        return not self.separator

    @property
    def shape(self) -> tuple[object, ...]:
        """Files of one shape can be read together."""
        return self.header, self.separator, self.types

    @property
    def first_row(self) -> int:
        """The number of the first row of data: below the header of a CSV; a Parquet file has none."""
        return 1 if self.parquet else 2


class Wrong(Refused):
    """Files that aren't taken: of `faults` the first are told, the rest and `more` are counted."""

    def __init__(self, faults: Sequence[Fault], more: int = 0) -> None:
        self.more = more + max(len(faults) - MOST_FAULTS, 0)
        super().__init__(faults[:MOST_FAULTS], self.more)


def find(given: Sequence[str]) -> list[Path]:
    """The files that these names, patterns and folders stand for, each once, in the order of their paths.

    Of a folder all that is below it, but for what begins with a dot or an underscore, as what writes such folders
    keeps its own notes in. Raises Wrong for what stands for nothing.
    """
    found: dict[Path, None] = {}
    faults = []
    for name in given:
        path = Path(name)
        if path.is_dir():
            paths = [one for one in path.rglob("*") if _taken(one, path)]
        elif path.exists():
            paths = [path]
        else:
            paths = [Path(one) for one in glob.glob(name, recursive=True) if Path(one).is_file()]
        if not paths:
            expected = f"a file, or a folder or pattern with files ending in {', '.join(ENDINGS)}"
            faults.append(Fault(name, 1, "-", "nothing", expected))
        found |= dict.fromkeys(sorted(paths))
    if faults:
        raise Wrong(faults)
    return list({path.resolve(): path for path in found}.values())


def look(paths: Sequence[Path], question: Question) -> list[TripFile]:
    """The files with their shapes. Raises Wrong for every file that lacks a column or can't be read."""
    found: list[TripFile] = []
    faults: list[Fault] = []
    for path in paths:
        try:
            found.append(_looked(path, question))
        except Wrong as error:
            faults += error.faults
        except (OSError, EOFError, zlib.error) as error:
            faults.append(Fault(str(path), 1, "-", str(error), "a file that can be read"))
    if faults:
        raise Wrong(faults)
    return found


def crosswalk(path: Path) -> dict[str, str]:
    """For each code the zone that it lies in, out of a CSV of code,zone. A code without a zone is left out.

    Raises Wrong for what is none, and for a code that lies in two zones.
    """
    separator, header = _header(path)
    _there(path, header, ("code", "zone"))
    found: dict[str, str] = {}
    faults = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file, delimiter=separator)
        next(rows)
        places = header.index("code"), header.index("zone")
        for row in rows:
            code, zone = (row[place].strip() if place < len(row) else "" for place in places)
            if zone and not code:
                faults.append(Fault(str(path), rows.line_num, "code", "nothing", "a code"))
            elif zone and found.setdefault(code, zone) != zone:
                said = f"'{zone}' of {code}"
                faults.append(Fault(str(path), rows.line_num, "zone", said, f"one zone; it lay in '{found[code]}'"))
    if faults:
        raise Wrong(faults)
    return found


def batches(files: Sequence[TripFile], most: int) -> Iterator[list[TripFile]]:
    """The files in groups of one shape, each of some `most` bytes, or one file that is larger."""
    batch: list[TripFile] = []
    for file in files:
        full = batch and (file.shape != batch[0].shape or sum(one.size for one in batch) + file.size > most)
        if full:
            yield batch
            batch = []
        batch.append(file)
    if batch:
        yield batch


def mark(batch: Sequence[TripFile], question: Question) -> str:
    """What the sums of these files are kept under: another question or a changed file has another one."""
    told = [question.fingerprint(), *(f"{one.path.resolve()}\0{one.size}\0{one.modified}" for one in batch)]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:32]


def _taken(path: Path, folder: Path) -> bool:
    parts = path.relative_to(folder).parts
    return path.name.lower().endswith(ENDINGS) and not any(part[0] in "._" for part in parts) and path.is_file()


def _looked(path: Path, question: Question) -> TripFile:
    state = path.stat()
    with path.open("rb") as file:
        begin = file.read(4)
    if begin == _PARQUET:
        header, types = _parquet(path, question)
        return TripFile(path, state.st_size, state.st_mtime_ns, header, types=types)
    if (begin[:2] == _GZIP) != (path.suffix.lower() == ".gz"):
        found, expected = ("gzip", "a name ending in .gz") if begin[:2] == _GZIP else ("no gzip", "what .gz stands for")
        raise Wrong([Fault(str(path), 1, "-", found, expected)])
    separator, header = _header(path)
    _there(path, header, question.columns)
    return TripFile(path, state.st_size, state.st_mtime_ns, header, separator)


def opened(path: Path) -> BinaryIO:
    """The bytes of a file, unpacked."""
    return cast("BinaryIO", gzip.open(path, "rb")) if path.suffix.lower() == ".gz" else path.open("rb")


def _header(path: Path) -> tuple[str, tuple[str, ...]]:
    with opened(path) as file:
        line = file.readline(MOST_HEADER)
    if not line.strip():
        raise Wrong([Fault(str(path), 1, "-", "nothing", "a header and rows")])
    try:
        text = line.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Wrong([Fault(str(path), 1, "-", str(error), "UTF-8")]) from error
    separator = max((";", "\t", "|", ","), key=text.count)
    names = next(csv.reader(io.StringIO(text), delimiter=separator))
    return separator, tuple(name.strip() for name in names)


def _parquet(path: Path, question: Question) -> tuple[tuple[str, ...], tuple[str, ...]]:
    try:
        schema = pl.read_parquet_schema(path)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise Wrong([Fault(str(path), 1, "-", str(error).splitlines()[0], "Parquet")]) from error
    _there(path, tuple(schema), question.columns)
    faults = []
    for column in question.columns:
        kind = schema[column]
        code = kind in (pl.String, pl.Categorical, pl.Enum) or isinstance(kind, _NUMBERS)
        if column == question.amount and not (kind == pl.String or kind.is_numeric()):
            faults.append(Fault(str(path), 1, column, f"a column of {kind}", "numbers, or text"))
        if column != question.amount and not code:
            faults.append(Fault(str(path), 1, column, f"a column of {kind}", "text, or whole numbers"))
    if faults:
        raise Wrong(faults)
    return tuple(schema), tuple(str(schema[column]) for column in question.columns)


def _there(path: Path, header: Sequence[str], asked: Sequence[str]) -> None:
    faults = []
    for column in asked:
        if (times := list(header).count(column)) != 1:
            expected = f"one of {', '.join(header)}" if times == 0 else "it once"
            found = "no such column" if times == 0 else f"the column {times} times"
            faults.append(Fault(str(path), 1, column, found, expected))
    if faults:
        raise Wrong(faults)

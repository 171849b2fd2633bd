# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A file of rows as texts in columns, whatever it came as: CSV in UTF-8 or UTF-16, packed by gzip or not, or XLSX.

Rows keep the number that the file gives them. Empty rows are no rows.
"""

from __future__ import annotations

import csv
import io
import re
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from mainport.core.sheets import Opening, Unreadable, rows_of
from mainport.region.feeds.faults import Fault, Refused

#: The column with the number of the row. Headings lose their blanks, so that none is called so.
ROW = " row"
SEPARATORS = (";", "\t", "|", ",")
#: A small packed file may hold much.
MOST_UNPACKED = 1024 * 1024 * 1024
#: In so many of the first rows the headings are looked for: offices write a title above them.
HEAD_ROWS = 20
#: A CSV with rows of different lengths is looked through cell by cell, up to this size.
_MOST_RAGGED = 64 * 1024 * 1024
_BOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_QUOTED = re.compile(r'"(?:[^"]|"")*"')

#: Tells, of the first rows of a file and all that comes below, which holds the headings; None for none of them.
Finds = Callable[[Sequence[tuple[int, list[str]]]], int | None]


@dataclass(frozen=True)
class Texts:
    """`frame` has a column of texts for each of `header` by its place ("0", "1", …) and ROW; the header stands in row
    `at`. `separator` is '' for a sheet."""

    header: tuple[str, ...]
    frame: pl.DataFrame
    at: int = 1
    separator: str = ""

    def named(self) -> pl.DataFrame:
        """With columns by their names; of headings that come twice the first."""
        first = {name: place for place, name in reversed(list(enumerate(self.header)))}
        return self.frame.select(pl.col(ROW), *(pl.col(str(place)).alias(name) for name, place in first.items()))

    def twice(self, name: str) -> bool:
        return self.header.count(name) > 1


def opened(path: Path, name: str, wanted: Sequence[str] = (), finds: Finds | None = None) -> Texts:
    """The rows of a file. `wanted` are headings of which one tells the separator; `finds` which row has the headings,
    where the file isn't a plain CSV with them in the first row. Raises Refused for what can't be read."""
    with path.open("rb") as file:
        start = file.read(65536)
    if start.startswith(_BOOKS):
        return _sheet(path, name, finds)
    source: Path | bytes = path
    if start.startswith(b"\x1f\x8b"):
        source = _unpacked(path, name)
        start = source[:65536]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        source = _decoded(source if isinstance(source, bytes) else path.read_bytes(), name)
        start = source[:65536]
    if b"\r" in start and b"\n" not in start:
        source = (source if isinstance(source, bytes) else path.read_bytes()).replace(b"\r", b"\n")
        start = source[:65536]
    if not start.strip(b"\xef\xbb\xbf \r\n\t"):
        raise Refused([Fault(name, 1, "-", "an empty file", "a header and rows")])
    return _csv(source, start, name, wanted, finds)


def _unpacked(path: Path, name: str) -> bytes:
    reader = zlib.decompressobj(wbits=31)
    try:
        body = reader.decompress(path.read_bytes(), MOST_UNPACKED)
    except zlib.error as error:
        raise Refused(
            [Fault(name, 1, "-", f"a packed file that is broken ({error})", "a whole one of gzip")]
        ) from error
    if reader.unconsumed_tail:
        found = f"more than {MOST_UNPACKED // 1024**2} MB, unpacked"
        raise Refused([Fault(name, 1, "-", found, "less; or unpack it before")])
    if not reader.eof:
        raise Refused([Fault(name, 1, "-", "a packed file that ends too early", "a whole one of gzip")])
    return body


def _decoded(body: bytes, name: str) -> bytes:
    try:
        return body.decode("utf-16").encode()
    except UnicodeError as error:
        raise Refused([Fault(name, 1, "-", f"UTF-16 that is broken ({error})", "CSV in UTF-8")]) from error


def _csv(source: Path | bytes, start: bytes, name: str, wanted: Sequence[str], finds: Finds | None) -> Texts:
    text = start.decode("utf-8-sig", errors="replace")
    first = text.splitlines()[0]
    said = re.fullmatch(r'"?sep=(.)"?', first.strip("\ufeff "))
    skipped = 1 if said else 0
    if said:
        text = text.partition("\n")[2]
    separator = said[1] if said else _separator(text, wanted)
    header = next(csv.reader(io.StringIO(text, newline=""), delimiter=separator), [])
    header = [heading.strip().lstrip("\ufeff") for heading in header]
    try:
        frame = pl.read_csv(
            source,
            separator=separator,
            has_header=False,
            skip_rows=skipped + 1,
            raise_if_empty=False,
            schema={str(place): pl.String for place in range(len(header))},
        )
    except (pl.exceptions.PolarsError, UnicodeDecodeError) as error:
        return _ragged(source, separator, name, finds, error)
    frame = frame.with_row_index(ROW, offset=2 + skipped)
    cells = [pl.col(column) for column in frame.columns if column != ROW]
    if frame.select(pl.all_horizontal([cell.is_null() for cell in cells]).any()).item():
        frame = frame.filter(~pl.all_horizontal([cell.is_null() for cell in cells]))
    found = Texts(tuple(header), frame.with_columns(cell.fill_null("") for cell in cells), 1 + skipped, separator)
    if finds is None:
        return found
    # Titles may stand above the headings also where every row has as many cells.
    above = [(found.at, list(found.header)), *_rows(found.frame.head(HEAD_ROWS))]
    place = finds(above)
    if place is None:
        return _anywhere(source, found, name, finds) or found
    return found if place == 0 else _below(found, above[place])


def _rows(frame: pl.DataFrame) -> list[tuple[int, list[str]]]:
    return [(row[0], list(row[1:])) for row in frame.iter_rows()]


def _below(found: Texts, head: tuple[int, list[str]]) -> Texts:
    header = tuple(cell.strip() for cell in head[1])
    return Texts(header, found.frame.filter(pl.col(ROW) > head[0]), head[0], found.separator)


def _separator(text: str, wanted: Sequence[str]) -> str:
    """The one that gives the wanted headings; else that which stands most in the first row, outside quotes."""
    for one in SEPARATORS:
        header = next(csv.reader(io.StringIO(text, newline=""), delimiter=one), [])
        if wanted and set(wanted) <= {heading.strip().lstrip("\ufeff") for heading in header}:
            return one
    first = _QUOTED.sub("", text.splitlines()[0]) if text else ""
    return max(SEPARATORS, key=first.count)


def _ragged(source: Path | bytes, separator: str, name: str, finds: Finds | None, error: Exception) -> Texts:
    """A CSV whose rows aren't all as long: with a title above its headings, or with a fault, which is told."""
    body = source if isinstance(source, bytes) else source.read_bytes()
    expected = f"CSV in UTF-8, separated by '{separator}'"
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        row = body.count(b"\n", 0, wrong.start) + 1
        raise Refused([Fault(name, row, "-", f"the byte {body[wrong.start]:#04x}", expected)]) from error
    if len(body) > _MOST_RAGGED:
        raise Refused([Fault(name, 1, "-", str(error).splitlines()[0], expected)]) from error
    if finds is not None and (found := _with_any(text, name, finds)):
        return found
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    width = 0
    try:
        for number, cells in enumerate(reader, 1):
            width = width or len(cells)
            if len(cells) > width:
                raise Refused([Fault(name, number, "-", f"{len(cells)} cells", f"{width}, as in the header")])
    except csv.Error as wrong:
        fault = Fault(name, reader.line_num, "-", str(wrong), "cells with quotes that close")
        raise Refused([fault]) from wrong
    raise Refused([Fault(name, 1, "-", str(error).splitlines()[0], expected)]) from error


def _anywhere(source: Path | bytes, plain: Texts, name: str, finds: Finds) -> Texts | None:
    """The headings below a title that looked like the only column, or has another sign in it than stands between
    cells; None where there are none."""
    if len(plain.header) > 1 and plain.frame.height:
        return None
    body = source if isinstance(source, bytes) else source.read_bytes()
    return None if len(body) > _MOST_RAGGED else _with_any(body.decode("utf-8-sig", errors="replace"), name, finds)


def _with_any(text: str, name: str, finds: Finds) -> Texts | None:
    """The rows as the first separator gives them by which headings are found."""
    for separator in SEPARATORS:
        try:
            rows = list(enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), 1))
        except csv.Error:
            continue
        place = finds(rows)
        if place is not None:
            return _of_rows(rows, place, separator, name)
    return None


def _sheet(path: Path, name: str, finds: Finds | None) -> Texts:
    try:
        found = rows_of(path.read_bytes(), Opening())
    except Unreadable as error:
        raise Refused([Fault(name, max(error.row, 1), error.field, error.found, error.expected)]) from error
    rows = [(row.number, [as_text(cell) for cell in row.cells]) for row in found]
    rows = [(number, cells) for number, cells in rows if any(cells)]
    if not rows:
        raise Refused([Fault(name, 1, "-", "an empty file", "a header and rows")])
    return _of_rows(rows, (finds(rows) if finds else None) or 0, "", name)


def _of_rows(rows: Sequence[tuple[int, list[str]]], place: int, separator: str, name: str) -> Texts:
    at, head = rows[place]
    while head and not head[-1].strip():
        head = head[:-1]
    width = len(head)
    body = []
    for number, cells in rows[place + 1 :]:
        if len(cells) > width and any(cell.strip() for cell in cells[width:]):
            raise Refused([Fault(name, number, "-", f"{len(cells)} cells", f"{width}, as in the header in row {at}")])
        if any(cell.strip() for cell in cells):
            body.append([number, *cells[:width], *[""] * (width - len(cells))])
    schema = {ROW: pl.UInt32, **{str(column): pl.String for column in range(width)}}
    return Texts(tuple(cell.strip() for cell in head), pl.DataFrame(body, schema, orient="row"), at, separator)


def as_text(cell: Any) -> str:
    """A cell of a sheet as it's written: whole numbers without a point, days as the ISO has them."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e16 else repr(cell)
    if isinstance(cell, date | datetime):
        return cell.isoformat()[:10]
    return " ".join(str(cell).split())

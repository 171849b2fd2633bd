# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""From a table in a frame to lines of plain values, and back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from mainport.monitor.rules.tables import Cell, Contradiction, Description, LineKey, Lines, Missing, Table, schema

#: Measure, coordinates, period and cell of one row of a table.
Row = tuple[str, str, str, Cell]

_DESCRIPTION = tuple(field.name for field in fields(Description))


def described(table: Description) -> dict[str, Any]:
    """What is said of the table, by name of the field: to describe another table by."""
    return {name: getattr(table, name) for name in _DESCRIPTION}


def gather(rows: Iterable[Row]) -> tuple[dict[LineKey, dict[str, Cell]], tuple[Contradiction, ...]]:
    """The lines of these rows, and the cells that were given more than one value: those are in no line.

    A row that repeats what another said is no contradiction.
    """
    lines: dict[LineKey, dict[str, Cell]] = {}
    doubles: dict[tuple[str, str, str], list[Cell]] = {}
    for measure, coordinates, period, cell in rows:
        line = lines.setdefault((measure, coordinates), {})
        known = line.setdefault(period, cell)
        if known is not cell and known != cell:
            doubles.setdefault((measure, coordinates, period), [known]).append(cell)
    contradictions = []
    for (measure, coordinates, period), cells in doubles.items():
        line = lines[measure, coordinates]
        line.pop(period, None)
        contradictions.append(
            Contradiction(measure, coordinates, period, tuple(plain_value(cell) for cell in dict.fromkeys(cells)))
        )
    return lines, tuple(contradictions)


def plain_value(cell: Cell) -> float | str | None:
    return cell[0] if cell[0] is not None else cell[1]


def lines_of(table: Table) -> Lines:
    """The same table as plain lines.

    A number that is none (NaN), and a row without number, text or reason, are not available.
    Raises ValueError for an infinite number.
    """
    frame = table.frame
    sides = [frame.get_column(f"d{number}").to_list() for number in range(len(table.sides))]
    coordinates: Iterable[str] = (
        sides[0] if len(sides) == 1 else map("|".join, zip(*sides, strict=True)) if sides else [""] * frame.height
    )
    columns = [
        frame.get_column(name).to_list() for name in ("measure", "period", "value", "text", "missing", "finality")
    ]
    measure, period, value, text, missing, finality = columns
    cells = map(_cell, value, text, missing, finality)
    lines, contradictions = gather(zip(measure, coordinates, period, cells, strict=True))
    return Lines(**described(table), lines=lines, contradictions=contradictions)


def _cell(value: float | None, text: str | None, missing: int | None, finality: int | None) -> Cell:
    if value is None or value != value:
        return (
            None,
            text,
            missing or (Missing.NONE if text is not None else Missing.NOT_AVAILABLE).value,
            finality or 0,
        )
    if value in (float("inf"), float("-inf")):
        raise ValueError("a value is infinite")
    return (None if missing else float(value), text, missing or 0, finality or 0)


def table_of(lines: Lines) -> Table:
    """The same table as a frame, its contradictions left out."""
    import polars as pl

    rows = [
        (measure, *(coordinates.split("|") if lines.sides else ()), period, *cell)
        for (measure, coordinates), line in lines.lines.items()
        for period, cell in line.items()
    ]
    columns = schema()
    sides = {f"d{number}": pl.Utf8 for number in range(len(lines.sides))}
    order = {"measure": columns["measure"], **sides} | columns
    return Table(**described(lines), frame=pl.DataFrame(rows, schema=order, orient="row"))

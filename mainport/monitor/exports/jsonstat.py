# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""JSON-stat 2.0 (https://json-stat.org/full/)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from math import prod
from typing import Any

from mainport.monitor.exports.prepared import Edition, Prepared, Side, prepare
from mainport.monitor.rules.tables import Lines, Role, Table

#: The largest whole number that every reader of JSON keeps exact (RFC 8259, section 6).
MOST_CELLS = 2**53 - 1


def write(table: Table | Lines | Prepared, edition: Edition | None = None) -> Iterator[str]:
    """The table as a dataset of JSON-stat, in pieces.

    Values stand by the place of their cell where most cells are empty, else in a list. A table with more
    cells than a number can count has its series as one dimension.
    """
    ready = prepare(table, edition)
    sides = [ready.measures, *ready.sides]
    size = [max(1, len(side.ids)) for side in sides]
    times = max(1, len(ready.periods))
    as_series = prod(size) * times > MOST_CELLS
    dimensions = _series_dimension(ready) if as_series else _dimensions(ready, sides)
    starts = [n * times for n in range(len(ready.lines))] if as_series else _starts(ready, size, times)
    texts = {
        str(start + period): text
        for start, (_, _, points) in zip(starts, ready.lines, strict=True)
        for period, _, text, _ in points
        if text is not None
    }
    head = _head(ready, dimensions, texts, as_series=as_series)
    yield json.dumps(head, ensure_ascii=False, separators=(",", ":"))[:-1]
    points = sum(len(line) for _, _, line in ready.lines)
    cells = (len(ready.lines) if as_series else prod(size)) * times
    yield from _dense(ready, starts, cells) if points * 2 > cells else _sparse(ready, starts)
    yield from _statuses(ready, starts)
    yield "}"


def _head(ready: Prepared, dimensions: dict[str, Any], texts: Mapping[str, str], *, as_series: bool) -> dict[str, Any]:
    table = ready.table
    geo = [side.dimension.key for side in ready.sides if side.dimension.role is Role.GEO]
    time = table.time.key
    return {
        "version": "2.0",
        "class": "dataset",
        "label": table.title,
        **({"note": [table.description]} if table.description else {}),
        **({"source": table.publisher} if table.publisher else {}),
        "updated": ready.edition.at.isoformat(),
        "id": list(dimensions),
        "size": [len(d["category"]["index"]) for d in dimensions.values()],
        "role": {
            "time": [time],
            "metric": ["series" if as_series else ready.measures.dimension.key],
            **({"geo": geo} if geo and not as_series else {}),
        },
        "dimension": dimensions,
        "extension": {
            "licence": table.licence,
            "language": table.language,
            **({"texts": texts} if texts else {}),  # JSON-stat has only numbers; words stand here by their cell.
        },
    }


def _dimensions(ready: Prepared, sides: Sequence[Side]) -> dict[str, Any]:
    units = {
        measure.key: {"decimals": measure.decimals, "label": measure.unit or "-"} for measure in ready.table.measures
    }
    found: dict[str, Any] = {}
    for side in sides:
        titles = {code.key: code.title for code in side.dimension.codes}
        keys = list(side.places) or ["-"]
        category: dict[str, Any] = {"index": keys, "label": {key: titles.get(key, key) for key in keys}}
        if side is ready.measures:
            category["unit"] = units
        found[side.dimension.key] = {"label": side.dimension.title, "category": category}
    found[ready.table.time.key] = _time(ready)
    return found


def _time(ready: Prepared) -> dict[str, Any]:
    label = {moment.code: moment.title for moment in ready.periods} or {"-": "-"}
    return {"label": ready.table.time.title, "category": {"index": list(label), "label": label}}


def _series_dimension(ready: Prepared) -> dict[str, Any]:
    sides = [ready.measures, *ready.sides]
    names = [list(side.places) for side in sides]
    titles = [{code.key: code.title for code in side.dimension.codes} for side in sides]
    label = {}
    for measure, places, _ in ready.lines:
        keys = [name[place] for name, place in zip(names, (measure, *places), strict=True)]
        words = (title.get(key, key) for title, key in zip(titles, keys, strict=True) if key != "_T")
        label["|".join(keys)] = ", ".join(words)
    series = {"label": "Series", "category": {"index": list(label), "label": label}}
    return {"series": series, ready.table.time.key: _time(ready)}


def _starts(ready: Prepared, size: Sequence[int], times: int) -> list[int]:
    """The place of the first cell of each line: the last dimension, time, runs fastest."""
    strides = [times]
    for length in reversed(size[1:]):
        strides.append(strides[-1] * length)
    strides.reverse()
    return [
        sum([place * stride for place, stride in zip((measure, *places), strides, strict=True)])
        for measure, places, _ in ready.lines
    ]


def _dense(ready: Prepared, starts: list[int], cells: int) -> Iterator[str]:
    values = ["null"] * cells
    for start, (_, _, points) in zip(starts, ready.lines, strict=True):
        for period, number, _, _ in points:
            if number:
                values[start + period] = number
    yield ',"value":['
    yield ",".join(values)
    yield "]"


def _sparse(ready: Prepared, starts: list[int]) -> Iterator[str]:
    yield ',"value":{'
    comma = ""
    for start, (_, _, points) in zip(starts, ready.lines, strict=True):
        piece = ",".join([f'"{start + period}":{number}' for period, number, _, _ in points if number])
        if piece:
            yield comma + piece
            comma = ","
    yield "}"


def _statuses(ready: Prepared, starts: list[int]) -> Iterator[str]:
    """The flags of the cells that have one."""
    flags = [json.dumps(status.flag) if status.flag else "" for status in ready.statuses]
    if any(flags):
        found = [
            f'"{start + period}":{flags[status]}'
            for start, (_, _, points) in zip(starts, ready.lines, strict=True)
            for period, _, _, status in points
            if flags[status]
        ]
        yield f',"status":{{{",".join(found)}}}'

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""CSV with its metadata (CSV on the Web): observations as codes, and the list of the codes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from mainport.monitor.exports.prepared import Edition, Prepared, prepare
from mainport.monitor.rules.identifiers import sdmx_name
from mainport.monitor.rules.tables import Lines, Table

_OWN = ("measure", "period", "start", "end", "value", "text", "status")


def write(table: Table | Lines | Prepared, edition: Edition | None = None) -> Iterator[str]:
    """The observations as CSV (RFC 4180): a piece for each series."""
    ready = prepare(table, edition)
    yield _row(["measure", *columns(ready), *_OWN[1:]])
    periods = [f"{_cell(m.code)},{m.span.start},{m.span.end}," for m in ready.periods]
    measures = [_cell(code) for code in ready.measures.places]
    sides = [[_cell(code) for code in side.places] for side in ready.sides]
    tails = [f",,{status.key}\r\n" for status in ready.statuses]
    for measure, places, points in ready.lines:
        codes = "".join([f"{side[place]}," for side, place in zip(sides, places, strict=True)])
        start = f"{measures[measure]},{codes}"
        yield "".join(
            [
                f"{start}{periods[period]}{number}{tails[status]}"
                if text is None
                else f"{start}{periods[period]}{number},{_cell(text)},{ready.statuses[status].key}\r\n"
                for period, number, text, status in points
            ]
        )


def columns(ready: Prepared) -> list[str]:
    """The names of the columns of the dimensions: their keys, unless we have a column of that name."""
    return [key if (key := side.dimension.key) not in _OWN else f"{key}_" for side in ready.sides]


def codes(table: Table | Lines | Prepared, edition: Edition | None = None) -> Iterator[str]:
    """The codes of each column with their titles, as CSV."""
    ready = prepare(table, edition)
    yield _row(["column", "code", "title", "description", "group"])
    for column, side in zip(["measure", *columns(ready)], [ready.measures, *ready.sides], strict=True):
        described = {code.key: code for code in side.dimension.codes}
        for key in side.places:
            code = described.get(key)
            yield _row(
                [column, key, code.title, code.description, code.group or ""] if code else [column, key] + [""] * 3
            )
    for moment in ready.periods:
        yield _row(["period", moment.code, moment.title, "", ""])


def metadata(table: Table | Lines | Prepared, data: str, code_list: str, edition: Edition | None = None) -> str:
    """The metadata of these two files (https://www.w3.org/TR/tabular-metadata/), by their names beside it."""
    ready = prepare(table, edition)
    described = ready.table
    headings = columns(ready)
    names = _names(headings)
    keys = ["measure", *names, "period"]
    observations = [
        _column("measure", "Measure", "string", required=True),
        *(
            _column(name, side.dimension.title, "string", heading=heading, required=True)
            for name, heading, side in zip(names, headings, ready.sides, strict=True)
        ),
        _column("period", described.time.title, "string", required=True),
        _column("start", "First day of the period", "date"),
        _column("end", "Last day of the period", "date"),
        _column("value", "Value; empty where there is none, which is not zero", "double"),
        _column("text", "Value in words", "string"),
        _column("status", "Why there is no value, or how final it is; empty where the source says nothing", "string"),
    ]
    listed = [
        _column(name, name.capitalize(), "string") for name in ("column", "code", "title", "description", "group")
    ]
    content: dict[str, Any] = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": described.language or "und"}],
        "dc:title": described.title,
        **({"dc:description": described.description} if described.description else {}),
        **({"dc:publisher": described.publisher} if described.publisher else {}),
        **({"dc:license": described.licence} if described.licence else {}),
        "dc:modified": {"@value": ready.edition.at.isoformat(), "@type": "xsd:dateTime"},
        "tables": [
            {"url": data, "tableSchema": {"columns": observations, "primaryKey": keys}},
            {"url": code_list, "tableSchema": {"columns": listed, "primaryKey": ["column", "code"]}},
        ],
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _names(headings: list[str]) -> list[str]:
    """Names of columns as CSVW takes them: letters, digits and underscores; none twice."""
    taken = set(_OWN)
    names = []
    for heading in headings:
        name = sdmx_name(heading).replace("-", "_")
        while name in taken:
            name += "_"
        taken.add(name)
        names.append(name)
    return names


def _column(name: str, title: str, datatype: str, *, heading: str = "", required: bool = False) -> dict[str, Any]:
    column = {"name": name, "titles": heading or name, "dc:title": title, "datatype": datatype}
    return {**column, "required": True} if required else column


_SPECIAL = frozenset(',"\r\n')


def _cell(text: str) -> str:
    return text if _SPECIAL.isdisjoint(text) else '"' + text.replace('"', '""') + '"'


def _row(cells: list[str]) -> str:
    return ",".join(map(_cell, cells)) + "\r\n"

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""SDMX-JSON data message 2.0.0, series by series, with what its codes mean inside."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from mainport.monitor.exports.prepared import Edition, Moment, Prepared, Side, prepare
from mainport.monitor.rules.identifiers import sdmx_name
from mainport.monitor.rules.tables import Lines, Table

_SCHEMA = (
    "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/data-message/tools/schemas/2.0.0/"
    "sdmx-json-data-schema.json"
)


def write(table: Table | Lines | Prepared, edition: Edition | None = None) -> Iterator[str]:
    """The table as a data message: a piece for each series."""
    ready = prepare(table, edition)
    yield json.dumps(_head(ready), ensure_ascii=False, separators=(",", ":"))[:-2]
    yield ',"dataSets":[{"structure":0,"action":"Replace","series":{'
    # An attribute that is as most are isn't written: the structure gives its default.
    ends = [f",{place}]" if status.sdmx != "A" else "]" for place, status in enumerate(ready.statuses)]
    has_text = any(point[2] is not None for _, _, points in ready.lines for point in points)
    comma = ""
    for measure, places, points in ready.lines:
        key = ":".join([str(measure), *map(str, places)])
        if has_text:
            observations = ",".join([_with_text(point) for point in points])
        else:
            observations = ",".join(
                [f'"{period}":[{number or "null"}{ends[status]}' for period, number, _, status in points]
            )
        yield f'{comma}"{key}":{{"observations":{{{observations}}}}}'
        comma = ","
    yield "}}]}}"


def _with_text(point: tuple[int, str, str | None, int]) -> str:
    period, number, text, status = point
    tail = "" if text is None else f",{json.dumps(text, ensure_ascii=False)}"
    return f'"{period}":[{number or "null"},{status}{tail}]'


def _head(ready: Prepared) -> dict[str, Any]:
    table, language = ready.table, ready.table.language or "en"
    at = ready.edition.at.strftime("%Y-%m-%dT%H:%M:%SZ")

    def named(name: str) -> dict[str, Any]:
        return {"name": name, "names": {language: name}}

    def dimension(position: int, side: Side) -> dict[str, Any]:
        titles = {code.key: code.title for code in side.dimension.codes}
        values = [{"id": made, **named(titles.get(key, key))} for key, made in zip(side.places, side.ids, strict=True)]
        return {"id": side.sdmx, **named(side.dimension.title), "keyPosition": position, "values": values}

    sides = [ready.measures, *ready.sides]
    urn = "urn:sdmx:org.sdmx.infomodel.datastructure"
    identity = f"{ready.edition.agency}:{structure_id(ready)}(1.0)"
    structure = {
        "dataSets": [0],
        "links": [
            {"urn": f"{urn}.Dataflow={identity}", "rel": "dataflow"},
            {"urn": f"{urn}.DataStructure={identity}", "rel": "datastructure"},
        ],
        "dimensions": {
            "dataSet": [],
            "series": [dimension(position, side) for position, side in enumerate(sides)],
            "observation": [
                {
                    "id": "TIME_PERIOD",
                    **named(table.time.title),
                    "keyPosition": len(sides),
                    "roles": ["TIME_PERIOD"],
                    "values": [_moment(moment) | named(moment.title) for moment in ready.periods],
                }
            ],
        },
        "measures": {"observation": [{"id": "OBS_VALUE", **named(table.title), "roles": ["OBS_VALUE"]}]},
        "attributes": {"dataSet": [], "series": [], "observation": _attributes(ready, named)},
    }
    return {
        "meta": {
            "schema": _SCHEMA,
            "id": f"{structure_id(ready)}-{ready.edition.at:%Y%m%dT%H%M%S}",
            "prepared": at,
            "test": False,
            "contentLanguages": [language],
            "sender": {"id": ready.edition.agency},
        },
        "data": {"structures": [structure]},
    }


def _attributes(ready: Prepared, named: Any) -> list[dict[str, Any]]:
    status = {
        "id": "OBS_STATUS",
        **named("Observation status"),
        "relationship": {"observation": {}},
        "default": "A",
        "values": [{"id": status.sdmx, **named(status.title)} for status in ready.statuses],
    }
    comment = {"id": "COMMENT_OBS", **named("Value in words"), "relationship": {"observation": {}}, "values": []}
    return [status, comment]


def _moment(moment: Moment) -> dict[str, Any]:
    return {
        "id": moment.sdmx,
        "start": f"{moment.span.start}T00:00:00Z",
        "end": f"{moment.span.end}T23:59:59Z",
    }


def structure_id(ready: Prepared) -> str:
    """The identifier of the table's structure and dataflow."""
    return sdmx_name(ready.table.key)

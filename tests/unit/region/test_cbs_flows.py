# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Commuting tables of CBS in the shapes in which it gives them: StatLine's CSV, OData of versions 3 and 4."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mainport.region.feeds import odata
from mainport.region.feeds.flows_file import Read, Refused, Unit, read_flows

#: Pairs as CBS has them: thousands, rounded to a hundred jobs, nothing shown below fifty, larger areas between.
PAIRS: list[tuple[str, str, float | None]] = [
    ("NL01  ", "NL01  ", 8123.4),
    ("NL00  ", "NL01  ", 12.3),
    ("LD01  ", "GM0014", 120.1),
    ("PV20  ", "PV20  ", 210.4),
    ("CR03  ", "GM0014", 101.2),
    ("GM0014", "GM0014", 65.1),
    ("GM0014", "GM0106", 2.3),
    ("GM0014", "GM0003", None),
    ("GM0106", "GM0014", 4.0),
    ("GM0106", "GM0106", 18.7),
    ("GM0106", "GM0998", 0.2),
    ("GM0106", "NL98  ", 0.2),
    ("GM0106", "PV98  ", 0.2),
]


def as_expected(found: Read) -> None:
    assert found.unit is Unit.THOUSANDS
    assert found.flows.zones == ("GM0003", "GM0014", "GM0106")
    assert found.flows.residents.tolist() == [0, 67400, 22900]  # With the 200 of Assen who work abroad, once.
    assert found.flows.workers.tolist() == [0, 69100, 21000]
    assert found.flows.suppressed == 1
    assert found.outside == ("GM0998",)
    assert found.left_out == 7


def read(folder: Path, body: bytes, **options: Any) -> Read:
    path = folder / "flows.csv"
    path.write_bytes(body)
    return read_flows(path, to_store=False, **options)


@pytest.mark.parametrize("separator", [";", ","])
@pytest.mark.parametrize(
    "names",
    [
        "WoonregioS,WerkregioS,Perioden,BanenVanWerknemers_1",
        "Woonregio's,Werkregio's,Perioden,Banen van werknemers (x 1 000)",
    ],
)
def test_statline_raw(tmp_path: Path, separator: str, names: str) -> None:
    columns = ['"ID"', *(f'"{name}"' for name in names.split(","))]
    rows = [
        [str(number), f'"{home}  "', f'"{work}  "', '"2022MM12"', f'"{"." if jobs is None else jobs:>8}"']
        for number, (home, work, jobs) in enumerate(PAIRS)
    ]
    text = "\r\n".join(separator.join(row) for row in [columns, *rows])
    as_expected(read(tmp_path, f"\ufeff{text}\r\n".encode()))


@pytest.mark.parametrize("typed", [True, False])
def test_odata_3_in_pages(tmp_path: Path, typed: bool) -> None:
    def value(jobs: float | None) -> Any:
        return jobs if typed else f"{'.' if jobs is None else jobs:>8}"

    rows = [
        {
            "ID": number,
            "WoonregioS": f"{home}  ",
            "WerkregioS": f"{work}  ",
            "Perioden": "2022MM12",
            "Banen_1": value(jobs),
        }
        for number, (home, work, jobs) in enumerate(PAIRS)
    ]
    pages = [("1.json", rows[:5]), ("2.json", rows[5:])]
    bodies = [(name, json.dumps({"odata.metadata": "…", "value": part}).encode()) for name, part in pages]
    as_expected(read(tmp_path, odata.as_csv(bodies), period="2022MM12"))


def observations(**changes: Any) -> bytes:
    rows = [
        {
            "Id": number,
            "Measure": "M003026",
            "ValueAttribute": "Confidential" if jobs is None else "None",
            "Value": jobs,
            "StringValue": None,
            "WoonregioS": home.strip(),
            "WerkregioS": work.strip(),
            "Perioden": "2022MM12",
        }
        | changes
        for number, (home, work, jobs) in enumerate(PAIRS)
    ]
    return json.dumps({"@odata.context": "…", "value": rows}).encode()


def test_odata_4(tmp_path: Path) -> None:
    as_expected(read(tmp_path, odata.as_csv([("1.json", observations())])))


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ([("1.json", b"<html>")], "1.json, row 1, column -: found Expecting value"),
        ([("1.json", b'{"error": 1}')], "1.json, row 1, column value: found none, expected an answer of OData"),
        ([("1.json", b'{"value": []}')], "1.json, row 2, column value: found no rows"),
        ([("1.json", b'{"value": [{"a": 1}, {"b": 1}]}')], "1.json, row 3, column -: found other columns"),
    ],
)
def test_what_is_no_answer(pages: list[tuple[str, bytes]], expected: str) -> None:
    with pytest.raises(Refused) as error:
        odata.as_csv(pages)
    assert str(error.value).startswith(expected)


def test_several_measures_or_periods_are_refused(tmp_path: Path) -> None:
    pages = [("1.json", observations()), ("2.json", observations(Measure="M000002"))]
    with pytest.raises(Refused, match="the measures M000002, M003026, expected one"):
        odata.as_csv(pages)
    both = odata.as_csv([("1.json", observations()), ("2.json", observations(Perioden="2023MM12"))])
    with pytest.raises(Refused, match="the periods 2022MM12, 2023MM12"):
        read(tmp_path, both)
    as_expected(read(tmp_path, both, period="2023MM12"))


def test_jobs_where_thousands_are_expected(tmp_path: Path) -> None:
    rows = "WoonregioS;WerkregioS;Perioden;Banen_1\nGM0014;GM0014;2022MM12;65100\n"
    with pytest.raises(Refused, match="row 2, column Banen_1: found '65100', expected thousands"):
        read(tmp_path, rows.encode())

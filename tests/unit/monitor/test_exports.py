# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What we write is read back by others' libraries, to the same numbers."""

from __future__ import annotations

import csv
import io
import json
import warnings
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from mainport.monitor.exports import csvw, jsonstat, sdmx_json, sdmx_ml
from mainport.monitor.exports.prepared import Edition, prepare
from mainport.monitor.exports.sdmx_ml import Version
from mainport.monitor.feeds import open_sdg
from mainport.monitor.rules.tables import Cell, Code, Dimension, LineKey, Lines, Measure, Role

EDITION = Edition(at=datetime(2024, 3, 1, 12, tzinfo=UTC))

#: Every way in which a value can stand: number, none of three sorts, words, and each finality.
TABLE = Lines(
    key="people",
    title='People & "places" <all>',
    dimensions=(
        Dimension("Regio S", "Place, or region", Role.GEO, (Code("GM0014", "Groningen"), Code("A & B", "Two, <both>"))),
        Dimension("Perioden", "Period", Role.TIME, (Code("2022JJ00", "2022"),)),
        Dimension("Sex", "Sex", Role.OTHER, (Code("_T", "Total"), Code("M", "Men"))),
    ),
    measures=(Measure("M1", "People", "number"), Measure("M2", "Rate", "%", decimals=1)),
    description="As many as there are.",
    language="en",
    licence="https://creativecommons.org/licenses/by/4.0/",
    publisher="CBS",
    lines={
        ("M1", "GM0014|_T"): {
            "2022JJ00": (238147.0, None, 0, 3),
            "2021JJ00": (234649.0, None, 0, 0),
            "2022KW01": (0.0, None, 0, 1),
            "2019/20": (1e-7, None, 0, 4),
            "2019-2020": (-12.25, None, 0, 0),
        },
        ("M2", "A & B|M"): {
            "2021JJ00": (0.1 + 0.2, None, 0, 2),
            "2022JJ00": (None, None, 2, 0),
            "2020JJ00": (None, None, 3, 0),
            "2019JJ00": (None, None, 1, 0),
            "2018JJ00": (None, 'about "a <third>", maybe', 0, 0),
        },
    },
)

Numbers = dict[tuple[str, ...], float]


def expected(table: Lines) -> Numbers:
    """The numbers of a table by their codes and period, as SDMX writes those."""
    ready = prepare(table)
    return {
        (
            ready.measures.ids[measure],
            *(side.ids[place] for side, place in zip(ready.sides, places, strict=True)),
            ready.periods[period].sdmx,
        ): float(number)
        for measure, places, points in ready.lines
        for period, number, _, _ in points
        if number
    }


def by_sdmx1(table: Lines, version: Version) -> Numbers:
    import sdmx

    # After a message in 2.1 was read, its reader of 3.0 can no longer be imported.
    import sdmx.reader.xml.v30
    from sdmx.message import DataMessage, StructureMessage

    def read(pieces: Any, structure: Any = None) -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return sdmx.read_sdmx(
                io.BytesIO("".join(pieces).encode()), **({"structure": structure} if structure else {})
            )

    structures = read(sdmx_ml.structure(table, EDITION, version))
    assert isinstance(structures, StructureMessage)
    (structure,) = structures.structure.values()
    message = read(sdmx_ml.write(table, EDITION, version), structure)
    assert isinstance(message, DataMessage)
    order = [dimension.id for dimension in structure.dimensions]
    return {
        tuple(str(observation.key[name].value) for name in order): float(observation.value)
        for data in message.data
        for observation in data.obs
        if observation.value not in (None, "")
    }


def by_pysdmx(table: Lines, version: Version, folder: Path) -> Numbers:
    from pysdmx.io import get_datasets

    data, structure = folder / "data.xml", folder / "structure.xml"
    data.write_text("".join(sdmx_ml.write(table, EDITION, version)))
    structure.write_text("".join(sdmx_ml.structure(table, EDITION, version)))
    (dataset,) = get_datasets(data, structure, validate=False)
    order = [component.id for component in dataset.structure.components.dimensions]
    frame = dataset.data
    return {
        tuple(str(row[name]) for name in order): float(row["OBS_VALUE"])
        for row in frame.to_dict("records")
        if row["OBS_VALUE"] is not None and row["OBS_VALUE"] == row["OBS_VALUE"] and row["OBS_VALUE"] != ""
    }


@pytest.mark.parametrize("version", list(Version))
def test_sdmx_ml_reads_back_by_sdmx1(version: Version) -> None:
    assert by_sdmx1(TABLE, version) == expected(TABLE)


@pytest.mark.parametrize("version", list(Version))
def test_sdmx_ml_reads_back_by_pysdmx(version: Version, tmp_path: Path) -> None:
    assert by_pysdmx(TABLE, version, tmp_path) == expected(TABLE)


def test_sdmx_keeps_why_there_is_no_number_and_what_was_said_in_words() -> None:
    tree = etree.fromstring("".join(sdmx_ml.write(TABLE, EDITION)).encode())
    marks = {obs.get("TIME_PERIOD"): obs.get("OBS_STATUS") for obs in tree.iter("Obs") if obs.get("OBS_VALUE") is None}
    assert marks == {"2019": "M", "2020": "O", "2022": "Q", "2018": None}
    assert [obs.get("COMMENT_OBS") for obs in tree.iter("Obs") if obs.get("COMMENT_OBS")] == [
        'about "a <third>", maybe'
    ]


def cells_of_jsonstat(text: str) -> tuple[Numbers, dict[tuple[str, ...], str]]:
    """The numbers and flags of a dataset of JSON-stat by its categories, worked out by the standard's own rule."""
    data = json.loads(text)
    indexes = [data["dimension"][name]["category"]["index"] for name in data["id"]]
    assert [len(index) for index in indexes] == data["size"]

    def key(place: int) -> tuple[str, ...]:
        codes = []
        for index in reversed(indexes):
            place, at = divmod(place, len(index))
            codes.append(index[at])
        assert place == 0
        return tuple(reversed(codes))

    value = data["value"]
    numbers = enumerate(value) if isinstance(value, list) else ((int(place), number) for place, number in value.items())
    return (
        {key(place): number for place, number in numbers if number is not None},
        {key(int(place)): flag for place, flag in data.get("status", {}).items()},
    )


def own_numbers(table: Lines) -> Numbers:
    return {
        (measure, *(coordinates.split("|") if table.sides else ()), period): cell[0]
        for (measure, coordinates), line in table.lines.items()
        for period, cell in line.items()
        if cell[0] is not None
    }


def valid_jsonstat(text: str) -> None:
    from jsonstat_validator import validate_jsonstat

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert validate_jsonstat(json.loads(text)) is True


def test_jsonstat_is_valid_and_gives_the_same_numbers() -> None:
    text = "".join(jsonstat.write(TABLE, EDITION))
    valid_jsonstat(text)
    numbers, flags = cells_of_jsonstat(text)
    assert numbers == own_numbers(TABLE)
    assert flags["M2", "A & B", "M", "2022JJ00"] == "c"
    assert flags["M1", "GM0014", "_T", "2019/20"] == "e"
    data = json.loads(text)
    assert data["role"] == {"time": ["Perioden"], "metric": ["measure"], "geo": ["Regio S"]}
    assert list(data["extension"]["texts"].values()) == ['about "a <third>", maybe']


def test_jsonstat_of_a_full_table_is_a_list() -> None:
    full = replace(
        TABLE, dimensions=TABLE.dimensions[1:2], lines={("M1", ""): {"2021": (1.0, None, 0, 0)}}, measures=()
    )
    text = "".join(jsonstat.write(full, EDITION))
    assert json.loads(text)["value"] == [1]
    valid_jsonstat(text)


def test_jsonstat_of_more_cells_than_a_number_counts_has_its_series_as_a_dimension() -> None:
    sides = tuple(
        Dimension(f"side{n}", f"Side {n}", Role.OTHER, tuple(Code(f"c{m}", f"C{m}") for m in range(100)))
        for n in range(10)
    )
    table = replace(
        TABLE,
        dimensions=(*sides, TABLE.time),
        lines={("M1", "|".join([f"c{n}"] * 10)): {"2021": (float(n), None, 0, 0)} for n in range(5)},
    )
    text = "".join(jsonstat.write(table, EDITION))
    valid_jsonstat(text)
    assert json.loads(text)["size"] == [5, 1]
    numbers, _ = cells_of_jsonstat(text)
    assert numbers == {("|".join(["M1", *[f"c{n}"] * 10]), "2021"): n for n in range(5)}


def valid_csvw(table: Lines, folder: Path) -> list[dict[str, Any]]:
    """The rows as the library `csvw` reads them by our metadata, which it holds them to."""
    from csvw import TableGroup

    (folder / "t.csv").write_text("".join(csvw.write(table, EDITION)), newline="")
    (folder / "t-codes.csv").write_text("".join(csvw.codes(table, EDITION)), newline="")
    (folder / "t.csv-metadata.json").write_text(csvw.metadata(table, "t.csv", "t-codes.csv", EDITION))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        group = TableGroup.from_file(folder / "t.csv-metadata.json")
        data, codes = group.tables
        assert list(codes.iterdicts(strict=True))
        rows = list(data.iterdicts(strict=True))
    data.check_primary_key()
    codes.check_primary_key()
    return rows


def test_csvw_holds_and_gives_the_same_numbers(tmp_path: Path) -> None:
    rows = valid_csvw(TABLE, tmp_path)
    assert {
        (row["measure"], row["Regio_S"], row["Sex"], row["period"]): row["value"]
        for row in rows
        if row["value"] is not None
    } == own_numbers(TABLE)
    (words,) = (row for row in rows if row["text"])
    assert (words["text"], words["value"], words["status"]) == ('about "a <third>", maybe', None, None)
    assert {row["status"] for row in rows} == {
        *(None, "definitive", "provisional", "revised-provisional", "estimated"),
        *("impossible", "confidential", "not-available"),
    }


def test_sdmx_json_gives_the_same_numbers_by_its_own_keys() -> None:
    assert cells_of_sdmx_json("".join(sdmx_json.write(TABLE, EDITION))) == expected(TABLE)


def cells_of_sdmx_json(text: str) -> Numbers:
    data = json.loads(text)["data"]
    (structure,), (dataset,) = data["structures"], data["dataSets"]
    values = [[value["id"] for value in dimension["values"]] for dimension in structure["dimensions"]["series"]]
    (time,) = structure["dimensions"]["observation"]
    return {
        (
            *(value[int(place)] for value, place in zip(values, key.split(":"), strict=True)),
            time["values"][int(period)]["id"],
        ): observation[0]
        for key, series in dataset["series"].items()
        for period, observation in series["observations"].items()
        if observation[0] is not None
    }


def test_the_same_table_gives_the_same_bytes() -> None:
    for write in (csvw.write, csvw.codes, jsonstat.write, sdmx_ml.write, sdmx_ml.structure, sdmx_json.write):
        assert list(write(TABLE, EDITION)) == list(write(replace(TABLE), EDITION))


@pytest.mark.shared
def test_indicators_of_the_united_kingdom_read_back(shared: Path, tmp_path: Path) -> None:
    repository = open_sdg.read(open_sdg.files(shared / "data/open-sdg/ons-uk-sdg-data.tar.gz"), "uk")
    tables = {table.key: table for table in repository.tables}
    for key in ("uk-1-1-1", "uk-7-2-1", "uk-15-1-1"):
        table = tables[key]
        numbers = expected(table)
        assert len(numbers) == len(own_numbers(table)) > 5
        for version in Version:
            assert by_sdmx1(table, version) == numbers
            assert by_pysdmx(table, version, tmp_path) == numbers
        text = "".join(jsonstat.write(table, EDITION))
        valid_jsonstat(text)
        assert sorted(cells_of_jsonstat(text)[0].values()) == sorted(numbers.values())
        assert cells_of_sdmx_json("".join(sdmx_json.write(table, EDITION))) == numbers
        assert sorted(row["value"] for row in valid_csvw(table, tmp_path) if row["value"] is not None) == sorted(
            numbers.values()
        )


def test_a_code_that_is_used_but_not_described_is_written_too() -> None:
    lines: dict[LineKey, dict[str, Cell]] = {("M9", "GM9999|X"): {"2022": (1.0, None, 0, 0)}}
    table = replace(TABLE, lines=lines)
    assert cells_of_jsonstat("".join(jsonstat.write(table, EDITION)))[0] == {("M9", "GM9999", "X", "2022"): 1}
    assert expected(table) == {("M9", "GM9999", "X", "2022"): 1.0}


def test_rows_are_as_rfc_4180_says() -> None:
    rows = list(csv.reader(io.StringIO("".join(csvw.write(TABLE, EDITION)))))
    assert rows[0] == ["measure", "Regio S", "Sex", "period", "start", "end", "value", "text", "status"]
    assert {len(row) for row in rows} == {9}
    assert rows[1][3:6] == ["2019-2020", "2019-01-01", "2020-12-31"]

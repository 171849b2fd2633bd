# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport monitor assess`: a file in, the same file with verdicts out; no database is asked."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mainport.monitor.cli import monitor
from mainport.monitor.rules.assessment_file import BadRows, assess_file

HEAD = "base_value,base_year,current_value,current_year,target_value,target_year,direction\n"


def run(tmp_path: Path, content: str, *options: str) -> tuple[Result, Path]:
    (tmp_path / "in.csv").write_text(content, "utf-8")
    out = tmp_path / "out.csv"
    arguments = ["assess", "--in", str(tmp_path / "in.csv"), "--out", str(out), *options]
    return CliRunner().invoke(monitor, arguments), out


def test_verdicts_stand_beside_the_rows(tmp_path: Path) -> None:
    content = HEAD + "100,2020,121,2022,133.1,2023,positive\n100,2020,98.01,2022,,,negative\n0,2020,4,2022,10,2025,up\n"
    result, out = run(tmp_path, content)
    assert result.exit_code == 0, result.output
    first, second, third = csv.DictReader(io.StringIO(out.read_text("utf-8")))
    assert (float(first["ratio"]), first["status"]) == (pytest.approx(1), "substantial_progress")
    assert (float(second["ratio"]), second["status"]) == (pytest.approx(0.01), "moderate_progress")
    assert (second["method"], second["target_value"]) == ("growth", "")
    assert (third["ratio"], third["status"], third["notes"]) == ("", "not_available", "baseline-zero")
    assert float(third["linear"]) == 1


def test_as_json_it_counts(tmp_path: Path) -> None:
    result, out = run(tmp_path, HEAD + "1,2020,2,2021,2,2023,positive\n\n", "--json")
    assert json.loads(result.output) == {"file": str(out), "rows": 1, "statuses": {"target_achieved": 1}}


def test_bad_rows_are_named_all_at_once_and_nothing_is_written(tmp_path: Path) -> None:
    rows = "1,2020,x,2022,,,positive\n1,2020,2,2022,3,,sideways\n,2020,2,202x,,,down\n1,2\n"
    result, out = run(tmp_path, HEAD + rows)
    assert result.exit_code == 1
    assert not out.exists()
    for words in (
        "row 1 (line 2), current_value: found 'x', expected a number",
        "row 2 (line 3), target_year: found nothing, expected the year of the target",
        "row 2 (line 3), direction: found 'sideways', expected positive or negative",
        "row 3 (line 4), base_value: found nothing, expected a number",
        "row 3 (line 4), current_year: found '202x', expected a year",
        "row 4 (line 5), row: found 2 cells, expected 7",
    ):
        assert words in result.output
    as_json, _out = run(tmp_path, HEAD + rows, "--json")
    faults = json.loads(as_json.stdout.split("\nError")[0])["faults"]
    assert [(fault["row"], fault["field"]) for fault in faults][:3] == [
        (1, "current_value"),
        (2, "target_year"),
        (2, "direction"),
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "expected the columns base_value"),
        (HEAD.replace("direction", "way"), "direction: found no such columns"),
        (HEAD.replace("\n", ",status\n"), "status: found a column of this name"),
        (HEAD + 'a"b,"c\n', "CSV"),
        (HEAD + "nan,2020,1,2021,,,up\n", "base_value: found 'nan'"),
        (HEAD + "1_0,2020,1,2021,,,up\n", "base_value: found '1_0'"),
        (HEAD.replace("\n", ",base_margin\n") + "1,2020,1,2021,,,up,-1\n", "base_margin: found '-1'"),
    ],
)
def test_what_is_no_file_of_cases_is_refused(content: str, words: str) -> None:
    with pytest.raises(BadRows) as error:
        assess_file(content)
    assert words in str(error.value)


def test_margins_are_read_where_they_are() -> None:
    content, (verdict,) = assess_file(
        "\ufeff" + HEAD.replace("\n", ",base_margin,current_margin\n") + "100,2020,104,2022,133.1,2023,positive,3,4\n"
    )
    (row,) = csv.DictReader(io.StringIO(content))
    assert row["notes"] == "change-within-margin status-within-margin"
    assert float(row["low"]) == verdict.low


def test_files_that_are_not_there_or_not_text(tmp_path: Path) -> None:
    absent = ["assess", "--in", str(tmp_path / "none.csv"), "--out", str(tmp_path / "out.csv")]
    assert "No such file" in CliRunner().invoke(monitor, absent).output
    (tmp_path / "none.csv").write_bytes(b"\xff\xfe")
    assert "isn't text in UTF-8" in CliRunner().invoke(monitor, absent).output

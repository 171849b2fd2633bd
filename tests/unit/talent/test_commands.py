# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport talent …` as somebody types it."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from mainport.talent.cli import talent

DATA = Path(str(resources.files("mainport.talent") / "data"))


def run(*arguments, code=0):
    result = CliRunner().invoke(talent, [str(argument) for argument in arguments])
    assert result.exit_code == code, result.output
    return result


def answer(*arguments, code=0):
    return json.loads(run(*arguments, "--json", code=code).stdout.split("\nError:")[0])


@pytest.fixture
def scenario(tmp_path):
    """Writes an example, changed, beside the tables that it names."""

    def write(name, **changes):
        for table in DATA.glob("*.csv"):
            (tmp_path / table.name).write_bytes(table.read_bytes())
        data = yaml.safe_load((DATA / name).read_text()) | changes
        path = tmp_path / "scenario.yaml"
        path.write_text(yaml.safe_dump({key: value for key, value in data.items() if value is not None}))
        return path

    return write


def test_retention(tmp_path):
    file = tmp_path / "flows.csv"
    file.write_text("home_16,study,home_28,people\nA,B,B,20\nA,B,A,60\nA,A,A,20\nB,B,B,50\n")
    found = answer("retention", file)
    first = found["places"][0]
    assert (first["place"], first["graduates"], first["retained"], first["retention"]["value"]) == ("A", 100, 80, 0.8)
    assert first["paths"]["moved_returned"]["value"] == 0.6
    assert found["total"]["retention"]["value"] == pytest.approx(130 / 150)
    shown = run("retention", file)
    assert "80.0 %" in shown.stdout
    assert "moved returned" in shown.stdout


def test_retention_of_other_columns_and_areas(tmp_path):
    file, areas = tmp_path / "flows.csv", tmp_path / "areas.csv"
    file.write_text("gm16;study;home_28\n" + "A;B;B\n" * 12)
    areas.write_text("code,area\nA,North\nB,North\n")
    found = answer("retention", file, "--columns", "home=gm16", "--areas", areas, "--level", "0.9")
    assert [(row["place"], row["retained"]) for row in found["places"]] == [("North", 12)]
    assert found["interval"] == {"method": "wilson", "level": 0.9}
    run("retention", file, "--columns", "home", code=2)


def test_retention_refused(tmp_path):
    file = tmp_path / "flows.csv"
    file.write_text("home_16,study,home_28,people\nA,B,B,-5\n")
    found = answer("retention", file, code=1)
    assert found["faults"] == [
        {"file": "flows.csv", "row": 2, "field": "people", "found": "'-5'", "expected": "at least 0"}
    ]
    assert "No such file" in answer("retention", tmp_path / "none.csv", code=1)["error"]


def test_project():
    found = answer("project", DATA / "human-capital-demo.yaml", "--lever", "retrained=100")
    assert found["demo"] is True
    assert [lever["amount"] for lever in found["levers"]] == [5, 200, 100]
    last, before = (
        next(one for one in lines if (one["sector"], one["year"], one["scenario"]) == ("*", 2032, "steady"))
        for lines in (found["lines"], found["without_levers"])
    )
    assert last["supply"] > before["supply"] + 300
    assert last["gap"] == pytest.approx(last["supply"] - last["demand"])
    assert last["ita_band"]["p10"] < last["ita"] < last["ita_band"]["p90"]
    assert [test["ahead"] for test in found["back_test"]] == [1, 2, 3, 4, 5, 6]
    shown = run("project", DATA / "human-capital-demo.yaml")
    assert "gap without levers" in shown.stdout
    assert "Invented numbers" in shown.output
    run("project", DATA / "human-capital-demo.yaml", "--lever", "hope=1", code=2)


def test_project_from_roa_and_uwv():
    found = answer("project", DATA / "roa-demo.yaml")
    start = next(one for one in found["lines"] if one["sector"] == "energy" and one["level"] == "*")
    assert (start["supply"], start["demand"]) == (7100, pytest.approx(7690))
    assert found["without_levers"] == []


def test_peak():
    found = answer("peak", DATA / "peak-demo.yaml", "--certainty", "0.8")
    assert found["demo"] is True
    assert 34 <= found["peak_week"] <= 43
    assert found["beds"] == found["beds_by_certainty"]["0.8"] < found["beds_by_certainty"]["0.95"]
    assert found["shortage"]["p50"] < found["shortage"]["p90"]
    assert len(found["weeks"]) == 52
    intake = found["intakes"]["EER"]
    assert intake["year"] == 2025
    assert abs(intake["left_out"][intake["method"]][-1]["error"]) < 0.1
    assert {told["year"] for told in found["told"]} == {2018, 2020, 2021, 2022}
    assert found["beds"] == answer("peak", DATA / "peak-demo.yaml", "--certainty", "0.8")["beds"]
    shown = run("peak", DATA / "peak-demo.yaml")
    assert "Beds to add to be 90 % certain" in " ".join(shown.output.split())
    assert "nothing is fitted" in shown.stdout


def test_peak_without_shortage(scenario):
    assert "No rooms are short" in run("peak", scenario("peak-demo.yaml", regular=20_000)).output


@pytest.mark.parametrize(
    ("name", "changes", "field", "expected"),
    [
        ("peak-demo.yaml", {"regular": -1}, "regular", "greater than or equal to 0"),
        ("peak-demo.yaml", {"beds": 3}, "beds", "no such field"),
        ("peak-demo.yaml", {"regular": 1e300}, "regular", "less than or equal to 1000000000"),
        (
            "human-capital-demo.yaml",
            {"levers": [{"kind": "retrained", "amount": 1e308}]},
            "levers[0].amount",
            "1000000000",
        ),
        (
            "peak-demo.yaml",
            {"leavers": {"rooms": 1, "leave": {60: 1.0}}},
            "leavers.leave[60]",
            "less than or equal to 52",
        ),
        ("peak-demo.yaml", {"leavers": {"rooms": 1, "leave": {30: 0.4}}}, "leavers", "what makes sense"),
        ("peak-demo.yaml", {"registrations": "none.csv"}, "registrations", "a file beside the scenario"),
        ("peak-demo.yaml", {"enrolled": None}, "enrolled", "a table of who came"),
        (
            "peak-demo.yaml",
            {"groups": [{"name": "Mars", "away": 1, "arrivals": {30: 1}}]},
            "groups[0]",
            "enrolments, or one",
        ),
        ("peak-demo.yaml", {"institutions": "21PF"}, "institutions", "a list of BRIN codes"),
        ("peak-demo.yaml", {"demo": "perhaps"}, "demo", "true or false"),
        ("human-capital-demo.yaml", {"end": 2020}, "file", "what makes sense"),
        ("human-capital-demo.yaml", {"cells": None}, "cells", "required"),
        ("human-capital-demo.yaml", {"growth": {"low": {"*": 9}}}, "growth.low.*", "less than or equal to 1"),
        ("roa-demo.yaml", {"retention": 7}, "retention", "a share from 0 to 1"),
        ("roa-demo.yaml", {"cells": []}, "cells", "one of both"),
    ],
)
def test_scenarios_refused(scenario, name, changes, field, expected):
    command = "peak" if name.startswith("peak") else "project"
    faults = answer(command, scenario(name, **changes), code=1)["faults"]
    assert faults[0]["field"] == field
    assert expected in faults[0]["expected"]
    assert faults[0]["row"] >= 1


@pytest.mark.parametrize(
    ("content", "row"),
    [
        (b"a: [1\nb: 2\n", 2),
        (b"- 1\n", 1),
        (b"\xff\xfe\xff", 1),
        (b"", 1),
        (b"1: 2\n", 1),
        (b"a: &x 1\n\nb: *x\n", 3),
    ],
)
def test_scenarios_that_are_no_yaml(tmp_path, content, row):
    path = tmp_path / "s.yaml"
    path.write_bytes(content)
    assert answer("peak", path, code=1)["faults"][0]["row"] == row


def test_the_line_of_a_fault(scenario, tmp_path):
    path = tmp_path / "s.yaml"
    path.write_text((DATA / "human-capital-demo.yaml").read_text().replace("retention: 0.42", "retention: 42"))
    line = next(at for at, text in enumerate(path.read_text().splitlines(), 1) if "retention: 42" in text)
    scenario("human-capital-demo.yaml")  # Puts the tables beside it.
    (fault,) = answer("project", path, code=1)["faults"]
    assert (fault["row"], fault["field"], fault["found"]) == (line, "cells[3].retention", "42")


def test_peak_from_studielinks_files(scenario, tmp_path):
    header = "Brincode,Studiejaar,Herkomst,Status,Hogerejaars,meercode_V,Aantal\n"
    for year, final in [(2023, 100), (2024, 120), (2025, 90)]:
        for week, share in [(1, 0.1), (20, 0.5), (30, 1.0)]:
            if year < 2025 or week < 30:
                name = f"telbestand_sl_{year - 1}1001_v{week:02}_{year}.csv"
                rows = "".join(f"21PF,{year},{origin},V,N,1,{round(final * share)}\n" for origin in "NER")
                (tmp_path / name).write_text(header + rows)
    path = scenario("peak-demo.yaml", registrations=".")
    came = [f"{year},{group},{n}" for year, n in [(2023, 80), (2024, 96)] for group in ("NL", "EER", "Niet-EER")]
    (tmp_path / "enrolled-demo.csv").write_text("\n".join(["year,group,enrolled", *came]))
    found = answer("peak", path)
    assert {group: round(intake["expected"]) for group, intake in found["intakes"].items()} == {
        "NL": 72,
        "EER": 72,
        "Niet-EER": 72,
    }
    for file in tmp_path.glob("telbestand_sl_2022*"):
        file.unlink()
    (fault, *_) = answer("peak", path, code=1)["faults"]
    assert "a forecast with its error needs 2" in fault["found"]


def test_vacancies_of_an_unknown_sector(scenario, tmp_path):
    path = scenario("roa-demo.yaml")
    (tmp_path / "uwv-demo.csv").write_text("sector,jaar,kwartaal,openstaande_vacatures\nspace,2024,4,1\n")
    assert "space" in answer("project", path, code=1)["faults"][0]["found"]

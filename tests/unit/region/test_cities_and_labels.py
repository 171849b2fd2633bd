# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Files that stand beside flows on the command line: cities, borders, and regions to compare."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mainport.region.cli import region

FLOWS = "home,work,amount\n101,101,80\n102,101,20\n102,102,80\n103,102,15\n103,103,85\n104,104,9\n"


def fua(folder: Path, cities: str, *more: str, flows: str = FLOWS) -> Result:
    (folder / "flows.csv").write_text(flows, encoding="utf-8")
    (folder / "cities.csv").write_text(cities, encoding="utf-8")
    asked = ["delineate", str(folder / "flows.csv"), "--method", "fua", "--cities", str(folder / "cities.csv"), *more]
    return CliRunner().invoke(region, [*asked, "--json"])


@pytest.mark.parametrize(
    ("cities", "more"),
    [
        ("zone,city\n101,A\n", []),
        ("\ufeffzone;city;name\n 101 ;A;x\n102;;none\n", []),
        ("name,city,zone\nx,A,101\n", []),
        ("code\tcity_id\n101\tA\n", []),  # Two columns.
        ("city_id,x,LAU\nA,,101\n", ["--cities-columns", "LAU,city_id"]),
        ("zone,city\n101.0,A\n", []),
    ],
)
def test_cities_of_several_shapes(tmp_path: Path, cities: str, more: list[str]) -> None:
    data = json.loads(fua(tmp_path, cities, *more).output)
    assert data["region"] == {"101": "A", "102": "A", "103": "", "104": ""}


def test_a_city_of_several_zones_and_codes_that_became_decimals(tmp_path: Path) -> None:
    flows = FLOWS.replace("101", "101.0").replace("102", "102.0").replace("103", "103.0").replace("104", "104.0")
    data = json.loads(fua(tmp_path, "zone,city\n101,A\n102,A\n", flows=flows).output)
    assert data["region"] == {"101": "A", "102": "A", "103": "A", "104": ""}


@pytest.mark.parametrize(
    ("cities", "said"),
    [
        (
            "zone,city\n101,A\n999,B\n998,B\n",
            "row 3, column zone: found '999', expected the code of a zone in flows.csv",
        ),
        ("zone,city\n999,B\n998,B\n", "row 3, column zone: found '998'"),
        ("zone,city\n101,A\n101,B\n", "row 3, column zone: found '101' again, expected each zone once; it is in row 2"),
        ("zone,city\n,A\n", "row 2, column zone: found nothing"),
        ("a,b,c\n1,2,3\n", "row 1, column -: found the columns a, b, c, expected zone and city"),
        ("", "row 1, column -: found an empty file"),
        ("zone,city\n101,\n", "no cities"),
    ],
)
def test_faults_of_cities_name_their_row(tmp_path: Path, cities: str, said: str) -> None:
    done = fua(tmp_path, cities)
    assert done.exit_code == 1
    assert said in json.loads(done.stdout)["error"]


def _square(code: object, x: float, y: float = 0) -> dict[str, object]:
    ring = [[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1], [x, y]]
    return {"properties": {"code": code}, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def test_borders_keep_an_area_in_one_piece(tmp_path: Path) -> None:
    flows = "home,work,amount\n101,101,80\n102,102,85\n103,101,20\n103,103,80\n104,104,9\n"
    path = tmp_path / "borders.geojson"

    def drawn(*features: dict[str, object]) -> dict[str, str]:
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
        done = fua(tmp_path, "zone,city\n101,A\n", "--borders", str(path), flows=flows)
        found: dict[str, str] = json.loads(done.output)["region"]
        return found

    apart = [_square(101, 0), _square(102, 1), _square(103, 5), _square(104, 6)]
    assert drawn(*apart) == {"101": "A", "102": "A", "103": "", "104": ""}  # 102 lies in it, 103 doesn't touch it.
    beside = [_square(101, 0), _square(102, 5), _square(103, 1), _square(104, 6)]
    assert drawn(*beside) == {"101": "A", "102": "", "103": "A", "104": ""}


@pytest.mark.parametrize(
    ("borders", "said"),
    [
        ("[]", "borders.geojson: expected a GeoJSON FeatureCollection"),
        ("{", "borders.geojson: "),
        (json.dumps({"type": "FeatureCollection", "features": [3]}), "borders.geojson: feature 1: no property 'code'"),
        (
            json.dumps({"type": "FeatureCollection", "features": [_square("x", 0)]}),
            "borders.geojson: none of its areas (x, …) is a zone of the flows",
        ),
    ],
)
def test_borders_that_are_none(tmp_path: Path, borders: str, said: str) -> None:
    path = tmp_path / "borders.geojson"
    path.write_text(borders, encoding="utf-8")
    done = fua(tmp_path, "zone,city\n101,A\n", "--borders", str(path))
    assert done.exit_code == 1
    assert said in json.loads(done.stdout)["error"]


def test_files_to_compare_may_differ_in_shape(tmp_path: Path) -> None:
    one, other = tmp_path / "one.csv", tmp_path / "other.tsv"
    one.write_text("zone,region\n1,a\n2,a\n3,b\n", encoding="utf-8")
    other.write_text('"community"\t"cluster"\t"residents"\n3\t9\t5\n2\t7\t5\n1\t7\t5\n', encoding="utf-16")
    asked = ["compare", str(one), str(other)]
    for more in (["--columns", "community,cluster"], ["--second-columns", "community,cluster"]):
        assert json.loads(CliRunner().invoke(region, [*asked, *more, "--json"]).output)["ari"] == 1
    done = CliRunner().invoke(region, [*asked, "--json"])
    assert done.exit_code == 1
    assert "other.tsv, row 1, column -: found the columns community, cluster, residents" in done.output
    done = CliRunner().invoke(region, [*asked, "--columns", "zone"])
    assert "columns zone: expected two" in done.output

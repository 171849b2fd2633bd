# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport region load`, `flows`, `boundaries`, `areas` and `companies`."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from mainport.core.fetching.problems import NotReached
from mainport.region.actions import boundaries as boundary_actions
from mainport.region.cli import region
from mainport.region.feeds import pdok
from mainport.region.models import Boundary, Company, FlowTable

pytestmark = pytest.mark.django_db

FLOWS = "home,work,amount\nGM0014,GM0014,60\nGM0014,GM0106,.\nGM0106,GM0014,8\nGM0106,buitenland,1\n"
SQUARE = [[6.0, 53.0], [7.0, 53.0], [7.0, 53.5], [6.0, 53.5], [6.0, 53.0]]


def run(*words: str) -> Result:
    return CliRunner().invoke(region, list(words))


def data(*words: str) -> Any:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def error(*words: str) -> dict[str, Any]:
    """The JSON of a command that ends with 1."""
    result = run(*words, "--json")
    assert result.exit_code == 1, result.output
    told: dict[str, Any] = json.JSONDecoder().raw_decode(result.stdout)[0]
    return told


def test_load_twice_is_load_once() -> None:
    assert data("load")["rows"] == 261
    assert data("load")["key"] == "commuting-groningen-2014"
    assert FlowTable.objects.count() == 1
    assert "261 pairs" in run("load").stdout


def test_flows_are_stored_with_what_is_said_of_them(tmp_path: Path) -> None:
    path = tmp_path / "flows.csv"
    path.write_text(FLOWS, "utf-8")
    found = data("flows", str(path), "--year", "2022", "--source", "a survey", "--title", "Care", "--purpose", "care")
    assert (found["key"], found["rows"], found["suppressed_pairs"]) == ("care-2022", 4, 1)
    assert (found["borders"], found["outside"]) == (2022, ["buitenland"])
    table = FlowTable.objects.get()
    assert (table.purpose, table.source, table.title) == ("care", "a survey", {"nl": "Care", "en": "Care"})
    assert table.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    said = run("flows", str(path), "--year", "2022", "--source", "a survey").stdout
    assert said == "flows-of-work-2022: 4 pairs, of which 1 kept back by the source.\n"


def test_answers_of_cbs_are_stored(tmp_path: Path) -> None:
    row = {"WoonregioS": "GM0014  ", "WerkregioS": "GM0014  ", "Perioden": "2022MM12", "BanenVanWerknemers_1": 65.1}
    pages = [row, row | {"WerkregioS": "GM0106  ", "BanenVanWerknemers_1": None}]
    paths = []
    for number, page in enumerate(pages):
        paths.append(tmp_path / f"{number}.json")
        paths[-1].write_text(json.dumps({"value": [page]}))
    found = data("flows", *map(str, paths), "--format", "odata", "--year", "2022", "--source", "CBS, 85481NED")
    assert (found["rows"], found["suppressed_pairs"]) == (2, 1)
    assert found["sha256"] == hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()
    assert "expected one, or pages" in error("flows", *map(str, paths), "--year", "2022", "--source", "x")["error"]


@pytest.mark.parametrize(
    ("text", "options", "expected"),
    [
        (FLOWS.replace("60", "-60"), [], "row 2, column amount: found '-60', expected 0 or more"),
        (FLOWS.replace("GM0106,GM0014", "GM0017,GM0014"), [], "row 4, column home: found 'GM0017'"),
        (FLOWS, ["--borders", "1990"], "--borders 1990: the division is known from 2006"),
        (FLOWS, ["--key", "A b"], "--key A b: expected small letters"),
        (FLOWS, ["--columns", "a,b"], "2 columns: expected three"),
        (FLOWS, ["--period", "2022MM12"], "found no column of periods"),
    ],
)
def test_bad_flows_are_told_and_not_stored(tmp_path: Path, text: str, options: list[str], expected: str) -> None:
    path = tmp_path / "flows.csv"
    path.write_text(text, "utf-8")
    assert expected in error("flows", str(path), "--year", "2022", "--source", "x", *options)["error"]
    assert not FlowTable.objects.exists()


def geojson(folder: Path, code: str = "GM0014") -> Path:
    feature = {
        "type": "Feature",
        "properties": {"statcode": code, "statnaam": "Groningen", "jaarcode": 2023},
        "geometry": {"type": "Polygon", "coordinates": [SQUARE]},
    }
    path = folder / "borders.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    return path


def test_boundaries_out_of_a_file(tmp_path: Path) -> None:
    found = data("boundaries", "--year", "2023", "--file", str(geojson(tmp_path)), "--source", "CBS/PDOK, 2023")
    assert found == {"kind": "municipality", "year": 2023, "areas": 1, "source": "CBS/PDOK, 2023"}
    assert Boundary.objects.get().source == "CBS/PDOK, 2023"


@pytest.mark.parametrize("options", [["--year", "2022"], ["--year", "2023", "--kind", "corop"]])
def test_boundaries_of_another_year_or_kind_are_told(tmp_path: Path, options: list[str]) -> None:
    told = error("boundaries", "--file", str(geojson(tmp_path)), *options)
    assert "found GM0014, a municipality of 2023" in told["error"]
    assert told["faults"][0]["row"] == 1
    assert not Boundary.objects.exists()


@pytest.fixture
def service(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A service that answers as PDOK's does, and what was asked of it; it has nothing of 2016."""
    settings.FEEDS_ALLOW_LOOPBACK = True
    settings.MEDIA_ROOT = tmp_path
    body = geojson(tmp_path).read_bytes()
    asked: list[str] = []

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            there = "/2016/" not in self.path
            self.send_response(200 if there else 404)
            self.send_header("Content-Length", str(len(body) if there else 0))
            self.end_headers()
            self.wfile.write(body if there else b"")

        def log_message(self, *_words: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        monkeypatch.setattr(pdok, "SERVICE", f"http://127.0.0.1:{server.server_port}/{{year}}/wfs")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield asked
        server.shutdown()


def test_boundaries_of_pdok(service: list[str]) -> None:
    found = data("boundaries", "--year", "2023")
    assert found["areas"] == 1
    assert "typeName=gebiedsindelingen%3Agemeente_gegeneraliseerd" in service[0]
    assert Boundary.objects.get().source == "CBS/PDOK, Gebiedsindelingen 2023 (CC BY 4.0)"
    assert "404" in error("boundaries", "--year", "2016")["error"]
    assert Boundary.objects.count() == 1


def test_a_source_that_cant_be_reached_leaves_what_was_there(monkeypatch: pytest.MonkeyPatch) -> None:
    def fetch(**_given: Any) -> int:
        raise NotReached("PDOK doesn't answer")

    monkeypatch.setattr(boundary_actions, "fetch", fetch)
    assert "Nothing was stored: PDOK doesn't answer" in error("boundaries", "--year", "2023")["error"]
    monkeypatch.setattr(boundary_actions, "fetch", lambda **given: 342)
    found = data("boundaries", "--year", "2023")
    assert found["areas"] == 342
    assert found["source"].startswith("https://service.pdok.nl/cbs/gebiedsindelingen/2023/")


def test_areas_of_a_year_and_what_became_of_them() -> None:
    found = data("areas", "--year", "2014")["municipalities"]
    assert len(found) == 403
    walk = data("areas", "--year", "2014", "--to", "2023")["municipalities"]
    haren = [one for one in walk if one["code"] == "GM0017"]
    assert [(one["newer"], one["share"], one["basis"]) for one in haren] == [("GM0014", 1.0, "whole")]
    winsum = [one for one in walk if one["name"] == "Winsum"]
    assert len(winsum) == 2
    assert sum(one["share"] for one in winsum) == pytest.approx(1)
    assert "Groningen" in run("areas", "--year", "2023").stdout
    assert "from 2006 to 2023" in error("areas", "--year", "1990")["error"]
    assert "later borders only" in error("areas", "--year", "2020", "--to", "2014")["error"]


def test_companies_are_looked_at_and_then_stored(tmp_path: Path) -> None:
    path = tmp_path / "companies.csv"
    path.write_text("name,kvk,town\nAlfa,00000001,Assen\nAlfa,00000002,Assen\nAlfa,,Assen\nBeta,,Assen\n", "utf-8")
    looked = data("companies", str(path), "--look")
    assert (looked["stored"], looked["new"], Company.objects.count()) == (False, 3, 0)
    found = data("companies", str(path), "--source", "a register")
    assert [one["reason"] for one in found["matches"]] == ["new", "new", "ambiguous", "new"]
    assert found["matches"][2]["candidates"] == ["Alfa"]
    said = run("companies", str(path)).stdout
    assert "Stored: 0 new companies, 3 that were known, 0 years." in said
    assert "may be about several companies: 1 rows" in said
    assert "Known by name and town: 1 rows" in said


def test_a_bad_file_of_companies_stores_nothing(tmp_path: Path) -> None:
    path = tmp_path / "companies.csv"
    path.write_text("name,town,founded\nAlfa,Assen,2018\nBeta,Assen,soon\n", "utf-8")
    told = error("companies", str(path))
    assert told["faults"] == [
        {
            "file": "companies.csv",
            "row": 3,
            "column": "founded",
            "found": "'soon'",
            "expected": told["faults"][0]["expected"],
        }
    ]
    assert not Company.objects.exists()

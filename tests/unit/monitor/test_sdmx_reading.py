# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Messages of SDMX become tables, whatever they are written in; what else comes is a problem that says why."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mainport.core.fetching.problems import NotChanged, NotTrusted, Problem
from mainport.monitor.exports import sdmx_json as json_export
from mainport.monitor.exports import sdmx_ml as ml_export
from mainport.monitor.feeds import Asked, sdmx
from mainport.monitor.rules.tables import Code, Dimension, Finality, Lines, Measure, Missing, Role
from tests.unit.monitor.test_cbs_reading import JSON, FakeVisit, places

URL = "https://feed.example/data/EXR"
SAMPLES = "standards/sdmx"
pytestmark = pytest.mark.filterwarnings("ignore:.*:DeprecationWarning")


def read(body: Any, *, more: dict[str, Any] | None = None, wanted: dict[str, str] | None = None, **asked: Any) -> Lines:
    visit = FakeVisit({URL: body, **(more or {})})
    (table,) = sdmx.read(Asked(key="t", url=URL, settings=wanted or {}, **asked), visit)  # type: ignore[arg-type]
    return table


def sample(shared: Path, name: str) -> bytes:
    return (shared / SAMPLES / name).read_bytes()


#: The same four rates, in three arrangements.
RATES = {
    ("OBS_VALUE", "D|NZD|EUR|SP00|A"): {"2013-01-18": (1.5931, None, 0, 0), "2013-01-21": (1.5925, None, 0, 0)},
    ("OBS_VALUE", "D|RUB|EUR|SP00|A"): {"2013-01-18": (40.3426, None, 0, 0), "2013-01-21": (40.3, None, 0, 0)},
}


@pytest.mark.shared
@pytest.mark.parametrize("arrangement", ["flat", "time-series", "cross-section"])
def test_sdmx_json_in_every_arrangement(shared, arrangement):
    table = read(sample(shared, f"v3/json/data/exr-{arrangement}.json"))
    assert table.lines == RATES
    assert [d.key for d in table.dimensions] == [
        "FREQ",
        "CURRENCY",
        "CURRENCY_DENOM",
        "EXR_TYPE",
        "EXR_SUFFIX",
        "TIME_PERIOD",
    ]
    assert table.dimensions[1].codes[0] == Code("NZD", "New Zealand dollar")
    assert table.time.key == "TIME_PERIOD"
    assert table.publisher == "European Central Bank"
    assert [measure.decimals for measure in table.measures] == [4]


@pytest.mark.shared
def test_sdmx_json_with_unit_and_place(shared):
    raw = json.loads(sample(shared, "v3/json/data/agri.json"))
    table = read(raw)
    assert [d.role for d in table.dimensions if d.key == "REF_AREA"] == [Role.GEO]
    (measure,) = table.measures
    assert (measure.unit, measure.decimals) == ("x 1 000 Tones", 1)
    came = sorted(cell[0] for line in table.lines.values() for cell in line.values())
    assert came == sorted(float(cells[0]) for cells in raw["data"]["dataSets"][0]["observations"].values())


@pytest.mark.shared
def test_sdmx_json_1_without_a_dimension_of_time(shared):
    with pytest.raises(NotTrusted, match="LOCATION, IND, PER, GRD, FLD, MSR: one must be of time"):
        read(sample(shared, "OECD/data-PART2-all-all.json"))


def test_sdmx_json_1_and_why_there_is_no_number():
    table = read(SMALL)
    assert table.lines == {
        ("OBS_VALUE", "NL"): {
            "2024": (1.0, None, 0, Finality.PROVISIONAL),
            "2025": (None, None, Missing.CONFIDENTIAL, 0),
        }
    }
    assert (table.title, table.publisher, table.modified) == ("Work", "OECD", "2021-06-19T14:06:41Z")


#: SDMX-JSON 1.0, as the OECD answers.
SMALL: dict[str, Any] = {
    "header": {"prepared": "2021-06-19T14:06:41Z", "sender": {"id": "OECD"}},
    "dataSets": [{"action": "Information", "observations": {"0:0": [1, 0], "0:1": [None, 1]}}],
    "structure": {
        "name": "Work",
        "dimensions": {
            "observation": [
                {"id": "LOCATION", "name": "Country", "values": [{"id": "NL", "name": "Netherlands"}]},
                {"id": "TIME_PERIOD", "name": "Year", "values": [{"id": "2024"}, {"id": "2025"}]},
            ]
        },
        "attributes": {"observation": [{"id": "OBS_STATUS", "values": [{"id": "P"}, {"id": "C"}]}]},
    },
}


@pytest.mark.shared
def test_structure_specific_by_eurostat(shared):
    table = read(sample(shared, "ESTAT/NAMA_10_GDP-ss.xml"))
    assert table.lines == {
        ("OBS_VALUE", "LU|B1GQ|CP_MEUR|A"): {
            "2012": (46526.2, None, 0, 0),
            "2013": (49094.5, None, 0, 0),
            "2014": (51791.3, None, 0, 0),
            "2015": (54142.3, None, 0, 0),
        }
    }
    assert [(d.key, d.role) for d in table.dimensions if d.role is not Role.OTHER] == [
        ("geo", Role.GEO),
        ("TIME_PERIOD", Role.TIME),
    ]
    assert table.title == "NAMA_10_GDP"


@pytest.mark.shared
def test_structure_specific_with_measures_and_status(shared):
    table = read(sample(shared, "v21/xml/demography/demography_xs.xml"), wanted={"measure": "DEMO"})
    assert sum(map(len, table.lines.values())) == 60
    assert "TFRNSI" in [measure.key for measure in table.measures]
    assert [d.key for d in table.dimensions] == ["FREQ", "TIME_PERIOD", "SEX", "COUNTRY"]
    assert table.lines["TFRNSI", "A|T|BE"]["2007"][0] == 1.82


GENERIC = """<?xml version="1.0" encoding="UTF-8"?>
<m:GenericData xmlns:m="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"
 xmlns:g="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/generic"
 xmlns:c="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common">
 <m:Header><m:ID>x</m:ID><m:Test>false</m:Test><m:Prepared>2024-01-01T00:00:00</m:Prepared><m:Sender id="ECB"/>
  <m:Structure structureID="S" dimensionAtObservation="TIME_PERIOD">
   <c:Structure><Ref id="EXR" agencyID="ECB" version="1.0"/></c:Structure></m:Structure></m:Header>
 <m:DataSet structureRef="S"><g:Series>
  <g:SeriesKey><g:Value id="FREQ" value="A"/><g:Value id="REF_AREA" value="NL"/></g:SeriesKey>
  <g:Obs><g:ObsDimension value="2023"/><g:ObsValue value="1.5"/>
   <g:Attributes><g:Value id="OBS_STATUS" value="E"/></g:Attributes></g:Obs>
  <g:Obs><g:ObsDimension value="2024"/><g:ObsValue value="NaN"/>
   <g:Attributes><g:Value id="OBS_STATUS" value="M"/></g:Attributes></g:Obs>
 </g:Series></m:DataSet>
</m:GenericData>"""


def test_generic():
    table = read(GENERIC.encode())
    assert table.lines == {
        ("OBS_VALUE", "A|NL"): {
            "2023": (1.5, None, 0, Finality.ESTIMATED),
            "2024": (None, None, Missing.IMPOSSIBLE, 0),
        }
    }
    assert (table.publisher, table.version[:10]) == ("ECB", "2024-01-01")


@pytest.mark.shared
def test_what_eurostat_says_in_place_of_data(shared):
    with pytest.raises(NotTrusted, match=r"https://feed.example/data/EXR answered: .*[a-z]{4}"):
        read(sample(shared, "ESTAT/footer.xml"))


TABLE = Lines(
    key="work",
    title="Werk",
    dimensions=(
        Dimension("REGIO", "Regio", Role.GEO, (Code("GM0014", "Groningen"), Code("NL01", "Nederland"))),
        Dimension("TIME_PERIOD", "Perioden", Role.TIME, (Code("2024", "2024"), Code("2025", "2025"))),
    ),
    measures=(Measure("M1", "Werkzame personen", "aantal", 0), Measure("M2", "Aandeel", "%", 1)),
    lines={
        ("M1", "GM0014"): {"2024": (10.0, None, 0, Finality.PROVISIONAL), "2025": (None, None, 2, 0)},
        ("M1", "NL01"): {"2025": (0.0, None, 0, 0)},
        ("M2", "NL01"): {"2024": (None, None, 1, 0), "2025": (12.5, None, 0, Finality.ESTIMATED)},
    },
)
STRUCTURE = "https://feed.example/structure"


@pytest.mark.parametrize("format", ["json", "ml"])
def test_what_mainport_writes_comes_back(format):
    export = json_export if format == "json" else ml_export
    body = "".join(export.write(TABLE)).encode()
    more, wanted = {}, {"measure": "INDICATOR"}
    if format == "ml":
        more[STRUCTURE] = "".join(ml_export.structure(TABLE)).encode()
        wanted["structure"] = STRUCTURE
    table = read(body, more=more, wanted=wanted)
    assert table.lines == TABLE.lines
    assert [(measure.key, measure.title) for measure in table.measures] == [
        ("M1", "Werkzame personen (aantal)"),
        ("M2", "Aandeel (%)"),
    ]
    assert {code.key: code.title for code in table.dimensions[0].codes}["GM0014"] == "Groningen"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"<!DOCTYPE html><title>Onderhoud</title>", "a web page, or XML with a DOCTYPE"),
        (b"<html><body>Onderhoud</body></html>", "something other than a message of SDMX"),
        (b"", "something other than a message of SDMX"),
        (GENERIC.encode()[:-40], "XML that isn't whole"),
        (
            GENERIC.replace("?>", '?><!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]>', 1).encode(),
            "with a DOCTYPE",
        ),
        (GENERIC.replace("UTF-8", "UTF-16").encode("utf-16"), "other than in UTF-8"),
        (GENERIC.replace('encoding="UTF-8"', 'encoding="UTF-7"').encode(), "other than in UTF-8"),
        (GENERIC.replace('value="2023"', 'value="then"').encode(), "'then' is no period"),
        (GENERIC.replace('"1.5"', '"1e999"').encode(), "too large"),
        (GENERIC.replace('"NL"', '"N|L"').encode(), "isn't a code of REF_AREA"),
        ({"data": {}}, "isn't a message of SDMX-JSON with data"),
        ({**SMALL, "dataSets": [{"action": "Delete"}]}, "data to delete"),
        ({**SMALL, "dataSets": [{"observations": {"0:7": [1]}}]}, "isn't whole"),
        ({**SMALL, "dataSets": [{"observations": {"0:-1": [1]}}]}, "below zero"),
    ],
)
def test_what_cant_be_trusted(body, message):
    with pytest.raises(NotTrusted, match=message):
        read(body)


def test_a_measure_that_isnt_there():
    with pytest.raises(NotTrusted, match="no dimension DEMO that can name measures; it has LOCATION, TIME_PERIOD"):
        read(SMALL, wanted={"measure": "DEMO"})


def test_the_same_version_and_other_dimensions():
    with pytest.raises(NotChanged):
        read(SMALL, known_version="2021-06-19T14:06:41Z")
    with pytest.raises(NotTrusted, match="the dimensions of t changed"):
        read(SMALL, known_dimensions=("LOCATION", "SEX", "TIME_PERIOD"))


PLACES = [place for place in places(SMALL) if place]


@given(place=st.sampled_from(PLACES), other=JSON, gone=st.booleans())
@settings(max_examples=300, deadline=None)
def test_anything_in_place_of_anything(place, other, gone):
    body = copy.deepcopy(SMALL)
    inside: Any = body
    for key in place[:-1]:
        inside = inside[key]
    if gone:
        del inside[place[-1]]
    else:
        inside[place[-1]] = other
    try:
        table = read(body)
    except (Problem, NotChanged):
        return
    for line in table.lines.values():
        assert all(value is None or abs(value) < float("inf") for value, *_rest in line.values())


@given(at=st.integers(0, len(GENERIC)), more=st.text(max_size=10))
@settings(max_examples=60, deadline=None)
def test_any_xml_ends_in_a_table_or_a_problem(at, more):
    try:
        read((GENERIC[:at] + more + GENERIC[at:]).encode("utf-8", "replace"))
    except Problem:
        return

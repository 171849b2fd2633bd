# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Datasets and collections of JSON-stat become tables; whatever else comes is a problem that says what is wrong."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mainport.core.fetching.problems import NotChanged, NotTrusted, Problem
from mainport.monitor.exports.jsonstat import write
from mainport.monitor.feeds import Asked, jsonstat
from mainport.monitor.rules.tables import Code, Dimension, Finality, Lines, Measure, Missing, Role
from tests.unit.monitor.test_cbs_reading import JSON, FakeVisit, places

URL = "https://feed.example/data/work"
#: Two measures, two places, two years: the last dimension, here the place, runs fastest.
CUBE: dict[str, Any] = {
    "version": "2.0",
    "class": "dataset",
    "label": "Work",
    "source": "Statistics Office",
    "updated": "2026-02-06T23:00:00Z",
    "note": ["Of people aged 15 to 74."],
    "id": ["what", "year", "area"],
    "size": [2, 2, 2],
    "role": {"time": ["year"], "geo": ["area"], "metric": ["what"]},
    "dimension": {
        "what": {
            "label": "Subject",
            "category": {
                "index": {"rate": 1, "jobs": 0},
                "label": {"rate": "Unemployment", "jobs": "Jobs"},
                "unit": {"rate": {"label": "%", "decimals": 1}, "jobs": {"label": "jobs", "multiplier": 3}},
            },
        },
        "year": {"category": {"index": ["2024", "2025"]}},
        "area": {
            "label": "Area",
            "category": {"label": {"NL11": "Groningen", "NL": "Netherlands"}, "child": {"NL": ["NL11"]}},
        },
    },
    "value": [10, 9000, 11.25, 9100, 3.9, 3.6, None, 3.7],
    "status": {"6": "c", "7": "p", "5": "b"},
    "extension": {"lang": "EN"},
}


def read(dataset: Any, *, more: dict[str, Any] | None = None, **asked: Any) -> list[Lines]:
    visit = FakeVisit({URL: dataset, **(more or {})})
    return jsonstat.read(Asked(key="work", url=URL, settings={}, **asked), visit)  # type: ignore[arg-type]


def test_every_cell_in_its_place():
    (table,) = read(CUBE)
    assert table.lines == {
        ("jobs", "NL11"): {"2024": (10.0, None, 0, 0), "2025": (11.25, None, 0, 0)},
        ("jobs", "NL"): {"2024": (9000.0, None, 0, 0), "2025": (9100.0, None, 0, 0)},
        ("rate", "NL11"): {"2024": (3.9, None, 0, 0), "2025": (None, None, Missing.CONFIDENTIAL, 0)},
        ("rate", "NL"): {"2024": (3.6, None, 0, 0), "2025": (3.7, None, 0, Finality.PROVISIONAL)},
    }


def test_what_the_dataset_says_of_itself():
    (table,) = read(CUBE)
    assert (table.title, table.publisher, table.language) == ("Work", "Statistics Office", "en")
    assert (table.modified, table.description) == ("2026-02-06T23:00:00Z", "Of people aged 15 to 74.")
    assert table.measures == (Measure("jobs", "Jobs", "x 1 000 jobs", 2), Measure("rate", "Unemployment", "%", 1))
    assert [(d.key, d.title, d.role) for d in table.dimensions] == [
        ("year", "year", Role.TIME),
        ("area", "Area", Role.GEO),
    ]
    assert table.dimensions[1].codes == (Code("NL11", "Groningen", group="NL"), Code("NL", "Netherlands"))


@pytest.mark.parametrize(
    "value", [CUBE["value"], {str(n): v for n, v in enumerate(CUBE["value"]) if v is not None}], ids=["list", "object"]
)
@pytest.mark.parametrize(
    "status",
    [CUBE["status"], [None, None, None, None, None, "b", "c", "p"]],
    ids=["object", "list"],
)
def test_values_and_statuses_come_in_several_shapes(value, status):
    assert read({**CUBE, "value": value, "status": status})[0].lines == read(CUBE)[0].lines


@pytest.mark.parametrize("status", ["p", ["p"]])
def test_one_status_for_all(status):
    (table,) = read({**CUBE, "status": status})
    assert {cell[3] for line in table.lines.values() for cell in line.values()} == {Finality.PROVISIONAL}
    assert "2025" not in table.lines["rate", "NL11"]


def test_a_null_without_a_status_says_nothing():
    (table,) = read({**CUBE, "status": None})
    assert table.lines["rate", "NL11"] == {"2024": (3.9, None, 0, 0)}


@pytest.mark.parametrize(
    ("flag", "missing"),
    [(":", Missing.NOT_AVAILABLE), (": c", Missing.CONFIDENTIAL), ("z", Missing.IMPOSSIBLE), ("n", 3)],
)
def test_why_there_is_no_number(flag, missing):
    (table,) = read({**CUBE, "status": {"6": flag}})
    assert table.lines["rate", "NL11"]["2025"] == (None, None, missing, 0)


def test_zero_is_a_number():
    (table,) = read({**CUBE, "value": [0] * 8, "status": {}})
    assert table.lines["rate", "NL11"]["2025"] == (0.0, None, 0, 0)


@pytest.mark.shared
def test_what_eurostat_answered(shared):
    body = (shared / "standards/json-stat/eurostat-prc_hicp_manr-2.0.json").read_bytes()
    raw = json.loads(body)
    (table,) = read(body)
    assert (table.title, table.publisher) == ("HICP - monthly data (annual rate of change)", "ESTAT")
    assert [d.key for d in table.dimensions] == ["freq", "unit", "coicop", "geo", "time"]
    assert [d.role for d in table.dimensions][-2:] == [Role.GEO, Role.TIME]
    (measure,) = table.measures
    assert (measure.key, measure.decimals) == ("value", 1)
    assert measure.unit == next(iter(raw["dimension"]["unit"]["category"]["label"].values()))
    cells = [cell for line in table.lines.values() for cell in line.values()]
    assert [cell[0] for cell in cells] == [float(value) for value in raw["value"].values()]


def test_a_collection_with_datasets_inside_and_elsewhere():
    elsewhere = "https://feed.example/data/other.json"
    items = [CUBE, {"class": "dataset", "href": "other.json"}, {"class": "dimension", "href": "no"}]
    collection = {"version": "2.0", "class": "collection", "link": {"item": items}}
    tables = read(collection, more={elsewhere: {**CUBE, "label": "Other"}})
    assert [(table.key, table.title) for table in tables] == [("work-work", "Work"), ("work-other", "Other")]
    with pytest.raises(NotTrusted, match="two datasets that are called work"):
        read({**collection, "link": {"item": [CUBE, CUBE]}})


def test_a_collection_that_holds_itself():
    collection = {"class": "collection", "link": {"item": [{"class": "collection", "href": "work"}]}}
    with pytest.raises(NotTrusted, match="too deep"):
        read(collection)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"value": [1, 2]}, "aren't whole: 2 where the dimensions have 8 cells"),
        ({"value": {"8": 1}}, "have a cell '8' that the dimensions don't have"),
        ({"value": {"-1": 1}}, "have a cell '-1'"),
        ({"size": [2, 2, 3]}, "area of .* has 2 codes where its size is 3"),
        ({"role": {}, "id": ["what", "when", "area"]}, "one must have the role of time"),
        ({"role": {"time": ["year", "area"]}}, "one must have the role of time"),
        ({"role": {"time": ["area"]}}, "is no period"),
        ({"class": "bundle"}, "isn't a dataset or a collection of JSON-stat 2.0: its class is 'bundle'"),
        ({"value": [[]] * 8}, "neither a number nor a text"),
        ({"class": None, "error": [{"status": 413, "label": "Too large"}]}, "answered: Too large"),
    ],
)
def test_what_cant_be_trusted(change, message):
    with pytest.raises(NotTrusted, match=message):
        read({**CUBE, **change})


def test_a_web_page():
    with pytest.raises(NotTrusted, match="web page"):
        read(b"<html>")


def test_the_same_version_and_other_dimensions():
    with pytest.raises(NotChanged):
        read(CUBE, known_version="2026-02-06T23:00:00Z")
    with pytest.raises(NotTrusted, match="the dimensions of work changed: now year, area; before year, sex"):
        read(CUBE, known_dimensions=("year", "sex"))


def test_what_mainport_writes_comes_back():
    table = Lines(
        key="work",
        title="Werk",
        dimensions=(
            Dimension("Regio", "Regio", Role.GEO, (Code("GM0014", "Groningen"), Code("NL01", "Nederland"))),
            Dimension("Perioden", "Perioden", Role.TIME, (Code("2024", "2024"), Code("2025", "2025"))),
        ),
        measures=(Measure("M1", "Werkzame personen", "aantal", 0), Measure("M2", "Oordeel", "", 0)),
        lines={
            ("M1", "GM0014"): {"2024": (10.0, None, 0, Finality.PROVISIONAL), "2025": (None, None, 2, 0)},
            ("M1", "NL01"): {"2025": (0.0, None, 0, 0)},
            ("M2", "NL01"): {"2025": (None, "goed", 0, 0)},
        },
    )
    (back,) = read("".join(write(table)).encode())
    assert back.lines == table.lines
    assert [d.key for d in back.dimensions] == ["Regio", "Perioden"]


PLACES = [place for place in places(CUBE) if place]


@given(place=st.sampled_from(PLACES), other=JSON, gone=st.booleans())
@settings(max_examples=300, deadline=None)
def test_anything_in_place_of_anything(place, other, gone):
    dataset = copy.deepcopy(CUBE)
    inside: Any = dataset
    for key in place[:-1]:
        inside = inside[key]
    if gone:
        del inside[place[-1]]
    else:
        inside[place[-1]] = other
    try:
        (table,) = read(dataset)
    except Problem:
        return
    for line in table.lines.values():
        assert all(value is None or abs(value) < float("inf") for value, *_rest in line.values())

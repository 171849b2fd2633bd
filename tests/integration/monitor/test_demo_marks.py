# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A table of invented values says so in the catalogue, in OData and in every file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from mainport.monitor.actions import add_feed, store
from mainport.monitor.exports.folder import publish
from mainport.monitor.models import Feed, Fetch
from mainport.monitor.rules.tables import Code, Dimension, Lines, Measure, Role
from tests.conftest import BY

pytestmark = pytest.mark.django_db


def bring(*, demo: bool) -> None:
    add_feed(by=BY, key="jobs", format="sheet", title={}, url="", settings={}, demo=demo)
    fetch = Fetch.objects.create(
        feed=Feed.objects.get(), at=timezone.now(), outcome="stored", code_version="x", by_name="x"
    )
    table = Lines(
        key="jobs",
        title="Banen",
        dimensions=(Dimension("Perioden", "Perioden", Role.TIME, (Code("2024", "2024"),)),),
        measures=(Measure("jobs", "Banen", "aantal"),),
        lines={("jobs", ""): {"2024": (1.0, None, 0, 0)}},
    )
    store(by=BY, fetch=fetch, tables=[table])


def said(client: Client, out: Path) -> dict[str, tuple[str, str]]:
    """The title and description of the table, everywhere."""
    nodes = client.get("/catalog.jsonld").json()["@graph"]
    node = next(one for one in nodes if "dcat:Dataset" in one["@type"])
    listed = client.get("/odata/v1/Datasets").json()["value"][0]
    properties = client.get("/odata/v1/MAINPORT/jobs/Properties").json()
    csvw = json.loads(b"".join(client.get("/datasets/jobs.csv-metadata.json")))
    publish(out, site_url="http://localhost")
    file = json.loads((out / "jobs" / "observations.csv-metadata.json").read_text())
    return {
        "dcat": (node["dct:title"]["@value"], node["dct:description"]["@value"]),
        "odata": (listed["Title"], listed["Description"]),
        "properties": (properties["Title"], properties["Description"]),
        "csvw": (csvw["dc:title"], csvw.get("dc:description", "")),
        "folder": (file["dc:title"], file.get("dc:description", "")),
    }


def test_invented_values_say_so(client: Client, tmp_path: Path) -> None:
    bring(demo=True)
    for where, (title, description) in said(client, tmp_path / "out").items():
        assert title == "Demo: Banen", where
        assert description == "Verzonnen gegevens, om rond te kijken.", where
    nodes = client.get("/catalog.jsonld").json()["@graph"]
    assert next(one for one in nodes if "dcat:Dataset" in one["@type"])["dcat:keyword"]["@value"] == "demo"
    assert json.loads((tmp_path / "out" / "index.json").read_text())["datasets"]["jobs"]["demo"] is True


def test_real_values_say_nothing_of_the_kind(client: Client, tmp_path: Path) -> None:
    bring(demo=False)
    assert all("emo" not in "".join(words) for words in said(client, tmp_path / "out").values())

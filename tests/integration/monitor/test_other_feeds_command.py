# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Feeds that are one address, from nothing to observations."""

from __future__ import annotations

from typing import Any

import pytest

from mainport.monitor.models import Conflict, Dataset, Feed, Observation
from tests.integration.monitor.test_feeds_command import read, run

pytestmark = [pytest.mark.django_db, pytest.mark.shared]


def serve(replay: Any, name: str, body: bytes, media_type: str = "application/json") -> str:
    replay.answers[f"/{name}"] = lambda handler: handler.send(200, body, media_type)
    return f"{replay.root}/{name}"


@pytest.fixture
def eurostat(replay, shared) -> str:
    body = (shared / "standards/json-stat/eurostat-prc_hicp_manr-2.0.json").read_bytes()
    return serve(replay, "data/prc_hicp_manr", body)


def test_an_answer_of_eurostat(eurostat, replay):
    added = run("add-feed", "jsonstat", f"{eurostat}", "--every", "0", "--json")
    assert added.exit_code == 0, added.output
    assert read(added) == {
        "feed": "prc_hicp_manr",
        "format": "jsonstat",
        "url": eurostat,
        "settings": {},
        "every": None,
    }
    refreshed = read(run("refresh", "prc_hicp_manr", "--json"))
    assert (refreshed["observations"], refreshed["changed"], refreshed["outcome"]) == (3, 3, "stored")
    rows = Observation.objects.order_by("period__start").values_list("period__code", "value")
    assert list(rows) == [("2025-10", 2.1), ("2025-11", 2.1), ("2025-12", 2.0)]
    assert Dataset.objects.get().title == "HICP - monthly data (annual rate of change)"
    assert read(run("refresh", "prc_hicp_manr", "--json"))["outcome"] == "unchanged"


def test_half_an_answer_keeps_the_old_values(eurostat, replay):
    run("add-feed", "jsonstat", eurostat)
    run("refresh", "prc_hicp_manr")
    serve(replay, "data/prc_hicp_manr", b'{"class": "dataset", "value": {"0": 2.')
    result = run("refresh", "prc_hicp_manr", "--json")
    assert result.exit_code == 1
    assert "isn't whole" in read(result)["error"]
    assert Observation.objects.filter(current=True, value__isnull=False).count() == 3
    assert Feed.objects.get().problem
    assert not Conflict.objects.exists()


def test_a_message_of_sdmx(replay, shared):
    body = (shared / "standards/sdmx/v21/xml/demography/demography_xs.xml").read_bytes()
    url = serve(replay, "data/DEMOGRAPHY", body, "application/xml")
    added = run("add-feed", "sdmx", url, "--measure", "DEMO", "--name", "bevolking", "--json")
    assert read(added)["settings"] == {"measure": "DEMO"}
    refreshed = read(run("refresh", "bevolking", "--json"))
    assert (refreshed["observations"], refreshed["outcome"]) == (60, "stored"), refreshed
    dataset = Dataset.objects.get()
    assert [dimension["key"] for dimension in dataset.dimensions] == ["FREQ", "TIME_PERIOD", "SEX", "COUNTRY"]
    found = Observation.objects.get(series__measure="TFRNSI", series__coordinates="A|T|BE", period__code="2007")
    assert found.value == 1.82
    serve(replay, "data/DEMOGRAPHY", body[:3000], "application/xml")
    assert "XML that isn't whole" in read(run("refresh", "bevolking", "--json"))["error"]
    assert Observation.objects.filter(current=True).count() == 60
    assert Observation.objects.filter(value=None).count() == 5  # Those that the message gives without a value.

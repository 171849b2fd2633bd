# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The pages of indicators: what is seen, whether it comes nearer, what is lacking."""

from __future__ import annotations

import csv
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mainport.core.models import Person
from mainport.monitor.actions import indicators as actions
from mainport.monitor.queries import find_indicator
from mainport.monitor.rules.indicators import File
from tests.conftest import BY, Cast
from tests.functional.monitor.conftest import GRONINGEN, NETHERLANDS
from tests.functional.portal.page import see

pytestmark = pytest.mark.django_db

GROWING = {year: 200_000.0 + 4_000 * (year - 2015) for year in range(2015, 2025)}


def test_the_list_counts_what_has_no_target(indicators: File) -> None:
    page = see("/en/indicators/")
    without = sum(not one.target for one in indicators.indicators.values())
    assert len(page.all(".mainport-indicator")) == len(indicators.indicators)
    assert f"For {without} it has not: that is a gap of the alliance." in page.words
    assert page.links()["What can't be measured yet"] == "/en/not-measured-yet/"


def test_a_line_says_what_is_seen_and_draws_it(indicators: File) -> None:
    page = see("/en/indicators/campus-companies/")
    assert page.all("figcaption") == ["Up from 114 (2014) to 230 companies (2021)"]
    wide, narrow = page.tree.xpath("//figure//*[local-name()='svg']")
    assert {wide.get("aria-labelledby"), narrow.get("aria-labelledby")} == {
        "wide-title wide-about",
        "narrow-title narrow-about",
    }
    assert len(wide.xpath(".//*[local-name()='circle']")) == 4
    assert "2014" in "".join(wide.itertext())


def test_the_table_behind_the_chart_names_each_source(indicators: File) -> None:
    page = see("/en/indicators/campus-companies/")
    rows = [row for row in page.all("details tr") if row.startswith("2018")]
    assert len(rows) == 2
    assert "read off a figure" in page.words


def test_no_target_is_said_and_counted_as_a_gap(indicators: File) -> None:
    page = see("/en/indicators/campus-companies/")
    assert "No target has been agreed." in page.words
    assert "Moves clearly the right way" in page.words
    assert "Not connected yet." in page.words
    assert Client().get("/en/not-measured-yet.json").json()["without_target"].count("campus-companies") == 1


def test_a_target_with_where_it_was_set(indicators: File) -> None:
    page = see("/en/indicators/digital-literacy-rank/")
    assert "Target: The most digitally literate city and province, by 2025." in page.words
    assert "As a figure: 1" in page.words
    assert "Set in: Digitalisation" in page.words
    assert "No target has been agreed." not in page.words


def test_progress_with_a_target_forecast_and_its_error(indicators: File, visit: Callable[..., None]) -> None:
    visit({GRONINGEN: GROWING, NETHERLANDS: dict.fromkeys(GROWING, 17000000.0)})
    actions.set_target(by=BY, indicator=find_indicator("inhabitants"), period="2030", value=260_000, why="tests")
    page = see("/en/indicators/inhabitants/")
    assert "Fast enough for the target." in page.words
    assert "The forecast was tested: 6 known values were each forecast from those before them." in page.words
    assert "target 260,000 (2030)" in page.words
    assert len(page.all("svg .mainport-chart__area")) == 2
    assert len(page.all("svg .mainport-lines__mark")) == 2
    # A country beside a town would flatten the line.
    assert "Not drawn, for the size would flatten the line, but in the table: The Netherlands." in page.words


def test_the_price_of_homes_is_not_judged_and_the_page_says_why(indicators: File) -> None:
    page = see("/en/indicators/home-price/")
    assert "neither higher nor lower is better: The agenda does not say whether homes" in page.words
    data = Client().get("/en/indicators/home-price.json").json()
    assert (data["direction"], data["assessment"]["notes"]) == ("none", ["no-direction"])


def test_data_of_an_indicator(indicators: File) -> None:
    rows = list(csv.DictReader(Client().get("/en/indicators/campus-companies.csv").content.decode().splitlines()))
    assert {(row["kind"], row["period"], row["value"], row["source"]) for row in rows} >= {
        ("published", "2014", "114.0", "economie-groningen"),
        ("published", "2021", "230.0", "agenda-figures"),
    }
    data = Client().get("/en/indicators/campus-companies.json").json()
    assert (data["last_value"], data["status"], data["targets"]) == (230.0, "substantial_progress", [])
    assert len(data["values"]) == len(rows)


def test_an_unknown_indicator(indicators: File) -> None:
    assert Client().get("/en/indicators/nothing-of-the-kind/").status_code == 404


def test_every_indicator_has_its_page(indicators: File) -> None:
    for key in indicators.indicators:
        assert see(f"/en/indicators/{key}/").all("h1"), key


def test_without_indicators_the_pages_say_so() -> None:
    assert "No indicators have been defined yet." in see("/en/indicators/").words
    assert "None." in see("/en/not-measured-yet/").words


@pytest.mark.parametrize(
    "address",
    ["indicators/", "indicators/inhabitants/", "indicators/inhabitants/chart/", "not-measured-yet/", "feeds/"],
)
def test_no_page_asks_more_than_twelve_times(
    indicators: File,
    visit: Callable[..., None],
    cast: Cast,
    as_person: Callable[[Person | None], Client],
    address: str,
) -> None:
    visit({GRONINGEN: GROWING})
    for reader in (None, cast.alice, cast.dave):
        client = as_person(reader)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/en/{address}").status_code == 200
        assert len(captured) <= 12, reader

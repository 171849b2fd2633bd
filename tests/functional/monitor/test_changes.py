# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What changed in the monitor since a day."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from mainport.monitor.actions import indicators as actions
from mainport.monitor.models import Feed, Fetch, Target
from mainport.monitor.queries import find_indicator
from mainport.monitor.rules.indicators import TAKEN, File
from tests.conftest import BY
from tests.functional.monitor.conftest import GRONINGEN
from tests.functional.portal.page import see

pytestmark = pytest.mark.django_db

GROWING = {year: 200_000.0 + 4_000 * (year - 2015) for year in range(2015, 2025)}
PAGE = "/en/indicators/changes/"


def ago(days: int) -> datetime:
    return timezone.now() - timedelta(days=days)


def day(days: int) -> str:
    return (timezone.localdate() - timedelta(days=days)).isoformat()


@pytest.fixture
def long_ago(indicators: File) -> File:
    """The indicators, their targets and published figures were there a year ago."""
    Fetch.objects.update(at=ago(365))
    Target.objects.update(at=ago(365))
    return indicators


def test_nothing_changed(long_ago: File) -> None:
    page = see(PAGE)
    assert "Nothing changed since that day." in page.words
    assert Client().get("/en/indicators/changes.json").json()["indicators"] == []


def test_new_and_revised_values_and_the_verdict(long_ago: File, visit: Callable[..., None]) -> None:
    visit({GRONINGEN: GROWING}, ago(60))
    visit({GRONINGEN: GROWING | {2021: 300_000.0, 2025: 245_000.0}}, ago(5))
    page = see(f"{PAGE}?indicator=inhabitants")
    assert page.all("h1") == ["What changed: Inhabitants"]
    assert "New: 245,000" in page.words
    assert "Revised: 224,000" in page.words
    assert "became 300,000" in page.words
    assert "Moves clearly the right way" in page.words
    assert "Moves the wrong way" in page.words
    found = Client().get(f"/en/indicators/changes.json?since={day(30)}&indicator=inhabitants").json()["indicators"]
    (one,) = found
    assert [(row["period"], row["value"]) for row in one["new"]] == [("2025", 245_000)]
    assert [(row["period"], row["was"], row["now"]) for row in one["revised"]] == [("2021", 224_000, 300_000)]
    assert one["status"] == {"was": "substantial_progress", "now": "deterioration"}


def test_a_day_after_the_change(long_ago: File, visit: Callable[..., None]) -> None:
    visit({GRONINGEN: GROWING}, ago(60))
    assert Client().get(f"/en/indicators/changes.json?since={day(20)}").json()["indicators"] == []
    found = Client().get(f"/en/indicators/changes.json?since={day(61)}").json()["indicators"]
    assert "inhabitants" in [one["indicator"] for one in found]


def test_many_new_values_are_counted(long_ago: File, visit: Callable[..., None]) -> None:
    visit({GRONINGEN: GROWING}, ago(5))
    page = see(f"{PAGE}?indicator=inhabitants")
    assert "and 9 earlier periods" in page.words
    rows = list(
        csv.DictReader(Client().get("/en/indicators/changes.csv?indicator=inhabitants").content.decode().splitlines())
    )
    assert sum(row["kind"] == "new" for row in rows) == 10
    assert {row["kind"] for row in rows} == {"new", "status"}


def test_a_new_target_and_one_that_changed(long_ago: File) -> None:
    indicator = find_indicator("inhabitants")
    actions.set_target(by=BY, indicator=indicator, period="2030", value=260_000, why="tests")
    assert "New target for 2030: 260,000" in see(PAGE).words
    Target.objects.filter(indicator=indicator).update(at=ago(60))
    assert "target for 2030" not in see(PAGE).words
    actions.set_target(by=BY, indicator=indicator, period="2030", value=270_000, why="tests")
    page = see(PAGE)
    assert "Target for 2030: 260,000" in page.words
    assert "became 270,000" in page.words
    rows = csv.DictReader(Client().get("/en/indicators/changes.csv").content.decode().splitlines())
    assert [(row["was"], row["now"]) for row in rows if row["kind"] == "target"] == [("260000.0", "270000.0")]


def test_a_feed_that_became_stale(long_ago: File, visit: Callable[..., None]) -> None:
    visit({GRONINGEN: GROWING}, ago(90))
    feed = Feed.objects.get(key="03759ned")
    Feed.objects.filter(pk=feed.pk).update(problem="the answer is HTML", good_at=ago(90))
    for days in (8, 1):
        Fetch.objects.create(feed=feed, at=ago(days), outcome=Fetch.Outcome.REFUSED, code_version="0", by_name="tests")
    page = see(PAGE)
    assert page.all("#stale") == ["Sources that can't be read any more"]
    data = Client().get("/en/indicators/changes.json").json()["stale_feeds"]
    assert [(one["feed"], one["problem"]) for one in data] == [("03759ned", "the answer is HTML")]
    # It was stale before that day already.
    assert Client().get(f"/en/indicators/changes.json?since={day(3)}").json()["stale_feeds"] == []


def test_what_is_no_day(indicators: File) -> None:
    page = see(f"{PAGE}?since=soon", status=400)
    assert page.all(".mainport-error-summary")


def test_an_unknown_indicator(indicators: File) -> None:
    assert Client().get(f"{PAGE}?indicator=nothing").status_code == 404
    assert Client().get(f"{PAGE}?indicator=%00").status_code == 200


def test_no_indicator_can_have_the_address_of_this_page() -> None:
    for language in ("nl", "en"):
        with translation.override(language):
            assert reverse("monitor_changes").rstrip("/").rpartition("/")[2] in TAKEN


def test_it_asks_at_most_twelve_times(long_ago: File, visit: Callable[..., None]) -> None:
    visit({GRONINGEN: GROWING}, ago(60))
    visit({GRONINGEN: GROWING | {2015: 300_000.0}}, ago(5))
    with CaptureQueriesContext(connection) as captured:
        assert Client().get(PAGE).status_code == 200
    assert len(captured) <= 12

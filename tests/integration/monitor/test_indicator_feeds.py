# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The connected indicators get their values from what CBS answered in July 2026."""

from __future__ import annotations

import json
from importlib import resources

import pytest

from mainport.agenda.rules.elements import Agenda
from mainport.core.rules.permissions import system
from mainport.monitor import actions
from mainport.monitor.actions.indicators import load
from mainport.monitor.models import Feed
from mainport.monitor.queries.indicators import IndicatorValues, find_indicators, values_of
from mainport.monitor.rules.indicators import read
from mainport.monitor.rules.progress import Method, Status
from tests.replay import Replay

pytestmark = [pytest.mark.django_db, pytest.mark.shared]
BY = system("tests")
#: Of these tables CBS's codes were recorded, but not the values that the indicator needs.
WITHOUT_VALUES = {"unemployment-benefits", "youth-unemployment"}


@pytest.fixture
def found(groningen: Agenda, replay: Replay) -> dict[str, IndicatorValues]:
    content = (resources.files("mainport.monitor") / "data" / "groningen-indicators.yaml").read_bytes()
    done = load(by=BY, file=read(content, elements=groningen.elements), with_feeds=True)
    assert len(done.feeds_added) == 9
    for feed in Feed.objects.filter(key__in=done.feeds_added).exclude(key="85554NED"):
        feed.url = replay.url
        # The server knows the filter that was recorded: ours, from 2019.
        recorded = json.loads((replay.folder / feed.key / "index.json").read_text()).get("sliceFilter")
        feed.settings = {"table": feed.key, **({"filter": recorded} if recorded else {})}
        feed.save(update_fields=["url", "settings"])
        visited = actions.refresh(by=BY, feed=feed)
        assert visited.fetch.outcome == "stored", visited.fetch.message
    return {one.indicator.key: one for one in values_of(find_indicators())}


def test_every_connected_indicator_has_values_and_a_verdict(found: dict[str, IndicatorValues]) -> None:
    connected = {key: one for key, one in found.items() if one.definition.connected}
    empty = {key for key, one in connected.items() if not any(one.lines.values())}
    assert empty == WITHOUT_VALUES
    for key in connected.keys() - empty:
        standing = connected[key].standing
        # Of what is neither good nor bad when it rises there is no verdict.
        judged = connected[key].definition.direction != "none"
        assert (standing.assessment.status is not Status.NOT_AVAILABLE) == judged, key
        assert standing.assessment.method is Method.GROWTH, key
    for area, line in found["inhabitants"].lines.items():
        assert len(line) == 8, area  # 2019 to 2026

    assert list(found["renewable-electricity"].standing.line.items())[-1][1].value == 54.73


def test_the_city_beside_the_country(found: dict[str, IndicatorValues]) -> None:
    prices, shares = found["home-price"].lines, found["home-price-against-country"].lines
    assert set(shares) == {"groningen", "province", "north"}
    for area, line in shares.items():
        for span, point in line.items():
            expected = prices[area][span].value / prices["netherlands"][span].value * 100
            assert point.value == pytest.approx(expected)


def test_a_line_of_years_is_forecast_with_its_error(found: dict[str, IndicatorValues]) -> None:
    forecast = found["renewable-electricity"].standing.forecast
    assert forecast
    assert [step.at for step in forecast.steps] == [2026, 2027, 2028]
    assert forecast.back_test.forecasts > 20
    assert all(step.low < step.value < step.high for step in forecast.steps)

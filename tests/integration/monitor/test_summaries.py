# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What is kept of each indicator follows whatever it is made of, in the same transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mainport.core.models import Source
from mainport.monitor.actions import indicators as actions
from mainport.monitor.actions import store, summaries
from mainport.monitor.models import Feed, Fetch, Indicator, Summary
from mainport.monitor.queries import find_indicator
from mainport.monitor.queries.measured import Brief, measured
from mainport.monitor.rules.indicators import File
from mainport.monitor.rules.summary import Verdict, from_json
from tests.conftest import BY
from tests.functional.monitor.conftest import (  # noqa: F401 -- fixtures
    GRONINGEN,
    indicators,
    load_indicators,
    visit,
)

pytestmark = pytest.mark.django_db


def brief(key: str) -> Brief:
    (found,) = [one for one in measured().all if one.key == key]
    return found


def last(key: str) -> float:
    short = from_json(Summary.objects.get(indicator__key=key).data)
    return list(short.points.values())[-1].value


def test_every_indicator_has_one_after_a_load(indicators: File) -> None:  # noqa: F811
    assert Summary.objects.count() == Indicator.objects.count() == len(indicators.indicators)
    assert {one.verdict for one in measured().all} == {Verdict.NO_TARGET, Verdict.NO_FIGURE, Verdict.NOT_CONNECTED}


def test_it_follows_what_is_stored_and_revised(indicators: File, visit: Callable[..., None]) -> None:  # noqa: F811
    assert brief("inhabitants").feed is None
    visit({GRONINGEN: {2023: 238_000.0, 2024: 243_000.0}})
    assert last("inhabitants") == 243_000
    found = brief("inhabitants").feed
    assert found is not None
    assert found.key == "03759ned"
    visit({GRONINGEN: {2023: 238_000.0, 2024: 243_100.0}})
    assert last("inhabitants") == 243_100
    # The source took a year back.
    visit({GRONINGEN: {2023: 238_000.0}})
    assert last("inhabitants") == 238_000


def test_it_follows_targets(indicators: File) -> None:  # noqa: F811
    target = actions.set_target(
        by=BY, indicator=find_indicator("campus-companies"), period="2030", value=260, why="tests"
    )
    assert brief("campus-companies").verdict == Verdict.ON_TRACK
    actions.end_target(by=BY, target=target, why="tests")
    assert brief("campus-companies").verdict == Verdict.NO_TARGET


def test_it_follows_definitions_and_the_names_of_sources(indicators: File) -> None:  # noqa: F811
    one = indicators.indicators["campus-companies"]
    source = indicators.sources[one.published[0].source]
    changed = one.model_copy(update={"measures": ("task:K1",)})
    renamed = source.model_copy(update={"document": "Another name"})
    file = replace(
        indicators,
        indicators={**indicators.indicators, one.id: changed},
        sources={**indicators.sources, source.id: renamed},
    )
    actions.load(by=BY, file=file)
    assert brief(one.id).measures == ("task:K1",)
    short = from_json(Summary.objects.get(indicator__key=one.id).data)
    assert short.sources[source.id].document == "Another name" == Source.objects.get(key=source.id).document


def test_what_did_not_change_is_left_alone(indicators: File, visit: Callable[..., None]) -> None:  # noqa: F811
    visit({GRONINGEN: {2023: 238_000.0}})
    before: dict[str, datetime] = dict(Summary.objects.values_list("indicator__key", "at"))
    visit({GRONINGEN: {2023: 238_000.0}})
    assert dict(Summary.objects.values_list("indicator__key", "at")) == before
    visit({GRONINGEN: {2023: 238_001.0}})
    after = dict(Summary.objects.values_list("indicator__key", "at"))
    assert after["inhabitants"] > before["inhabitants"]
    assert after["campus-companies"] == before["campus-companies"]


def test_a_visit_that_is_undone_leaves_it_as_it_was(indicators: File, visit: Callable[..., None]) -> None:  # noqa: F811
    visit({GRONINGEN: {2023: 238_000.0}})

    with transaction.atomic():
        visit({GRONINGEN: {2023: 1.0}})
        assert last("inhabitants") == 1
        transaction.set_rollback(True)
    assert last("inhabitants") == 238_000


def test_what_is_kept_is_what_would_be_reckoned(indicators: File, visit: Callable[..., None]) -> None:  # noqa: F811
    from mainport.monitor.queries import find_indicators, values_of

    visit({GRONINGEN: {year: 200_000.0 + year for year in range(2000, 2024)}})
    for one in values_of(find_indicators()):
        kept = from_json(Summary.objects.get(indicator=one.indicator).data)
        now = one.standing
        assert kept.assessment == now.assessment
        assert (dict(kept.points), kept.goal, kept.differing, kept.rough) == (
            dict(now.line),
            now.goal,
            now.differing,
            now.rough,
        )
        assert (list(kept.figures), list(kept.goals)) == (list(one.figures), list(one.goals))


def test_another_version_makes_it_anew(indicators: File) -> None:  # noqa: F811
    assert summaries.renew_outdated() == 0
    Summary.objects.filter(indicator__key="campus-companies").update(code_version="0.0.1", verdict="reached")
    Summary.objects.filter(indicator__key="campus-jobs").delete()
    assert summaries.renew_outdated() == 2
    assert brief("campus-companies").verdict == brief("campus-jobs").verdict == Verdict.NO_TARGET


def test_what_is_older_than_its_definition_is_not_given_as_current(indicators: File) -> None:  # noqa: F811
    later = timezone.now() + timedelta(minutes=1)
    Indicator.objects.filter(key="campus-companies").update(changed_at=later)
    assert brief("campus-companies").verdict == Verdict.RECOUNTING
    found = next(one for one in measured(in_full=True).all if one.key == "campus-companies")
    assert not found.data
    # What has none at all is still told of where it belongs.
    Summary.objects.filter(indicator__key="campus-jobs").delete()
    assert "campus-jobs" in [one.key for one in measured().of(["task:K2"])]


def test_reading_takes_one_query_and_storing_elsewhere_one_more(indicators: File) -> None:  # noqa: F811
    for in_full in (False, True):
        with CaptureQueriesContext(connection) as captured:
            measured(in_full=in_full)
        assert len(captured) == 1
    with CaptureQueriesContext(connection) as captured:
        assert summaries.renew_after({"a-table-of-others"}, set()) == 0
    assert len(captured) == 1


def test_a_fetch_that_brings_nothing_new_asks_nothing(indicators: File) -> None:  # noqa: F811
    feed = Feed.objects.create(key="empty", format="cbs", title={"mul": "x"})
    fetch = Fetch.objects.create(feed=feed, at=timezone.now(), outcome="stored", code_version="0", by_name="tests")
    with CaptureQueriesContext(connection) as captured:
        store(by=BY, fetch=fetch, tables=[])
    assert not [query for query in captured.captured_queries if "monitor_summary" in query["sql"]]

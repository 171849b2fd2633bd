# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result

from mainport.monitor.cli import monitor
from mainport.monitor.models import Feed
from tests.replay import Replay, index

pytestmark = [pytest.mark.django_db, pytest.mark.shared]


def run(*words: str) -> Result:
    return CliRunner().invoke(monitor, list(words))


def read(result: Result) -> Any:
    return json.loads(result.stdout)


def test_from_nothing_to_observations(replay: Replay):
    chosen = index(replay.folder / "03759ned")["sliceFilter"]
    added = run("add-feed", "cbs", "03759ned", "--base-url", replay.url, "--filter", chosen, "--json")
    assert added.exit_code == 0, added.output
    assert read(added) == {
        "feed": "03759ned",
        "format": "cbs",
        "url": replay.url,
        "settings": {"table": "03759ned", "filter": chosen},
        "every": 24,
    }
    refreshed = run("refresh", "03759ned", "--json")
    assert refreshed.exit_code == 0, refreshed.output
    assert read(refreshed)["observations"] == 13568
    (state,) = read(run("feeds", "--json"))
    assert (state["feed"], state["stale"], state["observations"]) == ("03759ned", False, 13568)
    assert "Bevolking op 1 januari" in run("feeds").stdout


def test_all_feeds_at_once(replay):
    run("add-feed", "cbs", "82235NED", "--base-url", replay.url, "--name", "woningen", "--title", "Woningvoorraad")
    run("add-feed", "cbs", "82242NED", "--base-url", replay.url)
    Feed.objects.create(key="hand", format="hand", title={})
    data = read(run("refresh", "--json"))
    assert data["observations"] == 889 + 3084
    assert [one["feed"] for one in data["feeds"]] == ["82242NED", "woningen"]
    assert Feed.objects.get(key="woningen").title == {"mul": "Woningvoorraad"}


def test_a_feed_that_fails_ends_with_1_and_says_why(replay):
    run("add-feed", "cbs", "99999NED", "--base-url", replay.url)
    result = run("refresh", "99999NED", "--json")
    assert result.exit_code == 1
    data = read(result)
    assert data["error"] == f"99999NED: there is no table 99999NED at {replay.url}"
    assert (data["observations"], data["stale"], data["outcome"]) == (0, True, "failed")
    assert "STALE" in run("feeds").stdout


def test_one_that_fails_holds_up_no_other(replay):
    run("add-feed", "cbs", "11111NED", "--base-url", replay.url)
    run("add-feed", "cbs", "82235NED", "--base-url", replay.url)
    result = run("refresh", "--json")
    assert result.exit_code == 1
    assert read(result)["observations"] == 889


def test_loopback_is_refused(replay, settings):
    settings.FEEDS_ALLOW_LOOPBACK = False
    run("add-feed", "cbs", "82235NED", "--base-url", replay.url)
    result = run("refresh", "82235NED")
    assert result.exit_code == 1
    assert "MAINPORT_FEEDS_ALLOW_LOOPBACK=1" in result.output


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("add-feed", "cbs", "85/../x"), "isn't a table of CBS"),
        (("add-feed", "cbs", "82235NED", "--owner", "nobody@example.org"), "Nobody has an account"),
        (("add-feed", "cbs", "82235NED", "--name", "a b"), "can't be the name of a feed"),
        (("add-feed", "cbs", "82235NED", "--base-url", "file:///etc"), "isn't an address"),
        (("refresh", "nothing"), "There is no feed nothing"),
    ],
)
def test_what_is_wrong_is_said(db, words, message):
    result = run(*words)
    assert result.exit_code == 1
    assert message in result.output
    assert not Feed.objects.exists()


def test_a_feed_that_nobody_visits(db):
    Feed.objects.create(key="hand", format="hand", title={})
    assert "by hand: nobody visits it" in run("refresh", "hand").output


def test_whose_feed_it_is(replay, cast):
    run("add-feed", "cbs", "82235NED", "--base-url", replay.url, "--owner", "Frank@example.org", "--every", "0")
    feed = Feed.objects.get()
    assert (feed.owner, feed.every, feed.next_at) == (cast.frank, None, None)


def test_several_filters_must_all_hold(db):
    words = ["add-feed", "cbs", "82235NED", "--filter", "RegioS eq 'GM0014'", "--filter", "A eq '1' or A eq '2'"]
    assert read(run(*words, "--json"))["settings"]["filter"] == "(RegioS eq 'GM0014') and (A eq '1' or A eq '2')"


def test_a_feed_that_was_not_visited_is_not_good(replay):
    run("add-feed", "cbs", "82235NED", "--base-url", replay.url)
    (row,) = read(run("feeds", "--json"))
    assert (row["state"], row["good"], row["observations"]) == ("not-visited-yet", None, 0)
    assert "not visited yet" in " ".join(run("feeds").output.split())


def test_a_visit_that_brings_nothing_does_not_look_like_success(replay):
    # Of this table CBS's description was recorded, and no observation.
    run("add-feed", "cbs", "85554NED", "--base-url", replay.url)
    refreshed = run("refresh", "85554NED")
    assert "the source says that it has 305,280 observations; 0 came" in " ".join(refreshed.output.split())
    (row,) = read(run("feeds", "--json"))
    assert (row["state"], row["observations"]) == ("empty", 0)
    assert "0 came" in row["note"]

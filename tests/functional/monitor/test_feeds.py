# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The page of feeds: what each brought, and what went wrong."""

from __future__ import annotations

import csv
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from mainport.core.models import Person
from mainport.monitor.actions.feeds import add_feed
from mainport.monitor.models import Feed, Fetch
from tests.conftest import BY, Cast
from tests.functional.portal.page import see

pytestmark = pytest.mark.django_db


@pytest.fixture
def feeds() -> None:
    """One that is up to date, one that broke after a good visit, one that nobody visited."""
    for key in ("fresh", "broken", "new"):
        add_feed(
            by=BY,
            key=key,
            format=Feed.Format.CBS,
            title={"nl": f"Bron {key}", "en": f"Source {key}"},
            url=f"https://example.org/{key}",
            settings={"table": key},
            licence="CC BY 4.0",
        )
    now = timezone.now()
    Feed.objects.filter(key__in=["fresh", "broken"]).update(good_at=now, tried_at=now)
    Feed.objects.filter(key="broken").update(problem="the answer is HTML, not JSON")
    for feed in Feed.objects.filter(key__in=["fresh", "broken"]):
        Fetch.objects.create(
            feed=feed, at=now, outcome=Fetch.Outcome.STORED, observations=1234, code_version="1", by_name="tests"
        )


def test_each_feed_with_its_source_licence_and_observations(feeds: None) -> None:
    page = see("/en/feeds/")
    assert page.all("h2")[:3] == ["Source broken", "Source fresh", "Source new"]
    assert page.words.count("CC BY 4.0") == 3
    assert page.all(".mainport-entries .mainport-state") == ["Last visit failed", "Up to date", "Not visited yet"]
    assert "1,234" in page.words
    assert page.links()["https://example.org/fresh"] == "https://example.org/fresh"


def test_a_stale_feed_gives_its_message_marked_as_english(feeds: None) -> None:
    with translation.override("nl"):
        page = see(reverse("feed_list"))
    (message,) = page.tree.xpath("//p/span[@lang='en']")
    assert message.text == "the answer is HTML, not JSON"


def test_data_of_feeds(feeds: None) -> None:
    data = Client().get("/en/feeds.json").json()
    assert (data["count"], data["stale"]) == (3, 1)
    assert {feed["feed"]: feed["observations"] for feed in data["feeds"]} == {"broken": 1234, "fresh": 1234, "new": 0}
    rows = list(csv.DictReader(Client().get("/en/feeds.csv").content.decode().splitlines()))
    assert (rows[0]["feed"], rows[0]["title"]) == ("broken", "Source broken")


def test_without_feeds_the_page_says_so() -> None:
    assert "No source of figures is connected yet." in see("/en/feeds/").words


def test_owners_are_named_to_stewards_only(
    feeds: None, cast: Cast, as_person: Callable[[Person | None], Client]
) -> None:
    Feed.objects.update(owner=cast.frank)
    for reader, named in ((None, False), (cast.alice, False), (cast.frank, True)):
        assert ("Frank" in see("/en/feeds/", as_person(reader)).words) is named


def test_a_feed_that_brought_nothing_does_not_look_up_to_date(feeds: None) -> None:
    Fetch.objects.filter(feed__key="fresh").update(observations=0, message="fresh: no observations came.")
    words = see("/en/feeds/").all(".mainport-entries .mainport-state")
    assert words == ["Last visit failed", "Visited, but no figures came", "Not visited yet"]
    states = {row["feed"]: row["state"] for row in Client().get("/en/feeds.json").json()["feeds"]}
    assert states == {"broken": "stale", "fresh": "empty", "new": "not-visited-yet"}

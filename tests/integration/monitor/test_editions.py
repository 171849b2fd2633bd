# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A frozen edition stays as it was, whatever its sources say later."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner
from django.core.exceptions import ValidationError
from django.utils import timezone

from mainport.core.models import AuditEvent
from mainport.core.rules.permissions import NotAllowed, system
from mainport.monitor import queries
from mainport.monitor.actions import add_feed, editions, refresh
from mainport.monitor.cli import monitor
from mainport.monitor.models import Dataset, Edition, Observation
from tests.replay import Replay

pytestmark = [pytest.mark.django_db, pytest.mark.shared]
BY = system("tests")
TABLE = "82235NED"


@pytest.fixture
def feed(replay: Replay):
    feed = add_feed(by=BY, key=TABLE, format="cbs", title={}, url=replay.url, settings={"table": TABLE})
    refresh(by=BY, feed=feed)
    return feed


def revise(replay: Replay, feed) -> tuple[str, float]:
    """The source raises its first value by one; the period and what it was."""
    first = replay.recorded(TABLE, "Observations")["value"][0]

    def raised(found: Any) -> Any:
        found["value"][0]["Value"] += 1
        return found

    def renewed(found: Any) -> Any:
        return {**found, "Version": "209901010000"}

    replay.changes[f"{TABLE}/Observations"] = raised
    replay.changes[f"{TABLE}/Properties"] = renewed
    visited = refresh(by=BY, feed=feed)
    assert visited.stored.changed == 1, visited.fetch.message
    return first["Perioden"], first["Value"]


def test_a_revision_changes_what_is_known_but_not_what_was_frozen(feed, replay, client):
    edition = editions.freeze(by=BY, key="2026", title={"nl": "Cijfers 2026", "en": "Figures 2026"})
    before = b"".join(client.get(f"/datasets/{TABLE}.csv").streaming_content)
    period, was = revise(replay, feed)

    changed = Observation.objects.get(current=True, fetch=feed.fetches.first())
    frozen = {value.period: value.value for value in queries.values_in(edition, [changed.series_id])}
    now = {value.period: value.value for value in queries.values([changed.series_id])}
    assert (frozen[period], now[period]) == (was, was + 1)
    assert [revision.value for revision in queries.history(changed.series_id) if revision.period == period] == [
        was,
        was + 1,
    ]
    assert queries.is_whole(edition)
    after = b"".join(client.get(f"/datasets/{TABLE}.csv").streaming_content)
    as_of = b"".join(client.get(f"/datasets/{TABLE}.csv?edition=2026").streaming_content)
    assert after != before == as_of
    later = editions.freeze(by=BY, key="2027", title={"mul": "2027"})
    assert later.sha256 != edition.sha256
    listed = client.get("/editions.json").json()
    assert [(one["key"], one["sha256"]) for one in listed["items"]] == [
        ("2027", later.sha256),
        ("2026", edition.sha256),
    ]


def test_what_was_changed_behind_its_back_shows(feed):
    edition = editions.freeze(by=BY, key="2026", title={"mul": "2026"})
    assert queries.is_whole(edition)
    Observation.objects.filter(pk=Observation.objects.first().pk).update(value=-1)
    assert not queries.is_whole(edition)


def test_an_edition_is_made_once_by_who_may(db, cast):
    made = editions.freeze(by=cast.frank.actor, key="2026", title={"mul": "2026"})
    assert len(made.sha256) == 64
    assert AuditEvent.objects.get(action="edition.freeze").data == {"sha256": made.sha256}
    with pytest.raises(editions.EditionExists):
        editions.freeze(by=BY, key="2026", title={"mul": "again"})
    with pytest.raises(NotAllowed):
        editions.freeze(by=cast.alice.actor, key="2027", title={"mul": "2027"})
    with pytest.raises(ValidationError):
        editions.freeze(by=BY, key="20/27", title={"mul": "2027"})
    assert Edition.objects.count() == 1
    assert not Dataset.objects.exists()


def test_the_command_freezes_and_checks(feed):
    made = CliRunner().invoke(monitor, ["freeze", "2026", "--title", "Cijfers 2026", "--json"])
    assert made.exit_code == 0, made.output
    assert json.loads(made.output)["sha256"] == Edition.objects.get(key="2026").sha256
    assert CliRunner().invoke(monitor, ["freeze", "2026", "--check"]).exit_code == 0
    for arguments in (["2026"], ["20/26"], ["2025", "--check"]):
        assert CliRunner().invoke(monitor, ["freeze", *arguments, "--json"]).exit_code == 1
    Observation.objects.filter(pk=Observation.objects.first().pk).update(value=-1)
    assert CliRunner().invoke(monitor, ["freeze", "2026", "--check"]).exit_code == 1


def test_a_visit_that_was_under_way_counts_from_when_it_is_stored(feed, replay):
    """Frozen while a visit reads its pages: what that visit brings belongs to the next edition."""
    made = []

    def answer(handler: Any) -> None:
        made.append(timezone.now())
        del replay.answers[f"{TABLE}/Dimensions"]
        handler.do_GET()

    replay.answers[f"{TABLE}/Dimensions"] = answer
    revise(replay, feed)
    fetch = feed.fetches.first()
    assert made
    assert fetch.at > made[0]

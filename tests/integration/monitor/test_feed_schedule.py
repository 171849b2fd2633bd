# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from mainport.core.rules.permissions import system
from mainport.monitor import queries
from mainport.monitor.actions import add_feed
from mainport.monitor.models import Feed
from mainport.monitor.tasks import keep_visiting, visit_due_feeds

pytestmark = [pytest.mark.django_db, pytest.mark.shared]
BY = system("tests")


@pytest.fixture
def queue(settings):
    """Jobs wait in the database, as they do outside tests."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def make_feed(replay, key: str, table: str, **more) -> Feed:
    return add_feed(by=BY, key=key, format="cbs", title={}, url=replay.url, settings={"table": table}, **more)


def test_feeds_that_are_due_are_visited(replay):
    make_feed(replay, "due", "82235NED", every=24)
    make_feed(replay, "never", "82235NED")
    later = make_feed(replay, "later", "82235NED", every=24)
    Feed.objects.filter(pk=later.pk).update(next_at=timezone.now() + timedelta(hours=1))

    assert visit_due_feeds.call() == 1

    assert list(Feed.objects.exclude(good_at=None).values_list("key", flat=True)) == ["due"]
    assert visit_due_feeds.call() == 0, "a second round finds nothing due"


def test_a_feed_that_fails_holds_up_no_other(replay):
    make_feed(replay, "broken", "99999NED", every=24)
    make_feed(replay, "right", "82235NED", every=24)
    visit_due_feeds.call()
    assert {state.key: state.stale for state in queries.feed_states(by=BY)} == {"broken": True, "right": False}


def test_of_two_workers_one_visits(replay, queue):
    make_feed(replay, "due", "82235NED", every=24)
    visit_due_feeds.call()
    visit_due_feeds.call()
    visits = DBTaskResult.objects.filter(task_path="mainport.monitor.tasks.visit_feed")
    assert [job.args_kwargs["args"] for job in visits] == [["due"]]


def test_one_round_waits_at_a_time(queue, db):
    assert keep_visiting(soon=True)
    assert not keep_visiting(soon=True), "a second worker starts none"
    DBTaskResult.objects.all().delete()
    visit_due_feeds.call()
    job = DBTaskResult.objects.get()
    assert timedelta(minutes=14) < job.run_after - timezone.now() < timedelta(minutes=16)
    visit_due_feeds.call()
    assert DBTaskResult.objects.count() == 1

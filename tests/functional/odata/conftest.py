# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pytest

from mainport.core.rules.permissions import system
from mainport.monitor.actions import add_feed, refresh
from mainport.monitor.models import Dataset
from tests.integration.monitor.conftest import replay  # noqa: F401
from tests.replay import Replay, index

BY = system("tests")


def take_in(replay: Replay, table: str, *, key: str = "") -> Dataset:  # noqa: F811
    """A recorded table of CBS, stored."""
    chosen = index(replay.folder / table)["sliceFilter"]
    settings = {"table": table, **({"filter": chosen} if chosen else {})}
    feed = add_feed(by=BY, key=key or table, format="cbs", title={}, url=replay.url, settings=settings)
    visited = refresh(by=BY, feed=feed)
    assert not visited.stale, visited.fetch.message
    return Dataset.objects.get(feed=feed)


@pytest.fixture
def bankruptcies(db: None, replay: Replay) -> Dataset:  # noqa: F811
    return take_in(replay, "82242NED")

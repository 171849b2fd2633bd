# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Reads of the monitor."""

from mainport.monitor.queries.feeds import FeedState, due_feeds, feed_keys, feed_states, fetches, find_feed, last_stored
from mainport.monitor.queries.observations import (
    Revision,
    Value,
    conflicts,
    dataset_keys,
    history,
    lines,
    series,
    table,
    values,
)

__all__ = [
    "FeedState",
    "Revision",
    "Value",
    "conflicts",
    "dataset_keys",
    "due_feeds",
    "feed_keys",
    "feed_states",
    "fetches",
    "find_feed",
    "history",
    "last_stored",
    "lines",
    "series",
    "table",
    "values",
]

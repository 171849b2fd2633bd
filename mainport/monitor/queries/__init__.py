# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Reads of the monitor."""

from typing import TYPE_CHECKING

from mainport.core.lazy import lazily

if TYPE_CHECKING:
    from mainport.monitor.queries.alerts import is_subscribed
    from mainport.monitor.queries.editions import edition, frozen_editions, is_whole, values_in
    from mainport.monitor.queries.feeds import (
        FeedState,
        due_feeds,
        feed_keys,
        feed_states,
        fetches,
        find_feed,
        last_stored,
    )
    from mainport.monitor.queries.indicators import (
        Gaps,
        IndicatorValues,
        definition_of,
        find_indicator,
        find_indicators,
        gaps,
        subscriptions,
        target_history,
        values_of,
    )
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
    "Gaps",
    "IndicatorValues",
    "Revision",
    "Value",
    "conflicts",
    "dataset_keys",
    "definition_of",
    "due_feeds",
    "edition",
    "feed_keys",
    "feed_states",
    "fetches",
    "find_feed",
    "find_indicator",
    "find_indicators",
    "frozen_editions",
    "gaps",
    "history",
    "is_subscribed",
    "is_whole",
    "last_stored",
    "lines",
    "series",
    "subscriptions",
    "table",
    "target_history",
    "values",
    "values_in",
    "values_of",
]

if not TYPE_CHECKING:
    # Most need the first only; the last checks definitions, for which much must be loaded.
    __getattr__ = lazily(__name__, __all__, "observations", "feeds", "editions", "indicators", "alerts")

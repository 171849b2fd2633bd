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
        titles_of,
        values_of,
    )
    from mainport.monitor.queries.observations import (
        Revision,
        Value,
        conflicts,
        dataset_keys,
        history,
        learnt,
        lines,
        series,
        table,
        values,
    )
    from mainport.monitor.queries.past import InFull, in_full
    from mainport.monitor.queries.since import IndicatorChanges, Stale, TargetChange, changed_since, newly_stale

__all__ = [
    "FeedState",
    "Gaps",
    "InFull",
    "IndicatorChanges",
    "IndicatorValues",
    "Revision",
    "Stale",
    "TargetChange",
    "Value",
    "changed_since",
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
    "in_full",
    "is_subscribed",
    "is_whole",
    "last_stored",
    "learnt",
    "lines",
    "newly_stale",
    "series",
    "subscriptions",
    "table",
    "target_history",
    "titles_of",
    "values",
    "values_in",
    "values_of",
]

if not TYPE_CHECKING:
    # Most need the first only; the last checks definitions, for which much must be loaded.
    _modules = ("observations", "feeds", "editions", "indicators", "alerts", "past", "since")
    __getattr__ = lazily(__name__, __all__, *_modules)

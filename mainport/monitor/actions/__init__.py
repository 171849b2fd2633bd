# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Writes of the monitor."""

from typing import TYPE_CHECKING

from mainport.core.lazy import lazily

if TYPE_CHECKING:
    from mainport.monitor.actions.feeds import FeedRefused, Visited, add_feed, refresh
    from mainport.monitor.actions.indicators import TargetRefused, end_target, set_target, subscribe, unsubscribe
    from mainport.monitor.actions.storing import ChangedShape, Stored, store

__all__ = [
    "ChangedShape",
    "FeedRefused",
    "Stored",
    "TargetRefused",
    "Visited",
    "add_feed",
    "end_target",
    "refresh",
    "set_target",
    "store",
    "subscribe",
    "unsubscribe",
]

if not TYPE_CHECKING:
    # Most need the first only; the last checks definitions, for which much must be loaded.
    __getattr__ = lazily(__name__, __all__, "storing", "feeds", "indicators")

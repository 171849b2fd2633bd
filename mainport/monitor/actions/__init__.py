# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Writes of the monitor."""

from mainport.monitor.actions.feeds import FeedRefused, Visited, add_feed, refresh
from mainport.monitor.actions.storing import ChangedShape, Stored, store

__all__ = ["ChangedShape", "FeedRefused", "Stored", "Visited", "add_feed", "refresh", "store"]

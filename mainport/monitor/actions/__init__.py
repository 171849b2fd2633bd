# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Writes of the monitor."""

from mainport.monitor.actions.storing import ChangedShape, Stored, store

__all__ = ["ChangedShape", "Stored", "store"]

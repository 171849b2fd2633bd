# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Reads of the monitor."""

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

__all__ = ["Revision", "Value", "conflicts", "dataset_keys", "history", "lines", "series", "table", "values"]

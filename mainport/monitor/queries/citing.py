# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What a page must name beside an indicator's values: their sources."""

from __future__ import annotations

from collections.abc import Iterable

from mainport.core.models import Source
from mainport.monitor.queries.indicators import IndicatorValues


def sources_of(found: Iterable[IndicatorValues]) -> dict[str, Source]:
    """The sources of published figures and targets, by key. One query; none where nothing names one."""
    keys = {figure.source for one in found for figure in one.figures}
    keys |= {goal.source for one in found for goal in one.goals}
    return {source.key: source for source in Source.objects.filter(key__in=keys)} if keys else {}

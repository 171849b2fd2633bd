# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Indicators for pages that show many: as they were reckoned when they last changed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from mainport.core.models import Source
from mainport.monitor.queries.indicators import IndicatorValues
from mainport.monitor.queries.measured import Brief
from mainport.monitor.rules.indicators import Definition
from mainport.monitor.rules.standing import Standing
from mainport.monitor.rules.summary import from_json
from mainport.web.monitor import signs
from mainport.web.monitor.show import Shown
from mainport.web.templatetags.mainport import words


@dataclass(frozen=True)
class Kept(Shown):
    """One indicator out of its summary, for a small chart: its own area alone, without a forecast."""

    kept: Standing | None = None
    sign: signs.Sign = signs.NOTHING

    @cached_property
    def standing(self) -> Standing:
        return self.kept or self.one.standing

    @property
    def moves(self) -> bool:
        """Whether more is seen than the last value; what is said in words alone is seen too."""
        return len(self.main) > 1 or (not self.main and self.one.has_values)

    @property
    def stale(self) -> bool:
        """The last visit to its source failed."""
        return bool(self.one.feed and self.one.feed.problem)

    @property
    def demo(self) -> bool:
        return bool(self.one.feed and self.one.feed.demo)

    @property
    def unit(self) -> str:
        return words(self.definition.unit)

    def to_json(self) -> dict[str, Any]:
        """As one row, with what the card says of it."""
        goal, feed = self.standing.goal, self.one.feed
        return {
            "indicator": self.key,
            "title": words(self.definition.title),
            "value": self.main[-1][1] if self.main else None,
            "unit": self.unit,
            "period": self.last_period,
            "measured": self.sign.verdict,
            "progress": self.standing.assessment.value,
            "target": goal.value if goal else None,
            "target_words": words(goal.words) if goal and goal.words else "",
            "target_period": goal.period if goal else "",
            "source": self.origin,
            "connected": self.definition.connected,
            "stale_since": feed.good_at if feed and feed.problem else None,
        }


def kept(of: Iterable[Brief]) -> list[Kept]:
    """These indicators, from `measured(in_full=True)`, as small charts show them; not those being counted anew."""
    return [_kept(brief) for brief in of if brief.data]


def _kept(brief: Brief) -> Kept:
    definition = Definition.model_validate_json(brief.definition)
    short = from_json(json.loads(brief.data))
    values = IndicatorValues(
        indicator=brief.indicator,
        definition=definition,
        lines={definition.areas[0]: short.line} if short.own_line else {},
        figures=short.figures,
        goals=short.goals,
        feed=brief.feed,
    )
    sources = {
        key: Source(key=key, title=dict(cited.title), document=cited.document, url=cited.url)
        for key, cited in short.sources.items()
    }
    return Kept(values, sources, kept=short.standing, sign=signs.sign_of([brief]))

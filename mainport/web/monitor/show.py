# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""An indicator as pages show it: its verdict in words, its charts, its values as rows of a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from mainport.core.models import Source
from mainport.monitor.queries.indicators import IndicatorValues
from mainport.monitor.rules.formula import Line, Point, Span
from mainport.monitor.rules.indicators import Definition
from mainport.monitor.rules.revisions import Revision
from mainport.monitor.rules.standing import Goal, Standing, agreed, moment, one_frequency
from mainport.web.charts import lines
from mainport.web.charts.lines import Drawing
from mainport.web.monitor.words import GLYPHS, NOTES, period_words, seen, short_value, value_words, verdict
from mainport.web.templatetags.mainport import when, words

#: A comparison so much larger or smaller would make the line itself flat.
_COMPARABLE = 3.0
#: And where values were revised, so much: the difference must be seen.
_COMPARABLE_TO_REVISED = 1.25
#: How a target says by which decision it was set.
DECISION = "decision:"
#: Of more values that were revised, only the newest is said in words in the drawing.
_SAID = 3


@dataclass(frozen=True)
class Shown:
    """One indicator, read and judged once."""

    one: IndicatorValues
    sources: Mapping[str, Source]
    #: What its values were before, newest period first.
    revisions: Sequence[Revision] = ()

    @property
    def key(self) -> str:
        return self.one.indicator.key

    @property
    def definition(self) -> Definition:
        return self.one.definition

    @property
    def url(self) -> str:
        return reverse("indicator", kwargs={"key": self.key})

    @cached_property
    def standing(self) -> Standing:
        return self.one.standing

    # --- In words ---

    @cached_property
    def main(self) -> list[tuple[Span, float]]:
        """The line that is judged, by period."""
        own = self.one.lines.get(self.definition.areas[0]) or agreed(self.one.figures)[0]
        return [(span, point.value) for span, point in one_frequency(own).items()]

    @property
    def seen(self) -> str:
        return seen(self.main, self.definition)

    @property
    def last(self) -> str:
        return value_words(self.main[-1][1], self.definition, unit=False) if self.main else ""

    @property
    def last_period(self) -> str:
        return period_words(self.main[-1][0]) if self.main else ""

    @property
    def state(self) -> str:
        return GLYPHS[self.standing.assessment.status]

    @property
    def verdict(self) -> str:
        return _("No figure yet") if not self.one.has_values else verdict(self.standing.assessment)

    @property
    def notes(self) -> list[str]:
        said = [str(NOTES[note]) for note in self.standing.assessment.notes]
        if self.standing.differing:
            years = ", ".join(f"{year:g}" for year in self.standing.differing)
            said.append(_("Sources differ about %(years)s: of those years no figure is picked.") % {"years": years})
        return said

    @property
    def forecast_error(self) -> str:
        """How far forecasts of known values were off on average."""
        forecast = self.standing.forecast
        return value_words(forecast.back_test.mean_absolute_error, self.definition) if forecast else ""

    @property
    def targets(self) -> list[dict[str, Any]]:
        """Every target that stands, with where it was set."""
        return [
            {
                # A sentence of its own there, part of one here.
                "words": words(goal.words).rstrip(".") if goal.words else "",
                "value": value_words(goal.value, self.definition) if goal.value is not None else "",
                "period": goal.period,
                "interim": goal.interim,
                "source": self.sources.get(goal.source),
                "decision": goal.source.removeprefix(DECISION) if goal.source.startswith(DECISION) else "",
            }
            for goal in self.one.goals
        ]

    @property
    def origin(self) -> str:
        """Where the last value comes from."""
        if self.one.lines.get(self.definition.areas[0]):
            return _("table %(table)s") % {"table": self.definition.connection.table}
        source = self.sources.get(self.one.figures[-1].source) if self.one.figures else None
        return source.document if source else ""

    @property
    def caption(self) -> str:
        """The unit, and where the last value comes from: what stands under a chart."""
        unit = capfirst(words(self.definition.unit))
        if not self.origin:
            return f"{unit}."
        told = {"unit": unit, "origin": self.origin, "period": self.last_period}
        return _("%(unit)s. Source: %(origin)s, %(period)s.") % told

    # --- Drawn ---

    @cached_property
    def compared(self) -> list[tuple[str, Line]]:
        """The other areas that can stand in one chart with the line itself."""
        if not self.main or not self.one.lines:
            return []
        size = max(abs(value) for _span, value in self.main) or 1.0
        most = _COMPARABLE_TO_REVISED if self._was() else _COMPARABLE
        found = []
        for place in self.definition.places[1:]:
            line = one_frequency(self.one.lines.get(place.id, {}))
            largest = max((abs(point.value) for point in line.values()), default=0.0)
            if line and 1 / most <= largest / size <= most:
                found.append((words(place.title), line))
        return found

    @property
    def left_out(self) -> list[str]:
        """Areas that have values and aren't drawn."""
        drawn = {name for name, _line in self.compared}
        return [
            words(place.title)
            for place in self.definition.places[1:]
            if self.one.lines.get(place.id) and words(place.title) not in drawn
        ]

    @cached_property
    def drawings(self) -> list[Drawing]:
        """For a wide screen and for a small one."""
        return [found for size in ((760.0, 340.0), (360.0, 300.0)) if (found := self._draw(*size))]

    @cached_property
    def small(self) -> Drawing | None:
        """For a list or a band: the line and its target alone. One point is said in words."""
        worth_it = len(self.main) > 1 or any(goal.value is not None for goal in self.one.goals)
        return self._draw(320.0, 170.0, whole=False) if worth_it else None

    def _draw(self, width: float, height: float, *, whole: bool = True) -> Drawing | None:
        standing = self.standing
        own = [lines.Value(at, point.value, point.margin) for at, point in standing.line.items()]
        name = words(self.definition.places[0].title) if self.definition.places else ""
        loose = [] if self.one.lines.get(self.definition.areas[0]) else self._loose()
        if not own and not loose:
            return None  # A target alone is said in words.
        subject = lines.Subject(
            lines=[(name, own), *(self._others() if whole else [])],
            loose=loose,
            was=self._was() if whole else [],
            ahead=[lines.Ahead(s.at, s.value, s.low, s.high) for s in standing.forecast.steps]
            if whole and standing.forecast
            else [],
            aims=[aim for goal in self.one.goals if (aim := self._aim(goal))],
        )
        return lines.draw(subject, width=width, height=height, say=short_value, tell=self._tell)

    def _tell(self, value: float) -> str:
        return short_value(round(value, self.definition.decimals))

    def _others(self) -> list[tuple[str, list[lines.Value]]]:
        return [
            (name, [lines.Value(moment(span), point.value, point.margin) for span, point in line.items()])
            for name, line in self.compared
        ]

    def _loose(self) -> list[lines.Value]:
        """Published figures about whose year sources differ."""
        differing = set(self.standing.differing)
        return [
            lines.Value(moment(figure.span), figure.point.value)
            for figure in self.one.figures
            if figure.point and moment(figure.span) in differing
        ]

    def _was(self) -> list[lines.Was]:
        """The last that each value was before; where many were revised, only the newest is said in words."""
        now = dict(self.main)
        found: dict[Span, float] = {}
        for one in self.revisions:
            old = one.old.value if isinstance(one.old, Point) else None
            if self._is_judged(one) and old is not None and old != now.get(one.span, old):
                found.setdefault(one.span, old)
        said = set(list(found)[: _SAID if len(found) <= _SAID else 1])
        label = _("was %(value)s")
        return [
            lines.Was(moment(span), old, now[span], label % {"value": self._tell(old)} if span in said else "")
            for span, old in found.items()
        ]

    def _is_judged(self, one: Revision) -> bool:
        """Whether it is of the line that is judged: that of the first area, or without one, of published figures."""
        area = self.definition.areas[0]
        return one.is_area and one.where == area if self.one.lines.get(area) else not one.is_area

    def _aim(self, goal: Goal) -> lines.Aim | None:
        if goal.value is None:
            return None
        said = {"value": value_words(goal.value, self.definition, unit=False), "period": goal.period}
        label = _("interim target %(value)s (%(period)s)") if goal.interim else _("target %(value)s (%(period)s)")
        return lines.Aim(goal.year, goal.value, label % said, goal.interim)

    # --- As a table ---

    @property
    def columns(self) -> list[str]:
        return [words(place.title) for place in self.definition.places if self.one.lines.get(place.id)]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Periods with a value for each area that has any, newest first; and what these were before."""
        there = [
            (place.id, words(place.title), line)
            for place in self.definition.places
            if (line := self.one.lines.get(place.id))
        ]
        spans = sorted({span for _id, _name, line in there for span in line}, reverse=True)
        return [
            {
                "period": period_words(span),
                "cells": [{"area": name, "value": self._cell(line.get(span))} for _id, name, line in there],
                "earlier": self._earlier(True, {id_: name for id_, name, _line in there}, span),
            }
            for span in spans
        ]

    @property
    def lines_revised(self) -> bool:
        return any(one.is_area for one in self.revisions)

    @property
    def figures_revised(self) -> bool:
        return any(not one.is_area for one in self.revisions)

    def _earlier(self, is_area: bool, where: Mapping[str, str], span: Span) -> list[dict[str, str]]:
        """What the values of a period were before in these places, with the name where there are several."""
        several = len(where) > 1
        return [
            {"where": where[one.where] if several else "", **self._past(one)}
            for one in self.revisions
            if one.is_area == is_area and one.span == span and one.where in where
        ]

    def _past(self, one: Revision) -> dict[str, str]:
        return {
            "was": self._cell(one.old) if isinstance(one.old, Point) else words(one.old),
            "learnt": when(localdate(one.learnt_at)),
            "until": when(localdate(one.until)),
        }

    def _cell(self, point: Any) -> str:
        if point is None:
            return ""
        said = value_words(point.value, self.definition, unit=False)
        return f"{said} ± {value_words(point.margin, self.definition, unit=False)}" if point.margin else said

    @property
    def published(self) -> list[dict[str, Any]]:
        return [
            {
                "period": period_words(figure.span),
                "value": self._cell(figure.point) or words(figure.words),
                "source": self.sources.get(figure.source),
                "key": figure.source,
                "qualifier": figure.qualifier,
                "earlier": self._earlier(False, {figure.source: ""}, figure.span),
            }
            for figure in reversed(self.one.figures)
        ]

    @property
    def revised(self) -> list[dict[str, Any]]:
        """Every value that was replaced, newest period first, in words."""
        places = {place.id: words(place.title) for place in self.definition.places}
        return [
            {
                "period": period_words(one.span),
                "where": places.get(one.where, "") if one.is_area else self._source_name(one.where),
                "now": self._cell(one.new) if isinstance(one.new, Point) else words(one.new),
                **self._past(one),
            }
            for one in self.revisions
        ]

    def _source_name(self, key: str) -> str:
        source = self.sources.get(key)
        return words(source.title) if source else key

    @property
    def expected(self) -> list[dict[str, Any]]:
        forecast = self.standing.forecast
        return [
            {
                "year": f"{s.at:g}",
                **{n: value_words(getattr(s, n), self.definition, unit=False) for n in ("value", "low", "high")},
            }
            for s in (forecast.steps if forecast else ())
        ]


def all_shown(found: Sequence[IndicatorValues], sources: Mapping[str, Source]) -> list[Shown]:
    return [Shown(one, sources) for one in found]

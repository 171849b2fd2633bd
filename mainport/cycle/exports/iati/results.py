# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Results of an activity: the indicators of the monitor, with baseline, targets and what was measured."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from lxml import etree

from mainport.cycle.exports.iati.writing import node, period, told
from mainport.monitor.queries.indicators import IndicatorValues, find_indicators, values_of
from mainport.monitor.rules.formula import Line, Span
from mainport.monitor.rules.indicators import Definition, Kind
from mainport.monitor.rules.progress import Direction
from mainport.monitor.rules.standing import agreed, one_frequency, span_of

#: ResultType: the monitor doesn't say whether an indicator shows output, outcome or impact.
_OTHER = "9"
_ASCENDING = {Direction.POSITIVE: "1", Direction.NEGATIVE: "0"}
_UNIT, _PERCENTAGE, _QUALITATIVE = "1", "2", "5"


class Results:
    """The indicators by the element that they measure. `start` is where the alliance's period begins."""

    def __init__(self, start: date, today: date, site_url: str) -> None:
        self.start = start
        self.today = today
        self.site_url = site_url
        self.by_element: defaultdict[str, list[IndicatorValues]] = defaultdict(list)
        for found in values_of(find_indicators()):
            if found.goals or found.has_values:
                for element in found.indicator.measures.all():
                    self.by_element[element.uid].append(found)

    def write(self, activity: etree._Element, uid: str) -> None:
        for found in self.by_element.get(uid, ()):
            self.result(activity, found)

    def result(self, activity: etree._Element, found: IndicatorValues) -> None:
        definition = found.definition
        result = node(activity, "result", type=_OTHER, aggregation_status="0")
        told(result, "title", definition.title)
        indicator = node(
            result,
            "indicator",
            measure=_measure(definition),
            ascending=_ASCENDING.get(definition.direction),
            aggregation_status="0",
        )
        told(indicator, "title", definition.title)
        told(indicator, "description", definition.definition)
        node(
            indicator,
            "reference",
            vocabulary="99",
            code=definition.id,
            indicator_uri=f"{self.site_url}/api/v1/indicators/{definition.id}",
        )
        if definition.kind is Kind.QUALITATIVE:
            self.words(indicator, found)
        else:
            self.numbers(indicator, found)

    def numbers(self, indicator: etree._Element, found: IndicatorValues) -> None:
        definition = found.definition
        line = _line(found)
        base = self.baseline(definition, line)
        if base is not None:
            node(
                indicator,
                "baseline",
                iso_date=base.end,
                year=base.end.year,
                value=_number(line[base].value, definition),
            )
        targets = defaultdict(list)
        for goal in found.goals:
            if goal.value is not None:
                targets[span_of(goal.period)].append(goal)
        measured = {span: point for span, point in line.items() if span.end >= self.start and span != base}
        for span in _in_order([*measured, *targets]):
            node_of_period = node(indicator, "period")
            period(node_of_period, span.start, span.end)
            for goal in targets.get(span, ()):
                target = node(node_of_period, "target", value=_number(goal.value, definition))
                if goal.words:
                    told(target, "comment", goal.words)
            if span in measured:
                node(node_of_period, "actual", value=_number(measured[span].value, definition))

    def baseline(self, definition: Definition, line: Line) -> Span | None:
        """The period that the definition names, or else the last that was over when the alliance's period began."""
        if definition.baseline:
            named = span_of(definition.baseline)
            return next((span for span in line if span[:2] == named[:2]), None)
        return max((span for span in line if span.end < self.start), default=None)

    def words(self, indicator: etree._Element, found: IndicatorValues) -> None:
        """What is told in words has no value, and so its baseline has nothing to say."""
        said = [figure for figure in found.figures if figure.words and figure.span.end >= self.start]
        for figure in sorted(said, key=lambda one: one.span):
            if figure.span.start < figure.span.end:
                node_of_period = node(indicator, "period")
                period(node_of_period, figure.span.start, figure.span.end)
                told(node(node_of_period, "actual"), "comment", figure.words)


def _line(found: IndicatorValues) -> Line:
    """The line on which the indicator is judged: of its first area, or else as published."""
    line = found.lines.get(found.definition.areas[0], {})
    return one_frequency(dict(line) if line else agreed(found.figures)[0])


def _in_order(spans: Iterable[Span]) -> list[Span]:
    """Periods once each, by time; a single day is none in IATI, where a period ends after it begins."""
    return sorted({span for span in spans if span.start < span.end})


def _measure(definition: Definition) -> str:
    if definition.kind is Kind.QUALITATIVE:
        return _QUALITATIVE
    return _PERCENTAGE if any("%" in words or "procent" in words for words in definition.unit.values()) else _UNIT


def _number(value: float | None, definition: Definition) -> str:
    return f"{value:.{definition.decimals}f}"

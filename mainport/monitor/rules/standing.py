# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""How an indicator stands: its line, the verdict on it, and where it goes, out of what is known of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mainport.monitor.rules.forecast import Forecast, TooFewPoints, forecast
from mainport.monitor.rules.formula import Line, Point, Span
from mainport.monitor.rules.indicators import Definition
from mainport.monitor.rules.periods import parse
from mainport.monitor.rules.progress import Assessment, assess_line

#: Years that a forecast looks ahead where no target is further away.
AHEAD = 3


@dataclass(frozen=True)
class Figure:
    """A figure that a source published, with what that source says of it."""

    source: str
    period: str
    span: Span
    point: Point | None
    words: Mapping[str, str] | None = None
    qualifier: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Goal:
    """A target that stands: by when, how much (None: in words alone), and where it was set."""

    period: str
    value: float | None
    words: Mapping[str, str] | None
    interim: bool
    source: str

    @property
    def year(self) -> float:
        return moment(span_of(self.period))


@dataclass(frozen=True)
class Standing:
    """The line that was assessed, by the moment of each point, and what came out.

    `differing` are the years that were left out because sources differ about them; `rough` those whose figure
    its source qualifies (about, more than). `no_forecast` says why there is none.
    """

    line: Mapping[float, Point]
    assessment: Assessment
    goal: Goal | None
    forecast: Forecast | None
    no_forecast: str
    differing: tuple[float, ...] = ()
    rough: tuple[float, ...] = ()


def span_of(code: str) -> Span:
    found = parse(code)
    return Span(found.start, found.end, found.frequency)


def moment(span: Span) -> float:
    """A year as its number; of a part of a year, the fraction at which it begins."""
    if span.frequency == "A":
        return float(span.start.year)
    return span.start.year + ((span.start.month - 1) + (span.start.day - 1) / 31) / 12


def one_frequency(line: Line) -> Line:
    """The yearly values where there are any, else the finest that there are: they aren't mixed."""
    for frequency in ("A", "S", "Q", "M", "W", "D", "O"):
        if found := {span: point for span, point in line.items() if span.frequency == frequency}:
            return dict(sorted(found.items()))
    return {}


def agreed(figures: Sequence[Figure]) -> tuple[Line, tuple[float, ...]]:
    """The line of published figures, and the moments at which sources differ: of those none is picked."""
    by_span: dict[Span, list[Point]] = {}
    for figure in figures:
        if figure.point:
            by_span.setdefault(figure.span, []).append(figure.point)
    line = {span: points[0] for span, points in by_span.items() if len({point.value for point in points}) == 1}
    differing = sorted(moment(span) for span in by_span.keys() - line.keys())
    return dict(sorted(line.items())), tuple(differing)


def standing(definition: Definition, line: Line, figures: Sequence[Figure], goals: Sequence[Goal]) -> Standing:
    """The verdict on the line of the formula, or where that has none, on the published figures."""
    chosen, differing = (line, ()) if line else agreed(figures)
    points = {moment(span): point for span, point in one_frequency(chosen).items()}
    goal = final(goals)
    value = goal.value if goal else None
    assessment = assess_line(
        {year: point.value for year, point in points.items()},
        direction=definition.direction,
        base_year=moment(span_of(definition.baseline)) if definition.baseline else float("-inf"),
        target_value=value,
        target_year=goal.year if goal and value is not None else None,
        margins={year: point.margin for year, point in points.items()},
    )
    found, reason = _forecast(definition, points, goal)
    qualified = () if line else (moment(figure.span) for figure in figures if figure.qualifier)
    return Standing(
        line=points,
        assessment=assessment,
        goal=goal,
        forecast=found,
        no_forecast=reason,
        differing=differing,
        rough=tuple(sorted(points.keys() & set(qualified))),
    )


def final(goals: Sequence[Goal]) -> Goal | None:
    """The last target that isn't an interim one, a number before words."""
    whole = [goal for goal in goals if not goal.interim]
    return max(whole, key=lambda goal: (goal.value is not None, goal.year)) if whole else None


def _forecast(definition: Definition, points: Mapping[float, Point], goal: Goal | None) -> tuple[Forecast | None, str]:
    line = [(year, point.value) for year, point in points.items()]
    if any(year != int(year) for year in points):
        return None, "only yearly values are forecast"
    if not line:
        return None, "there are no values"
    last = int(line[-1][0])
    until = max(last + AHEAD, int(goal.year) if goal and goal.value is not None else 0)
    # What lies further ahead than the line reaches back says nothing any more.
    until = min(until, last + max(AHEAD, last - int(line[0][0])))
    try:
        return forecast(line, range(last + 1, until + 1), floor=definition.floor, ceiling=definition.ceiling), ""
    except TooFewPoints as error:
        return None, str(error)

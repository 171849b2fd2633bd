# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""An indicator in short: its verdict in one of a few words, and what a small chart needs, as JSON keeps it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from mainport.monitor.rules.formula import Line, Point, Span
from mainport.monitor.rules.progress import Assessment, Method, Note, Status
from mainport.monitor.rules.standing import Figure, Goal, Standing

_Row = TypeVar("_Row")
#: Of a longer line so many points are kept: a small chart shows no more.
MOST_POINTS = 120


class Verdict(StrEnum):
    """What is measured, in a word. The order is that of a legend."""

    REACHED = "reached"
    ON_TRACK = "on-track"
    SLOW = "slow"  # The right way, not fast enough.
    OFF_TRACK = "off-track"  # The wrong way.
    NO_VERDICT = "no-verdict"  # A target, and too little to judge by.
    NO_TARGET = "no-target"
    NO_FIGURE = "no-figure"
    NOT_CONNECTED = "not-connected"  # And nothing was published either.
    RECOUNTING = "recounting"  # What is kept isn't of today's definition.
    NO_INDICATOR = "no-indicator"


_OF_STATUS = {
    Status.TARGET_ACHIEVED: Verdict.REACHED,
    Status.SUBSTANTIAL: Verdict.ON_TRACK,
    Status.MODERATE: Verdict.SLOW,
    Status.LIMITED: Verdict.SLOW,
    Status.DETERIORATION: Verdict.OFF_TRACK,
    Status.NOT_AVAILABLE: Verdict.NO_VERDICT,
}
_JUDGED = (Verdict.OFF_TRACK, Verdict.SLOW, Verdict.ON_TRACK, Verdict.REACHED)  # The worst first.
_LACKING = (
    Verdict.NO_TARGET,
    Verdict.NO_VERDICT,
    Verdict.RECOUNTING,
    Verdict.NO_FIGURE,
    Verdict.NOT_CONNECTED,
)


def verdict_of(standing: Standing, *, goals: Sequence[Goal], has_values: bool, connected: bool) -> Verdict:
    """One indicator. Without a target nothing is on track: then that is what is said."""
    if not has_values:
        return Verdict.NO_FIGURE if connected else Verdict.NOT_CONNECTED
    if not goals:
        return Verdict.NO_TARGET
    if standing.goal is None or standing.goal.value is None:
        return Verdict.NO_VERDICT
    return _OF_STATUS[standing.assessment.status]


def together(verdicts: Iterable[Verdict]) -> Verdict:
    """Several indicators in one word, by the rule of the tasks of a goal.

    Bad news always counts, the worst first. Good news counts where at least half of the indicators have a
    verdict. Else what the most of them lack is said.
    """
    found = list(verdicts)
    if not found:
        return Verdict.NO_INDICATOR
    judged = [verdict for verdict in _JUDGED if verdict in found]
    bad = [verdict for verdict in judged if verdict in (Verdict.OFF_TRACK, Verdict.SLOW)]
    if bad:
        return bad[0]
    if judged and 2 * sum(found.count(verdict) for verdict in judged) >= len(found):
        return judged[0]
    return max(_LACKING, key=found.count)


@dataclass(frozen=True)
class Cited:
    """A source as it was named when the indicator was reckoned."""

    key: str
    title: Mapping[str, str]
    document: str
    url: str


@dataclass(frozen=True)
class Short:
    """What is kept of an indicator. `own_line`: the line is of its formula; else it is read off the figures."""

    own_line: bool
    line: Line
    figures: tuple[Figure, ...]
    goals: tuple[Goal, ...]
    assessment: Assessment
    goal: Goal | None
    points: Mapping[float, Point]
    differing: tuple[float, ...]
    rough: tuple[float, ...]
    sources: Mapping[str, Cited]

    @property
    def standing(self) -> Standing:
        """As it was judged, without a forecast."""
        return Standing(
            self.points, self.assessment, self.goal, None, "no forecast is kept", self.differing, self.rough
        )


def to_json(
    line: Line, figures: Sequence[Figure], goals: Sequence[Goal], standing: Standing, sources: Iterable[Cited]
) -> dict[str, Any]:
    """What to keep of an indicator. `line` is of one frequency, of its formula; `sources` are those it names."""
    found = standing.assessment
    return {
        "line": [_point(span, point) for span, point in _thinned(list(line.items()))],
        "figures": [
            {
                "source": figure.source,
                "period": figure.period,
                "span": _span(figure.span),
                "point": [figure.point.value, figure.point.margin] if figure.point else None,
                "words": dict(figure.words) if figure.words else None,
                "qualifier": dict(figure.qualifier) if figure.qualifier else None,
            }
            for figure in figures
        ],
        "goals": [
            {
                "period": goal.period,
                "value": goal.value,
                "words": dict(goal.words) if goal.words else None,
                "interim": goal.interim,
                "source": goal.source,
            }
            for goal in goals
        ],
        "goal": next((at for at, goal in enumerate(goals) if goal == standing.goal), None),
        "assessment": {
            "status": found.status.value,
            "method": found.method.value,
            **{name: _finite(getattr(found, name)) for name in ("value", "linear", "low", "high")},
            "statuses": [status.value for status in found.statuses] if found.statuses else None,
            "notes": [note.value for note in found.notes],
        },
        "points": [[at, point.value, point.margin] for at, point in _thinned(list(standing.line.items()))],
        "differing": list(standing.differing),
        "rough": list(standing.rough),
        "sources": {
            source.key: {"title": dict(source.title), "document": source.document, "url": source.url}
            for source in sources
        },
    }


def from_json(data: Mapping[str, Any]) -> Short:
    goals = tuple(Goal(**goal) for goal in data["goals"])
    found = data["assessment"]
    return Short(
        own_line=bool(data["line"]),
        line={_read_span(row[:3]): Point(row[3], row[4]) for row in data["line"]},
        figures=tuple(
            Figure(
                figure["source"],
                figure["period"],
                _read_span(figure["span"]),
                Point(*figure["point"]) if figure["point"] else None,
                figure["words"],
                figure["qualifier"],
            )
            for figure in data["figures"]
        ),
        goals=goals,
        assessment=Assessment(
            status=Status(found["status"]),
            method=Method(found["method"]),
            **{name: _number(found[name]) for name in ("value", "linear", "low", "high")},
            statuses=(Status(found["statuses"][0]), Status(found["statuses"][1])) if found["statuses"] else None,
            notes=tuple(Note(note) for note in found["notes"]),
        ),
        goal=None if data["goal"] is None else goals[data["goal"]],
        points={at: Point(value, margin) for at, value, margin in data["points"]},
        differing=tuple(data["differing"]),
        rough=tuple(data["rough"]),
        sources={key: Cited(key, **told) for key, told in data["sources"].items()},
    )


def _finite(value: float | None) -> float | str | None:
    """JSON in a database has no infinity."""
    return value if value is None or math.isfinite(value) else str(value)


def _number(value: float | str | None) -> float | None:
    return None if value is None else float(value)


def _thinned(rows: list[_Row]) -> list[_Row]:
    """At most so many, spread evenly; the first and the last stay."""
    if len(rows) <= MOST_POINTS:
        return rows
    step = (len(rows) - 1) / (MOST_POINTS - 1)
    return [rows[round(at * step)] for at in range(MOST_POINTS)]


def _span(span: Span) -> list[str]:
    return [span.start.isoformat(), span.end.isoformat(), span.frequency]


def _read_span(row: Sequence[str]) -> Span:
    return Span(date.fromisoformat(row[0]), date.fromisoformat(row[1]), row[2])


def _point(span: Span, point: Point) -> list[Any]:
    return [*_span(span), point.value, point.margin]

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""An indicator in short: one word, and what a small chart needs."""

from __future__ import annotations

import json
import math
from datetime import date

import pytest

from mainport.monitor.rules.formula import Point, Span
from mainport.monitor.rules.progress import Assessment, Method, Note, Status
from mainport.monitor.rules.standing import Figure, Goal, Standing
from mainport.monitor.rules.summary import MOST_POINTS, Cited, Verdict, from_json, to_json, together, verdict_of

V = Verdict
NOTHING = Assessment(status=Status.NOT_AVAILABLE, method=Method.GROWTH)
TARGET = Goal("2030", 10.0, None, False, "agenda")
IN_WORDS = Goal("2025", None, {"en": "The most literate region."}, False, "agenda")


def standing(status: Status = Status.SUBSTANTIAL, goal: Goal | None = TARGET) -> Standing:
    found = Assessment(status=status, method=Method.RATIO)
    return Standing({2020.0: Point(1.0)}, found, goal, None, "")


@pytest.mark.parametrize(
    ("status", "goal", "has_values", "connected", "found"),
    [
        (Status.TARGET_ACHIEVED, TARGET, True, True, V.REACHED),
        (Status.SUBSTANTIAL, TARGET, True, False, V.ON_TRACK),
        (Status.MODERATE, TARGET, True, True, V.SLOW),
        (Status.LIMITED, TARGET, True, True, V.SLOW),
        (Status.DETERIORATION, TARGET, True, True, V.OFF_TRACK),
        (Status.NOT_AVAILABLE, TARGET, True, True, V.NO_VERDICT),
        # Nothing is on track towards a target in words, nor without one.
        (Status.SUBSTANTIAL, IN_WORDS, True, True, V.NO_VERDICT),
        (Status.SUBSTANTIAL, None, True, True, V.NO_TARGET),
        (Status.NOT_AVAILABLE, TARGET, False, True, V.NO_FIGURE),
        (Status.NOT_AVAILABLE, TARGET, False, False, V.NOT_CONNECTED),
    ],
)
def test_one_word(status: Status, goal: Goal | None, has_values: bool, connected: bool, found: Verdict) -> None:
    goals = [goal] if goal else []
    assert verdict_of(standing(status, goal), goals=goals, has_values=has_values, connected=connected) == found


@pytest.mark.parametrize(
    ("several", "found"),
    [
        ([], V.NO_INDICATOR),
        ([V.ON_TRACK], V.ON_TRACK),
        ([V.REACHED, V.ON_TRACK], V.ON_TRACK),
        # Bad news counts, however little there is of it.
        ([V.SLOW, *[V.NO_TARGET] * 9], V.SLOW),
        ([V.OFF_TRACK, V.SLOW, V.REACHED], V.OFF_TRACK),
        # Good news about a few of them doesn't make the whole good.
        ([V.ON_TRACK, V.NO_TARGET], V.ON_TRACK),
        ([V.ON_TRACK, V.NO_TARGET, V.NO_TARGET], V.NO_TARGET),
        ([V.NO_FIGURE, V.NOT_CONNECTED, V.NOT_CONNECTED], V.NOT_CONNECTED),
        ([V.NOT_CONNECTED, V.NO_TARGET], V.NO_TARGET),
    ],
)
def test_several_together(several: list[Verdict], found: Verdict) -> None:
    assert together(several) == found


def year(number: int) -> Span:
    return Span(date(number, 1, 1), date(number, 12, 31), "A")


def test_what_is_kept_comes_back_whole() -> None:
    line = {year(2020): Point(1.5, 0.2), year(2021): Point(2.0)}
    figures = (
        Figure("a", "2020", year(2020), Point(1.5), None, {"en": "about"}),
        Figure("b", "2021", year(2021), None, {"en": "Most of them."}),
    )
    assessment = Assessment(
        status=Status.LIMITED,
        method=Method.RATIO,
        value=0.5,
        linear=math.inf,
        low=-math.inf,
        high=0.7,
        statuses=(Status.DETERIORATION, Status.MODERATE),
        notes=(Note.TWO_POINTS,),
    )
    judged = Standing({2020.0: Point(1.5, 0.2), 2021.0: Point(2.0)}, assessment, TARGET, None, "", (2019.0,), (2020.0,))
    source = Cited("a", {"en": "A"}, "Document A", "https://example.org/")
    kept = json.loads(json.dumps(to_json(line, figures, [IN_WORDS, TARGET], judged, [source]), allow_nan=False))
    found = from_json(kept)
    assert found.line == line
    assert found.own_line
    assert found.figures == figures
    assert found.goals == (IN_WORDS, TARGET)
    assert found.goal == TARGET
    assert found.sources == {"a": source}
    assert found.standing.assessment == assessment
    assert found.standing.line == judged.line
    assert (found.standing.differing, found.standing.rough) == ((2019.0,), (2020.0,))


def test_a_long_line_is_thinned_and_keeps_its_ends() -> None:
    line = {year(number): Point(float(number)) for number in range(1000, 2024)}
    points = {float(number): Point(float(number)) for number in range(1000, 2024)}
    judged = Standing(points, NOTHING, None, None, "")
    found = from_json(to_json(line, [], [], judged, []))
    kept = list(found.line)
    assert len(kept) == len(found.points) == MOST_POINTS
    assert (kept[0], kept[-1]) == (year(1000), year(2023))
    assert kept == sorted(set(kept))


def test_figures_alone_are_no_line() -> None:
    judged = Standing({}, NOTHING, None, None, "")
    assert not from_json(to_json({}, [], [], judged, [])).own_line

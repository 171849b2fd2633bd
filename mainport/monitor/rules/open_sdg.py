# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Progress of an indicator of Open SDG, by the options that its repository gives.

The options are those of open-sdg/open-sdg, docs/indicator-configuration.md, progress_calculation_options; the
scores, their mean over several series, and what a limit does to the thresholds are those of open-sdg/sdg-build,
sdg/ProgressMeasure.py. Values in a column of progress stand in place of those that are shown (docs/progress.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import isfinite
from typing import Any

from mainport.monitor.rules import progress
from mainport.monitor.rules.identifiers import TOTAL
from mainport.monitor.rules.periods import parse
from mainport.monitor.rules.tables import Cell, Description, LineKey, Lines

BASE_YEAR, TARGET_YEAR = 2015, 2030
#: From here up a mean score is substantial, moderate, limited; below the last it is deterioration.
SCORES = (2.5, 0.0, -2.5)
#: How fast thresholds shrink as the baseline comes near the limit.
_NEARNESS = 4.44


def headlines(table: Lines) -> list[LineKey]:
    """The series that are broken down by nothing."""
    whole = "|".join([TOTAL] * len(table.sides))
    return [key for key in table.lines if key[1] == whole]


def progress_of(table: Lines) -> list[dict[str, Any]]:
    """The verdict on each series that the repository names; [] where there is nothing to judge.

    Where it names none, the growth of its only headline is given without a verdict: nobody has said which
    way is better.
    """
    meta = table.extra.get("meta")
    if not isinstance(meta, Mapping):
        return []
    if meta.get("auto_progress_calculation") is True:
        options = list(_flat(meta.get("progress_calculation_options") or [{}]))
        return [verdict for option in options if (verdict := _judged(table, option))]
    whole = headlines(table)
    if len(whole) != 1:
        return []
    years = _years(_shown(table.lines[whole[0]]))
    growth = progress.assess_line(years, direction=progress.Direction.POSITIVE, base_year=BASE_YEAR).value
    if growth is None:
        return []
    used = sorted(year for year in years if year >= BASE_YEAR)
    return [{"measure": whole[0][0], "growth": growth, "from": used[0], "until": used[-1], "declared": False}]


def _flat(options: Any) -> Iterator[Mapping[str, Any]]:
    """Each series for itself, also of those that the repository groups."""
    for option in options if isinstance(options, list) else []:
        if isinstance(option, Mapping):
            yield from _flat(option["group"]) if "group" in option else [option]


def _judged(table: Lines, option: Mapping[str, Any]) -> dict[str, Any] | None:
    key = _selected(table, option)
    if key is None:
        return None
    years = _years(_by_period(table, key))
    direction = progress.Direction.POSITIVE if option.get("direction") == "positive" else progress.Direction.NEGATIVE
    target, limit = _number(option.get("target")), _number(option.get("limit"))
    base_year = _number(option.get("base_year")) or BASE_YEAR
    verdict = progress.assess_line(
        years,
        direction=direction,
        base_year=base_year,
        target_value=target,
        target_year=_number(option.get("target_year")) or TARGET_YEAR,
    )
    status, near = verdict.status, 1.0
    if verdict.method is progress.Method.GROWTH and limit is not None and verdict.value is not None:
        near = _near_limit(years[min(year for year in years if year >= base_year)], limit)
        status = _status(verdict.value, tuple(near * bound for bound in progress.THRESHOLDS[verdict.method]))
    return {
        "measure": key[0],
        "coordinates": key[1],
        "status": status.value,
        "value": verdict.value,
        "score": _score(verdict, status, near),
        "method": verdict.method.value,
        "target": target,
        "notes": [note.value for note in verdict.notes],
        "declared": True,
    }


def _number(value: Any) -> float | None:
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if isfinite(number) else None


def _selected(table: Lines, option: Mapping[str, Any]) -> LineKey | None:
    """The one series that the option names; None where it names none, or more than one."""
    wanted = _codes(table, option.get("disaggregation"))
    if wanted is None:
        return None
    series, unit = option.get("series"), option.get("unit")
    measures = {
        measure.key
        for measure in table.measures
        if (series is None or measure.title == series) and (unit is None or measure.unit == unit)
    }
    coordinates = "|".join(wanted)
    found = [key for key in table.lines if key[1] == coordinates and key[0] in measures]
    return found[0] if len(found) == 1 else None


def _codes(table: Description, disaggregation: Any) -> list[str] | None:
    """The code of each dimension: that of the named value, else the total."""
    named = {
        str(item.get("field")): str(item.get("value"))
        for item in (disaggregation if isinstance(disaggregation, list) else [])
        if isinstance(item, Mapping)
    }
    codes = []
    for side in table.sides:
        title = named.pop(side.title, None)
        code = TOTAL if title is None else next((c.key for c in side.codes if c.title == title), None)
        if code is None:
            return None
        codes.append(code)
    return None if named else codes


def _by_period(table: Lines, key: LineKey) -> Mapping[str, float | None]:
    """The values by which a series is judged: those of the column of progress where the table has one."""
    beside = table.extra.get("progress")
    if isinstance(beside, list):
        return next((values for measure, coordinates, values in beside if (measure, coordinates) == key), {})
    return _shown(table.lines[key])


def _shown(line: Mapping[str, Cell]) -> dict[str, float | None]:
    return {period: cell[0] for period, cell in line.items()}


def _years(values: Mapping[str, float | None]) -> dict[float, float]:
    """The values by year; of a month or quarter, by the part of the year at which it begins."""
    found = {}
    for period, value in values.items():
        if value is not None:
            start = parse(period).start
            found[start.year + (start.month - 1) / 12] = value
    return found


# --- Scores, from -5 to 5 ---


def _near_limit(base: float, limit: float) -> float:
    """What remains of the thresholds of growth where the baseline is near the limit of its range; 1 far from it."""
    base, limit = abs(base), abs(limit)
    if base >= 2 * limit:
        return 1.0
    nearness = (base if base <= limit else 2 * limit - base) / limit
    return 1.0 - float(nearness**_NEARNESS)


def _status(value: float, bounds: tuple[float, ...]) -> progress.Status:
    """What a value is, with these bounds of substantial, moderate and limited progress."""
    high, middle, low = bounds
    if value >= high:
        return progress.Status.SUBSTANTIAL
    if value >= middle:
        return progress.Status.MODERATE
    return progress.Status.LIMITED if value >= low else progress.Status.DETERIORATION


def _score(verdict: progress.Assessment, status: progress.Status, near: float) -> float | None:
    """The score of one series; None where it can't be judged."""
    value = verdict.value
    if status is progress.Status.TARGET_ACHIEVED:
        return 5.0
    if value is None:
        return None
    if verdict.method is progress.Method.RATIO:
        return min(7.1429 * value - 4.2857, 5.0) if value >= 0.6 else max(4.1667 * value - 2.5, -5.0)
    if value < 0:
        return max(125 * value - 2.5, -5.0)
    if near == 0:
        return 5.0  # At its limit already, and it stays there.
    high, middle, _low = progress.THRESHOLDS[verdict.method]
    growth = value / near
    if growth >= high:
        return min(500 * growth - 5, 5.0)
    return 250 * growth - 1.25 if growth >= middle else 500 * growth - 2.5


def indicator_progress(table: Lines) -> dict[str, Any] | None:
    """The verdict on the indicator as a whole: the mean score of its series, groups counting as one; None without any.

    Where the repository reckons nothing but states a status, that is given as stated.
    """
    meta = table.extra.get("meta")
    if not isinstance(meta, Mapping):
        return None
    if meta.get("auto_progress_calculation") is not True:
        stated = meta.get("progress_status")
        return {"status": stated, "score": None, "stated": True} if isinstance(stated, str) and stated else None
    options = meta.get("progress_calculation_options") or [{}]
    judged: list[dict[str, Any]] = []
    score = _mean(table, options, judged)
    if score is None:
        return None
    reached = all(one["status"] == progress.Status.TARGET_ACHIEVED.value for one in judged)
    status = progress.Status.TARGET_ACHIEVED if reached else _status(score, SCORES)
    return {"status": status.value, "score": score, "series": len(judged), "stated": False}


def _mean(table: Lines, options: Any, judged: list[dict[str, Any]]) -> float | None:
    """The mean of the scores that there are; `judged` gathers the series that have one."""
    scores = []
    for option in options if isinstance(options, list) else []:
        if not isinstance(option, Mapping):
            continue
        if "group" in option:
            score = _mean(table, option["group"], judged)
        else:
            found = _judged(table, option)
            score = found["score"] if found else None
            judged += [found] if found and score is not None else []
        scores += [] if score is None else [score]
    return sum(scores) / len(scores) if scores else None

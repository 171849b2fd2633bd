# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Progress of an indicator of Open SDG, by the options that its repository gives.

The options are those of open-sdg/open-sdg, docs/indicator-configuration.md, progress_calculation_options.
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
    years = _years(table.lines[whole[0]])
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
    years = _years(table.lines[key])
    direction = progress.Direction.POSITIVE if option.get("direction") == "positive" else progress.Direction.NEGATIVE
    target, limit = _number(option.get("target")), _number(option.get("limit"))
    verdict = progress.assess_line(
        years,
        direction=direction,
        base_year=_number(option.get("base_year")) or BASE_YEAR,
        target_value=target,
        target_year=_number(option.get("target_year")) or TARGET_YEAR,
    )
    status = verdict.status
    # Without a target, a value at the limit of its range can't do better.
    if target is None and limit is not None and years and (years[max(years)] - limit) * direction.sign >= 0:
        status = progress.Status.TARGET_ACHIEVED
    return {
        "measure": key[0],
        "coordinates": key[1],
        "status": status.value,
        "value": verdict.value,
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


def _years(line: Mapping[str, Cell]) -> dict[float, float]:
    """The values by year; of a month or quarter, by the part of the year at which it begins."""
    found = {}
    for period, cell in line.items():
        if cell[0] is not None:
            start = parse(period).start
            found[start.year + (start.month - 1) / 12] = cell[0]
    return found

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Weekly counts of registrations as Studielink delivers them, and who was there in October.

The form is that of "Programma van Levering Telbestand Studielink" 2.8 (2022): one file a week, with in its name the
week of the season (v01 is the first of October) and the year for which people register. A student with more than
one registration counts in part (Aantal / meercode_V); status A and higher years don't count.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from mainport.talent.rules.faults import Fault, Refused, show
from mainport.talent.rules.intake import Season
from mainport.talent.rules.tables import read_table

_NAME = re.compile(r"telbestand_sl_\d{8}_v(\d{2})_(\d{4})\.csv")
#: Where students come from: the Netherlands, the European Economic Area, the rest of the world.
ORIGINS = {"N": "NL", "E": "EER", "R": "Niet-EER"}
_COLUMNS = ("Brincode", "Studiejaar", "Herkomst", "Status", "Hogerejaars", "meercode_V", "Aantal")


def week_of(content: bytes, name: str, institutions: Collection[str] = ()) -> tuple[int, int, dict[str, float]]:
    """Of one file the year, the week of the season, and the registered newcomers by origin. Raises Refused."""
    match = _NAME.fullmatch(name)
    if match is None:
        raise Refused([Fault(name, 1, "file", show(name), "a name such as telbestand_sl_20240205_v19_2024.csv")])
    week, year = map(int, match.groups())
    rows = read_table(content, name)
    rows.need(_COLUMNS)
    amounts = rows.numbers("Aantal", whole=True)
    multiple = rows.numbers("meercode_V")
    counts = dict.fromkeys(ORIGINS.values(), 0.0)
    given = (rows.columns[column] for column in _COLUMNS[:5])
    for index, (brin, study_year, origin, status, higher) in enumerate(zip(*given, strict=True)):
        if origin not in ORIGINS:
            rows.fault(index, "Herkomst", origin, "N, E or R")
        elif study_year != str(year):
            rows.fault(index, "Studiejaar", study_year, f"{year}, as the name of the file says")
        elif status != "A" and higher == "N" and (not institutions or brin in institutions):
            if not multiple[index] >= 1:
                rows.fault(index, "meercode_V", rows.columns["meercode_V"][index], "at least 1 where status isn't A")
            else:
                counts[ORIGINS[origin]] += amounts[index] / multiple[index]
    rows.check()
    return year, week, counts


def seasons(
    weeks: Iterable[tuple[int, int, Mapping[str, float]]], came: Mapping[tuple[int, str], float]
) -> dict[str, list[Season]]:
    """By group the seasons, in order. A week of which there's no file stands as the week before it."""
    known: dict[str, dict[int, dict[int, float]]] = {}
    for year, week, counts in weeks:
        for group, count in counts.items():
            known.setdefault(group, {}).setdefault(year, {})[week] = count
    found: dict[str, list[Season]] = {}
    for group, years in known.items():
        for year, by_week in sorted(years.items()):
            line, now = [], 0.0
            for week in range(1, max(by_week) + 1):
                now = by_week.get(week, now)
                line.append(now)
            found.setdefault(group, []).append(Season(year, tuple(line), came.get((year, group))))
    return found


def read_registrations(content: bytes, name: str) -> list[tuple[int, int, Mapping[str, float]]]:
    """Registrations in one table: year, group, week (of the season, from 1), registered (so far). Raises Refused."""
    rows = read_table(content, name)
    rows.need(["year", "group", "week", "registered"])
    years, groups = rows.numbers("year", least=1990, most=2100, whole=True), rows.text("group")
    weeks, counts = rows.numbers("week", least=1, most=53, whole=True), rows.numbers("registered")
    rows.once(list(zip(years, groups, weeks, strict=True)), "week")
    rows.check()
    return [
        (int(year), int(week), {group: count})
        for year, week, group, count in zip(years, weeks, groups, counts, strict=True)
    ]


def read_enrolled(content: bytes, name: str) -> dict[tuple[int, str], float]:
    """Who came: year, group, enrolled. Raises Refused."""
    rows = read_table(content, name)
    rows.need(["year", "group", "enrolled"])
    years, groups = rows.numbers("year", least=1990, most=2100, whole=True), rows.text("group")
    counts = rows.numbers("enrolled", least=1)
    keys = list(zip(years, groups, strict=True))
    rows.once(keys, "group")
    rows.check()
    return {(int(year), group): count for (year, group), count in zip(keys, counts, strict=True)}

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Scenarios with the tables that they name, beside them in their folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from mainport.talent.feeds.beside import Beside, Folder
from mainport.talent.feeds.labour import read_past, read_roa, read_uwv
from mainport.talent.feeds.studielink import read_enrolled, read_registrations, seasons, week_of
from mainport.talent.rules.back_test import BackTest, back_test
from mainport.talent.rules.faults import Fault, Refused, show
from mainport.talent.rules.human_capital import Plan, with_vacancies
from mainport.talent.rules.intake import Intake, forecast
from mainport.talent.rules.peak import Peak
from mainport.talent.rules.scenarios import Place, checked, field_of, line_of, load


@dataclass(frozen=True)
class About:
    """What a scenario says of itself; `demo` marks numbers that were invented."""

    title: str
    source: str
    demo: bool


@dataclass(frozen=True)
class PlanFile:
    about: About
    plan: Plan
    back_test: tuple[BackTest, ...] = ()


@dataclass(frozen=True)
class PeakFile:
    about: About
    peak: Peak
    intakes: Mapping[str, Intake]


@dataclass(frozen=True)
class _Scenario:
    name: str
    data: dict[str, Any]
    lines: Mapping[Place, int]
    beside: Beside

    def about(self) -> About:
        demo = self.data.get("demo", False)
        return About(str(self.data.get("title", Path(self.name).stem)), str(self.data.get("source", "")), demo is True)

    def fault(self, found: object, expected: str, *place: str | int) -> Fault:
        return Fault(self.name, line_of(place, self.lines), field_of(place), show(found), expected)

    def files(self, key: str) -> Sequence[tuple[str, bytes]]:
        """The file that the field names, or those of the folder; none where it names none. Raises Refused where it
        isn't there."""
        name = self.data.pop(key, None)
        if name is None:
            return []
        found = self.beside.files(name) if isinstance(name, str) else None
        if not found:
            raise Refused([self.fault(name, "a file beside the scenario", key)])
        return found

    def file(self, key: str) -> tuple[str, bytes] | None:
        found = self.files(key)
        return found[0] if found else None


def _scenario(body: bytes, name: str, beside: Beside) -> _Scenario:
    data, lines = load(body, name)
    return _Scenario(name, data, lines, beside)


def read_plan(path: Path) -> PlanFile:
    """A human-capital agenda with the files beside it, as `plan_of` reads it."""
    return plan_of(path.read_bytes(), path.name, Folder(path.parent))


def read_peak(path: Path) -> PeakFile:
    """An autumn with the files beside it, as `peak_of` reads it."""
    return peak_of(path.read_bytes(), path.name, Folder(path.parent))


def plan_of(body: bytes, name: str, beside: Beside) -> PlanFile:
    """A human-capital agenda. Cells may come from a table in ROA's shape (`roa`, with `retention`), open jobs from
    one in UWV's (`uwv`), the back-test from past years (`history`). Raises Refused, OSError."""
    scenario = _scenario(body, name, beside)
    data = scenario.data
    roa, uwv, history = (scenario.file(key) for key in ("roa", "uwv", "history"))
    retention = data.pop("retention", 1.0)
    if roa is not None:
        if isinstance(retention, bool) or not isinstance(retention, int | float) or not 0 <= retention <= 1:
            raise Refused([scenario.fault(retention, "a share from 0 to 1", "retention")])
        if "cells" in data:
            raise Refused([scenario.fault("cells and roa", "one of both", "cells")])
        read = read_roa(roa[1], roa[0], retention=retention)
        data["cells"] = read.cells
        data.setdefault("growth", {"roa": dict(read.growth)})
    plan = checked(Plan, data, scenario.lines, name)
    if uwv is not None:
        try:
            cells = with_vacancies(plan.cells, read_uwv(uwv[1], uwv[0]))
        except Refused:
            raise
        except ValueError as error:
            raise Refused([Fault(uwv[0], 1, "sector", str(error), "sectors of the scenario")]) from error
        plan = Plan(plan.start, plan.end, cells, plan.growth, plan.levers, plan.spread, plan.runs, plan.seed)
    past = read_past(history[1], history[0]) if history is not None else []
    return PlanFile(scenario.about(), plan, tuple(back_test(past)))


def peak_of(body: bytes, name: str, beside: Beside) -> PeakFile:
    """An autumn. Groups without enrolments are forecast from `registrations` (a table, or a folder of Studielink's
    weekly files) and `enrolled` (who came in earlier years). Raises Refused, OSError."""
    scenario = _scenario(body, name, beside)
    intakes = _intakes(scenario)
    groups = scenario.data.get("groups")
    faults = []
    for number, group in enumerate(groups if isinstance(groups, list) else []):
        if not isinstance(group, dict) or "enrolments" in group:
            continue
        if intake := intakes.get(str(group.get("name"))):
            group["enrolments"] = intake.expected
            group.setdefault("enrolments_spread", min(1.0, intake.spread))
        elif intakes:
            faults.append(
                scenario.fault(group.get("name"), f"enrolments, or one of {', '.join(intakes)}", "groups", number)
            )
    if faults:
        raise Refused(faults)
    return PeakFile(scenario.about(), checked(Peak, scenario.data, scenario.lines, name), intakes)


def _intakes(scenario: _Scenario) -> dict[str, Intake]:
    registrations, enrolled = scenario.files("registrations"), scenario.file("enrolled")
    institutions = scenario.data.pop("institutions", [])
    if not isinstance(institutions, list) or not all(isinstance(one, str) for one in institutions):
        raise Refused([scenario.fault(institutions, "a list of BRIN codes", "institutions")])
    if not registrations:
        return {}
    if enrolled is None:
        raise Refused([scenario.fault(None, "a table of who came, to forecast from registrations", "enrolled")])
    named = registrations[0][0]
    if weekly := [one for one in registrations if fnmatch(one[0], "telbestand_sl_*.csv")]:
        weeks = [week_of(content, file, frozenset(institutions)) for file, content in weekly]
    else:
        weeks = [(year, week, dict(counts)) for year, week, counts in read_registrations(registrations[0][1], named)]
    came = read_enrolled(enrolled[1], enrolled[0])
    found = {}
    for group, years in seasons(weeks, came).items():
        try:
            found[group] = forecast(years)
        except ValueError as error:
            raise Refused([Fault(named, 1, group, str(error), "seasons to forecast from")]) from error
    return found

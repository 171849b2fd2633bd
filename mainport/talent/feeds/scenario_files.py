# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Scenarios with the tables that they name, beside them in their folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
    path: Path
    data: dict[str, Any]
    lines: Mapping[Place, int]

    @classmethod
    def read(cls, path: Path) -> _Scenario:
        data, lines = load(path.read_bytes(), path.name)
        return cls(path, data, lines)

    def about(self) -> About:
        demo = self.data.get("demo", False)
        return About(str(self.data.get("title", self.path.stem)), str(self.data.get("source", "")), demo is True)

    def fault(self, found: object, expected: str, *place: str | int) -> Fault:
        return Fault(self.path.name, line_of(place, self.lines), field_of(place), show(found), expected)

    def beside(self, key: str) -> Path | None:
        """The file or folder that the field names. Raises Refused where it isn't there."""
        name = self.data.pop(key, None)
        if name is None:
            return None
        path = self.path.parent / name if isinstance(name, str) else None
        if path is None or not path.exists():
            raise Refused([self.fault(name, "a file beside the scenario", key)])
        return path


def read_plan(path: Path) -> PlanFile:
    """A human-capital agenda. Cells may come from a table in ROA's shape (`roa`, with `retention`), open jobs from
    one in UWV's (`uwv`), the back-test from past years (`history`). Raises Refused, OSError."""
    scenario = _Scenario.read(path)
    data = scenario.data
    roa, uwv, history = (scenario.beside(key) for key in ("roa", "uwv", "history"))
    retention = data.pop("retention", 1.0)
    if roa is not None:
        if isinstance(retention, bool) or not isinstance(retention, int | float) or not 0 <= retention <= 1:
            raise Refused([scenario.fault(retention, "a share from 0 to 1", "retention")])
        if "cells" in data:
            raise Refused([scenario.fault("cells and roa", "one of both", "cells")])
        read = read_roa(roa.read_bytes(), roa.name, retention=retention)
        data["cells"] = read.cells
        data.setdefault("growth", {"roa": dict(read.growth)})
    plan = checked(Plan, data, scenario.lines, path.name)
    if uwv is not None:
        try:
            cells = with_vacancies(plan.cells, read_uwv(uwv.read_bytes(), uwv.name))
        except Refused:
            raise
        except ValueError as error:
            raise Refused([Fault(uwv.name, 1, "sector", str(error), "sectors of the scenario")]) from error
        plan = Plan(plan.start, plan.end, cells, plan.growth, plan.levers, plan.spread, plan.runs, plan.seed)
    past = read_past(history.read_bytes(), history.name) if history is not None else []
    return PlanFile(scenario.about(), plan, tuple(back_test(past)))


def read_peak(path: Path) -> PeakFile:
    """An autumn. Groups without enrolments are forecast from `registrations` (a table, or a folder of Studielink's
    weekly files) and `enrolled` (who came in earlier years). Raises Refused, OSError."""
    scenario = _Scenario.read(path)
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
    return PeakFile(scenario.about(), checked(Peak, scenario.data, scenario.lines, path.name), intakes)


def _intakes(scenario: _Scenario) -> dict[str, Intake]:
    registrations, enrolled = scenario.beside("registrations"), scenario.beside("enrolled")
    institutions = scenario.data.pop("institutions", [])
    if not isinstance(institutions, list) or not all(isinstance(one, str) for one in institutions):
        raise Refused([scenario.fault(institutions, "a list of BRIN codes", "institutions")])
    if registrations is None:
        return {}
    if enrolled is None:
        raise Refused([scenario.fault(None, "a table of who came, to forecast from registrations", "enrolled")])
    if registrations.is_dir():
        files = sorted(registrations.glob("telbestand_sl_*.csv"))
        weeks = [week_of(file.read_bytes(), file.name, frozenset(institutions)) for file in files]
    else:
        weeks = [
            (year, week, dict(counts))
            for year, week, counts in read_registrations(registrations.read_bytes(), registrations.name)
        ]
    came = read_enrolled(enrolled.read_bytes(), enrolled.name)
    found = {}
    for group, years in seasons(weeks, came).items():
        try:
            found[group] = forecast(years)
        except ValueError as error:
            raise Refused([Fault(registrations.name, 1, group, str(error), "seasons to forecast from")]) from error
    return found

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What the talent room's reckoning costs: CPU seconds, the least of some repeats.

The issue allows one second for 10,000 autumns of 52 weeks. The other sizes are those of a country's cohort and of a
region's agenda; there is no peer on this machine for them.

    python bench/talent.py [--repeat 3]
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

from mainport.talent.feeds.flows import read
from mainport.talent.rules.disclosure import protect
from mainport.talent.rules.human_capital import Cell, Plan, project
from mainport.talent.rules.paths import paths
from mainport.talent.rules.peak import Group, Layer, Leavers, Peak, simulate
from mainport.talent.rules.published import cautious
from mainport.talent.rules.survival import Spells, aalen_johansen, kaplan_meier
from mainport.talent.rules.transitions import yearly

#: What the issue allows, in CPU seconds.
MOST_PEAK = 1.0
GENERATOR = np.random.default_rng(1)


def autumn() -> Peak:
    """Six groups, every source of chance, three flexible layers."""
    profile = {week: share / 10 for week, share in zip(range(32, 37), (1, 2, 3, 3, 1), strict=True)}
    group = Group("group", 1500, 0.8, profile, enrolments_spread=0.08, away_spread=0.03)
    return Peak(
        groups=tuple(replace(group, name=f"group {number}") for number in range(6)),
        leavers=Leavers(5500, {27: 0.5, 35: 0.5}, 0.05),
        regular=700,
        flexible=tuple(Layer(f"layer {number}", 100, 33, 40 + number) for number in range(3)),
        timing_spread=1.0,
    )


def agenda() -> Plan:
    """Eight sectors by three levels by five fields to 2040, two scenarios."""
    cells = tuple(
        Cell(f"sector {s}", f"level {lv}", f"field {f}", 5000, 0.025, 0.04, 300, 0.6, 40, 10)
        for s in range(8)
        for lv in range(3)
        for f in range(5)
    )
    return Plan(2025, 2040, cells, {"low": {"*": 0.0}, "high": {"*": 0.02}})


def cohort(size: int) -> list[list[str]]:
    """Where graduates grew up, studied and live: 342 municipalities of very different sizes, some not known."""
    weight = GENERATOR.pareto(1.2, 342) + 1
    weight /= weight.sum()
    home = GENERATOR.choice(342, size, p=weight)
    towns = GENERATOR.choice(342, 12, replace=False, p=weight)
    study = np.where(GENERATOR.random(size) < 0.3, home, towns[GENERATOR.integers(0, 12, size)])
    chance = GENERATOR.random(size)
    moved = np.where(chance < 0.95, GENERATOR.choice(342, size, p=weight), 342)
    later = np.where(chance < 0.4, home, np.where(chance < 0.65, study, moved))
    codes = np.array([*(f"GM{number:04}" for number in range(342)), ""])
    return [codes[line].tolist() for line in (home, study, later)]


def cases() -> dict[str, Callable[[], object]]:
    codes = np.array([f"GM{number:04}" for number in range(342)])
    home, study, later = GENERATOR.choice(codes, (3, 300_000)).tolist()
    million = cohort(1_000_000)
    counted = paths(*million)
    file = "\n".join(["home_16,study,home_28", *map(",".join, zip(*million, strict=True))]).encode()
    table = GENERATOR.poisson(GENERATOR.choice([0, 4, 40, 400], (60, 6)))
    stop, left = GENERATOR.integers(1, 20, 300_000), GENERATOR.random(300_000) < 0.3
    spells = Spells(
        np.arange(50_000),
        np.zeros(50_000),
        stop[:50_000].astype(float),
        np.zeros(50_000, int),
        np.where(left, 1, -1)[:50_000],
    )
    person = np.repeat(np.arange(10_000), 5).astype(str).tolist()
    states = GENERATOR.choice(["North", "West", "abroad"], 50_000).tolist()
    years = list(range(2018, 2023)) * 10_000
    return {
        "10,000 autumns of 52 weeks, six groups": lambda: simulate(autumn()),
        "paths of 300,000 graduates, 342 municipalities": lambda: paths(home, study, later),
        "what may be told of a million graduates": lambda: cautious(counted),
        "a file of a million graduates read": lambda: read(file, "million.csv"),
        "a table of 60 places by 6 paths protected": lambda: protect(table),
        "120 cells to 2040, two scenarios, 2,000 runs": lambda: project(agenda()),
        "Kaplan-Meier of 300,000": lambda: kaplan_meier(stop, left),
        "Aalen-Johansen of 50,000, 200 draws": lambda: aalen_johansen(spells),
        "yearly matrices of 10,000 people, 500 draws": lambda: yearly(person, years, states),
    }


def least(call: Callable[[], object], repeat: int) -> float:
    taken = []
    for _ in range(repeat):
        before = time.process_time()
        call()
        taken.append(time.process_time() - before)
    return min(taken)


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--repeat", type=int, default=3)
    repeat = arguments.parse_args().repeat
    seconds = {name: least(call, repeat) for name, call in cases().items()}
    for name, taken in seconds.items():
        print(f"{name:55}{taken:8.3f} s")
    peak = next(iter(seconds.values()))
    if peak > MOST_PEAK:
        sys.exit(f"The issue allows {MOST_PEAK:g} s for the autumns.")


if __name__ == "__main__":
    main()

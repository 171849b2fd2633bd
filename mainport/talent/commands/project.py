# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport talent project`: people and jobs of sectors, year by year."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import click

from mainport.core.terminal import console, emit, json_option, table
from mainport.talent.commands.doors import door, people, percent, say_demo
from mainport.talent.feeds.scenario_files import PlanFile, read_plan
from mainport.talent.rules.human_capital import Kind, Lever, Line, flows
from mainport.talent.rules.human_capital import project as projected


class LeverType(click.ParamType[Lever]):
    name = "KIND=AMOUNT"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Lever:
        kind, _sign, amount = str(value).partition("=")
        try:
            return Lever(Kind(kind), float(amount))
        except ValueError:
            self.fail(f"{value!r} isn't one of {', '.join(Kind)}, with an amount: retention=5", param, ctx)


@click.command()
@click.argument("scenario", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--lever", "levers", type=LeverType(), multiple=True, help="Move one besides: retention=5, retrained=200."
)
@json_option
def project(scenario: Path, levers: tuple[Lever, ...], as_json: bool) -> None:
    """Project the people and jobs of the sectors in SCENARIO, a YAML file.

    Shown for each scenario of demand: supply, demand, gap and ITA (supply over demand), with what nine of ten and
    one of ten runs exceed. With levers, the same without them stands beside it.
    """
    with door(scenario, as_json=as_json):
        read = read_plan(scenario)
    read = replace(read, plan=replace(read.plan, levers=(*read.plan.levers, *levers)))
    lines = projected(read.plan)
    without = projected(replace(read.plan, levers=(), runs=0)) if read.plan.levers else []
    emit(as_data(read, lines, without), as_json=as_json, show=lambda: _show(read, lines, without))


def as_data(read: PlanFile, lines: list[Line], without: list[Line]) -> dict[str, Any]:
    """What JSON says of it; `without_levers` is empty where none is moved."""
    return {
        **asdict(read.about),
        "start": read.plan.start,
        "end": read.plan.end,
        "runs": read.plan.runs,
        "seed": read.plan.seed,
        "levers": [asdict(lever) for lever in read.plan.levers],
        "lines": [{**asdict(line), "gap": line.gap, "ita": line.ita} for line in lines],
        "without_levers": [
            {key: value for key, value in asdict(line).items() if not key.endswith("_band")}
            | {"gap": line.gap, "ita": line.ita}
            for line in without
        ],
        "flows": [asdict(flow) for flow in flows(read.plan)],
        "back_test": [asdict(test) for test in read.back_test],
    }


def _show(read: PlanFile, lines: list[Line], without: list[Line]) -> None:
    before = {_key(line): line for line in without}
    rows = []
    for line in lines:
        if line.level != "*" or line.year not in (read.plan.start, read.plan.end):
            continue
        band, was = line.ita_band, before.get(_key(line))
        rows.append(
            [
                line.scenario,
                "all" if line.sector == "*" else line.sector,
                line.year,
                people(line.supply),
                people(line.demand),
                f"{line.gap:+,.0f}",
                "" if line.ita is None else f"{line.ita:.3f}",
                f"{band.p10:.3f}–{band.p90:.3f}" if band else "",
                *([f"{was.gap:+,.0f}"] if was else []),
            ]
        )
    besides = ["gap without levers"] if without else []
    columns = ["scenario", "sector", "year", "supply", "demand", "gap", "ITA", "10–90 %", *besides]
    table(columns, rows, title=read.about.title)
    if read.back_test:
        table(
            ["years ahead", "projections", "mean error", "bias", "error of no change"],
            [
                [test.ahead, test.projections, percent(test.error), percent(test.bias), percent(test.naive_error)]
                for test in read.back_test
            ],
            title="Back-test on past years",
        )
    say_demo(read.about.demo)
    if read.about.source:
        console.print(f"Source: {read.about.source}")


def _key(line: Line) -> tuple[str, str, str, str, int]:
    return line.scenario, line.sector, line.level, line.field, line.year

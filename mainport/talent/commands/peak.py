# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport talent peak`: rooms that an autumn lacks."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import click

from mainport.core.terminal import console, emit, json_option, table
from mainport.talent.commands.doors import door, people, percent, say_demo
from mainport.talent.feeds.scenario_files import PeakFile, read_peak
from mainport.talent.feeds.told import autumns
from mainport.talent.rules.intake import Intake
from mainport.talent.rules.peak import Outcome, simulate


@click.command()
@click.argument("scenario", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--certainty", type=click.FloatRange(0, 1, True, True), help="With which the beds must be enough.")
@json_option
def peak(scenario: Path, certainty: float | None, as_json: bool) -> None:
    """Simulate the autumn in SCENARIO, a YAML file: shortage by week, peak week, beds that are needed.

    Groups without enrolments are forecast from weekly registrations, by the method that was least wrong on the
    years left out.
    """
    with door(scenario, as_json=as_json):
        read = read_peak(scenario)
    if certainty is not None:
        read = replace(read, peak=replace(read.peak, certainty=certainty))
    outcome = simulate(read.peak)
    emit(as_data(read, outcome), as_json=as_json, show=lambda: _show(read, outcome))


def as_data(read: PeakFile, outcome: Outcome) -> dict[str, Any]:
    """What JSON says of it."""
    return {
        **asdict(read.about),
        "runs": read.peak.runs,
        "seed": read.peak.seed,
        "shortage": {"p50": outcome.p50, "p90": outcome.p90, "chance": outcome.chance},
        "peak_week": outcome.peak_week,
        "certainty": outcome.certainty,
        "beds": outcome.beds,
        "beds_by_certainty": {f"{level:g}": beds for level, beds in outcome.beds_by_certainty.items()},
        "weeks": [asdict(week) for week in outcome.weeks],
        "intakes": {group: _intake(intake) for group, intake in read.intakes.items()},
        "told": [told.as_data() for told in autumns()],
    }


def _intake(intake: Intake) -> dict[str, Any]:
    left_out = {
        method: [{**asdict(left), "error": left.error} for left in lefts] for method, lefts in intake.left_out.items()
    }
    return {**asdict(intake), "left_out": left_out}


def _show(read: PeakFile, outcome: Outcome) -> None:
    shown = [week for week in outcome.weeks if week.chance > 0]
    table(
        ["week", "asked for", "there are", "short P50", "short P90", "chance"],
        [
            [week.week, *map(people, (week.demand, week.supply, week.p50, week.p90)), percent(week.chance, 0)]
            for week in shown
        ],
        title=read.about.title,
    )
    if outcome.peak_week is None:
        console.print(f"No rooms are short in any of {read.peak.runs:,} runs.")
    else:
        console.print(
            f"Worst week: {outcome.peak_week}. Short in the worst week: {people(outcome.p50)} (P50),"
            f" {people(outcome.p90)} (P90). Beds to add to be {percent(outcome.certainty, 0)} certain: {outcome.beds}."
        )
    for group, intake in read.intakes.items():
        last = intake.left_out[intake.method][-1]
        console.print(
            f"Intake {group} {intake.year}: {people(intake.expected)} by {intake.method};"
            f" {last.year}, left out, {percent(last.error)} off."
        )
    say_demo(read.about.demo)
    if read.about.source:
        console.print(f"Source: {read.about.source}")
    told = [[one.year, one.place, one.what, people(one.value), one.note, one.source] for one in autumns()]
    table(
        ["year", "place", "what", "number", "note", "source"],
        told,
        title="Told of earlier years; nothing is fitted to it",
    )

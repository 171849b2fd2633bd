# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport monitor indicators load` and `list`, and `mainport monitor progress`."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, time
from importlib import resources
from pathlib import Path
from typing import Any

import click
from django.utils import timezone

from mainport.agenda import queries as agenda
from mainport.core.rules.languages import say
from mainport.core.rules.permissions import system
from mainport.core.terminal import console, emit, fail, json_option, table
from mainport.monitor.actions import indicators as actions
from mainport.monitor.models import Indicator
from mainport.monitor.queries import indicators as queries
from mainport.monitor.queries.indicators import IndicatorValues
from mainport.monitor.rules.formula import Line, Point
from mainport.monitor.rules.indicators import FileError, read
from mainport.monitor.rules.progress import EXPLANATIONS

BY = system("mainport monitor indicators")
EMBEDDED = "groningen"


@click.group()
def indicators() -> None:
    """The indicators: load their definitions, list them."""


@indicators.command()
@click.argument("file", default=EMBEDDED)
@click.option("--with-feeds", is_flag=True, help="Add the feeds that bring what is connected.")
@click.option("--why", default="", help="The reason, kept with each change.")
@json_option
def load(file: str, with_feeds: bool, why: str, as_json: bool) -> None:
    """Load FILE (YAML); without it, the indicators of Groningen that come with Mainport.

    A file with any fault is refused whole. Loading again changes only what differs. What an indicator measures
    must be in the agenda: load that first.
    """
    elements = [element.uid for element in agenda.elements()]
    if not elements:
        fail("There is no agenda to measure yet: mainport agenda load groningen-2022-2026", as_json=as_json)
    try:
        found = read(_content(file), elements=elements)
    except FileError as error:
        faults = [asdict(fault) for fault in error.faults]
        fail(f"{file} is refused, nothing was changed:\n{error}", as_json=as_json, file=file, faults=faults)
        return
    done = actions.load(by=BY, file=found, with_feeds=with_feeds, why=why or f"loaded from {Path(file).name}")
    data = asdict(done) | {"file": file, "indicators": len(found.indicators)}

    def show() -> None:
        console.print(
            f"{len(found.indicators)} indicators: {len(done.added)} added, {len(done.changed)} changed; "
            f"{len(done.targets)} targets set, {done.stored.changed} published figures new or other."
        )
        if done.feeds_missing:
            console.print(f"Feeds that aren't there yet (--with-feeds adds them): {', '.join(done.feeds_missing)}.")

    emit(data, as_json=as_json, show=show)


def _content(file: str) -> bytes:
    path = Path(file)
    if path.is_file():
        return path.read_bytes()
    if file == EMBEDDED:
        return (resources.files("mainport.monitor") / "data" / f"{EMBEDDED}-indicators.yaml").read_bytes()
    raise click.ClickException(f"no file {file}; the indicators that come with Mainport are {EMBEDDED}")


@indicators.command("list")
@json_option
def show_all(as_json: bool) -> None:
    """List the indicators with how they stand, and count what is lacking."""
    found = queries.values_of(queries.find_indicators())
    gaps = queries.gaps(found)
    data = {"indicators": [_summary(one) for one in found], "gaps": asdict(gaps)}

    def show() -> None:
        columns = ("indicator", "title", "connected", "last", "status", "target")
        table(columns, [_row(one) for one in data["indicators"]])  # type: ignore[arg-type]
        console.print(
            f"{gaps.indicators} indicators; {len(gaps.without_target)} without a target, "
            f"{len(gaps.without_number)} with one in words alone, {len(gaps.not_connected)} not connected yet, "
            f"{len(gaps.without_values)} without values."
        )

    emit(data, as_json=as_json, show=show)


@click.command()
@click.argument("indicator")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="As it was known at the end of this day.")
@json_option
def progress(indicator: str, day: datetime | None, as_json: bool) -> None:
    """Say whether INDICATOR moves towards its target fast enough, and where it goes."""
    known_at = timezone.make_aware(datetime.combine(day.date(), time.max)) if day else None
    try:
        (found,) = queries.values_of([queries.find_indicator(indicator)], known_at)
    except Indicator.DoesNotExist:
        keys = ", ".join(one.key for one in queries.find_indicators()) or "none; mainport monitor indicators load"
        fail(f"There is no indicator {indicator}. The indicators: {keys}.", as_json=as_json, indicator=indicator)
        return
    emit(_in_full(found), as_json=as_json, show=lambda: _show(found))


def _summary(one: IndicatorValues) -> dict[str, Any]:
    standing = one.standing
    last = list(standing.line.items())[-1:]
    return {
        "indicator": one.indicator.key,
        "title": dict(one.definition.title),
        "measures": list(one.definition.measures),
        "connected": one.definition.connected,
        "last": {"at": last[0][0], "value": last[0][1].value} if last else None,
        "status": standing.assessment.status.value,
        "target": asdict(standing.goal) if standing.goal else None,
    }


def _row(one: dict[str, Any]) -> list[str]:
    last, target = one["last"], one["target"]
    return [
        one["indicator"],
        say(one["title"], "en"),
        "yes" if one["connected"] else "not yet",
        f"{last['value']:g} ({last['at']:g})" if last else "",
        one["status"].replace("_", " "),
        f"{say(target['words'], 'en') or format(target['value'], 'g')} by {target['period']}"
        if target
        else "none agreed",
    ]


def _in_full(one: IndicatorValues) -> dict[str, Any]:
    standing, definition = one.standing, one.definition
    return {
        "indicator": one.indicator.key,
        "title": dict(definition.title),
        "unit": dict(definition.unit),
        "direction": definition.direction.value,
        "connected": definition.connected,
        "connection": definition.connection.model_dump(mode="json"),
        "areas": {area: _line(line) for area, line in one.lines.items()},
        "published": [
            {
                "period": figure.period,
                "value": figure.point.value if figure.point else None,
                "margin": figure.point.margin if figure.point else None,
                "words": figure.words,
                "source": figure.source,
                "qualifier": figure.qualifier,
            }
            for figure in one.figures
        ],
        "targets": [asdict(goal) for goal in one.goals],
        "line": [{"at": at, "value": point.value, "margin": point.margin} for at, point in standing.line.items()],
        "differing": list(standing.differing),
        "rough": list(standing.rough),
        "assessment": asdict(standing.assessment),
        "explanations": [EXPLANATIONS[note] for note in standing.assessment.notes],
        "forecast": asdict(standing.forecast) if standing.forecast else None,
        "no_forecast": standing.no_forecast,
    }


def _line(line: Line) -> list[dict[str, Any]]:
    return [
        {
            "start": span.start,
            "end": span.end,
            "frequency": span.frequency,
            "value": point.value,
            "margin": point.margin,
        }
        for span, point in line.items()
    ]


def _show(one: IndicatorValues) -> None:
    standing, definition = one.standing, one.definition
    table(
        ("moment", "value"),
        [[f"{at:g}", _number(point, definition.decimals)] for at, point in standing.line.items()],
        title=f"{say(definition.title, 'en')} ({say(definition.unit, 'en')})",
    )
    found = standing.assessment
    value = "" if found.value is None else f" ({found.method}: {found.value:.3f})"
    console.print(f"{found.status.replace('_', ' ')}{value}", markup=False)
    for note in found.notes:
        console.print(f"- {EXPLANATIONS[note]}", markup=False)
    if standing.differing:
        console.print(f"- sources differ, so left out: {', '.join(f'{year:g}' for year in standing.differing)}")
    if standing.rough:
        console.print(f"- rough figures (about, more than …): {', '.join(f'{year:g}' for year in standing.rough)}")
    if not standing.goal:
        console.print("- no target is agreed")
    if not definition.connected:
        console.print("- not connected yet")
    if standing.forecast is None:
        console.print(f"No forecast: {standing.no_forecast}.")
        return
    last, test, places = standing.forecast.steps[-1], standing.forecast.back_test, definition.decimals
    console.print(
        f"Forecast for {last.at:g}: {last.value:,.{places}f}, between {last.low:,.{places}f} and "
        f"{last.high:,.{places}f} with a probability of {standing.forecast.level:.0%} ({standing.forecast.method}; "
        f"{test.forecasts} such forecasts were off by {test.mean_absolute_error:,.{places + 1}f} on average)."
    )


def _number(point: Point, decimals: int) -> str:
    margin = f" ± {point.margin:,.{decimals}f}" if point.margin else ""
    return f"{point.value:,.{decimals}f}{margin}"

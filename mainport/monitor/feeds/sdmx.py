# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""SDMX (https://sdmx.org): data in SDMX-ML 2.1, generic or structure-specific, and in SDMX-JSON 1.0 and 2.0."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from mainport.core.fetching.http import Visit
from mainport.core.fetching.problems import NotChanged, NotTrusted
from mainport.core.rules.languages import EVERY_LANGUAGE
from mainport.monitor.feeds import Asked
from mainport.monitor.feeds.answers import json_object
from mainport.monitor.rules import statuses
from mainport.monitor.rules.lines import Row, gather
from mainport.monitor.rules.numbers import decimals_of
from mainport.monitor.rules.periods import parse
from mainport.monitor.rules.tables import Cell, Dimension, Lines, Measure, Missing, Role

#: What is asked for where an address leaves the choice to us.
ACCEPT = (
    "application/vnd.sdmx.data+json, application/vnd.sdmx.structurespecificdata+xml;version=2.1;q=0.9, "
    "application/vnd.sdmx.genericdata+xml;version=2.1;q=0.8, */*;q=0.5"
)
OBS_VALUE = "OBS_VALUE"
#: What standards and habit call the dimensions of time and place.
TIMES = ("TIME_PERIOD", "TIME", "YEAR")
PLACES = ("REF_AREA", "GEO", "GEO_PICT", "LOCATION", "COUNTRY", "COUNTERPART_AREA")


@dataclass(frozen=True)
class Observation:
    """One observation as the message has it: its codes in the order of the dimensions."""

    measure: str
    codes: tuple[str, ...]
    value: Any
    status: str = ""
    comment: str = ""


@dataclass(frozen=True)
class Message:
    """The data of a message, whatever it was written in."""

    title: str
    dimensions: tuple[Dimension, ...]
    measures: tuple[Measure, ...]
    observations: Iterable[Observation]
    description: str = ""
    language: str = ""
    publisher: str = ""
    prepared: str = ""


def role_of(key: str, said: Any = None) -> Role:
    """What a dimension speaks of, by the role that the message gives it, or else by its name."""
    roles = {str(role).upper() for role in (said if isinstance(said, list) else [said]) if role}
    if roles & {"TIME_PERIOD", "TIME"} or (not roles and key.upper() in TIMES):
        return Role.TIME
    if roles & {"REF_AREA", "GEO"} or (not roles and key.upper() in PLACES):
        return Role.GEO
    return Role.OTHER


def read(asked: Asked, visit: Visit) -> list[Lines]:
    """The data at this address. `settings` may name the address of its `structure`, for titles of SDMX-ML, and the
    dimension whose codes are its measures as `measure`."""
    body = visit.get(asked.url, accept=ACCEPT)
    if body.lstrip()[:1] == b"{":
        from mainport.monitor.feeds import sdmx_json

        message = sdmx_json.message(json_object(body, asked.url), asked.url)
    else:
        from mainport.monitor.feeds import sdmx_ml

        at = str(asked.settings.get("structure", ""))
        message = sdmx_ml.message(body, asked.url, visit.get(at) if at else None)
    if message.prepared and message.prepared == asked.known_version:
        raise NotChanged
    table = _table(asked, message, str(asked.settings.get("measure", "")))
    keys = tuple(dimension.key for dimension in table.dimensions)
    if asked.known_dimensions and keys != asked.known_dimensions:
        was = ", ".join(asked.known_dimensions)
        raise NotTrusted(f"the dimensions of {asked.key} changed: now {', '.join(keys)}; before {was}")
    return [table]


def _table(asked: Asked, message: Message, measure: str) -> Lines:
    keys = [dimension.key for dimension in message.dimensions]
    _check(message, keys, measure, asked.url)
    time = next(place for place, dimension in enumerate(message.dimensions) if dimension.role is Role.TIME)
    named = keys.index(measure) if measure else None
    sides = [place for place in range(len(keys)) if place not in (time, named)]

    def rows() -> Iterable[Row]:
        for found in message.observations:
            of = found.measure if named is None else found.codes[named]
            yield of, "|".join([found.codes[place] for place in sides]), found.codes[time], _cell(found, asked.url)

    lines, contradictions = gather(rows())
    measures = message.measures
    if named is not None:
        unit = measures[0]
        measures = tuple(
            replace(unit, key=code.key, title=code.title, description=code.description)
            for code in message.dimensions[named].codes
        )
    return Lines(
        key=asked.key,
        title=message.title or asked.key,
        description=message.description,
        dimensions=tuple(d for place, d in enumerate(message.dimensions) if place != named),
        measures=tuple(_with_decimals(measure, lines) for measure in measures),
        language=message.language[:10] or EVERY_LANGUAGE,
        version=message.prepared,
        modified=message.prepared,
        publisher=message.publisher,
        extra={"source": "sdmx", "url": asked.url},
        lines=lines,
        contradictions=contradictions,
    )


def _check(message: Message, keys: list[str], measure: str, url: str) -> None:
    """Raises NotTrusted for dimensions that a table can't have."""
    times = [dimension for dimension in message.dimensions if dimension.role is Role.TIME]
    if len(times) != 1 or len(set(keys)) < len(keys):
        raise NotTrusted(f"{url} has the dimensions {', '.join(keys) or 'none'}: one must be of time")
    if measure and (measure not in keys or measure == times[0].key):
        raise NotTrusted(f"{url} has no dimension {measure} that can name measures; it has {', '.join(keys)}")
    for dimension in message.dimensions:
        for code in dimension.codes:
            if not code.key or "|" in code.key:
                raise NotTrusted(f"{code.key!r} isn't a code of {dimension.key} of {url}")
    for code in times[0].codes:
        try:
            parse(code.key)
        except ValueError as error:
            raise NotTrusted(f"{times[0].key} of {url}: {error}") from error


def _with_decimals(measure: Measure, lines: Any) -> Measure:
    if measure.decimals:
        return measure
    values = [
        cell[0]
        for (key, _), line in lines.items()
        if key == measure.key
        for cell in line.values()
        if cell[0] is not None
    ]
    return replace(measure, decimals=decimals_of(values))


def _cell(found: Observation, url: str) -> Cell:
    value = found.value
    if isinstance(value, str):
        value = value.strip()
        try:
            value = float(value) if value and value != "NaN" else None
        except ValueError:
            return (None, value, Missing.NONE.value, statuses.finality(found.status).value)
    if value is None or value != value:
        if found.comment and statuses.missing(found.status) is Missing.NOT_AVAILABLE and found.status not in ("O", "L"):
            # Words in place of a number, as Mainport itself writes them.
            return (None, found.comment, Missing.NONE.value, statuses.finality(found.status).value)
        return (None, None, statuses.missing(found.status).value, 0)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise NotTrusted(f"{url} has the value {str(value)[:40]}, which is neither a number nor a text")
    try:
        number = float(value)
    except OverflowError:
        number = float("inf")
    if number in (float("inf"), float("-inf")):
        raise NotTrusted(f"{url} has a value that is too large to be one")
    return (number, None, Missing.NONE.value, statuses.finality(found.status).value)

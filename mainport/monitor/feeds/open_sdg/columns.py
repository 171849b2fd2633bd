# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What each column of a data file is: time, value, attribute, part of the measure, or disaggregation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mainport.monitor.rules.identifiers import identifier
from mainport.monitor.rules.tables import Role

#: Words by which a column of places calls itself, where the configuration doesn't say it (REF_AREA).
_PLACES = frozenset({"area", "country", "geography", "local authority", "location", "municipality", "region"})
#: Names that the formats which we write keep for themselves.
_KEPT = frozenset({"TIME_PERIOD", "OBS_VALUE", "OBS_STATUS", "INDICATOR", "MEASURE", "PERIOD", "VALUE", "STATUS"})


@dataclass(frozen=True)
class Conventions:
    """What the repository's configuration says of its columns; the defaults are those of Open SDG."""

    series: str = "Series"
    units: tuple[str, ...] = ("Units", "Unit measure", "Unit of measure", "UNIT_MEASURE")
    multiplier: str = "Unit multiplier"
    status: str = "Observation status"
    geocode: str = "GeoCode"
    #: The values by which progress is judged, where they aren't those that are shown (docs/progress.md).
    progress: str = "Progress"
    #: Columns that tell nothing apart.
    attributes: frozenset[str] = frozenset()
    #: Column to SDMX concept, and (concept, label) to SDMX code.
    concepts: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def of(cls, config: Mapping[str, Any], columns: list[list[str]], codes: list[list[str]]) -> Conventions:
        """Out of `config_data.yml` and the two CSV files that map texts to SDMX."""
        options = config.get("indicator_options")
        options = options if isinstance(options, dict) else {}
        standard = cls()
        unit = options.get("unit_column")
        named = {standard.series, standard.multiplier, standard.status, standard.geocode, *standard.units}
        others = options.get("non_disaggregation_columns")
        progress = str(options.get("progress_column") or standard.progress)
        return cls(
            series=str(options.get("series_column") or standard.series),
            units=(str(unit), *standard.units) if unit else standard.units,
            progress=progress,
            attributes=standard.attributes
            | {str(name) for name in (others if isinstance(others, list) else ()) if name not in named}
            - {"Year", "Value", progress, str(unit), str(options.get("series_column"))},
            concepts={row[0]: row[1] for row in columns[1:] if len(row) >= 2},
            codes={(row[1], row[0]): row[2] for row in codes[1:] if len(row) >= 3},
        )


@dataclass(frozen=True)
class Column:
    """A disaggregation: where it stands in the file, its title, and its key as a dimension."""

    index: int
    title: str
    key: str
    role: Role
    official: Mapping[str, str]


@dataclass(frozen=True)
class Columns:
    """Where everything stands in one file; None where a file has no such column."""

    width: int
    year: int
    value: int
    series: int | None
    unit: int | None
    multiplier: int | None
    status: int | None
    geocode: int | None
    progress: int | None
    sides: tuple[Column, ...]


def columns_of(header: list[str], conventions: Conventions) -> Columns:
    """Raises ValueError for a header without Year or Value, or with a column twice."""
    names = [name.strip() for name in header]
    if len(set(names)) != len(names):
        double = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the column {double!r} is there twice")
    at = {name: index for index, name in enumerate(names)}
    for needed in ("Year", "Value"):
        if needed not in at:
            raise ValueError(f"there is no column {needed!r}")
    unit = next((at[name] for name in conventions.units if name in at), None)
    fixed = {
        at["Year"],
        at["Value"],
        unit,
        *(at.get(name) for name in (conventions.series, conventions.multiplier, conventions.status)),
        at.get(conventions.geocode),
        at.get(conventions.progress),
        *(at[name] for name in conventions.attributes if name in at),
    }
    sides: list[Column] = []
    taken = set(_KEPT)
    for index, name in enumerate(names):
        if index not in fixed:
            concept = conventions.concepts.get(name)
            side = _side(index, name, concept, taken, conventions)
            taken.add(side.key)
            sides.append(side)
    return Columns(
        width=len(names),
        year=at["Year"],
        value=at["Value"],
        series=at.get(conventions.series),
        unit=unit,
        multiplier=at.get(conventions.multiplier),
        status=at.get(conventions.status),
        geocode=at.get(conventions.geocode),
        progress=at.get(conventions.progress),
        sides=tuple(sides),
    )


def _side(index: int, name: str, concept: str | None, taken: set[str], conventions: Conventions) -> Column:
    key = concept or identifier(name).upper()
    if not key[:1].isalpha():  # An SDMX concept begins with a letter.
        key = f"D_{key}"
    plain, number = key, 2
    while key in taken:
        key, number = f"{plain}_{number}", number + 1
    place = concept == "REF_AREA" or name.lower() in _PLACES
    official = {label: code for (of, label), code in conventions.codes.items() if of == concept} if concept else {}
    return Column(index, name or key, key, Role.GEO if place else Role.OTHER, official)

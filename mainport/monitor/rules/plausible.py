# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Whether what a source sent can be true, given what it sent before. It says why not; somebody may accept it anyway."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from mainport.monitor.rules.tables import Lines, Measure

#: A table may lose this part of its values at once: sources drop an old year, or a code.
MAY_LOSE = 0.1
#: So many numbers without one below zero show that a measure doesn't go below it.
ENOUGH = 10

#: Units that count, after a multiplier such as x 1 000.
_COUNTS = ("aantal", "number", "person", "people", "inwoner", "inhabitant", "huishouden", "household")
#: What is in the title of a number of people at a moment.
_OF_STOCK = ("bevolking", "inwoner", "personen", "huishoudens", "population", "inhabitants", "persons", "households")
#: What is in the title of a difference, which may be below zero.
_OF_CHANGE = (
    *("saldo", "aanwas", "groei", "toename", "afname", "mutatie", "correctie", "verschil", "verandering"),
    *("ontwikkeling", "overschot", "balans", "netto", "balance", "growth", "increase", "decrease", "change"),
    *("correction", "difference", "surplus", "net "),
)


@dataclass(frozen=True)
class Known:
    """What is known of a table: its version, how many values, those that it said to have, and of each measure
    the lowest value and of how many."""

    version: str = ""
    observations: int = 0
    declared: int | None = None
    lowest: Mapping[str, tuple[float, int]] = field(default_factory=dict)


def implausible(table: Lines, known: Known | None) -> list[str]:
    """Why this table can't be true; nothing where it can."""
    return [*_losses(table, known or Known()), *_below_zero(table, known or Known())]


def note(table: Lines) -> str:
    """What is worth knowing of a table that is stored."""
    came, declared = sum(map(len, table.lines.values())), table.extra.get("declared")
    if isinstance(declared, int) and declared != came:
        return f"{table.key}: the source says that it has {declared:,} observations; {came:,} came."
    return "" if came else f"{table.key}: no observations came."


def _losses(table: Lines, known: Known) -> Iterable[str]:
    came = sum(map(len, table.lines.values())) + len(table.contradictions)
    if came >= known.observations:
        return
    declared = table.extra.get("declared")
    said = f"{came:,} observations came where {known.observations:,} were known"
    if table.version and table.version == known.version:
        yield f"{table.key} isn't whole: {said}, of the same version {known.version}"
    elif known.declared == known.observations and isinstance(declared, int) and came < declared:
        yield f"{table.key} isn't whole: {said}, and the source says that it has {declared:,}"
    elif came < known.observations * (1 - MAY_LOSE):
        yield f"{table.key} lost too much: {said}"


def _below_zero(table: Lines, known: Known) -> Iterable[str]:
    counts = {m.key: m for m in table.measures if _never_below_zero(m, *known.lowest.get(m.key, (0.0, 0)))}
    for (key, coordinates), line in table.lines.items():
        if key not in counts:
            continue
        for period, (value, *_rest) in line.items():
            if value is not None and value < 0:
                measure = counts[key]
                at = " ".join([*filter(None, coordinates.split("|")), period])
                yield f"{measure.title} can't be below zero: {value:,.10g} {measure.unit} at {at}"
                return  # One says enough: where there is one, there may be thousands.


def _never_below_zero(measure: Measure, lowest: float, of: int) -> bool:
    """A measure that counts something, and that by its name or by all that is known of it has no negative values."""
    title = measure.title.casefold()
    if not _counts(measure.unit) or lowest < 0 or any(word in title for word in _OF_CHANGE):
        return False
    return of >= ENOUGH or any(word in title for word in _OF_STOCK)


def _counts(unit: str) -> bool:
    written = unit.strip().casefold()
    counted = written.lstrip("x 0123456789")
    return counted.startswith(_COUNTS) if counted else bool(written)

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""How many people a sector will have and need, by level and field, year by year: stock and flow.

Next year's people are this year's without those who retire or leave the field, with graduates who stay in the
region, people who move in, and people who are retrained. Demand grows by scenario from the jobs that there are,
filled and open. The gap is supply less demand, and ITA is supply over demand: under 1 people are short.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Annotated, ClassVar

import numpy as np
import numpy.typing as npt
from pydantic import ConfigDict, Field

Floats = npt.NDArray[np.float64]
#: No count here comes near the bound, beyond which sums would be no numbers any more.
Whole = Annotated[float, Field(ge=0, le=1e9)]
Part = Annotated[float, Field(ge=0, le=1)]
Growth = Annotated[float, Field(gt=-1, le=1)]
Year = Annotated[int, Field(ge=1990, le=2100)]
Words = Annotated[str, Field(min_length=1)]

_STRICT = ConfigDict(extra="forbid", allow_inf_nan=False)


@dataclass(frozen=True)
class Cell:
    """A sector, level and field: its people and what changes their number in a year.

    `retirement` and `exit` are shares of the people; `retention` is the share of the graduates who stay.
    """

    sector: Words
    level: Words
    field: Words
    stock: Whole
    retirement: Part
    exit: Part
    graduates: Whole
    retention: Part
    inflow: Whole = 0.0
    retrained: Whole = 0.0
    vacancies: Whole = 0.0

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    def __post_init__(self) -> None:
        if self.retirement + self.exit > 1:
            raise ValueError("retirement and exit are more than everybody")


class Kind(StrEnum):
    """What can be moved: two rates in points of percent, two numbers of people a year."""

    RETENTION = "retention"
    EXIT = "exit"
    INFLOW = "inflow"
    RETRAINED = "retrained"


@dataclass(frozen=True)
class Lever:
    """Retention +5 points, 200 more retrained a year: for all cells, or those of a sector, level or field.

    People are spread over the cells by their stock.
    """

    kind: Kind
    amount: Annotated[float, Field(ge=-1e9, le=1e9)]
    sector: str | None = None
    level: str | None = None
    field: str | None = None
    start: Year | None = None

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    def moves(self, cell: Cell) -> bool:
        return all(asked in (None, has) for asked, has in _sides(self, cell))


def _sides(lever: Lever, cell: Cell) -> tuple[tuple[str | None, str], ...]:
    return ((lever.sector, cell.sector), (lever.level, cell.level), (lever.field, cell.field))


@dataclass(frozen=True)
class Spread:
    """How unsure each input is, as standard deviation: of numbers as a share, of rates in hundredths (0.05 = 5 points).

    A draw holds for all cells and years: such errors go together, and taken apart they would seem to cancel out.
    """

    retirement: Part = 0.005
    exit: Part = 0.005
    retention: Part = 0.05
    graduates: Part = 0.1
    inflow: Part = 0.2
    growth: Part = 0.005

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT


@dataclass(frozen=True)
class Plan:
    """The question: cells as they are in `start`, demand's growth a year by scenario, the levers that are moved."""

    start: Year
    end: Year
    cells: Annotated[tuple[Cell, ...], Field(min_length=1)]
    #: By scenario the growth a year of demand: of each sector, or of all others as "*".
    growth: Annotated[dict[str, dict[str, Growth]], Field(min_length=1)]
    levers: tuple[Lever, ...] = ()
    spread: Spread = Spread()
    runs: Annotated[int, Field(ge=0, le=100_000)] = 2000
    seed: Annotated[int, Field(ge=0)] = 1

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise ValueError(f"end {self.end} isn't after start {self.start}")
        if len({name_of(cell) for cell in self.cells}) < len(self.cells):
            raise ValueError("a sector, level and field stands in cells twice")
        for scenario, by_sector in self.growth.items():
            for cell in self.cells:
                if cell.sector not in by_sector and "*" not in by_sector:
                    raise ValueError(f"growth of {scenario} has nothing for {cell.sector}, nor for *")
        for lever in self.levers:
            if not any(lever.moves(cell) for cell in self.cells):
                raise ValueError(f"a lever of {lever.kind} moves no cell")


def name_of(cell: Cell) -> tuple[str, str, str]:
    """Sector, level and field."""
    return cell.sector, cell.level, cell.field


@dataclass(frozen=True)
class Band:
    p10: float
    p50: float
    p90: float


@dataclass(frozen=True)
class Line:
    """A year of a cell, of a sector (level and field "*") or of everything (sector "*" too), under a scenario."""

    scenario: str
    sector: str
    level: str
    field: str
    year: int
    supply: float
    demand: float
    supply_band: Band | None = None
    demand_band: Band | None = None
    gap_band: Band | None = None
    ita_band: Band | None = None

    @property
    def gap(self) -> float:
        """People too many; below zero, too few."""
        return self.supply - self.demand

    @property
    def ita(self) -> float | None:
        return self.supply / self.demand if self.demand else None


@dataclass(frozen=True)
class Flow:
    """What changed the people of a cell in a year, as expected."""

    sector: str
    level: str
    field: str
    year: int
    before: float
    retired: float
    left: float
    graduates: float
    inflow: float
    retrained: float
    after: float


def project(plan: Plan) -> list[Line]:
    """Supply and demand of every year, cell, sector and scenario, as expected and as runs give them."""
    cells = plan.cells
    years = range(plan.start, plan.end + 1)
    expected = _supply(plan, _Draws.none())
    draws = _Draws.of(plan) if plan.runs else None
    drawn = _supply(plan, draws) if draws else None
    lines = []
    for scenario, by_sector in plan.growth.items():
        growth = np.array([by_sector.get(cell.sector, by_sector.get("*", 0.0)) for cell in cells])
        wanted = _demand(cells, growth[np.newaxis], len(years))
        wanted_drawn = _demand(cells, growth + draws.growth, len(years)) if draws else None
        for (sector, level, field), chosen in _groups(cells):
            supply, demand = expected[:, 0, chosen].sum(axis=1), wanted[:, 0, chosen].sum(axis=1)
            bands: Sequence[tuple[Band | None, ...]] = [(None,) * 4] * len(years)
            if drawn is not None and wanted_drawn is not None:
                bands = _bands(drawn[:, :, chosen].sum(axis=2), wanted_drawn[:, :, chosen].sum(axis=2))
            lines += [
                Line(scenario, sector, level, field, year, float(supply[at]), float(demand[at]), *bands[at])
                for at, year in enumerate(years)
            ]
    return lines


def flows(plan: Plan) -> list[Flow]:
    """The expected path of each cell, with every person accounted for."""
    supply = _supply(plan, _Draws.none())[:, 0]
    found = []
    for at, cell in enumerate(plan.cells):
        for step, year in enumerate(range(plan.start, plan.end)):
            now = moved(plan, year)[at]
            before = float(supply[step, at])
            found.append(
                Flow(
                    *name_of(cell),
                    year=year + 1,
                    before=before,
                    retired=before * now.retirement,
                    left=before * now.exit,
                    graduates=now.graduates * now.retention,
                    inflow=now.inflow,
                    retrained=now.retrained,
                    after=float(supply[step + 1, at]),
                )
            )
    return found


def moved(plan: Plan, year: int) -> list[Cell]:
    """The cells with the levers that are moved in a year."""
    cells = list(plan.cells)
    for lever in plan.levers:
        if lever.start and year < lever.start:
            continue
        chosen = [at for at, cell in enumerate(plan.cells) if lever.moves(cell)]
        stocks = [plan.cells[at].stock for at in chosen]
        whole = sum(stocks)
        for at, stock in zip(chosen, stocks, strict=True):
            part = stock / whole if whole else 1 / len(chosen)
            cells[at] = _with(cells[at], lever, part)
    return cells


def _with(cell: Cell, lever: Lever, part: float) -> Cell:
    points, people = lever.amount / 100, lever.amount * part
    if lever.kind is Kind.RETENTION:
        return replace(cell, retention=min(1.0, max(0.0, cell.retention + points)))
    if lever.kind is Kind.EXIT:
        return replace(cell, exit=min(1.0 - cell.retirement, max(0.0, cell.exit + points)))
    if lever.kind is Kind.INFLOW:
        return replace(cell, inflow=max(0.0, cell.inflow + people))
    return replace(cell, retrained=max(0.0, cell.retrained + people))


@dataclass(frozen=True)
class _Draws:
    """What is added to rates, and what numbers are multiplied by: one row a run."""

    retirement: Floats
    exit: Floats
    retention: Floats
    graduates: Floats
    inflow: Floats
    growth: Floats

    @classmethod
    def none(cls) -> _Draws:
        nothing, once = np.zeros((1, 1)), np.ones((1, 1))
        return cls(nothing, nothing, nothing, once, once, nothing)

    @classmethod
    def of(cls, plan: Plan) -> _Draws:
        generator = np.random.default_rng(plan.seed)
        spread = plan.spread

        def rate(size: float) -> Floats:
            return generator.normal(0, size, (plan.runs, 1))

        def factor(size: float) -> Floats:
            variance = np.log1p(size * size)
            return generator.lognormal(-variance / 2, np.sqrt(variance), (plan.runs, 1))

        return cls(
            rate(spread.retirement),
            rate(spread.exit),
            rate(spread.retention),
            factor(spread.graduates),
            factor(spread.inflow),
            rate(spread.growth),
        )


def _supply(plan: Plan, draws: _Draws) -> Floats:
    """People by year, run and cell."""
    now = np.repeat(np.array([[cell.stock for cell in plan.cells]]), len(draws.growth), axis=0)
    years = [now]
    for year in range(plan.start, plan.end):
        cells = moved(plan, year)
        retirement, leaving, graduates, retention, inflow, retrained = np.array(
            [[c.retirement, c.exit, c.graduates, c.retention, c.inflow, c.retrained] for c in cells]
        ).T
        stay = np.clip(1 - np.clip(retirement + draws.retirement, 0, 1) - np.clip(leaving + draws.exit, 0, 1), 0, 1)
        come = graduates * draws.graduates * np.clip(retention + draws.retention, 0, 1) + inflow * draws.inflow
        now = now * stay + come + retrained
        years.append(now)
    return np.stack(years)


def _demand(cells: Sequence[Cell], growth: Floats, years: int) -> Floats:
    """Jobs, filled and open, by year, run and cell."""
    jobs = np.array([cell.stock + cell.vacancies for cell in cells])
    return np.stack([jobs * np.clip(1 + growth, 0, None) ** year for year in range(years)])


def _groups(cells: Sequence[Cell]) -> Iterable[tuple[tuple[str, str, str], list[int]]]:
    yield ("*", "*", "*"), list(range(len(cells)))
    for sector in dict.fromkeys(cell.sector for cell in cells):
        yield (sector, "*", "*"), [at for at, cell in enumerate(cells) if cell.sector == sector]
    for at, cell in enumerate(cells):
        yield name_of(cell), [at]


def _bands(supply: Floats, demand: Floats) -> list[tuple[Band | None, ...]]:
    ita = np.divide(supply, demand, out=np.full_like(supply, np.nan), where=demand > 0)
    levels = [np.quantile(values, [0.1, 0.5, 0.9], axis=1).T for values in (supply, demand, supply - demand, ita)]
    return [
        tuple(None if np.isnan(row).any() else Band(*map(float, row)) for row in rows)
        for rows in zip(*levels, strict=True)
    ]


def with_vacancies(cells: Sequence[Cell], vacancies: Mapping[str, float]) -> tuple[Cell, ...]:
    """The open jobs of each sector, spread over its cells by stock. Raises ValueError for a sector without cells."""
    stocks: dict[str, float] = {}
    for cell in cells:
        stocks[cell.sector] = stocks.get(cell.sector, 0.0) + cell.stock
    if unknown := [sector for sector in vacancies if not stocks.get(sector)]:
        raise ValueError(f"vacancies of {', '.join(unknown)}, a sector without people in cells")
    return tuple(
        replace(cell, vacancies=vacancies[cell.sector] * cell.stock / stocks[cell.sector])
        if cell.sector in vacancies
        else cell
        for cell in cells
    )

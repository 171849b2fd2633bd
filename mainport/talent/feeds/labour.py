# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Labour-market tables in the shape of ROA (education and work) and UWV (vacancies), and past years of our own.

ROA forecasts by type of education over a period: openings by growth and by replacement, and who enters. UWV counts
open vacancies by sector and quarter. Both are read into cells of the human-capital agenda.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mainport.talent.rules.back_test import Past
from mainport.talent.rules.human_capital import Cell
from mainport.talent.rules.tables import read_table

ROA = ("sector", "niveau", "richting", "werkzame_personen", "uitbreidingsvraag", "vervangingsvraag", "instroom")
ROA_PERIOD = ("periode_van", "periode_tot")
UWV = ("sector", "jaar", "kwartaal", "openstaande_vacatures")
PAST = ("year", "sector", "level", "field", "stock", "retirement", "exit", "graduates", "retention")


@dataclass(frozen=True)
class Roa:
    """Cells a year, and by sector the growth of demand that ROA expects."""

    cells: tuple[Cell, ...]
    growth: Mapping[str, float]


def read_roa(content: bytes, name: str, *, retention: float = 1.0) -> Roa:
    """A table in ROA's shape. Raises Refused.

    Replacement is taken as retirement, since it's those who leave work for good that must be replaced; ROA counts
    who enters in the whole country or region, of whom the share `retention` stays.
    """
    rows = read_table(content, name)
    rows.need((*ROA, *ROA_PERIOD))
    stock, replaced, enters = (rows.numbers(one) for one in ("werkzame_personen", "vervangingsvraag", "instroom"))
    grows = rows.numbers("uitbreidingsvraag", least=-1e12)
    begin, end = (rows.numbers(one, least=1990, most=2100, whole=True) for one in ROA_PERIOD)
    names = [rows.text(one) for one in ROA[:3]]
    for index in range(len(rows)):
        if not end[index] > begin[index]:
            rows.fault(index, "periode_tot", f"{end[index]:g}", f"a year after {begin[index]:g}")
        elif replaced[index] > stock[index] * (end[index] - begin[index]):
            rows.fault(index, "vervangingsvraag", f"{replaced[index]:g}", "at most everybody, each year")
        elif stock[index] + grows[index] < 0:
            rows.fault(index, "uitbreidingsvraag", f"{grows[index]:g}", f"at least {-stock[index]:g}")
    rows.once(list(zip(*names, strict=True)), "richting")
    rows.check()
    cells: list[Cell] = []
    jobs: dict[str, tuple[float, float]] = {}
    for index, (sector, level, field) in enumerate(zip(*names, strict=True)):
        years = end[index] - begin[index]
        leave = replaced[index] / years / stock[index] if stock[index] else 0.0
        cells.append(Cell(sector, level, field, stock[index], leave, 0.0, enters[index] / years, retention))
        first, last = jobs.get(sector, (0.0, 0.0))
        yearly = stock[index] + grows[index] / years
        jobs[sector] = (first + stock[index], last + yearly)
    return Roa(tuple(cells), {sector: last / first - 1 if first else 0.0 for sector, (first, last) in jobs.items()})


def is_uwv(content: bytes) -> bool:
    """Whether a labour table is UWV's: it alone has a column of vacancies. Raises Refused where it is no table."""
    return any("vacature" in column.lower() for column in read_table(content, "").columns)


def read_uwv(content: bytes, name: str) -> dict[str, float]:
    """Open vacancies by sector in the last quarter of the table. Raises Refused."""
    rows = read_table(content, name)
    rows.need(UWV)
    sectors, years = rows.text("sector"), rows.numbers("jaar", least=1990, most=2100, whole=True)
    quarters, open_jobs = rows.numbers("kwartaal", least=1, most=4, whole=True), rows.numbers("openstaande_vacatures")
    keys = list(zip(sectors, years, quarters, strict=True))
    rows.once(keys, "sector")
    rows.check()
    last = max((key[1:] for key in keys), default=None)
    return {sector: count for (sector, *when), count in zip(keys, open_jobs, strict=True) if tuple(when) == last}


def read_past(content: bytes, name: str) -> list[Past]:
    """Past years, a cell a row; inflow and retrained may be left out. Raises Refused."""
    rows = read_table(content, name)
    rows.need(PAST)
    years = rows.numbers("year", least=1990, most=2100, whole=True)
    names = [rows.text(one) for one in PAST[1:4]]
    stock, graduates = rows.numbers("stock"), rows.numbers("graduates")
    retirement, leaving, stays = (rows.numbers(one, most=1) for one in ("retirement", "exit", "retention"))
    inflow, retrained = (
        rows.numbers(one) if one in rows.columns else [0.0] * len(rows) for one in ("inflow", "retrained")
    )
    for index in range(len(rows)):
        if retirement[index] + leaving[index] > 1:
            rows.fault(index, "exit", f"{leaving[index]:g}", "with retirement at most everybody")
    rows.once(list(zip(years, *names, strict=True)), "year")
    rows.check()
    columns = zip(*names, stock, retirement, leaving, graduates, stays, inflow, retrained, strict=True)
    return [Past(int(year), Cell(*cells)) for year, cells in zip(years, columns, strict=True)]

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Who graduates where, when and in what: one row for a programme and month."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Any

from mainport.talent.rules.tables import read_table

COLUMNS = ("institution", "programme", "level", "field", "sector", "month", "number")
#: A spreadsheet makes a day of a month.
_MONTH = re.compile(r"((?:19|20)\d\d-(?:0[1-9]|1[0-2]))(?:-\d\d)?")


@dataclass(frozen=True)
class Graduates:
    """`sector` is where most of them go to work, "" where that isn't known; `month` as 2027-07."""

    institution: str
    programme: str
    level: str
    field: str
    sector: str
    month: str
    number: int

    def as_data(self) -> dict[str, Any]:
        return asdict(self)


def read_graduates(content: bytes, name: str) -> list[Graduates]:
    """Raises Refused with every fault."""
    rows = read_table(content, name)
    rows.need(COLUMNS)
    institution, programme, level, field = (rows.text(column) for column in COLUMNS[:4])
    sector, months = rows.columns["sector"], rows.text("month")
    numbers = rows.numbers("number", whole=True)
    for index, written in enumerate(months):
        if match := _MONTH.fullmatch(written):
            months[index] = match[1]
        elif written:
            rows.fault(index, "month", written, "a month such as 2027-07")
    rows.once(list(zip(institution, programme, level, months, strict=True)), "programme")
    rows.check()
    columns = zip(institution, programme, level, field, sector, months, map(int, numbers), strict=True)
    return [Graduates(*cells) for cells in columns]

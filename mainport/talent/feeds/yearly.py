# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The same people year by year: whether they lived in the region, with level, sector and nationality where known."""

from __future__ import annotations

from mainport.talent.rules.staying import Yearly
from mainport.talent.rules.tables import Table, read_table

NEEDED = ("person", "year", "here")
#: By what people can be taken apart; each may be left out.
CUTS = ("level", "sector", "nationality")
_HERE = {"yes": True, "no": False, "1": True, "0": False, "true": True, "false": False, "ja": True, "nee": False}


def read_yearly(content: bytes, name: str) -> Yearly:
    """A table of persons by year: person, year, here (yes or no); level, sector, nationality. Raises Refused."""
    rows: Table = read_table(content, name)
    rows.need(NEEDED)
    people = rows.text("person")
    years = rows.numbers("year", least=1900, most=2100, whole=True)
    here = []
    for index, written in enumerate(rows.columns["here"]):
        value = _HERE.get(written.lower())
        if value is None:
            rows.fault(index, "here", written, "yes or no")
        here.append(bool(value))
    rows.once(list(zip(people, years, strict=True)), "year")
    rows.check()
    cuts = {cut: rows.columns[cut] for cut in CUTS if cut in rows.columns}
    return Yearly(people, [int(year) for year in years], here, cuts)

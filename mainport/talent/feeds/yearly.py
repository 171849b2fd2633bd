# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The same people year by year: whether they lived in the region, with level, sector and nationality where known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mainport.talent.rules.survival import AWAY, HERE, Spells, spells_by_year
from mainport.talent.rules.tables import Table, read_csv

NEEDED = ("person", "year", "here")
#: By what people can be taken apart; each may be left out.
CUTS = ("level", "sector", "nationality")
_HERE = {"yes": True, "no": False, "1": True, "0": False, "true": True, "false": False, "ja": True, "nee": False}


@dataclass(frozen=True)
class Yearly:
    """A row for each person and year; a cut has the group of each row ("" where it isn't known)."""

    person: Sequence[str]
    year: Sequence[int]
    here: Sequence[bool]
    cuts: Mapping[str, Sequence[str]]

    @property
    def states(self) -> list[str]:
        """As transitions take them."""
        return [HERE if here else AWAY for here in self.here]

    def people(self) -> list[dict[int, bool]]:
        """Of each person the years that are known, in the order in which people first appear."""
        found: dict[str, dict[int, bool]] = {}
        for person, year, here in zip(self.person, self.year, self.here, strict=True):
            found.setdefault(person, {})[year] = here
        return list(found.values())

    def spells(self) -> Spells:
        return spells_by_year(self.people())

    def group_of_people(self, cut: str) -> list[str]:
        """The group of each person in the first year that is known of them, in the order of `people`."""
        first: dict[str, tuple[int, str]] = {}
        for person, year, group in zip(self.person, self.year, self.cuts[cut], strict=True):
            if person not in first or year < first[person][0]:
                first[person] = (year, group)
        return [group for _year, group in first.values()]


def read_yearly(content: bytes, name: str) -> Yearly:
    """A table of persons by year: person, year, here (yes or no); level, sector, nationality. Raises Refused."""
    rows: Table = read_csv(content, name)
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

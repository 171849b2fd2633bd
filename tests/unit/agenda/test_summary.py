# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What an agenda counts."""

from __future__ import annotations

from mainport.agenda.rules.document import read
from mainport.agenda.rules.elements import Kind
from mainport.agenda.rules.summary import counts
from tests.unit.agenda.files import GOOD, changed, second


def test_every_kind_is_counted_by_its_plural_also_where_there_are_none() -> None:
    found = counts(read(GOOD).elements.values())
    assert found == {
        "partners": 2,
        "organisations": 1,
        "funds": 1,
        "bodies": 0,
        "forums": 0,
        "papers": 1,
        "goals": 1,
        "sectors": 1,
        "chapters": 0,
        "themes": 0,
        "tasks": 2,
        "flagships": 0,
        "projects": 0,
        "plans": 2,
        "milestones": 1,
        "instruments": 0,
        "monitors": 0,
        "figures": 1,
        "places": 1,
        "contributions": {"count": 1, "per_year": 1000, "total": 4000},
    }


def test_a_contribution_that_several_pay_together_counts_once() -> None:
    elements = read(GOOD).elements
    assert len(elements["contribution:all"].links) == 2
    assert counts(elements.values())["contributions"]["total"] == 4000


def test_contributions_of_different_length_add_up() -> None:
    more = "    total: 4000\n  - {id: extra, title: Extra, partners: [north], per_year: 10, years: 2, total: 20}\n"
    found = counts(read(changed("    total: 4000\n", more)).elements.values())
    assert found["contributions"] == {"count": 2, "per_year": 1010, "total": 4020}


def test_elements_are_counted_at_any_depth() -> None:
    found = counts(second().elements.values())
    assert (found["goals"], found["themes"], found["tasks"], found["flagships"]) == (3, 3, 7, 0)
    assert sum(number for number in found.values() if isinstance(number, int)) == len(
        [e for e in second().elements.values() if e.kind not in (Kind.ALLIANCE, Kind.CONTRIBUTION)]
    )


def test_nothing_counts_nothing() -> None:
    found = counts([])
    assert found["contributions"] == {"count": 0, "per_year": 0, "total": 0}
    assert found["tasks"] == 0

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Flow tables come in, and are looked at at the borders of their own year and of a later one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mainport.core.models import AuditEvent
from mainport.core.rules.permissions import NotAllowed, system
from mainport.region.actions.flows import About, load_groningen, put_file
from mainport.region.feeds.flows_file import Refused
from mainport.region.models import FlowTable
from mainport.region.queries import flows as queries
from mainport.region.rules.areas import Basis
from mainport.region.rules.delineation.shading import shares

pytestmark = pytest.mark.django_db
BY = system("tests")
ABOUT = About("study-2018", {"nl": "Studie"}, FlowTable.Purpose.STUDY, 2018, 2018, "invented")


def _put(tmp_path: Path, text: str, by: Any = BY) -> FlowTable:
    path = tmp_path / "flows.csv"
    path.write_text(text, "utf-8")
    return put_file(by=by, path=path, about=ABOUT)


def _near(year: int, least: float) -> int:
    opened = queries.opened(load_groningen(by=BY), year)
    found = shares(opened.flows, "GM0014")
    return sum(share >= least for share in found) - 1


def test_the_shading_of_2014_at_its_own_borders_and_at_those_of_today() -> None:
    assert (_near(2014, 0.15), _near(2014, 0.10)) == (18, 23)
    assert _near(2023, 0.15) == 7
    assert queries.opened(load_groningen(by=BY), 2023).shared["GM0053"] is Basis.PEOPLE


def test_loading_again_changes_nothing() -> None:
    first, again = load_groningen(by=BY), load_groningen(by=BY)
    assert first == again
    assert AuditEvent.objects.filter(subject="flows:commuting-groningen-2014").count() == 1


def test_what_was_kept_back_is_kept_apart_from_nothing(tmp_path: Path) -> None:
    table = _put(tmp_path, "home,work,amount\nGM0014,GM0014,50\nGM0053,GM0014,.\nGM0053,GM0053,7\nGM0014,GM0053,0\n")
    assert (table.rows, table.suppressed) == (4, 1)
    opened = queries.opened(table)
    assert opened.flows.suppressed == 1
    assert opened.pairs.filter(home="GM0053", work="GM0014")["amount"].to_list() == [None]
    assert opened.pairs.filter(home="GM0014", work="GM0053")["amount"].to_list() == [0.0]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "home,work,amount\nGM0014,GM0014,5\nGM1966,GM0014,2\n",
            r"row 3, column home.*Het Hogeland is there from 2019",
        ),
        ("home,work,amount\nGM0014,GM9999,5\n", r"row 2, column work.*no municipality since 2006"),
        ("home,work,amount\nGM0014,GM0014,-5\n", r"row 2, column amount: found '-5', expected 0 or more"),
        ("home,work,amount\nGM0014,GM0014,5\nGM0053,GM0014,0\n", r"row 3, column home: found 'GM0053', without jobs"),
        ("home,work,amount\nGM0014,GM0014,65.1\nGM0053,GM0014,2.4\n", r"these look like thousands"),
    ],
)
def test_a_wrong_file_is_refused_with_its_row_and_nothing_is_stored(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(Refused, match=told):
        _put(tmp_path, text)
    assert not FlowTable.objects.exists()


def test_only_who_keeps_the_region_stores(tmp_path: Path, cast: Any) -> None:
    with pytest.raises(NotAllowed):
        _put(tmp_path, "home,work,amount\nGM0014,GM0014,5\n", by=cast.alice.actor)
    assert _put(tmp_path, "home,work,amount\nGM0014,GM0014,5\n", by=cast.frank.actor).by_name == "Frank"

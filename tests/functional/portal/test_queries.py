# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""No page asks the database more than twelve times, whoever reads it and however much there is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mainport.agenda import actions, demo, queries
from mainport.agenda.rules.elements import Agenda, Element, Kind, Link, in_tree_order
from mainport.core.models import Person
from mainport.web.agenda.addresses import LISTS
from tests.conftest import BY, Cast

pytestmark = pytest.mark.django_db

MOST = 12

PAGES = [
    ("home", {}),
    ("agenda_tree", {}),
    ("implementation_agenda", {}),
    ("print", {}),
    ("money", {}),
    ("about", {}),
    ("task", {"key": "E3"}),
    ("goal", {"key": "labour"}),
    ("sector", {"key": "energy"}),
    ("chapter", {"key": "organisation"}),
    ("theme", {"key": "circular-economy"}),
    ("flagship", {"key": "waterstof-werkt"}),
    ("partner", {"key": "hanze"}),
    ("organisation", {"key": "new-energy-coalition"}),
    ("place", {"key": "wetsus"}),
    ("figure", {"key": "inhabitants"}),
    ("print_one", {"uid": "sector:energy"}),
    *((name, {}) for name in LISTS.values()),
]


def asked(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.fixture
def readers(groningen: Agenda, cast: Cast, as_person: Callable[[Person | None], Client]) -> dict[str, Client]:
    """With demo plans and reports: there is something to show in each band."""
    demo.load(by=BY)
    return {"visitor": as_person(None), "alice": as_person(cast.alice), "dave": as_person(cast.dave)}


@pytest.mark.parametrize(("name", "arguments"), PAGES, ids=lambda value: value if isinstance(value, str) else "")
def test_no_page_asks_more_than_twelve_times(readers: dict[str, Client], name: str, arguments: dict[str, str]) -> None:
    address = reverse(name, kwargs=arguments)
    found = {who: asked(client, address) for who, client in readers.items()}
    assert max(found.values()) <= MOST, found


@pytest.mark.parametrize("name", ["home", "agenda_tree", "implementation_agenda", "print", "sector"])
def test_the_number_does_not_grow_with_the_agenda(readers: dict[str, Client], name: str) -> None:
    address = reverse(name, kwargs={"key": "energy"} if name == "sector" else {})
    before = asked(readers["visitor"], address)
    agenda = queries.agenda()
    assert agenda is not None
    more = [
        one
        for number in range(150)
        for one in (
            Element(Kind.TASK, f"X{number}", "sector:energy", 10 + number, {"en": f"Task {number}"}),
            Element(
                Kind.PLAN,
                f"task-X{number}",
                f"task:X{number}",
                0,
                {"mul": "Plan"},
                links=(Link("lead", "partner:hanze"), Link("partners", "partner:rug")),
            ),
            Element(
                Kind.MILESTONE, f"x{number}", f"plan:task-X{number}", 0, {"en": "Done"}, attributes={"due": "2027-05"}
            ),
        )
    ]
    elements = in_tree_order([*agenda.elements.values(), *more])
    actions.load(by=BY, agenda=Agenda({e.uid: e for e in elements}, agenda.sources), why="tests")
    assert asked(readers["visitor"], address) <= before


def test_a_large_tree_comes_in_pages_and_a_large_row_is_cut(readers: dict[str, Client]) -> None:
    agenda = queries.agenda()
    assert agenda is not None
    more = [Element(Kind.TASK, f"X{n}", "sector:energy", 10 + n, {"en": f"Task {n}"}) for n in range(150)]
    elements = in_tree_order([*agenda.elements.values(), *more])
    actions.load(by=BY, agenda=Agenda({e.uid: e for e in elements}, agenda.sources), why="tests")
    tree = readers["visitor"].get("/en/agenda/").content.decode()
    assert tree.count("mainport-tree__task") - tree.count("mainport-tag--flagship") == 100
    assert 'href="?page=2"' in tree
    home = readers["visitor"].get("/en/").content.decode()
    assert "129 more" in home
    assert home.count('<td class="mainport-matrix__cell"') == 33 - 3 + 24 + 1

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What is written to a file and read again is the same agenda."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from mainport.agenda.rules.document import read
from mainport.agenda.rules.elements import Agenda, Element, Kind
from mainport.agenda.rules.nesting import SECTIONS, nest
from mainport.agenda.rules.nodes import SHAPES
from tests.unit.agenda.files import GOOD, again, changed, groningen, second, written
from tests.unit.agenda.invented import agendas


@pytest.mark.parametrize("agenda", [groningen(), second()], ids=["groningen", "second"])
def test_an_agenda_survives_being_written_and_read(agenda: Agenda) -> None:
    copy = again(agenda)
    assert copy.elements == agenda.elements
    assert copy.sources == agenda.sources
    assert list(copy.elements) == list(agenda.elements), "in the same order"


@given(nested=agendas())
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_any_agenda_survives_being_written_and_read(nested: dict[str, Any]) -> None:
    agenda = read(written(nested))
    assert len(agenda.elements) == 1 + _count(nested, Kind.ALLIANCE), "no element is lost"
    copy = again(agenda)
    assert copy.elements == agenda.elements
    assert copy.sources == agenda.sources
    assert nest(copy) == nest(agenda)


@given(nested=agendas())
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_any_element_survives_being_kept_as_a_version(nested: dict[str, Any]) -> None:
    for element in read(written(nested)).elements.values():
        assert Element.from_json(element.to_json()) == element


def _count(node: dict[str, Any], kind: Kind) -> int:
    below = [
        (child, item)
        for name, child in SHAPES[kind].children.items()
        for item in ([node[name]] if child is Kind.PLAN and name in node else node.get(name, []))
    ]
    return sum(1 + _count(item, child) for child, item in below)


def test_a_name_that_is_the_same_in_every_language_is_written_as_plain_words() -> None:
    nested = nest(read(GOOD))
    assert nested["partners"][0]["title"] == "North"
    assert nested["figures"][0]["unit"] == "trees"
    assert nested["goals"][0]["title"] == {"en": "Be green", "nl": "Groen zijn"}


def test_a_plan_is_written_without_what_it_takes_from_what_it_plans() -> None:
    plan = nest(read(GOOD))["goals"][0]["tasks"][0]["plan"]
    assert "id" not in plan
    assert "title" not in plan
    named = nest(read(changed("lead: north", "title: Sowing plan\n          lead: north")))
    assert named["goals"][0]["tasks"][0]["plan"]["title"] == "Sowing plan", "unless it has a title of its own"


def test_what_is_not_there_is_not_written() -> None:
    nested = nest(read(GOOD))
    assert "forums" not in nested
    assert set(nested["organisations"][0]) == {"id", "title"}
    assert "core" not in nest(read(changed("core: true", "core: false")))["sectors"][0], "nor what goes without saying"


def test_sections_come_in_the_order_of_the_format() -> None:
    assert list(nest(second()))[:3] == ["format", "alliance", "sources"]
    sections = list(nest(second()))[3:]
    assert sections == [name for name in SECTIONS if name in sections]


def test_a_party_is_a_partner_where_there_is_one_and_else_an_organisation() -> None:
    plan = second().elements["plan:task-W1"]
    assert [link.target for link in plan.links if link.role == "partners"] == ["partner:mossgate", "organisation:ferry"]


def test_the_tree_may_be_of_any_depth() -> None:
    uid: str | None = "milestone:maps-read"
    way = []
    while uid:
        way.append(uid)
        uid = second().elements[uid].parent
    assert way == [
        "milestone:maps-read",
        "task:W1a-maps",
        "task:W1a",
        "task:W1",
        "theme:dykes",
        "theme:floods",
        "goal:water",
        "alliance:lowmoor",
    ]

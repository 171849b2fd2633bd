# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What a file changes: what it speaks of it says wholly, what it doesn't speak of stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from mainport.agenda.rules.difference import Change, FieldChange, Sort, compare, overlay
from mainport.agenda.rules.document import read
from mainport.agenda.rules.elements import Agenda, Element
from tests.unit.agenda.files import GOOD, again, changed, groningen, second, written
from tests.unit.agenda.invented import agendas

OLD = read(GOOD).elements


def laid_over(content: str, old: Mapping[str, Element] = OLD) -> list[tuple[Sort, str]]:
    return [(change.sort, change.uid) for change in changes(content, old)]


def changes(content: str, old: Mapping[str, Element] = OLD) -> list[Change]:
    return list(compare(old, overlay(old, read(content))))


def without(section: str) -> str:
    """The good file without a section."""
    before, _, rest = GOOD.partition(f"{section}:\n")
    lines = rest.splitlines(keepends=True)
    after = next((index for index, line in enumerate(lines) if not line.startswith(" ")), len(lines))
    return before + "".join(lines[after:])


# --- Laying a file over what is there ---


@pytest.mark.parametrize("agenda", [read(GOOD), groningen(), second()], ids=["good", "groningen", "second"])
def test_the_same_file_changes_nothing(agenda: Agenda) -> None:
    assert list(compare(agenda.elements, overlay(agenda.elements, again(agenda)))) == []


def test_a_first_file_adds_everything_parents_first() -> None:
    found = laid_over(GOOD, old={})
    assert [sort for sort, _ in found] == [Sort.ADDED] * len(OLD)
    assert [uid for _, uid in found] == list(OLD)


@pytest.mark.parametrize("section", ["figures", "papers", "funds"])
def test_a_section_that_is_absent_stays_as_it_is(section: str) -> None:
    assert laid_over(without(section)) == []


@pytest.mark.parametrize(
    ("section", "gone"), [("figures", "figure:trees"), ("papers", "paper:letter"), ("funds", "fund:purse")]
)
def test_a_section_that_is_there_is_the_whole_truth(section: str, gone: str) -> None:
    assert laid_over(without(section) + f"{section}: []\n") == [(Sort.REMOVED, gone)]


def test_an_element_that_is_left_out_of_a_list_goes() -> None:
    content = changed("  - id: south\n    title: South\n    website: https://south.example.org\n", "")
    assert laid_over(changed("[north, south]", "[north]", content)) == [
        (Sort.CHANGED, "contribution:all"),
        (Sort.REMOVED, "partner:south"),
    ]


def test_with_a_parent_goes_all_below_it() -> None:
    assert laid_over(without("goals") + "goals: []\n") == [
        (Sort.REMOVED, "goal:green"),
        (Sort.REMOVED, "task:A1"),
        (Sort.REMOVED, "plan:task-A1"),
        (Sort.REMOVED, "milestone:sown"),
        (Sort.REMOVED, "task:A2"),
        (Sort.REMOVED, "plan:task-A2"),
    ]


def test_a_plan_that_was_made_on_the_site_stays_when_the_file_speaks_of_its_task_only() -> None:
    plan = GOOD.partition("        horizon: 2030\n")[2].partition("      - id: A2")[0]
    assert laid_over(changed(plan, "")) == [], "neither the plan nor its milestone goes"


def test_a_milestone_that_the_file_no_longer_lists_goes_and_its_plan_stays() -> None:
    rows = (
        "            - id: sown\n              title: Sown\n              due: 2022-06-01\n              owner: guest\n"
    )
    content = changed(f"          milestones:\n{rows}", "          milestones: []\n")
    assert laid_over(content) == [(Sort.REMOVED, "milestone:sown")]


def test_what_moves_takes_along_what_lies_below_it() -> None:
    task = "      - id: A2\n        title: {en: Reap, nl: Oogsten}\n"
    plan = "        plan:\n          depends_on: [task:A1]\n"
    content = changed(task + plan, "")
    content = changed("    core: true\n", f"    core: true\n    tasks:\n{task}", content)
    (change,) = changes(content)
    assert (change.sort, change.uid) == (Sort.CHANGED, "task:A2"), "its plan, of which the file says nothing, stays"
    assert change.fields == (
        FieldChange("parent", "goal:green", "sector:wood"),
        FieldChange("position", 1, 0),
    )


def test_what_is_spoken_of_everywhere_replaces_everything() -> None:
    other = second()
    assert overlay(OLD, replace(other, stated=None)) == other.elements


@given(old=agendas(), new=agendas())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_after_any_file_the_tree_is_whole_and_says_what_the_file_says(old: dict[str, Any], new: dict[str, Any]) -> None:
    before, file = read(written(old)).elements, read(written(new))
    after = overlay(before, file)
    assert all(after[uid] == element for uid, element in file.elements.items())
    seen: set[str] = set()
    for uid, element in after.items():
        assert element.parent is None or element.parent in seen, f"{uid} comes after its parent"
        seen.add(uid)
    assert overlay(after, file) == after, "a second time changes nothing"


# --- What changed ---


def test_a_change_names_the_fields_that_differ() -> None:
    content = changed("joined: 2018-05", "joined: 2019\n    short: N")
    (change,) = changes(content)
    assert change.fields == (FieldChange("joined", "2018-05", "2019"), FieldChange("short", None, "N"))
    assert change.to_json() == {
        "change": "changed",
        "id": "partner:north",
        "title": {"mul": "North"},
        "fields": [{"field": "joined", "old": "2018-05", "new": "2019"}, {"field": "short", "old": None, "new": "N"}],
    }


def test_a_relation_is_a_field_of_its_own() -> None:
    (change,) = changes(changed("[north, south]", "[south, north]"))
    assert change.fields == (
        FieldChange("partners", ["partner:north", "partner:south"], ["partner:south", "partner:north"]),
    )
    (change,) = changes(changed("          lead: north\n", ""))
    assert change.fields == (FieldChange("lead", ["partner:north"], None),)


@pytest.mark.parametrize(
    ("old", "new", "uid", "field"),
    [
        ("amount: 50", "amount: 0", "fund:purse", FieldChange("amount", 50, 0)),
        ("value: 12.5", "value: 0", "figure:trees", FieldChange("value", 12.5, 0)),
        ("latitude: 53.1", "latitude: 0", "place:barn", FieldChange("latitude", 53.1, 0.0)),
    ],
)
def test_nought_is_a_value(old: str, new: str, uid: str, field: FieldChange) -> None:
    (change,) = changes(changed(old, new))
    assert (change.uid, change.fields) == (uid, (field,))


def test_a_flag_that_is_taken_away_was_there() -> None:
    (change,) = changes(changed("core: true", "core: false"))
    assert change.fields == (FieldChange("core", True, None),)


def test_an_added_element_has_all_its_fields_new_and_a_removed_one_all_old() -> None:
    fund = OLD["fund:purse"]
    (added,) = compare({}, {fund.uid: fund})
    assert [(field.field, field.old) for field in added.fields] == [
        (name, None) for name in ("parent", "position", "title", "amount")
    ]
    (removed,) = compare({fund.uid: fund}, {})
    assert [(field.old, field.new) for field in removed.fields] == [(field.new, None) for field in added.fields]
    assert removed.element == added.element == fund


def test_an_order_that_changed_is_a_change_of_position() -> None:
    north = "  - id: north\n    title: North\n    joined: 2018-05\n"
    content = changed("organisations:", f"{north}organisations:", changed(north, ""))
    assert {change.uid: change.fields for change in changes(content)} == {
        "partner:south": (FieldChange("position", 1, 0),),
        "partner:north": (FieldChange("position", 0, 1),),
    }

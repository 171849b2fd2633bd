# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Changes to single elements: who may make them, what is refused, and two people at once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mainport.agenda import actions, queries
from mainport.agenda.models import Version
from mainport.agenda.queries.history import newest_version
from mainport.agenda.rules.elements import Agenda, Element, Kind, Link
from mainport.agenda.rules.nodes import PLAN_TITLE
from mainport.core.models import AuditEvent
from tests.conftest import BY, Cast


def plan(lead: str, **fields: object) -> Element:
    base = Element(
        kind=Kind.PLAN,
        key="task-E3",
        parent="task:E3",
        position=0,
        title=PLAN_TITLE,
        links=(Link("lead", f"partner:{lead}"),),
    )
    return replace(base, **fields)


def milestone(key: str = "E3-first", due: str = "2025-06") -> Element:
    return Element(
        kind=Kind.MILESTONE,
        key=key,
        parent="plan:task-E3",
        position=0,
        title={"nl": "Eerste groep begonnen", "en": "First group has begun"},
        attributes={"due": due},
    )


@pytest.fixture
def hanze_plan(groningen: Agenda) -> Element:
    actions.put_element(by=BY, element=plan("hanze"), why="tests")
    return plan("hanze")


def test_a_coordinator_edits_the_plan_that_its_organisation_leads(cast: Cast, hanze_plan: Element) -> None:
    changed = replace(hanze_plan, attributes={"start": "2023"})
    change = actions.put_element(by=cast.bob.actor, element=changed, why="a start")
    assert change is not None
    assert [field.field for field in change.fields] == ["start"]


def test_a_coordinator_cannot_make_its_organisation_the_lead(cast: Cast, groningen: Agenda) -> None:
    actions.put_element(by=BY, element=plan("rug"), why="tests")
    with pytest.raises(actions.NotAllowed):
        actions.put_element(by=cast.bob.actor, element=plan("hanze"), why="mine now")


def test_a_coordinator_cannot_lay_down_a_plan(cast: Cast, groningen: Agenda) -> None:
    with pytest.raises(actions.NotAllowed):
        actions.put_element(by=cast.bob.actor, element=plan("hanze"), why="new")


def test_a_coordinator_cannot_hand_the_lead_away(cast: Cast, hanze_plan: Element) -> None:
    with pytest.raises(actions.NotAllowed):
        actions.put_element(by=cast.bob.actor, element=plan("rug"), why="yours")
    assert actions.put_element(by=cast.dave.actor, element=plan("rug"), why="agreed") is not None


def test_a_coordinator_keeps_the_milestones_of_its_plan_only(cast: Cast, hanze_plan: Element) -> None:
    mine = milestone()
    assert actions.put_element(by=cast.bob.actor, element=mine, why="first") is not None
    elsewhere = replace(mine, parent="task:E3")
    for element in (elsewhere, replace(elsewhere, key="other"), replace(mine, key="x", parent="goal:ecosystem")):
        with pytest.raises(actions.NotAllowed):
            actions.put_element(by=cast.bob.actor, element=element, why="moved")
    actions.remove_element(by=cast.bob.actor, uid=mine.uid, why="too early")
    assert mine.uid not in queries.agenda().elements


def test_a_coordinator_cannot_remove_the_plan_nor_edit_a_task(cast: Cast, hanze_plan: Element) -> None:
    with pytest.raises(actions.NotAllowed):
        actions.remove_element(by=cast.bob.actor, uid=hanze_plan.uid, why="no")
    task = queries.agenda().elements["task:E3"]
    with pytest.raises(actions.NotAllowed):
        actions.put_element(by=cast.bob.actor, element=replace(task, title={"mul": "x"}), why="no")


@pytest.mark.parametrize("name", ["alice", "charlie", "erin", "frank", "grace"])
def test_others_edit_nothing(name: str, cast: Cast, hanze_plan: Element) -> None:
    actor = getattr(cast, name).actor
    for element in (hanze_plan, milestone()):
        with pytest.raises(actions.NotAllowed):
            actions.put_element(by=actor, element=element, why="no")
    with pytest.raises(actions.NotAllowed):
        actions.remove_element(by=actor, uid=hanze_plan.uid, why="no")


def test_the_alliance_itself_can_be_edited_and_not_removed(groningen: Agenda) -> None:
    alliance = queries.agenda().alliance
    changed = replace(alliance, summary={"nl": "Nieuw.", "en": "New."})
    assert actions.put_element(by=BY, element=changed, why="newer") is not None
    with pytest.raises(actions.Refused):
        actions.remove_element(by=BY, uid=alliance.uid, why="away")


def test_what_does_not_differ_leaves_no_version(hanze_plan: Element) -> None:
    before, events = Version.objects.count(), AuditEvent.objects.count()
    assert actions.put_element(by=BY, element=hanze_plan, why="again") is None
    assert (Version.objects.count(), AuditEvent.objects.count()) == (before, events)


def test_a_plan_and_its_milestones_change_together_or_not_at_all(hanze_plan: Element) -> None:
    changed = replace(hanze_plan, attributes={"start": "2024", "end": "2023"})
    with pytest.raises(actions.Refused) as refused:
        actions.edit(by=BY, put=[changed, milestone()], why="both")
    assert refused.value.troubles[0].field == ("end",)
    assert milestone().uid not in queries.agenda().elements
    right = replace(hanze_plan, attributes={"start": "2023", "end": "2024"})
    changes = actions.edit(by=BY, put=[right, milestone()], why="both")
    assert {change.uid for change in changes} == {right.uid, milestone().uid}
    event = AuditEvent.objects.first()
    assert (event.action, event.subject, event.data) == ("agenda.changed", right.uid, {"with_it": [milestone().uid]})


def test_the_second_of_two_is_told(cast: Cast, hanze_plan: Element) -> None:
    opened = newest_version()
    first = replace(hanze_plan, attributes={"start": "2023"})
    actions.put_element(by=cast.dave.actor, element=first, why="first", opened=opened)
    second = replace(hanze_plan, attributes={"end": "2026"})
    with pytest.raises(actions.Overtaken) as overtaken:
        actions.put_element(by=cast.bob.actor, element=second, why="second", opened=opened)
    assert [(version.by_name, version.why) for version in overtaken.value.versions] == [("Dave", "first")]
    assert queries.agenda().elements[hanze_plan.uid].attributes == {"start": "2023"}


def test_a_milestone_added_meanwhile_counts_as_a_change_of_the_plan(hanze_plan: Element) -> None:
    opened = newest_version()
    actions.put_element(by=BY, element=milestone(), why="one more")
    with pytest.raises(actions.Overtaken):
        actions.put_element(by=BY, element=replace(hanze_plan, demo=True), why="second", opened=opened)
    task = queries.agenda().elements["task:E3"]
    assert actions.put_element(by=BY, element=replace(task, demo=True), why="not in its way", opened=opened)


def test_what_others_name_is_not_removed(groningen: Agenda) -> None:
    before = Version.objects.count()
    with pytest.raises(actions.Refused) as refused:
        actions.remove_element(by=BY, uid="partner:hanze", why="away")
    assert refused.value.troubles[0].uid == "contribution:hanze"
    assert Version.objects.count() == before


def test_what_is_not_there_cannot_be_removed(groningen: Agenda) -> None:
    with pytest.raises(queries.UnknownElement):
        actions.remove_element(by=BY, uid="task:none", why="away")

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What must hold between the elements of an agenda, also after one was changed or removed on the site."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from mainport.agenda.rules.checks import HINT_LIMIT, NAME_LIMIT, Trouble, check
from mainport.agenda.rules.document import read
from mainport.agenda.rules.elements import Agenda, Element, Kind, Link
from tests.unit.agenda.files import GOOD, groningen, second

AGENDA = read(GOOD)


def with_(uid: str, **fields: Any) -> Agenda:
    """The good agenda with an element changed."""
    element = replace(AGENDA.elements[uid], **fields)
    return replace(AGENDA, elements={**AGENDA.elements, uid: element})


def with_attribute(uid: str, **attributes: Any) -> Agenda:
    return with_(uid, attributes={**AGENDA.elements[uid].attributes, **attributes})


def trouble(agenda: Agenda) -> Trouble:
    (found,) = check(agenda)
    return found


@pytest.mark.parametrize("agenda", [AGENDA, groningen(), second()], ids=["good", "groningen", "second"])
def test_a_good_agenda_has_no_trouble(agenda: Agenda) -> None:
    assert list(check(agenda)) == []


def test_each_text_stands_in_each_language() -> None:
    assert trouble(with_("task:A1", title={"en": "Sow"})) == Trouble(
        "task:A1", ("title",), "no nl", "the text in en, nl"
    )
    assert trouble(with_("task:A1", summary={"nl": "Zaaien"})).field == ("summary",)
    assert trouble(with_attribute("figure:trees", area={"en": "here"})).field == ("area",)
    assert trouble(with_attribute("plan:task-A1", risks=[{"title": {"nl": "Droogte"}}])).field == ("risks", 0, "title")


def test_no_text_stands_in_a_language_that_the_alliance_does_not_speak() -> None:
    found = trouble(with_("task:A1", title={"en": "Sow", "nl": "Zaaien", "fr": "Semer"}))
    assert (found.field, found.found) == (("title", "fr"), "'fr'")


def test_a_name_that_is_the_same_in_every_language_speaks_them_all() -> None:
    assert list(check(with_("task:A1", title={"mul": "Sow"}))) == []


def test_a_source_exists_and_speaks_each_language() -> None:
    assert trouble(with_("fund:purse", source="chart")).expected == "the id of a source; did you mean charter?"
    charter = replace(AGENDA.sources["charter"], title={"nl": "Handvest"})
    assert trouble(replace(AGENDA, sources={"charter": charter})).uid == "source:charter"


def test_who_is_named_exists() -> None:
    left = {uid: element for uid, element in AGENDA.elements.items() if uid != "organisation:guest"}
    assert trouble(replace(AGENDA, elements=left)) == Trouble(
        "milestone:sown", ("owner",), "'guest'", "the id of a partner or organisation"
    )


def test_who_is_named_is_of_the_right_kind() -> None:
    found = trouble(with_("place:barn", links=(Link("sector", "goal:green"),)))
    assert (found.field, found.expected) == (("sector",), "the id of a sector")


def test_the_wrong_one_of_several_is_pointed_at() -> None:
    links = (Link("partners", "partner:north"), Link("partners", "partner:nobody"))
    assert trouble(with_("contribution:all", links=links)).field == ("partners", 1)
    twice = (Link("partners", "partner:north"), Link("partners", "partner:north"))
    assert trouble(with_("contribution:all", links=twice)) == Trouble(
        "contribution:all", ("partners", 1), "'north' twice", "each once"
    )


def test_somebody_may_have_two_roles() -> None:
    links = (Link("lead", "partner:north"), Link("partners", "partner:north"))
    assert list(check(with_("plan:task-A1", links=links))) == []


def test_an_end_does_not_come_before_its_start() -> None:
    assert trouble(with_attribute("plan:task-A1", end="2021-12")).field == ("end",)
    assert list(check(with_attribute("plan:task-A1", start="2023-12-31", end="2023"))) == [], "a year lasts to its end"
    assert trouble(with_attribute("alliance:small", period={"start": "2022", "end": "2021"})).field == ("period", "end")


def test_a_contribution_adds_up() -> None:
    assert trouble(with_attribute("contribution:all", total=4001)).expected == "4 years of 1000: 4000"


@pytest.mark.parametrize("left_out", ["latitude", "longitude", "precision"])
def test_coordinates_come_together_and_with_their_precision(left_out: str) -> None:
    fields = {k: v for k, v in AGENDA.elements["place:barn"].attributes.items() if k != left_out}
    assert trouble(with_("place:barn", attributes=fields)).field == (left_out,)


def test_a_place_may_be_without_coordinates() -> None:
    assert list(check(with_("place:barn", attributes={}))) == []


def test_no_organisation_has_the_id_of_a_partner() -> None:
    other = Element(Kind.ORGANISATION, "north", "alliance:small", 1, {"mul": "Other"})
    assert trouble(replace(AGENDA, elements={**AGENDA.elements, other.uid: other})).field == ("id",)


def test_a_name_of_an_organisation_fits_its_column() -> None:
    assert list(check(with_("partner:north", title={"mul": "N" * NAME_LIMIT}))) == []
    assert trouble(with_("partner:north", title={"mul": "N" * (NAME_LIMIT + 1)})).field == ("title", "mul")


def test_no_plan_waits_for_itself() -> None:
    found = trouble(with_("plan:task-A1", links=(Link("depends_on", "task:A1"),)))
    assert (found.uid, found.found) == ("plan:task-A1", "task:A1 > task:A1")


def test_a_round_trip_is_told_once_and_names_its_way() -> None:
    found = trouble(with_("plan:task-A1", links=(Link("depends_on", "task:A2"),)))
    assert (found.uid, found.found) == ("plan:task-A2", "task:A1 > task:A2 > task:A1")


def test_plans_may_wait_for_the_same_thing() -> None:
    links = (Link("depends_on", "goal:green"), Link("depends_on", "sector:wood"))
    assert list(check(with_("plan:task-A1", links=links))) == []


def test_a_long_round_trip_of_plans_is_found_and_told_in_short() -> None:
    number = 5000
    elements = dict(AGENDA.elements)
    for n in range(number):
        task = Element(Kind.TASK, f"B{n}", "goal:green", n + 2, {"mul": "B"})
        waits = Link("depends_on", f"task:B{(n + 1) % number}")
        plan = Element(Kind.PLAN, f"task-B{n}", task.uid, 0, {"mul": "Plan"}, links=(waits,))
        elements |= {task.uid: task, plan.uid: plan}
    found = trouble(replace(AGENDA, elements=elements))
    assert found.field == ("depends_on",)
    assert len(found.found) <= 80


def test_what_was_meant_is_looked_for_a_limited_number_of_times() -> None:
    links = tuple(Link("partners", f"partner:nort{n}") for n in range(HINT_LIMIT * 2))
    found = list(check(with_("contribution:all", links=links)))
    assert len(found) == HINT_LIMIT * 2
    assert sum("did you mean north" in trouble.expected for trouble in found) == HINT_LIMIT

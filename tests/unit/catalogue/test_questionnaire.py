# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The questionnaire: what is wrong with a file, what is asked when, which answers count, which level follows."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from mainport.catalogue.rules import questionnaire as rules
from mainport.catalogue.rules.digcomp import framework
from mainport.catalogue.rules.faults import Refused
from mainport.catalogue.rules.profile import levels, profile
from mainport.catalogue.rules.questionnaire import Kind, Questionnaire, Trouble
from mainport.catalogue.rules.questionnaire_file import embedded, parse, read

WHOLE: Questionnaire = read(embedded())


def changed(**fields: Any) -> dict[str, Any]:
    return {**copy.deepcopy(embedded()), **fields}


def faults(content: dict[str, Any]) -> dict[str, tuple[str, str]]:
    with pytest.raises(Refused) as refused:
        read(content)
    return {fault.field: (fault.found, fault.expected) for fault in refused.value.faults}


def test_asks_every_competence_in_both_languages() -> None:
    asked = {question.competence for question in WHOLE.questions() if question.competence}
    assert asked == {one.code for area in framework().areas for one in area.competences}
    for question in WHOLE.questions():
        assert set(question.text) == {"nl", "en"}
        assert all(set(option.text) == {"nl", "en"} for option in question.options)


def test_tells_every_fault_with_where_found_and_expected() -> None:
    content = changed(colour="green")
    first = content["steps"][0]["questions"][0]
    first["kind"] = "slider"
    first["options"][1]["value"] = "unemployed"
    del first["options"][0]["text"]["en"]
    content["steps"][1]["questions"][0]["options"][0]["level"] = 9
    content["steps"][3]["area"] = 6
    found = faults(content)
    assert found["colour"] == ("colour", "one of key, title, intro, libraries, scale, steps")
    assert found["steps[0].questions[0].kind"][0] == "slider"
    assert found["steps[0].questions[0].options[1].value"] == ("unemployed", "one of resident, seeking, student, work")
    assert found["steps[0].questions[0].options[0].text.en"] == ("", "a text")
    assert found["steps[1].questions[0].options[0].level"] == ("9", "a level from 0 to 8")
    assert found["steps[3].area"] == ("6", "an area of DigComp 2.2, from 1 to 5")


def test_a_condition_names_what_was_asked_before() -> None:
    content = changed()
    content["steps"][0]["ask_if"] = {"ease": ["never"]}
    content["steps"][1]["ask_if"] = {"situation": ["rich"]}
    found = faults(content)
    assert found["steps[0].ask_if.ease"] == ("ease", "a question that was asked before")
    assert found["steps[1].ask_if.situation"] == ("rich", "one of resident, seeking, student, work")


def test_no_offer_without_ease_and_areas() -> None:
    content = changed(steps=embedded()["steps"][:1])
    with pytest.raises(Refused) as refused:
        read(content)
    expected = " ".join(fault.expected for fault in refused.value.faults)
    assert "about ease" in expected
    assert "about areas" in expected


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("key: [", "line 1"),
        ("a: &a [1]\nb: [*a, *a]", "line 2"),
        ("- 1", ""),
        ("key: \x00", ""),
    ],
)
def test_a_file_that_is_none_says_where(text: str, where: str) -> None:
    with pytest.raises(Refused) as refused:
        parse(text)
    assert refused.value.faults[0].field.startswith(where)


def test_a_file_too_large_is_not_read() -> None:
    with pytest.raises(Refused, match="at most"):
        parse(b"#" * 300_000)


def keys(answers: dict[str, Any]) -> list[str]:
    return [step.key for step in rules.asked(WHOLE, answers)]


def test_only_chosen_areas_are_asked_and_none_of_who_never_uses_a_computer() -> None:
    assert keys({"ease": "some", "areas": ["1", "4"]}) == ["where", "computer", "want", "search", "safe", "how"]
    assert keys({"ease": "never", "areas": ["1", "4"]}) == ["where", "computer", "want", "how"]


def test_an_answer_is_one_of_the_options() -> None:
    step = next(step for step in WHOLE.steps if step.key == "where")
    given = {"situation": ["rich"], "home": ["Atlantis"], "distance": ["15"]}
    assert rules.take(step, given, {}) == (
        {"distance": "15"},
        {"situation": Trouble.UNKNOWN, "home": Trouble.UNKNOWN_PLACE},
    )
    assert rules.take(step, {}, {})[1] == dict.fromkeys(["situation", "home", "distance"], Trouble.MISSING)


def test_what_depends_on_an_answer_of_the_same_screen_counts_only_with_it() -> None:
    content = changed()
    content["steps"][1]["questions"][1] |= {"ask_if": {"ease": ["never", "hard"]}, "required": True}
    step = read(content).steps[1]
    answers, troubles = rules.take(step, {"ease": ["easy"], "reading": ["hard"]}, {})
    assert answers == {"ease": "easy"}
    assert troubles == {}
    assert rules.take(step, {"ease": ["never"]}, {})[1] == {"reading": Trouble.MISSING}


def test_how_to_sign_up_is_asked_of_who_finds_computers_hard() -> None:
    def asked(ease: str) -> set[str]:
        return {question.key for step in rules.asked(WHOLE, {"ease": ease}) for question in step.questions}

    assert "contact" in asked("never")
    assert "contact" not in asked("easy")


def test_nothing_is_kept_that_is_no_longer_asked() -> None:
    answers: dict[str, Any] = {"ease": "some", "areas": ["4"], "can-1-1": "well", "can-4-1": "alone", "shoe-size": "42"}
    assert rules.clean(WHOLE, answers) == {"ease": "some", "areas": ["4"], "can-4-1": "alone"}


def test_the_first_step_that_lacks_an_answer_is_open() -> None:
    answers: dict[str, Any] = {"situation": "work", "home": "9712", "distance": "any", "ease": "easy"}
    step = rules.open_step(WHOLE, answers)
    assert step is not None
    assert step.key == "want"
    for step in WHOLE.steps:
        for question in step.questions:
            if question.kind is not Kind.PLACE:
                value = question.options[-1].value
                answers[question.key] = [value] if question.kind is Kind.MULTI else value
    assert rules.open_step(WHOLE, rules.clean(WHOLE, answers)) is None


def test_levels_follow_the_answers_and_the_rest_from_ease() -> None:
    found = levels(WHOLE, {"ease": "easy", "areas": ["1"], "can-1-1": "helps-others", "can-1-2": "not-yet"})
    assert (found["1.1"], found["1.2"], found["1.3"], found["3.4"]) == (6, 0, 4, 4)
    assert len(found) == 21


def test_who_finds_computers_hard_is_not_taken_for_an_expert() -> None:
    assert levels(WHOLE, {"ease": "hard", "areas": ["1"], "can-1-1": "expert"})["1.1"] == 3


def test_lowest_level_wants_help_and_may_call() -> None:
    found = profile(WHOLE, {"ease": "never", "areas": ["start"], "home": "9671 AB", "distance": "15", "price": "0"})
    assert found.lowest
    assert found.by_phone
    assert found.guidance
    assert found.home is not None
    assert found.home.town == "Winschoten"
    assert found.limit == 15
    assert found.price == 0
    assert found.wanted[0] == "1.1"

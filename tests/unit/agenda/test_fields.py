# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What each field of a kind holds."""

import pytest

from mainport.agenda.rules.elements import Element, Kind
from mainport.agenda.rules.fields import Sort, fields_of_kind, words_of
from mainport.agenda.rules.nodes import NODES, SHAPES


@pytest.mark.parametrize("kind", list(Kind))
def test_every_field_of_every_kind_is_known(kind: Kind) -> None:
    named = [shape.name for shape in fields_of_kind(kind)]
    assert set(named) == set(NODES[kind].model_fields) - {"id"} - set(SHAPES[kind].children)
    assert len(named) == len(set(named))


def test_sorts_and_bounds() -> None:
    plan = {shape.name: shape for shape in fields_of_kind(Kind.PLAN)}
    assert plan["lead"].sort is Sort.ONE
    assert plan["partners"].sort is Sort.SEVERAL
    assert [part.sort for part in plan["risks"].parts] == [Sort.TEXT, Sort.TEXT, Sort.CHOICE]
    contribution = {shape.name: shape for shape in fields_of_kind(Kind.CONTRIBUTION)}
    assert (contribution["years"].least, contribution["years"].most, contribution["years"].required) == (1, 50, True)
    place = {shape.name: shape for shape in fields_of_kind(Kind.PLACE)}
    assert (place["latitude"].sort, place["latitude"].least, place["latitude"].most) == (Sort.NUMBER, -90, 90)


def test_words_are_those_of_one_language_and_of_every_one() -> None:
    risk = {"title": {"nl": "Te laat", "en": "Too late"}, "measure": "Haast", "size": "large"}
    plan = Element(
        Kind.PLAN, "task-E3", "task:E3", 0, {"mul": "Plan"}, {"nl": "Zin", "en": "Line"}, attributes={"risks": [risk]}
    )
    assert words_of(plan, "nl") == ("Plan", "Zin\nTe laat\nHaast")
    assert words_of(plan, "en") == ("Plan", "Line\nToo late\nHaast")


def test_words_for_machines_are_left_out() -> None:
    partner = Element(
        Kind.PARTNER, "rug", "alliance:a", 0, {"mul": "RUG"}, attributes={"sort": "university", "short": "RUG"}
    )
    assert words_of(partner, "nl") == ("RUG", "RUG")

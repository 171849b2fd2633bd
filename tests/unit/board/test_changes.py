# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Changes are read from JSON and forms, checked at the door, and written so that they read back the same."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from mainport.board.rules import changes
from mainport.board.rules.changes import BudgetDecided, ElementChange, PaperDecided, TargetChange, Virement
from mainport.board.rules.refusals import Refused

VIREMENT: dict[str, Any] = {
    "sort": "virement",
    "year": 2024,
    "source": "task:K1",
    "target": "task:K2",
    "fund": "base",
    "cost": "staff",
    "amount": "50000.00",
}


@pytest.mark.parametrize(
    "change",
    [
        ElementChange("task:E3", {"title": {"nl": "x"}, "summary": None}, before={"title": "y"}),
        TargetChange("students", "2030", 12.5, {"nl": "meer"}, True, before={"value": 10.0}),
        TargetChange("students", "2030", None, {"nl": "meer"}),
        Virement(2024, "task:K1", "task:K2", "base", "staff", Decimal("50000.01")),
        BudgetDecided(2024),
        PaperDecided("annual-report", 2023, 2),
    ],
)
def test_what_is_written_reads_back_the_same(change: changes.Change) -> None:
    assert changes.read(json.loads(json.dumps(changes.to_json(change)))) == change


def test_words_of_a_form_are_read() -> None:
    form = VIREMENT | {"year": "2024", "amount": "50000"}
    assert changes.read(form) == Virement(2024, "task:K1", "task:K2", "base", "staff", Decimal("50000.00"))
    target = changes.read({"sort": "target", "indicator": "students", "period": "2030", "value": "12.5"})
    assert target == TargetChange("students", "2030", 12.5)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("words", "found words, expected a mapping"),
        ({}, "sort: found nothing, expected element, target, virement, budget, paper"),
        ({"sort": "war"}, "sort: found war"),
        (VIREMENT | {"amount": "-5"}, "amount: found -5, expected an amount above zero"),
        (VIREMENT | {"amount": 0.1}, "amount: found 0.1"),
        (VIREMENT | {"amount": "0.001"}, "amount"),
        (VIREMENT | {"amount": "NaN"}, "amount"),
        (VIREMENT | {"target": "task:K1"}, "target: found task:K1, expected another element"),
        (VIREMENT | {"source": "K1"}, "source: found K1, expected kind:key"),
        (VIREMENT | {"cost": "gold"}, "cost: found gold, expected staff"),
        (VIREMENT | {"year": 24}, "year: found 24"),
        (VIREMENT | {"year": True}, "year: found True"),
        (VIREMENT | {"fund": ""}, "fund: found nothing"),
        (VIREMENT | {"colour": "red"}, "colour: found red, expected no such field"),
        ({"sort": "element", "element": "task:E3", "fields": {}}, "fields: found"),
        ({"sort": "element", "element": "task:E3", "fields": {"id": "E4"}}, "fields id: found E4"),
        ({"sort": "target", "indicator": "i", "period": "2030"}, "value: found nothing, expected a number, or words"),
        ({"sort": "target", "indicator": "i", "period": "2030", "value": "many"}, "value: found many"),
        ({"sort": "target", "indicator": "i", "period": "2030", "value": float("inf")}, "value: found inf"),
        ({"sort": "target", "indicator": "i", "period": "2030", "words": "more"}, "words: found more"),
        ({"sort": "budget", "year": 2024, "version": 0}, "version: found 0"),
        ({"sort": "paper", "year": 2024}, "kind: found nothing"),
    ],
)
def test_bad_input_is_named(data: Any, said: str) -> None:
    with pytest.raises(Refused, match=said):
        changes.read(data)


def test_all_troubles_of_a_list_are_named_by_place() -> None:
    with pytest.raises(Refused) as caught:
        changes.read_all([VIREMENT, {"sort": "paper"}, VIREMENT | {"amount": "x"}])
    assert [trouble.field for trouble in caught.value.troubles] == [
        "change 2 kind",
        "change 2 year",
        "change 3 amount",
    ]
    with pytest.raises(Refused, match="a list of changes"):
        changes.read_all({"sort": "paper"})


def test_one_thing_changes_once_in_a_decision() -> None:
    twice = [BudgetDecided(2024), BudgetDecided(2024)]
    assert [trouble.field for trouble in changes.clashes(twice)] == ["change 2"]
    again = Virement(2024, "task:K1", "task:K2", "base", "", Decimal(1))
    assert not list(changes.clashes([again, again, BudgetDecided(2024), BudgetDecided(2025)]))

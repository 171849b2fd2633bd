# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Recording a decision: votes, what it changes, what follows; and what is wrong at the row where it is."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from importlib import resources
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from mainport.board.actions.decisions import decide
from mainport.board.models import Decision, FollowUp, Item
from mainport.board.rules.changes import BudgetDecided
from mainport.cycle.actions import budgets
from mainport.cycle.queries.totals import totals
from mainport.cycle.rules.chart import Code
from mainport.monitor.actions.indicators import load
from mainport.monitor.models import Indicator
from mainport.monitor.rules.indicators import read
from tests.conftest import BY
from tests.functional.board.conftest import everywhere, take
from tests.integration.board.conftest import Board

pytestmark = pytest.mark.django_db

YEAR = 2024
WORDS = {"title_nl": "Schuif", "title_en": "Shift", "text_nl": "Wij schuiven.", "text_en": "We shift."}
CONSENSUS = WORDS | {"manner": "consensus"}
MOVE = {
    "move0-year": str(YEAR),
    "move0-source": "task:K1",
    "move0-target": "task:K2",
    "move0-fund": "base",
    "move0-cost": "staff",
    "move0-amount": "50000.00",
}


@pytest.fixture
def item(board: Board) -> Item:
    return board.held("Money")[1][0]


@pytest.fixture
def budget(board: Board) -> None:
    """A budget in force: 120,000 for K1, 30,000 for K2."""
    draft = budgets.draft(by=board.office, year=YEAR)
    for uid, amount in (("task:K1", "120000.00"), ("task:K2", "30000.00")):
        budgets.put_line(by=board.office, budget=draft, element=uid, fund="base", cost="staff", amount=Decimal(amount))
    _meeting, [item] = board.held()
    decide(by=board.office, item=item, title={"en": "Budget"}, text={"en": "So"}, changes=[BudgetDecided(YEAR)])


@pytest.fixture
def indicator(board: Board) -> Indicator:
    file = read((resources.files("mainport.monitor") / "data" / "groningen-indicators.yaml").read_bytes())
    load(by=BY, file=file)
    return Indicator.objects.filter(targets__value__isnull=False, measures__isnull=False).distinct()[0]


def url(item: Item) -> str:
    return reverse("decide", kwargs={"pk": item.pk})


def budgeted(uid: str) -> Decimal:
    return sum((t.amount for t in totals([Code.BUDGETED], where={"year": YEAR, "element": uid})), Decimal(0))


def in_days(days: int) -> str:
    return f"{timezone.localdate() + timedelta(days=days)}"


def wrong(response: Any) -> dict[str, str]:
    """What is wrong, by the id of the field at which it stands; '' for above the form."""
    assert response.status_code == 200
    summary = response.context["whole"].summary
    found = {field.auto_id: " ".join(field.errors) for field in summary if field.errors}
    return found | ({"": " ".join(summary.non_field_errors)} if summary.non_field_errors else {})


def test_everything_at_once(board: Board, item: Item, budget: None, indicator: Indicator, as_person) -> None:  # type: ignore[no-untyped-def]
    target = indicator.targets.filter(until=None, value__isnull=False)[0]
    data = CONSENSUS | MOVE | {"vote-rug": "abstained"}
    data |= {"target0-indicator": indicator.key, "target0-period": target.period, "target0-value": "98765"}
    data |= {"wording0-element": "task:K2", "wording0-title_nl": "Anders gezegd", "wording0-title_en": "Said otherwise"}
    data |= {
        "task0-organisation": "hanze",
        "task0-words_nl": "Doen",
        "task0-words_en": "Do it",
        "task0-due": in_days(9),
    }
    data |= {"task7-organisation": "rug", "task7-words_nl": "Ook", "task7-due": in_days(9)}
    response = as_person(board.cast.dave).post(url(item), data, follow=True)
    decision = Decision.objects.latest("id")
    assert response.redirect_chain == [(reverse("decision", kwargs={"key": decision.key}), 302)]
    assert f"Recorded and carried out: decision {decision.key}." in response.text
    assert (budgeted("task:K1"), budgeted("task:K2")) == (Decimal("70000.00"), Decimal("80000.00"))
    assert [row.organisation.key for row in FollowUp.objects.order_by("id")] == ["hanze", "rug"]
    said = everywhere(as_person(None), "decision", key=decision.key)
    assert "€50,000 moved from “K1" in said
    assert "98,765" in said
    assert "Said otherwise" in said
    assert "Rijksuniversiteit Groningen: abstained" in said
    assert "Do it" in said
    page = as_person(None).get(reverse("indicator", kwargs={"key": indicator.key})).text
    assert f"decision {decision.key}" in page
    assert reverse("decision", kwargs={"key": decision.key}) in page
    for key in ("K1", "K2"):
        assert decision.key in as_person(None).get(reverse("task", kwargs={"key": key})).text


def test_the_form(board: Board, item: Item, as_person) -> None:  # type: ignore[no-untyped-def]
    page = as_person(board.cast.dave).get(url(item))
    whole = page.context["whole"]
    assert [field.label for field in whole.decision.vote_fields] == [
        "Gemeente Groningen",
        "Hanzehogeschool Groningen",
        "Rijksuniversiteit Groningen",
    ]
    assert whole.decision["title_en"].value() == "Money"
    assert not any(whole.used.values())
    assert "Not sent yet" not in page.text


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"title_nl": ""}, ["id_title_nl"]),
        ({"text_nl": " "}, ["id_text_nl"]),
        ({"public_from": "2099-01-01"}, ["id_confidential"]),
        ({"confidential": "Secret", "public_from": "2001-01-01"}, ["id_public_from"]),
        ({"vote-rug": "against"}, ["id_manner"]),
        ({"manner": "vote", "vote-rug": "for"}, ["id_manner"]),
        ({"task0-organisation": "hanze"}, ["id_task0-words_nl", "id_task0-due"]),
        (
            {
                "task1-organisation": "hanze",
                "task1-words_nl": "Goed",
                "task1-due": "2099-01-01",
                "task6-organisation": "hanze",
                "task6-words_nl": "Te laat",
                "task6-due": "2001-01-01",
            },
            ["id_task6-due"],
        ),
        (
            {"move0-source": "task:K1"},
            ["id_move0-year", "id_move0-target", "id_move0-fund", "id_move0-amount"],
        ),
        ({**MOVE, "move0-target": "task:K1"}, ["id_move0-target"]),
        ({**MOVE, "move0-amount": "-5"}, ["id_move0-amount"]),
        ({"target1-indicator": "nothing"}, ["id_target1-indicator"]),
        ({"wording1-element": "task:K2"}, ["id_wording1-element"]),
    ],
)
def test_refused_at_the_row(board: Board, item: Item, as_person, fields: dict[str, str], where: list[str]) -> None:  # type: ignore[no-untyped-def]
    response = as_person(board.cast.dave).post(url(item), CONSENSUS | fields)
    assert list(wrong(response)) == where
    assert f'href="#{where[0]}"' in response.text or where == ["id_manner"]
    assert not Decision.objects.exists()
    assert not FollowUp.objects.exists()


def test_money_that_isnt_there_is_refused_at_its_amount(board: Board, item: Item, budget: None, as_person) -> None:  # type: ignore[no-untyped-def]
    before = Decision.objects.count()
    response = as_person(board.cast.dave).post(url(item), CONSENSUS | MOVE | {"move0-amount": "500000"})
    assert list(wrong(response)) == ["id_move0-amount"]
    assert "This change can&#x27;t be made, so nothing was recorded." in response.text
    assert response.context["whole"].used["moves"]
    assert Decision.objects.count() == before
    assert budgeted("task:K1") == Decimal("120000.00")


def test_the_second_change_is_refused_at_the_second_row(board: Board, item: Item, budget: None, as_person) -> None:  # type: ignore[no-untyped-def]
    data = CONSENSUS | MOVE | {name.replace("move0", "move1"): value for name, value in MOVE.items()}
    response = as_person(board.cast.dave).post(url(item), data | {"move1-amount": "90000"})
    assert list(wrong(response)) == ["id_move1-amount"]
    assert budgeted("task:K1") == Decimal("120000.00")


def test_by_vote(board: Board, item: Item, as_person) -> None:  # type: ignore[no-untyped-def]
    votes = {"vote-rug": "for", "vote-hanze": "against", "vote-gemeente-groningen": "for"}
    response = as_person(board.cast.dave).post(url(item), WORDS | {"manner": "vote"} | votes, follow=True)
    assert "For: 2. Against: 1. Abstained: 0." in response.text


def test_without_quorum(board: Board, as_person) -> None:  # type: ignore[no-untyped-def]
    _meeting, [item] = board.held(attended=[board.mayor])
    response = as_person(board.cast.dave).post(url(item), CONSENSUS)
    assert "Too few organisations with a vote were present to decide." in wrong(response)[""]
    assert not Decision.objects.exists()


def test_replacing(board: Board, item: Item, as_person) -> None:  # type: ignore[no-untyped-def]
    earlier = take(board, board.held()[1][0])
    as_person(board.cast.dave).post(url(item), CONSENSUS | {"replaces": earlier.key})
    later = Decision.objects.latest("id")
    assert (
        f'replaced by <a class="nl-link" href="{reverse("decision", kwargs={"key": later.key})}"'
        in as_person(None).get(reverse("decision", kwargs={"key": earlier.key})).text
    )
    assert f"Replaced by {later.key}" in as_person(None).get(reverse("decision_list")).text


def test_what_does_not_stand_on_the_agenda_isnt_decided(board: Board, as_person) -> None:  # type: ignore[no-untyped-def]
    from mainport.board.actions import items

    item = items.propose(by=board.office, meeting=board.plan(), title={"en": "Loose"})
    assert as_person(board.cast.dave).get(url(item)).status_code == 404


def test_queries(  # type: ignore[no-untyped-def]
    board: Board, item: Item, budget: None, indicator: Indicator, as_person, django_assert_max_num_queries
) -> None:
    client = as_person(board.cast.dave)
    with django_assert_max_num_queries(13):  # Everything that can be chosen on one form.
        assert client.get(url(item)).status_code == 200

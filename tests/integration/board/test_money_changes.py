# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A decision brings a budget into force and moves money; task, ledger, frozen edition and register agree."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from mainport.agenda import queries as agenda
from mainport.agenda.rules.elements import Kind
from mainport.board import demo, queries
from mainport.board.actions.decisions import decide
from mainport.board.models import Decision
from mainport.board.rules.changes import BudgetDecided, ElementChange, PaperDecided, TargetChange, Virement
from mainport.board.rules.refusals import Reason, Refused
from mainport.core import demo as people
from mainport.core.models import Person
from mainport.core.rules.permissions import VISITOR
from mainport.cycle.actions import budgets
from mainport.cycle.actions.ledger import Unbalanced, correct
from mainport.cycle.models import Budget, Movement
from mainport.cycle.queries import papers as paper_queries
from mainport.cycle.queries.totals import totals
from mainport.cycle.rules.chart import Code
from mainport.cycle.rules.ledger import Sort
from mainport.monitor import queries as monitor
from mainport.monitor.models import Indicator, Target
from tests.conftest import BY
from tests.integration.board.conftest import Board
from tests.integration.board.test_cycle_changes import written
from tests.integration.board.test_decisions import indicator as indicator

pytestmark = pytest.mark.django_db

FROM, TO, YEAR = "task:K1", "task:K2", 2023
MOVE = Virement(YEAR, FROM, TO, "base", "staff", Decimal("50000.00"))
TITLE = {"nl": "Schuif", "en": "Shift"}


def take(board: Board, *changes: Any, **fields: Any) -> Decision:
    _meeting, [item] = board.held()
    return decide(by=board.office, item=item, title=TITLE, text=TITLE, changes=changes, **fields)


def budgeted(uid: str) -> Decimal:
    return sum((t.amount for t in totals([Code.BUDGETED], where={"year": YEAR, "element": uid})), Decimal(0))


@pytest.fixture
def draft(board: Board) -> Budget:
    budget = budgets.draft(by=board.office, year=YEAR)
    for uid, amount in ((FROM, "120000.00"), (TO, "30000.00")):
        budgets.put_line(by=board.office, budget=budget, element=uid, fund="base", cost="staff", amount=Decimal(amount))
    return budget


def test_a_budget_comes_into_force(board: Board, draft: Budget) -> None:
    decision = take(board, BudgetDecided(YEAR))
    draft.refresh_from_db()
    assert (draft.state, draft.decision) == ("decided", decision.key)
    assert budgeted(FROM) == Decimal("120000.00")
    assert set(Movement.objects.filter(sort=Sort.BUDGET).values_list("decision", flat=True)) == {decision.key}
    [change] = queries.decision(VISITOR, decision.key).changes
    assert (change["version"], change["before"]) == (draft.version, {"version": None})


def test_a_target_and_50_000_euro_move_and_everything_agrees(board: Board, draft: Budget, indicator: Indicator) -> None:
    take(board, BudgetDecided(YEAR))
    target = indicator.targets.filter(until=None, value__isnull=False)[0]
    written(board)
    take(board, PaperDecided("annual-plan", 2024, ahead="All agreed"))
    before = paper_queries.find(board.office, "annual-plan", 2024)
    kept, through = before.content, before.through

    decision = take(board, TargetChange(indicator.key, target.period, 98765.0), MOVE)

    # The ledger and the tasks.
    assert (budgeted(FROM), budgeted(TO)) == (Decimal("70000.00"), Decimal("80000.00"))
    [movement] = Movement.objects.filter(sort=Sort.VIREMENT)
    assert movement.decision == decision.key
    for uid in (FROM, TO):
        assert decision.key in [v.key for v in queries.decisions_about(VISITOR, [agenda.find(uid).pk])]
    # The register.
    view = queries.decision(VISITOR, decision.key)
    moved = next(change for change in view.changes if change["sort"] == "virement")
    assert (moved["amount"], moved["before"]) == ("50000.00", {FROM: "120000.00", TO: "30000.00"})
    assert {FROM, TO} <= {named.uid for named in view.elements}
    # The indicator, now and in the frozen edition of the old paper.
    assert (
        Target.objects.get(indicator=indicator, period=target.period, until=None).source == f"decision:{decision.key}"
    )
    assert before.edition is not None
    for known_at, value in ((None, 98765.0), (before.edition.known_at, target.value)):
        [values] = monitor.values_of(monitor.find_indicators().filter(key=indicator.key), known_at)
        assert [goal.value for goal in values.goals if goal.period == target.period] == [value]
    # The old paper.
    after = paper_queries.find(board.office, "annual-plan", 2024)
    assert (after.content, after.through) == (kept, through)
    assert [t.amount for t in totals([Code.BUDGETED], where={"year": YEAR, "element": FROM}, through=through)] == [
        Decimal("120000.00")
    ]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Virement(YEAR, FROM, TO, "base", "staff", Decimal("120000.01")), "change 2 .*120000"),
        (Virement(YEAR, FROM, "task:gone", "base", "staff", Decimal("1.00")), "task:gone"),
        (BudgetDecided(2031), "no draft of the budget of 2031"),
        (BudgetDecided(YEAR, 9), "version 9 that is a draft"),
    ],
)
def test_money_that_cannot_move_undoes_all(board: Board, draft: Budget, change: Any, words: str) -> None:
    first = take(board, BudgetDecided(YEAR))
    numbers = Movement.objects.count()
    with pytest.raises(Refused, match=words) as caught:
        take(board, ElementChange("task:E3", {"title": "Anders"}), change)
    assert caught.value.troubles[0].reason is Reason.CHANGE
    assert [row.key for row in Decision.objects.all()] == [first.key]
    assert Movement.objects.count() == numbers
    assert agenda.find("task:E3").title != {"mul": "Anders"}


def test_a_confidential_decision_tells_the_ledger_nothing(board: Board, draft: Budget) -> None:
    take(board, BudgetDecided(YEAR))
    decision = take(board, MOVE, confidential="negotiations")
    [movement] = Movement.objects.filter(sort=Sort.VIREMENT)
    assert movement.decision == decision.key
    assert "Schuif" not in movement.words


def test_a_virement_can_be_undone_and_both_stay(board: Board, draft: Budget) -> None:
    take(board, BudgetDecided(YEAR))
    take(board, MOVE)
    [movement] = Movement.objects.filter(sort=Sort.VIREMENT)
    with pytest.raises(Unbalanced, match="of the budget of"):
        correct(by=board.office, number=movement.number, why="wrong task")
    budgets.move(by=board.office, year=YEAR, source=TO, target=FROM, fund="base", cost="staff", amount=MOVE.amount)
    assert Movement.objects.filter(sort=Sort.VIREMENT).count() == 2
    assert (budgeted(FROM), budgeted(TO)) == (Decimal("120000.00"), Decimal("30000.00"))


def test_the_demonstration_shifts_money_and_enters_what_was_decided(
    board: Board, draft: Budget, indicator: Indicator, settings: Any, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    Budget.objects.filter(pk=draft.pk).update(demo=True)
    budgets.decide(by=board.office, budget=draft, decision="2022-01")
    partners = [partner.key for partner in agenda.elements(Kind.PARTNER)]
    Person.objects.update(demo=True)
    people.load(by=BY, organisations=partners, force=True)
    demo.load(by=BY)
    views = {view.key: view for view in queries.register(BY)}
    assert views["2022-01"].changes[0]["sort"] == "budget"
    assert (views["2022-01"].day, views["2022-01"].demo) == (date(2022, 12, 15), True)
    [shift] = [view for view in views.values() if {c["sort"] for c in view.changes} == {"virement"}]
    assert shift.key == Movement.objects.get(sort=Sort.VIREMENT).decision
    assert budgeted(FROM) == Decimal("70000.00")

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The ledger balances, keeps what was booked, and adds up, whatever is done with it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F, Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mainport.core.models import AuditEvent
from mainport.core.rules.permissions import NotAllowed
from mainport.cycle.actions.ledger import BookedAlready, Unbalanced, book, correct
from mainport.cycle.models import Book, Cell, Movement, Transfer
from mainport.cycle.models.euro import EuroField
from mainport.cycle.queries.totals import totals
from mainport.cycle.rules.chart import Code
from mainport.cycle.rules.ledger import Cell as At
from mainport.cycle.rules.ledger import Movement as Draft
from mainport.cycle.rules.ledger import Sort, memorandum
from mainport.cycle.rules.ledger import Transfer as Step
from tests.conftest import BY

pytestmark = pytest.mark.django_db

CODES = [Code.BANK, Code.EXPENDITURE, Code.CONTRIBUTION, Code.PAYABLE]


def spending(reference: str, amount: str = "10.05", *, on: date = date(2023, 5, 1), element: str = "task:K1") -> Draft:
    step = Step(At(Code.EXPENDITURE, 2023, element=element), At(Code.BANK, 2023), Decimal(amount))
    return Draft(Sort.PAYMENT, on, "a payment", (step,), reference)


def put(*drafts: Draft) -> list[Movement]:
    with transaction.atomic():
        return book(by=BY, movements=drafts)


def assert_whole() -> None:
    """Debits equal credits, and the running totals are those of the transfers."""
    for cell in Cell.objects.all():
        for side, kept in (("debit", cell.debits), ("credit", cell.credits)):
            rows = Transfer.objects.filter(**{side: cell}).values_list("amount", flat=True)
            assert sum(rows, Decimal(0)) == kept, (cell, side)
    sums = Cell.objects.aggregate(d=Sum("debits", output_field=EuroField()), c=Sum("credits", output_field=EuroField()))
    assert sums["d"] == sums["c"]
    assert list(Movement.objects.order_by("number").values_list("number", flat=True)) == list(
        range(1, Movement.objects.count() + 1)
    )


cells = st.builds(
    At,
    code=st.sampled_from(CODES),
    year=st.sampled_from([2022, 2023]),
    element=st.sampled_from(["", "task:K1", "task:K2"]),
    fund=st.sampled_from(["", "base", "jtf"]),
)
amounts = st.decimals(min_value="0.01", max_value="99999.99", places=2)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    steps=st.lists(
        st.tuples(st.lists(st.tuples(cells, cells, amounts), min_size=1, max_size=4), st.booleans()), max_size=8
    )
)
def test_any_sequence_of_movements_and_corrections_balances(steps: list[Any]) -> None:
    with transaction.atomic():
        for number, (rows, undo) in enumerate(steps):
            transfers = tuple(Step(a, b, amount) for a, b, amount in rows if a != b)
            if not transfers:
                continue
            [row] = book(by=BY, movements=[Draft(Sort.BANK, date(2023, 1, 1), "any", transfers, f"reference {number}")])
            if undo:
                correct(by=BY, number=row.number, why="wrong")
        assert_whole()
        parts: defaultdict[Code, Decimal] = defaultdict(Decimal)
        for total in totals(CODES, by=("year", "element", "fund")):
            parts[total.code] += total.amount
        assert dict(parts) == {total.code: total.amount for total in totals(CODES)}
        last = Book.objects.filter(pk=1).values_list("last_number", flat=True).first() or 0
        assert totals(CODES, by=("element",), through=last) == totals(CODES, by=("element",))
        transaction.set_rollback(True)


def test_sums_of_cents_are_exact() -> None:
    put(*[spending(f"r{n}", "0.10") for n in range(30)])
    [total] = totals([Code.EXPENDITURE])
    assert total.amount == Decimal("3.00")


def test_a_correction_takes_back_and_both_stay() -> None:
    [row] = put(spending("one"))
    undoing = correct(by=BY, number=row.number, why="wrong task")
    assert totals([Code.EXPENDITURE])[0].amount == 0
    assert undoing.corrects_id == row.pk
    assert AuditEvent.objects.filter(action="ledger.correct", subject="movement:1", why="wrong task").exists()
    with pytest.raises(BookedAlready):
        correct(by=BY, number=row.number, why="again")
    assert_whole()


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        (spending("r", "-5.00"), "expected an amount above zero"),
        (spending("r", "0.001"), "parts of a cent"),
        (Draft(Sort.BANK, date(2023, 1, 1), "", (), "r"), "transfers: found none"),
        (
            Draft(Sort.BANK, date(2023, 1, 1), "", (Step(At(Code.BANK, 2023), At(Code.BANK, 2023), Decimal(1)),), "r"),
            "the same cell on both sides",
        ),
        (
            Draft(
                Sort.BANK, date(2023, 1, 1), "", (Step(At(Code.BANK, 2023), At(Code.PLEDGED, 2023), Decimal(1)),), "r"
            ),
            "memorandum to its counter",
        ),
    ],
)
def test_what_cannot_be_booked_is_refused_whole(draft: Draft, said: str) -> None:
    with pytest.raises(Unbalanced, match=said):
        put(spending("good"), draft)
    assert not Movement.objects.exists()
    assert not Cell.objects.exists()


def test_a_reference_is_booked_once() -> None:
    put(spending("once"))
    with pytest.raises(BookedAlready, match="number 1"):
        put(spending("twice"), spending("once"))
    assert Movement.objects.count() == 1


def test_a_closed_year_takes_no_money_but_takes_what_is_said() -> None:
    put(spending("open"))
    Book.objects.update(closed_year=2023)
    with pytest.raises(Unbalanced, match="that year is closed"):
        put(spending("late"))
    said = memorandum(Code.PLEDGED, Decimal(5), At(Code.PLEDGED, 2023, party="rug"))
    put(Draft(Sort.PLEDGE, date(2023, 1, 1), "pledge", (said,), "pledge"))
    assert totals([Code.PLEDGED])[0].amount == 5


def test_only_who_may_book_corrects(cast: Any) -> None:
    [row] = put(spending("one"))
    with pytest.raises(NotAllowed):
        correct(by=cast.alice.actor, number=row.number, why="mine")


@pytest.mark.parametrize("model", [Movement, Transfer])
def test_the_database_refuses_to_change_or_delete(model: Any) -> None:
    put(spending("kept"))
    field = "words" if model is Movement else "amount"
    value = "changed" if model is Movement else F("debit")
    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
        model.objects.update(**{field: value})
    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
        model.objects.all()._raw_delete(connection.alias)
    assert model.objects.count() == 1


@pytest.mark.parametrize(("statement", "at"), [*(("bulk_create", at) for at in (1, 2, 3, 4)), ("update", 1)])
def test_a_crash_between_two_statements_leaves_nothing_half(statement: str, at: int, monkeypatch: Any) -> None:
    put(spending("before"))
    from django.db.models.query import QuerySet

    seen = 0
    real = getattr(QuerySet, statement)

    def breaks(self: Any, *args: Any, **kwargs: Any) -> Any:
        nonlocal seen
        seen += 1
        result = real(self, *args, **kwargs)
        if seen == at:
            raise OSError("the machine stopped")
        return result

    monkeypatch.setattr(QuerySet, statement, breaks)
    with pytest.raises(OSError, match="stopped"):
        put(spending("after", element="task:K2"))
    monkeypatch.undo()
    assert Movement.objects.count() == 1
    assert_whole()
    put(spending("after", element="task:K2"))
    assert_whole()

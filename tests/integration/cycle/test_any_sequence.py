# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Whatever is done with the money, in whatever order: the ledger balances, sub-totals are the sums of their parts,
and a deed that fails anywhere leaves nothing behind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.db.models.query import QuerySet
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mainport.agenda.rules.elements import Agenda
from mainport.core.models import AuditEvent
from mainport.cycle.actions import bank, budgets, commitments, grants, invoices, ledger, parties, pledges, years
from mainport.cycle.models import (
    BankFile,
    BankLine,
    Budget,
    BudgetLine,
    Cell,
    Commitment,
    Grant,
    Invoice,
    Movement,
    Party,
    Transfer,
)
from mainport.cycle.queries.totals import DIMENSIONS, totals
from mainport.cycle.rules.chart import Code
from mainport.cycle.rules.statements import Line, Statement
from tests.conftest import BY
from tests.integration.cycle.test_money import OWN, bill

pytestmark = pytest.mark.django_db

D = Decimal
TASKS = ["task:K1", "task:K2", "task:E1"]
FUNDS = ["base", "jtf"]
DAY = date(2023, 5, 1)

Deed = Callable[[int, Decimal], Any]


def _pick(rows: Any, number: int) -> Any:
    found = list(rows.order_by("pk"))
    return found[number % len(found)] if found else None


def _draft_line(n: int, amount: Decimal) -> None:
    budget = budgets.draft(by=BY, year=2023)
    budgets.put_line(
        by=BY, budget=budget, element=TASKS[n % 3], fund=FUNDS[n % 2], cost=["staff", "ict"][n % 2], amount=amount
    )


def _on(model: Any, deed: Callable[..., Any], **where: Any) -> Deed:
    def do(n: int, amount: Decimal) -> Any:
        row = _pick(model.objects.filter(**where), n)
        return deed(row, n, amount) if row is not None else None

    return do


def _statement(n: int, amount: Decimal) -> None:
    last = BankFile.objects.order_by("-end").first()
    start = last.end + timedelta(days=1) if last else DAY
    opening = last.closing if last else D("0.00")
    invoice = _pick(Invoice.objects.filter(state="open"), n)
    paid = amount if n % 3 else -amount
    words = invoice.number if invoice else ""
    if invoice and n % 2:
        left = invoice.total - invoice.paid
        paid = left if invoice.direction == "sent" else -left
    line = Line(1, start, paid, words=words)
    number = f"s{BankFile.objects.count()}"
    bank.import_statement(by=BY, statement=Statement(number, OWN, start, start, opening, opening + paid, (line,)))


DEEDS: dict[str, Deed] = {
    "pledges": lambda n, amount: pledges.book_pledges(by=BY),
    "budget line": _draft_line,
    "decide": _on(Budget, lambda row, n, amount: budgets.decide(by=BY, budget=row), state="draft"),
    "move": lambda n, amount: budgets.move(
        by=BY, year=2023, source=TASKS[n % 3], target=TASKS[(n + 1) % 3], fund=FUNDS[n % 2], cost="", amount=amount
    ),
    "ask": _on(Party, lambda row, n, amount: invoices.send_contribution(by=BY, party=row, year=2022 + n % 4, on=DAY)),
    "receive": lambda n, amount: invoices.receive(by=BY, invoice=bill(f"F{n}", str(amount))),
    "accept": _on(
        Invoice,
        lambda row, n, amount: invoices.accept(
            by=BY, invoice=row, year=2023, element=TASKS[n % 3], fund=FUNDS[n % 2], cost="staff"
        ),
        state="waiting",
    ),
    "accept on order": _on(
        Invoice,
        lambda row, n, amount: invoices.accept(
            by=BY, invoice=row, commitment=_pick(Commitment.objects.filter(party=row.party), n)
        ),
        state="waiting",
    ),
    "refuse": _on(
        Invoice, lambda row, n, amount: invoices.refuse_invoice(by=BY, invoice=row, reason="no"), state="waiting"
    ),
    "cancel": _on(Invoice, lambda row, n, amount: invoices.cancel(by=BY, invoice=row, why="no"), state="open"),
    "commit": _on(
        Party,
        lambda row, n, amount: commitments.commit(
            by=BY, party=row, year=2023, element=TASKS[n % 3], fund="base", cost="hired", amount=amount, words="order"
        ),
        kvk="12345678",
    ),
    "close order": _on(
        Commitment, lambda row, n, amount: commitments.close(by=BY, commitment=row, why="done"), closed_at=None
    ),
    "seek": lambda n, amount: grants.apply(
        by=BY, title={"nl": "subsidie"}, fund="jtf", element=TASKS[n % 3], year=2023, amount=amount, asked_on=DAY
    ),
    "award": _on(
        Grant, lambda row, n, amount: grants.award(by=BY, grant=row, amount=amount, decided_on=DAY), state="sought"
    ),
    "no": _on(Grant, lambda row, n, amount: grants.refuse_grant(by=BY, grant=row, decided_on=DAY), state="sought"),
    "claim": _on(Grant, lambda row, n, amount: grants.claim(by=BY, grant=row, amount=amount, on=DAY), state="promised"),
    "settle": _on(Grant, lambda row, n, amount: grants.settle(by=BY, grant=row), state="promised"),
    "bank": _statement,
    "fee": lambda n, amount: _statement(6, amount),
    "assign": _on(
        BankLine,
        lambda row, n, amount: bank.assign(by=BY, line=row, invoice=_pick(Invoice.objects.filter(state="open"), n)),
        assigned=None,
    ),
    "cost of the bank": _on(
        BankLine,
        lambda row, n, amount: bank.spend(
            by=BY, line=row, year=2023, element=TASKS[n % 3], fund="base", cost="other", words="bank"
        ),
        assigned=None,
        amount__lt=0,
    ),
    "unassign": _on(BankLine, lambda row, n, amount: bank.unassign(by=BY, line=row, why="no"), assigned__isnull=False),
    "correct": _on(
        Movement,
        lambda row, n, amount: ledger.correct(by=BY, number=row.number, why="wrong"),
    ),
    "close": lambda n, amount: years.close_year(by=BY, year=2022 + n % 2),
}

#: What must have been done for a deed to be possible.
READY = {
    "decide": ("budget line",),
    "move": ("budget line", "decide"),
    "ask": ("pledges",),
    "accept": ("receive",),
    "accept on order": ("receive", "commit"),
    "close order": ("commit",),
    "cost of the bank": ("fee",),
    "refuse": ("receive",),
    "cancel": ("receive", "accept"),
    "award": ("seek",),
    "no": ("seek",),
    "claim": ("seek", "award"),
    "settle": ("seek", "award"),
    "assign": ("pledges", "bank", "ask"),
    "unassign": ("pledges", "ask", "bank"),
    "correct": ("pledges",),
}

steps = st.lists(
    st.tuples(
        st.sampled_from(sorted(DEEDS)),
        st.integers(0, 11),
        st.decimals(min_value="0.01", max_value="5000.00", places=2),
    ),
    min_size=1,
    max_size=40,
)


@pytest.fixture(autouse=True)
def stage(groningen: Agenda, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    parties.add_party(by=BY, name="Voorbeeld BV", kvk="12345678")


def attempt(name: str, number: int, amount: Decimal) -> None:
    """Do it, or be refused as a whole."""
    try:
        with transaction.atomic():
            DEEDS[name](number, amount)
    except (ValueError, AttributeError):  # No open invoice to assign to is no attribute of None.
        return


def assert_whole() -> None:
    cells = {cell.pk: cell for cell in Cell.objects.all()}
    debits = dict.fromkeys(cells, D(0))
    credits_ = dict.fromkeys(cells, D(0))
    for debit, credit, amount in Transfer.objects.values_list("debit_id", "credit_id", "amount"):
        debits[debit] += amount
        credits_[credit] += amount
    assert {pk: (cell.debits, cell.credits) for pk, cell in cells.items()} == {
        pk: (debits[pk], credits_[pk]) for pk in cells
    }
    whole = {total.code: total.amount for total in totals(Code)}
    for dimension in DIMENSIONS:
        parts: dict[Code, Decimal] = {}
        for total in totals(Code, by=(dimension,)):
            parts[total.code] = parts.get(total.code, D(0)) + total.amount
        assert parts == whole, dimension
    in_force = BudgetLine.objects.filter(budget__state="decided").values_list("amount", flat=True)
    assert sum(in_force, D(0)) == whole.get(Code.BUDGETED, 0)
    assert whole.get(Code.COMMITTED, 0) == sum(map(commitments.outstanding, Commitment.objects.all()))
    seeking = Grant.objects.filter(state="sought").values_list("sought", flat=True)
    assert whole.get(Code.SOUGHT, 0) == sum(seeking, D(0))
    for code, direction in ((Code.RECEIVABLE, "sent"), (Code.PAYABLE, "received")):
        owed = Invoice.objects.filter(direction=direction, state="open").values_list("total", "paid")
        assert whole.get(code, 0) == sum((total - paid for total, paid in owed), D(0))
    for invoice in Invoice.objects.filter(state__in=["open", "paid"]):
        lines = invoice.bank_lines.exclude(assigned=None)
        assert sum((abs(line.amount) for line in lines), D(0)) == invoice.paid
    waiting = BankLine.objects.filter(assigned=None).values_list("amount", flat=True)
    assert whole.get(Code.SUSPENSE, D(0)) == -sum(waiting, D(0))
    last = BankFile.objects.order_by("-end").first()
    assert whole.get(Code.BANK, D(0)) == (last.closing if last else 0)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(deeds=steps)
def test_any_sequence_leaves_the_ledger_whole(deeds: list[tuple[str, int, Decimal]]) -> None:
    with transaction.atomic():
        for deed in deeds:
            attempt(*deed)
        assert_whole()
        numbers = list(Movement.objects.order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))
        transaction.set_rollback(True)


class Stopped(Exception):
    """The machine stopped."""


def _state() -> dict[str, int]:
    models = (Movement, Transfer, Cell, Invoice, BankFile, BankLine, Grant, Budget, BudgetLine, AuditEvent)
    return {model.__name__: model.objects.count() for model in models}


@pytest.mark.parametrize("name", sorted(DEEDS))
def test_a_stop_between_any_two_writes_leaves_nothing(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The deed is tried with the machine stopping at its first write, its second, and so on until it gets through."""
    for prepare in READY.get(name, ()):
        attempt(prepare, 2, D("1000.00"))
    before, at = _state(), 0
    while True:
        at += 1
        with transaction.atomic():
            done = _try_with_stop(name, at, monkeypatch)
            if done:
                assert_whole()
            else:
                assert _state() == before
            transaction.set_rollback(True)
        if done or at > 60:
            break
    assert done
    assert at > 1, "the deed was refused before it wrote anything"


def _try_with_stop(name: str, at: int, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether the deed got through before the machine would stop at write number `at`."""
    seen = 0

    def stopping(real: Any) -> Any:
        def write(self: Any, *args: Any, **kwargs: Any) -> Any:
            nonlocal seen
            seen += 1
            if seen == at:
                raise Stopped
            return real(self, *args, **kwargs)

        return write

    with monkeypatch.context() as patch:
        for method in ("_insert", "bulk_update", "update", "_update"):
            patch.setattr(QuerySet, method, stopping(getattr(QuerySet, method)))
        try:
            attempt(name, 2, D("1000.00"))
        except Stopped:
            return False
    return True

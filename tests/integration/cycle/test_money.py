# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A year of money, from pledge to payment; and what is refused, with nothing stored."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from importlib import resources
from typing import Any

import pytest
from django.utils import timezone

from mainport.agenda import queries as agenda
from mainport.agenda.models import Element
from mainport.agenda.rules.document import read
from mainport.agenda.rules.elements import Agenda
from mainport.agenda.rules.faults import AgendaError
from mainport.core.models import AuditEvent
from mainport.core.rules.permissions import NotAllowed
from mainport.cycle.actions import bank, budgets, commitments, grants, invoices, ledger, parties, pledges, years
from mainport.cycle.actions.ledger import Unbalanced
from mainport.cycle.models import BankFile, BankLine, Budget, Invoice, Movement, Party
from mainport.cycle.queries.totals import totals
from mainport.cycle.rules import invoices as parsed
from mainport.cycle.rules.chart import Code
from mainport.cycle.rules.refusals import Refused
from mainport.cycle.rules.statements import Line, Statement
from tests.conftest import BY

pytestmark = pytest.mark.django_db

D = Decimal
OWN = "NL91ABNA0417164300"
CITY = "NL20INGB0001234567"
RUG = "NL69INGB0123456789"
SUPPLIER = "NL02ABNA0123456789"
MARCH = date(2023, 3, 1)


@pytest.fixture(autouse=True)
def stage(groningen: Agenda, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def standing(code: Code, **where: Any) -> Decimal:
    return sum((total.amount for total in totals([code], where=where)), D(0))


def contributor(key: str = "gemeente-groningen") -> Party:
    pledges.book_pledges(by=BY)
    return Party.objects.get(element=f"contribution:{key}")


def statement(
    *amounts: tuple[str, str, str], number: str = "1", opening: str = "0.00", start: date = MARCH
) -> Statement:
    """Lines as (amount, account of the other side, words)."""
    lines = tuple(
        Line(position=n, booked_on=start + timedelta(days=n), amount=D(amount), counter_iban=iban, words=words)
        for n, (amount, iban, words) in enumerate(amounts, 1)
    )
    closing = D(opening) + sum((line.amount for line in lines), D(0))
    return Statement(number, OWN, start, start + timedelta(days=27), D(opening), closing, lines)


def bill(number: str = "F1", total: str = "121.00", *, seller: str = "Voorbeeld BV", **fields: Any) -> parsed.Invoice:
    """An invoice of a supplier, as the reader gives it."""
    net = (D(total) / D("1.21")).quantize(D("0.01"))
    values: dict[str, Any] = {
        "number": number,
        "date": MARCH,
        "due": MARCH + timedelta(days=30),
        "seller": parsed.PartyData(seller, kvk="12345678"),
        "buyer": parsed.PartyData("Akkoord van Groningen"),
        "lines": (parsed.InvoiceLine("1", "Onderzoek", net, percent=D(21)),),
        "vat": (parsed.VatLine(net, D(total) - net, percent=D(21)),),
        "line_total": net,
        "net": net,
        "vat_total": D(total) - net,
        "total": D(total),
        "payable": D(total),
        "iban": SUPPLIER,
    }
    return parsed.Invoice(**(values | fields))


def budget(*lines: tuple[str, str, str], year: int = 2023) -> Budget:
    made = budgets.draft(by=BY, year=year)
    for element, fund, amount in lines:
        budgets.put_line(by=BY, budget=made, element=element, fund=fund, cost="staff", amount=D(amount))
    return budgets.decide(by=BY, budget=made, decision="2023-01")


# --- Pledges ---


def test_the_pledges_of_the_agenda_are_those_of_seven_contributors_for_four_years() -> None:
    pledges.book_pledges(by=BY)
    assert standing(Code.PLEDGED) == D("4200000")
    assert {total.key[0]: total.amount for total in totals([Code.PLEDGED], by=("year",))} == dict.fromkeys(
        (2022, 2023, 2024, 2025), D("1050000")
    )
    assert len(totals([Code.PLEDGED], by=("party",))) == 7
    assert pledges.book_pledges(by=BY) == []


def test_a_contribution_that_was_changed_books_the_difference() -> None:
    pledges.book_pledges(by=BY)
    rug = agenda.find("contribution:rug")
    rug.attributes |= {"per_year": 100000, "total": 400000}
    rug.save()
    assert len(pledges.book_pledges(by=BY)) == 4
    party = Party.objects.get(element="contribution:rug")
    assert standing(Code.PLEDGED, party=party.key) == D("400000")
    assert standing(Code.PLEDGED) == D("4100000")
    Element.objects.filter(pk=rug.pk).update(removed_at=timezone.now())
    pledges.book_pledges(by=BY)
    assert standing(Code.PLEDGED, party=party.key) == 0
    assert pledges.book_pledges(by=BY) == []


def test_a_pledge_that_was_undone_is_booked_again() -> None:
    pledges.book_pledges(by=BY)
    ledger.correct(by=BY, number=1, why="wrong")
    assert standing(Code.PLEDGED) < D("4200000")
    [again] = pledges.book_pledges(by=BY)
    assert again.reference.endswith(":2")
    assert standing(Code.PLEDGED) == D("4200000")


def test_a_negative_pledge_is_refused_with_the_agenda() -> None:
    content = (resources.files("mainport.agenda") / "data" / "groningen-2022-2026.yaml").read_text("utf-8")
    with pytest.raises(AgendaError, match="-125000"):
        read(content.replace("per_year: 125000", "per_year: -125000", 1))


# --- Budget ---


def test_a_budget_is_decided_amended_and_moved() -> None:
    first = budget(("task:K1", "base", "100000"), ("task:K2", "jtf", "60000"))
    assert standing(Code.BUDGETED, year=2023) == D("160000")
    amended = budgets.draft(by=BY, year=2023)
    line = amended.lines.get(element="task:K2")
    budgets.put_line(by=BY, budget=amended, element="task:K2", fund="jtf", cost="staff", amount=D("50000"))
    budgets.put_line(by=BY, budget=amended, element="goal:labour", fund="base", cost="events", amount=D("5000"))
    budgets.drop_line(by=BY, line=amended.lines.get(element="goal:labour"))
    assert line.amount == D("60000")
    budgets.decide(by=BY, budget=amended)
    first.refresh_from_db()
    assert first.state == Budget.State.AMENDED
    assert standing(Code.BUDGETED, year=2023) == D("150000")
    moved = budgets.move(
        by=BY,
        year=2023,
        source="task:K1",
        target="task:K2",
        fund="base",
        cost="",
        amount=D("50000"),
        decision="2023-07",
    )
    assert (moved.version, moved.state) == (3, Budget.State.DECIDED)
    assert standing(Code.BUDGETED, year=2023, element="task:K1") == D("50000")
    assert standing(Code.BUDGETED, year=2023, element="task:K2") == D("100000")
    assert Movement.objects.get(sort="virement").decision == "2023-07"
    assert sum(line.amount for line in moved.lines.all()) == D("150000")


def test_no_more_is_moved_than_stands_there() -> None:
    budget(("task:K1", "base", "100"))
    with pytest.raises(Refused, match=r"at most 100\.00"):
        budgets.move(by=BY, year=2023, source="task:K1", target="task:K2", fund="base", cost="", amount=D("100.01"))
    assert Budget.objects.count() == 1


# --- Income ---


def test_a_contribution_is_asked_and_paid() -> None:
    city = contributor()
    parties.set_account(by=BY, party=city, iban=CITY)
    sent = invoices.send_contribution(by=BY, party=city, year=2023, on=MARCH)
    assert (sent.number, sent.total) == ("2023-0001", D("300000"))
    bank.import_statement(by=BY, statement=statement(("300000.00", CITY, "Factuur 2023-0001")))
    sent.refresh_from_db()
    assert sent.state == Invoice.State.PAID
    assert standing(Code.BANK) == D("300000")
    assert standing(Code.RECEIVABLE) == standing(Code.SUSPENSE) == 0
    with pytest.raises(Refused, match="asked already"):
        invoices.send_contribution(by=BY, party=city, year=2023, on=MARCH)


def test_a_payment_of_another_partner_is_not_assigned() -> None:
    city, rug = contributor(), contributor("rug")
    parties.set_account(by=BY, party=city, iban=CITY)
    parties.set_account(by=BY, party=rug, iban=RUG)
    sent = invoices.send_contribution(by=BY, party=city, year=2023, on=MARCH)
    bank.import_statement(by=BY, statement=statement(("300000.00", RUG, "Factuur 2023-0001")))
    line = BankLine.objects.get()
    assert line.assigned is None
    with pytest.raises(Refused, match="a payment by the account of"):
        bank.assign(by=BY, line=line, invoice=sent)
    sent.refresh_from_db()
    assert sent.paid == 0
    assert standing(Code.SUSPENSE) == D("-300000")


def test_a_grant_is_sought_promised_claimed_and_settled() -> None:
    made = grants.apply(
        by=BY,
        title={"nl": "Waterstof leren"},
        fund="jtf",
        element="task:E1",
        year=2023,
        amount=D("80000"),
        asked_on=MARCH,
        conditions=[("Tussenrapport", date(2023, 9, 1))],
    )
    assert standing(Code.SOUGHT, element="task:E1") == D("80000")
    made = grants.award(by=BY, grant=made, amount=D("60000"), decided_on=date(2023, 4, 1))
    assert (standing(Code.SOUGHT), standing(Code.PROMISED)) == (D(0), D("60000"))
    claim = grants.claim(by=BY, grant=made, amount=D("45000"), on=date(2023, 6, 1))
    with pytest.raises(Refused, match="at most 15000"):
        grants.claim(by=BY, grant=made, amount=D("15000.01"), on=date(2023, 6, 1))
    bank.import_statement(by=BY, statement=statement(("45000.00", "", f"Declaratie {claim.number}")))
    with pytest.raises(Refused, match="1 not met"):
        grants.settle(by=BY, grant=made)
    grants.meet_condition(by=BY, condition=made.conditions.get(), met_on=date(2023, 8, 1))
    grants.settle(by=BY, grant=made)
    assert standing(Code.PROMISED) == standing(Code.COFINANCING) == D("45000")


# --- Spending ---


def test_an_invoice_is_received_accepted_against_an_order_and_paid() -> None:
    waiting = invoices.receive(by=BY, invoice=bill())
    order = commitments.commit(
        by=BY,
        party=waiting.party,
        year=2023,
        element="task:K1",
        fund="base",
        cost="research",
        amount=D("200"),
        words="Onderzoek",
        on=MARCH,
    )
    opened = invoices.accept(by=BY, invoice=waiting, commitment=order)
    assert standing(Code.EXPENDITURE, element="task:K1", cost="research") == D("121")
    assert standing(Code.COMMITTED) == D("79")
    bank.import_statement(by=BY, statement=statement(("-121.00", SUPPLIER, "uw factuur"), opening="500.00"))
    opened.refresh_from_db()
    assert opened.state == Invoice.State.PAID
    assert standing(Code.PAYABLE) == 0
    commitments.close(by=BY, commitment=order, why="Klaar")
    assert standing(Code.COMMITTED) == 0


def test_a_payment_that_was_assigned_wrongly_waits_again() -> None:
    paid = invoices.accept(
        by=BY, invoice=invoices.receive(by=BY, invoice=bill()), year=2023, element="task:K1", fund="base", cost="ict"
    )
    bank.import_statement(by=BY, statement=statement(("-121.00", SUPPLIER, ""), opening="500.00"))
    line = BankLine.objects.get()
    bank.unassign(by=BY, line=line, why="Andere factuur")
    paid.refresh_from_db()
    assert (paid.state, paid.paid) == (Invoice.State.OPEN, 0)
    bank.assign(by=BY, line=line, invoice=paid)
    paid.refresh_from_db()
    assert paid.state == Invoice.State.PAID
    assert standing(Code.PAYABLE) == standing(Code.SUSPENSE) == 0


def test_a_credit_note_takes_the_invoice_back() -> None:
    opened = invoices.accept(
        by=BY, invoice=invoices.receive(by=BY, invoice=bill()), year=2023, element="task:K1", fund="base", cost="ict"
    )
    invoices.receive(by=BY, invoice=bill("C1", is_credit=True, preceding=("F1",)))
    opened.refresh_from_db()
    assert opened.state == Invoice.State.CANCELLED
    assert standing(Code.EXPENDITURE) == standing(Code.PAYABLE) == 0


def test_a_year_is_closed_once_nothing_waits() -> None:
    bank.import_statement(by=BY, statement=statement(("-12.50", "", "Kosten bank"), opening="100.00"))
    with pytest.raises(Refused, match=r"12\.50 to be assigned"):
        years.close_year(by=BY, year=2023)
    bank.spend(
        by=BY,
        line=BankLine.objects.get(),
        year=2023,
        element="task:K1",
        fund="base",
        cost="other",
        words="Kosten van de bank",
    )
    years.close_year(by=BY, year=2023)
    with pytest.raises(Unbalanced, match="that year is closed"):
        invoices.send_contribution(by=BY, party=contributor(), year=2023, on=MARCH)


# --- Bad input ---


def refused_statement(fault: str) -> Callable[[], Any]:
    def give() -> Any:
        bank.import_statement(by=BY, statement=statement(("5.00", "", "")))
        later = date(2023, 4, 1)
        bad = {
            "twice": statement(("5.00", "", "")),
            "overlap": statement(("1.00", "", ""), number="2", opening="5.00", start=date(2023, 3, 20)),
            "gap": statement(("1.00", "", ""), number="2", opening="6.00", start=later),
        }
        return bank.import_statement(by=BY, statement=bad[fault])

    return give


@pytest.mark.parametrize(
    ("deed", "said"),
    [
        (refused_statement("twice"), "taken in on"),
        (refused_statement("overlap"), "where statement 1 ends"),
        (refused_statement("gap"), "the closing balance of 1"),
        (lambda: budget(("task:K1", "base", "-5")), "above zero"),
        (lambda: budget(("task:NOTHING", "base", "5")), "the uid of a goal"),
        (lambda: budget(("task:K1", "nothing", "5")), "the key of a fund"),
        (lambda: invoices.receive(by=BY, invoice=bill(total="0.00", seller="X")), "above zero"),
        (lambda: [invoices.receive(by=BY, invoice=bill()) for _ in range(2)], "a new invoice"),
        (lambda: parties.add_party(by=BY, name="X", iban="NL00ABNA0417164300"), "check digits"),
        (lambda: invoices.receive(by=BY, invoice=bill("C9", is_credit=True, preceding=("F9",))), "credit note"),
    ],
)
def test_what_is_wrong_is_refused(deed: Callable[[], Any], said: str) -> None:
    with pytest.raises(Refused, match=said):
        deed()


def test_only_who_may_book_does(cast: Any) -> None:
    for person in (cast.alice, cast.bob, cast.erin, cast.frank, cast.grace):
        with pytest.raises(NotAllowed):
            pledges.book_pledges(by=person.actor)
    assert pledges.book_pledges(by=cast.dave.actor)
    assert AuditEvent.objects.get(action="pledge.book").by_id == cast.dave.pk


def test_a_refused_statement_leaves_nothing() -> None:
    with pytest.raises(Refused):
        refused_statement("gap")()
    assert BankFile.objects.count() == 1
    assert Movement.objects.count() == 1


# --- Undoing ---


def committed() -> Decimal:
    return standing(Code.COMMITTED)


def test_an_order_is_bound_again_by_what_is_not_invoiced_without_the_cancelled_invoice() -> None:
    first, second = (invoices.receive(by=BY, invoice=bill(number, "80.00")) for number in ("F1", "F2"))
    order = commitments.commit(
        by=BY, party=first.party, year=2023, element="task:K1", fund="base", cost="ict", amount=D("100"), words="order"
    )
    first = invoices.accept(by=BY, invoice=first, commitment=order)
    second = invoices.accept(by=BY, invoice=second, commitment=order)
    assert committed() == 0
    invoices.cancel(by=BY, invoice=first, why="twice")
    assert committed() == commitments.outstanding(order) == D("20")
    order = commitments.close(by=BY, commitment=order, why="done")
    invoices.cancel(by=BY, invoice=second, why="wrong")
    assert committed() == commitments.outstanding(order) == 0
    assert standing(Code.EXPENDITURE) == standing(Code.PAYABLE) == 0


def test_what_something_booked_is_undone_there() -> None:
    budget(("task:K1", "base", "100"))
    opened = invoices.accept(
        by=BY, invoice=invoices.receive(by=BY, invoice=bill()), year=2023, element="task:K1", fund="base", cost="ict"
    )
    commitments.commit(
        by=BY, party=opened.party, year=2023, element="task:K1", fund="base", cost="ict", amount=D("9"), words="order"
    )
    grants.apply(
        by=BY, title={"nl": "x"}, fund="jtf", element="task:K1", year=2023, amount=D("9"), asked_on=date(2023, 1, 1)
    )
    bank.import_statement(by=BY, statement=statement(("5.00", "", "")))
    invoices.cancel(by=BY, invoice=opened, why="wrong")
    before = Movement.objects.count()
    for number in Movement.objects.values_list("number", flat=True):
        with pytest.raises(Unbalanced, match="undo that instead"):
            ledger.correct(by=BY, number=number, why="wrong")
    assert Movement.objects.count() == before == 6


def test_an_account_is_of_one_party() -> None:
    city, rug = contributor(), contributor("rug")
    bank.import_statement(by=BY, statement=statement(("5.00", "", "")))
    parties.set_account(by=BY, party=city, iban=CITY)
    parties.set_account(by=BY, party=city, iban=CITY)
    for deed in (
        lambda: parties.set_account(by=BY, party=rug, iban=CITY),
        lambda: parties.add_party(by=BY, name="Voorbeeld BV", iban=CITY),
        lambda: parties.set_account(by=BY, party=rug, iban=OWN),
        lambda: parties.set_own_account(by=BY, iban=CITY),
    ):
        with pytest.raises(Refused, match=r"the account of|our own account"):
            deed()
    rug.refresh_from_db()
    assert rug.iban == ""
    assert Party.objects.filter(name="Voorbeeld BV").count() == 0

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The books in the workspace: the ledger, budgets, grants, commitments, invoices, the bank, parties."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from mainport.cycle.actions import bank, budgets, commitments, grants, invoices, parties, pledges
from mainport.cycle.models import BankLine, Budget, Grant, Invoice, Movement, Party
from mainport.cycle.rules import invoices as parsed
from mainport.cycle.rules.statements import Line, Statement
from tests.conftest import BY
from tests.functional.matrix import Stage, page, row, table

OWN = "NL91ABNA0417164300"
SUPPLIER = "NL02ABNA0123456789"
MARCH = date(2023, 3, 1)
PURPOSE: dict[str, Any] = {"year": "2023", "element": "task:K1", "fund": "base", "cost": "staff"}


def pledge(_stage: Stage) -> int:
    return pledges.book_pledges(by=BY)[0].number


def bill(number: str = "F1") -> parsed.Invoice:
    """An invoice of a supplier, as the reader gives it."""
    net, vat = Decimal("100.00"), Decimal("21.00")
    return parsed.Invoice(
        number=number,
        date=MARCH,
        due=MARCH + timedelta(days=30),
        seller=parsed.PartyData("Voorbeeld BV", kvk="12345678"),
        buyer=parsed.PartyData("Akkoord van Groningen"),
        lines=(parsed.InvoiceLine("1", "Onderzoek", net, percent=Decimal(21)),),
        vat=(parsed.VatLine(net, vat, percent=Decimal(21)),),
        line_total=net,
        net=net,
        vat_total=vat,
        total=net + vat,
        payable=net + vat,
        iban=SUPPLIER,
        data=b"<Invoice/>",
    )


def supplier(_stage: Stage) -> str:
    return parties.add_party(by=BY, name="Voorbeeld BV", kvk="12345678").key


def a_draft(_stage: Stage | None = None) -> Budget:
    made = budgets.draft(by=BY, year=2023)
    budgets.put_line(by=BY, budget=made, element="task:K1", fund="base", cost="staff", amount=Decimal("50000"))
    return made


def draft(stage: Stage) -> int:
    return a_draft(stage).year


def draft_line(stage: Stage) -> int:
    return int(a_draft(stage).lines.get().pk)


def decided(stage: Stage) -> int:
    return budgets.decide(by=BY, budget=a_draft(stage)).year


def _grant() -> Grant:
    return grants.apply(
        by=BY,
        title={"nl": "Waterstof leren"},
        fund="jtf",
        element="task:E1",
        year=2023,
        amount=Decimal("80000"),
        asked_on=MARCH,
        conditions=[("Tussenrapport", date(2023, 9, 1))],
    )


def sought(_stage: Stage) -> str:
    return _grant().key


def promised(_stage: Stage) -> str:
    return grants.award(by=BY, grant=_grant(), amount=Decimal("60000"), decided_on=MARCH).key


def met(stage: Stage) -> str:
    """A grant that can be settled."""
    key = promised(stage)
    condition = Grant.objects.get(key=key).conditions.get()
    grants.meet_condition(by=BY, condition=condition, met_on=MARCH)
    return key


def condition(_stage: Stage) -> int:
    return int(_grant().conditions.get().pk)


def commitment(stage: Stage) -> str:
    party = Party.objects.get(key=supplier(stage))
    made = commitments.commit(by=BY, party=party, amount=Decimal("500"), words="Opdracht", **{**PURPOSE, "year": 2023})
    return made.key


def waiting(_stage: Stage) -> int:
    return int(invoices.receive(by=BY, invoice=bill()).pk)


def received(stage: Stage) -> int:
    row = Invoice.objects.get(pk=waiting(stage))
    return int(invoices.accept(by=BY, invoice=row, **{**PURPOSE, "year": 2023}).pk)


def sent(_stage: Stage) -> int:
    pledges.book_pledges(by=BY)
    city = Party.objects.get(element="contribution:gemeente-groningen")
    return int(invoices.send_contribution(by=BY, party=city, year=2023, on=MARCH).pk)


def _statement(amount: str, words: str = "") -> BankLine:
    line = Line(position=1, booked_on=MARCH, amount=Decimal(amount), words=words)
    whole = Statement("1", OWN, MARCH, MARCH, Decimal(0), Decimal(amount), (line,))
    return bank.import_statement(by=BY, statement=whole).lines.get()


def loose_line(_stage: Stage) -> int:
    """Money that went out, and nobody has said for what."""
    return int(_statement("-12.50", "Bankkosten").pk)


def line_with_invoice(stage: Stage) -> int:
    """Money that may have been for an invoice; which one isn't certain."""
    received(stage)
    return int(_statement("-121.00").pk)


def payment(_stage: Stage) -> dict[str, int]:
    return {"invoice": Invoice.objects.get().pk}


def open_invoice(_stage: Stage) -> int:
    return int(Invoice.objects.get().pk)


def assigned(stage: Stage) -> int:
    row = BankLine.objects.get(pk=line_with_invoice(stage))
    return int(bank.assign(by=BY, line=row, invoice=Invoice.objects.get()).pk)


def statement(stage: Stage) -> int:
    return int(BankLine.objects.get(pk=loose_line(stage)).file_id)


def invoice_movement(stage: Stage) -> int:
    """A movement that an invoice booked: it is undone by cancelling that."""
    received(stage)
    return Movement.objects.get(sort="invoice-received").number


def to_send(_stage: Stage) -> dict[str, Any]:
    pledges.book_pledges(by=BY)
    party = Party.objects.get(element="contribution:gemeente-groningen")
    return {"parties": [party.key], "on": "2023-03-01"}


def to_commit(stage: Stage) -> dict[str, Any]:
    return {**PURPOSE, "party": supplier(stage), "words": "Opdracht", "amount": "500", "on": "2023-03-01"}


MOVE = {
    "source": "task:K1",
    "target": "task:K2",
    "fund": "base",
    "amount": "10.000",
    "words": "Andere volgorde",
}
LINE = {"element": "task:K2", "fund": "jtf", "cost": "events", "amount": "1.250,50"}
APPLY = {
    "title_nl": "Waterstof",
    "fund": "jtf",
    "element": "task:E1",
    "year": "2023",
    "amount": "80000",
    "asked_on": "2023-03-01",
}
ADDRESS = {"street": "Straat 1", "postcode": "9700 AA", "city": "Groningen", "country": "NL"}
COSTS = {**PURPOSE, "words": "Bankkosten"}
WHY = {"why": "Vergissing"}
SURE = {"sure": "on"}
READ = "302     403   403     200 200  200  403   403"
OFFICE = "302     403   403     403 200  403  403   403"
BY_OFFICE = "302     403   403     403 302  403  403   403"
NOT_HERE = "302     403   403     403 404  403  403   403"

# fmt: off
ROWS = table(
    #                                                     visitor alice charlie bob dave erin frank grace
    page("books",                                    get=READ),
    row("pledge_book",                               get="405", post=BY_OFFICE),
    row("year_close", {"year": 2023},                get=OFFICE, post=BY_OFFICE, data=SURE),
    row("books_xaf", {"year": 2023},                 get=OFFICE),
    row("books_ledger_csv", {"year": 2023},          get=OFFICE),
    row("books_totals_csv", {"year": 2023},          get=OFFICE),
    page("ledger",                                   get=READ),
    page("movement", {"number": pledge},             get=READ),
    page("movement", {"number": invoice_movement},   get=READ),
    page("movement", {"number": 999999},             get="302     403   403     404 404  404  403   403"),
    row("movement_correct", {"number": pledge},      get=OFFICE, post=BY_OFFICE, data=WHY),
    row("movement_correct", {"number": invoice_movement}, get=NOT_HERE),
    page("budget_list",                              get=READ),
    page("budget", {"year": decided},                get=READ),
    page("budget", {"year": 1999},                   get="302     403   403     404 404  404  403   403"),
    row("budget_draft",                              get=OFFICE, post=BY_OFFICE, data={"year": "2023"}),
    row("budget_edit", {"year": draft},              get=OFFICE),
    row("budget_edit", {"year": decided},            get=NOT_HERE),
    row("budget_line", {"year": draft},              get=OFFICE, post=BY_OFFICE, data=LINE),
    row("budget_line_change", {"year": 2023, "pk": draft_line}, get=OFFICE, post=BY_OFFICE, data={"amount": "60000"}),
    row("budget_line_drop", {"year": 2023, "pk": draft_line}, get="405", post=BY_OFFICE),
    row("budget_drop", {"year": draft},              get=OFFICE, post=BY_OFFICE, data=WHY),
    row("budget_decide", {"year": draft},            get=OFFICE, post=BY_OFFICE, data=SURE),
    row("budget_move", {"year": decided},            get=OFFICE, post=BY_OFFICE, data=MOVE),
    row("budget_move", {"year": draft},              get=NOT_HERE),
    page("grant_list",                               get=READ),
    page("grant", {"key": promised},                 get=READ),
    page("grant", {"key": "nothing"},                get="302     403   403     404 404  404  403   403"),
    row("grant_apply",                               get=OFFICE, post=BY_OFFICE, data=APPLY),
    row("grant_award", {"key": sought},              get=OFFICE, post=BY_OFFICE,
        data={"amount": "60000", "decided_on": "2023-04-01"}),
    row("grant_award", {"key": promised},            get=NOT_HERE),
    row("grant_refuse", {"key": sought},             get=OFFICE, post=BY_OFFICE, data={"decided_on": "2023-04-01"}),
    row("grant_withdraw", {"key": sought},           get=OFFICE, post=BY_OFFICE, data=WHY),
    row("grant_claim", {"key": promised},            get=OFFICE, post=BY_OFFICE,
        data={"amount": "45000", "on": "2023-06-01"}),
    row("grant_settle", {"key": met},                get=OFFICE, post=BY_OFFICE, data=SURE),
    row("condition_meet", {"pk": condition},         get=OFFICE, post=BY_OFFICE, data={"met_on": "2023-08-01"}),
    page("commitment_list",                          get=OFFICE),
    row("commitment_add",                            get=OFFICE, post=BY_OFFICE, data=to_commit),
    row("commitment_close", {"key": commitment},     get=OFFICE, post=BY_OFFICE, data=WHY),
    row("commitment_close", {"key": "nothing"},      get=NOT_HERE),
    page("invoice_list",                             get=OFFICE),
    page("invoice", {"pk": waiting},                 get=OFFICE),
    page("invoice", {"pk": received},                get=OFFICE),
    page("invoice", {"pk": 0},                       get=NOT_HERE),
    row("invoice_file", {"pk": waiting},             get=OFFICE),
    row("invoice_file", {"pk": 0},                   get=NOT_HERE),
    row("invoice_upload",                            get=OFFICE),
    row("invoice_send",                              get=OFFICE),
    row("invoice_accept", {"pk": waiting},           get=OFFICE, post=BY_OFFICE, data=PURPOSE),
    row("invoice_accept", {"pk": received},          get=NOT_HERE),
    row("invoice_refuse", {"pk": waiting},           get=OFFICE, post=BY_OFFICE, data={"reason": "Niet besteld"}),
    row("invoice_cancel", {"pk": sent},              get=OFFICE, post=BY_OFFICE, data=WHY),
    page("bank_list",                                get=OFFICE),
    row("bank_upload",                               get=OFFICE),
    page("bank_statement", {"pk": statement},        get=OFFICE),
    page("bank_statement", {"pk": 0},                get=NOT_HERE),
    row("bank_line", {"pk": line_with_invoice},      get=OFFICE),
    row("bank_line", {"pk": assigned},               get=OFFICE),
    row("bank_assign", {"pk": line_with_invoice},    get=OFFICE, post=BY_OFFICE, data=payment),
    row("bank_assign", {"pk": assigned},             get=NOT_HERE),
    row("bank_accept", {"pk": line_with_invoice, "invoice": open_invoice}, get="405", post=BY_OFFICE),
    row("bank_spend", {"pk": loose_line},            get=OFFICE, post=BY_OFFICE, data=COSTS),
    row("bank_unassign", {"pk": assigned},           get=OFFICE, post=BY_OFFICE, data=WHY),
    page("party_list",                               get=OFFICE),
    row("party_add",                                 get=OFFICE, post=BY_OFFICE, data={"name": "Voorbeeld BV"}),
    row("party_account", {"key": supplier},          get=OFFICE, post=BY_OFFICE, data={"iban": SUPPLIER}),
    row("party_address", {"key": supplier},          get=OFFICE, post=BY_OFFICE, data=ADDRESS),
)

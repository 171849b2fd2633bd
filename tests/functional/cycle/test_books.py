# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The books in the workspace: a year through its pages, what is refused and how that is said, and how much is asked."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from mainport.agenda.rules.elements import Agenda
from mainport.cycle import demo
from mainport.cycle.actions import pledges
from mainport.cycle.models import BankFile, BankLine, Budget, Commitment, Grant, Invoice, Movement, Party
from mainport.cycle.queries.books import PAGE
from mainport.cycle.queries.totals import totals
from mainport.cycle.rules.chart import Code
from tests.conftest import BY, Cast

pytestmark = pytest.mark.django_db

DATA = Path(__file__).parents[2] / "data" / "cycle"
PURPOSE = {"year": "2023", "element": "task:K1", "fund": "base", "cost": "staff"}


@pytest.fixture(autouse=True)
def stage(groningen: Agenda, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def office(cast: Cast, as_person: Callable[..., Client]) -> Client:
    return as_person(cast.dave)


def at(name: str, **arguments: Any) -> str:
    with translation.override("en"):
        return reverse(name, kwargs=arguments or None)


def send(client: Client, address: str, **data: Any) -> str:
    """Send a form and read the page where it leads; it must have been taken."""
    response = client.post(address, data, follow=True)
    assert response.redirect_chain, response.content.decode()
    return response.content.decode()


def standing(code: Code, **where: Any) -> Decimal:
    return sum((total.amount for total in totals([code], where=where)), Decimal(0))


def csv_lines(client: Client, name: str) -> list[str]:
    return client.get(at(f"{name}_csv")).content.decode().splitlines()


# --- A year ---


def test_a_year_through_the_pages(office: Client) -> None:
    assert "28 pledges are booked" in send(office, at("pledge_book"))
    preview = office.get(f"{at('invoice_send')}?year=2023").content.decode()
    assert "1,050,000" in preview
    keys = [party.key for party in Party.objects.filter(element__startswith="contribution:")]
    send(office, f"{at('invoice_send')}?year=2023", parties=keys, on="2023-01-15")
    assert (Invoice.objects.count(), standing(Code.RECEIVABLE)) == (7, Decimal("1050000"))

    send(office, at("budget_draft"), year="2023")
    for element, amount in (("task:K1", "50.000"), ("task:K2", "30,000.50")):
        send(office, at("budget_line", year=2023), element=element, fund="base", cost="staff", amount=amount)
    line = Budget.objects.get().lines.get(element="task:K2")
    send(office, at("budget_line_change", year=2023, pk=line.pk), amount="30000")
    send(office, at("budget_decide", year=2023), sure="on")
    move = {"source": "task:K1", "target": "task:K2", "fund": "base", "amount": "10000", "words": "Anders"}
    send(office, at("budget_move", year=2023), **move)
    assert standing(Code.BUDGETED, element="task:K2") == Decimal("40000")
    page = office.get(at("budget", year=2023)).content.decode()
    assert "What changed since version 1" in page
    assert "+10,000" in page
    assert "-10,000" in page

    send(office, at("party_add"), name="Voorbeeld BV", kvk="90000001")
    order = {**PURPOSE, "party": "voorbeeld-bv", "words": "Opdracht", "amount": "€ 1.210", "on": "2023-02-01"}
    send(office, at("commitment_add"), **order)
    assert Commitment.objects.get().amount == Decimal("1210")
    send(office, at("commitment_close", key=Commitment.objects.get().key), why="Niet doorgegaan")
    assert standing(Code.COMMITTED) == 0


def test_a_grant_through_the_pages(office: Client) -> None:
    asked = {"title_nl": "Waterstof", "fund": "jtf", "element": "task:E1", "year": "2023", "asked_on": "2023-03-01"}
    send(office, at("grant_apply"), **asked, amount="80000", condition_1="Rapport", due_1="2023-09-01")
    grant = Grant.objects.get()
    send(office, at("grant_award", key=grant.key), amount="60000", decided_on="2023-04-01")
    response = office.post(at("grant_claim", key=grant.key), {"amount": "60000.01", "on": "2023-06-01"})
    assert "of the grant €60,000 is left" in response.content.decode()
    assert "number 2023-0001" in send(office, at("grant_claim", key=grant.key), amount="60000", on="2023-06-01")
    refused = office.post(at("grant_settle", key=grant.key), {"sure": "on"}).content.decode()
    assert "Not all conditions of the fund are met." in refused
    assert "passed" in office.get(at("grant_list")).content.decode()


# --- Files ---


def test_statements_are_taken_in_once(office: Client) -> None:
    data = (DATA / "camt053-08.xml").read_bytes()
    page = send(office, at("bank_upload"), file=SimpleUploadedFile("maart.xml", data))
    assert BankFile.objects.exists()
    assert "To be assigned" in page
    files, booked = BankFile.objects.count(), Movement.objects.count()
    again = office.post(at("bank_upload"), {"file": SimpleUploadedFile("maart.xml", data)})
    assert "taken in already" in again.content.decode()
    assert (BankFile.objects.count(), Movement.objects.count()) == (files, booked)


def test_every_fault_of_a_file_is_shown_with_its_line(office: Client) -> None:
    data = (DATA / "camt053-02.xml").read_bytes().replace(b"EUR", b"USD")
    response = office.post(at("bank_upload"), {"file": SimpleUploadedFile("fout.xml", data)})
    page = response.content.decode()
    assert response.status_code == 422
    assert page.count("fout.xml, line") > 1
    assert "USD" in page
    assert not BankFile.objects.exists()


def test_an_invoice_comes_in_is_booked_and_sent_back_as_it_was(office: Client) -> None:
    [name] = [path for path in sorted(DATA.glob("*.xml")) if b"Invoice-2" in path.read_bytes()][:1]
    data = name.read_bytes()
    page = send(office, at("invoice_upload"), file=SimpleUploadedFile(name.name, data))
    invoice = Invoice.objects.get()
    assert "Say what it is for" in page
    refused = office.post(at("invoice_accept", pk=invoice.pk), {"year": "2023", "fund": "base", "cost": "staff"})
    assert "required" in refused.content.decode().lower()
    assert standing(Code.EXPENDITURE) == 0
    send(office, at("invoice_accept", pk=invoice.pk), **PURPOSE)
    assert standing(Code.EXPENDITURE) == invoice.total
    assert office.get(at("invoice_file", pk=invoice.pk)).content == data
    again = office.post(at("invoice_upload"), {"file": SimpleUploadedFile(name.name, data)}).content.decode()
    assert "We have this invoice already" in again
    send(office, at("invoice_cancel", pk=invoice.pk), why="Dubbel")
    assert standing(Code.EXPENDITURE) == 0


def test_our_invoice_needs_addresses_to_be_sent(office: Client) -> None:
    pledges.book_pledges(by=BY)
    party = Party.objects.get(element="contribution:gemeente-groningen")
    send(office, f"{at('invoice_send')}?year=2023", parties=[party.key], on="2023-01-15")
    page = office.get(at("invoice_file", pk=Invoice.objects.get().pk), follow=True).content.decode()
    assert "The address or KvK number of the party isn" in page


# --- Looking ---


def test_the_ledger_shows_every_movement_once_whichever_way_it_is_paged(office: Client) -> None:
    demo.load(by=BY)
    seen: list[int] = []
    address = at("ledger_json")
    found = office.get(address).json()
    while True:
        seen += [one["number"] for one in found["movements"]]
        if found["older_than"] is None:
            break
        found = office.get(address, {"below": found["older_than"]}).json()
    assert seen == list(Movement.objects.values_list("number", flat=True))
    back = office.get(address, {"above": seen[-1]}).json()
    assert [one["number"] for one in back["movements"]] == seen[-PAGE - 1 : -1]


def test_the_ledger_is_narrowed(office: Client) -> None:
    demo.load(by=BY)
    for query, fits in (
        ({"year": "2023"}, lambda one: one["date"].startswith("2023")),
        ({"sort": "grant"}, lambda one: one["sort"] == "grant"),
        ({"element": "task:K2", "budget": "2023"}, lambda one: "task:K2" in str(one) and "2023" in str(one)),
        ({"code": "1000"}, lambda one: "1000" in str(one["transfers"])),
    ):
        found = office.get(at("ledger_json"), query).json()["movements"]
        assert [fits(one) for one in found] == [True] * len(found), query
        assert found
    assert office.get(at("ledger"), {"q": "bestaat niet"}).content.decode().count("No movement fits") == 1
    assert office.get(at("ledger"), {"year": "abc", "below": "-1", "sort": "x"}).status_code == 200


def test_sums_of_the_overview_are_those_of_the_ledger(office: Client) -> None:
    demo.load(by=BY)
    found = office.get(at("books_json"), {"year": "2024"}).json()
    assert Decimal(found["bank"]) == standing(Code.BANK)
    assert Decimal(found["year"]["spent"]) == standing(Code.EXPENDITURE, year=2024)
    elements = found["elements"]
    assert sum(Decimal(one["budgeted"]) for one in elements) == Decimal(found["year"]["budgeted"])
    assert sum(Decimal(one["left"]) for one in elements) == Decimal(found["year"]["left"])
    page = office.get(at("books"), {"year": "2024"}).content.decode()
    assert "The books of 2024" in page
    assert "2,024" not in page


@pytest.mark.parametrize(
    "name",
    ["books", "ledger", "budget_list", "grant_list", "commitment_list", "invoice_list", "bank_list", "party_list"],
)
def test_a_page_asks_little(name: str, office: Client, django_assert_max_num_queries: Any) -> None:
    demo.load(by=BY)
    office.get(at(name))
    with django_assert_max_num_queries(12):
        assert office.get(at(name)).status_code == 200


def test_a_page_of_one_thing_asks_little(office: Client, django_assert_max_num_queries: Any) -> None:
    demo.load(by=BY)
    line = BankLine.objects.exclude(invoice=None)[0]
    addresses = [
        at("movement", number=Movement.objects.filter(sort="payment")[0].number),
        at("budget", year=2024),
        at("grant", key=Grant.objects.all()[0].key),
        at("invoice", pk=line.invoice_id),
        at("bank_line", pk=line.pk),
        at("bank_statement", pk=line.file_id),
    ]
    office.get(addresses[0])
    for address in addresses:
        with django_assert_max_num_queries(12):
            assert office.get(address).status_code == 200


def test_who_reads_sees_no_buttons(cast: Cast, as_person: Callable[..., Client]) -> None:
    demo.load(by=BY)
    reader = as_person(cast.erin)
    for address in (at("books"), at("budget", year=2024), at("grant", key=Grant.objects.all()[0].key)):
        page = reader.get(address).content.decode()
        assert at("pledge_book") not in page
        assert at("invoice_list") not in page
        assert at("budget_draft") not in page


# --- The bank ---


def test_a_line_is_assigned_let_go_and_booked_as_a_cost(office: Client) -> None:
    demo.load(by=BY)
    line = BankLine.objects.filter(amount__lt=0).exclude(invoice=None)[0]
    paid = line.invoice
    assert paid is not None
    send(office, at("bank_unassign", pk=line.pk), why="Vergissing")
    page = office.get(at("bank_list")).content.decode()
    assert at("bank_accept", pk=line.pk, invoice=paid.pk) in page
    send(office, at("bank_accept", pk=line.pk, invoice=paid.pk))
    paid.refresh_from_db()
    assert paid.state == Invoice.State.PAID
    again = office.post(at("bank_accept", pk=line.pk, invoice=paid.pk), follow=True).content.decode()
    assert "Somebody said already" in again or "any more" in again
    send(office, at("bank_unassign", pk=line.pk), why="Vergissing")
    send(office, at("bank_spend", pk=line.pk), **PURPOSE | {"year": "2026"}, words="Bankkosten")
    line.refresh_from_db()
    assert line.assigned is not None
    assert line.invoice is None


def test_a_year_is_closed_once_nothing_waits(office: Client) -> None:
    send(office, at("budget_draft"), year="2023")
    refused = office.post(at("year_close", year=2023), {"sure": "on"}).content.decode()
    assert "A draft of a budget is still at work." in refused
    send(office, at("budget_drop", year=2023), why="Niet nodig")
    assert "are closed" in send(office, at("year_close", year=2023), sure="on")
    again = office.post(at("year_close", year=2022), {"sure": "on"}).content.decode()
    assert "2023 and the years before are closed already." in again


def test_files_for_the_accountant(office: Client) -> None:
    demo.load(by=BY)
    assert b"<auditfile" in office.get(at("books_xaf", year=2023)).content
    ledger = office.get(at("books_ledger_csv", year=2023)).content.decode()
    assert ledger.startswith("number,date,sort")
    assert len(csv_lines(office, "budget_list")) == 5

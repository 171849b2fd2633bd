# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Invoices: sent to contributors and funds, received from suppliers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from mainport.core.actions import record
from mainport.core.rules.permissions import Actor, Permission, require
from mainport.cycle.actions.commitments import outstanding, released
from mainport.cycle.actions.ledger import book, hold, plain
from mainport.cycle.actions.parties import add_party
from mainport.cycle.actions.shared import (
    BASE,
    require_cost,
    require_element,
    require_fund,
    require_words,
    require_year,
)
from mainport.cycle.models import Commitment, Grant, Invoice, Party
from mainport.cycle.queries.totals import totals
from mainport.cycle.rules import invoices as parsed
from mainport.cycle.rules.amounts import total
from mainport.cycle.rules.chart import Code, is_memorandum
from mainport.cycle.rules.ledger import Cell, Sort, Transfer, undone
from mainport.cycle.rules.ledger import Movement as Draft
from mainport.cycle.rules.refusals import refuse

State = Invoice.State
#: Days in which an invoice of ours is to be paid.
TERM = timedelta(days=30)


# --- Sent ---


@transaction.atomic
def send_contribution(
    *, by: Actor, party: Party, year: int, on: date, due: date | None = None, demo: bool = False
) -> Invoice:
    """Ask a contributor for what it pledged for a year and wasn't asked for yet. Raises NotAllowed, Refused."""
    require(by, Permission.BOOK)
    require_year(year)
    hold()
    where = {"year": year, "party": party.key}
    pledged = total(t.amount for t in totals([Code.PLEDGED], where=where))
    asked = total(t.amount for t in totals([Code.CONTRIBUTION], where=where))
    left = pledged - asked
    if left <= 0:
        raise refuse("year", f"{year}: {asked} of {pledged} asked already", "a pledge that wasn't invoiced yet")
    made = put_sent(
        by=by,
        party=party,
        year=year,
        number=next_number(on.year),
        amount=left,
        income=Cell(Code.CONTRIBUTION, year, party=party.key, fund=BASE),
        on=on,
        due=due,
        words=f"Bijdrage {year}",
        demo=demo,
    )
    record(by=by, action="invoice.send", subject=_subject(made), party=party.key, year=year, amount=str(left))
    return made


@transaction.atomic
def send_contributions(
    *, by: Actor, parties: Iterable[Party], year: int, on: date, due: date | None = None
) -> list[Invoice]:
    """Ask these contributors, all or none. Raises NotAllowed, Refused."""
    return [send_contribution(by=by, party=party, year=year, on=on, due=due) for party in parties]


def next_number(year: int) -> str:
    """The number of the next invoice that we send in a year: without gaps."""
    sent = Invoice.objects.filter(direction=Invoice.Direction.SENT, number__startswith=f"{year}-").count()
    return f"{year}-{sent + 1:04}"


def put_sent(
    *,
    by: Actor,
    party: Party,
    year: int,
    number: str,
    amount: Decimal,
    income: Cell,
    on: date,
    due: date | None,
    words: str,
    grant: Grant | None = None,
    demo: bool = False,
) -> Invoice:
    """An invoice of ours, booked. For the actions that have checked it and that record it."""
    last = due or on + TERM
    if last < on:
        raise refuse("due", last, f"{on} or a later day")
    transfer = Transfer(Cell(Code.RECEIVABLE, year, party=party.key), income, amount)
    draft = Draft(
        Sort.INVOICE_SENT, on, words, (transfer,), f"invoice-sent:{number}", document=f"invoice:{number}", demo=demo
    )
    [movement] = book(by=by, movements=[draft])
    return Invoice.objects.create(
        direction=Invoice.Direction.SENT,
        number=number,
        party=party,
        date=on,
        due=last,
        net=amount,
        vat=Decimal("0.00"),
        total=amount,
        words=words,
        year=year,
        fund=income.fund,
        element=income.element,
        grant=grant,
        state=State.OPEN,
        movement=movement,
        by_name=by.name,
        at=timezone.now(),
        demo=demo,
    )


# --- Received ---


@transaction.atomic
def receive(*, by: Actor, invoice: parsed.Invoice, demo: bool = False) -> Invoice:
    """Take in a supplier's invoice, to wait until somebody says for what it is.

    Its supplier is found by KvK number, bank account or name, or added. A credit note for the whole of an invoice
    that isn't paid takes that one back; for a part it is refused, to be handled with the supplier.
    Raises NotAllowed; Refused for one that is there already, for what isn't addressed by a known account.
    """
    require(by, Permission.BOOK)
    hold()
    party = _supplier(by, invoice.seller, invoice.iban, demo=demo)
    if invoice.is_credit:
        return _credit(by, party, invoice)
    if there := Invoice.objects.filter(
        direction=Invoice.Direction.RECEIVED, party=party, number=invoice.number
    ).first():
        raise refuse("number", f"{invoice.number} of {party.name}, taken in on {there.at:%Y-%m-%d}", "a new invoice")
    own = settings.BOOKS["kvk"]
    if own and invoice.buyer.kvk and invoice.buyer.kvk != own:
        raise refuse("buyer", f"{invoice.buyer.name}, KvK {invoice.buyer.kvk}", f"KvK {own}: an invoice to us")
    if invoice.payable != invoice.total:
        raise refuse("payable", invoice.payable, f"{invoice.total}: an invoice of which nothing was paid ahead")
    if invoice.total <= 0:
        raise refuse("total", invoice.total, "an amount above zero, or a credit note")
    if invoice.due < invoice.date:
        raise refuse("due", invoice.due, f"{invoice.date} or a later day")
    name, sha256 = keep(invoice.data, "invoices", "xml") if invoice.data else ("", "")
    made = Invoice.objects.create(
        direction=Invoice.Direction.RECEIVED,
        number=invoice.number,
        party=party,
        date=invoice.date,
        due=invoice.due,
        net=invoice.net,
        vat=invoice.total - invoice.net,
        total=invoice.total,
        words=(invoice.words or (invoice.lines[0].words if invoice.lines else ""))[:300],
        state=State.WAITING,
        file=name,
        sha256=sha256,
        by_name=by.name,
        at=timezone.now(),
        demo=demo,
    )
    record(by=by, action="invoice.receive", subject=_subject(made), party=party.key, amount=str(made.total))
    return made


def _supplier(by: Actor, seller: parsed.PartyData, iban: str, *, demo: bool) -> Party:
    found = Party.objects.filter(kvk=seller.kvk).first() if seller.kvk else None
    found = found or (Party.objects.filter(iban=iban).first() if iban else None)
    if found is None:
        found = Party.objects.filter(name__iexact=seller.name.strip(), element="").first()
    if found is None:
        return add_party(
            by=by, name=seller.name, iban=iban, kvk=seller.kvk, vat=seller.vat, email=seller.email, demo=demo
        )
    if found.iban and iban and found.iban != iban:
        raise refuse("iban", iban, f"{found.iban}, the account of {found.name}: ask the supplier, then change it")
    if found.element:
        raise refuse("seller", found.name, "a supplier, not a contributor or fund of the agenda")
    return found


def _credit(by: Actor, party: Party, note: parsed.Invoice) -> Invoice:
    mine = Q(direction=Invoice.Direction.RECEIVED, party=party, number__in=note.preceding)
    old = Invoice.objects.select_for_update(of=("self",)).filter(mine).first()
    whole = old is not None and old.total == abs(note.total) and old.paid == 0
    if old is None or not whole or old.state not in (State.WAITING, State.OPEN):
        found = f"{note.total} on {', '.join(note.preceding) or 'no invoice'}"
        raise refuse("credit note", found, "a credit note for the whole of an invoice that isn't paid")
    reason = f"credit note {note.number}"
    if old.state == State.WAITING:
        old.state, old.reason = State.REFUSED, reason
    else:
        _take_back(by, old, reason)
        old.state, old.reason = State.CANCELLED, reason
    old.save(update_fields=["state", "reason"])
    record(by=by, action="invoice.credit", subject=_subject(old), why=reason)
    return old


def _take_back(by: Actor, invoice: Invoice, reason: str) -> None:
    """Undo what an invoice booked; of its commitment binds again what isn't invoiced without it.

    That may be less than the invoice let go: others came in meanwhile, or the commitment was closed.
    """
    movement = invoice.movement
    assert movement is not None, "an open invoice is booked"
    transfers = [plain(transfer) for transfer in movement.transfers.select_related("debit", "credit")]
    transfers = list(undone([one for one in transfers if not is_memorandum(one.debit.code)]))
    if order := invoice.commitment:
        bound = outstanding(order, without=invoice) - outstanding(order)
        transfers += [released(order, -bound)] if bound else []
    draft = Draft(
        Sort.CORRECTION,
        timezone.localdate(),
        reason,
        tuple(transfers),
        f"correction:{movement.number}",
        corrects=movement.number,
        demo=invoice.demo,
    )
    book(by=by, movements=[draft])


@transaction.atomic
def accept(
    *,
    by: Actor,
    invoice: Invoice,
    year: int | None = None,
    element: str = "",
    fund: str = "",
    cost: str = "",
    commitment: Commitment | None = None,
) -> Invoice:
    """Say for what an invoice is, and book it; with a `commitment` it is for what that is for.

    VAT is a cost: the alliance can't reclaim it. Raises NotAllowed, Refused.
    """
    require(by, Permission.BOOK)
    hold()
    invoice = _held(invoice, Invoice.Direction.RECEIVED, State.WAITING)
    transfers: list[Transfer] = []
    if commitment is not None:
        if commitment.party_id != invoice.party_id:
            raise refuse("commitment", f"{commitment.key} of {commitment.party.name}", f"one of {invoice.party.name}")
        year, element, fund, cost = commitment.year, commitment.element, commitment.fund, commitment.cost
        if part := min(outstanding(commitment), invoice.total):
            transfers.append(released(commitment, part))
    of_year = require_year(year)
    require_element(element)
    require_fund(fund)
    require_cost(cost)
    party = invoice.party.key
    transfers.append(
        Transfer(
            Cell(Code.EXPENDITURE, of_year, party=party, fund=fund, element=element, cost=cost),
            Cell(Code.PAYABLE, of_year, party=party),
            invoice.total,
        )
    )
    draft = Draft(
        Sort.INVOICE_RECEIVED,
        invoice.date,
        (invoice.words or f"Invoice {invoice.number}")[:500],
        tuple(transfers),
        f"invoice-received:{party}:{invoice.number}",
        document=f"invoice:{invoice.number}"[:200],
        demo=invoice.demo,
    )
    [invoice.movement] = book(by=by, movements=[draft])
    invoice.year, invoice.element, invoice.fund, invoice.cost = of_year, element, fund, cost
    invoice.commitment, invoice.state = commitment, State.OPEN
    invoice.save()
    record(
        by=by,
        action="invoice.accept",
        subject=_subject(invoice),
        element=element,
        fund=fund,
        cost=cost,
        commitment=commitment.key if commitment else "",
    )
    return invoice


@transaction.atomic
def refuse_invoice(*, by: Actor, invoice: Invoice, reason: str) -> Invoice:
    """Send an invoice back, with the reason. Raises NotAllowed, Refused."""
    require(by, Permission.BOOK)
    invoice = _held(invoice, Invoice.Direction.RECEIVED, State.WAITING)
    invoice.state, invoice.reason = State.REFUSED, require_words(reason, "reason", 2000)
    invoice.save(update_fields=["state", "reason"])
    record(by=by, action="invoice.refuse", subject=_subject(invoice), why=invoice.reason)
    return invoice


@transaction.atomic
def cancel(*, by: Actor, invoice: Invoice, why: str) -> Invoice:
    """Take back an invoice that isn't paid: the ledger undoes it, both stay. Raises NotAllowed, Refused."""
    require(by, Permission.BOOK)
    hold()
    invoice = _held(invoice, invoice.direction, State.OPEN)
    if invoice.paid:
        raise refuse("invoice", f"{invoice.paid} paid on it", "one on which nothing was paid")
    reason = require_words(why, "why", 500)
    _take_back(by, invoice, reason)
    invoice.state, invoice.reason = State.CANCELLED, reason
    invoice.save(update_fields=["state", "reason"])
    record(by=by, action="invoice.cancel", subject=_subject(invoice), why=reason)
    return invoice


def keep(data: bytes, folder: str, ending: str) -> tuple[str, str]:
    """Keep a file as it came, named by what it holds; its name and hash."""
    sha256 = hashlib.sha256(data).hexdigest()
    name = f"cycle/{folder}/{sha256}.{ending}"
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(data))
    return name, sha256


def _held(invoice: Invoice, direction: str, state: State) -> Invoice:
    found = Invoice.objects.select_for_update(of=("self",)).select_related("party", "movement").get(pk=invoice.pk)
    if found.direction != direction or found.state != state:
        raise refuse("invoice", f"one that was {found.direction} and is {found.state}", f"one that is {state}")
    return found


def _subject(invoice: Invoice) -> str:
    return f"invoice:{invoice.direction}:{invoice.number}"

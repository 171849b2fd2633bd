# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""An invoice that we sent, as the terms of EN 16931 have it: what `exports.ubl` writes."""

from __future__ import annotations

from decimal import Decimal

from mainport.cycle.exports.ourselves import ourselves
from mainport.cycle.models import Book, Invoice
from mainport.cycle.rules import invoices as rules

#: What a contribution is in the eyes of the VAT: no supply, so outside its scope (UNCL 5305).
_OUTSIDE = "O"
_REASON = "Bijdrage, geen prestatie voor de omzetbelasting"


def of_sent(invoice: Invoice) -> rules.Invoice:
    """The stored invoice (with its party) in full: from us, to the contributor or fund, to our own account."""
    party, grant = invoice.party, invoice.grant
    book = Book.objects.first()
    line = rules.InvoiceLine(
        id="1",
        words=invoice.words or f"Bijdrage {invoice.year}",
        amount=invoice.total,
        price=invoice.total,
        category=_OUTSIDE,
    )
    return rules.Invoice(
        number=invoice.number,
        date=invoice.date,
        due=invoice.due,
        seller=ourselves(),
        buyer=rules.PartyData(
            name=party.name,
            kvk=party.kvk,
            vat=party.vat,
            street=party.street,
            postcode=party.postcode,
            city=party.city,
            country=party.country,
            email=party.email,
        ),
        lines=(line,),
        vat=(rules.VatLine(invoice.total, Decimal("0.00"), _OUTSIDE, reason=_REASON),),
        line_total=invoice.total,
        net=invoice.total,
        vat_total=Decimal("0.00"),
        total=invoice.total,
        payable=invoice.total,
        iban=book.iban if book else "",
        payment_reference=invoice.number,
        words=invoice.words,
        # As the fund names its grant; a contributor is asked for what it pledged for the year.
        buyer_reference=(grant.reference if grant else "") or f"{party.key} {invoice.year}",
    )

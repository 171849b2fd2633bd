# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Invoices are read and written by EN 16931, or refused with the place of what is wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from mainport.cycle.exports.ubl import Profile, Unsendable, lacks, write
from mainport.cycle.feeds.ubl import NAMESPACES, read
from mainport.cycle.rules.files import Refused
from mainport.cycle.rules.invoices import Invoice, InvoiceLine, PartyData, VatLine, troubles

DATA = Path(__file__).resolve().parents[2] / "data" / "cycle"
INVOICE = (DATA / "ubl-invoice.xml").read_bytes()
CREDIT = (DATA / "ubl-credit-note.xml").read_bytes()

SELLER = PartyData("Alliance", kvk="12345678", street="Kade 1", city="Groningen", postcode="9711 AA", email="a@b.nl")
BUYER = PartyData("Fund", oin="00000001234567890000", street="Plein 2", city="Den Haag", postcode="2500 AA")


def ours(**fields: Any) -> Invoice:
    """What we send to a contributor: outside the scope of VAT."""
    amount = Decimal("125000.00")
    plain: dict[str, Any] = {
        "number": "2023-0001",
        "date": date(2023, 1, 15),
        "due": date(2023, 2, 14),
        "seller": SELLER,
        "buyer": BUYER,
        "lines": (InvoiceLine("1", "Contribution 2023", amount, price=amount, category="O"),),
        "vat": (VatLine(amount, Decimal("0.00"), "O", reason="Contribution, no supply"),),
        "line_total": amount,
        "net": amount,
        "vat_total": Decimal("0.00"),
        "total": amount,
        "payable": amount,
        "iban": "NL91ABNA0417164300",
        "payment_reference": "2023-0001",
        "buyer_reference": "2023",
        "words": "Base financing of 2023",
    }
    return Invoice(**{**plain, **fields})


def refusal(data: bytes) -> str:
    with pytest.raises(Refused) as caught:
        read(data, "invoice.xml")
    return str(caught.value)


def changed(found: str, put: str, data: bytes = INVOICE) -> bytes:
    assert found.encode() in data
    return data.replace(found.encode(), put.encode(), 1)


def test_invoice() -> None:
    invoice = read(INVOICE, "invoice.xml")
    assert (invoice.number, invoice.date, invoice.due) == ("F2023-17", date(2023, 3, 1), date(2023, 3, 31))
    assert (invoice.net, invoice.vat_total, invoice.total) == (Decimal("8309.50"), Decimal("1690.50"), Decimal(10000))
    assert invoice.seller.name == "Bureau Noord BV"
    assert (invoice.seller.kvk, invoice.seller.vat) == ("87654321", "NL001234567B01")
    assert invoice.buyer.kvk == "12345678"  # Out of the address at which Peppol delivers.
    assert invoice.iban == "NL20INGB0001234567"
    assert [line.amount for line in invoice.lines] == [Decimal("8150.00"), Decimal("259.50")]
    assert invoice.allowances[0].amount == Decimal("100.00")
    assert not invoice.is_credit
    assert troubles(invoice) == []


def test_embedded_file_is_counted_and_stays_inside() -> None:
    invoice = read(INVOICE, "invoice.xml")
    [attachment] = invoice.attachments
    assert (attachment.name, attachment.mime, attachment.size) == ("hours.pdf", "application/pdf", 9)
    assert invoice.data == INVOICE


def test_large_embedded_file() -> None:
    data = changed("JVBERi0xLjcK", "QUJD" * 3_000_000)
    assert read(data, "invoice.xml").attachments[0].size == 9_000_000


def test_credit_note() -> None:
    note = read(CREDIT, "credit.xml")
    assert note.is_credit
    assert note.preceding == ("F2023-17",)
    assert note.total == Decimal("10000.00")
    assert note.due == note.date


def test_terms_in_words_alone() -> None:
    data = changed("  <cbc:DueDate>2023-03-31</cbc:DueDate>\n", "")
    data = changed(
        "<cac:AllowanceCharge>",
        "<cac:PaymentTerms><cbc:Note>Soon</cbc:Note></cac:PaymentTerms><cac:AllowanceCharge>",
        data,
    )
    assert read(data, "invoice.xml").due == date(2023, 3, 31)  # Thirty days, by law.


BAD = [
    (
        "urn:cen.eu:en16931:2017#compliant#urn:fdc:nen.nl:nlcius:v1.0",
        "urn:x",
        "CustomizationID: found urn:x, expected urn:cen",
    ),
    ("<cbc:ID>F2023-17</cbc:ID>", "", "Invoice/ID: found nothing, expected the number of the invoice (BR-02)"),
    ("2023-03-01</cbc:Issue", "1 March</cbc:Issue", "Invoice/IssueDate: found 1 March, expected a date"),
    ("2023-03-31</cbc:Due", "2023-02-01</cbc:Due", "Invoice, due date: found 2023-02-01, expected 2023-03-01 or later"),
    (
        "  <cbc:DueDate>2023-03-31</cbc:DueDate>\n",
        "",
        "DueDate: found nothing, expected a due date, or terms of payment (BR-CO-25)",
    ),
    ("<cbc:DocumentCurrencyCode>EUR", "<cbc:DocumentCurrencyCode>USD", "DocumentCurrencyCode: found USD, expected EUR"),
    ('currencyID="EUR">8309.50', 'currencyID="USD">8309.50', "TaxExclusiveAmount: found USD, expected EUR"),
    ("TypeCode>380", "TypeCode>389", "found 389, expected an invoice that the seller wrote"),
    ("TypeCode>380", "TypeCode>bill", "found bill, expected a code such as 380 or 381"),
    ("<cbc:RegistrationName>Bureau Noord BV</cbc:RegistrationName>", "", None),
    (
        'CompanyID schemeID="0106">87654321',
        'CompanyID schemeID="0106">8765432',
        "found 8765432, expected 8 digits (scheme 0106)",
    ),
    ("NL001234567B01", "NL12", "found NL12, expected a VAT number such as NL001234567B01"),
    (
        "NL20 INGB 0001 2345 67",
        "NL20 INGB 0001 2345 68",
        "found NL20INGB0001234568, expected an IBAN with right check digits",
    ),
    (">8409.50<", ">8409.51<", "sum of lines: found 8409.51, expected 8409.50 (BR-CO-10)"),
    (
        'AllowanceTotalAmount currencyID="EUR">100.00',
        'AllowanceTotalAmount currencyID="EUR">99.00',
        "sum of allowances: found 99.00, expected 100.00 (BR-CO-11)",
    ),
    (">8309.50<", ">8309.49<", "total without VAT: found 8309.49, expected 8309.50 (BR-CO-13)"),
    (
        'TaxTotal>\n    <cbc:TaxAmount currencyID="EUR">1690.50',
        'TaxTotal>\n    <cbc:TaxAmount currencyID="EUR">1690.51',
        "total VAT: found 1690.51, expected 1690.50 (BR-CO-14)",
    ),
    (
        'TaxInclusiveAmount currencyID="EUR">10000.00',
        'TaxInclusiveAmount currencyID="EUR">10000.01',
        "total with VAT: found 10000.01, expected 10000.00 (BR-CO-15)",
    ),
    (
        'PayableAmount currencyID="EUR">10000.00',
        'PayableAmount currencyID="EUR">9999.00',
        "amount due: found 9999.00, expected 10000.00 (BR-CO-16)",
    ),
    (
        '00</cbc:TaxableAmount>\n      <cbc:TaxAmount currencyID="EUR">1690.50',
        '00</cbc:TaxableAmount>\n      <cbc:TaxAmount currencyID="EUR">1600.50',
        "VAT S 21% amount: found 1600.50, expected 1690.50 (BR-CO-17)",
    ),
    (">8050.00<", ">8150.00<", "VAT S 21% base: found 8150.00, expected 8050.00 (BR-S-08)"),
    (
        "<cbc:TaxExemptionReason>Education</cbc:TaxExemptionReason>",
        "",
        "VAT E 0% reason: found nothing, expected why there is no VAT (BR-E-10)",
    ),
    (">8150.00<", ">8150.03<", "line 1 amount: found 8150.03, expected 8150.00 (PEPPOL-EN16931-R120)"),
    (
        "<cbc:Name>Workshop</cbc:Name>",
        "",
        "InvoiceLine[2]/Item/Name: found nothing, expected the name of what was delivered (BR-25)",
    ),
    (">134.5816<", ">-134.5816<", "line 1 price: found -134.5816, expected zero or more (BR-27)"),
    ('unitCode="HUR">60.5', 'unitCode="HUR">much', "InvoicedQuantity: found much, expected a number"),
    (
        'BaseQuantity unitCode="C62">2',
        'BaseQuantity unitCode="C62">0',
        "line 2 base quantity: found 0, expected more than zero",
    ),
    (
        "JVBERi0xLjcK",
        "*not base64*",
        "EmbeddedDocumentBinaryObject: found 12 characters that are no base64, expected base64",
    ),
    (
        "<cbc:ChargeIndicator>false",
        "<cbc:ChargeIndicator>maybe",
        "AllowanceCharge/ChargeIndicator: found maybe, expected true or false",
    ),
]


@pytest.mark.parametrize(("found", "put", "said"), BAD)
def test_bad_invoice(found: str, put: str, said: str | None) -> None:
    data = changed(found, put)
    if said is None:  # The name under which a party trades will do.
        assert read(data, "invoice.xml").seller.name == "Bureau Noord"
        return
    message = refusal(data)
    assert said in message
    assert all(fault.startswith("invoice.xml, line ") for fault in message.splitlines())


def test_no_breakdown_of_vat() -> None:
    start, end = INVOICE.index(b"<cac:TaxTotal>"), INVOICE.index(b"</cac:TaxTotal>") + len("</cac:TaxTotal>")
    assert "TaxTotal: found 0 with a breakdown, expected one (BR-CO-18)" in refusal(INVOICE[:start] + INVOICE[end:])


def test_no_totals_and_no_parties() -> None:
    root = b'<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>'
    message = refusal(root)
    assert "LegalMonetaryTotal: found nothing, expected the totals of the invoice" in message
    assert "AccountingSupplierParty/Party: found nothing, expected a party" in message


def test_no_lines() -> None:
    start, end = INVOICE.index(b"  <cac:InvoiceLine>"), INVOICE.index(b"</Invoice>")
    assert "lines: found none, expected at least one (BR-16)" in refusal(INVOICE[:start] + INVOICE[end:])


def test_rate_of_a_line_that_the_breakdown_lacks() -> None:
    last = INVOICE.rindex(b"<cbc:ID>E</cbc:ID><cbc:Percent>0<")
    data = INVOICE[:last] + INVOICE[last:].replace(b"<cbc:Percent>0<", b"<cbc:Percent>9<", 1)
    message = refusal(data)
    assert "VAT breakdown: found nothing, expected category E of 9%, which is in the lines (BR-CO-18)" in message


def test_another_root() -> None:
    assert "found Order in urn:oasis:names:specification:ubl:schema:xsd:Order-2" in refusal(
        b'<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2"/>'
    )


def test_doctype() -> None:
    assert "expected XML without a DOCTYPE and entities" in refusal(b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>')


def test_round_trip_of_an_invoice() -> None:
    invoice = ours()
    again = read(write(invoice), "2023-0001.xml")
    expected = replace(
        invoice,
        seller=replace(SELLER, endpoint="12345678", endpoint_scheme="0106"),
        buyer=replace(BUYER, endpoint=BUYER.oin, endpoint_scheme="0190"),
        name="2023-0001.xml",
    )
    assert again == expected


def test_round_trip_of_what_came_in() -> None:
    for data in (INVOICE, CREDIT):
        first = read(data, "a.xml")
        first = replace(first, buyer=replace(first.buyer, street="Kade 1", city="Groningen", postcode="9711 AA"))
        again = read(write(first, Profile.NLCIUS), "a.xml")
        # What was embedded isn't sent on.
        assert replace(again, attachments=first.attachments) == first


cents = st.integers(0, 10**9).map(lambda number: Decimal(number).scaleb(-2))


@given(
    st.lists(st.tuples(st.integers(1, 500), cents, st.sampled_from([Decimal(0), Decimal(9), Decimal(21)])), min_size=1),
    st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_round_trip_of_any_invoice(drafts: list[tuple[int, Decimal, Decimal]], is_credit: bool) -> None:
    lines = tuple(
        InvoiceLine(str(place), "Work", quantity * price, Decimal(quantity), price=price, percent=percent)
        for place, (quantity, price, percent) in enumerate(drafts, 1)
    )
    vat = tuple(
        VatLine(base, (base * percent / 100).quantize(Decimal("0.01"), ROUND_HALF_UP), "S", percent)
        for percent in sorted({line.percent for line in lines if line.percent is not None})
        for base in [sum((line.amount for line in lines if line.percent == percent), Decimal(0))]
    )
    net = sum((line.amount for line in lines), Decimal(0))
    tax = sum((line.amount for line in vat), Decimal(0))
    invoice = ours(
        lines=lines,
        vat=vat,
        line_total=net,
        net=net,
        vat_total=tax,
        total=net + tax,
        payable=net + tax,
        is_credit=is_credit,
        preceding=("2022-0009",) if is_credit else (),
    )
    again = read(write(invoice), "")
    assert again == replace(
        invoice,
        seller=replace(SELLER, endpoint="12345678", endpoint_scheme="0106"),
        buyer=replace(BUYER, endpoint=BUYER.oin, endpoint_scheme="0190"),
    )


def test_credit_note_is_written_as_one() -> None:
    note = ours(is_credit=True, preceding=("2023-0001",), number="2023-0002", due=date(2023, 1, 15))
    root = etree.fromstring(write(note))
    assert etree.QName(root).localname == "CreditNote"
    assert root.findtext("b:CreditNoteTypeCode", namespaces=NAMESPACES) == "381"
    assert read(etree.tostring(root), "c.xml").is_credit


def test_says_that_it_follows_peppol() -> None:
    root = etree.fromstring(write(ours()))
    assert root.findtext("b:CustomizationID", namespaces=NAMESPACES) == (
        "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
    )
    assert root.findtext("b:ProfileID", namespaces=NAMESPACES) == "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
    assert root.findtext("a:PaymentMeans/b:PaymentMeansCode", namespaces=NAMESPACES) == "58"
    # Outside the scope of VAT there is no rate, and no VAT number (BR-O-02, BR-O-05).
    assert root.find(".//b:Percent", NAMESPACES) is None
    assert not [node for node in root.iter() if len(node) == 0 and not (node.text or "").strip()]


#: The order of UBL 2.1 (http://docs.oasis-open.org/ubl/os-UBL-2.1/xsd/maindoc/), as far as we write it.
ORDER = [
    "CustomizationID",
    "ProfileID",
    "ID",
    "IssueDate",
    "DueDate",
    "InvoiceTypeCode",
    "Note",
    "DocumentCurrencyCode",
    "BuyerReference",
    "OrderReference",
    "BillingReference",
    "AccountingSupplierParty",
    "AccountingCustomerParty",
    "PaymentMeans",
    "PaymentTerms",
    "AllowanceCharge",
    "TaxTotal",
    "LegalMonetaryTotal",
    "InvoiceLine",
]
TOTALS = [
    "LineExtensionAmount",
    "TaxExclusiveAmount",
    "TaxInclusiveAmount",
    "AllowanceTotalAmount",
    "ChargeTotalAmount",
    "PrepaidAmount",
    "PayableRoundingAmount",
    "PayableAmount",
]


def test_order_of_the_schema() -> None:
    invoice = replace(read(INVOICE, "a.xml"), payment_terms="30 days")
    filled = replace(invoice.buyer, street="Kade 1", city="Groningen", postcode="9711 AA")
    root = etree.fromstring(write(replace(invoice, buyer=filled)))
    for node, order in ((root, ORDER), (root.find("a:LegalMonetaryTotal", NAMESPACES), TOTALS)):
        assert node is not None
        places = [order.index(etree.QName(child).localname) for child in node]
        assert places == sorted(places)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"buyer_reference": ""}, "buyer reference: found nothing"),
        ({"iban": ""}, "iban: found nothing, expected the account to pay to"),
        ({"seller": replace(SELLER, kvk="")}, "seller kvk: found nothing"),
        ({"seller": replace(SELLER, street="")}, "seller street: found nothing"),
        ({"buyer": replace(BUYER, oin="")}, "buyer endpoint: found nothing"),
        ({"buyer": replace(BUYER, country="")}, "buyer country: found nothing"),
        ({"is_credit": True}, "preceding: found nothing, expected the invoice that is credited"),
        ({"payable": Decimal(1)}, "amount due: found 1, expected 125000.00 (BR-CO-16)"),
    ],
)
def test_what_can_not_be_sent(fields: dict[str, Any], said: str) -> None:
    with pytest.raises(Unsendable, match=r".") as caught:
        write(ours(**fields))
    assert said in str(caught.value)


def test_nothing_lacks() -> None:
    assert lacks(ours()) == []

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Writes an invoice or credit note as UBL 2.1: by Peppol BIS Billing 3, or by NLCIUS where that is asked for.

The order of elements is that of the schema; what must be there, that of Peppol with its rules for Dutch parties
(https://docs.peppol.eu/poacc/billing/3.0/rules/national/).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from typing import Any

from lxml import etree

from mainport.cycle.rules.invoices import Allowance, Invoice, InvoiceLine, PartyData, VatLine, troubles
from mainport.cycle.rules.ledger import Trouble

_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_A = f"{{{_UBL}CommonAggregateComponents-2}}"
_B = f"{{{_UBL}CommonBasicComponents-2}}"


class Profile(StrEnum):
    """What the invoice says that it follows (BT-24)."""

    PEPPOL = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
    NLCIUS = "urn:cen.eu:en16931:2017#compliant#urn:fdc:nen.nl:nlcius:v1.0"


_PROCESS = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"


class Unsendable(ValueError):
    """This can't be written as a valid invoice; `troubles` says all that it lacks."""

    def __init__(self, found: list[Trouble]) -> None:
        self.troubles = found
        super().__init__("; ".join(map(str, found)))


def lacks(invoice: Invoice) -> list[Trouble]:
    """What stands in the way of a valid invoice, besides its arithmetic."""
    return [*_lacks(invoice), *_lacks_of(invoice.seller, "seller"), *_lacks_of(invoice.buyer, "buyer")]


def _lacks(invoice: Invoice) -> Iterator[Trouble]:
    if not invoice.buyer_reference and not invoice.order_reference:
        yield Trouble("buyer reference", "nothing", "a reference of the buyer or of an order (PEPPOL-EN16931-R003)")
    if not invoice.iban and not invoice.is_credit and invoice.payable > 0:
        yield Trouble("iban", "nothing", "the account to pay to (NL-R-007, BR-61)")
    if invoice.is_credit and not invoice.preceding:
        yield Trouble("preceding", "nothing", "the invoice that is credited (NL-R-001)")


def _lacks_of(party: PartyData, role: str) -> Iterator[Trouble]:
    if not _endpoint(party)[0]:
        yield Trouble(
            f"{role} endpoint", "nothing", "an electronic address: KvK, OIN or VAT number (PEPPOL-EN16931-R010)"
        )
    if not party.country:
        yield Trouble(f"{role} country", "nothing", "a country (BR-09, BR-11)")
    if party.country == "NL":
        for field in ("street", "city", "postcode"):
            if not getattr(party, field):
                yield Trouble(f"{role} {field}", "nothing", "an address of a Dutch party (NL-R-002, NL-R-004)")
        if role == "seller" and not (party.kvk or party.oin):
            yield Trouble(f"{role} kvk", "nothing", "a KvK number or OIN (NL-R-003)")


def write(invoice: Invoice, profile: Profile = Profile.PEPPOL) -> bytes:
    """The invoice as a file. Raises Unsendable."""
    if found := [*troubles(invoice), *lacks(invoice)]:
        raise Unsendable(found)
    content: bytes = etree.tostring(
        _Document(invoice, profile).root, encoding="UTF-8", xml_declaration=True, pretty_print=True
    )
    return content


class _Document:
    def __init__(self, invoice: Invoice, profile: Profile) -> None:
        self.invoice = invoice
        kind = "CreditNote" if invoice.is_credit else "Invoice"
        prefixes: dict[Any, str] = {None: f"{_UBL}{kind}-2", "cac": _A[1:-1], "cbc": _B[1:-1]}
        self.root = etree.Element(f"{{{_UBL}{kind}-2}}{kind}", nsmap=prefixes)
        self.header(profile)
        self.party("AccountingSupplierParty", invoice.seller)
        self.party("AccountingCustomerParty", invoice.buyer)
        self.payment()
        for allowance in invoice.allowances:
            self.allowance(self.root, allowance, of_line=False)
        self.vat()
        self.totals()
        for line in invoice.lines:
            self.line(line)

    def header(self, profile: Profile) -> None:
        root, invoice = self.root, self.invoice
        _text(root, "CustomizationID", profile.value)
        _text(root, "ProfileID", _PROCESS)
        _text(root, "ID", invoice.number)
        _text(root, "IssueDate", invoice.date.isoformat())
        if not invoice.is_credit:
            _text(root, "DueDate", invoice.due.isoformat())
        _text(
            root,
            "CreditNoteTypeCode" if invoice.is_credit else "InvoiceTypeCode",
            "381" if invoice.is_credit else "380",
        )
        _text(root, "Note", invoice.words)
        _text(root, "DocumentCurrencyCode", "EUR")
        _text(root, "BuyerReference", invoice.buyer_reference)
        if invoice.order_reference:
            _text(_node(root, "OrderReference"), "ID", invoice.order_reference)
        for number in invoice.preceding:
            _text(_node(root, "BillingReference", "InvoiceDocumentReference"), "ID", number)

    def party(self, role: str, party: PartyData) -> None:
        node = _node(self.root, role, "Party")
        endpoint, scheme = _endpoint(party)
        _text(node, "EndpointID", endpoint, schemeID=scheme)
        _text(_node(node, "PartyName"), "Name", party.name)
        address = _node(node, "PostalAddress")
        _text(address, "StreetName", party.street)
        _text(address, "CityName", party.city)
        _text(address, "PostalZone", party.postcode)
        _text(_node(address, "Country"), "IdentificationCode", party.country)
        # Outside the scope of VAT nobody's VAT number stands in the invoice (BR-O-02, BR-O-03, BR-O-04).
        if party.vat and all(line.category != "O" for line in self.invoice.vat):
            scheme_node = _node(node, "PartyTaxScheme")
            _text(scheme_node, "CompanyID", party.vat)
            _text(_node(scheme_node, "TaxScheme"), "ID", "VAT")
        legal = _node(node, "PartyLegalEntity")
        _text(legal, "RegistrationName", party.name)
        if party.kvk or party.oin:
            _text(legal, "CompanyID", party.kvk or party.oin, schemeID="0106" if party.kvk else "0190")
        if party.email:
            _text(_node(node, "Contact"), "ElectronicMail", party.email)

    def payment(self) -> None:
        invoice = self.invoice
        if invoice.iban:
            means = _node(self.root, "PaymentMeans")
            _text(means, "PaymentMeansCode", "58")  # UNCL 4461: SEPA credit transfer.
            if invoice.is_credit:
                _text(means, "PaymentDueDate", invoice.due.isoformat())
            _text(means, "PaymentID", invoice.payment_reference)
            account = _node(means, "PayeeFinancialAccount")
            _text(account, "ID", invoice.iban)
            _text(account, "Name", invoice.seller.name)
        if invoice.payment_terms:
            _text(_node(self.root, "PaymentTerms"), "Note", invoice.payment_terms)

    def allowance(self, above: etree._Element, allowance: Allowance, *, of_line: bool) -> None:
        node = _node(above, "AllowanceCharge")
        _text(node, "ChargeIndicator", "true" if allowance.is_charge else "false")
        _text(node, "AllowanceChargeReason", allowance.reason or "-")  # BR-33, BR-38, BR-42 and BR-44 ask for one.
        _amount(node, "Amount", allowance.amount)
        if not of_line:
            _category(node, "TaxCategory", allowance.category, allowance.percent)

    def vat(self) -> None:
        node = _node(self.root, "TaxTotal")
        _amount(node, "TaxAmount", self.invoice.vat_total)
        for line in self.invoice.vat:
            part = _node(node, "TaxSubtotal")
            _amount(part, "TaxableAmount", line.base)
            _amount(part, "TaxAmount", line.amount)
            _category(part, "TaxCategory", line.category, line.percent, line)

    def totals(self) -> None:
        invoice = self.invoice
        node = _node(self.root, "LegalMonetaryTotal")
        _amount(node, "LineExtensionAmount", invoice.line_total)
        _amount(node, "TaxExclusiveAmount", invoice.net)
        _amount(node, "TaxInclusiveAmount", invoice.total)
        for name, amount in (
            ("AllowanceTotalAmount", invoice.allowance_total),
            ("ChargeTotalAmount", invoice.charge_total),
            ("PrepaidAmount", invoice.prepaid),
            ("PayableRoundingAmount", invoice.rounding),
        ):
            if amount:
                _amount(node, name, amount)
        _amount(node, "PayableAmount", invoice.payable)

    def line(self, line: InvoiceLine) -> None:
        kind = "CreditNoteLine" if self.invoice.is_credit else "InvoiceLine"
        node = _node(self.root, kind)
        _text(node, "ID", line.id)
        quantity = "CreditedQuantity" if self.invoice.is_credit else "InvoicedQuantity"
        _text(node, quantity, _plain(line.quantity), unitCode=line.unit or "C62")
        _amount(node, "LineExtensionAmount", line.amount)
        for allowance in line.allowances:
            self.allowance(node, allowance, of_line=True)
        item = _node(node, "Item")
        _text(item, "Name", line.words)
        _category(item, "ClassifiedTaxCategory", line.category, line.percent)
        price = _node(node, "Price")
        _text(price, "PriceAmount", _plain(line.price), currencyID="EUR")
        if line.price_quantity != 1:
            _text(price, "BaseQuantity", _plain(line.price_quantity), unitCode=line.unit or "C62")


def _endpoint(party: PartyData) -> tuple[str, str]:
    """Where Peppol delivers: what is known, or else a number by which a Dutch party is found there."""
    if party.endpoint and party.endpoint_scheme:
        return party.endpoint, party.endpoint_scheme
    for number, scheme in ((party.kvk, "0106"), (party.oin, "0190"), (party.vat, "9944")):
        if number:
            return number, scheme
    return "", ""


def _category(
    above: etree._Element, name: str, category: str, percent: Decimal | None, of: VatLine | None = None
) -> None:
    node = _node(above, name)
    _text(node, "ID", category)
    if category != "O":  # Outside the scope of VAT there is no rate (BR-O-05).
        _text(node, "Percent", _plain(percent or Decimal(0)))
    if of is not None:
        _text(node, "TaxExemptionReason", of.reason)
    _text(_node(node, "TaxScheme"), "ID", "VAT")


def _node(above: etree._Element, *names: str) -> etree._Element:
    for name in names:
        above = etree.SubElement(above, f"{_A}{name}")
    return above


def _text(above: etree._Element, name: str, words: str, **attributes: str) -> None:
    """A value; Peppol refuses an empty one (PEPPOL-EN16931-R008), so that it is left out."""
    if words:
        etree.SubElement(above, f"{_B}{name}", attributes).text = words


def _amount(above: etree._Element, name: str, amount: Decimal) -> None:
    _text(above, name, f"{amount:.2f}", currencyID="EUR")


def _plain(number: Decimal) -> str:
    """Without an exponent and without zeros that say nothing."""
    words = f"{number:f}"
    return words.rstrip("0").rstrip(".") if "." in words else words

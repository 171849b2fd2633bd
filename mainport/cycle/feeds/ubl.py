# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Invoices and credit notes in UBL 2.1 by EN 16931: Peppol BIS Billing 3, NLCIUS (SI-UBL 2.0) and their kin.

Where each term of the norm stands: https://docs.peppol.eu/poacc/billing/3.0/syntax/ubl-invoice/tree/
A file that is embedded in the invoice is counted and hashed; it stays where it is, inside the invoice.
"""

from __future__ import annotations

import base64
import binascii
import re
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256

from lxml import etree

from mainport.cycle.feeds.xml import MOST_FAULTS, Reader, line_of, local, namespace, parse
from mainport.cycle.rules.files import Fault, Refused, is_iban, plain_iban
from mainport.cycle.rules.invoices import (
    ZERO,
    Allowance,
    Attachment,
    Invoice,
    InvoiceLine,
    PartyData,
    VatLine,
    troubles,
)

_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_ROOTS = {f"{_UBL}Invoice-2": "Invoice", f"{_UBL}CreditNote-2": "CreditNote"}
NAMESPACES = {"a": f"{_UBL}CommonAggregateComponents-2", "b": f"{_UBL}CommonBasicComponents-2"}
#: What an invoice by the norm says that it follows; behind it stands which narrower agreement.
_NORM = "urn:cen.eu:en16931:2017"
#: Days after which an invoice is to be paid that gives terms in words alone (Burgerlijk Wetboek 6:119a).
_STATUTORY_DAYS = 30

_KVK, _OIN = "0106", "0190"
_VAT_NL = re.compile(r"NL\d{9}B\d{2}")


def read(data: bytes, name: str) -> Invoice:
    """The invoice or credit note in a file. Raises Refused with all that is wrong with it."""
    root = parse(data, name)
    if _ROOTS.get(namespace(root)) != local(root):
        found = f"{local(root)} in {namespace(root) or 'no namespace'}"
        expected = " or ".join(f"{root_name} in {space}" for space, root_name in _ROOTS.items())
        raise Refused([Fault(name, line_of(root), local(root), found, expected)])
    reader = Reader(name, root, NAMESPACES)
    invoice = _Invoice(reader, root, data).read()
    reader.raise_any()
    assert invoice is not None  # Nothing was wrong with it.
    return invoice


class _Invoice:
    def __init__(self, reader: Reader, root: etree._Element, data: bytes) -> None:
        self.reader = reader
        self.root = root
        self.data = data
        self.is_credit = local(root) == "CreditNote"

    def read(self) -> Invoice | None:
        """None where something is missing or unreadable; the reader knows what."""
        reader, root = self.reader, self.root
        self.check_header()
        number = reader.required(root, "the number of the invoice (BR-02)", "b:ID")
        day = reader.day(root, "b:IssueDate")
        due = self.due(day)
        seller = self.party("AccountingSupplierParty")
        buyer = self.party("AccountingCustomerParty")
        totals = self.totals()
        lines = tuple(
            self.line(node) for node in reader.all(root, "a:CreditNoteLine" if self.is_credit else "a:InvoiceLine")
        )
        vat_total, vat = self.vat()
        allowances = self.allowances(root)
        attachments = self.attachments()
        iban = self.iban()
        if reader.faults or day is None or due is None:
            return None
        invoice = Invoice(
            number=number,
            date=day,
            due=due,
            seller=seller,
            buyer=buyer,
            lines=lines,
            vat=vat,
            vat_total=vat_total,
            allowances=allowances,
            is_credit=self.is_credit,
            iban=iban,
            payment_reference=reader.text(root, "a:PaymentMeans/b:PaymentID"),
            payment_terms=reader.text(root, "a:PaymentTerms/b:Note"),
            words=" ".join(filter(None, ((node.text or "").strip() for node in reader.all(root, "b:Note")))),
            buyer_reference=reader.text(root, "b:BuyerReference"),
            order_reference=reader.text(root, "a:OrderReference/b:ID"),
            preceding=self.preceding(),
            attachments=attachments,
            name=reader.name,
            data=self.data,
            **totals,
        )
        for trouble in troubles(invoice)[:MOST_FAULTS]:
            where = f"{local(root)}, {trouble.field}"
            reader.faults.append(Fault(reader.name, self.row_of(trouble.field), where, trouble.found, trouble.expected))
        return invoice

    # --- Header ---

    def check_header(self) -> None:
        reader, root = self.reader, self.root
        norm = reader.text(root, "b:CustomizationID")
        if not norm.startswith(_NORM):
            reader.fault(root, "CustomizationID", norm, f"{_NORM} and what it is narrowed to (BR-01)")
        currency = reader.text(root, "b:DocumentCurrencyCode")
        if currency != "EUR":
            reader.fault(root, "DocumentCurrencyCode", currency, "EUR (BR-05)")
        kind = reader.text(root, "b:CreditNoteTypeCode" if self.is_credit else "b:InvoiceTypeCode")
        if kind in ("389", "261"):
            reader.fault(root, "InvoiceTypeCode", kind, "an invoice that the seller wrote, and no self-billed one")
        if not kind.isdecimal():
            reader.fault(root, "InvoiceTypeCode", kind, "a code such as 380 or 381 (BR-04)")

    def due(self, day: date | None) -> date | None:
        """The day by which to pay; by law where the invoice gives its terms in words."""
        found = self.reader.day(self.root, "b:DueDate", "a:PaymentMeans/b:PaymentDueDate", required=False)
        if found or self.reader.first(self.root, "b:DueDate", "a:PaymentMeans/b:PaymentDueDate") is not None:
            return found
        if not self.is_credit and not self.reader.text(self.root, "a:PaymentTerms/b:Note"):
            self.reader.fault(self.root, "DueDate", "nothing", "a due date, or terms of payment (BR-CO-25)")
            return None
        return None if day is None else day if self.is_credit else day + timedelta(days=_STATUTORY_DAYS)

    def iban(self) -> str:
        for node in self.reader.all(self.root, "a:PaymentMeans/a:PayeeFinancialAccount/b:ID"):
            found = plain_iban(node.text or "")
            if not is_iban(found):
                self.reader.fault(node, "", found, "an IBAN with right check digits")
            return found
        return ""

    def preceding(self) -> tuple[str, ...]:
        nodes = self.reader.all(self.root, "a:BillingReference/a:InvoiceDocumentReference/b:ID")
        return tuple(filter(None, ((node.text or "").strip() for node in nodes)))

    def party(self, role: str) -> PartyData:
        reader = self.reader
        node = reader.first(self.root, f"a:{role}/a:Party")
        if node is None:
            reader.fault(self.root, f"{role}/Party", "nothing", "a party")
            return PartyData("")
        name = reader.required(
            node, "the party's name (BR-06, BR-07)", "a:PartyLegalEntity/b:RegistrationName", "a:PartyName/b:Name"
        )
        endpoint = reader.first(node, "b:EndpointID")
        return PartyData(
            name=name,
            kvk=self.identifier(node, _KVK),
            oin=self.identifier(node, _OIN),
            vat=self.vat_number(node),
            street=reader.text(node, "a:PostalAddress/b:StreetName"),
            city=reader.text(node, "a:PostalAddress/b:CityName"),
            postcode=reader.text(node, "a:PostalAddress/b:PostalZone"),
            country=reader.text(node, "a:PostalAddress/a:Country/b:IdentificationCode"),
            email=reader.text(node, "a:Contact/b:ElectronicMail"),
            endpoint=(endpoint.text or "").strip() if endpoint is not None else "",
            endpoint_scheme=endpoint.get("schemeID", "") if endpoint is not None else "",
        )

    def identifier(self, party: etree._Element, scheme: str) -> str:
        """The party's number in a register: of its legal entity, or else of its address or itself."""
        digits = {_KVK: 8, _OIN: 20}[scheme]
        for path in ("a:PartyLegalEntity/b:CompanyID", "b:EndpointID", "a:PartyIdentification/b:ID"):
            for node in self.reader.all(party, path):
                if node.get("schemeID") != scheme:
                    continue
                found = (node.text or "").strip()
                if not re.fullmatch(rf"\d{{{digits}}}", found):
                    self.reader.fault(node, "", found, f"{digits} digits (scheme {scheme})")
                return found
        return ""

    def vat_number(self, party: etree._Element) -> str:
        for scheme in self.reader.all(party, "a:PartyTaxScheme"):
            if self.reader.text(scheme, "a:TaxScheme/b:ID") == "VAT":
                found = self.reader.text(scheme, "b:CompanyID").replace(" ", "").replace(".", "").upper()
                if found.startswith("NL") and not _VAT_NL.fullmatch(found):
                    self.reader.fault(scheme, "CompanyID", found, "a VAT number such as NL001234567B01")
                return found
        return ""

    # --- Amounts ---

    def totals(self) -> dict[str, Decimal]:
        node = self.reader.first(self.root, "a:LegalMonetaryTotal")
        if node is None:
            self.reader.fault(self.root, "LegalMonetaryTotal", "nothing", "the totals of the invoice")
            return {}
        wanted = {
            "line_total": ("b:LineExtensionAmount", True),
            "net": ("b:TaxExclusiveAmount", True),
            "total": ("b:TaxInclusiveAmount", True),
            "payable": ("b:PayableAmount", True),
            "allowance_total": ("b:AllowanceTotalAmount", False),
            "charge_total": ("b:ChargeTotalAmount", False),
            "prepaid": ("b:PrepaidAmount", False),
            "rounding": ("b:PayableRoundingAmount", False),
        }
        return {
            field: self.reader.amount(node, path, required=required) or ZERO
            for field, (path, required) in wanted.items()
        }

    def vat(self) -> tuple[Decimal, tuple[VatLine, ...]]:
        """The total and its breakdown; a second total without one is in the currency of somebody's accounts."""
        totals = self.reader.all(self.root, "a:TaxTotal")
        broken_down = [node for node in totals if self.reader.first(node, "a:TaxSubtotal") is not None]
        if len(broken_down) != 1:
            self.reader.fault(self.root, "TaxTotal", f"{len(broken_down)} with a breakdown", "one (BR-CO-18)")
            return ZERO, ()
        lines = []
        for node in self.reader.all(broken_down[0], "a:TaxSubtotal"):
            category, percent = self.category(node, "a:TaxCategory")
            reason = self.reader.text(
                node, "a:TaxCategory/b:TaxExemptionReason", "a:TaxCategory/b:TaxExemptionReasonCode"
            )
            base = self.reader.amount(node, "b:TaxableAmount") or ZERO
            amount = self.reader.amount(node, "b:TaxAmount") or ZERO
            lines.append(VatLine(base, amount, category, percent, reason))
        return self.reader.amount(broken_down[0], "b:TaxAmount") or ZERO, tuple(lines)

    def category(self, node: etree._Element, path: str) -> tuple[str, Decimal | None]:
        category = self.reader.required(node, "a category of VAT such as S", f"{path}/b:ID")
        if self.reader.first(node, f"{path}/b:Percent") is None:
            return category, None
        return category, self.reader.number(node, f"{path}/b:Percent")

    def allowances(self, node: etree._Element, *, of_line: bool = False) -> tuple[Allowance, ...]:
        found = []
        for one in self.reader.all(node, "a:AllowanceCharge"):
            indicator = self.reader.text(one, "b:ChargeIndicator")
            if indicator not in ("true", "false"):
                self.reader.fault(one, "ChargeIndicator", indicator, "true or false")
            amount = self.reader.amount(one, "b:Amount") or ZERO
            category, percent = ("", None) if of_line else self.category(one, "a:TaxCategory")
            reason = self.reader.text(one, "b:AllowanceChargeReason", "b:AllowanceChargeReasonCode")
            found.append(Allowance(amount, indicator == "true", reason, category, percent))
        return tuple(found)

    def line(self, node: etree._Element) -> InvoiceLine:
        reader = self.reader
        quantity = "b:CreditedQuantity" if self.is_credit else "b:InvoicedQuantity"
        of = reader.first(node, quantity)
        category, percent = self.category(node, "a:Item/a:ClassifiedTaxCategory")
        return InvoiceLine(
            id=reader.required(node, "the number of the line (BR-21)", "b:ID"),
            words=reader.required(
                node, "the name of what was delivered (BR-25)", "a:Item/b:Name", "a:Item/b:Description"
            ),
            amount=reader.amount(node, "b:LineExtensionAmount") or ZERO,
            quantity=reader.number(node, quantity) or Decimal(0),
            unit=of.get("unitCode", "") if of is not None else "",
            price=self.price(node),
            price_quantity=reader.number(node, "a:Price/b:BaseQuantity", default=Decimal(1)) or Decimal(0),
            category=category,
            percent=percent,
            allowances=self.allowances(node, of_line=True),
        )

    def price(self, node: etree._Element) -> Decimal:
        """A price may have parts of a cent, unlike an amount."""
        found = self.reader.first(node, "a:Price/b:PriceAmount")
        if found is not None and found.get("currencyID") != "EUR":
            self.reader.fault(found, "", found.get("currencyID") or "no currency", "EUR")
        return self.reader.number(node, "a:Price/b:PriceAmount") or ZERO

    # --- Attachments, and where to look ---

    def attachments(self) -> tuple[Attachment, ...]:
        found = []
        for node in self.reader.all(
            self.root, "a:AdditionalDocumentReference/a:Attachment/b:EmbeddedDocumentBinaryObject"
        ):
            try:
                content = base64.b64decode("".join((node.text or "").split()), validate=True)
            except (binascii.Error, ValueError):
                self.reader.fault(node, "", f"{len(node.text or '')} characters that are no base64", "base64")
                continue
            name = node.get("filename", "")
            found.append(Attachment(name, node.get("mimeCode", ""), len(content), sha256(content).hexdigest()))
        return tuple(found)

    def row_of(self, field: str) -> int:
        """The line of the file to look at for this trouble."""
        if match := re.match(r"line (\S+) ", field):
            for node in self.reader.all(self.root, "a:CreditNoteLine" if self.is_credit else "a:InvoiceLine"):
                if self.reader.text(node, "b:ID") == match.group(1):
                    return line_of(node)
        path = "a:TaxTotal" if "VAT" in field and "total w" not in field else "a:LegalMonetaryTotal"
        found = self.reader.first(self.root, "b:DueDate" if field == "due date" else path)
        return line_of(self.root if found is None else found)

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""An invoice or credit note on plain values, in the terms of EN 16931, and the arithmetic that must hold for it.

The rules are named as in the norm (https://docs.peppol.eu/poacc/billing/3.0/rules/ubl-tc434/); where the public
Schematron of the norm leaves slack, so do we: what a supplier's validator lets pass must not be stopped here.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal
from hashlib import sha256

from mainport.cycle.rules.amounts import CENT, total
from mainport.cycle.rules.ledger import Trouble

ZERO = Decimal("0.00")
#: Wide enough for whatever numbers a file may have: that they are too large is then said, and no accident.
_WIDE = Context(prec=200)


@dataclass(frozen=True)
class PartyData:
    """Who sends or gets an invoice, as the invoice says."""

    name: str
    kvk: str = ""  # Eight digits.
    oin: str = ""  # Of a government body; twenty digits.
    vat: str = ""  # NL001234567B01
    street: str = ""
    city: str = ""
    postcode: str = ""
    country: str = "NL"
    email: str = ""
    #: Where Peppol delivers: identifier and its scheme (0106 KvK, 0190 OIN, 9944 Dutch VAT number).
    endpoint: str = ""
    endpoint_scheme: str = ""


@dataclass(frozen=True)
class Allowance:
    """A reduction of the amount, or a charge upon it; `amount` is zero or more in both."""

    amount: Decimal
    is_charge: bool = False
    reason: str = ""
    category: str = ""
    percent: Decimal | None = None


@dataclass(frozen=True)
class InvoiceLine:
    """What is asked for: `amount` is quantity times price, with the line's own allowances and charges, without VAT."""

    id: str
    words: str
    amount: Decimal
    quantity: Decimal = Decimal(1)
    unit: str = "C62"  # UN/ECE recommendation 20: one
    price: Decimal = ZERO
    #: So many units the price is for.
    price_quantity: Decimal = Decimal(1)
    category: str = "S"  # UNCL 5305: S standard, Z zero, E exempt, AE reverse charge, O outside the scope …
    percent: Decimal | None = None
    allowances: tuple[Allowance, ...] = ()


@dataclass(frozen=True)
class VatLine:
    """VAT of one category and rate; `reason` says why there is none."""

    base: Decimal
    amount: Decimal
    category: str = "S"
    percent: Decimal | None = None
    reason: str = ""


@dataclass(frozen=True)
class Attachment:
    """A file inside the invoice: kept with it, never opened here."""

    name: str
    mime: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Invoice:
    """An invoice or, with `is_credit`, a credit note, of which all amounts are positive as well."""

    number: str
    date: datetime.date
    due: datetime.date
    seller: PartyData
    buyer: PartyData
    lines: tuple[InvoiceLine, ...]
    vat: tuple[VatLine, ...]
    line_total: Decimal  # BT-106
    net: Decimal  # BT-109, without VAT
    vat_total: Decimal  # BT-110
    total: Decimal  # BT-112, with VAT
    payable: Decimal  # BT-115
    allowances: tuple[Allowance, ...] = ()  # of the whole
    allowance_total: Decimal = ZERO  # BT-107
    charge_total: Decimal = ZERO  # BT-108
    prepaid: Decimal = ZERO  # BT-113
    rounding: Decimal = ZERO  # BT-114
    is_credit: bool = False
    iban: str = ""  # to pay to
    payment_reference: str = ""
    payment_terms: str = ""
    words: str = ""
    buyer_reference: str = ""
    order_reference: str = ""
    #: The invoices that it corrects or credits.
    preceding: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    name: str = ""  # of the file
    data: bytes = field(default=b"", repr=False, compare=False)

    @property
    def sha256(self) -> str:
        return sha256(self.data).hexdigest()


def troubles(invoice: Invoice) -> list[Trouble]:
    """All that is wrong with an invoice by itself."""
    return [*_said(invoice), *_lines_tie(invoice), *_totals_tie(invoice), *_vat_ties(invoice)]


def _said(invoice: Invoice) -> Iterator[Trouble]:
    if not 0 < len(invoice.number) <= 60:
        yield Trouble("number", invoice.number or "nothing", "1 to 60 characters (BR-02)")
    if not invoice.seller.name:
        yield Trouble("seller name", "nothing", "a name (BR-06)")
    if not invoice.buyer.name:
        yield Trouble("buyer name", "nothing", "a name (BR-07)")
    if invoice.due < invoice.date:
        yield Trouble("due date", invoice.due.isoformat(), f"{invoice.date} or later")
    if not invoice.lines:
        yield Trouble("lines", "none", "at least one (BR-16)")
    if not invoice.vat:
        yield Trouble("VAT breakdown", "none", "at least one (BR-CO-18)")


def _lines_tie(invoice: Invoice) -> Iterator[Trouble]:
    for line in invoice.lines:
        own = _balance(line.allowances)
        if line.price < 0:
            yield Trouble(f"line {line.id} price", str(line.price), "zero or more (BR-27)")
        if line.price_quantity <= 0:
            yield Trouble(f"line {line.id} base quantity", str(line.price_quantity), "more than zero")
            continue
        expected = line.quantity * line.price / line.price_quantity + own
        if abs(expected - line.amount) > 2 * CENT:  # The slack of PEPPOL-EN16931-R120.
            yield _ties(f"line {line.id} amount", line.amount, _cents(expected), "PEPPOL-EN16931-R120")


def _totals_tie(invoice: Invoice) -> Iterator[Trouble]:
    sums = (
        ("sum of lines", invoice.line_total, total(line.amount for line in invoice.lines), "BR-CO-10"),
        ("sum of allowances", invoice.allowance_total, _sum(invoice, charges=False), "BR-CO-11"),
        ("sum of charges", invoice.charge_total, _sum(invoice, charges=True), "BR-CO-12"),
        (
            "total without VAT",
            invoice.net,
            invoice.line_total - invoice.allowance_total + invoice.charge_total,
            "BR-CO-13",
        ),
        ("total VAT", invoice.vat_total, total(line.amount for line in invoice.vat), "BR-CO-14"),
        ("total with VAT", invoice.total, invoice.net + invoice.vat_total, "BR-CO-15"),
        ("amount due", invoice.payable, invoice.total - invoice.prepaid + invoice.rounding, "BR-CO-16"),
    )
    for what, found, expected, rule in sums:
        if found != expected:
            yield _ties(what, found, expected, rule)


def _vat_ties(invoice: Invoice) -> Iterator[Trouble]:
    bases: dict[tuple[str, Decimal], Decimal] = {}
    for category, percent, amount in _based(invoice):
        key = (category, percent or Decimal(0))
        bases[key] = bases.get(key, ZERO) + amount
    for line in invoice.vat:
        what = f"VAT {line.category} {line.percent if line.percent is not None else 0}%"
        key = (line.category, line.percent or Decimal(0))
        if (expected := bases.pop(key, None)) is None:
            yield Trouble(what, str(line.base), "a category and rate of a line, allowance or charge")
        elif abs(line.base - expected) >= 1:  # The slack of BR-S-08 and its kin in the Schematron.
            yield _ties(f"{what} base", line.base, expected, f"BR-{line.category}-08")
        due = _cents(line.base * (line.percent or Decimal(0)) / 100)
        if abs(line.amount - due) >= 1 or (not due and line.amount):  # The slack of BR-CO-17 there.
            yield _ties(f"{what} amount", line.amount, due, "BR-CO-17")
        if line.category not in _TAXED and not line.reason and line.category != "Z":
            yield Trouble(f"{what} reason", "nothing", f"why there is no VAT (BR-{line.category}-10)")
    for category, percent in bases:
        yield Trouble(
            "VAT breakdown", "nothing", f"category {category} of {percent}%, which is in the lines (BR-CO-18)"
        )


#: Categories that carry VAT: standard, and the taxes of the Canary Islands and of Ceuta and Melilla.
_TAXED = frozenset({"S", "L", "M"})


def _based(invoice: Invoice) -> Iterator[tuple[str, Decimal | None, Decimal]]:
    for line in invoice.lines:
        yield line.category, line.percent, line.amount
    for allowance in invoice.allowances:
        yield allowance.category, allowance.percent, allowance.amount if allowance.is_charge else -allowance.amount


def _sum(invoice: Invoice, *, charges: bool) -> Decimal:
    return total(a.amount for a in invoice.allowances if a.is_charge is charges)


def _balance(allowances: tuple[Allowance, ...]) -> Decimal:
    return total(a.amount if a.is_charge else -a.amount for a in allowances)


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP, context=_WIDE)


def _ties(what: str, found: Decimal, expected: Decimal, rule: str) -> Trouble:
    return Trouble(what, str(found), f"{expected} ({rule})")

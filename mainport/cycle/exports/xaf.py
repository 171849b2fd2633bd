# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""One year of the books for the accountant: XML Auditfile Financieel 3.2 (XAF).

After the schema XmlAuditfileFinancieel3.2.xsd, published with its explanation at
https://www.softwarepakketten.nl/swpakketten/auditfiles/auditfile_financieel.php. What was said about money (pledges,
budget …) is no bookkeeping of money and stays out. A year of any size is written in the same little memory: totals are
asked of the database first, and lines go out as they are read.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib.metadata import version
from itertools import groupby
from typing import Any, BinaryIO
from xml.sax.saxutils import escape

from django.db.models import Count, QuerySet, Sum
from django.utils import timezone

from mainport.cycle.exports.ourselves import ourselves
from mainport.cycle.models import Book, Cell, Party, Transfer
from mainport.cycle.models.euro import EuroField
from mainport.cycle.rules.amounts import total
from mainport.cycle.rules.chart import CHART, Code, is_memorandum
from mainport.cycle.rules.ledger import Sort

NAMESPACE = "http://www.auditfiles.nl/XAF/3.2"

#: Accounts of which the year begins at nothing: what is left of the years before is in the reserve.
_OF_THE_YEAR = frozenset({Code.EXPENDITURE, Code.CONTRIBUTION, Code.COFINANCING})
_MEMORANDUM = Code.PLEDGED.value  # The first of them.
_CHUNK = 2000
#: Everything but plain characters that mean nothing in XML.
_NEEDS_CARE = re.compile("[^\u0020-\u0025\u0027-\u003b\u003d\u003f-\ud7ff]")
#: What XML 1.0 has no place for (https://www.w3.org/TR/xml/#charsets).
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Journal:
    """A book of first entry: which movements are in it, and its type in the auditfile."""

    id: str
    title: str
    type: str
    sorts: tuple[Sort, ...]


JOURNALS = (
    Journal("BANK", "Bankboek", "B", (Sort.BANK, Sort.RECEIPT, Sort.PAYMENT)),
    Journal("VERKOOP", "Verkoopboek", "S", (Sort.INVOICE_SENT,)),
    Journal("INKOOP", "Inkoopboek", "P", (Sort.INVOICE_RECEIVED,)),
)
_OTHERS = Journal(
    "MEMO", "Memoriaal", "M", tuple(sort for sort in Sort if all(sort not in journal.sorts for journal in JOURNALS))
)


def write(out: BinaryIO, year: int) -> None:
    """Write the auditfile of a year; what is booked meanwhile is left out."""
    batch: list[str] = []
    for part in _File(year).parts():
        batch.append(part)
        if len(batch) == _CHUNK:
            out.write("".join(batch).encode())
            batch.clear()
    out.write("".join(batch).encode())


class _File:
    def __init__(self, year: int) -> None:
        self.year = year
        self.first, self.last = date(year, 1, 1), date(year, 12, 31)
        book = Book.objects.first()
        self.through = book.last_number if book else 0
        self.iban = book.iban if book else ""
        self.cells = {cell.pk: cell for cell in Cell.objects.filter(code__lt=_MEMORANDUM)}
        self.relations = _Relations(self.cells.values())

    def parts(self) -> Iterator[str]:
        yield f'<?xml version="1.0" encoding="UTF-8"?>\n<auditfile xmlns="{NAMESPACE}">\n'
        yield self.header()
        yield "<company>\n"
        yield self.company()
        yield from self.relations.parts()
        yield self.ledger()
        yield self.periods()
        yield from self.opening()
        yield from self.transactions()
        yield "</company>\n</auditfile>\n"

    # --- What it is about ---

    def header(self) -> str:
        return _node(
            "header",
            _text("fiscalYear", self.year),
            _text("startDate", self.first.isoformat()),
            _text("endDate", self.last.isoformat()),
            _text("curCode", "EUR"),
            _text("dateCreated", timezone.localdate().isoformat()),
            _text("softwareDesc", "Mainport"),
            _text("softwareVersion", version("mainport"), 20),
        )

    def company(self) -> str:
        own = ourselves()
        address = (_text("streetname", own.street), _text("city", own.city, 50), _text("postalCode", own.postcode, 10))
        parts = [
            _text("companyIdent", own.kvk, 35),
            _text("companyName", own.name, 999),
            _text("taxRegistrationCountry", "NL"),
            # Required by the schema; an alliance without VAT is known by its KvK number, or by none.
            f"<taxRegIdent>{escape(own.vat or own.kvk)}</taxRegIdent>",
        ]
        if any(address):
            parts.append(_node("streetAddress", *address, _text("country", "NL")))
        return "".join(parts)

    def ledger(self) -> str:
        accounts = (account for account in CHART.values() if not is_memorandum(account.code))
        return _node(
            "generalLedger",
            *(
                _node(
                    "ledgerAccount",
                    _text("accID", account.code),
                    _text("accDesc", account.nl),
                    _text("accTp", "P" if account.code in _OF_THE_YEAR else "B"),
                )
                for account in accounts
            ),
        )

    def periods(self) -> str:
        return _node(
            "periods",
            *(
                _node(
                    "period",
                    _text("periodNumber", month),
                    _text("periodDesc", f"{self.year}-{month:02}"),
                    _text("startDatePeriod", date(self.year, month, 1).isoformat()),
                    _text(
                        "endDatePeriod",
                        date(self.year, month, calendar.monthrange(self.year, month)[1]).isoformat(),
                    ),
                )
                for month in range(1, 13)
            ),
        )

    # --- How it began ---

    def opening(self) -> Iterator[str]:
        """The balance sheet before the first day, with what the years before left in the reserve."""
        balances: dict[Code, Decimal] = {}
        before = self.money().filter(movement__date__lt=self.first)
        for side, sign in (("debit", 1), ("credit", -1)):
            sums = before.order_by().values_list(f"{side}__code").annotate(Sum("amount", output_field=EuroField()))
            for written, amount in sums:
                code = Code.RESERVE if Code(written) in _OF_THE_YEAR else Code(written)
                balances[code] = balances.get(code, Decimal("0.00")) + sign * amount
        lines = [(code, amount) for code, amount in sorted(balances.items()) if amount]
        yield "<openingBalance>\n"
        yield _text("opBalDate", self.first.isoformat()) + _text("opBalDesc", "Beginbalans")
        yield _totals(
            len(lines),
            total(amount for _code, amount in lines if amount > 0),
            total(-amount for _code, amount in lines if amount < 0),
        )
        for number, (code, amount) in enumerate(lines, 1):
            yield _node(
                "obLine",
                _text("nr", number),
                _text("accID", code),
                _text("amnt", f"{abs(amount):.2f}"),
                _text("amntTp", "D" if amount > 0 else "C"),
            )
        yield "</openingBalance>\n"

    # --- What happened ---

    def money(self) -> QuerySet[Transfer]:
        return Transfer.objects.filter(movement__number__lte=self.through, debit__code__lt=_MEMORANDUM)

    def of_year(self) -> QuerySet[Transfer]:
        return self.money().filter(movement__date__range=(self.first, self.last))

    def transactions(self) -> Iterator[str]:
        found = self.of_year().aggregate(count=Count("pk"), amount=Sum("amount", output_field=EuroField()))
        amount = found["amount"] or Decimal(0)
        yield "<transactions>\n"
        yield _totals(2 * found["count"], amount, amount)
        for journal in (*JOURNALS, _OTHERS):
            yield (
                "<journal>\n" + _text("jrnID", journal.id) + _text("desc", journal.title) + _text("jrnTp", journal.type)
            )
            if journal.type == "B":
                yield _text("offsetAccID", Code.BANK) + _text("bankAccNr", self.iban, 35)
            yield from self.journal(journal)
            yield "</journal>\n"
        yield "</transactions>\n"

    def journal(self, journal: Journal) -> Iterator[str]:
        rows = (
            self.of_year()
            .filter(movement__sort__in=journal.sorts)
            .order_by("movement__number", "pk")
            .values_list(
                "movement__number",
                "movement__date",
                "movement__words",
                "movement__document",
                "movement__reference",
                "movement__by_name",
                "amount",
                "debit_id",
                "credit_id",
            )
            .iterator(chunk_size=_CHUNK)
        )
        for _number, transfers in groupby(rows, key=lambda row: row[0]):
            yield self.transaction(transfers)

    def transaction(self, transfers: Iterable[tuple[Any, ...]]) -> str:
        """A movement; each of its transfers gives two lines."""
        head = ""
        lines: list[str] = []
        for number, day, words, document, reference, who, amount, debit, credit in transfers:
            head = head or (
                _text("nr", number)
                + _text("desc", words)
                + _text("periodNumber", day.month)
                + _text("trDt", day.isoformat())
                + _text("userID", who, 35)
            )
            for pk, side in ((debit, "D"), (credit, "C")):
                lines.append(self.line(len(lines) + 1, pk, document or reference, day, words, f"{amount:.2f}", side))
        return f"<transaction>{head}{''.join(lines)}</transaction>\n"

    def line(self, number: int, pk: int, document: str, day: date, words: str, amount: str, side: str) -> str:
        cell = self.cells[pk]
        party = f"<custSupID>{self.relations.ids[cell.party]}</custSupID>" if cell.party else ""
        return (
            f"<trLine><nr>{number}</nr><accID>{cell.code}</accID><docRef>{_clean(document, 999)}</docRef>"
            f"<effDate>{day.isoformat()}</effDate><desc>{_clean(words, 999)}</desc><amnt>{amount}</amnt>"
            f"<amntTp>{side}</amntTp>{party}"
            + _text("costID", cell.cost, 35)
            + _text("projID", cell.element, 35)
            + "</trLine>\n"
        )


class _Relations:
    """The parties of the ledger, as customers (who pay us) and suppliers (whom we pay)."""

    def __init__(self, cells: Iterable[Cell]) -> None:
        self.codes: dict[str, set[str]] = {}
        for cell in cells:
            if cell.party:
                self.codes.setdefault(cell.party, set()).add(cell.code)
        self.rows = {party.key: party for party in Party.objects.filter(key__in=self.codes)}
        #: An id has 35 characters at most, a key may have more.
        self.ids = {
            key: key if len(key) <= 35 else f"{key[:24]}-{number}" for number, key in enumerate(sorted(self.codes))
        }

    def parts(self) -> Iterator[str]:
        yield "<customersSuppliers>\n"
        for key in sorted(self.codes):
            yield self.one(key)
        yield "</customersSuppliers>\n"

    def one(self, key: str) -> str:
        row = self.rows.get(key) or Party(key=key, name=key)
        pays = not self.codes[key].isdisjoint({Code.RECEIVABLE, Code.CONTRIBUTION, Code.COFINANCING})
        is_paid = not self.codes[key].isdisjoint({Code.PAYABLE, Code.EXPENDITURE})
        vat = (_text("taxRegistrationCountry", "NL") + _text("taxRegIdent", row.vat, 30)) if row.vat else ""
        return _node(
            "customerSupplier",
            f"<custSupID>{self.ids[key]}</custSupID>",
            _text("custSupName", row.name, 50),
            _text("eMail", row.email),
            _text("commerceNr", row.kvk),
            vat,
            _text("custSupTp", "B" if pays and is_paid else "C" if pays else "S" if is_paid else "O"),
            _node("bankAccount", _text("bankAccNr", row.iban, 35)) if row.iban else "",
        )


def _totals(count: int, debit: Decimal, credit: Decimal) -> str:
    amounts = _text("totalDebit", f"{debit:.2f}") + _text("totalCredit", f"{credit:.2f}")
    return _text("linesCount", count) + amounts


def _node(name: str, *parts: str) -> str:
    return f"<{name}>{''.join(parts)}</{name}>\n"


def _text(name: str, value: object, limit: int = 999) -> str:
    """An element with this text; none where there is nothing to say."""
    words = _clean(str(value), limit)
    return f"<{name}>{words}</{name}>" if words else ""


def _clean(words: str, limit: int) -> str:
    """Words as they stand in XML. Most need no care, and there are millions of them."""
    words = words[:limit]
    return escape(_NOT_XML.sub(" ", words)) if _NEEDS_CARE.search(words) else words

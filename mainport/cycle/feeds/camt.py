# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Bank statements in CAMT.053 (ISO 20022 BankToCustomerStatement), versions 02 and later.

Read as the Dutch banks write it (Betaalvereniging Nederland, "Implementation guidelines for the camt.053 message"):
an entry of a batch gives a line for each of its transactions. What the bank hasn't booked yet is left out and counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from lxml import etree

from mainport.cycle.feeds.xml import MOST_FAULTS, Reader, line_of, local, namespace, parse
from mainport.cycle.rules.amounts import total
from mainport.cycle.rules.files import Fault, Refused, plain_iban
from mainport.cycle.rules.statements import Line, Statement, troubles

_NAMESPACE = re.compile(r"urn:iso:std:iso:20022:tech:xsd:camt\.053\.001\.(\d\d)")
_EXPECTED = "Document in urn:iso:std:iso:20022:tech:xsd:camt.053.001.02 or a later version"
#: The bank's word for "none given".
_NOT_PROVIDED = "NOTPROVIDED"
_REFERENCE, _WORDS, _NAME = 140, 500, 200


def read(data: bytes, name: str) -> list[Statement]:
    """Every statement in a file. Raises Refused with all that is wrong; then none of them counts."""
    root = parse(data, name)
    version = _NAMESPACE.fullmatch(namespace(root))
    if local(root) != "Document" or version is None or version.group(1) < "02":
        found = f"{local(root)} in {namespace(root) or 'no namespace'}"
        raise Refused([Fault(name, line_of(root), local(root), found, _EXPECTED)])
    reader = Reader(name, root, {"c": namespace(root)})
    nodes = reader.all(root, "c:BkToCstmrStmt/c:Stmt")
    if not nodes:
        reader.fault(root, "BkToCstmrStmt/Stmt", "nothing", "at least one statement")
    read_ones = [_Statement(reader, node, data).read() for node in nodes]
    statements = [statement for statement in read_ones if statement is not None]
    seen: set[tuple[str, str]] = set()
    for statement, node in zip(read_ones, nodes, strict=True):
        if statement is None:
            continue
        if (key := (statement.iban, statement.identification)) in seen:
            reader.fault(node, "Id", statement.identification, "a statement that isn't in this file already")
        seen.add(key)
    reader.raise_any()
    return statements


class _Statement:
    def __init__(self, reader: Reader, node: etree._Element, data: bytes) -> None:
        self.reader = reader
        self.node = node
        self.data = data
        self.iban = ""
        #: Signed amounts of all entries, booked or not, in their order.
        self.entries: list[Decimal] = []
        self.pending = 0

    def read(self) -> Statement | None:
        """None where something is wrong; the reader knows what."""
        known = len(self.reader.faults)
        reader, node = self.reader, self.node
        identification = reader.required(node, "the statement's identification", "c:Id")
        self.iban = plain_iban(reader.required(node, "the IBAN of the account", "c:Acct/c:Id/c:IBAN"))
        currency = reader.text(node, "c:Acct/c:Ccy")
        if currency not in ("", "EUR"):
            reader.fault(node, "Acct/Ccy", currency, "EUR")
        opening, opened = self.balance("OPBD", "PRCD")
        closing, closed = self.balance("CLBD")
        drafts = list(self.lines())
        if len(reader.faults) > known or opening is None or closing is None or opened is None or closed is None:
            return None
        lines = tuple(_numbered(drafts))
        start, end = self.period(opened, closed, lines)
        statement = Statement(
            identification=identification,
            iban=self.iban,
            start=start,
            end=end,
            opening=opening,
            closing=closing,
            lines=lines,
            name=reader.name,
            data=self.data,
            pending=self.pending,
            row=line_of(node),
        )
        self.check(statement)
        return statement if len(reader.faults) == known else None

    # --- Balances and period ---

    def balance(self, *codes: str) -> tuple[Decimal | None, date | None]:
        """The balance with the first of these codes that there is, and its day.

        An opening balance that isn't there is the closing one of the statement before (PRCD).
        """
        for code in codes:
            found = [b for b in self.reader.all(self.node, "c:Bal") if self.code(b) == code]
            if len(found) > 1:
                self.reader.fault(found[1], "Tp", f"another {code}", f"one balance {code}")
                return None, None
            if found:
                amount = self.signed(found[0], self.reader.amount(found[0], "c:Amt"))
                day = self.reader.day(found[0], "c:Dt/c:Dt", "c:Dt/c:DtTm")
                return amount, day + timedelta(days=1) if day and code == "PRCD" else day
        self.reader.fault(self.node, "Bal", "no " + " or ".join(codes), f"a balance {' or '.join(codes)}")
        return None, None

    def code(self, balance: etree._Element) -> str:
        return self.reader.text(balance, "c:Tp/c:CdOrPrtry/c:Cd")

    def signed(self, node: etree._Element, amount: Decimal | None) -> Decimal | None:
        """The amount as it counts on the account: positive to its credit."""
        side = self.reader.text(node, "c:CdtDbtInd")
        if side not in ("CRDT", "DBIT"):
            self.reader.fault(node, "CdtDbtInd", side or "nothing", "CRDT or DBIT")
            return None
        if amount is not None and amount < 0:
            self.reader.fault(node, "Amt", str(amount), "zero or more: CdtDbtInd gives the direction")
            return None
        return amount if amount is None or side == "CRDT" else -amount

    def period(self, opened: date, closed: date, lines: tuple[Line, ...]) -> tuple[date, date]:
        """As the bank says, or else from the day of the opening balance to that of the closing one."""
        start = self.reader.day(self.node, "c:FrToDt/c:FrDtTm", "c:FrToDt/c:FrDt", required=False)
        end = self.reader.day(self.node, "c:FrToDt/c:ToDtTm", "c:FrToDt/c:ToDt", required=False)
        days = [line.booked_on for line in lines]
        if end and self.ends_at_midnight() and max([closed, *days]) < end:
            end -= timedelta(days=1)  # Until the first moment of a day: that day isn't in it.
        return start or min([opened, closed, *days]), end or max([closed, *days])

    def ends_at_midnight(self) -> bool:
        return "T00:00:00" in self.reader.text(self.node, "c:FrToDt/c:ToDtTm")

    # --- Entries ---

    def lines(self) -> Iterator[Line]:
        for entry in self.reader.all(self.node, "c:Ntry"):
            amount = self.signed(entry, self.reader.amount(entry, "c:Amt"))
            status = self.reader.text(entry, "c:Sts/c:Cd", "c:Sts/c:Prtry", "c:Sts")
            if status not in ("BOOK", "PDNG", "INFO", "FUTR"):
                self.reader.fault(entry, "Sts", status or "nothing", "BOOK, or PDNG, INFO or FUTR, which are left out")
            if amount is None:
                continue
            self.entries.append(amount)
            if status == "BOOK":
                yield from self.booked(entry, amount)
            else:
                self.pending += 1

    def booked(self, entry: etree._Element, amount: Decimal) -> Iterator[Line]:
        day = self.reader.day(entry, "c:BookgDt/c:Dt", "c:BookgDt/c:DtTm", "c:ValDt/c:Dt", "c:ValDt/c:DtTm")
        if amount == 0:
            self.reader.fault(entry, "Amt", "0.00", "an amount above zero")
        if day is None or amount == 0:
            return
        details = self.reader.all(entry, "c:NtryDtls/c:TxDtls")
        if len(details) < 2 or not any(self.has_amount(one) for one in details):
            yield self.line(entry, details[0] if len(details) == 1 else None, amount, day)
            return
        parts = [self.part(one, amount) for one in details]
        known = [part for part in parts if part is not None]
        if len(known) == len(parts) and total(known) != amount:
            expected = f"{amount}, the amount of the entry, as the sum of its {len(parts)} transactions"
            self.reader.fault(entry, "NtryDtls/TxDtls", str(total(known)), expected)
        for one, part in zip(details, parts, strict=True):
            if part:
                yield self.line(entry, one, part, day)

    def has_amount(self, details: etree._Element) -> bool:
        return self.reader.first(details, *_AMOUNTS) is not None

    def part(self, details: etree._Element, whole: Decimal) -> Decimal | None:
        """The amount of one transaction of a batch, in the direction of the entry where it says none itself."""
        amount = self.reader.amount(details, *_AMOUNTS)
        if amount == 0:
            self.reader.fault(details, "Amt", "0.00", "an amount above zero")
        if self.reader.first(details, "c:CdtDbtInd") is not None:
            return self.signed(details, amount)
        return amount if amount is None or whole > 0 else -amount

    def line(self, entry: etree._Element, details: etree._Element | None, amount: Decimal, day: date) -> Line:
        reader = self.reader
        reversal = reader.text(entry, "c:RvslInd") in ("true", "1")
        name, iban = (
            self.counterparty(details, came_in=(amount > 0) is not reversal) if details is not None else ("", "")
        )
        return Line(
            position=0,
            booked_on=day,
            amount=amount,
            counter_name=name[:_NAME],
            counter_iban=iban,
            reference=self.reference(details)[:_REFERENCE] if details is not None else "",
            words=self.words(entry, details)[:_WORDS],
            bank_reference=reader.text(entry, "c:AcctSvcrRef", "c:NtryRef"),
            is_reversal=reversal,
            row=line_of(entry if details is None else details),
        )

    def counterparty(self, details: etree._Element, *, came_in: bool) -> tuple[str, str]:
        """Who paid what came in, or got what went out. What is taken back keeps the parties of the first payment."""
        for role in ("Dbtr", "Cdtr") if came_in else ("Cdtr", "Dbtr"):
            parties = f"c:RltdPties/c:{role}"
            name = self.reader.text(details, f"{parties}/c:Nm", f"{parties}/c:Pty/c:Nm")
            iban = plain_iban(self.reader.text(details, f"{parties}Acct/c:Id/c:IBAN"))
            if (name or iban) and iban != self.iban:
                return name, iban[:34]
        return "", ""

    def reference(self, details: etree._Element) -> str:
        found = self.reader.text(details, "c:RmtInf/c:Strd/c:CdtrRefInf/c:Ref", "c:Refs/c:EndToEndId")
        return "" if found.upper() == _NOT_PROVIDED else found

    def words(self, entry: etree._Element, details: etree._Element | None) -> str:
        if details is not None:
            texts = [" ".join((one.text or "").split()) for one in self.reader.all(details, "c:RmtInf/c:Ustrd")]
            if words := " ".join(filter(None, texts)) or self.reader.text(details, "c:AddtlTxInf"):
                return words
        return self.reader.text(entry, "c:AddtlNtryInf")

    # --- Checks ---

    def check(self, statement: Statement) -> None:
        for trouble in troubles(statement)[:MOST_FAULTS]:
            self.reader.faults.append(
                Fault(
                    self.reader.name,
                    self.row_of(trouble.field, statement),
                    f"{self.reader.path(self.node)}, {trouble.field}",
                    trouble.found,
                    trouble.expected,
                )
            )
        for part, amounts in (
            ("TtlNtries", self.entries),
            ("TtlCdtNtries", [amount for amount in self.entries if amount > 0]),
            ("TtlDbtNtries", [amount for amount in self.entries if amount < 0]),
        ):
            if (summary := self.reader.first(self.node, f"c:TxsSummry/c:{part}")) is not None:
                self.check_summary(summary, amounts)

    def row_of(self, field: str, statement: Statement) -> int:
        """The line of the file to look at for this trouble."""
        if place := re.match(r"line (\d+)", field):
            return statement.lines[int(place.group(1)) - 1].row
        if field == "closing balance":
            return next(line_of(b) for b in self.reader.all(self.node, "c:Bal") if self.code(b) == "CLBD")
        return statement.row

    def check_summary(self, summary: etree._Element, amounts: list[Decimal]) -> None:
        """The bank's own count and sum, where it gives them."""
        count = self.reader.text(summary, "c:NbOfNtries")
        if count and (not count.isdecimal() or int(count) != len(amounts)):
            self.reader.fault(summary, "NbOfNtries", count, str(len(amounts)))
        for path, expected in (
            ("c:Sum", total(abs(amount) for amount in amounts)),
            ("c:TtlNetNtryAmt", abs(total(amounts))),
            ("c:TtlNetNtry/c:Amt", abs(total(amounts))),
        ):
            # The summary gives no currency: it is that of the account.
            found = self.reader.number(summary, path, default=expected)
            if found is not None and found != expected:
                self.reader.fault(summary, path, str(found), f"{expected}, the sum of the entries")


#: Where the amount of a transaction stands, in version 08 and later, and before.
_AMOUNTS = ("c:Amt", "c:AmtDtls/c:TxAmt/c:Amt", "c:AmtDtls/c:InstdAmt/c:Amt")


def _numbered(lines: list[Line]) -> Iterator[Line]:
    for position, line in enumerate(lines, 1):
        yield replace(line, position=position)

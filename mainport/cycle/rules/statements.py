# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A statement of the bank, and what must hold for it to be taken in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from hashlib import sha256

from mainport.cycle.rules.amounts import total
from mainport.cycle.rules.files import is_iban
from mainport.cycle.rules.ledger import Trouble


@dataclass(frozen=True)
class Line:
    """One payment that the bank booked; a batch that the bank booked at once has a line for each payment in it."""

    position: int  # In the statement, from 1.
    booked_on: date
    amount: Decimal  # Positive came in, negative went out; never zero.
    counter_name: str = ""
    counter_iban: str = ""
    #: What the payer or payee named it by: the structured reference, or else the end-to-end identification.
    reference: str = ""
    words: str = ""
    #: The bank's own name for the entry.
    bank_reference: str = ""
    #: Whether it takes back an earlier payment.
    is_reversal: bool = False
    row: int = 0  # Line in the file.


@dataclass(frozen=True)
class Statement:
    """A statement of one account over a period. `data` is the file it came in, `name` that of the file."""

    identification: str
    iban: str
    start: date
    end: date
    opening: Decimal
    closing: Decimal
    lines: tuple[Line, ...]
    name: str = ""
    data: bytes = field(default=b"", repr=False, compare=False)
    #: Entries that the bank announced but hasn't booked: left out, they come in a later statement.
    pending: int = 0
    row: int = 0

    @property
    def sha256(self) -> str:
        return sha256(self.data).hexdigest()


def troubles(statement: Statement) -> list[Trouble]:
    """All that is wrong with a statement by itself."""
    found: list[Trouble] = []
    if not 0 < len(statement.identification) <= 60:
        found.append(Trouble("identification", statement.identification or "nothing", "1 to 60 characters"))
    if not is_iban(statement.iban):
        found.append(Trouble("iban", statement.iban or "nothing", "an IBAN with right check digits"))
    if statement.end < statement.start:
        found.append(Trouble("end", statement.end.isoformat(), f"{statement.start} or later"))
    for place, line in enumerate(statement.lines, 1):
        if line.position != place:
            found.append(Trouble(f"line {place} position", str(line.position), str(place)))
        if line.amount == 0:
            found.append(Trouble(f"line {place} amount", "0.00", "an amount other than zero"))
        if not statement.start <= line.booked_on <= statement.end:
            expected = f"a day from {statement.start} to {statement.end}"
            found.append(Trouble(f"line {place} booking date", line.booked_on.isoformat(), expected))
    reached = statement.opening + total(line.amount for line in statement.lines)
    if reached != statement.closing:
        expected = f"{reached}: {statement.opening} and the lines"
        found.append(Trouble("closing balance", str(statement.closing), expected))
    return found

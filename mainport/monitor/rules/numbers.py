# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Numbers as people write them in tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

#: Signs of minus that word processors make, and spaces that keep a number together.
_MINUS = "−\u2013"
_SPACES = "\u00a0\u202f\u2009 "
#: A currency or percent sign says what the column's unit says.
_UNITS = re.compile(r"^(?:€|EUR)\s*|\s*%$")


@dataclass(frozen=True)
class Notation:
    """How a source writes numbers: the sign before decimals, and the one between thousands ('' for none)."""

    decimal: str = "."
    thousands: str = ""

    @property
    def example(self) -> str:
        return f"1{self.thousands}234{self.decimal}5"

    def read(self, text: str) -> float:
        """The number. Raises ValueError for what isn't one in this notation: 1.234 could be two.

        >>> Notation(",", ".").read("1.234,5"), Notation(",").read("-0,25")
        (1234.5, -0.25)
        """
        written = _UNITS.sub("", text.strip())
        for sign in _MINUS:
            written = written.replace(sign, "-")
        thousands = self.thousands
        if thousands and thousands in _SPACES:
            thousands = " "
            for space in _SPACES:
                written = written.replace(space, " ")
        between = re.escape(thousands)
        whole = rf"\d{{1,3}}(?:{between}\d{{3}})+|\d+" if thousands else r"\d+"
        if not re.fullmatch(rf"[-+]?(?:{whole})(?:{re.escape(self.decimal)}\d+)?", written, re.ASCII):
            raise ValueError(f"{text!r} isn't a number such as {self.example}")
        plain = written.replace(thousands, "") if thousands else written
        number = float(plain.replace(self.decimal, "."))
        if number in (float("inf"), float("-inf")):
            raise ValueError("the number is too large")
        return number


def scaled(number: float, by: float) -> float:
    """Times a factor, as people reckon: 2.3 times 1000 is 2300, not 2299.9999999999995.

    >>> scaled(2.3, 1000), scaled(0.57, 100)
    (2300.0, 57.0)
    """
    return number if by == 1 else float(Decimal(repr(number)) * Decimal(repr(by)))


def decimals_of(numbers: list[float], most: int = 6) -> int:
    """As many decimals as the number with most has."""
    written = (repr(number).partition(".")[2] for number in numbers)
    return min(most, max((len(part) for part in written if part != "0" and "e" not in part), default=0))

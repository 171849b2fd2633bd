# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What is wrong with a file of a bank or a supplier, and the numbers by which they name accounts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong in a file: where it stands, what was found there and what was expected."""

    file: str
    line: int  # Counted from 1; 0 where the file as a whole is meant.
    path: str
    found: str
    expected: str

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}" if self.line else self.file
        where = f", {self.path}" if self.path else ""
        return f"{place}{where}: found {self.found or 'nothing'}, expected {self.expected}"


class Refused(ValueError):
    """The file is refused as a whole; `faults` holds every reason."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(map(str, self.faults)))


_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")


def is_iban(text: str) -> bool:
    """Whether this is an IBAN without spaces, check digits included (ISO 13616).

    >>> is_iban("NL91ABNA0417164300"), is_iban("NL92ABNA0417164300")
    (True, False)
    """
    return bool(_IBAN.fullmatch(text)) and int("".join(str(int(c, 36)) for c in text[4:] + text[:4])) % 97 == 1


def plain_iban(text: str) -> str:
    """The IBAN as it is stored: without spaces, in capitals."""
    return "".join(text.split()).upper()

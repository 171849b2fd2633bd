# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What is wrong with an input, said to the person who has the file."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable
from dataclasses import dataclass

#: More faults than this help nobody.
MOST_FAULTS = 50


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong. `row` counts as a spreadsheet does: the names of the columns are row 1."""

    file: str
    row: int
    field: str
    found: str
    expected: str

    def __str__(self) -> str:
        return f"{self.file}, row {self.row}, {self.field}: found {self.found}, expected {self.expected}"


class Refused(ValueError):
    """The input is refused whole; `faults` says why, in the order of the file."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        found = sorted(set(faults))
        self.faults = found[:MOST_FAULTS]
        self.more = len(found) - len(self.faults)
        words = [str(fault) for fault in self.faults]
        super().__init__("\n".join([*words, f"and {self.more} more"] if self.more else words))


def show(value: object) -> str:
    """A value as a fault names it."""
    if value is None or value == "":
        return "nothing"
    words = repr(value) if isinstance(value, str) else str(value)
    return words if len(words) <= 80 else words[:79] + "…"


def hint(written: str, known: Collection[str]) -> str:
    """The name that was probably meant, where one comes close."""
    close = difflib.get_close_matches(written, known, n=1)
    return f"; did you mean {close[0]}?" if close else ""

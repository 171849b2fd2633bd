# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What is wrong with a record, said so that whoever sent it can mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: in which field, what was found there and what was expected."""

    field: str
    found: str
    expected: str

    def __str__(self) -> str:
        return f"{self.field or 'record'}: found {self.found or 'nothing'}, expected {self.expected}"


class Refused(ValueError):
    """The input is refused as a whole; `faults` holds every reason."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(map(str, self.faults)))

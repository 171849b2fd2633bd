# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What is wrong with a file, each fault at its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

#: More faults than these are counted, not told.
MOST_FAULTS = 20


@dataclass(frozen=True)
class Fault:
    """What is wrong at one place of a file. The row is that of the file, the header being row 1."""

    file: str
    row: int
    column: str
    found: str
    expected: str

    def __str__(self) -> str:
        return f"{self.file}, row {self.row}, column {self.column}: found {self.found}, expected {self.expected}"


class Refused(ValueError):
    """A file that isn't taken, with every fault that was told; `more` were only counted."""

    def __init__(self, faults: Sequence[Fault], more: int = 0) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join([*map(str, faults), *([f"and {more} more"] if more else [])]))


def refuse(faults: Sequence[Fault]) -> None:
    """Raise Refused where there are faults, in the order of rows."""
    if faults:
        found = sorted(faults, key=lambda fault: fault.row)
        raise Refused(found[:MOST_FAULTS], max(len(found) - MOST_FAULTS, 0))

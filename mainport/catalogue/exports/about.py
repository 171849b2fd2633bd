# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What a record is here, beside what it says: its address, its number, when it changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from mainport.catalogue.rules.contents import Value
from mainport.catalogue.rules.works import Work


@dataclass(frozen=True)
class About:
    """Where a record can be read, under which number it is given out, and since when it is public here."""

    address: str
    identifier: str = ""
    public: date | None = None
    keeper: str = ""  # Who keeps the catalogue, for formats that ask for a publisher of a work without one.
    demo: bool = False  # Invented, to show what Mainport does; it says so wherever it goes.

    @property
    def remark(self) -> Mapping[str, str]:
        """What must be said with an invented record."""
        return {"nl": "Verzonnen voorbeeld", "en": "Invented example"} if self.demo else {}


def with_file_addresses(value: Value, address: Callable[[str], str]) -> Value:
    """The value with an address for each file in our own keeping, by its name."""
    if not isinstance(value, Work) or all(file.url for file in value.files):
        return value
    return replace(
        value, files=tuple(file if file.url else replace(file, url=address(file.name)) for file in value.files)
    )

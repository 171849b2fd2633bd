# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The agenda as others read it: one file a format, each a function from an agenda to bytes.

The same agenda and edition give the same bytes. A new format is a file in this package and a line
in `FORMATS`, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mainport.agenda.exports import csv, jsonld, stratml, xlsx, yaml
from mainport.agenda.exports.edition import Edition
from mainport.agenda.exports.order import in_order
from mainport.agenda.rules.elements import Agenda

__all__ = ["FORMATS", "Edition", "Format"]


@dataclass(frozen=True)
class Format:
    """One format: how it is called, and what writes it. `one_language` where a file speaks only one."""

    name: str
    extension: str
    media_type: str
    writer: Callable[[Agenda, Edition], bytes]
    one_language: bool = False

    def write(self, agenda: Agenda, edition: Edition) -> bytes:
        """The whole file; the same on every database."""
        return self.writer(in_order(agenda), edition)

    def file_name(self, agenda: Agenda, edition: Edition) -> str:
        """A name that says what is inside: alliance, language where the file has one, day."""
        parts = [agenda.alliance.key, *([edition.language] if self.one_language else []), edition.day.isoformat()]
        return f"{'-'.join(parts)}.{self.extension}"


FORMATS: dict[str, Format] = {
    found.name: found
    for found in (
        Format("yaml", "yaml", "application/yaml", yaml.write),
        Format("stratml", "xml", "application/xml", stratml.write, one_language=True),
        Format("jsonld", "jsonld", "application/ld+json", jsonld.write),
        Format("csv", "csv", "text/csv", csv.write),
        Format("xlsx", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx.write),
    )
}

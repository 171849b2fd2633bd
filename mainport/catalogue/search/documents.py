# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What the index holds of a record: plain values, so that any source can fill it and any engine can keep it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

#: Languages with an analyser of their own; a text in another one, or in none that we know, is UNKNOWN.
LANGUAGES = ("nl", "en")
UNKNOWN = "und"

#: Facets that can be filtered on and counted; each holds any number of values, as plain text.
FACETS = (
    "kind",  # work, course.
    "type",  # thesis, article …; programme, course, offering.
    "year",
    "language",
    "provider",  # Who teaches, or where the work was written.
    "organisation",
    "source",  # The harvested source.
    "sector",
    "goal",
    "task",
    "access",
    "licence",
    "level",
    "mode",  # On the spot, online, both.
    "town",
    "price",  # free, paid, unknown.
    "competence",
    "subject",
    "author",
)
#: Whole numbers that can be filtered by a range and sorted on. Days are counted from 1 January 1970.
NUMBERS = ("day", "start", "changed", "cents")


@dataclass(frozen=True, slots=True)
class Text:
    """The words of a record in one language. `fulltext` is that of its files, and may be long."""

    title: str = ""
    body: str = ""
    fulltext: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One record as it is searched. `uid` is its number in the database, `key` its public name.

    `texts` by language code; `people` and `organisations` by name. `numbers` by a name of NUMBERS: signed, since
    tantivy's unsigned fields end its writer. `stamp` rises with every change of the record, so that an index can tell
    what it lacks. `passages` are the texts that are embedded, the most telling first; by default they follow from
    `texts` (see embedding.passages_of).
    """

    uid: int
    key: str
    texts: Mapping[str, Text]
    people: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)
    stamp: int = 0
    passages: tuple[str, ...] | None = None

    @property
    def title(self) -> str:
        """The title in the first language that has one."""
        return next((text.title for text in self.texts.values() if text.title), "")


def day_number(day: date) -> int:
    """Days from 1 January 1970, as NUMBERS hold them."""
    return (day - date(1970, 1, 1)).days

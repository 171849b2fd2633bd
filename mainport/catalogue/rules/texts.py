# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Texts by language, days of which only the year is known, and the codes of languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

#: A text by the code of its language: {"nl": …, "en": …}; UNKNOWN where the source doesn't say.
Texts = Mapping[str, str]

#: ISO 639's code for a language that nobody stated.
UNKNOWN = "und"

#: Codes of three letters (ISO 639-2, B and T) and names, as the sources of the region send them.
_LANGUAGES = {
    "nld": "nl", "dut": "nl", "dutch": "nl", "nederlands": "nl",
    "eng": "en", "english": "en", "engels": "en",
    "deu": "de", "ger": "de", "german": "de", "duits": "de",
    "fra": "fr", "fre": "fr", "french": "fr", "frans": "fr",
    "fry": "fy", "spa": "es", "ita": "it", "por": "pt", "pol": "pl", "ukr": "uk", "ara": "ar", "tur": "tr",
    "zho": "zh", "chi": "zh", "rus": "ru", "swe": "sv", "dan": "da", "nor": "no",
    "unk": UNKNOWN, "zxx": UNKNOWN, "mis": UNKNOWN,
}  # fmt: skip

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ].*|Z|[+-]\d\d:\d\d)?")


def language(code: str | None) -> str:
    """The code of two letters (three where there are none) of a language as it is named in a record.

    >>> language("dut"), language("en_GB"), language("NL-nl"), language("?")
    ('nl', 'en', 'nl', 'und')
    """
    words = (code or "").strip().lower()
    if words in _LANGUAGES:
        return _LANGUAGES[words]
    main = re.split(r"[-_]", words)[0]
    main = _LANGUAGES.get(main, main)
    return main if re.fullmatch(r"[a-z]{2,3}", main) else UNKNOWN


def first(texts: Texts, *wanted: str) -> str:
    """The text in the first of these languages that it has, else in whatever language comes first; '' without any."""
    return next((texts[code] for code in wanted if texts.get(code)), next(iter(texts.values()), ""))


@dataclass(frozen=True, order=True)
class Day:
    """A day, or a month or year where that is all that the source knows (month and day are 0 then)."""

    year: int
    month: int = 0
    day: int = 0

    def __post_init__(self) -> None:
        date(self.year, self.month or 1, self.day or 1)
        if self.day and not self.month:
            raise ValueError("a day without a month")

    def __str__(self) -> str:
        return "-".join([f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)])

    @property
    def earliest(self) -> date:
        """The first day that it can be."""
        return date(self.year, self.month or 1, self.day or 1)


def day(text: str | None) -> Day | None:
    """A date as the sources write it: a year, a month, a day, or a moment of which the day counts; None if unreadable.

    >>> str(day("2024-02-29T23:00:00Z")), str(day("2023")), day("2023-02-30")
    ('2024-02-29', '2023', None)
    """
    found = _PARTIAL.fullmatch((text or "").strip())
    if not found:
        return None
    try:
        return Day(int(found[1]), int(found[2] or 0), int(found[3] or 0))
    except ValueError:
        return None

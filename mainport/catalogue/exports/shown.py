# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What an export needs beside what a record says: where it is shown, with which files; addresses of numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from urllib.parse import quote

from mainport.catalogue.rules.texts import UNKNOWN, Texts, first
from mainport.catalogue.rules.works import Identifier, Scheme, Work, is_address


@dataclass(frozen=True)
class ShownFile:
    """A file at the address where it can be had; `open` tells whether everybody can have it today."""

    name: str
    url: str
    media_type: str = ""
    size: int | None = None
    sha256: str = ""
    licence: str = ""
    open: bool = False
    embargo_until: date | None = None


@dataclass(frozen=True)
class Shown:
    """A record as this site shows it."""

    key: str
    #: For good, whatever the language of the reader.
    address: str
    #: The page in the language of this export.
    page: str
    site_name: str
    site_url: str
    language: str = "nl"
    changed: datetime | None = None
    files: tuple[ShownFile, ...] = ()
    #: Forms of what the page says, by the end of their address, with their media type.
    forms: Mapping[str, str] = field(default_factory=dict)
    demo: bool = False

    def form(self, end: str) -> str:
        """Where the same stands in another form, such as bib."""
        return f"{self.page.rstrip('/')}.{end}"

    @property
    def remark(self) -> str:
        """What must be said with an invented record, wherever it goes."""
        if not self.demo:
            return ""
        return "Verzonnen voorbeeld" if self.language == "nl" else "Invented example"

    @property
    def linkset(self) -> str:
        return f"{self.page}linkset"


def persistent(work: Work, shown: Shown) -> str:
    """The address by which the work is cited: that of its DOI, else of its handle, else ours."""
    for scheme in (Scheme.DOI, Scheme.HANDLE):
        if found := next((one for one in work.identifiers if one.scheme is scheme), None):
            return address_of(found)
    return shown.address


def addresses(work: Work) -> Iterator[str]:
    """Where else the work stands."""
    for number in work.identifiers:
        if url := address_of(number):
            yield url


def address_of(number: Identifier) -> str:
    """Where a number leads; '' for one that leads nowhere."""
    if number.scheme is Scheme.DOI:
        return f"https://doi.org/{quote(number.value, safe='/:;()._-~')}"
    if number.scheme is Scheme.HANDLE:
        return f"https://hdl.handle.net/{quote(number.value, safe='/:;()._-~')}"
    if number.scheme is Scheme.URN and number.value.lower().startswith("urn:nbn:nl:"):
        return f"https://persistent-identifier.nl/{quote(number.value, safe=':')}"
    return number.value if number.scheme is Scheme.URL and is_address(number.value) else ""


def orcid_address(orcid: str) -> str:
    return f"https://orcid.org/{orcid}" if orcid else ""


def ror_address(ror: str) -> str:
    return f"https://ror.org/{ror}" if ror else ""


_CC = re.compile(r"CC-(BY(?:-NC)?(?:-(?:SA|ND))?)-(\d\.\d)")


def licence_address(licence: str) -> str:
    """Where a licence can be read; '' where nobody said which version of it is meant."""
    if is_address(licence):
        return licence
    if found := _CC.fullmatch(licence):
        return f"https://creativecommons.org/licenses/{found[1].lower()}/{found[2]}/"
    if licence == "CC0-1.0":
        return "https://creativecommons.org/publicdomain/zero/1.0/"
    if licence == "CC-PDM-1.0":
        return "https://creativecommons.org/publicdomain/mark/1.0/"
    if licence and not licence.startswith("CC") and re.fullmatch(r"[A-Za-z0-9.+-]+", licence):
        return f"https://spdx.org/licenses/{licence}.html"
    return ""


def licence_name(licence: str) -> str:
    """How people write it: CC BY-SA 4.0.

    >>> licence_name("CC-BY-SA-4.0"), licence_name("CC0-1.0"), licence_name("MIT")
    ('CC BY-SA 4.0', 'CC0 1.0', 'MIT')
    """
    if found := _CC.fullmatch(licence):
        return f"CC {found[1]} {found[2]}"
    return {"CC0-1.0": "CC0 1.0", "CC-PDM-1.0": "Public Domain Mark 1.0"}.get(licence, licence)


def own_language(work: Work) -> str:
    """The language in which the work is written; '' where nobody knows."""
    return "" if work.language == UNKNOWN else work.language


def title_of(work: Work) -> str:
    """The title in the work's own language, its subtitle after a colon."""
    title = first(work.titles, work.language, "nl", "en")
    code = next((code for code, text in work.titles.items() if text == title), work.language)
    subtitle = work.subtitles.get(code, "")
    return f"{title}: {subtitle}" if subtitle else title


def publisher_of(work: Work) -> str:
    """Who brought it out: as the source says, else where its authors are."""
    named = [one for one in work.organisations if one.name]
    own = next((one.name for role in ("publisher", "grantor", "") for one in named if one.role == role), "")
    return own or next((one.name for author in work.authors for one in author.organisations if one.name), "")


def one_line(texts: Texts, *wanted: str) -> str:
    """The text in the first of these languages that it has, without its line ends."""
    return " ".join(first(texts, *wanted).split())

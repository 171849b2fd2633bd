# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A dataset as a catalogue describes it, and which of its distributions we read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

#: In the order in which one is chosen: what says most of its own values comes first.
CBS, JSONSTAT, SDMX, SHEET = "cbs", "jsonstat", "sdmx", "sheet"
ORDER = (CBS, JSONSTAT, SDMX, SHEET)

#: A table of CBS: in OData v4 at any host; in v3, its portals and its feeds at CBS's own hosts. Tables have one
#: name in all of them (https://www.cbs.nl/nl-nl/onze-diensten/open-data/statline-als-open-data).
_V4 = re.compile(r"(?P<base>https?://[^/]+/odata/v1/[A-Za-z0-9_-]+)/(?P<table>[A-Za-z0-9_-]{1,80})(?:/.*)?")
_V3 = re.compile(r"/OData(?:Api|Feed)/OData/(?P<table>[A-Za-z0-9_-]{1,80})(?:/.*)?", re.IGNORECASE)
_STATLINE = re.compile(r"/CBS/[a-z]{2}/dataset/(?P<table>[A-Za-z0-9]{1,80})(?:/.*)?", re.IGNORECASE)
_HOSTS_OF_CBS = ("opendata.cbs.nl", "datasets.cbs.nl", "odata4.cbs.nl", "beta-odata4.cbs.nl", "statline.cbs.nl")
#: The words of files that a mapping reads: ends of the European list of file types, media types, and plain names.
_SHEETS = frozenset({"csv", "tsv", "xlsx", "xls", "ods", "text/csv", "application/vnd.ms-excel"})
_SHEETS_LONG = ("spreadsheetml.sheet", "oasis.opendocument.spreadsheet")


@dataclass(frozen=True)
class Distribution:
    """One form of a dataset. `words` are all that the catalogue says of its form: format, media type, standard."""

    key: str
    title: str
    url: str
    words: tuple[str, ...] = ()
    licence: str = ""
    modified: str = ""

    @property
    def format(self) -> str:
        """The format by which we read it; '' where we don't."""
        said = [word.casefold() for word in self.words if word]
        if cbs_table(self.url):
            return CBS
        if any("json-stat" in word or "jsonstat" in word for word in said):
            return JSONSTAT
        if any("sdmx" in word for word in said):
            return SDMX
        if any(word in _SHEETS or word.rpartition("/")[2] in _SHEETS or word.endswith(_SHEETS_LONG) for word in said):
            return SHEET
        return ""

    @property
    def named(self) -> str:
        """How the catalogue itself names its form."""
        return next((word.rpartition("/")[2] if "://" in word else word for word in self.words if word), "")


@dataclass(frozen=True)
class Described:
    """A dataset with its distributions, as the catalogue has it."""

    key: str
    title: str
    url: str
    distributions: tuple[Distribution, ...]
    description: str = ""
    licence: str = ""
    publisher: str = ""
    modified: str = ""
    language: str = ""
    #: What else is worth keeping of it, as it was said.
    said: Mapping[str, Any] = field(default_factory=dict)

    def readable(self, *, with_mapping: bool) -> list[Distribution]:
        """Those that we read, in the order in which one is chosen."""
        formats = ORDER if with_mapping else ORDER[:-1]
        return [one for wanted in formats for one in self.distributions if one.format == wanted]

    def find(self, wanted: str) -> Distribution | None:
        """A distribution by its key, address or title."""
        return next((one for one in self.distributions if wanted in (one.key, one.url, one.title)), None)

    def listed(self) -> str:
        """All of them, for a message."""
        return "; ".join(f"{one.key} ({one.named or 'no format'}: {one.url})" for one in self.distributions) or "none"


def cbs_table(url: str) -> tuple[str, str] | None:
    """Where a table of CBS is, by OData v4, and its name; None where the address is of something else. '' is CBS's own.

    >>> cbs_table("https://opendata.cbs.nl/ODataApi/OData/83625NED"), cbs_table("https://example.org/a.csv")
    (('', '83625NED'), None)
    """
    if match := _V4.fullmatch(url.partition("?")[0].partition("#")[0].rstrip("/")):
        return match["base"], match["table"]
    parts = urlsplit(url)
    if parts.hostname not in _HOSTS_OF_CBS:
        return None
    # The portal keeps the name behind #, where a browser reads it and a server doesn't.
    match = _V3.fullmatch(parts.path.rstrip("/")) or _STATLINE.search(unquote(f"{parts.path}{parts.fragment}"))
    return ("", match["table"]) if match else None

# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The tables behind an indicator, in every open form, with their source and licence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mainport.monitor.models import Dataset
from mainport.web.templatetags.mainport import words

#: What a form is called, the end of its address, and its media type.
_FORMS = (
    ("CSV", ".csv", "text/csv"),
    (_("CSVW metadata"), ".csv-metadata.json", "application/csvm+json"),
    ("JSON-stat 2.0", ".json", "application/json"),
    ("SDMX-ML", ".xml", "application/vnd.sdmx.structurespecificdata+xml"),
    (_("SDMX-ML structure"), ".structure.xml", "application/vnd.sdmx.structure+xml"),
    ("SDMX-JSON", ".sdmx.json", "application/vnd.sdmx.data+json"),
)
_WEB = ("https://", "http://")
_CREATIVE_COMMONS = re.compile(r"https?://creativecommons\.org/licenses/([a-z-]+)/(\d\.\d)")


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    media_type: str


@dataclass(frozen=True)
class Licence:
    """What it is called, and where it can be read."""

    label: str
    url: str = ""


@dataclass(frozen=True)
class Download:
    """One table: what it is, whose, under which licence, and where each form of it is."""

    table: Dataset
    links: tuple[Link, ...]

    @property
    def licence(self) -> Licence | None:
        said = (self.table.licence or self.table.feed.licence).strip()
        if not said.startswith(_WEB):
            return Licence(said) if said else None
        known = _CREATIVE_COMMONS.match(said)
        return Licence(f"CC {known[1].upper()} {known[2]}" if known else said, said)

    @property
    def source(self) -> str:
        """Who made it; where that is said by an address alone, what we call the feed."""
        said = self.table.publisher
        return said if said and not said.startswith(_WEB) else words(self.table.feed.title)

    @property
    def source_url(self) -> str:
        """Only what a browser opens."""
        url = self.table.feed.url
        return url if url.startswith(_WEB) else ""


def downloads(tables: Iterable[Dataset]) -> list[Download]:
    return [Download(table, _links(table.key)) for table in tables]


def _links(key: str) -> tuple[Link, ...]:
    files = (
        Link(str(label), reverse("dataset_file", kwargs={"name": f"{key}{end}"}), media_type)
        for label, end, media_type in _FORMS
    )
    odata = Link("OData v4", reverse("odata", kwargs={"path": f"MAINPORT/{key}"}), "application/json")
    return (*files, odata)

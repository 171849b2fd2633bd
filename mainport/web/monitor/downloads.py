# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The tables behind an indicator, in every open form, with their source and licence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mainport.monitor.models import Dataset

#: What a form is called, the end of its address, and its media type.
_FORMS = (
    ("CSV", ".csv", "text/csv"),
    (_("CSVW metadata"), ".csv-metadata.json", "application/csvm+json"),
    ("JSON-stat 2.0", ".json", "application/json"),
    ("SDMX-ML", ".xml", "application/vnd.sdmx.structurespecificdata+xml"),
    (_("SDMX-ML structure"), ".structure.xml", "application/vnd.sdmx.structure+xml"),
    ("SDMX-JSON", ".sdmx.json", "application/vnd.sdmx.data+json"),
)


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    media_type: str


@dataclass(frozen=True)
class Download:
    """One table: what it is, whose, under which licence, and where each form of it is."""

    table: Dataset
    links: tuple[Link, ...]

    @property
    def licence(self) -> str:
        return self.table.licence or self.table.feed.licence

    @property
    def source_url(self) -> str:
        """Only what a browser opens."""
        url = self.table.feed.url
        return url if url.startswith(("https://", "http://")) else ""


def downloads(tables: Iterable[Dataset]) -> list[Download]:
    return [Download(table, _links(table.key)) for table in tables]


def _links(key: str) -> tuple[Link, ...]:
    files = (
        Link(str(label), reverse("dataset_file", kwargs={"name": f"{key}{end}"}), media_type)
        for label, end, media_type in _FORMS
    )
    odata = Link("OData v4", reverse("odata", kwargs={"path": f"MAINPORT/{key}"}), "application/json")
    return (*files, odata)

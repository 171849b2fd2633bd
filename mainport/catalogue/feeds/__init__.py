# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""One file a format coming in. What is known here by name: the sources that can be harvested or imported."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Final

from mainport.catalogue.feeds.walks import Asked, Walk

_WALKS = "mainport.catalogue.feeds.walks"


@dataclass(frozen=True)
class Format:
    """A kind of source: what people call it, the module that walks it, and whether a file of it can be imported."""

    name: str
    module: str
    is_file: bool = False
    settings: tuple[str, ...] = ()


FORMATS: Final[dict[str, Format]] = {
    "oai-pmh": Format("OAI-PMH 2.0", "oai", settings=("prefix", "set")),
    "ooapi": Format("OOAPI 5, Open Education API 6", "ooapi"),
    "sharekit": Format("Sharekit (JSON:API)", "json_api", is_file=True),
    "publinova": Format("Publinova (JSON)", "json_api", is_file=True),
    "datacite-json": Format("DataCite (JSON)", "json_api", is_file=True),
    "pure": Format("Pure (JSON)", "pure", is_file=True),
    "schema-org": Format("schema.org in the pages of a site", "site", settings=("match",)),
    "crossref": Format("Crossref (JSON)", "documents", is_file=True),
    "openalex": Format("OpenAlex (JSON)", "documents", is_file=True),
    "csl-json": Format("CSL-JSON", "documents", is_file=True),
    "edudex": Format("EDU-DEX", "documents", is_file=True),
    "ris": Format("RIS", "documents", is_file=True),
    "bibtex": Format("BibTeX", "documents", is_file=True),
    "sheet": Format("CSV or XLSX", "documents", is_file=True, settings=("mapping",)),
}


def walk(format: str, asked: Asked) -> Walk:
    """The walk of a source of this format; its module is loaded now. Raises KeyError for one that isn't known."""
    found: Walk = import_module(f"{_WALKS}.{FORMATS[format].module}").walk(format, asked)
    return found
